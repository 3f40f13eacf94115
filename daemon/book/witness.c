/* SPDX-License-Identifier: MIT */
/*
 * witness: how far the service has come with its database, kept beside it too.
 */
#include "book/witness.h"

#include "base/fd.h"
#include "base/file.h"
#include "book/backups.h"
#include "core/str.h"
#include "format/shellword.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void witness_done(struct witness *witness)
{
	free(witness->path);
	*witness = (struct witness){ 0 };
}

/* --- the file: "IDENTITY COUNT SINCE SENTENCE", filled up with line ends --- */

static void witness_read(struct witness *witness, char *text)
{
	char *line = text, *identity, *count, *since;
	uint64_t n_count, n_since;

	text[strcspn(text, "\n")] = '\0';
	identity = strsep(&line, " ");
	count = strsep(&line, " ");
	since = strsep(&line, " ");
	if (!line || strlen(identity) >= sizeof(witness->identity) ||
		!str_number(count, INT64_MAX, &n_count) || !str_number(since, INT64_MAX, &n_since))
		return;
	memcpy(witness->identity, identity, strlen(identity) + 1);
	witness->count = (int64_t)n_count;
	witness->trouble_since = (int64_t)n_since;
	(void)err_set(&witness->trouble, 0, "%s", line);
}

/* It is written over as it lies there, which a full disk allows. */
static void witness_write(const struct witness *witness)
{
	_cleanup_fd_ int fd = open(
		witness->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	char text[WITNESS_SIZE + 1];
	int n;

	if (fd < 0)
		return;
	n = snprintf(text, sizeof(text), "%s %lld %lld %s", witness->identity,
		(long long)witness->count, (long long)witness->trouble_since,
		witness->trouble.text);
	if (n < 0 || n >= WITNESS_SIZE)
		return;
	memset(text + n, '\n', WITNESS_SIZE - (size_t)n);
	(void)!pwrite(fd, text, WITNESS_SIZE, 0);
}

int witness_load(struct witness *ret, const char *database, struct err *reterr)
{
	_cleanup_fd_ int fd = -1;
	char text[WITNESS_SIZE + 1];
	ssize_t n;

	*ret = (struct witness){ .path = file_with_ending(database, ".db", ".witness") };
	if (!ret->path)
		return err_oom(reterr);
	fd = open(ret->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	n = fd < 0 ? 0 : read(fd, text, WITNESS_SIZE);
	text[n > 0 ? n : 0] = '\0';
	witness_read(ret, text);
	return 0;
}

/* --- the database --- */

static int witness_ask(struct store_rows *rows, struct store *store, struct err *reterr)
{
	int r = store_query(rows, store, reterr,
		"SELECT i.value, CAST(c.value AS INTEGER) FROM meta i LEFT JOIN meta c ON c.key='deeds'"
		" WHERE i.key='identity'",
		"");

	if (r == 0)
		r = store_next(rows, reterr);
	if (r == 0)
		return err_set(reterr, -EUCLEAN, "database %s has no identity", store_path(store));
	/* A text that is there, and is not given out. */
	return r < 0 ? r : store_text(rows, 0) ? 0 : err_oom(reterr);
}

static bool witness_knows(const struct witness *witness, const struct store_rows *rows)
{
	return str_equal(store_text(rows, 0), witness->identity);
}

/* The service's copies may be newer than one that was put here. */
static int witness_refuse_older(int64_t count, struct store *store, struct err *reterr)
{
	_cleanup_str_ struct str quoted = STR_INIT;
	_cleanup_free_ char *backup = NULL;
	bool newer = backups_find_latest(store_path(store), &backup, NULL) == 1 &&
		backups_count_deeds(backup) > count;

	shellword_add(&quoted, newer ? backup : store_path(store), SHELLWORD_SINGLE);
	if (quoted.failed)
		return err_oom(reterr);
	if (newer)
		return err_set(reterr, -ERANGE,
			"database %s is an older copy of what was here: no mail is sent from it; put the "
			"right one back, or the latest backup: `nudge restore '%s'`",
			store_path(store), str_text(&quoted));
	return err_set(reterr, -ERANGE,
		"database %s is an older copy of what was here: no mail is sent from it; put the "
		"right one back, or take it as it is: `nudge restore '%s'`",
		store_path(store), str_text(&quoted));
}

static int witness_judge(const struct witness *witness, const struct store_rows *rows,
	struct store *store, struct err *reterr)
{
	if (!witness_knows(witness, rows))
		return witness->met
			? err_set(reterr, -ESTALE, "database %s was replaced by another file",
				  store_path(store))
			: 0;
	return store_int(rows, 1) < witness->count
		? witness_refuse_older(store_int(rows, 1), store, reterr)
		: 0;
}

int witness_compare(struct witness *witness, struct store *store, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = witness_ask(&rows, store, reterr);

	return r < 0 ? r : witness_judge(witness, &rows, store, reterr);
}

int witness_look(struct witness *witness, struct store *store, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = witness_ask(&rows, store, reterr);
	bool known;

	if (r == 0)
		r = witness_judge(witness, &rows, store, reterr);
	if (r < 0)
		return r;
	known = witness_knows(witness, &rows) && witness->count == store_int(&rows, 1);
	witness->met = true;
	if (known)
		return 0;
	(void)snprintf(witness->identity, sizeof(witness->identity), "%s", store_text(&rows, 0));
	witness->count = store_int(&rows, 1);
	witness_write(witness);
	return 0;
}

void witness_set_trouble(struct witness *witness, int64_t since, const struct err *trouble)
{
	if (witness->trouble_since == since && str_equal(witness->trouble.text, trouble->text))
		return;
	witness->trouble_since = since;
	witness->trouble = *trouble;
	witness_write(witness);
}

static int witness_set_count(struct store *store, int64_t least, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT INTO meta VALUES ('deeds', CAST(?1 AS TEXT)) ON CONFLICT DO UPDATE"
		" SET value=CAST(max(CAST(value AS INTEGER) + 1, ?1) AS TEXT)",
		"i", least);
}

int witness_count(struct store *store, struct err *reterr)
{
	return witness_set_count(store, 1, reterr);
}

int witness_overtake(struct store *store, const struct witness *witness, struct err *reterr)
{
	return witness_set_count(store, witness->count + 1, reterr);
}
