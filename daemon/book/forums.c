/* SPDX-License-Identifier: MIT */
/*
 * forums: groups and boards with a goal of answers, and the answers given there.
 */
#include "book/forums.h"

#include "book/books.h"
#include "book/contacts.h"
#include "book/touches.h"
#include "core/utf8.h"

#include <errno.h>

#define FORUM_COLUMNS "number, name, url, topics, count, period"

void forums_done(struct forums *forums)
{
	for (size_t i = 0; i < forums->n; i++) {
		free(forums->all[i].name);
		free(forums->all[i].url);
		free(forums->all[i].topics);
	}
	free(forums->all);
	*forums = (struct forums){ 0 };
}

void forum_progress_done(struct forum_progress *progress)
{
	free(progress->last_name);
	free(progress->last_note);
	*progress = (struct forum_progress){ 0 };
}

static int forums_read(struct store_rows *rows, struct forums *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct forum *f = reallocarray(ret->all, ret->n + 1, sizeof(*f));

		if (!f)
			return err_oom(reterr);
		ret->all = f;
		f += ret->n++;
		*f = (struct forum){
			.number = store_int(rows, 0),
			.goal = { (int)store_int(rows, 4),
				str_equal(store_text(rows, 5), "week") ? GOAL_WEEK : GOAL_MONTH },
		};
		r = store_copy(rows, 1, &f->name, reterr);
		if (r == 0)
			r = store_copy(rows, 2, &f->url, reterr);
		if (r == 0)
			r = store_copy(rows, 3, &f->topics, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

int forums_list(struct store *store, int64_t book, struct forums *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT " FORUM_COLUMNS " FROM forum WHERE book=? AND NOT dropped ORDER BY folded",
		"i", book);

	return r < 0 ? r : forums_read(&rows, ret, reterr);
}

int forums_find(
	struct store *store, int64_t book, const char *name, struct forums *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT " FORUM_COLUMNS " FROM forum WHERE book=? AND folded=?", "if", book, name);

	if (r == 0)
		r = forums_read(&rows, ret, reterr);
	if (r < 0 || ret->n)
		return r;
	r = store_query(&rows, store, reterr,
		"SELECT " FORUM_COLUMNS
		" FROM forum WHERE book=? AND NOT dropped AND instr(folded, ?)"
		" ORDER BY folded",
		"if", book, name);
	return r < 0 ? r : forums_read(&rows, ret, reterr);
}

int forums_by_number(
	struct store *store, int64_t book, int64_t number, struct forums *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	size_t before = ret->n;
	int r = store_query(&rows, store, reterr,
		"SELECT " FORUM_COLUMNS " FROM forum WHERE book=? AND number=?", "ii", book,
		number);

	if (r == 0)
		r = forums_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > before;
}

static int forums_add(struct store *store, int64_t book, const char *name, const struct goal *goal,
	int64_t *ret_number, struct err *reterr)
{
	int r;

	if (!goal)
		return err_set(reterr, -EINVAL, "a new forum needs a goal: --goal 3/week");
	r = books_next_number(store, book, 'g', ret_number, reterr);
	return r < 0 ? r
		     : store_run(store, reterr,
			       "INSERT INTO forum (book, number, name, folded, count, period)"
			       " VALUES (?, ?, ?, ?, 1, 'week')",
			       "iitf", book, *ret_number, name, name);
}

int forums_set(struct store *store, int64_t book, const char *name, const struct goal *goal,
	const char *url, const char *topics, int64_t *ret_number, struct err *reterr)
{
	int r = store_ask(store, ret_number, reterr,
		"SELECT number FROM forum WHERE book=? AND folded=?", "if", book, name);

	if (r == 0)
		r = forums_add(store, book, name, goal, ret_number, reterr);
	if (r >= 0 && goal)
		r = store_run(store, reterr,
			"UPDATE forum SET count=?3, period=?4 WHERE book=?1 AND number=?2", "iiit",
			book, *ret_number, (int64_t)goal->count,
			goal->period == GOAL_WEEK ? "week" : "month");
	if (r < 0)
		return r;
	return store_run(store, reterr,
		"UPDATE forum SET dropped=0, url=NULLIF(COALESCE(?3, url), ''),"
		" topics=NULLIF(COALESCE(?4, topics), '') WHERE book=?1 AND number=?2",
		"iitt", book, *ret_number, url, topics);
}

int forums_drop(struct store *store, int64_t book, int64_t number, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE forum SET dropped=1 WHERE book=? AND number=?",
		"ii", book, number);
}

int forums_reply(struct store *store, int64_t book, int64_t number, int32_t day, int64_t count,
	int64_t contact, const char *note, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO reply (book, forum, day, count, contact, note)"
		" VALUES (?, ?, ?, ?, NULLIF(?, 0), ?)",
		"iiiiit", book, number, (int64_t)day, count, contact, note);

	if (r < 0 || !contact)
		return r;
	return touches_add(store, contact, day, "answered", note, reterr);
}

int forums_progress(struct store *store, int64_t book, int64_t number, int32_t from, int32_t to,
	struct forum_progress *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_ask(store, &ret->count, reterr,
		"SELECT sum(count) FROM reply WHERE book=? AND forum=? AND day>=? AND day<?",
		"iiii", book, number, (int64_t)from, (int64_t)to);

	if (r >= 0)
		r = store_query(&rows, store, reterr,
			"SELECT c.name, r.note, COALESCE(r.contact, 0) FROM reply r LEFT JOIN contact c ON c.id=r.contact"
			" WHERE r.book=? AND r.forum=? ORDER BY r.day DESC, r.id DESC LIMIT 1",
			"ii", book, number);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	ret->has_last = true;
	ret->last_contact = store_int(&rows, 2);
	r = store_copy(&rows, 0, &ret->last_name, reterr);
	return r < 0 ? r : store_copy(&rows, 1, &ret->last_note, reterr);
}

int forums_via(
	struct store *store, int64_t book, int64_t contact, struct forums *ret, struct err *reterr)
{
	int64_t number = 0;
	int r = store_ask(store, &number, reterr, "SELECT via FROM contact WHERE id=? AND book=?",
		"ii", contact, book);

	return r <= 0 ? r : forums_by_number(store, book, number, ret, reterr);
}

int forums_set_via(
	struct store *store, int64_t contact, int64_t number, int32_t today, struct err *reterr)
{
	int r = store_run(store, reterr, "UPDATE contact SET via=NULLIF(?2, 0) WHERE id=?1", "ii",
		contact, number);

	return r < 0
		? r
		: store_run(store, reterr,
			  "INSERT INTO field_source VALUES (?, 'via', '" CONTACT_HAND "', ?)"
			  " ON CONFLICT DO UPDATE SET source=excluded.source, set_day=excluded.set_day",
			  "ii", contact, (int64_t)today);
}

int forums_count_via(
	struct store *store, int64_t book, int64_t number, int64_t *ret, struct err *reterr)
{
	int r = store_ask(store, ret, reterr, "SELECT count(*) FROM contact WHERE book=? AND via=?",
		"ii", book, number);

	return r < 0 ? r : 0;
}
