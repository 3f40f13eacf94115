/* SPDX-License-Identifier: MIT */
/*
 * candidates: what a word that somebody has begun to type may become.
 */
#include "book/candidates.h"

#include "core/day.h"
#include "core/utf8.h"

#define CANDIDATES_LATER_MIN 2 /* bytes: by one letter half of the book would be looked at */
#define CANDIDATES_BACK      7 /* days: occasions that were */
#define CANDIDATES_AHEAD     14

/* For SQL: how many people are looked at where no index leads to what is looked for; and behind all that begins
 * with ?2. */
#define LOOK "2000"
#define PAST "?2 || char(0x10ffff)"

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

/* A row of text, about, more. */
static int candidates_take(
	struct candidates *candidates, struct store_rows *rows, struct err *reterr)
{
	return candidates_add(
		candidates, store_text(rows, 0), store_text(rows, 1), store_text(rows, 2), reterr);
}

/* The rows of text, about, more that a statement has for ?1 the book, ?2 what was typed, ?3 how many. */
static int candidates_query(struct store *store, const char *sql, int64_t book, const char *typed,
	size_t max, struct candidates *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, sql, "iti", book, typed, (int64_t)max);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = candidates_take(ret, &rows, reterr);
	return r;
}

/* The same where what is typed is compared folded. */
static int candidates_query_folded(struct store *store, const char *sql, int64_t book,
	const char *start, size_t max, struct candidates *ret, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	utf8_add_folded(&folded, start);
	r = str_check(&folded, reterr);
	return r < 0 ? r : candidates_query(store, sql, book, str_text(&folded), max, ret, reterr);
}

int candidates_names(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	return candidates_query_folded(store,
		"SELECT name, org, city FROM contact"
		" WHERE book=?1 AND folded>=?2 AND folded<" PAST " ORDER BY folded LIMIT ?3",
		book, start, max, ret, reterr);
}

/* What finds a folded text among the words of the book; 1, or 0 where it would find half of it. */
static int candidates_pattern(struct str *pattern, const struct str *folded, struct err *reterr)
{
	int r = str_check(folded, reterr);

	if (r < 0 || folded->len < CANDIDATES_LATER_MIN || strchr(folded->data, '"'))
		return r;
	str_addf(pattern, "\"%s\"*", folded->data);
	r = str_check(pattern, reterr);
	return r < 0 ? r : 1;
}

int candidates_later_names(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT, pattern = STR_INIT;
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	utf8_add_folded(&folded, start);
	r = candidates_pattern(&pattern, &folded, reterr);
	if (r <= 0 || strchr(folded.data, ' '))
		return r < 0 ? r : 0;
	r = store_query(&rows, store, reterr,
		"SELECT c.name, c.org, c.city, c.folded FROM search"
		" CROSS JOIN contact c ON c.id=search.rowid"
		" WHERE search MATCH ?2 AND c.book=?1 LIMIT " LOOK,
		"it", book, str_text(&pattern));
	str_clear(&pattern);
	str_addf(&pattern, " %s", str_text(&folded));
	max += ret->n;
	while (r == 0 && ret->n < max && (r = store_next(&rows, reterr)) == 1)
		r = strstr(store_text(&rows, 3), str_text(&pattern))
			? candidates_take(ret, &rows, reterr)
			: 0;
	return r < 0 ? r : str_check(&pattern, reterr);
}

int candidates_emails(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	return candidates_query_folded(store,
		"SELECT v.text, c.name, NULL FROM contact_value v"
		" JOIN contact c ON c.id=v.contact AND c.book=?1"
		" WHERE v.kind='email' AND v.folded>=?2 AND v.folded<" PAST
		" ORDER BY v.folded LIMIT ?3",
		book, start, max, ret, reterr);
}

/* Numbers that begin with some digits are few ranges: 12, 120 to 129, 1200 to 1299. */
int candidates_numbers(struct store *store, int64_t book, const char *digits, size_t max,
	struct candidates *ret, struct err *reterr)
{
	return candidates_query(store,
		"WITH RECURSIVE span(first, past) AS ("
		"VALUES (max(?2 + 0, 1), iif(?2='', 9e18, ?2 + 1)) UNION ALL"
		" SELECT first * 10, past * 10 FROM span"
		" WHERE ?2<>'' AND first * 10 <= (SELECT max(id) FROM contact))"
		" SELECT '#' || id, name, city FROM (SELECT c.id, c.name, c.city, c.book FROM span"
		" CROSS JOIN contact c ON c.id>=span.first AND c.id<span.past LIMIT " LOOK ")"
		" WHERE book=?1 LIMIT ?3",
		book, digits, max, ret, reterr);
}

/* From one tag to the next, so that those who carry them are not counted. Each as it is written where its cadence
 * is, else as somebody of the book carries it; then those with a cadence that nobody carries, or not yet. */
int candidates_tags(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	static const char *const statements[] = {
		"WITH RECURSIVE tag(folded) AS ("
		"SELECT min(folded) FROM contact_value WHERE kind='tag' AND folded>=?2 UNION ALL"
		" SELECT (SELECT min(folded) FROM contact_value"
		" WHERE kind='tag' AND folded>tag.folded)"
		" FROM tag WHERE folded<" PAST " LIMIT " LOOK "),"
		" written(text) AS (SELECT COALESCE("
		"(SELECT tag FROM tag_every WHERE book=?1 AND folded=t.folded),"
		" (SELECT v.text FROM contact_value v JOIN contact c ON c.id=v.contact AND c.book=?1"
		" WHERE v.kind='tag' AND v.folded=t.folded)) FROM tag t WHERE t.folded<" PAST ")"
		" SELECT text, NULL, NULL FROM written WHERE text NOT NULL LIMIT ?3",
		"SELECT tag, NULL, NULL FROM tag_every"
		" WHERE book=?1 AND folded>=?2 AND folded<" PAST " ORDER BY folded LIMIT ?3",
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(statements); i++)
		r = candidates_query_folded(store, statements[i], book, start, max, ret, reterr);
	return r;
}

