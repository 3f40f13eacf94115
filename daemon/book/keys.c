/* SPDX-License-Identifier: MIT */
/*
 * keys: what sources call a contact, and who is not to come back.
 */
#include "book/keys.h"

#include "core/likeness.h"
#include "core/sha256.h"
#include "core/utf8.h"

#include <errno.h>

#define KEYS_NAME_BYTES 16

int keys_add_name(struct str *out, const char *name, struct err *reterr)
{
	static const char digits[] = "0123456789abcdef";
	_cleanup_str_ struct str folded = STR_INIT;
	uint8_t hash[SHA256_SIZE];

	utf8_add_folded(&folded, name);
	sha256(str_text(&folded), folded.len, hash);
	for (size_t i = 0; i < KEYS_NAME_BYTES; i++) {
		str_add_char(out, digits[hash[i] >> 4]);
		str_add_char(out, digits[hash[i] & 15]);
	}
	return str_check(&folded, reterr) < 0 ? -ENOMEM : str_check(out, reterr);
}

int keys_find(
	struct store *store, int64_t book, const char *key, int64_t *ret_id, struct err *reterr)
{
	return store_ask(store, ret_id, reterr,
		"SELECT contact FROM contact_key WHERE book=? AND key=?", "it", book, key);
}

int keys_add_told(struct str *out, const char *name, int32_t day, struct err *reterr)
{
	str_add(out, "told:");
	if (keys_add_name(out, name, reterr) < 0)
		return -ENOMEM;
	str_addf(out, ":%d", (int)day);
	return str_check(out, reterr);
}

int keys_tell(struct store *store, int64_t book, const char *key, const char *source, int64_t id,
	struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO contact_key (book, key, contact, source, owns) VALUES (?, ?, ?, ?, 0)"
		" ON CONFLICT DO NOTHING",
		"itit", book, key, id, source);

	return r < 0 ? r : store_changes(store) > 0;
}

int keys_is_merged(struct store *store, int64_t book, const char *key, struct err *reterr)
{
	int64_t merged = 0;
	int r = store_ask(store, &merged, reterr,
		"SELECT merged FROM contact_key WHERE book=? AND key=?", "it", book, key);

	return r < 0 ? r : merged != 0;
}

int keys_uid(struct store *store, int64_t contact, char **ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT substr(key, 5) FROM contact_key WHERE contact=? AND substr(key, 1, 4)='uid:'"
		" ORDER BY merged, NOT owns, key LIMIT 1",
		"i", contact);

	if (r == 0)
		r = store_next(&rows, reterr);
	return r <= 0 ? r : store_copy(&rows, 0, ret, reterr);
}

int keys_set(struct store *store, int64_t book, const char *key, const char *source, int64_t id,
	bool *ret_owns, struct err *reterr)
{
	int64_t owns = 0;
	int r = store_run(store, reterr,
		"INSERT INTO contact_key (book, key, contact, source, owns) VALUES (?1, ?2, ?3, ?4,"
		" NOT EXISTS (SELECT 1 FROM contact_key WHERE contact=?3 AND owns AND source<>?4))"
		" ON CONFLICT DO UPDATE SET owns=CASE WHEN contact=excluded.contact THEN owns ELSE excluded.owns END,"
		" contact=excluded.contact",
		"itit", book, key, id, source);

	if (r == 0)
		r = store_ask(store, &owns, reterr,
			"SELECT owns FROM contact_key WHERE book=? AND key=?", "it", book, key);
	*ret_owns = owns != 0;
	return r < 0 ? r : 0;
}

int keys_load(struct store *store, int64_t book, const char *key, int64_t id, char **ret_source,
	bool *ret_owns, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT source, owns FROM contact_key WHERE book=? AND key=? AND contact=?", "iti",
		book, key, id);

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	*ret_owns = store_int(&rows, 1) != 0;
	r = store_copy(&rows, 0, ret_source, reterr);
	return r < 0 ? r : 1;
}

