/* SPDX-License-Identifier: MIT */
/*
 * merge-occasion: the yearly days of two contacts who become one.
 *
 * Of two that say the same one survives: the one that may be mentioned, then the one entered first, so
 * that what digests have told of it stands. The other's handle leads to it.
 */
#include "book/merge-internal.h"

#include "book/aliases.h"
#include "book/contacts.h"
#include "book/occasions.h"
#include "core/str.h"

static bool merge_is_single(const struct occasion *o)
{
	return str_equal(o->kind, OCCASION_BIRTHDAY) || str_equal(o->kind, OCCASION_MET);
}

static bool merge_is_same_day(const struct date *a, const struct date *b)
{
	return a->month == b->month && a->day == b->day &&
		(a->year == b->year || !a->year || !b->year);
}

/* What stands there of that kind: for a birthday any, else the same day of that name. */
static struct occasion *merge_find_occasion(
	const struct occasions *occasions, const struct occasion *o)
{
	for (size_t i = 0; i < occasions->n; i++) {
		struct occasion *other = &occasions->all[i];

		if (str_equal(other->kind, o->kind) && str_equal(other->name, o->name) &&
			(merge_is_single(o) || merge_is_same_day(&other->date, &o->date)))
			return other;
	}
	return NULL;
}

static int merge_tell_occasion(
	struct merge *merge, const struct occasion *o, const struct occasion *kept)
{
	char text[DAY_TEXT_SIZE], other[DAY_TEXT_SIZE];

	return merge_tell(merge, o->name ? o->name : o->kind, day_format(&o->date, text),
		kept ? day_format(&kept->date, other) : NULL);
}

static int merge_move_occasion(struct merge *merge, const struct occasion *o)
{
	int r = store_run(merge->store, merge->reterr,
		"UPDATE occasion SET contact=?3 WHERE book=?1 AND number=?2", "iii", merge->book,
		o->number, merge->stays);

	return r < 0 ? r : merge_tell_occasion(merge, o, NULL);
}

/* Another birthday than the one that stands: it is kept and shown, but not mentioned. */
static int merge_set_aside(
	struct merge *merge, const struct occasion *o, const struct occasion *stands)
{
	_cleanup_str_ struct str name = STR_INIT;
	int r;

	str_addf(&name, "other %s", str_equal(o->kind, OCCASION_MET) ? "day met" : o->kind);
	r = str_check(&name, merge->reterr);
	if (r == 0)
		r = store_run(merge->store, merge->reterr,
			"UPDATE occasion SET contact=?3, kind='" OCCASION_NAMED
			"', name=?4, dropped=1"
			" WHERE book=?1 AND number=?2",
			"iiit", merge->book, o->number, merge->stays, str_text(&name));
	return r < 0 ? r : merge_tell_occasion(merge, o, stands);
}

/* What was done or put back in a year counts for the one that survives. */
static int merge_occurrences(struct merge *merge, int64_t survives, int64_t ends)
{
	int r = store_run(merge->store, merge->reterr,
		"INSERT INTO occurrence SELECT book, ?3, year, done_day, until_day FROM occurrence"
		" WHERE book=?1 AND number=?2 ON CONFLICT DO UPDATE SET"
		" done_day=COALESCE(done_day, excluded.done_day),"
		" until_day=COALESCE(until_day, excluded.until_day)",
		"iii", merge->book, ends, survives);

	return r < 0 ? r
		     : store_run(merge->store, merge->reterr,
			       "DELETE FROM occurrence WHERE book=? AND number=?", "ii",
			       merge->book, ends);
}

/* Whoever said the one says the other from now on. */
static int merge_share_occasion(struct merge *merge, int64_t survives, int64_t ends)
{
	return store_run(merge->store, merge->reterr,
		"INSERT OR IGNORE INTO also_source SELECT ?4, 'b' || ?2, source FROM"
		" (SELECT source FROM also_source WHERE contact=?4 AND what='b' || ?3"
		" UNION SELECT source FROM occasion WHERE book=?1 AND number IN (?2, ?3))",
		"iiii", merge->book, survives, ends, merge->stays);
}

/* But for its source now, and beside a person's word nobody. */
static int merge_settle_sources(struct merge *merge, int64_t survives, int64_t ends)
{
	return store_run(merge->store, merge->reterr,
		"DELETE FROM also_source WHERE contact=?4 AND (what='b' || ?3 OR (what='b' || ?2 AND"
		" (SELECT source FROM occasion WHERE book=?1 AND number=?2)"
		" IN (also_source.source, '" CONTACT_HAND "')))",
		"iiii", merge->book, survives, ends, merge->stays);
}

/* A known year beats an unknown one, and what a person typed stands against imports. */
static int merge_into_one(struct merge *merge, int64_t survives, int64_t ends)
{
	int r = merge_share_occasion(merge, survives, ends);

	if (r < 0)
		return r;
	r = store_run(merge->store, merge->reterr,
		"UPDATE occasion SET contact=?4, year=max(occasion.year, e.year), source=CASE"
		" WHEN '" CONTACT_HAND "' IN (occasion.source, e.source) THEN '" CONTACT_HAND "'"
		" WHEN occasion.year=0 THEN e.source ELSE occasion.source END"
		" FROM (SELECT year, source FROM occasion WHERE book=?1 AND number=?3) AS e"
		" WHERE book=?1 AND number=?2",
		"iiii", merge->book, survives, ends, merge->stays);

	if (r == 0)
		r = merge_settle_sources(merge, survives, ends);
	if (r == 0)
		r = merge_occurrences(merge, survives, ends);
	if (r == 0)
		r = store_run(merge->store, merge->reterr,
			"DELETE FROM occasion WHERE book=? AND number=?", "ii", merge->book, ends);
	return r < 0 ? r
		     : aliases_add_handle(merge->store, merge->book, 'b', ends, survives,
			       merge->stays, merge->reterr);
}

static int merge_join_occasions(
	struct merge *merge, struct occasion *stands, const struct occasion *o)
{
	bool has_year = !stands->date.year && o->date.year;
	int64_t first = 0;
	int r = store_ask(merge->store, &first, merge->reterr,
		"SELECT (a.dropped, a.entered_day) <= (b.dropped, b.entered_day)"
		" FROM occasion a, occasion b WHERE a.book=?1 AND a.number=?2 AND b.book=?1 AND b.number=?3",
		"iii", merge->book, stands->number, o->number);

	if (r < 0)
		return r;
	r = merge_into_one(
		merge, first ? stands->number : o->number, first ? o->number : stands->number);
	if (!first)
		stands->number = o->number;
	if (has_year)
		stands->date.year = o->date.year;
	return r < 0 || !has_year ? r : merge_tell_occasion(merge, o, NULL);
}

int merge_occasions(struct merge *merge)
{
	_cleanup_occasions_ struct occasions stand = { 0 }, come = { 0 };
	int r = occasions_of(merge->store, merge->stays, &stand, merge->reterr);

	if (r == 0)
		r = occasions_of(merge->store, merge->goes, &come, merge->reterr);
	for (size_t i = 0; r == 0 && i < come.n; i++) {
		const struct occasion *o = &come.all[i];
		struct occasion *other = merge_find_occasion(&stand, o);

		if (!other)
			r = merge_move_occasion(merge, o);
		else if (merge_is_same_day(&other->date, &o->date))
			r = merge_join_occasions(merge, other, o);
		else
			r = merge_set_aside(merge, o, other);
	}
	return r;
}
