/* SPDX-License-Identifier: MIT */
/*
 * books: the networks in a database, their owners, and the counters of their handles.
 */
#include "book/books.h"

#include "core/str.h"

#include <errno.h>
#include <string.h>

void owner_done(struct owner *owner)
{
	free(owner->name);
	free(owner->city);
	free(owner->intro);
	for (size_t i = 0; i < owner->n_offers; i++)
		free(owner->offers[i]);
	free(owner->offers);
	*owner = (struct owner){ 0 };
}

int books_find(struct store *store, const char *name, int64_t *ret, struct err *reterr)
{
	int r = store_ask(store, ret, reterr, "SELECT id FROM book WHERE name=?", "t", name);

	if (r == 0)
		return err_set(
			reterr, -ENOENT, "there is no book \"%s\" in %s", name, store_path(store));
	return r < 0 ? r : 0;
}

/* The names that a configuration may have: [a-z0-9][a-z0-9_-]{0,31}. */
static bool books_is_name(const char *name)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

	return *name && strchr(first, *name) && strspn(name, rest) == strlen(name) &&
		strlen(name) <= 32;
}

int books_create(struct store *store, const char *name, struct err *reterr)
{
	int r;

	if (!books_is_name(name))
		return err_set(reterr, -EINVAL,
			"\"%s\" is no name for a book: up to 32 of a-z, 0-9, \"_\" and \"-\"",
			name);
	r = store_run(store, reterr, "INSERT INTO book (name) VALUES (?) ON CONFLICT DO NOTHING",
		"t", name);
	if (r == 0 && !store_changes(store))
		return err_set(reterr, -EEXIST, "there is a book \"%s\" already", name);
	return r;
}

/* The messages that speak of somebody in the book. */
#define BOOKS_MESSAGES                                                                             \
	"(SELECT n.message FROM contact c JOIN mention n ON n.contact=c.id WHERE c.book=?1"        \
	" UNION SELECT n.message FROM outreach o JOIN outreach_mention n ON n.outreach=o.id"       \
	" WHERE o.book=?1)"

int books_remove(struct store *store, int64_t book, struct err *reterr)
{
	static const char *const statements[] = {
		"DELETE FROM digest WHERE id IN (SELECT digest FROM hosted WHERE book=?1)",
		"UPDATE delivery SET state='withdrawn' WHERE state IN ('queued', 'in doubt')"
		" AND message IN " BOOKS_MESSAGES,
		"UPDATE message SET body=NULL, subject='' WHERE id IN " BOOKS_MESSAGES,
		"DELETE FROM search WHERE rowid IN (SELECT id FROM contact WHERE book=?1)",
		"DELETE FROM book WHERE id=?1",
		/* Nobody may be left: that is no database whose people were lost. */
		"INSERT OR REPLACE INTO meta SELECT 'removed book', CAST(?1 AS TEXT)",
	};
	int r = store_empty_journal(store, reterr);

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(statements); i++)
		r = store_run(store, reterr, statements[i], "i", book);
	/* As where one is erased: see contacts_remove(). */
	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM meanwhile", "");
	return r < 0
		? r
		: store_run(store, reterr, "INSERT INTO search (search) VALUES ('optimize')", "");
}

int books_each(struct store *store, int (*each)(void *userdata, int64_t book, const char *name),
	void *userdata, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, "SELECT id, name FROM book ORDER BY name", "");

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = each(userdata, store_int(&rows, 0), store_text(&rows, 1));
	return r;
}

static int books_load_offers(
	struct store *store, int64_t book, struct owner *owner, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, "SELECT text FROM offer WHERE book=?", "i", book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		char **offers = reallocarray(owner->offers, owner->n_offers + 1, sizeof(*offers));

		if (!offers)
			return err_oom(reterr);
		owner->offers = offers;
		offers[owner->n_offers] = NULL;
		r = store_copy(&rows, 0, &offers[owner->n_offers++], reterr);
	}
	return r;
}

int books_load_owner(struct store *store, int64_t book, struct owner *ret, struct err *reterr)
{
	_cleanup_owner_ struct owner owner = { 0 };
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(
		&rows, store, reterr, "SELECT owner, city, intro FROM book WHERE id=?", "i", book);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r == 1)
		r = store_copy(&rows, 0, &owner.name, reterr);
	if (r == 0)
		r = store_copy(&rows, 1, &owner.city, reterr);
	if (r == 0)
		r = store_copy(&rows, 2, &owner.intro, reterr);
	if (r == 0)
		r = books_load_offers(store, book, &owner, reterr);
	if (r < 0)
		return r;
	*ret = owner;
	owner = (struct owner){ 0 };
	return 0;
}

int books_set_owner(struct store *store, int64_t book, const char *name, const char *city,
	const char *intro, struct err *reterr)
{
	/* NULL keeps, "" takes away: NULLIF makes the second NULL after COALESCE has kept the first. */
	return store_run(store, reterr,
		"UPDATE book SET owner=NULLIF(COALESCE(?2, owner), ''), city=NULLIF(COALESCE(?3, city), ''),"
		" intro=NULLIF(COALESCE(?4, intro), '') WHERE id=?1",
		"ittt", book, name, city, intro);
}

int books_add_offer(struct store *store, int64_t book, const char *text, struct err *reterr)
{
	return store_run(
		store, reterr, "INSERT OR IGNORE INTO offer VALUES (?, ?)", "it", book, text);
}

int books_clear_offers(struct store *store, int64_t book, struct err *reterr)
{
	return store_run(store, reterr, "DELETE FROM offer WHERE book=?", "i", book);
}

int books_set_pause(struct store *store, int64_t book, const int32_t *until, struct err *reterr)
{
	if (!until)
		return store_run(
			store, reterr, "UPDATE book SET paused_until=NULL WHERE id=?", "i", book);
	return store_run(store, reterr, "UPDATE book SET paused_until=?2 WHERE id=?1", "ii", book,
		(int64_t)*until);
}

int books_pause(struct store *store, const char *name, int32_t *ret_until, struct err *reterr)
{
	int64_t until = 0;
	int r = store_ask(
		store, &until, reterr, "SELECT paused_until FROM book WHERE name=?", "t", name);

	*ret_until = (int32_t)until;
	return r;
}

int books_next_number(
	struct store *store, int64_t book, char letter, int64_t *ret, struct err *reterr)
{
	const char text[] = { letter, '\0' };
	int r;

	r = store_ask(store, ret, reterr,
		"INSERT INTO counter VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET last=last+1"
		" RETURNING last",
		"it", book, text);
	return r < 0 ? r : 0;
}

int books_count(struct store *store, int64_t book, struct book_counts *ret, struct err *reterr)
{
	int r;

	*ret = (struct book_counts){ 0 };
	r = store_ask(store, &ret->contacts, reterr, "SELECT count(*) FROM contact WHERE book=?",
		"i", book);
	if (r >= 0)
		r = store_ask(store, &ret->occasions, reterr,
			"SELECT count(*) FROM occasion WHERE book=?", "i", book);
	if (r >= 0)
		r = store_ask(store, &ret->follow_ups, reterr,
			"SELECT count(*) FROM follow_up INDEXED BY follow_up_open WHERE book=? AND done_day IS NULL",
			"i", book);
	return r < 0 ? r : 0;
}
