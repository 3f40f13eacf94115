/* SPDX-License-Identifier: MIT */
/*
 * ledger: what one gave, received, asked for or was offered.
 */
#include "book/ledger.h"

#include "agenda/stem.h"
#include "book/books.h"
#include "book/contacts.h"
#include "book/touches.h"
#include "core/utf8.h"

#include <string.h>

void ledger_done(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->n; i++) {
		free(ledger->all[i].kind);
		free(ledger->all[i].what);
		free(ledger->all[i].name);
	}
	free(ledger->all);
	*ledger = (struct ledger){ 0 };
}

static int ledger_open_thanks(struct store *store, int64_t book, int64_t contact, const char *what,
	int32_t day, const char *source, int64_t *ret_number, struct err *reterr)
{
	int r = books_next_number(store, book, 'y', ret_number, reterr);

	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO thanks (book, number, contact, what, day, source) VALUES (?, ?, ?, ?, ?, ?)",
		"iiitit", book, *ret_number, contact, what, (int64_t)day, source);
}

static int ledger_add_entry(struct store *store, int64_t book, int64_t contact, const char *kind,
	const char *what, int32_t day, int32_t today, const char *source, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO ledger (book, contact, kind, what, day, entered_day, source)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		"iittiit", book, contact, kind, what, (int64_t)day, (int64_t)today, source);

	return r < 0 ? r : touches_add_from(store, contact, day, kind, what, source, reterr);
}

int ledger_add(struct store *store, int64_t book, int64_t contact, const char *kind,
	const char *what, int32_t day, int32_t today, int64_t *ret_thanks, struct err *reterr)
{
	int r = ledger_add_entry(
		store, book, contact, kind, what, day, today, CONTACT_HAND, reterr);

	*ret_thanks = 0;
	if (r == 0 && str_equal(kind, LEDGER_RECEIVED))
		r = ledger_open_thanks(
			store, book, contact, what, today, CONTACT_HAND, ret_thanks, reterr);
	return r;
}

int ledger_add_received(struct store *store, int64_t book, int64_t contact, const char *what,
	int32_t day, int32_t today, const char *source, bool waits, struct err *reterr)
{
	int64_t thanks;
	int r = ledger_add_entry(
		store, book, contact, LEDGER_RECEIVED, what, day, today, source, reterr);

	return r < 0 || !waits
		? r
		: ledger_open_thanks(store, book, contact, what, today, source, &thanks, reterr);
}

int ledger_has(struct store *store, int64_t contact, const char *kind, const char *what,
	int32_t day, struct err *reterr)
{
	int64_t found = 0;

	return store_ask(store, &found, reterr,
		"SELECT 1 FROM ledger WHERE contact=? AND day=? AND kind=? AND what=?", "iitt",
		contact, (int64_t)day, kind, what);
}

static int ledger_read(struct store_rows *rows, struct ledger *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct ledger_entry *e = reallocarray(ret->all, ret->n + 1, sizeof(*e));

		if (!e)
			return err_oom(reterr);
		ret->all = e;
		e += ret->n++;
		*e = (struct ledger_entry){ .id = store_int(rows, 0),
			.contact = store_int(rows, 1),
			.day = store_day(rows, 2) };
		r = store_copy(rows, 3, &e->kind, reterr);
		if (r == 0)
			r = store_copy(rows, 4, &e->what, reterr);
		if (r == 0)
			r = store_copy(rows, 5, &e->name, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

int ledger_list(
	struct store *store, int64_t book, int64_t contact, struct ledger *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	if (contact)
		r = store_query(&rows, store, reterr,
			"SELECT l.id, l.contact, l.day, l.kind, l.what, c.name FROM ledger l"
			" JOIN contact c ON c.id=l.contact WHERE l.contact=? ORDER BY l.day DESC, l.id DESC",
			"i", contact);
	else
		r = store_query(&rows, store, reterr,
			"SELECT l.id, l.contact, l.day, l.kind, l.what, c.name FROM ledger l"
			" JOIN contact c ON c.id=l.contact WHERE l.book=? ORDER BY l.day DESC, l.id DESC",
			"i", book);
	return r < 0 ? r : ledger_read(&rows, ret, reterr);
}

int ledger_offers(
	struct store *store, int64_t book, int32_t since, struct ledger *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT l.id, l.contact, l.day, l.kind, l.what, c.name FROM ledger l"
		" JOIN contact c ON c.id=l.contact"
		" WHERE l.book=? AND l.kind='offered' AND l.entered_day>=? ORDER BY l.id",
		"ii", book, (int64_t)since);

	return r < 0 ? r : ledger_read(&rows, ret, reterr);
}

/* The words of a text as they are compared, a space before and behind each: as agenda/stem.h has them, or as
 * they are where none of them tells anything ("it"). */
static void ledger_add_forms(struct str *out, const char *text, bool telling)
{
	str_add_char(out, ' ');
	if (telling)
		stem_add_words(out, text);
	else
		utf8_add_folded(out, text);
	str_add_char(out, ' ');
}

/* Whether they share one; also where the other has none. */
static bool ledger_share_form(const char *forms, const char *other)
{
	bool any = false;

	for (const char *p = other + 1, *end; (end = strchr(p, ' ')); p = end + 1) {
		_cleanup_free_ char *form = str_ndup(p - 1, (size_t)(end - p) + 2);

		if (end == p)
			continue;
		if (form && strstr(forms, form))
			return true;
		any = true;
	}
	return !any;
}

/* 1 where every word of the goal stands in the text, in any of its forms. */
static int ledger_speaks_of(const char *text, const char *goal, bool telling, struct err *reterr)
{
	_cleanup_str_ struct str forms = STR_INIT;
	bool all = true;
	int r;

	ledger_add_forms(&forms, text, telling);
	r = str_check(&forms, reterr);
	for (const char *p = goal; r == 0 && all && *p;) {
		size_t n = strcspn(p, " ");
		_cleanup_free_ char *word = str_ndup(p, n);
		_cleanup_str_ struct str wanted = STR_INIT;

		if (!word)
			return err_oom(reterr);
		ledger_add_forms(&wanted, word, telling);
		r = str_check(&wanted, reterr);
		all = r < 0 || ledger_share_form(str_text(&forms), str_text(&wanted));
		p += n + (p[n] != '\0');
	}
	return r < 0 ? r : all;
}

static int ledger_add_helper(struct contact_ids *ids, int64_t contact, struct err *reterr)
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->ids[i] == contact)
			return 0;
	return contact_ids_add(ids, contact, reterr);
}

int ledger_helpers(struct store *store, int64_t book, const char *goal, struct contact_ids *ret,
	struct err *reterr)
{
	_cleanup_ledger_ struct ledger ledger = { 0 };
	_cleanup_str_ struct str stems = STR_INIT;
	int r = ledger_list(store, book, 0, &ledger, reterr);

	stem_add_words(&stems, goal);
	if (r == 0)
		r = str_check(&stems, reterr);
	for (size_t i = ledger.n; r == 0 && i-- > 0;) {
		const struct ledger_entry *e = &ledger.all[i];

		if (!str_equal(e->kind, LEDGER_RECEIVED) && !str_equal(e->kind, LEDGER_ASKED))
			continue;
		r = ledger_speaks_of(e->what, goal, stems.len > 0, reterr);
		if (r > 0)
			r = ledger_add_helper(ret, e->contact, reterr);
	}
	return r;
}
