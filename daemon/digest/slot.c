/* SPDX-License-Identifier: MIT */
/*
 * slot: when a digest is due, and taking the slot.
 */
#include "digest/slot.h"

#include "book/books.h"
#include "book/digests.h"
#include "book/outbox.h"
#include "book/outreaches.h"
#include "book/witness.h"
#include "core/day.h"
#include "core/zone.h"
#include "digest/edition.h"

#include <string.h>

static int64_t slot_later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The first instant after the book's holiday; INT64_MIN where there was none. */
static int slot_pause_end(
	struct store *store, const struct conf_digest *digest, int64_t *ret, struct err *reterr)
{
	int32_t until;
	int r = books_pause(store, digest->book, &until, reterr);

	*ret = r == 1 ? zone_instant(digest->zone, (struct civil){ until, 0 }, NULL) : INT64_MIN;
	return r < 0 ? r : 0;
}

/* Slots up to here are not to be taken any more. */
static int64_t slot_floor(const struct digest_state *state, int64_t pause_end)
{
	int64_t floor = state->has_claim ? slot_later(state->last_slot, state->since)
					 : state->since;

	return pause_end == INT64_MIN ? floor : slot_later(floor, pause_end - 1);
}

/* A cadence that differs from the one on record begins with its next slot after now; after a holiday
 * the first slot of the return is the next one. The first digest of all is due at once, unless it
 * waits for a return: that of a holiday which was over when it was set up does not concern it. */
static bool slot_find(const struct conf_digest *digest, const struct digest_state *state,
	int64_t pause_end, int64_t now, int64_t *ret)
{
	bool waits = state->id && pause_end > state->since, passed;

	if (now < pause_end)
		return false;
	passed = cadence_last(digest->cadence, digest->zone, slot_floor(state, pause_end), now,
			 ret) == 0;
	if (state->has_claim || waits)
		return passed;
	*ret = now;
	return true;
}

int slot_due(struct store *store, const struct conf_digest *digest, int64_t now, int64_t *ret,
	struct err *reterr)
{
	struct digest_state state;
	int64_t pause_end = INT64_MIN;
	int r = digests_load(store, digest->name, &state, reterr);

	if (r == 0)
		r = slot_pause_end(store, digest, &pause_end, reterr);
	if (r < 0)
		return r;
	if (slot_find(digest, &state, pause_end, now, ret))
		return 0;
	return cadence_next(
		digest->cadence, digest->zone, slot_later(slot_floor(&state, pause_end), now), ret);
}

static enum trust slot_judge(
	const struct conf_digest *digest, const struct digest_state *state, int64_t now)
{
	int64_t next;

	if (!state->has_claim)
		return TRUST_GOOD;
	if (cadence_next(digest->cadence, digest->zone, state->last_slot, &next) != 0)
		next = state->last_slot;
	return trust_judge(now, slot_later(state->last_slot, state->last_claimed_at), next);
}

int slot_trust(struct store *store, const struct conf_digest *digest, int64_t now, enum trust *ret,
	struct err *reterr)
{
	struct digest_state state;
	int r = digests_load(store, digest->name, &state, reterr);

	if (r == 0)
		*ret = slot_judge(digest, &state, now);
	return r;
}

int slot_believe(
	struct store *store, const struct conf_digest *digest, int64_t now, struct err *reterr)
{
	int32_t today = zone_civil(digest->zone, now).day;
	struct digest_state state;
	enum trust trust;
	int r = digests_load(store, digest->name, &state, reterr);

	if (r < 0)
		return r;
	trust = slot_judge(digest, &state, now);
	if (trust == TRUST_BEHIND)
		return digests_void_later(store, state.id, now, today, reterr);
	if (trust == TRUST_AHEAD)
		return digests_go_on(store, &state, now, today, reterr);
	return 0;
}

/* <20261123T060000Z.morning.main.IDENTITY@example.org>: the same for the same slot, and for no other
 * database's. `turn` over 1 for a slot that comes again, after its claim by a wrong clock was void:
 * what was sent then had the first. */
static int slot_write_message_id(struct str *ret, struct store *store, const struct conf *conf,
	const struct conf_digest *digest, int64_t slot, unsigned turn, struct err *reterr)
{
	int64_t second = slot % 86400, day = slot / 86400;
	const char *at = strchr(conf->smtp.from.address, '@');
	struct date d;

	if (second < 0) {
		second += 86400;
		day--;
	}
	d = day_date((int32_t)day);
	str_clear(ret);
	str_addf(ret, "<%04d%02d%02dT%02d%02d%02dZ.", d.year, d.month, d.day, (int)(second / 3600),
		(int)(second / 60 % 60), (int)(second % 60));
	if (turn > 1)
		str_addf(ret, "%u.", turn);
	str_addf(ret, "%s.%s.%s@%s>", digest->name, digest->book, store_identity(store),
		at ? at + 1 : "localhost");
	return str_check(ret, reterr);
}

