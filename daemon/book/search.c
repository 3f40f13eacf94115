/* SPDX-License-Identifier: MIT */
/*
 * search: finding contacts by what is known of them.
 *
 * The full-text index is kept here and not by triggers: FTS5 is refused in triggers where the schema
 * is not trusted. Its words are folded by us, so that ü and ue are one.
 */
#include "book/search.h"

#include "core/utf8.h"

#include <errno.h>
#include <string.h>

#define SEARCH_WORDS_MAX 4

void contact_ids_done(struct contact_ids *ids)
{
	free(ids->ids);
	*ids = (struct contact_ids){ 0 };
}

int contact_ids_add(struct contact_ids *ids, int64_t id, struct err *reterr)
{
	int64_t *more = reallocarray(ids->ids, ids->n + 1, sizeof(*more));

	if (!more)
		return err_oom(reterr);
	ids->ids = more;
	more[ids->n++] = id;
	return 0;
}

int search_index(struct store *store, int64_t id, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT name || char(10) || COALESCE(org, '') || char(10) || COALESCE(title, '') || char(10) ||"
		" COALESCE(city, '') || char(10) || COALESCE(note, '') || char(10) || COALESCE(met_place, '')"
		" FROM contact WHERE id=?1 UNION ALL SELECT text FROM contact_value WHERE contact=?1 AND kind<>'extra'"
		" UNION ALL SELECT name FROM alias WHERE contact=?1 AND id<>?1",
		"i", id);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		utf8_add_folded(&folded, store_text(&rows, 0));
		str_add_char(&folded, '\n');
		r = 0;
	}
	if (r == 0)
		r = str_check(&folded, reterr);
	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM search WHERE rowid=?", "i", id);
	/* Nobody of that number: the undone entry of a contact. */
	if (r == 0 && folded.len)
		r = store_run(store, reterr, "INSERT INTO search (rowid, text) VALUES (?, ?)", "it",
			id, str_text(&folded));
	return r;
}

static int search_collect(
	struct store_rows *rows, size_t max, struct contact_ids *ret, struct err *reterr)
{
	int r = 0;

	while (r == 0 && ret->n < max && (r = store_next(rows, reterr)) == 1)
		r = contact_ids_add(ret, store_int(rows, 0), reterr);
	return r;
}

/* Those whose second column, folded, is the city. Folding is ours, so SQL cannot compare them. */
static int search_collect_city(
	struct store_rows *rows, const char *city, struct contact_ids *ret, struct err *reterr)
{
	_cleanup_str_ struct str wanted = STR_INIT, folded = STR_INIT;
	int r = 0;

	utf8_add_folded(&wanted, city);
	while (r == 0 && (r = store_next(rows, reterr)) == 1) {
		str_clear(&folded);
		utf8_add_folded(&folded, store_text(rows, 1));
		r = str_check(&folded, reterr);
		if (r == 0 && str_equal(str_text(&folded), str_text(&wanted)))
			r = contact_ids_add(ret, store_int(rows, 0), reterr);
	}
	return r < 0 ? r : str_check(&wanted, reterr);
}

/* Splits folded text at spaces, in place; the last word keeps what is over the number. */
static size_t search_split(char *text, const char *words[SEARCH_WORDS_MAX])
{
	size_t n = 0;

	for (char *p = text; *p && n < SEARCH_WORDS_MAX;) {
		while (*p == ' ')
			p++;
		if (!*p)
			break;
		words[n++] = p;
		if (n == SEARCH_WORDS_MAX)
			break;
		p += strcspn(p, " ");
		if (*p)
			*p++ = '\0';
	}
	return n;
}

int search_find(struct store *store, int64_t book, const char *text, size_t max,
	struct contact_ids *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_str_ struct str folded = STR_INIT;
	const char *words[SEARCH_WORDS_MAX] = { "", "", "", "" };
	int r;

	utf8_add_folded(&folded, text);
	r = str_check(&folded, reterr);
	if (r == 0)
		r = store_query(&rows, store, reterr,
			"SELECT id FROM contact WHERE book=?1 AND folded=?2 UNION"
			" SELECT c.id FROM contact_value v JOIN contact c ON c.id=v.contact AND c.book=?1"
			" WHERE v.kind='email' AND v.folded=?2",
			"it", book, str_text(&folded));
	if (r == 0)
		r = search_collect(&rows, max, ret, reterr);
	if (r < 0 || ret->n || !folded.len || !search_split(folded.data, words))
		return r;
	r = store_query(&rows, store, reterr,
		"SELECT id FROM contact c WHERE book=?1 AND ((instr(folded, ?2) AND instr(folded, ?3)"
		" AND instr(folded, ?4) AND instr(folded, ?5)) OR id IN (SELECT contact FROM alias a"
		" WHERE a.book=?1 AND instr(a.folded, ?2) AND instr(a.folded, ?3)"
		" AND instr(a.folded, ?4) AND instr(a.folded, ?5))) ORDER BY folded, id",
		"itttt", book, words[0], words[1], words[2], words[3]);
	return r < 0 ? r : search_collect(&rows, max, ret, reterr);
}

