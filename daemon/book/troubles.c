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
