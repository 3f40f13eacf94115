/* SPDX-License-Identifier: MIT */
/*
 * ahead: pages written behind a database's end, before the transaction that makes them part of it.
 *
 * What stands there is trusted, not read again under the lock: whoever listens (book/meanwhile) is the only one
 * that writes there, and a transaction of others that is taken back can but cut it off, which the file's length
 * tells as long as each piece looks at it before it adds to it.
 */
#include "book/ahead.h"

#include "book/meanwhile.h"
#include "book/store-internal.h"
#include "core/numbers.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AHEAD_PIECE (32 * 1024 * 1024) /* bytes that are written before others may write again */
#define AHEAD_BLOCK 65536 /* a page at least; SQLite writes less than 128 KiB at a time */
/* SQLite looks after a lock each 100 ms: so long it is free. */
#define AHEAD_REST_MS 101

/* The file's header (section 1.3): page size, change counter, pages, and the counter by which those are valid. */
enum { AHEAD_PAGE_SIZE = 16, AHEAD_COUNTER = 24, AHEAD_PAGES = 28, AHEAD_VALID_FOR = 92 };
#define AHEAD_HEADER 100

/* Methods of a file that stand before its own. */
struct ahead_hook {
	sqlite3_io_methods methods; /* the first: by it the file's methods find the others */
	const sqlite3_io_methods *below;
	sqlite3_file *file; /* NULL: not hooked */
	struct ahead *ahead;
};

struct ahead {
	struct store *to;
	int64_t listener;
	struct sqlite3 *source;
	struct ahead_hook copy, head, database;
	unsigned page; /* bytes */
	/* Bytes: what stands in the database's file by now, and what belongs to the database in it. */
	sqlite3_int64 done, low;
	uint32_t counter; /* of the database before its transaction */
	struct numbers
		changed; /* the copy's pages that were written since they were ahead, from 1 on */
	char block[AHEAD_BLOCK];
};

static sqlite3_file *ahead_file(struct sqlite3 *db)
{
	sqlite3_file *file = NULL;

	(void)sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	return file && file->pMethods ? file : NULL;
}