int search_namesake(struct store *store, int64_t book, const char *start, int64_t except,
	int64_t *ret, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	utf8_add_folded(&folded, start);
	r = str_check(&folded, reterr);
	/* '!' is what comes behind a blank. */
	return r < 0
		? r
		: store_ask(store, ret, reterr,
			  "SELECT id FROM contact WHERE book=?1 AND folded>=?2 AND folded<?2 || '!'"
			  " AND id<>?3 LIMIT 1",
			  "iti", book, str_text(&folded), except);
}

/* `anna mül` as FTS5's "anna"* "muel"*; a quote inside a word would end the string. */
static int search_pattern(const char *words, struct str *ret, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;

	utf8_add_folded(&folded, words);
	for (const char *p = str_text(&folded); *p;) {
		size_t n = strcspn(p, " \t\n\"");

		if (n) {
			str_add_separator(ret, " ");
			str_addf(ret, "\"%.*s\"*", (int)n, p);
		}
		p += n + (p[n] != '\0');
	}
	return str_check(&folded, reterr) < 0 ? err_oom(reterr) : str_check(ret, reterr);
}

int search_list(struct store *store, int64_t book, const char *words, const char *tag,
	const char *city, struct contact_ids *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_str_ struct str pattern = STR_INIT;
	int r = search_pattern(words, &pattern, reterr);

	if (r < 0)
		return r;
	if (pattern.len)
		r = store_query(&rows, store, reterr,
			"SELECT id, city FROM search s CROSS JOIN contact ON id=s.rowid"
			" WHERE search MATCH ?2 AND book=?1"
			" AND (?3 IS NULL OR id IN (SELECT contact FROM contact_value WHERE kind='tag' AND folded=?3))"
			" ORDER BY folded, id",
			"itf", book, str_text(&pattern), tag);
	else if (tag)
		r = store_query(&rows, store, reterr,
			"SELECT DISTINCT c.id, c.city FROM contact_value v CROSS JOIN contact c"
			" ON c.id=v.contact WHERE v.kind='tag' AND v.folded=?2 AND c.book=?1"
			" ORDER BY c.folded, c.id",
			"if", book, tag);
	else
		r = store_query(&rows, store, reterr,
			"SELECT id, city FROM contact WHERE book=? ORDER BY folded, id", "i", book);
	if (r < 0)
		return r;
	return city ? search_collect_city(&rows, city, ret, reterr)
		    : search_collect(&rows, SIZE_MAX, ret, reterr);
}

int search_all(struct store *store, int64_t book, struct contact_ids *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(
		&rows, store, reterr, "SELECT id FROM contact WHERE book=? ORDER BY id", "i", book);

	return r < 0 ? r : search_collect(&rows, SIZE_MAX, ret, reterr);
}

static int search_by_value(struct store *store, int64_t book, const char *kind, const char *text,
	struct contact_ids *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.id FROM contact_value v JOIN contact c ON c.id=v.contact"
		" WHERE v.kind=? AND v.folded=? AND c.book=? ORDER BY c.id",
		"tfi", kind, text, book);
	return r < 0 ? r : search_collect(&rows, SIZE_MAX, ret, reterr);
}

int search_by_email(struct store *store, int64_t book, const char *address, struct contact_ids *ret,
	struct err *reterr)
{
	return search_by_value(store, book, "email", address, ret, reterr);
}

int search_by_link(struct store *store, int64_t book, const char *link, struct contact_ids *ret,
	struct err *reterr)
{
	return search_by_value(store, book, "link", link, ret, reterr);
}

int search_by_name(struct store *store, int64_t book, const char *name, struct contact_ids *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT id FROM contact WHERE book=?1 AND folded=?2"
		" UNION SELECT contact FROM alias WHERE book=?1 AND folded=?2 ORDER BY 1",
		"if", book, name);
	return r < 0 ? r : search_collect(&rows, SIZE_MAX, ret, reterr);
}

