/* SPDX-License-Identifier: MIT */
/*
 * occasions: the yearly days of contacts.
 */
#include "book/occasions.h"

#include "book/books.h"
#include "core/str.h"

#define OCCASION_COLUMNS                                                                           \
	"number, contact, kind, name, year, month_day, entered_day, dropped, source"

void occasions_done(struct occasions *occasions)
{
	for (size_t i = 0; i < occasions->n; i++) {
		free(occasions->all[i].kind);
		free(occasions->all[i].name);
		free(occasions->all[i].source);
	}
	free(occasions->all);
	*occasions = (struct occasions){ 0 };
}

static int occasions_read_row(struct store_rows *rows, struct occasions *ret, struct err *reterr)
{
	struct occasion *o = reallocarray(ret->all, ret->n + 1, sizeof(*o));
	int month_day = (int)store_int(rows, 5), r;

	if (!o)
		return err_oom(reterr);
	ret->all = o;
	o += ret->n++;
	*o = (struct occasion){
		.number = store_int(rows, 0),
		.contact = store_int(rows, 1),
		.date = { (int)store_int(rows, 4), month_day / 100, month_day % 100 },
		.entered_day = store_day(rows, 6),
		.dropped = store_int(rows, 7) != 0,
	};
	r = store_copy(rows, 2, &o->kind, reterr);
	if (r == 0)
		r = store_copy(rows, 3, &o->name, reterr);
	return r < 0 ? r : store_copy(rows, 8, &o->source, reterr);
}

static int occasions_read(struct store_rows *rows, struct occasions *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		r = occasions_read_row(rows, ret, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

/* The number of the contact's birthday, or of the very same occasion; 0 where there is none. */
static int occasions_find_same(struct store *store, int64_t contact, const char *kind,
	const char *name, const struct date *date, int64_t *ret, struct err *reterr)
{
	*ret = 0;
	if (str_equal(kind, OCCASION_BIRTHDAY) || str_equal(kind, OCCASION_MET))
		return store_ask(store, ret, reterr,
			"SELECT number FROM occasion WHERE contact=? AND kind=?", "it", contact,
			kind);
	return store_ask(store, ret, reterr,
		"SELECT number FROM occasion WHERE contact=? AND kind=? AND name IS ? AND month_day=? AND year=?",
		"ittii", contact, kind, name, (int64_t)occasion_month_day(date->month, date->day),
		(int64_t)date->year);
}

/* What a person typed stands against imports, and a known year against an import that has none. */
static int occasions_correct(struct store *store, int64_t book, int64_t number,
	const struct date *date, const char *source, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE occasion SET month_day=?3, year=?4, source=?5 WHERE book=?1 AND number=?2"
		" AND (month_day<>?3 OR year<>?4)"
		" AND (?5='hand' OR (source<>'hand' AND NOT (month_day=?3 AND ?4=0)))",
		"iiiit", book, number, (int64_t)occasion_month_day(date->month, date->day),
		(int64_t)date->year, source);

	if (r < 0 || !store_changes(store))
		return r < 0 ? r : OCCASION_KEPT;
	/* What others have said was of the day that stood there. */
	return store_run(store, reterr,
		"DELETE FROM also_source WHERE what='b' || ?2 AND contact="
		"(SELECT contact FROM occasion WHERE book=?1 AND number=?2)",
		"ii", book, number);
}

int occasions_move(struct store *store, int64_t book, int64_t number, const struct date *date,
	const char *source, struct err *reterr)
{
	return occasions_correct(store, book, number, date, source, reterr);
}

/* A birthday that was taken away by hand comes back by hand. */
static int occasions_are_welcome(struct store *store, int64_t contact, const char *kind,
	const char *source, struct err *reterr)
{
	int64_t gone = 0;
	int r;

	if (!str_equal(kind, OCCASION_BIRTHDAY))
		return 1;
	if (str_equal(source, "hand")) {
		r = store_run(store, reterr,
			"DELETE FROM field_source WHERE contact=? AND field='birthday'", "i",
			contact);
		return r < 0 ? r : 1;
	}
	r = store_ask(store, &gone, reterr,
		"SELECT 1 FROM field_source WHERE contact=? AND field='birthday'", "i", contact);
	return r < 0 ? r : !gone;
}

int occasions_add(struct store *store, int64_t book, int64_t contact, const char *kind,
	const char *name, const struct date *date, const char *source, int32_t today,
	int64_t *ret_number, struct err *reterr)
{
	int r = occasions_find_same(store, contact, kind, name, date, ret_number, reterr);

	if (r < 0)
		return r;
	if (*ret_number)
		return occasions_correct(store, book, *ret_number, date, source, reterr);
	r = occasions_are_welcome(store, contact, kind, source, reterr);
	if (r <= 0)
		return r < 0 ? r : OCCASION_KEPT;
	r = books_next_number(store, book, 'b', ret_number, reterr);
	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO occasion (book, month_day, number, contact, kind, name, year, source, entered_day)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"iiiittiti", book, (int64_t)occasion_month_day(date->month, date->day), *ret_number,
		contact, kind, name, (int64_t)date->year, source, (int64_t)today);
}