int keys_count(
	struct store *store, int64_t id, const char *source, int64_t *ret, struct err *reterr)
{
	int r = store_ask(store, ret, reterr,
		"SELECT count(*) FROM contact_key WHERE contact=? AND source=?", "it", id, source);

	return r < 0 ? r : 0;
}

int keys_move(struct store *store, int64_t book, const char *key, const char *source, int64_t id,
	bool *ret_owns, struct err *reterr)
{
	int64_t owns = 0, n = 0;
	int r = keys_count(store, id, source, &n, reterr);

	if (r < 0 || n != 1)
		return r;
	r = store_run(store, reterr,
		"UPDATE contact_key SET key=?2 WHERE book=?1 AND contact=?3 AND source=?4"
		" AND key GLOB 'card:*'",
		"itit", book, key, id, source);
	if (r < 0 || !store_changes(store))
		return r;
	r = store_ask(store, &owns, reterr, "SELECT owns FROM contact_key WHERE book=? AND key=?",
		"it", book, key);
	*ret_owns = owns != 0;
	return r < 0 ? r : 1;
}

int keys_given(struct store *store, int64_t id, const char *source, const char *name, size_t place,
	char **ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT key FROM contact_key WHERE contact=?1 AND source=?2 AND key GLOB 'card:' || ?3 || ':*'"
		" ORDER BY merged, key LIMIT 1 OFFSET ?4",
		"itti", id, source, name, (int64_t)place);

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	r = store_copy(&rows, 0, ret, reterr);
	return r < 0 ? r : 1;
}

int keys_is_given(struct store *store, int64_t id, const char *name, struct err *reterr)
{
	int64_t found;

	return store_ask(store, &found, reterr,
		"SELECT 1 FROM contact_key WHERE contact=?1 AND key GLOB 'card:' || ?2 || ':*' LIMIT 1",
		"it", id, name);
}

int keys_has_merged(struct store *store, int64_t id, const char *source, struct err *reterr)
{
	int64_t found;

	return store_ask(store, &found, reterr,
		"SELECT 1 FROM contact_key WHERE contact=? AND source=? AND merged LIMIT 1", "it",
		id, source);
}

int keys_rename(struct store *store, int64_t book, const char *former, const char *key,
	bool *ret_owns, struct err *reterr)
{
	int64_t owns = 0;
	int r = store_run(store, reterr, "UPDATE contact_key SET key=?3 WHERE book=?1 AND key=?2",
		"itt", book, former, key);

	if (r == 0)
		r = store_ask(store, &owns, reterr,
			"SELECT owns FROM contact_key WHERE book=? AND key=?", "it", book, key);
	*ret_owns = owns != 0;
	return r < 0 ? r : 0;
}

/* Salted with the database's identity, so that the hashes of two databases cannot be compared. */
static int keys_hash(
	struct store *store, const char *key, uint8_t ret[SHA256_SIZE], struct err *reterr)
{
	_cleanup_str_ struct str salted = STR_INIT;

	str_addf(&salted, "%s\n%s", store_identity(store), key);
	sha256(str_text(&salted), salted.len, ret);
	return str_check(&salted, reterr);
}

int keys_is_forgotten(struct store *store, int64_t book, const char *key, struct err *reterr)
{
	uint8_t hash[SHA256_SIZE];
	int64_t found;
	int r = keys_hash(store, key, hash, reterr);

	return r < 0 ? r
		     : store_ask(store, &found, reterr,
			       "SELECT 1 FROM forgotten WHERE book=? AND hash=?", "ib", book, hash,
			       sizeof(hash));
}

/* A number in whatever spelling. */
static int keys_name_trait(
	struct str *ret, const char *trait, const char *name, const char *text, struct err *reterr)
{
	_cleanup_str_ struct str form = STR_INIT;
	const char *end;

