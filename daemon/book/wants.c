/* SPDX-License-Identifier: MIT */
/*
 * wants: who of a book seeks and offers what, ready to be matched.
 */
#include "book/wants.h"

#include "book/books.h"
#include "core/utf8.h"

struct want_org {
	int64_t contact;
	char *folded;
};

void wants_done(struct wants *wants)
{
	match_free(wants->match);
	for (size_t i = 0; i < wants->n_orgs; i++)
		free(wants->orgs[i].folded);
	free(wants->orgs);
	*wants = (struct wants){ 0 };
}

static int wants_add_owner(struct wants *wants, const struct owner *owner, struct err *reterr)
{
	int r = match_add_person(wants->match, MATCH_ME, owner->city, reterr);

	for (size_t i = 0; r == 0 && i < owner->n_offers; i++)
		r = match_add_text(wants->match, MATCH_OFFERS, owner->offers[i], reterr);
	return r;
}

static int wants_add_org(struct wants *wants, int64_t contact, const char *org, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	struct want_org *orgs = wants->orgs;
	size_t n = wants->n_orgs;

	utf8_add_folded(&folded, org);
	if (n == 0 || (n & (n - 1)) == 0)
		orgs = reallocarray(orgs, n ? 2 * n : 1, sizeof(*orgs));
	if (!orgs)
		return err_oom(reterr);
	wants->orgs = orgs;
	if (str_check(&folded, NULL) < 0)
		return err_oom(reterr);
	orgs[wants->n_orgs++] = (struct want_org){ contact, str_take(&folded) };
	return 0;
}

/* A contact's first row: columns id, city, org, title. */
static int wants_add_contact(
	struct wants *wants, const struct store_rows *rows, bool mine, struct err *reterr)
{
	const char *org = store_text(rows, 2), *title = store_text(rows, 3);
	int r = match_add_person(wants->match, store_int(rows, 0), store_text(rows, 1), reterr);

	if (r < 0 || mine)
		return r;
	if (title)
		r = match_add_text(wants->match, MATCH_ABOUT, title, reterr);
	return r == 0 && org ? wants_add_org(wants, store_int(rows, 0), org, reterr) : r;
}

static enum match_side wants_side(const char *kind)
{
	if (str_equal(kind, "seeks"))
		return MATCH_SEEKS;
	return str_equal(kind, "offers") ? MATCH_OFFERS : MATCH_ABOUT;
}

static int wants_read(struct wants *wants, struct store_rows *rows, bool mine, struct err *reterr)
{
	int64_t last = 0;
	int r = 0;

	while (r == 0 && (r = store_next(rows, reterr)) == 1) {
		enum match_side side = wants_side(store_text(rows, 4));

		r = 0;
		if (store_int(rows, 0) != last)
			r = wants_add_contact(wants, rows, mine, reterr);
		last = store_int(rows, 0);
		if (r == 0 && (!mine || side == MATCH_SEEKS))
			r = match_add_text(wants->match, side, store_text(rows, 5), reterr);
	}
	return r;
}

int wants_load(struct store *store, int64_t book, bool mine, struct wants *ret, struct err *reterr)
{
	_cleanup_wants_ struct wants wants = { 0 };
	_cleanup_owner_ struct owner owner = { 0 };
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = match_new(&wants.match, reterr);

	if (r == 0 && mine)
		r = books_load_owner(store, book, &owner, reterr);
	if (r == 0 && mine)
		r = wants_add_owner(&wants, &owner, reterr);
	if (r == 0 && (!mine || owner.n_offers))
		r = store_query(&rows, store, reterr,
			"SELECT c.id, c.city, c.org, c.title, v.kind, v.text FROM wanting w"
			" JOIN contact c ON c.id=w.contact JOIN contact_value v ON v.contact=w.contact"
			" AND v.kind IN ('offers', 'seeks', 'tag') WHERE w.book=? ORDER BY w.contact",
			"i", book);
	if (r == 0 && rows.statement)
		r = wants_read(&wants, &rows, mine, reterr);
	if (r < 0)
		return r;
	*ret = wants;
	wants = (struct wants){ 0 };
	return 0;
}

static const char *wants_org(const struct wants *wants, int64_t contact)
{
	size_t low = 0, high = wants->n_orgs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (wants->orgs[middle].contact < contact)
			low = middle + 1;
		else
			high = middle;
	}
	return low < wants->n_orgs && wants->orgs[low].contact == contact ? wants->orgs[low].folded
									  : NULL;
}

bool wants_share_org(const struct wants *wants, int64_t a, int64_t b)
{
	const char *org = wants_org(wants, a);

	return org && str_equal(org, wants_org(wants, b));
}
