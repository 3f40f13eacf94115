/* SPDX-License-Identifier: MIT */
/*
 * candidates: what a word that somebody has begun to type may become.
 */
#include "book/candidates.h"

#include "core/day.h"
#include "core/utf8.h"

#define CANDIDATES_LATER_MIN 2    /* bytes: by one letter half of the book would be looked at */
#define CANDIDATES_LOOK      2000 /* people with that word anywhere, of whom names are looked at */
#define CANDIDATES_BACK      7    /* days: occasions that were */
#define CANDIDATES_AHEAD     14

void candidates_done(struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->n; i++) {
		free(candidates->all[i].text);
		free(candidates->all[i].about);
		free(candidates->all[i].more);
	}
	free(candidates->all);
	*candidates = (struct candidates){ 0 };
}

int candidates_add(struct candidates *candidates, const char *text, const char *about,
	const char *more, struct err *reterr)
{
	struct candidate *all, *one;

	for (size_t i = 0; i < candidates->n; i++)
		if (str_equal(candidates->all[i].text, text))
			return 0;
	all = reallocarray(candidates->all, candidates->n + 1, sizeof(*all));
	if (!all)
		return err_oom(reterr);
	candidates->all = all;
	one = &all[candidates->n++];
	*one = (struct candidate){ str_dup(text), str_dup(about), str_dup(more) };
	if (!one->text || (about && !one->about) || (more && !one->more))
		return err_oom(reterr);
	return 0;
}

/* A row of text, about, more; a handle's letter stands before its number. */
static int candidates_take(struct candidates *candidates, struct store_rows *rows,
	const char *letter, struct err *reterr)
{
	_cleanup_str_ struct str text = STR_INIT;
	int r;

	str_addf(&text, "%s%s", letter, store_text(rows, 0));
	r = str_check(&text, reterr);
	return r < 0 ? r
		     : candidates_add(candidates, str_text(&text), store_text(rows, 1),
			       store_text(rows, 2), reterr);
}

static int candidates_read(struct candidates *candidates, struct store_rows *rows,
	const char *letter, struct err *reterr)
{
	int r = 0;

	while (r == 0 && (r = store_next(rows, reterr)) == 1)
		r = candidates_take(candidates, rows, letter, reterr);
	return r;
}

/* What was typed, folded, and the end of all that begins so. */
struct candidates_range {
	struct str from, to;
};

static void candidates_range_done(struct candidates_range *range)
{
	str_done(&range->from);
	str_done(&range->to);
}

static int candidates_range(struct candidates_range *range, const char *start, struct err *reterr)
{
	utf8_add_folded(&range->from, start);
	str_add(&range->to, str_text(&range->from));
	utf8_add(&range->to, 0x10ffff);
	return str_check(&range->from, reterr) < 0 ? err_oom(reterr)
						   : str_check(&range->to, reterr);
}

int candidates_names(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	_cleanup_(candidates_range_done) struct candidates_range range = { 0 };
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = candidates_range(&range, start, reterr);

	if (r == 0)
		r = store_query(&rows, store, reterr,
			"SELECT name, org, city FROM contact WHERE book=? AND folded>=? AND folded<?"
			" ORDER BY folded LIMIT ?",
			"itti", book, str_text(&range.from), str_text(&range.to), (int64_t)max);
	return r < 0 ? r : candidates_read(ret, &rows, "", reterr);
}

int candidates_later_names(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT, pattern = STR_INIT;
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	utf8_add_folded(&folded, start);
	r = str_check(&folded, reterr);
	if (r < 0 || folded.len < CANDIDATES_LATER_MIN || strpbrk(folded.data, " \""))
		return r;
	str_addf(&pattern, "\"%s\"*", str_text(&folded));
	r = str_check(&pattern, reterr);
	if (r == 0)
		r = store_query(&rows, store, reterr,
			"SELECT c.name, c.org, c.city, c.folded FROM search"
			" CROSS JOIN contact c ON c.id=search.rowid"
			" WHERE search MATCH ?2 AND c.book=?1 LIMIT ?3",
			"iti", book, str_text(&pattern), (int64_t)CANDIDATES_LOOK);
	str_clear(&pattern);
	str_addf(&pattern, " %s", str_text(&folded));
	max += ret->n;
	while (r == 0 && ret->n < max && (r = store_next(&rows, reterr)) == 1)
		r = strstr(store_text(&rows, 3), str_text(&pattern))
			? candidates_take(ret, &rows, "", reterr)
			: 0;
	return r < 0 ? r : str_check(&pattern, reterr);
}

