/* SPDX-License-Identifier: MIT */
/*
 * keeping: keeping in touch: who is due to be written to again, by contact and by tag.
 */
#include "book/keeping.h"

#include "book/books.h"
#include "book/digests.h"
#include "book/search.h"
#include "core/utf8.h"
#include "format/when.h"

#include <errno.h>

int keeping_parse(const char *text, struct touch_every *ret, struct err *reterr)
{
	struct when_span span;
	int r = str_empty(text) ? -EINVAL : when_span(text, &span, reterr);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	*ret = (struct touch_every){ span.months, span.days };
	return 1;
}

/* What the contact's day depends on. */
struct keeping_facts {
	int64_t book, number; /* number 0: it has no handle yet */
	int32_t since;
	char *own; /* its own `every`, NULL: none */
};

static int keeping_load_facts(
	struct store *store, int64_t contact, struct keeping_facts *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT c.book, c.every, COALESCE(k.number, 0),"
		" max(COALESCE((SELECT max(day) FROM touch WHERE contact=c.id), c.touch_from, c.met_day,"
		" c.entered_day), COALESCE(c.touch_from, -719162))"
		" FROM contact c LEFT JOIN keeping k ON k.contact=c.id WHERE c.id=?",
		"i", contact);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	ret->book = store_int(&rows, 0);
	ret->number = store_int(&rows, 2);
	ret->since = store_day(&rows, 3);
	r = store_copy(&rows, 1, &ret->own, reterr);
	return r < 0 ? r : 1;
}

/* The shortest `every` of the contact's tags: 1, or 0 where none has one. */
static int keeping_tags_every(struct store *store, int64_t contact, int64_t book,
	struct touch_every *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct touch_every every;
	int found = 0, r;

	r = store_query(&rows, store, reterr,
		"SELECT t.every FROM contact_value v JOIN tag_every t ON t.folded=v.folded AND t.book=?2"
		" WHERE v.contact=?1 AND v.kind='tag'",
		"ii", contact, book);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		r = keeping_parse(store_text(&rows, 0), &every, reterr);
		if (r > 0 && (!found || touch_span_days(&every) < touch_span_days(ret))) {
			*ret = every;
			found = 1;
		}
		r = r < 0 ? r : 0;
	}
	return r < 0 ? r : found;
}

static int keeping_forget(struct store *store, int64_t contact, struct err *reterr)
{
	return store_run(
		store, reterr, "UPDATE keeping SET due_day=NULL WHERE contact=?", "i", contact);
}

static int keeping_store(struct store *store, int64_t contact, const struct keeping_facts *facts,
	const struct touch_every *every, struct err *reterr)
{
	int64_t number = facts->number, due = touch_due(facts->since, every);
	int r = number ? 0 : books_next_number(store, facts->book, 't', &number, reterr);

	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO keeping (contact, book, number, due_day, span_days) VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (contact) DO UPDATE SET due_day=?4, span_days=?5,"
		" until_day=CASE WHEN due_day IS ?4 THEN until_day END",
		"iiiii", contact, facts->book, number, due, (int64_t)touch_span_days(every));
}

int keeping_refresh(struct store *store, int64_t contact, struct err *reterr)
{
	struct keeping_facts facts = { 0 };
	struct touch_every every;
	int r = keeping_load_facts(store, contact, &facts, reterr);
	_cleanup_free_ char *own = facts.own;

	if (r <= 0)
		return r;
	if (own)
		r = keeping_parse(own, &every, reterr);
	else
		r = keeping_tags_every(store, contact, facts.book, &every, reterr);
	if (r < 0)
		return r;
	return r ? keeping_store(store, contact, &facts, &every, reterr)
		 : keeping_forget(store, contact, reterr);
}

static int keeping_refresh_tagged(
	struct store *store, int64_t book, const char *folded, size_t *ret_n, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.id FROM contact_value v JOIN contact c ON c.id=v.contact AND c.book=?2"
		" WHERE v.kind='tag' AND v.folded=?1",
		"ti", folded, book);

	for (*ret_n = 0; r == 0 && (r = store_next(&rows, reterr)) == 1; (*ret_n)++)
		r = keeping_refresh(store, store_int(&rows, 0), reterr);
	return r;
}

/* Where one was never in touch with them, the silence is said to begin one after the other. */
static int keeping_spread_tagged(struct store *store, int64_t book, const char *folded,
	const struct touch_every *every, int32_t today, struct err *reterr)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.id FROM contact_value v JOIN contact c ON c.id=v.contact AND c.book=?2"
		" WHERE v.kind='tag' AND v.folded=?1 AND c.every IS NULL AND c.touch_from IS NULL"
		" AND NOT EXISTS (SELECT 1 FROM touch t WHERE t.contact=c.id) ORDER BY c.id",
		"ti", folded, book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = contact_ids_add(&ids, store_int(&rows, 0), reterr);
	for (size_t k = 0; r == 0 && ids.n >= KEEPING_MANY && k < ids.n; k++)
		r = store_run(store, reterr, "UPDATE contact SET touch_from=?2 WHERE id=?1", "ii",
			ids.ids[k], (int64_t)touch_spread(today, every, k, ids.n));
	return r;
}