static int slot_message_id(struct str *ret, struct store *store, const struct conf *conf,
	const struct conf_digest *digest, int64_t slot, struct err *reterr)
{
	unsigned turn = 1;
	int r;

	do {
		r = slot_write_message_id(ret, store, conf, digest, slot, turn++, reterr);
		if (r == 0)
			r = outbox_has_message(store, str_text(ret), reterr);
	} while (r == 1);
	return r;
}

/* What the digest has told by it. */
static int slot_tell(struct store *store, const struct digest_state *state,
	const struct edition *edition, int64_t message, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < edition->agenda.n; i++) {
		const struct item *item = &edition->agenda.items[i];

		if (item->told_kind)
			r = digests_tell(store, state->id, item->told_kind, item->number,
				item->told_mark, edition->agenda.today, message, reterr);
	}
	for (size_t i = 0; r == 0 && i < edition->n_files; i++)
		r = digests_tell(store, state->id, TOLD_CALENDAR, edition->files[i].coffee,
			edition->files[i].mark, edition->agenda.today, message, reterr);
	if (r == 0 && edition->tells_past)
		r = digests_tell(store, state->id, TOLD_PAST, edition->tells_past, 0,
			edition->agenda.today, message, reterr);
	return r;
}

/* Whom it speaks of, and to whom it goes. */
static int slot_address(struct store *store, const struct edition *edition,
	const struct conf_digest *digest, int64_t message, int64_t now, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < edition->agenda.n; i++) {
		const struct item *item = &edition->agenda.items[i];

		if (item->outreach)
			r = outreaches_add_mention(store, item->outreach->id, message, reterr);
	}
	for (size_t i = 0; r == 0 && i < edition->n_mentions; i++)
		r = outbox_add_mention(store, message, edition->mentions[i], reterr);
	for (size_t i = 0; r == 0 && i < digest->n_to; i++)
		r = outbox_add_delivery(store, message, digest->to[i].address, now, reterr);
	return r;
}

static int slot_write(struct store *store, const struct conf *conf,
	const struct conf_digest *digest, const struct digest_state *state,
	const struct edition *edition, int64_t slot, int64_t now, int64_t *ret_message,
	struct str *ret_id, struct err *reterr)
{
	_cleanup_str_ struct str bytes = STR_INIT;
	int r;

	r = slot_message_id(ret_id, store, conf, digest, slot, reterr);
	if (r == 0)
		r = edition_write_message(
			edition, conf, digest, str_text(ret_id), now, &bytes, reterr);
	if (r == 0)
		r = outbox_add(store,
			&(struct outbox_message){
				.digest = state->id,
				.slot = slot,
				.message_id = str_text(ret_id),
				.sender = conf->smtp.from.address,
				.subject = edition->document.subject,
				.body = bytes.data,
				.size = bytes.len,
			},
			now, ret_message, reterr);
	return r < 0 ? r : slot_address(store, edition, digest, *ret_message, now, reterr);
}

int slot_forget(struct store *store, int64_t now, int32_t today, struct err *reterr)
{
	int r = outbox_forget_bodies(store, now, reterr);

	return r < 0 ? r : outreaches_forget(store, today, reterr);
}

static int slot_claim(struct store *store, const struct conf *conf,
	const struct conf_digest *digest, struct digest_state *state, int64_t now,
	struct slot_outcome *ret, struct err *reterr)
{
	_cleanup_edition_ struct edition edition = { 0 };
	_cleanup_str_ struct str id = STR_INIT;
	int64_t message = 0;
	int r;

	r = outbox_withdraw(store, state->id, now, reterr);
	/* What was withdrawn has widened what there is to tell. */
	if (r == 0)
		r = digests_load(store, digest->name, state, reterr);
	if (r == 0)
		r = edition_take(&edition, store, conf->path, digest, state, now, reterr);
	if (r < 0)
		return r;
	ret->written = edition.is_welcome || digest->send_empty || edition.tells_trouble ||
		edition.tells_past || agenda_has_content(&edition.agenda);
	if (ret->written)
		r = slot_write(store, conf, digest, state, &edition, ret->slot, now, &message, &id,
			reterr);
	if (r == 0 && ret->written)
		r = slot_tell(store, state, &edition, message, reterr);
	if (r == 0)
		r = digests_claim(store, state->id, ret->slot, &edition.cover, edition.floor_day,
			now, message, reterr);
	return r;
}