int candidates_emails(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	_cleanup_(candidates_range_done) struct candidates_range range = { 0 };
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = candidates_range(&range, start, reterr);

	if (r == 0)
		r = store_query(&rows, store, reterr,
			"SELECT v.text, c.name, NULL FROM contact_value v"
			" JOIN contact c ON c.id=v.contact AND c.book=?1"
			" WHERE v.kind='email' AND v.folded>=?2 AND v.folded<?3"
			" ORDER BY v.folded LIMIT ?4",
			"itti", book, str_text(&range.from), str_text(&range.to), (int64_t)max);
	return r < 0 ? r : candidates_read(ret, &rows, "", reterr);
}

/* Those with a cadence that nobody carries, or not yet. */
static int candidates_kept_tags(struct store *store, int64_t book,
	const struct candidates_range *range, size_t max, struct candidates *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT tag, NULL, NULL FROM tag_every WHERE book=? AND folded>=? AND folded<?"
		" ORDER BY folded LIMIT ?",
		"itti", book, str_text(&range->from), str_text(&range->to), (int64_t)max);

	return r < 0 ? r : candidates_read(ret, &rows, "", reterr);
}

/* Puts the first tag from `at` on in its place: 1, or 0 where there is none before `end`. */
static int candidates_next_tag(
	struct store *store, struct str *at, const char *end, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = str_check(at, reterr);

	if (r == 0)
		r = store_query(&rows, store, reterr,
			"SELECT folded FROM contact_value WHERE kind='tag' AND folded>=? AND folded<?"
			" ORDER BY folded LIMIT 1",
			"tt", str_text(at), end);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	str_clear(at);
	str_add(at, store_text(&rows, 0));
	r = str_check(at, reterr);
	return r < 0 ? r : 1;
}

/* As it is written where its cadence is, else as somebody of the book carries it. */
static int candidates_tag(struct store *store, int64_t book, const char *folded,
	struct candidates *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT tag, NULL, NULL FROM tag_every WHERE book=?1 AND folded=?2 UNION ALL"
		" SELECT v.text, NULL, NULL FROM contact_value v JOIN contact c ON c.id=v.contact AND c.book=?1"
		" WHERE v.kind='tag' AND v.folded=?2 LIMIT 1",
		"it", book, folded);

	return r < 0 ? r : candidates_read(ret, &rows, "", reterr);
}

/* From one tag to the next, so that those who carry them are not counted. No text has a control character: what
 * comes behind one begins at the first of them. */
int candidates_tags(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	_cleanup_(candidates_range_done) struct candidates_range range = { 0 };
	_cleanup_str_ struct str at = STR_INIT;
	int r = candidates_range(&range, start, reterr);

	str_add(&at, str_text(&range.from));
	for (size_t i = 0; r == 0 && ret->n < max && i < CANDIDATES_LOOK; i++) {
		r = candidates_next_tag(store, &at, str_text(&range.to), reterr);
		if (r <= 0)
			break;
		r = candidates_tag(store, book, str_text(&at), ret, reterr);
		str_add_char(&at, '\001');
	}
	return r < 0 ? r : candidates_kept_tags(store, book, &range, max, ret, reterr);
}

