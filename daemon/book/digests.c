/* SPDX-License-Identifier: MIT */
/*
 * digests: which slots were claimed, for which days they spoke, and what they told.
 */
#include "book/digests.h"

static int digests_load_undelivered(
	struct store *store, struct digest_state *state, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT min(from_day), min(floor_day) FROM claim INDEXED BY claim_undelivered"
		" WHERE digest=? AND NOT delivered",
		"i", state->id);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r < 0)
		return r;
	state->has_undelivered = !store_is_null(&rows, 0);
	state->undelivered_day = store_day(&rows, 0);
	state->undelivered_floor = store_day(&rows, 1);
	return 0;
}

static int digests_load_claim(struct store *store, struct digest_state *state, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int64_t spoken = 0;
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT slot, from_day, to_day, claimed_at FROM claim WHERE digest=? ORDER BY slot DESC LIMIT 1",
		"i", state->id);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	state->has_claim = true;
	state->last_slot = store_int(&rows, 0);
	state->last_cover = (struct cover){ store_day(&rows, 1), store_day(&rows, 2) };
	state->last_claimed_at = store_int(&rows, 3);
	r = store_ask(store, &spoken, reterr,
		"SELECT from_day FROM claim WHERE digest=? AND from_day<to_day ORDER BY slot DESC LIMIT 1",
		"i", state->id);
	if (r < 0)
		return r;
	state->spoken_day = r == 1 ? (int32_t)spoken : state->last_cover.from;
	return digests_load_undelivered(store, state, reterr);
}

int digests_load(
	struct store *store, const char *name, struct digest_state *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	*ret = (struct digest_state){ 0 };
	r = store_query(
		&rows, store, reterr, "SELECT id, since FROM digest WHERE name=?", "t", name);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	ret->id = store_int(&rows, 0);
	ret->since = store_int(&rows, 1);
	return digests_load_claim(store, ret, reterr);
}

int digests_enter(struct store *store, const char *name, const char *cadence, const char *timezone,
	int64_t now, struct digest_state *ret, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO digest (name, cadence, timezone, since) VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT (name) DO UPDATE SET cadence=?2, timezone=?3, since=?4"
		" WHERE cadence<>?2 OR timezone<>?3",
		"ttti", name, cadence, timezone, now);

	return r < 0 ? r : digests_load(store, name, ret, reterr);
}

int digests_claim(struct store *store, int64_t digest, int64_t slot, const struct cover *cover,
	int32_t floor_day, int64_t now, int64_t message, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULLIF(?7, 0), ?7=0)", "iiiiiii",
		digest, slot, (int64_t)cover->from, (int64_t)cover->to, (int64_t)floor_day, now,
		message);

	if (r < 0)
		return r;
	/* What those covers were to tell is told by this message, or, where it is empty, there was nothing
	 * left to tell. Those of messages that still wait are not this slot's to judge: what they tell
	 * was left out. */
	return store_run(store, reterr,
		"UPDATE claim INDEXED BY claim_undelivered SET message=NULLIF(?2, 0), delivered=?2=0"
		" WHERE digest=?1 AND NOT delivered AND"
		" (message IS NULL OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message=claim.message"
		" AND d.state IN ('queued', 'attempting', 'in doubt')))",
		"ii", digest, message);
}

int digests_is_told(struct store *store, int64_t digest, const char *kind, int64_t number,
	int64_t mark, int32_t *ret_day, struct err *reterr)
{
	int64_t day = 0;
	int r = store_ask(store, &day, reterr,
		"SELECT day FROM told WHERE digest=? AND kind=? AND number=? AND mark=?", "itii",
		digest, kind, number, mark);

	if (ret_day)
		*ret_day = (int32_t)day;
	return r;
}

int digests_has_spoken(struct store *store, int64_t digest, struct err *reterr)
{
	int64_t found = 0;
	int r = store_ask(
		store, &found, reterr, "SELECT 1 FROM told WHERE digest=? LIMIT 1", "i", digest);

	if (r != 0)
		return r;
	return store_ask(store, &found, reterr,
		"SELECT 1 FROM message m WHERE digest=? AND EXISTS"
		" (SELECT 1 FROM mention WHERE message=m.id) AND EXISTS (SELECT 1 FROM delivery"
		" WHERE message=m.id AND state NOT IN ('refused', 'withdrawn')) LIMIT 1",
		"i", digest);
}

