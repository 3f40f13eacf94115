/* SPDX-License-Identifier: MIT */
/*
 * followups: what is to be done by a day, for a contact or for none; open until done.
 */
#include "book/followups.h"

#include "book/books.h"

#define FOLLOWUP_COLUMNS                                                                           \
	"number, contact, what, due_day, due_minute, done_day, COALESCE(first_day, due_day),"      \
	" repeat_months, repeat_days, repeat_after_done, entered_day"

void followups_done(struct followups *followups)
{
	for (size_t i = 0; i < followups->n; i++)
		free(followups->all[i].what);
	free(followups->all);
	*followups = (struct followups){ 0 };
}

static int followups_read(struct store_rows *rows, struct followups *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct followup *f = reallocarray(ret->all, ret->n + 1, sizeof(*f));

		if (!f)
			return err_oom(reterr);
		ret->all = f;
		f += ret->n++;
		*f = (struct followup){
			.number = store_int(rows, 0),
			.contact = store_int(rows, 1),
			.due_day = store_day(rows, 3),
			.due_minute = store_is_null(rows, 4) ? -1 : (int)store_int(rows, 4),
			.done = !store_is_null(rows, 5),
			.first_day = store_day(rows, 6),
			.repeat = { (int)store_int(rows, 7), (int)store_int(rows, 8),
				store_int(rows, 9) != 0 },
			.entered_day = store_day(rows, 10),
		};
		r = store_copy(rows, 2, &f->what, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

int followups_add(struct store *store, int64_t book, int64_t contact, const char *what,
	int32_t due_day, int due_minute, int32_t today, int64_t *ret_number, struct err *reterr)
{
	int r = books_next_number(store, book, 'f', ret_number, reterr);

	if (r < 0)
		return r;
	/* No contact and no minute are NULL: 0 is no contact's number, -1 no minute. */
	return store_run(store, reterr,
		"INSERT INTO follow_up (book, number, contact, what, due_day, due_minute, entered_day)"
		" VALUES (?, ?, NULLIF(?, 0), ?, ?, NULLIF(?, -1), ?)",
		"iiitiii", book, *ret_number, contact, what, (int64_t)due_day, (int64_t)due_minute,
		(int64_t)today);
}

int followups_set_repeat(struct store *store, int64_t book, int64_t number,
	const struct repeat *repeat, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE follow_up SET first_day=due_day, repeat_months=?3, repeat_days=?4, repeat_after_done=?5"
		" WHERE book=?1 AND number=?2",
		"iiiii", book, number, (int64_t)repeat->months, (int64_t)repeat->days,
		(int64_t)repeat->after_done);
}

int followups_due(
	struct store *store, int64_t book, int32_t to, struct followups *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT " FOLLOWUP_COLUMNS
		" FROM follow_up WHERE book=? AND done_day IS NULL AND due_day<?"
		" ORDER BY due_day",
		"ii", book, (int64_t)to);

	return r < 0 ? r : followups_read(&rows, ret, reterr);
}

int followups_of(struct store *store, int64_t contact, struct followups *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT " FOLLOWUP_COLUMNS " FROM follow_up WHERE contact=? AND done_day IS NULL"
		" ORDER BY due_day",
		"i", contact);

	return r < 0 ? r : followups_read(&rows, ret, reterr);
}

int followups_by_number(struct store *store, int64_t book, int64_t number, struct followups *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	size_t before = ret->n;
	int r = store_query(&rows, store, reterr,
		"SELECT " FOLLOWUP_COLUMNS " FROM follow_up WHERE book=? AND number=?", "ii", book,
		number);

	if (r == 0)
		r = followups_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > before;
}

int followups_set_done(struct store *store, int64_t book, int64_t number, int32_t today,
	const char *answer, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE follow_up SET done_day=?3, answer=?4 WHERE book=?1 AND number=?2", "iiit",
		book, number, (int64_t)today, answer);
}

int followups_set_due(struct store *store, int64_t book, int64_t number, int32_t due_day,
	int due_minute, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE follow_up SET due_day=?3, due_minute=NULLIF(?4, -1), done_day=NULL"
		" WHERE book=?1 AND number=?2",
		"iiii", book, number, (int64_t)due_day, (int64_t)due_minute);
}

int followups_next_day(
	struct store *store, int64_t book, int32_t from, int64_t *ret_day, struct err *reterr)
{
	return store_ask(store, ret_day, reterr,
		"SELECT due_day FROM follow_up WHERE book=? AND done_day IS NULL AND due_day>=?"
		" ORDER BY due_day LIMIT 1",
		"ii", book, (int64_t)from);
}
