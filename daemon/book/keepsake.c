/* SPDX-License-Identifier: MIT */
/*
 * keepsake: what shows that a book was here, where the file of its database is gone or empty.
 */
#include "book/keepsake.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/lock.h"
#include "book/backups.h"
#include "book/witness.h"
#include "conf/location.h"
#include "core/str.h"
#include "format/shellword.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define KEEPSAKE_HEADER 28 /* bytes of a journal's: the SQLite file format, section 3 */

/* A journal is kept after a transaction, with zeros for its header. One that is under way says how many pages
 * there were before it, which for the first of all is none. */
static bool keepsake_is_journal(const char *path)
{
	static const unsigned char none[KEEPSAKE_HEADER], magic[] = { 0xd9, 0xd5, 0x05, 0xf9 };
	unsigned char header[KEEPSAKE_HEADER];
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0 || read(fd, header, sizeof(header)) != (ssize_t)sizeof(header))
		return false;
	return memcmp(header, none, sizeof(none)) == 0 ||
		(memcmp(header, magic, sizeof(magic)) == 0 && memcmp(header + 16, none, 4) != 0);
}

static void keepsake_add(struct str *list, const char *path)
{
	str_add(list, list->len ? " '" : "'");
	shellword_add(list, path, SHELLWORD_SINGLE);
	str_add_char(list, '\'');
}

/* What is to be moved away for a new book, as words for a shell. */
static int keepsake_list(
	const char *database, const char *backup, struct str *list, struct err *reterr)
{
	_cleanup_free_ char *lock = lock_path_of(database);
	_cleanup_free_ char *folder = backup ? file_folder_of(backup) : NULL;
	_cleanup_str_ struct str journal = STR_INIT;
	_cleanup_witness_ struct witness witness = { 0 };
	int r = witness_load(&witness, database, reterr);

	if (r < 0)
		return r;
	str_addf(&journal, "%s-journal", database);
	if (!lock || (backup && !folder) || str_check(&journal, NULL) < 0)
		return err_oom(reterr);
	if (folder)
		keepsake_add(list, folder);
	if (keepsake_is_journal(str_text(&journal)))
		keepsake_add(list, str_text(&journal));
	if (lock_was_served(lock))
		keepsake_add(list, lock);
	if (witness.identity[0])
		keepsake_add(list, witness.path);
	return str_check(list, reterr);
}

int keepsake_check(const char *database, bool empty, struct err *reterr)
{
	_cleanup_free_ char *backup = NULL;
	_cleanup_str_ struct str list = STR_INIT, copy = STR_INIT;
	int r = backups_find_latest(database, &backup, reterr);

	if (r >= 0)
		r = keepsake_list(database, backup, &list, reterr);
	if (r < 0 || !list.len)
		return r < 0 ? r : 0;
	shellword_add(&copy, backup ? backup : "", SHELLWORD_SINGLE);
	if (backup && empty)
		return err_set(reterr, -ENODATA,
			"database %s is empty, but a book was here: `nudge restore '%s'` brings it back; for "
			"a new book, first move away %s",
			database, str_text(&copy), str_text(&list));
	if (backup)
		return err_set(reterr, -ENODATA,
			"database %s is gone, but a book was here: `nudge restore '%s'` brings it back; for "
			"a new book, first move away %s",
			database, str_text(&copy), str_text(&list));
	return err_set(reterr, -ENODATA,
		empty ? ERR_TEXT(
				"database %s is empty, but a book was here, and no backup of it; for a "
				"new book, first move away %s")
		      : ERR_TEXT(
				"database %s is gone, but a book was here: is its disk mounted? For a "
				"new book, first move away %s"),
		database, str_text(&list));
}

int keepsake_ask_service(const char *config, const char *database, struct err *reterr)
{
	if (access(database, F_OK) == 0 || keepsake_check(database, false, NULL) < 0 ||
		!location_is_served(config, database))
		return 0;
	return err_set(reterr, -ENODATA,
		"database %s is gone, but the service that runs has it open: is its disk mounted?",
		database);
}
