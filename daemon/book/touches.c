/* SPDX-License-Identifier: MIT */
/*
 * touches: every contact one had with a person.
 */
#include "book/touches.h"

void touches_done(struct touches *touches)
{
	for (size_t i = 0; i < touches->n; i++) {
		free(touches->all[i].kind);
		free(touches->all[i].note);
	}
	free(touches->all);
	*touches = (struct touches){ 0 };
}

int touches_of(struct store *store, int64_t contact, struct touches *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT day, kind, note FROM touch WHERE contact=? ORDER BY day DESC, id DESC", "i",
		contact);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct touch *t = reallocarray(ret->all, ret->n + 1, sizeof(*t));

		if (!t)
			return err_oom(reterr);
		ret->all = t;
		t += ret->n++;
		*t = (struct touch){ .day = store_day(&rows, 0) };
		r = store_copy(&rows, 1, &t->kind, reterr);
		if (r == 0)
			r = store_copy(&rows, 2, &t->note, reterr);
	}
	return r;
}
