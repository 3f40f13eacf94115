/* SPDX-License-Identifier: MIT */
/*
 * thanks: a thank-you that waits. The other half of ledger.h.
 */
#include "book/ledger.h"

void thanks_list_done(struct thanks_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->all[i].what);
	free(list->all);
	*list = (struct thanks_list){ 0 };
}

static int thanks_read(struct store_rows *rows, struct thanks_list *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct thanks *t = reallocarray(ret->all, ret->n + 1, sizeof(*t));

		if (!t)
			return err_oom(reterr);
		ret->all = t;
		t += ret->n++;
		*t = (struct thanks){
			.number = store_int(rows, 0),
			.contact = store_int(rows, 1),
			.day = store_day(rows, 2),
			.done = !store_is_null(rows, 3),
		};
		r = store_copy(rows, 4, &t->what, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

int thanks_waiting(
	struct store *store, int64_t book, int32_t to, struct thanks_list *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT number, contact, day, done_day, what FROM thanks"
		" WHERE book=? AND done_day IS NULL AND day<? ORDER BY day",
		"ii", book, (int64_t)to);

	return r < 0 ? r : thanks_read(&rows, ret, reterr);
}

int thanks_by_number(struct store *store, int64_t book, int64_t number, struct thanks_list *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT number, contact, day, done_day, what FROM thanks WHERE book=? AND number=?",
		"ii", book, number);

	if (r == 0)
		r = thanks_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > 0;
}

int thanks_set_done(
	struct store *store, int64_t book, int64_t number, int32_t today, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE thanks SET done_day=?3 WHERE book=?1 AND number=?2",
		"iii", book, number, (int64_t)today);
}

int thanks_set_day(
	struct store *store, int64_t book, int64_t number, int32_t day, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE thanks SET day=?3 WHERE book=?1 AND number=?2",
		"iii", book, number, (int64_t)day);
}