/* Occasions lie by month and day; at the turn of the year their days are in two places. */
static int candidates_occasions(struct store *store, int64_t book, const char *digits,
	int32_t today, size_t max, struct candidates *ret, struct err *reterr)
{
	struct date first = day_date(today - CANDIDATES_BACK),
		    last = day_date(today + CANDIDATES_AHEAD);
	int64_t from = first.month * 100 + first.day, to = last.month * 100 + last.day;
	const int64_t ranges[][2] = { { from, from <= to ? to : 1231 },
		{ 101, from <= to ? 0 : to } };
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(ranges); i++) {
		_cleanup_rows_ struct store_rows rows = { 0 };

		r = store_query(&rows, store, reterr,
			"SELECT o.number, c.name, COALESCE(o.name, o.kind) FROM occasion o"
			" JOIN contact c ON c.id=o.contact"
			" WHERE o.book=?1 AND o.month_day>=?2 AND o.month_day<=?3 AND NOT o.dropped"
			" AND substr(o.number, 1, length(?4))=?4 ORDER BY o.month_day, o.number LIMIT ?5",
			"iiiti", book, ranges[i][0], ranges[i][1], digits, (int64_t)max);
		if (r == 0)
			r = candidates_read(ret, &rows, "b", reterr);
	}
	return r;
}

/* What is open of each other letter: ?1 the book, ?2 the digits, ?3 how many. */
static const struct {
	char letter[2];
	const char *sql;
} candidates_open[] = {
	{ "f",
		"SELECT f.number, c.name, f.what FROM follow_up f LEFT JOIN contact c ON c.id=f.contact"
		" WHERE f.book=?1 AND f.done_day IS NULL AND substr(f.number, 1, length(?2))=?2"
		" ORDER BY f.due_day LIMIT ?3" },
	{ "y",
		"SELECT y.number, c.name, y.what FROM thanks y JOIN contact c ON c.id=y.contact"
		" WHERE y.book=?1 AND y.done_day IS NULL AND substr(y.number, 1, length(?2))=?2"
		" ORDER BY y.day LIMIT ?3" },
	{ "c",
		"SELECT o.number, c.name, o.place FROM coffee o INDEXED BY coffee_open JOIN contact c ON c.id=o.contact"
		" WHERE o.book=?1 AND o.open AND substr(o.number, 1, length(?2))=?2"
		" ORDER BY o.number LIMIT ?3" },
	{ "t",
		"SELECT k.number, c.name, NULL FROM keeping k JOIN contact c ON c.id=k.contact"
		" WHERE k.book=?1 AND k.due_day IS NOT NULL AND substr(k.number, 1, length(?2))=?2"
		" ORDER BY k.due_day LIMIT ?3" },
	{ "h",
		"SELECT s.number, c.name, s.seeks FROM suggestion s JOIN contact c ON c.id=s.seeker"
		" WHERE s.book=?1 AND s.letter='h' AND s.stage='suggested'"
		" AND substr(s.number, 1, length(?2))=?2 ORDER BY s.number DESC LIMIT ?3" },
	{ "i",
		"SELECT s.number, c.name, o.name FROM suggestion s JOIN contact c ON c.id=s.seeker"
		" JOIN contact o ON o.id=s.offerer"
		" WHERE s.book=?1 AND s.letter='i' AND s.stage IN ('suggested', 'asked', 'made')"
		" AND substr(s.number, 1, length(?2))=?2 ORDER BY s.number DESC LIMIT ?3" },
	{ "o",
		"SELECT o.number, COALESCE(c.name, o.name), NULL FROM outreach o"
		" LEFT JOIN contact c ON c.id=o.contact"
		" WHERE o.book=?1 AND o.open AND substr(o.number, 1, length(?2))=?2"
		" ORDER BY o.number LIMIT ?3" },
	{ "g",
		"SELECT number, name, NULL FROM forum WHERE book=?1 AND NOT dropped"
		" AND substr(number, 1, length(?2))=?2 ORDER BY number LIMIT ?3" },
};

int candidates_handles(struct store *store, int64_t book, char letter, const char *digits,
	int32_t today, size_t max, struct candidates *ret, struct err *reterr)
{
	if (letter == 'b')
		return candidates_occasions(store, book, digits, today, max, ret, reterr);
	for (size_t i = 0; i < ARRAY_SIZE(candidates_open); i++) {
		_cleanup_rows_ struct store_rows rows = { 0 };
		int r;

		if (candidates_open[i].letter[0] != letter)
			continue;
		r = store_query(&rows, store, reterr, candidates_open[i].sql, "iti", book, digits,
			(int64_t)max);
		return r < 0 ? r : candidates_read(ret, &rows, candidates_open[i].letter, reterr);
	}
	return 0;
}