int occasions_remove_birthday(
	struct store *store, int64_t contact, int32_t today, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO field_source SELECT DISTINCT contact, kind, 'hand', ?2 FROM occasion"
		" WHERE contact=?1 AND kind='birthday' ON CONFLICT DO NOTHING",
		"ii", contact, (int64_t)today);

	return r < 0
		? r
		: store_run(store, reterr,
			  "DELETE FROM occasion WHERE contact=? AND kind='birthday'", "i", contact);
}

int occasions_remove_met(struct store *store, int64_t contact, struct err *reterr)
{
	return store_run(
		store, reterr, "DELETE FROM occasion WHERE contact=? AND kind='met'", "i", contact);
}

int occasions_of(struct store *store, int64_t contact, struct occasions *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT " OCCASION_COLUMNS
		" FROM occasion WHERE contact=? ORDER BY kind<>'birthday', number",
		"i", contact);

	return r < 0 ? r : occasions_read(&rows, ret, reterr);
}

static void occasions_read_said(const struct store_rows *rows, int column, struct occurrence *ret)
{
	ret->done = !store_is_null(rows, column);
	ret->put_back = !store_is_null(rows, column + 1);
	ret->until_day = store_day(rows, column + 1);
}

int occasions_in(struct store *store, int64_t book, const struct occasion_range *range,
	struct occasions *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT o.number, o.contact, o.kind, o.name, o.year, o.month_day, o.entered_day,"
		" o.dropped, o.source, u.done_day, u.until_day FROM occasion o"
		" LEFT JOIN occurrence u ON u.book=o.book AND u.number=o.number AND u.year=?"
		" WHERE o.book=? AND o.month_day BETWEEN ? AND ? AND NOT o.dropped",
		"iiii", (int64_t)range->year, book, (int64_t)range->first, (int64_t)range->last);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		r = occasions_read_row(&rows, ret, reterr);
		if (r == 0)
			occasions_read_said(&rows, 9, &ret->all[ret->n - 1].said);
	}
	return r;
}

int occasions_put_back(struct store *store, int64_t book, int32_t from, int32_t to,
	struct occasions *ret, int **ret_years, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_free_ int *years = NULL;
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT o.number, o.contact, o.kind, o.name, o.year, o.month_day, o.entered_day,"
		" o.dropped, o.source, u.year"
		" FROM occurrence u JOIN occasion o ON o.book=u.book AND o.number=u.number"
		" WHERE u.book=? AND u.until_day>=? AND u.until_day<? AND u.done_day IS NULL"
		" AND NOT o.dropped",
		"iii", book, (int64_t)from, (int64_t)to);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		int *more = reallocarray(years, ret->n + 1, sizeof(*more));

		if (!more)
			return err_oom(reterr);
		years = more;
		years[ret->n] = (int)store_int(&rows, 9);
		r = occasions_read_row(&rows, ret, reterr);
	}
	if (r == 0)
		*ret_years = TAKE_PTR(years);
	return r;
}

int occasions_by_number(struct store *store, int64_t book, int64_t number, struct occasions *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	size_t before = ret->n;
	int r = store_query(&rows, store, reterr,
		"SELECT " OCCASION_COLUMNS " FROM occasion WHERE book=?1 AND number="
		"COALESCE((SELECT now FROM handle_alias WHERE book=?1 AND letter='b' AND number=?2), ?2)",
		"ii", book, number);

	if (r == 0)
		r = occasions_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > before;
}

int occasions_occurrence(struct store *store, int64_t book, int64_t number, int year,
	struct occurrence *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	*ret = (struct occurrence){ 0 };
	r = store_query(&rows, store, reterr,
		"SELECT done_day, until_day FROM occurrence WHERE book=? AND number=? AND year=?",
		"iii", book, number, (int64_t)year);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	occasions_read_said(&rows, 0, ret);
	return 0;
}

int occasions_set_done(struct store *store, int64_t book, int64_t number, int year, int32_t today,
	struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT INTO occurrence VALUES (?1, ?2, ?3, ?4, NULL) ON CONFLICT DO UPDATE SET done_day=?4",
		"iiii", book, number, (int64_t)year, (int64_t)today);
}

int occasions_drop(struct store *store, int64_t book, int64_t number, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE occasion SET dropped=1 WHERE book=? AND number=?",
		"ii", book, number);
}

int occasions_set_until(struct store *store, int64_t book, int64_t number, int year, int32_t until,
	struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT INTO occurrence VALUES (?1, ?2, ?3, NULL, ?4)"
		" ON CONFLICT DO UPDATE SET done_day=NULL, until_day=?4",
		"iiii", book, number, (int64_t)year, (int64_t)until);
}
