/* SPDX-License-Identifier: MIT */
/*
 * ahead: pages written behind a database's end, before the transaction that makes them part of it.
 */
#include "book/ahead.h"

#include "book/store-internal.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#define AHEAD_PIECE (32 * 1024 * 1024) /* bytes that are written before others may write again */
#define AHEAD_BLOCK 65536              /* SQLite writes less than 128 KiB at a time */

struct ahead {
	sqlite3_io_methods methods; /* the first: by it the file's methods find the others */
	const sqlite3_io_methods *below;
	sqlite3_file *file;
	sqlite3_int64 end; /* of what was written since */
	/* What stands in the file, read in blocks: pages are written one behind the other. */
	sqlite3_int64 block_at; /* -1: none was read */
	char block[AHEAD_BLOCK];
};

static sqlite3_file *ahead_file(struct store *store)
{
	sqlite3_file *file = NULL;

	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	return file && file->pMethods ? file : NULL;
}

static uint32_t ahead_number(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Where the database ends. -1 where its header does not say (section 1.3.8: what wrote it last is older than
 * 3.7.0). Under a lock that keeps others from committing. */
static sqlite3_int64 ahead_logical_size(sqlite3_file *file, const sqlite3_io_methods *methods)
{
	unsigned char header[100];
	sqlite3_int64 page;

	if (methods->xRead(file, header, sizeof(header), 0) != SQLITE_OK)
		return -1;
	page = header[16] << 8 | header[17];
	if (memcmp(header + 24, header + 92, 4) != 0)
		return -1;
	return (page == 1 ? 65536 : page) * ahead_number(header + 28);
}

/* --- writing ahead --- */

/* From *at to `end` as far as a piece goes. A write of others may have come in between: what they have put
 * where this one was is theirs. */
static int ahead_write_piece(struct store *to, sqlite3_file *source, char *block, sqlite3_int64 *at,
	sqlite3_int64 end, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	sqlite3_file *file = ahead_file(to);
	sqlite3_int64 size, stop;
	int r = store_begin(to, &transaction, reterr), result = SQLITE_OK;

	if (r < 0)
		return r;
	size = ahead_logical_size(file, file->pMethods);
	if (size < 0)
		size = end;
	if (*at < size)
		*at = size;
	stop = end - *at > AHEAD_PIECE ? *at + AHEAD_PIECE : end;
	for (int n; result == SQLITE_OK && *at < stop; *at += n) {
		n = stop - *at > AHEAD_BLOCK ? AHEAD_BLOCK : (int)(stop - *at);
		result = source->pMethods->xRead(source, block, n, *at);
		if (result == SQLITE_OK)
			result = file->pMethods->xWrite(file, block, n, *at);
	}
	if (result == SQLITE_OK)
		return 0;
	if ((result & 0xff) == SQLITE_FULL)
		return err_set(reterr, -ENOSPC, "database %s: %s", to->path,
			err_translate("the disk is full; make room"));
	return err_set(reterr, -EIO, "database %s cannot be written", to->path);
}

int ahead_write(struct store *from, struct store *to, struct err *reterr)
{
	sqlite3_file *source = ahead_file(from), *file = ahead_file(to);
	_cleanup_free_ char *block = malloc(AHEAD_BLOCK);
	sqlite3_int64 at = 0, end;
	int r = 0;

	if (!block)
		return err_oom(reterr);
	if (!source || !file)
		return err_set(reterr, -EIO, "database %s cannot be read", to->path);
	end = ahead_logical_size(source, source->pMethods);
	while (r == 0 && at < end)
		r = ahead_write_piece(to, source, block, &at, end, reterr);
	/* The wait for the disk, too, is before the transaction. */
	if (r == 0)
		(void)file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
	return r;
}

static bool ahead_hangs_over(sqlite3_file *file)
{
	sqlite3_int64 size = ahead_logical_size(file, file->pMethods), whole = 0;

	return size > 0 && file->pMethods->xFileSize(file, &whole) == SQLITE_OK && whole > size;
}

/* Whoever has begun to read or write knows how long the file is. */
void ahead_trim(struct store *store)
{
	sqlite3_file *file = ahead_file(store);

	if (!file || !ahead_hangs_over(file) ||
		sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK)
		return;
	if (ahead_hangs_over(file))
		(void)file->pMethods->xTruncate(file, ahead_logical_size(file, file->pMethods));
	(void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

void ahead_tidy(struct store *store)
{
	sqlite3_file *file = ahead_file(store);
	int64_t listener;

	if (file && ahead_hangs_over(file) &&
		store_ask(store, &listener, NULL, "SELECT 1 FROM meanwhile LIMIT 1", "") == 0)
		ahead_trim(store);
}

/* --- leaving out what stands there --- */

static struct ahead *ahead_of(const sqlite3_file *file)
{
	return (struct ahead *)(uintptr_t)file->pMethods;
}

static bool ahead_stands(struct ahead *ahead, const void *bytes, size_t n, sqlite3_int64 at)
{
	sqlite3_int64 from = at - at % AHEAD_BLOCK;
	size_t within = (size_t)(at - from);

	if (within + n > AHEAD_BLOCK)
		return false;
	if (ahead->block_at != from) {
		ahead->block_at = -1;
		if (ahead->below->xRead(ahead->file, ahead->block, AHEAD_BLOCK, from) != SQLITE_OK)
			return false;
		ahead->block_at = from;
	}
	return memcmp(ahead->block + within, bytes, n) == 0;
}

static int ahead_write_changed(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	struct ahead *ahead = ahead_of(file);

	if (at + n > ahead->end)
		ahead->end = at + n;
	if (ahead_stands(ahead, bytes, (size_t)n, at))
		return SQLITE_OK;
	ahead->block_at = -1;
	return ahead->below->xWrite(file, bytes, n, at);
}

static int ahead_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct ahead *ahead = ahead_of(file);

	if (ahead->end > size)
		ahead->end = size;
	return ahead->below->xTruncate(file, size);
}

/* Pages behind the end are new: none of them goes into the journal. */
static int ahead_file_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	struct ahead *ahead = ahead_of(file);
	sqlite3_int64 size = ahead_logical_size(file, ahead->below);

	if (size < 0)
		return ahead->below->xFileSize(file, ret);
	*ret = size > ahead->end ? size : ahead->end;
	return SQLITE_OK;
}

int ahead_begin(struct ahead **ret, struct store *store, struct err *reterr)
{
	struct ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead)
		return err_oom(reterr);
	ahead->file = ahead_file(store);
	if (!ahead->file) {
		free(ahead);
		return err_set(reterr, -EIO, "database %s cannot be written", store->path);
	}
	ahead->block_at = -1;
	ahead->below = ahead->file->pMethods;
	ahead->methods = *ahead->below;
	ahead->methods.xWrite = ahead_write_changed;
	ahead->methods.xTruncate = ahead_truncate;
	ahead->methods.xFileSize = ahead_file_size;
	ahead->file->pMethods = &ahead->methods;
	*ret = ahead;
	return 0;
}

void ahead_end(struct ahead *ahead)
{
	if (!ahead)
		return;
	ahead->file->pMethods = ahead->below;
	free(ahead);
}