static uint32_t ahead_number(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void ahead_put_number(void *at, uint32_t number)
{
	const unsigned char bytes[] = { (unsigned char)(number >> 24),
		(unsigned char)(number >> 16), (unsigned char)(number >> 8),
		(unsigned char)number };

	memcpy(at, bytes, sizeof(bytes));
}

/* Where the database ends. -1 where its header does not say (section 1.3.8: what wrote it last is older than
 * 3.7.0). Under a lock that keeps others from committing. */
static sqlite3_int64 ahead_logical_size(
	sqlite3_file *file, const sqlite3_io_methods *methods, unsigned *ret_page)
{
	unsigned char header[AHEAD_HEADER];
	unsigned page;

	if (methods->xRead(file, header, sizeof(header), 0) != SQLITE_OK)
		return -1;
	page = (unsigned)(header[AHEAD_PAGE_SIZE] << 8 | header[AHEAD_PAGE_SIZE + 1]);
	page = page == 1 ? 65536 : page;
	if (ret_page)
		*ret_page = page;
	if (memcmp(header + AHEAD_COUNTER, header + AHEAD_VALID_FOR, 4) != 0)
		return -1;
	return (sqlite3_int64)page * ahead_number(header + AHEAD_PAGES);
}

/* The copy's: nobody else has it. */
static sqlite3_int64 ahead_end_of_copy(const struct ahead *ahead)
{
	sqlite3_int64 size = ahead_logical_size(ahead->copy.file, ahead->copy.below, NULL);

	return size < 0 ? 0 : size;
}

/* --- hooks --- */

static struct ahead_hook *ahead_hook_of(const sqlite3_file *file)
{
	return (struct ahead_hook *)(uintptr_t)file->pMethods;
}

static int ahead_hook(
	struct ahead_hook *hook, struct ahead *ahead, struct sqlite3 *db, struct err *reterr)
{
	sqlite3_file *file = ahead_file(db);

	if (!file)
		return err_set(reterr, -EIO, "database %s cannot be read", ahead->to->path);
	hook->ahead = ahead;
	hook->file = file;
	hook->below = file->pMethods;
	hook->methods = *hook->below;
	file->pMethods = &hook->methods;
	return 0;
}

static void ahead_unhook(struct ahead_hook *hook)
{
	if (hook->file)
		hook->file->pMethods = hook->below;
	hook->file = NULL;
}

static int ahead_note(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	struct ahead_hook *hook = ahead_hook_of(file);
	uint64_t page = (uint64_t)at / hook->ahead->page + 1;

	if (numbers_add(&hook->ahead->changed, page, NULL) < 0)
		return SQLITE_IOERR_NOMEM;
	return hook->below->xWrite(file, bytes, n, at);
}

static int ahead_read_head(sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
	struct ahead *ahead = ahead_hook_of(file)->ahead;
	int result = ahead->copy.below->xRead(ahead->copy.file, bytes, n, at);

	if (result == SQLITE_OK && at <= AHEAD_PAGES && at + n >= AHEAD_PAGES + 4)
		ahead_put_number(
			(char *)bytes + AHEAD_PAGES - at, (uint32_t)(ahead->low / ahead->page));
	return result;
}

static int ahead_size_of_head(sqlite3_file *file, sqlite3_int64 *ret)
{
	*ret = ahead_hook_of(file)->ahead->low;
	return SQLITE_OK;
}

/* The first page as it is committed has another counter than before; one that is brought back by the journal has
 * not, and is left alone. */
static int ahead_write_database(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	struct ahead_hook *hook = ahead_hook_of(file);
	struct ahead *ahead = hook->ahead;

	if (at != 0 || n < AHEAD_HEADER || n > AHEAD_BLOCK ||
		ahead_number((const unsigned char *)bytes + AHEAD_COUNTER) == ahead->counter)
		return hook->below->xWrite(file, bytes, n, at);
	memcpy(ahead->block, bytes, (size_t)n);
	ahead_put_number(
		ahead->block + AHEAD_PAGES, (uint32_t)(ahead_end_of_copy(ahead) / ahead->page));
	return hook->below->xWrite(file, ahead->block, n, at);
}

/* Pages behind the end are new: none of them goes into the journal. */
static int ahead_size_of_database(sqlite3_file *file, sqlite3_int64 *ret)
{
	struct ahead_hook *hook = ahead_hook_of(file);
	sqlite3_int64 size = ahead_logical_size(file, hook->below, NULL);

	if (size < 0)
		return hook->below->xFileSize(file, ret);
	*ret = size;
	return SQLITE_OK;
}

/* --- writing ahead --- */

static int ahead_copy(struct ahead *ahead, sqlite3_file *to, sqlite3_int64 at, sqlite3_int64 end)
{
	int result = SQLITE_OK;

	for (int n; result == SQLITE_OK && at < end; at += n) {
		n = end - at > AHEAD_BLOCK ? AHEAD_BLOCK : (int)(end - at);
		result = ahead->copy.below->xRead(ahead->copy.file, ahead->block, n, at);
		if (result == SQLITE_OK)
			result = to->pMethods->xWrite(to, ahead->block, n, at);
	}
	return result;
}

/* What was changed in the copy since it was written ahead. */
static int ahead_copy_changed(struct ahead *ahead, sqlite3_file *to, sqlite3_int64 from)
{
	int result = SQLITE_OK;

	for (size_t i = 0; i < ahead->changed.size && result == SQLITE_OK; i++) {
		sqlite3_int64 end = (sqlite3_int64)(ahead->changed.slots[i] * ahead->page);

		if (end > from && end <= ahead->done)
			result = ahead_copy(ahead, to, end - ahead->page, end);
	}
	if (result == SQLITE_OK)
		numbers_done(&ahead->changed);
	return result;
}

static int ahead_fail(const struct ahead *ahead, int result, struct err *reterr)
{
	if ((result & 0xff) == SQLITE_FULL)
		return err_set(reterr, -ENOSPC, "database %s: %s", ahead->to->path,
			err_translate("the disk is full; make room"));
	return err_set(reterr, -EIO, "database %s cannot be written", ahead->to->path);
}

/* A write of others may have come in between: what they have put where this one was is theirs, and what they have
 * cut off is written anew. */
static int ahead_write_piece(struct ahead *ahead, sqlite3_int64 end, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	sqlite3_file *file = ahead_file(ahead->to->db);
	sqlite3_int64 size, whole = 0, stop;
	int r = store_begin(ahead->to, &transaction, reterr), result;

	if (r == 0 && ahead->listener)
		r = meanwhile_is_listening(ahead->to, ahead->listener, reterr);
	if (r < 0 || (r == 0 && ahead->listener))
		return r < 0 ? r : AHEAD_LEFT;
	size = ahead_logical_size(file, file->pMethods, NULL);
	if (size < 0)
		size = end;
	result = file->pMethods->xFileSize(file, &whole);
	if (whole < ahead->done)
		ahead->done = 0;
	if (ahead->done < size)
		ahead->done = size;
	if (result == SQLITE_OK)
		result = ahead_copy_changed(ahead, file, size);
	stop = end - ahead->done > AHEAD_PIECE ? ahead->done + AHEAD_PIECE : end;
	if (result == SQLITE_OK)
		result = ahead_copy(ahead, file, ahead->done, stop);
	if (result != SQLITE_OK)
		return ahead_fail(ahead, result, reterr);
	if (ahead->done < stop)
		ahead->done = stop;
	return 0;
}

static void ahead_rest(void)
{
	const struct timespec rest = { .tv_nsec = AHEAD_REST_MS * 1000000L };

	(void)clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, NULL);
}