int keeping_set_tag(struct store *store, int64_t book, const char *tag, const char *every,
	int32_t today, size_t *ret_n, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	struct touch_every span;
	int r;

	utf8_add_folded(&folded, tag);
	r = str_check(&folded, reterr);
	if (r == 0 && every)
		r = store_run(store, reterr,
			"INSERT INTO tag_every VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET tag=?3, every=?4",
			"ittt", book, str_text(&folded), tag, every);
	else if (r == 0)
		r = store_run(store, reterr, "DELETE FROM tag_every WHERE book=? AND folded=?",
			"it", book, str_text(&folded));
	if (r == 0)
		r = keeping_parse(every, &span, reterr);
	if (r > 0)
		r = keeping_spread_tagged(store, book, str_text(&folded), &span, today, reterr);
	return r < 0 ? r : keeping_refresh_tagged(store, book, str_text(&folded), ret_n, reterr);
}

/* How long one may stay silent: 1, or 0 where nothing says so. */
static int keeping_span_of(struct store *store, int64_t contact, const char *every,
	struct touch_every *ret, struct err *reterr)
{
	int64_t days = 0;
	int r;

	if (every)
		return keeping_parse(every, ret, reterr);
	r = store_ask(store, &days, reterr,
		"SELECT span_days FROM keeping WHERE contact=? AND due_day IS NOT NULL", "i",
		contact);
	*ret = (struct touch_every){ .days = (int)days };
	return r;
}

int keeping_spread(struct store *store, const int64_t *contacts, size_t n, const char *every,
	int32_t today, struct err *reterr)
{
	int64_t any = 1;
	int r = 0;

	if (!every && n < KEEPING_MANY)
		return 0;
	if (!every)
		r = store_ask(store, &any, reterr, "SELECT EXISTS (SELECT 1 FROM tag_every)", "");
	for (size_t k = 0; r >= 0 && any && k < n; k++) {
		struct touch_every span;

		r = keeping_span_of(store, contacts[k], every, &span, reterr);
		if (r <= 0)
			continue;
		r = store_run(store, reterr,
			"UPDATE contact SET every=COALESCE(?2, every), touch_from=?3 WHERE id=?1",
			"iti", contacts[k], every, (int64_t)touch_spread(today, &span, k, n));
		/* A person chose it. */
		if (r == 0 && every)
			r = store_run(store, reterr,
				"INSERT INTO field_source VALUES (?, 'every', 'hand', ?)"
				" ON CONFLICT DO UPDATE SET source='hand', set_day=excluded.set_day",
				"ii", contacts[k], (int64_t)today);
		if (r == 0)
			r = keeping_refresh(store, contacts[k], reterr);
	}
	return r < 0 ? r : 0;
}

int keeping_due(struct store *store, int64_t book, int64_t digest, int32_t before_day, int32_t to,
	struct touch_candidate **ret, size_t *ret_n, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_free_ struct touch_candidate *all = NULL;
	size_t n = 0;
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT k.number, due_day, COALESCE(day, ?5), span_days FROM keeping k"
		" LEFT JOIN told t ON digest=?3 AND kind='" TOLD_TOUCH "' AND t.number=k.number"
		" AND mark=COALESCE(-until_day, due_day) AND day<?4"
		" WHERE book=?1 AND due_day<?2 AND COALESCE(until_day, due_day)<?2",
		"iiiii", book, (int64_t)to, digest, (int64_t)before_day, (int64_t)TOUCH_NEVER);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct touch_candidate *more = reallocarray(all, n + 1, sizeof(*more));

		if (!more)
			return err_oom(reterr);
		all = more;
		all[n++] = (struct touch_candidate){
			.number = store_int(&rows, 0),
			.due = store_day(&rows, 1),
			.shown = store_day(&rows, 2),
			.span_days = (int)store_int(&rows, 3),
		};
		r = 0;
	}
	if (r < 0)
		return r;
	*ret = TAKE_PTR(all);
	*ret_n = n;
	return 0;
}

int keeping_by_number(
	struct store *store, int64_t book, int64_t number, struct keeping *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT number, contact, COALESCE(-until_day, due_day, 0) FROM keeping"
		" WHERE book=?1 AND number="
		"COALESCE((SELECT now FROM handle_alias WHERE book=?1 AND letter='t' AND number=?2), ?2)",
		"ii", book, number);

	*ret = (struct keeping){ 0 };
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r == 1)
		*ret = (struct keeping){ store_int(&rows, 0), store_int(&rows, 1),
			store_int(&rows, 2) };
	return r;
}

int keeping_set_until(
	struct store *store, int64_t book, int64_t number, int32_t until, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE keeping SET until_day=?3 WHERE book=?1 AND number=?2", "iii", book, number,
		(int64_t)until);
}

int keeping_skip(
	struct store *store, int64_t book, int64_t number, int32_t today, struct err *reterr)
{
	struct keeping keeping;
	int r = keeping_by_number(store, book, number, &keeping, reterr);

	if (r <= 0)
		return r;
	r = store_run(store, reterr, "UPDATE contact SET touch_from=?2 WHERE id=?1", "ii",
		keeping.contact, (int64_t)today);
	return r < 0 ? r : keeping_refresh(store, keeping.contact, reterr);
}
