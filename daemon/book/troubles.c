/* SPDX-License-Identifier: MIT */
/*
 * troubles: what is wrong now, kept where every program can show it.
 */
#include "book/troubles.h"

void troubles_done(struct troubles *troubles)
{
	for (size_t i = 0; i < troubles->n; i++) {
		free(troubles->all[i].kind);
		free(troubles->all[i].text);
	}
	free(troubles->all);
	*troubles = (struct troubles){ 0 };
}

int troubles_set(
	struct store *store, const char *kind, int64_t now, const char *text, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT INTO trouble VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET text=?3", "tit",
		kind, now, text);
}

int troubles_clear(struct store *store, const char *kind, struct err *reterr)
{
	return store_run(store, reterr, "DELETE FROM trouble WHERE kind=?", "t", kind);
}

int troubles_list(struct store *store, struct troubles *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(
		&rows, store, reterr, "SELECT since, kind, text FROM trouble ORDER BY since", "");

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct trouble *t = reallocarray(ret->all, ret->n + 1, sizeof(*t));

		if (!t)
			return err_oom(reterr);
		ret->all = t;
		t += ret->n++;
		*t = (struct trouble){ .since = store_int(&rows, 0) };
		r = store_copy(&rows, 1, &t->kind, reterr);
		if (r == 0)
			r = store_copy(&rows, 2, &t->text, reterr);
	}
	return r;
}

void trouble_past_done(struct trouble_past *past)
{
	free(past->text);
	*past = (struct trouble_past){ 0 };
}

int troubles_set_past(
	struct store *store, int64_t since, int64_t until, const char *text, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT OR REPLACE INTO meta VALUES ('past trouble', ?1),"
		" ('past trouble since', CAST(?2 AS TEXT)), ('past trouble until', CAST(?3 AS TEXT))",
		"tii", text, since, until);
}

int troubles_find_past(struct store *store, struct trouble_past *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT CAST(s.value AS INTEGER), CAST(u.value AS INTEGER), t.value"
		" FROM meta t, meta s, meta u WHERE t.key='past trouble'"
		" AND s.key='past trouble since' AND u.key='past trouble until'",
		"");

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r != 1)
		return r;
	ret->since = store_int(&rows, 0);
	ret->until = store_int(&rows, 1);
	r = store_copy(&rows, 2, &ret->text, reterr);
	return r < 0 ? r : 1;
}
