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
		"SELECT min(from_day), min(floor_day) FROM claim WHERE digest=? AND NOT delivered",
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
		"UPDATE claim SET message=NULLIF(?2, 0), delivered=?2=0 WHERE digest=?1 AND NOT delivered AND"
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

int digests_tell(struct store *store, int64_t digest, const char *kind, int64_t number,
	int64_t mark, int32_t day, int64_t message, struct err *reterr)
{
	return store_run(store, reterr, "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?)",
		"itiiii", digest, kind, number, mark, (int64_t)day, message);
}
