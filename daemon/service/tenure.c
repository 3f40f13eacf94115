/* SPDX-License-Identifier: MIT */
/*
 * tenure: the database with all that makes a service its only one.
 */
#include "service/tenure.h"

#include "base/fd.h"
#include "base/lock.h"
#include "service/watch.h"

#include <errno.h>
#include <unistd.h>

#define TENURE_PATIENCE_MS 10000 /* for a command that writes at the very start */

bool tenure_is_worth_waiting(int code)
{
	return code == -EROFS || code == -ENOSPC || code == -EDQUOT;
}

static void tenure_close(int *fd)
{
	fd_closep(fd);
	*fd = -1;
}

void tenure_done(struct tenure *tenure)
{
	store_close(tenure->store);
	tenure->store = NULL;
	tenure_close(&tenure->watch);
	tenure_close(&tenure->lock);
}

static int tenure_open(
	struct tenure *tenure, const char *database, const char *lock, struct err *reterr)
{
	const struct store_options options = { .create = true, .patience_ms = TENURE_PATIENCE_MS };
	/* The store comes first: it makes the folder that the lock lies in. */
	int r = store_open(&tenure->store, database, &options, reterr);

	/* One that was opened on a read-only disk would stay so. */
	if (r == 0)
		r = store_check_writable(tenure->store, reterr);
	if (r < 0)
		return r;
	tenure->lock = lock_take(lock, reterr);
	if (tenure->lock < 0)
		return tenure->lock;
	tenure->watch = watch_open(database, reterr);
	return tenure->watch < 0 ? tenure->watch : 0;
}

/* Where another service waits already, or works, that is what is to be told. */
static int tenure_await(struct tenure *tenure, const char *lock, int code, struct err *reterr)
{
	struct err e;

	tenure->lock = lock_await(lock, &e);
	if (tenure->lock == -EBUSY) {
		code = -EBUSY;
		if (reterr)
			*reterr = e;
	}
	if (tenure->lock < 0)
		tenure->lock = -1;
	return code;
}

int tenure_take(struct tenure *tenure, const char *database, struct err *reterr)
{
	_cleanup_free_ char *lock = lock_path_of(database);
	int r;

	if (!lock)
		return err_oom(reterr);
	tenure_done(tenure);
	r = tenure_open(tenure, database, lock, reterr);
	if (r == 0)
		return 0;
	tenure_done(tenure);
	return tenure_is_worth_waiting(r) ? tenure_await(tenure, lock, r, reterr) : r;
}
