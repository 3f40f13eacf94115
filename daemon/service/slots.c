/* SPDX-License-Identifier: MIT */
/*
 * slots: those of all digests, of a configuration and of the database.
 */
#include "service/slots.h"

#include "base/clock.h"
#include "book/troubles.h"
#include "book/witness.h"
#include "digest/slot.h"
#include "service/journal.h"

#include <errno.h>

#define SLOTS_BATCH_USEC    UINT64_C(100000) /* after so long no further one is begun */
#define SLOTS_ERROR_SECONDS 3600             /* until one that failed is tried again */
#define SLOTS_NEIGHBOURS    64               /* whose books lie together take turns together */

void slots_renew(struct slots *slots, const struct conf *conf)
{
	slots->conf = conf;
	slots->knows_next = false;
	slots->failed = 0;
	slots->failed_at = 0;
}

/* What is wrong with one digest, and not with the database or the machine. */
static bool slots_is_its_own(int error)
{
	static const int others[] = { EBUSY, ENOSPC, EROFS, EIO, ENOMEM, EUCLEAN, EACCES, EPERM,
		ESTALE, EMFILE, ENFILE, EDQUOT };

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (error == -others[i])
			return false;
	return true;
}

/* --- of the configuration --- */

static int slots_take_one(
	struct slots *slots, const struct conf_digest *digest, int64_t now, struct err *reterr)
{
	struct slot_outcome outcome;
	int r = slot_take(slots->roster.store, slots->conf, digest, now, &outcome, reterr);

	if (r == 0 && outcome.claimed)
		journal_write(LOG_INFO,
			&(struct journal_fields){ .digest = digest->name, .slot = outcome.slot },
			outcome.written ? "digest %s: written" : "digest %s: nothing to tell",
			digest->name);
	return r;
}

static int slots_find_next(struct slots *slots, int64_t now, struct err *reterr)
{
	int64_t next = INT64_MAX;

	if (slots->knows_next)
		return 0;
	for (size_t i = 0; i < slots->conf->n_digests; i++) {
		int64_t due;
		int r = slot_due(slots->roster.store, &slots->conf->digests[i], now, &due, reterr);

		if (r < 0)
			return r;
		if (r == 0 && slots->failed_at && due <= slots->failed_at)
			due = slots->again;
		if (r == 0 && due < next)
			next = due;
	}
	slots->conf_next = next;
	slots->knows_next = true;
	return 0;
}

/* It keeps the others from nothing. */
static int slots_leave_out(struct slots *slots, const struct conf_digest *digest, int error,
	int64_t now, const struct err *why, struct err *reterr)
{
	journal_write(LOG_ERR, &(struct journal_fields){ .digest = digest->name },
		"%s; it is tried again in an hour, the others go on", why->text);
	if (!slots->failed) {
		slots->failed = error;
		slots->wrong = *why;
	}
	slots->failed_at = now;
	slots->again = now + SLOTS_ERROR_SECONDS;
	return troubles_set(slots->roster.store, TROUBLES_DIGEST, now, why->text, reterr);
}

static int slots_take_conf(struct slots *slots, int64_t now, struct err *reterr)
{
	int r = slots_find_next(slots, now, reterr);

	if (r < 0 || slots->conf_next > now)
		return r;
	slots->knows_next = false;
	slots->failed = 0;
	slots->failed_at = 0;
	for (size_t i = 0; r >= 0 && i < slots->conf->n_digests; i++) {
		const struct conf_digest *digest = &slots->conf->digests[i];
		struct err why = { "" };
		int64_t due;

		r = slot_due(slots->roster.store, digest, now, &due, reterr);
		if (r != 0 || due > now)
			continue;
		r = slots_take_one(slots, digest, now, &why);
		if (r < 0 && slots_is_its_own(r))
			r = slots_leave_out(slots, digest, r, now, &why, reterr);
		else if (r < 0 && reterr)
			*reterr = why;
	}
	if (r >= 0 && !slots->failed)
		r = troubles_clear(slots->roster.store, TROUBLES_DIGEST, reterr);
	return r < 0 ? r : 0;
}

/* --- of the database --- */

/* What came of a batch. */
struct slots_batch {
	int64_t ids[SLOTS_BATCH];
	size_t n;
	int64_t written, empty;
	int64_t latest; /* slot */
	int64_t failed; /* the digest at which it ended; 0: none */
};

/* Who is first is another one for each slot, so that nobody always waits for all the others. */
static int64_t slots_turn(int64_t digest, int64_t due)
{
	uint64_t n = (uint64_t)(digest / SLOTS_NEIGHBOURS) * UINT64_C(0x9e3779b97f4a7c15) ^
		(uint64_t)due * UINT64_C(0xc2b2ae3d27d4eb4f);

	return (int64_t)((n ^ n >> 29) * UINT64_C(0xbf58476d1ce4e5b9) >> 44);
}

/* The clock is one for all: where the others' latest claim does not speak against it, one that was silent
 * for a year goes by it too. */
