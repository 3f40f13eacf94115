/* SPDX-License-Identifier: MIT */
/*
 * restore: a book out of the JSON that export wrote.
 */
#include "exchange/restore.h"

#include "base/fd.h"
#include "base/file.h"

#include <string.h>

#define RESTORE_CACHE_KIB 65536 /* many pages are written again and again */

struct restore_file {
	const char *path;
	int fd;
};

static int restore_fill(
	void *userdata, char *buffer, size_t size, size_t *ret_n, struct err *reterr)
{
	const struct restore_file *file = userdata;
	ssize_t n;

	do
		n = read(file->fd, buffer, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(reterr, -errno, "cannot read it: %s", strerror(errno));
	*ret_n = (size_t)n;
	return 0;
}

int restore_is_json(const char *path, struct err *reterr)
{
	static const char mark[] = "\xef\xbb\xbf";
	char bytes[64];
	struct stat status;
	_cleanup_fd_ int fd = file_open(path, &status, reterr);
	size_t n = 0, at = 0;
	int r = fd < 0 ? fd
		       : restore_fill(&(struct restore_file){ path, fd }, bytes, sizeof(bytes), &n,
				 reterr);

	if (r < 0)
		return r;
	if (n >= 3 && memcmp(bytes, mark, 3) == 0)
		at = 3;
	while (at < n && str_is_space(bytes[at]))
		at++;
	if (at == n || bytes[at++] != '{')
		return 0;
	/* RTF and others begin so, too. */
	while (at < n && str_is_space(bytes[at]))
		at++;
	return at == n || bytes[at] == '"' || bytes[at] == '}';
}

int restore_book(struct store *store, int64_t book, const char *path, const char *place,
	bool dry_run, struct archive_report *report, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_(json_reader_done) struct json_reader reader = { 0 };
	struct stat status;
	_cleanup_fd_ int fd = file_open(place ? place : path, &status, reterr);
	struct restore_file file = { path, fd };
	int r = fd < 0 ? fd : json_reader_init(&reader, restore_fill, &file, reterr);

	if (r < 0)
		return r;
	store_set_cache(store, RESTORE_CACHE_KIB);
	r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = archive_read(store, book, &reader, report, reterr);
	if (r == -ENOTEMPTY || r == -EBADMSG)
		return err_prefix(reterr, r, "%s", path);
	if (r < 0 || dry_run)
		return r;
	return store_commit(&transaction, reterr);
}
