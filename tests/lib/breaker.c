/* SPDX-License-Identifier: MIT */
/*
 * breaker: a call into SQLite, or an allocation, that fails.
 */
#include "breaker.h"

#include "core/mem.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

static enum breaker breaker_what;
static unsigned breaker_left; /* calls until one fails, itself counted */
static bool breaker_has_broken, breaker_speaks;

void breaker_arm(enum breaker what, unsigned n)
{
	breaker_what = what;
	breaker_left = n;
	breaker_has_broken = breaker_speaks = false;
}

bool breaker_broke(void)
{
	return breaker_has_broken;
}

static bool breaker_strikes(enum breaker what)
{
	if (what != breaker_what || !breaker_left || --breaker_left)
		return false;
	breaker_has_broken = true;
	return true;
}

static bool breaker_strikes_sql(const char *sql)
{
	static const char *const spared[] = { "ROLLBACK", "PRAGMA journal_size_limit",
		"PRAGMA cache_" };

	breaker_speaks = false;
	for (size_t i = 0; sql && i < ARRAY_SIZE(spared); i++)
		if (strncmp(sql, spared[i], strlen(spared[i])) == 0)
			return false;
	breaker_speaks = breaker_strikes(BREAKER_SQLITE);
	return breaker_speaks;
}

/* What the linker calls instead, and what it would have called. */
#define BREAKER(type, function, failed, sql, parameters, ...)                                      \
	type __real_##function parameters;                                                         \
	type __wrap_##function parameters;                                                         \
	type __wrap_##function parameters                                                          \
	{                                                                                          \
		return breaker_strikes_sql(sql) ? failed : __real_##function(__VA_ARGS__);         \
	}                                                                                          \
	struct mem_semicolon

BREAKER(int, sqlite3_step, SQLITE_IOERR, sqlite3_sql(a), (sqlite3_stmt * a), a);
BREAKER(int, sqlite3_prepare_v2, SQLITE_IOERR, b,
	(sqlite3 * a, const char *b, int c, sqlite3_stmt **d, const char **e), a, b, c, d, e);
BREAKER(int, sqlite3_prepare_v3, SQLITE_IOERR, b,
	(sqlite3 * a, const char *b, int c, unsigned d, sqlite3_stmt **e, const char **f), a, b, c,
	d, e, f);
BREAKER(int, sqlite3_exec, SQLITE_IOERR, b,
	(sqlite3 * a, const char *b, int (*c)(void *, int, char **, char **), void *d, char **e), a,
	b, c, d, e);
BREAKER(sqlite3_backup *, sqlite3_backup_init, NULL, NULL,
	(sqlite3 * a, const char *b, sqlite3 *c, const char *d), a, b, c, d);
BREAKER(int, sqlite3_backup_step, SQLITE_IOERR, NULL, (sqlite3_backup * a, int b), a, b);
BREAKER(int, sqlite3session_create, SQLITE_IOERR, NULL,
	(sqlite3 * a, const char *b, sqlite3_session **c), a, b, c);
BREAKER(int, sqlite3session_attach, SQLITE_IOERR, NULL, (sqlite3_session * a, const char *b), a, b);
BREAKER(int, sqlite3session_changeset, SQLITE_IOERR, NULL, (sqlite3_session * a, int *b, void **c),
	a, b, c);
BREAKER(int, sqlite3changeset_apply, SQLITE_IOERR, NULL,
	(sqlite3 * a, int b, void *c, int (*d)(void *, const char *),
		int (*e)(void *, int, sqlite3_changeset_iter *), void *f),
	a, b, c, d, e, f);
BREAKER(int, sqlite3changeset_start, SQLITE_IOERR, NULL,
	(sqlite3_changeset_iter * *a, int b, void *c), a, b, c);
BREAKER(int, sqlite3changeset_invert, SQLITE_IOERR, NULL, (int a, const void *b, int *c, void **d),
	a, b, c, d);

int __real_sqlite3_open_v2(const char *path, sqlite3 **ret, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **ret, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **ret, int flags, const char *vfs)
{
	/* As where there is no memory for a connection that could tell why. */
	*ret = NULL;
	return breaker_strikes_sql(NULL) ? SQLITE_NOMEM
					 : __real_sqlite3_open_v2(path, ret, flags, vfs);
}

int __real_sqlite3_errcode(sqlite3 *db);
int __wrap_sqlite3_errcode(sqlite3 *db);
int __wrap_sqlite3_errcode(sqlite3 *db)
{
	return breaker_speaks ? SQLITE_IOERR : __real_sqlite3_errcode(db);
}

const char *__real_sqlite3_errmsg(sqlite3 *db);
const char *__wrap_sqlite3_errmsg(sqlite3 *db);
const char *__wrap_sqlite3_errmsg(sqlite3 *db)
{
	return breaker_speaks ? sqlite3_errstr(SQLITE_IOERR) : __real_sqlite3_errmsg(db);
}

#define BREAKER_ALLOCATION(function, parameters, ...)                                              \
	void *__real_##function parameters;                                                        \
	void *__wrap_##function parameters;                                                        \
	void *__wrap_##function parameters                                                         \
	{                                                                                          \
		if (!breaker_strikes(BREAKER_MEMORY))                                              \
			return __real_##function(__VA_ARGS__);                                     \
		errno = ENOMEM;                                                                    \
		return NULL;                                                                       \
	}                                                                                          \
	struct mem_semicolon

BREAKER_ALLOCATION(malloc, (size_t a), a);
BREAKER_ALLOCATION(calloc, (size_t a, size_t b), a, b);
BREAKER_ALLOCATION(realloc, (void *a, size_t b), a, b);
BREAKER_ALLOCATION(reallocarray, (void *a, size_t b, size_t c), a, b, c);