static int slots_take_within(struct slots *slots, const struct conf_digest *digest, int64_t now,
	struct slot_outcome *ret, struct err *reterr)
{
	struct store *store = slots->roster.store;
	int r = slot_take_within(store, slots->conf, digest, now, ret, reterr);

	if (r < 0 || !ret->distrusted)
		return r;
	r = slot_believe(store, digest, now, reterr);
	return r < 0 ? r : slot_take_within(store, slots->conf, digest, now, ret, reterr);
}

static int slots_take_hosted(
	struct slots *slots, struct slots_batch *batch, int64_t id, int64_t now, struct err *reterr)
{
	const struct conf_digest *digest;
	struct slot_outcome outcome;
	int r = roster_load(&slots->roster, id, &digest, reterr);

	/* Two of one name would go by the same claims, each for the other's readers. */
	if (r == 1 && conf_find_digest(slots->conf, digest->name))
		return err_set(reterr, -EEXIST,
			"digest %s: the configuration has one of that name too, and goes first: name one of them anew",
			digest->name);
	if (r == 1)
		r = slots_take_within(slots, digest, now, &outcome, reterr);
	else if (r == 0)
		return 0;
	if (r < 0)
		return r;
	batch->written += outcome.written;
	batch->empty += outcome.claimed && !outcome.written;
	if (outcome.claimed && outcome.slot > batch->latest)
		batch->latest = outcome.slot;
	return hosted_set_due(
		slots->roster.store, id, outcome.next, slots_turn(id, outcome.next), reterr);
}

static int slots_take_each(
	struct slots *slots, struct slots_batch *batch, int64_t now, struct err *reterr)
{
	uint64_t until = clock_uptime_usec() + SLOTS_BATCH_USEC;
	int r = 0;

	for (size_t i = 0; r == 0 && i < batch->n && (i == 0 || clock_uptime_usec() < until); i++) {
		r = slots_take_hosted(slots, batch, batch->ids[i], now, reterr);
		if (r < 0)
			batch->failed = batch->ids[i];
	}
	return r;
}

static int slots_take_all(
	struct slots *slots, struct slots_batch *batch, int64_t now, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct store *store = slots->roster.store;
	int r = store_begin(store, &transaction, reterr);

	if (r == 0)
		r = slots_take_each(slots, batch, now, reterr);
	/* The day wherever the reader is: a day more or less of those months is none. */
	if (r == 0)
		r = slot_forget(store, now, (int32_t)(now / 86400) - 1, reterr);
	if (r == 0 && batch->written + batch->empty)
		r = hosted_set_last_claim(store, now > batch->latest ? now : batch->latest, reterr);
	if (r == 0 && batch->written + batch->empty)
		r = witness_count(store, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

static int slots_put_off(
	struct slots *slots, int64_t id, int64_t now, const struct err *why, struct err *reterr)
{
	const char *name = slots->roster.hosted.name;

	journal_write(LOG_ERR, &(struct journal_fields){ .digest = name },
		"%s; it is tried again in an hour, the others go on", why->text);
	return hosted_set_error(
		slots->roster.store, id, now + SLOTS_ERROR_SECONDS, why->text, reterr);
}

/* Where one of many fails, nothing of the batch is kept; singly, the others get through. */
static int slots_take_batch(
	struct slots *slots, struct slots_batch *batch, int64_t now, struct err *reterr)
{
	struct err why = { "" };
	int r = slots_take_all(slots, batch, now, &why);

	if (r < 0 && batch->failed && slots_is_its_own(r)) {
		if (batch->n == 1)
			return slots_put_off(slots, batch->failed, now, &why, reterr);
		slots->singly = SLOTS_BATCH;
		return 0;
	}
	if (r < 0 && reterr)
		*reterr = why;
	return r;
}

static int slots_take_database(struct slots *slots, int64_t now, struct err *reterr)
{
	struct slots_batch batch = { 0 };
	int r = hosted_list_due(
		slots->roster.store, now, batch.ids, slots->singly ? 1 : SLOTS_BATCH, reterr);

	if (r <= 0)
		return r;
	batch.n = (size_t)r;
	slots->singly -= slots->singly > 0;
	r = slots_take_batch(slots, &batch, now, reterr);
	if (r == 0 && batch.written + batch.empty)
		journal_write(LOG_INFO, NULL,
			"digests of the database: %lld written, %lld with nothing to tell",
			(long long)batch.written, (long long)batch.empty);
	return r;
}

int slots_take(struct slots *slots, int64_t now, struct err *reterr)
{
	int r = slots_take_conf(slots, now, reterr);

	return r < 0 ? r : slots_take_database(slots, now, reterr);
}

int slots_next(struct slots *slots, int64_t now, int64_t *ret, struct err *reterr)
{
	int64_t hosted = INT64_MAX;
	int r = slots_find_next(slots, now, reterr);

	if (r == 0)
		r = hosted_next(slots->roster.store, &hosted, NULL, reterr);
	if (r < 0)
		return r;
	*ret = hosted < slots->conf_next ? hosted : slots->conf_next;
	return 0;
}