int search_by_birthday(struct store *store, int64_t book, const char *name, int month_day, int year,
	struct contact_ids *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.id FROM contact c JOIN occasion o ON o.contact=c.id"
		" WHERE c.id IN (SELECT id FROM contact WHERE book=?1 AND folded=?2"
		" UNION SELECT contact FROM alias WHERE book=?1 AND folded=?2)"
		" AND o.kind='birthday' AND o.month_day=?3"
		" AND (o.year=?4 OR o.year=0 OR ?4=0) ORDER BY c.id",
		"ifii", book, name, (int64_t)month_day, (int64_t)year);
	return r < 0 ? r : search_collect(&rows, SIZE_MAX, ret, reterr);
}

/* The least and the greatest number of a book; 0 where nobody is in it. Where the book is alone, or the first or
 * last to be written to, those of all books are; else they are looked for among all of its own. */
static int search_ends(struct store *store, int64_t book, int64_t *ret_first, int64_t *ret_last,
	struct err *reterr)
{
	int r = store_ask(store, ret_first, reterr,
		"SELECT id FROM contact WHERE id=(SELECT min(id) FROM contact) AND book=?", "i",
		book);

	if (r == 0)
		r = store_ask(store, ret_first, reterr, "SELECT min(id) FROM contact WHERE book=?",
			"i", book);
	if (r <= 0)
		return r;
	r = store_ask(store, ret_last, reterr,
		"SELECT id FROM contact WHERE id=(SELECT max(id) FROM contact) AND book=?", "i",
		book);
	return r == 0 ? store_ask(store, ret_last, reterr,
				"SELECT max(id) FROM contact WHERE book=?", "i", book)
		      : r;
}

/* Somebody from that number on, not over the last one: among the next numbers, and only where they are other
 * books' among all of the book. */
static int search_from(struct store *store, int64_t book, int64_t from, bool with_email,
	struct contact_ids *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	size_t n = ret->n;
	int r = store_query(&rows, store, reterr,
		"SELECT id FROM contact c WHERE id BETWEEN ?2 AND ?2 + 999 AND +book=?1 AND (NOT ?3 OR EXISTS"
		" (SELECT 1 FROM contact_value v WHERE v.contact=c.id AND v.kind='email'))"
		" ORDER BY id LIMIT 1",
		"iii", book, from, (int64_t)with_email);

	if (r == 0)
		r = search_collect(&rows, n + 1, ret, reterr);
	if (r < 0 || ret->n > n)
		return r;
	r = store_query(&rows, store, reterr,
		"SELECT id FROM contact c WHERE book=? AND id>=? AND (NOT ? OR EXISTS"
		" (SELECT 1 FROM contact_value v WHERE v.contact=c.id AND v.kind='email'))"
		" ORDER BY id LIMIT 1",
		"iii", book, from, (int64_t)with_email);
	return r < 0 ? r : search_collect(&rows, n + 1, ret, reterr);
}

static int search_sample_of(struct store *store, int64_t book, size_t max, bool with_email,
	struct contact_ids *ret, struct err *reterr)
{
	int64_t first = 0, last = 0;
	int r = search_ends(store, book, &first, &last, reterr);

	for (size_t i = 0; r == 1 && i < max; i++) {
		int64_t from = first + (last - first) * (int64_t)i / (int64_t)max;

		/* Numbers grow: beyond the last one taken nobody is taken twice. */
		if (ret->n && from <= ret->ids[ret->n - 1])
			from = ret->ids[ret->n - 1] + 1;
		if (from > last)
			break;
		r = search_from(store, book, from, with_email, ret, reterr);
		r = r < 0 ? r : 1;
	}
	return r < 0 ? r : 0;
}

/* Those of `more` who are not in it, as far as there is room. */
static int search_fill(
	struct contact_ids *ids, const struct contact_ids *more, size_t max, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < more->n && ids->n < max; i++) {
		size_t k = 0;

		while (k < ids->n && ids->ids[k] != more->ids[i])
			k++;
		if (k == ids->n)
			r = contact_ids_add(ids, more->ids[i], reterr);
	}
	return r;
}

int search_sample(
	struct store *store, int64_t book, size_t max, struct contact_ids *ret, struct err *reterr)
{
	_cleanup_ids_ struct contact_ids others = { 0 };
	int r = search_sample_of(store, book, max, true, ret, reterr);

	if (r < 0 || ret->n == max)
		return r;
	r = search_sample_of(store, book, max, false, &others, reterr);
	return r < 0 ? r : search_fill(ret, &others, max, reterr);
}
