/* SPDX-License-Identifier: MIT */
/*
 * source: an address book's file, read as records.
 */
#include "exchange/source.h"

#include "base/fd.h"
#include "base/file.h"
#include "format/table.h"
#include "format/vcard.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_CHUNK (64 * 1024)

static int source_push(const char *path, int fd, struct vcard_reader *reader, struct err *reterr)
{
	_cleanup_free_ char *chunk = malloc(SOURCE_CHUNK);
	ssize_t n;
	int r = 0;

	if (!chunk)
		return err_oom(reterr);
	while (r == 0 && (n = read(fd, chunk, SOURCE_CHUNK)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(reterr, -errno, "cannot read %s: %s", path, strerror(errno));
		r = vcard_reader_push(reader, chunk, (size_t)n);
	}
	return r < 0 ? r : vcard_reader_end(reader);
}

static int source_read_table(const char *path, int fd, const struct table_options *table,
	const struct record_handler *handler, struct err *reterr)
{
	const char *slash = strrchr(path, '/');
	struct table_options options = table ? *table : (struct table_options){ 0 };
	_cleanup_(table_reader_freep) struct table_reader *reader = NULL;
	_cleanup_free_ char *chunk = malloc(SOURCE_CHUNK);
	ssize_t n;
	int r;

	if (!chunk)
		return err_oom(reterr);
	options.file = slash ? slash + 1 : path;
	r = table_reader_new(&reader, handler, &options, reterr);
	while (r == 0 && (n = read(fd, chunk, SOURCE_CHUNK)) > 0)
		r = table_reader_push(reader, chunk, (size_t)n);
	return r < 0 ? r : table_reader_end(reader);
}

int source_read(const char *path, const struct table_options *table,
	const struct record_handler *handler, struct err *reterr)
{
	_cleanup_(vcard_reader_freep) struct vcard_reader *reader = NULL;
	struct stat st;
	_cleanup_fd_ int fd = file_open(path, &st, reterr);
	int r;

	if (fd < 0)
		return fd;
	if (strlen(path) > 4 && strcmp(path + strlen(path) - 4, ".csv") == 0)
		return source_read_table(path, fd, table, handler, reterr);
	r = vcard_reader_new(&reader, handler, reterr);
	return r < 0 ? r : source_push(path, fd, reader, reterr);
}