/* Cities have no index of their own: those of people in whom the words are found, or of some people; the most
 * frequent first. */
int candidates_cities(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr)
{
	static const char found[] =
		"SELECT city, NULL, NULL FROM (SELECT c.city FROM search"
		" CROSS JOIN contact c ON c.id=search.rowid"
		" WHERE search MATCH ?2 AND c.book=?1 LIMIT " LOOK ")"
		" WHERE city NOT NULL GROUP BY city ORDER BY count(*) DESC, city";
	static const char some[] =
		"SELECT city, NULL, NULL FROM (SELECT city, ?2 FROM contact WHERE book=?1 LIMIT " LOOK
		") WHERE city NOT NULL GROUP BY city ORDER BY count(*) DESC, city";
	_cleanup_str_ struct str folded = STR_INIT, pattern = STR_INIT, city = STR_INIT;
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	utf8_add_folded(&folded, start);
	r = candidates_pattern(&pattern, &folded, reterr);
	if (r >= 0)
		r = store_query(
			&rows, store, reterr, r ? found : some, "it", book, str_text(&pattern));
	max += ret->n;
	while (r == 0 && ret->n < max && (r = store_next(&rows, reterr)) == 1) {
		str_clear(&city);
		utf8_add_folded(&city, store_text(&rows, 0));
		r = str_check(&city, reterr);
		if (r == 0 && str_starts(str_text(&city), str_text(&folded)))
			r = candidates_take(ret, &rows, reterr);
	}
	return r;
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
			"SELECT 'b' || o.number, c.name, COALESCE(o.name, o.kind) FROM occasion o"
			" JOIN contact c ON c.id=o.contact"
			" WHERE o.book=?1 AND o.month_day>=?2 AND o.month_day<=?3 AND NOT o.dropped"
			" AND substr(o.number, 1, length(?4))=?4 ORDER BY o.month_day, o.number LIMIT ?5",
			"iiiti", book, ranges[i][0], ranges[i][1], digits, (int64_t)max);
		while (r == 0 && (r = store_next(&rows, reterr)) == 1)
			r = candidates_take(ret, &rows, reterr);
	}
	return r;
}

/* What is open of each other letter: ?1 the book, ?2 the digits, ?3 how many. */
static const struct {
	char letter;
	const char *sql;
} candidates_open[] = {
	{ 'f',
		"SELECT 'f' || f.number, c.name, f.what FROM follow_up f LEFT JOIN contact c ON c.id=f.contact"
		" WHERE f.book=?1 AND f.done_day IS NULL AND substr(f.number, 1, length(?2))=?2"
		" ORDER BY f.due_day LIMIT ?3" },
	{ 'y',
		"SELECT 'y' || y.number, c.name, y.what FROM thanks y JOIN contact c ON c.id=y.contact"
		" WHERE y.book=?1 AND y.done_day IS NULL AND substr(y.number, 1, length(?2))=?2"
		" ORDER BY y.day LIMIT ?3" },
	{ 'c',
		"SELECT 'c' || o.number, c.name, o.place FROM coffee o INDEXED BY coffee_open JOIN contact c ON c.id=o.contact"
		" WHERE o.book=?1 AND o.open AND substr(o.number, 1, length(?2))=?2"
		" ORDER BY o.number LIMIT ?3" },
	{ 't',
		"SELECT 't' || k.number, c.name, NULL FROM keeping k JOIN contact c ON c.id=k.contact"
		" WHERE k.book=?1 AND k.due_day IS NOT NULL AND substr(k.number, 1, length(?2))=?2"
		" ORDER BY k.due_day LIMIT ?3" },
	{ 'h',
		"SELECT 'h' || s.number, c.name, s.seeks FROM suggestion s JOIN contact c ON c.id=s.seeker"
		" WHERE s.book=?1 AND s.letter='h' AND s.stage='suggested'"
		" AND substr(s.number, 1, length(?2))=?2 ORDER BY s.number DESC LIMIT ?3" },
	{ 'i',
		"SELECT 'i' || s.number, c.name, o.name FROM suggestion s JOIN contact c ON c.id=s.seeker"
		" JOIN contact o ON o.id=s.offerer"
		" WHERE s.book=?1 AND s.letter='i' AND s.stage IN ('suggested', 'asked', 'made')"
		" AND substr(s.number, 1, length(?2))=?2 ORDER BY s.number DESC LIMIT ?3" },
	{ 'o',
		"SELECT 'o' || o.number, COALESCE(c.name, o.name), NULL FROM outreach o"
		" LEFT JOIN contact c ON c.id=o.contact"
		" WHERE o.book=?1 AND o.open AND substr(o.number, 1, length(?2))=?2"
		" ORDER BY o.number LIMIT ?3" },
	{ 'g',
		"SELECT 'g' || number, name, NULL FROM forum WHERE book=?1 AND NOT dropped"
		" AND substr(number, 1, length(?2))=?2 ORDER BY number LIMIT ?3" },
};

int candidates_handles(struct store *store, int64_t book, char letter, const char *digits,
	int32_t today, size_t max, struct candidates *ret, struct err *reterr)
{
	if (letter == 'b')
		return candidates_occasions(store, book, digits, today, max, ret, reterr);
	for (size_t i = 0; i < ARRAY_SIZE(candidates_open); i++)
		if (candidates_open[i].letter == letter)
			return candidates_query(
				store, candidates_open[i].sql, book, digits, max, ret, reterr);
	return 0;
}
