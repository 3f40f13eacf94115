/* SPDX-License-Identifier: MIT */
/*
 * known: a quick "nobody" for an import that asks about many.
 */
#include "book/known.h"

#include "core/numbers.h"

#include <errno.h>
#include <string.h>

/* Whoever chooses names can make hashes meet: each then costs a search, as it would have anyway. */
#define KNOWN_SEED  0xcbf29ce484222325U
#define KNOWN_PRIME 0x100000001b3U

/* What a hash is of. Somebody whose year of birth is known is asked for by that year or by none. */
enum { KNOWN_KEY = 1, KNOWN_EMAIL, KNOWN_BIRTHDAY, KNOWN_ANY_YEAR };

struct known {
	struct numbers hashes;
	bool forgets;
};

static uint64_t known_hash(uint64_t kind, const char *text)
{
	uint64_t hash = KNOWN_SEED ^ kind;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * KNOWN_PRIME;
	hash ^= hash >> 32;
	return hash ? hash : 1;
}

static uint64_t known_hash_birthday(const char *name, int month_day, int year, bool any_year)
{
	uint64_t kind = any_year ? KNOWN_ANY_YEAR : KNOWN_BIRTHDAY;

	return known_hash(kind | (uint64_t)month_day << 8 | (uint64_t)year << 24, name);
}

int known_add_key(struct known *known, const char *key, struct err *reterr)
{
	return numbers_add(&known->hashes, known_hash(KNOWN_KEY, key), reterr);
}

static int known_load_keys(
	struct known *known, struct store *store, int64_t book, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(
		&rows, store, reterr, "SELECT key FROM contact_key WHERE book=?", "i", book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = known_add_key(known, store_text(&rows, 0), reterr);
	return r;
}

/* Of all books: an index holds the addresses, the book stands elsewhere. */
static int known_load_emails(struct known *known, struct store *store, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT folded FROM contact_value WHERE kind='email' ORDER BY folded", "");

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = numbers_add(
			&known->hashes, known_hash(KNOWN_EMAIL, store_text(&rows, 0)), reterr);
	return r;
}

static int known_load_birthdays(
	struct known *known, struct store *store, int64_t book, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.folded, o.month_day, o.year FROM occasion o JOIN contact c ON c.id=o.contact"
		" WHERE o.book=?1 AND o.kind='birthday' UNION ALL"
		" SELECT a.folded, o.month_day, o.year FROM alias a JOIN occasion o ON o.contact=a.contact"
		" WHERE a.book=?1 AND o.kind='birthday' UNION ALL"
		" SELECT substr(k.key, 6, 32), o.month_day, o.year FROM contact_key k"
		" JOIN occasion o ON o.contact=k.contact"
		" WHERE k.book=?1 AND k.key GLOB 'card:*:*' AND o.kind='birthday'",
		"i", book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		const char *name = store_text(&rows, 0);
		int month_day = (int)store_int(&rows, 1), year = (int)store_int(&rows, 2);

		r = numbers_add(
			&known->hashes, known_hash_birthday(name, month_day, year, false), reterr);
		if (r == 0)
			r = numbers_add(&known->hashes,
				known_hash_birthday(name, month_day, 0, true), reterr);
	}
	return r;
}

int known_load(struct known **ret, struct store *store, int64_t book, struct err *reterr)
{
	_cleanup_(known_freep) struct known *known = calloc(1, sizeof(*known));
	int64_t found;
	int r;

	if (!known)
		return err_oom(reterr);
	r = store_ask(
		store, &found, reterr, "SELECT 1 FROM forgotten WHERE book=? LIMIT 1", "i", book);
	known->forgets = r == 1;
	if (r >= 0)
		r = known_load_keys(known, store, book, reterr);
	if (r == 0)
		r = known_load_emails(known, store, reterr);
	if (r == 0)
		r = known_load_birthdays(known, store, book, reterr);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(known);
	return 0;
}

void known_free(struct known *known)
{
	if (!known)
		return;
	numbers_done(&known->hashes);
	free(known);
}

bool known_key(const struct known *known, const char *key)
{
	return numbers_has(&known->hashes, known_hash(KNOWN_KEY, key));
}

bool known_email(const struct known *known, const char *folded)
{
	return numbers_has(&known->hashes, known_hash(KNOWN_EMAIL, folded));
}

bool known_birthday(const struct known *known, const char *folded, int month_day, int year)
{
	if (!year)
		return numbers_has(&known->hashes, known_hash_birthday(folded, month_day, 0, true));
	return numbers_has(&known->hashes, known_hash_birthday(folded, month_day, year, false)) ||
		numbers_has(&known->hashes, known_hash_birthday(folded, month_day, 0, false));
}

bool known_forgets(const struct known *known)
{
	return known->forgets;
}