int ahead_write(struct ahead *ahead, struct err *reterr)
{
	sqlite3_int64 end = ahead_end_of_copy(ahead);
	int r = 0;

	while (r == 0 && ahead->low < end && (ahead->changed.n || ahead->done < end)) {
		sqlite3_file *file = ahead_file(ahead->to->db);
		sqlite3_int64 before = ahead->done;

		r = ahead_write_piece(ahead, end, reterr);
		if (r != 0 || ahead->done == before)
			continue;
		/* The wait for the disk, too, is before the transaction. */
		(void)file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
		if (ahead->done < end)
			ahead_rest();
	}
	return r;
}

/* --- the transaction --- */

void ahead_measure(struct ahead *ahead)
{
	sqlite3_file *file = ahead_file(ahead->to->db);
	unsigned char counter[4] = { 0 };
	sqlite3_int64 end = ahead_end_of_copy(ahead), size = -1;

	if (file &&
		file->pMethods->xRead(file, counter, sizeof(counter), AHEAD_COUNTER) == SQLITE_OK)
		size = ahead_logical_size(file, file->pMethods, NULL);
	ahead->counter = ahead_number(counter);
	ahead->low = size > 0 && size < end ? size : end;
}

struct sqlite3 *ahead_source(struct ahead *ahead)
{
	return ahead->source;
}

bool ahead_stands(struct ahead *ahead)
{
	const struct ahead_hook *hook = &ahead->database;
	sqlite3_int64 whole = 0, end = ahead_end_of_copy(ahead);

	if (ahead->low == end)
		return true;
	if (hook->below->xFileSize(hook->file, &whole) != SQLITE_OK || whole < ahead->done)
		ahead->done = 0;
	return !ahead->changed.n && ahead->done == end;
}

int ahead_begin(struct ahead *ahead, struct err *reterr)
{
	int r = ahead_hook(&ahead->database, ahead, ahead->to->db, reterr);

	if (r < 0 || ahead->low == ahead_end_of_copy(ahead))
		return r;
	ahead->database.methods.xWrite = ahead_write_database;
	ahead->database.methods.xFileSize = ahead_size_of_database;
	return 0;
}

void ahead_end(struct ahead *ahead)
{
	ahead_unhook(&ahead->database);
}

/* --- its beginning and end --- */