/* As slot_due() has it, once this look is over. */
static int64_t slot_next(const struct conf_digest *digest, const struct digest_state *state,
	int64_t pause_end, const struct slot_outcome *outcome, bool due, int64_t now)
{
	int64_t floor = slot_floor(state, pause_end), next;

	if (due)
		floor = slot_later(floor, outcome->slot);
	return cadence_next(digest->cadence, digest->zone, slot_later(floor, now), &next) == 0
		? next
		: SLOT_NO_TIME;
}

int slot_take_within(struct store *store, const struct conf *conf, const struct conf_digest *digest,
	int64_t now, struct slot_outcome *ret, struct err *reterr)
{
	struct digest_state state;
	int64_t pause_end = INT64_MIN;
	bool due;
	int r;

	*ret = (struct slot_outcome){ 0 };
	r = digests_load(store, digest->name, &state, reterr);
	if (r < 0)
		return r;
	/* Not even that the cadence was changed is recorded by such a clock. */
	ret->distrusted = slot_judge(digest, &state, now) != TRUST_GOOD;
	if (ret->distrusted)
		return 0;
	r = digests_enter(
		store, digest->name, digest->cadence_text, digest->timezone, now, &state, reterr);
	if (r == 0)
		r = slot_pause_end(store, digest, &pause_end, reterr);
	if (r < 0)
		return r;
	due = slot_find(digest, &state, pause_end, now, &ret->slot);
	ret->next = slot_next(digest, &state, pause_end, ret, due, now);
	if (due)
		r = slot_claim(store, conf, digest, &state, now, ret, reterr);
	ret->claimed = due && r == 0;
	return r;
}

int slot_take(struct store *store, const struct conf *conf, const struct conf_digest *digest,
	int64_t now, struct slot_outcome *ret, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(store, &transaction, reterr);

	if (r == 0)
		r = slot_take_within(store, conf, digest, now, ret, reterr);
	if (r == 0 && ret->claimed)
		r = slot_forget(store, now, zone_civil(digest->zone, now).day, reterr);
	if (r == 0 && ret->claimed)
		r = witness_count(store, reterr);
	if (r < 0)
		return err_prefix(reterr, r, "digest %s", digest->name);
	if (ret->distrusted)
		return 0;
	r = store_commit(&transaction, reterr);
	ret->claimed = ret->claimed && r == 0;
	return r;
}

/* All before that day counts as told. */
static void slot_skip(struct digest_state *state, int32_t day, int64_t now)
{
	state->last_slot = now;
	state->last_cover = (struct cover){ day, day };
	state->spoken_day = day;
	state->has_undelivered = false;
}

int slot_preview(struct edition *ret, struct store *store, const struct conf *conf,
	const struct conf_digest *digest, int64_t now, bool skips, struct err *reterr)
{
	/* What is withdrawn for it is taken back. */
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct digest_state state;
	int r = store_begin(store, &transaction, reterr);

	if (r == 0)
		r = digests_load(store, digest->name, &state, reterr);
	if (r == 0 && state.has_claim)
		r = outbox_withdraw(store, state.id, now, reterr);
	if (r == 0 && state.has_claim)
		r = digests_load(store, digest->name, &state, reterr);
	if (r < 0)
		return r;
	if (state.has_claim && skips)
		slot_skip(&state, zone_civil(digest->zone, now).day, now);
	return edition_prepare(ret, store, conf->path, digest,
		state.has_claim || !skips ? &state : NULL, now, reterr);
}

int slot_send_now(struct store *store, const struct conf *conf, const struct conf_digest *digest,
	int64_t now, int64_t *ret_message, struct str *ret_id, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_edition_ struct edition edition = { 0 };
	struct digest_state state;
	int r = slot_preview(&edition, store, conf, digest, now, false, reterr);

	if (r == 0)
		r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = digests_enter(store, digest->name, digest->cadence_text, digest->timezone, now,
			&state, reterr);
	if (r == 0)
		r = outbox_withdraw_unclaimed(store, state.id, now, reterr);
	if (r == 0)
		r = slot_write(store, conf, digest, &state, &edition, now, now, ret_message, ret_id,
			reterr);
	if (r == 0)
		r = witness_count(store, reterr);
	if (r == 0)
		r = store_commit(&transaction, reterr);
	return r < 0 ? err_prefix(reterr, r, "digest %s", digest->name) : 0;
}