int digests_tell(struct store *store, int64_t digest, const char *kind, int64_t number,
	int64_t mark, int32_t day, int64_t message, struct err *reterr)
{
	return store_run(store, reterr, "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?)",
		"itiiii", digest, kind, number, mark, (int64_t)day, message);
}

void calendar_entries_done(struct calendar_entries *entries)
{
	free(entries->all);
	*entries = (struct calendar_entries){ 0 };
}

int digests_calendar(struct store *store, int64_t digest, int64_t since,
	struct calendar_entries *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT number, mark FROM told t WHERE digest=?1 AND kind='" TOLD_CALENDAR
		"' AND mark>=?2 AND NOT EXISTS (SELECT 1 FROM told u WHERE u.digest=t.digest"
		" AND u.kind=t.kind AND u.number=t.number"
		" AND (u.day, u.message, u.mark)>(t.day, t.message, t.mark)) ORDER BY number",
		"ii", digest, 2 * since);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct calendar_entry *more = reallocarray(ret->all, ret->n + 1, sizeof(*more));

		if (!more)
			return err_oom(reterr);
		ret->all = more;
		more[ret->n++] = (struct calendar_entry){ store_int(&rows, 0),
			store_int(&rows, 1) };
		r = 0;
	}
	return r;
}

/* --- a clock that was set --- */

/* A claim of no message, to begin from. delivered 0: what it covers is still to be told. */
static int digests_mark(struct store *store, int64_t digest, int64_t slot,
	const struct cover *cover, int32_t floor_day, int64_t now, bool delivered,
	struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?, ?, ?, NULL, ?)", "iiiiiii",
		digest, slot, (int64_t)cover->from, (int64_t)cover->to, (int64_t)floor_day, now,
		(int64_t)delivered);
}

/* 1 where claims of the future were not delivered: from where on. */
static int digests_find_void(struct store *store, int64_t digest, int64_t now, int32_t *ret_from,
	int32_t *ret_floor, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT min(from_day), min(floor_day) FROM claim INDEXED BY claim_undelivered"
		" WHERE digest=? AND NOT delivered"
		" AND slot>?2",
		"ii", digest, now);

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r != 1 || store_is_null(&rows, 0))
		return r < 0 ? r : 0;
	*ret_from = store_day(&rows, 0);
	*ret_floor = store_day(&rows, 1);
	return 1;
}

static int digests_delete_later(
	struct store *store, int64_t digest, int64_t now, int32_t today, struct err *reterr)
{
	int r = store_run(
		store, reterr, "DELETE FROM claim WHERE digest=?1 AND slot>?2", "ii", digest, now);

	/* A slot that was due by now, though claimed by the clock of then, does not come again. */
	if (r == 0)
		r = store_run(store, reterr,
			"UPDATE claim SET claimed_at=min(claimed_at, ?3), from_day=min(from_day, ?2), to_day=min(to_day, ?2)"
			" WHERE digest=?1 AND (to_day>?2 OR claimed_at>?3)",
			"iii", digest, (int64_t)today, now);
	/* What is open comes back a week after it was told. */
	if (r == 0)
		r = store_run(store, reterr, "UPDATE told SET day=?2 WHERE digest=?1 AND day>?2",
			"ii", digest, (int64_t)today);
	return r < 0
		? r
		: store_run(store, reterr, "UPDATE digest SET since=?2 WHERE id=?1 AND since>?2",
			  "ii", digest, now);
}

int digests_void_later(
	struct store *store, int64_t digest, int64_t now, int32_t today, struct err *reterr)
{
	int32_t from = today, floor = today;
	int64_t last = 0;
	int undelivered = digests_find_void(store, digest, now, &from, &floor, reterr), r;
	struct cover cover = { from < today ? from : today, today };

	r = undelivered < 0 ? undelivered : digests_delete_later(store, digest, now, today, reterr);
	if (r == 0)
		r = store_ask(store, &last, reterr, "SELECT max(slot) FROM claim WHERE digest=?",
			"i", digest);
	if (r < 0 || (r == 1 && !undelivered))
		return r < 0 ? r : 0;
	return digests_mark(store, digest, r == 1 ? last + 1 : now, &cover,
		floor < cover.from ? floor : cover.from, now, !undelivered, reterr);
}

/* An empty cover, which hides from the next slot nothing of what the one before it spoke of. */
int digests_go_on(struct store *store, const struct digest_state *state, int64_t now, int32_t today,
	struct err *reterr)
{
	return digests_mark(store, state->id, state->last_slot + 1, &(struct cover){ today, today },
		today, now, true, reterr);
}