/* The file has its name only until it is open, and nothing of the book is in it by then. */
int ahead_open_nameless(struct store *store, const char *beside, struct err *reterr)
{
	_cleanup_free_ char *name = NULL;
	int fd, r;

	if (asprintf(&name, "%s-copy-XXXXXX", beside) < 0)
		return err_oom(reterr);
	fd = mkstemp(name);
	if (fd < 0)
		return err_set(reterr, -errno, "cannot make a copy of database %s: %s", store->path,
			strerror(errno));
	(void)close(fd);
	r = sqlite3_open_v2(name, &store->db, SQLITE_OPEN_READWRITE | STORE_OPEN_FLAGS, NULL);
	(void)unlink(name);
	if (r != SQLITE_OK)
		return store->db ? store_fail(store, reterr) : err_oom(reterr);
	return 0;
}

/* A file of its own, in which nothing is: what is read from it are the copy's pages. */
static int ahead_open_source(struct ahead *ahead, struct err *reterr)
{
	struct store source = { .path = ahead->to->path };
	int r = ahead_open_nameless(&source, sqlite3_db_filename(ahead->to->db, "main"), reterr);

	ahead->source = source.db;
	if (r == 0)
		r = ahead_hook(&ahead->head, ahead, ahead->source, reterr);
	if (r < 0)
		return r;
	ahead->head.methods.xRead = ahead_read_head;
	ahead->head.methods.xFileSize = ahead_size_of_head;
	return 0;
}

int ahead_new(struct ahead **ret, struct store *from, struct store *to, int64_t listener,
	struct err *reterr)
{
	_cleanup_(ahead_freep) struct ahead *ahead = calloc(1, sizeof(*ahead));
	int r;

	if (!ahead)
		return err_oom(reterr);
	ahead->to = to;
	ahead->listener = listener;
	r = ahead_hook(&ahead->copy, ahead, from->db, reterr);
	if (r == 0 && ahead_logical_size(ahead->copy.file, ahead->copy.below, &ahead->page) <= 0)
		r = err_set(reterr, -EIO, "database %s cannot be read", from->path);
	if (r == 0)
		ahead->copy.methods.xWrite = ahead_note;
	if (r == 0)
		r = ahead_open_source(ahead, reterr);
	if (r == 0)
		*ret = TAKE_PTR(ahead);
	return r;
}

void ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	ahead_unhook(&ahead->database);
	ahead_unhook(&ahead->head);
	ahead_unhook(&ahead->copy);
	(void)sqlite3_close(ahead->source);
	numbers_done(&ahead->changed);
	free(ahead);
}

/* --- what was left behind --- */

static bool ahead_hangs_over(sqlite3_file *file)
{
	sqlite3_int64 size = ahead_logical_size(file, file->pMethods, NULL), whole = 0;

	return size > 0 && file->pMethods->xFileSize(file, &whole) == SQLITE_OK && whole > size;
}

/* Whoever has begun to read or write knows how long the file is; whoever listens writes there. */
void ahead_trim(struct store *store, int64_t listener)
{
	sqlite3_file *file = ahead_file(store->db);
	int64_t other;

	if (!file || !ahead_hangs_over(file) ||
		sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK)
		return;
	if (store_ask(store, &other, NULL,
		    "SELECT 1 FROM meanwhile WHERE NOT EXISTS (SELECT 1 FROM meanwhile WHERE id=?) LIMIT 1",
		    "i", listener) == 0 &&
		ahead_hangs_over(file))
		(void)file->pMethods->xTruncate(
			file, ahead_logical_size(file, file->pMethods, NULL));
	(void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

void ahead_tidy(struct store *store)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	sqlite3_file *file = ahead_file(store->db);
	int64_t listener;
	bool listens;

	if (!file || !ahead_hangs_over(file))
		return;
	/* A transaction forgets whoever is no more. */
	listens = store_ask(store, &listener, NULL, "SELECT 1 FROM meanwhile LIMIT 1", "") != 0;
	if (listens &&
		(store_begin(store, &transaction, NULL) < 0 ||
			store_ask(store, &listener, NULL, "SELECT 1 FROM meanwhile LIMIT 1", "") ||
			store_commit(&transaction, NULL) < 0))
		return;
	ahead_trim(store, 0);
}