	str_clear(ret);
	str_addf(ret, "%s:%s\n", trait, name);
	if (str_equal(trait, "phone")) {
		likeness_add_phone(&form, text);
		end = likeness_phone_end(str_text(&form));
		str_add(ret, *end ? end : form.len ? str_text(&form) : text);
	} else {
		str_add(ret, text);
	}
	return str_check(&form, reterr) < 0 ? -ENOMEM : str_check(ret, reterr);
}

int keys_is_forgotten_trait(struct store *store, int64_t book, const char *trait, const char *name,
	const char *text, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	int r = keys_name_trait(&key, trait, name, text, reterr);

	return r < 0 ? r : keys_is_forgotten(store, book, str_text(&key), reterr);
}

static int keys_forget_one(struct store *store, int64_t book, const char *key, struct err *reterr)
{
	uint8_t hash[SHA256_SIZE];
	int r = keys_hash(store, key, hash, reterr);

	return r < 0 ? r
		     : store_run(store, reterr, "INSERT OR IGNORE INTO forgotten VALUES (?, ?)",
			       "ib", book, hash, sizeof(hash));
}

/* What changes in a card without UID makes its digest another: the rest must do to know it by. */
static int keys_forget_traits(struct store *store, int64_t book, int64_t id, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"WITH name(folded, given) AS (SELECT folded, NULL FROM contact WHERE id=?1"
		" UNION SELECT folded, NULL FROM alias WHERE contact=?1"
		" UNION SELECT NULL, substr(key, 6, 32) FROM contact_key"
		" WHERE contact=?1 AND (key GLOB 'card:*:*' OR key GLOB 'told:*:*')),"
		" trait(kind, text) AS (SELECT kind, text FROM contact_value WHERE contact=?1 AND kind='phone'"
		" UNION SELECT kind, CAST(month_day AS TEXT) FROM occasion"
		" WHERE contact=?1 AND kind='birthday')"
		" SELECT folded, given, kind, text FROM name, trait UNION ALL"
		" SELECT folded, given, 'told', '' FROM name UNION ALL"
		" SELECT c.folded, CASE WHEN k.key GLOB 'card:*:*' THEN substr(k.key, 6, 32) END, 'named', ''"
		" FROM contact_key k JOIN contact c ON c.id=k.contact"
		" WHERE c.id=?1 AND k.key GLOB 'card:*' AND NOT EXISTS (SELECT 1 FROM contact_value v"
		" WHERE v.contact=?1 AND v.kind='email' AND (v.source=k.source OR EXISTS (SELECT 1"
		" FROM also_source a WHERE a.contact=?1 AND a.what='email:' || v.folded AND a.source=k.source)))",
		"i", id);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		_cleanup_str_ struct str name = STR_INIT, key = STR_INIT;
		const char *given = store_text(&rows, 1);

		if (given)
			str_add(&name, given);
		r = given ? str_check(&name, reterr)
			  : keys_add_name(&name, store_text(&rows, 0), reterr);
		if (r == 0)
			r = keys_name_trait(&key, store_text(&rows, 2), str_text(&name),
				store_text(&rows, 3), reterr);
		if (r == 0)
			r = keys_forget_one(store, book, str_text(&key), reterr);
	}
	return r;
}

int keys_forget(struct store *store, int64_t book, int64_t id, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT key FROM contact_key WHERE contact=?1"
		" UNION ALL SELECT 'email:' || folded FROM contact_value WHERE contact=?1 AND kind='email'"
		" UNION ALL SELECT 'name:' || folded FROM contact WHERE id=?1"
		" AND NOT EXISTS (SELECT 1 FROM contact_key WHERE contact=?1 AND key NOT GLOB 'told:*')"
		" AND NOT EXISTS (SELECT 1 FROM contact_value WHERE contact=?1 AND kind='email')"
		" UNION ALL SELECT 'name:' || folded FROM alias WHERE contact=?1 AND alone",
		"i", id);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = keys_forget_one(store, book, store_text(&rows, 0), reterr);
	return r < 0 ? r : keys_forget_traits(store, book, id, reterr);
}
