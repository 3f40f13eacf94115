/* SPDX-License-Identifier: MIT */
/*
 * clockwatch: notices a clock that was set, and weighs one that is not to be believed.
 */
#ifndef NUDGE_SERVICE_CLOCKWATCH_H
#define NUDGE_SERVICE_CLOCKWATCH_H

#include "agenda/trust.h"
#include "book/store.h"
#include "conf/conf.h"

/* A descriptor that is readable when somebody has set the clock. */
int clockwatch_open(struct err *reterr);
void clockwatch_read(int fd); /* until the next time */

enum clockwatch {
	CLOCKWATCH_GOOD,     /* every digest believes it, as before */
	CLOCKWATCH_WAITS,    /* none is taken yet that does not; *ret_seconds to go */
	CLOCKWATCH_BELIEVED, /* it has been waited for: all believe it from now on */
	CLOCKWATCH_MENDED,   /* it was waited for, and was set right */
};

/* What the digests make of a clock seen by `sight`. The first sight and the end of the waiting are
 * recorded, and told as a trouble while it lasts; otherwise nothing is written. A negative errno, or
 * one of enum clockwatch. */
#define CLOCKWATCH_TROUBLE "clock"
int clockwatch_weigh(struct store *store, const struct conf *conf, const struct trust_sight *sight,
	int64_t *ret_seconds, struct err *reterr);

/* What the journal hears of it; `doubted`: the last time as well. */
void clockwatch_tell(enum clockwatch found, bool doubted);

#endif
