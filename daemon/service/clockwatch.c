/* SPDX-License-Identifier: MIT */
/*
 * clockwatch: notices a clock that was set, and weighs one that is not to be believed.
 */
#include "service/clockwatch.h"

#include "agenda/retry.h"
#include "book/digests.h"
#include "book/hosted.h"
#include "book/outbox.h"
#include "book/sights.h"
#include "book/troubles.h"
#include "core/day.h"
#include "core/str.h"
#include "digest/slot.h"
#include "service/journal.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* A timer that never ends, but for the clock being set. */
static int clockwatch_arm(int fd)
{
	static const struct itimerspec never = { .it_value.tv_sec = INT64_C(1) << 33 };

	return timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}

int clockwatch_open(struct err *reterr)
{
	int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);

	if (fd >= 0 && clockwatch_arm(fd) == 0)
		return fd;
	(void)err_set(reterr, -errno, "the clock cannot be watched: %s", strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return -EIO;
}

void clockwatch_read(int fd)
{
	uint64_t count;

	(void)!read(fd, &count, sizeof(count)); /* ECANCELED */
	(void)clockwatch_arm(fd);
}

/* Who does not believe the clock, and what speaks against it. */
struct clockwatch_doubt {
	const char *digest; /* NULL: those of the database */
	int64_t last;       /* when a slot was taken last */
};

/* 1 where one does not believe it, or 0. */
static int clockwatch_ask(struct store *store, const struct conf_digest *digest, int64_t now,
	struct clockwatch_doubt *ret, struct err *reterr)
{
	struct digest_state state;
	enum trust trust;
	int r = slot_trust(store, digest, now, &trust, reterr);

	if (r < 0 || trust == TRUST_GOOD)
		return r;
	r = digests_load(store, digest->name, &state, reterr);
	*ret = (struct clockwatch_doubt){ digest->name, state.last_claimed_at };
	return r < 0 ? r : 1;
}

/* Of many the last claim of all speaks: some may have been silent for years. */
static int clockwatch_ask_hosted(
	struct store *store, int64_t now, struct clockwatch_doubt *ret, struct err *reterr)
{
	int64_t last;
	int r = hosted_last_claim(store, &last, reterr);

	if (r != 1 || trust_judge(now, last, last) == TRUST_GOOD)
		return r < 0 ? r : 0;
	*ret = (struct clockwatch_doubt){ NULL, last };
	return 1;
}

/* One that does not believe it is enough: the clock is one for all. */
static int clockwatch_judge(struct store *store, const struct conf *conf, int64_t now,
	struct clockwatch_doubt *ret, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < conf->n_digests; i++)
		r = clockwatch_ask(store, &conf->digests[i], now, ret, reterr);
	return r ? r : clockwatch_ask_hosted(store, now, ret, reterr);
}

static const char *clockwatch_day(int64_t instant, char text[DAY_TEXT_SIZE])
{
	struct date date = day_date((int32_t)(instant / 86400 - (instant % 86400 < 0)));

	return day_format(&date, text);
}

static int clockwatch_complain(
	struct store *store, const struct clockwatch_doubt *doubt, int64_t now, struct err *reterr)
{
	char today[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
	const int minutes = (int)(TRUST_WAIT_SECONDS / 60);
	struct err trouble;

	if (doubt->digest)
		(void)err_set(&trouble, 0,
			"the clock says %s, but digest %s was last due on %s: no digest is sent for %d minutes; set "
			"the clock (`timedatectl`), or it is believed then",
			clockwatch_day(now, today), doubt->digest,
			clockwatch_day(doubt->last, last), minutes);
	else
		(void)err_set(&trouble, 0,
			"the clock says %s, but the last digest was due on %s: no digest is sent for %d minutes; set "
			"the clock (`timedatectl`), or it is believed then",
			clockwatch_day(now, today), clockwatch_day(doubt->last, last), minutes);
	return troubles_set(store, CLOCKWATCH_TROUBLE, now, trouble.text, reterr);
}

static int clockwatch_begin(struct store *store, const struct clockwatch_doubt *doubt,
	const struct trust_sight *sight, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(store, &transaction, reterr);

	if (r == 0)
		r = sights_save(store, sight, reterr);
	if (r == 0)
		r = clockwatch_complain(store, doubt, sight->clock, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

/* Each of them believes it when it is looked at: not all in one transaction. */
static int clockwatch_believe_hosted(struct store *store, int64_t now, struct err *reterr)
{
	int64_t last;
	int r = hosted_last_claim(store, &last, reterr);

	if (r != 1)
		return r;
	r = hosted_set_last_claim(store, now, reterr);
	return r < 0 ? r : hosted_look_again(store, reterr);
}

/* What waits for its next try must not wait until a clock that was ahead is caught up with. */
static int clockwatch_end(struct store *store, const struct conf *conf, int64_t now, bool believes,
	struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(store, &transaction, reterr);

	for (size_t i = 0; r == 0 && believes && i < conf->n_digests; i++)
		r = slot_believe(store, &conf->digests[i], now, reterr);
	if (r == 0 && believes)
		r = clockwatch_believe_hosted(store, now, reterr);
	if (r == 0)
		r = outbox_hasten(store, now + RETRY_LONGEST_SECONDS, reterr);
	if (r == 0)
		r = sights_clear(store, reterr);
	if (r == 0)
		r = troubles_clear(store, CLOCKWATCH_TROUBLE, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

int clockwatch_weigh(struct store *store, const struct conf *conf, const struct trust_sight *sight,
	int64_t *ret_seconds, struct err *reterr)
{
	struct clockwatch_doubt doubt;
	struct trust_sight first;
	int seen = sights_load(store, &first, reterr), r;

	*ret_seconds = TRUST_WAIT_SECONDS;
	r = seen < 0 ? seen : clockwatch_judge(store, conf, sight->clock, &doubt, reterr);
	if (r < 0 || (!r && !seen))
		return r < 0 ? r : CLOCKWATCH_GOOD;
	if (!r) {
		r = clockwatch_end(store, conf, sight->clock, false, reterr);
		return r < 0 ? r : CLOCKWATCH_MENDED;
	}
	if (seen)
		*ret_seconds = trust_wait(&first, sight);
	if (!seen || *ret_seconds == TRUST_ANEW) {
		*ret_seconds = TRUST_WAIT_SECONDS;
		r = clockwatch_begin(store, &doubt, sight, reterr);
		return r < 0 ? r : CLOCKWATCH_WAITS;
	}
	if (*ret_seconds > 0)
		return CLOCKWATCH_WAITS;
	r = clockwatch_end(store, conf, sight->clock, true, reterr);
	return r < 0 ? r : CLOCKWATCH_BELIEVED;
}

void clockwatch_tell(enum clockwatch found, bool doubted)
{
	const int minutes = (int)(TRUST_WAIT_SECONDS / 60);

	if (found == CLOCKWATCH_WAITS && !doubted)
		journal_tell(LOG_WARNING, JOURNAL_CLOCK,
			"the clock is far from when the last digest was due: nothing is sent before it is "
			"set, or %d minutes have passed",
			minutes);
	else if (found == CLOCKWATCH_BELIEVED)
		journal_write(LOG_WARNING, NULL,
			"the clock was not set within %d minutes: it is believed", minutes);
	else if (found == CLOCKWATCH_MENDED)
		journal_write(LOG_NOTICE, NULL, "the clock was set right");
}
