/* SPDX-License-Identifier: MIT */
/*
 * match: which contact of the book a record speaks of.
 */
#include "exchange/match.h"

#include "book/aliases.h"
#include "book/contacts.h"
#include "book/keys.h"
#include "book/kin.h"
#include "book/occasions.h"
#include "core/sha256.h"
#include "core/utf8.h"
#include "exchange/uid.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void match_taken_done(struct match_taken *taken)
{
	numbers_done(&taken->contacts);
	known_free(taken->known);
	copies_done(&taken->copies);
	copies_done(&taken->used);
	copies_done(&taken->reached);
	*taken = (struct match_taken){ 0 };
}

bool match_is_taken(const struct match_taken *taken, int64_t contact)
{
	return (taken->first_new && contact >= taken->first_new) ||
		numbers_has(&taken->contacts, (uint64_t)contact);
}

int match_take(struct match_taken *taken, int64_t contact, struct err *reterr)
{
	return numbers_add(&taken->contacts, (uint64_t)contact, reterr);
}

/* Every word of `few`, folded, stands among the words of `many`. */
static bool match_words_within(const char *few, const char *many)
{
	for (const char *p = few; *p;) {
		size_t n = strcspn(p, " ");
		bool found = n == 0;

		for (const char *q = many; *q && !found;) {
			size_t m = strcspn(q, " ");

			found = m == n && memcmp(p, q, n) == 0;
			q += m + (q[m] != '\0');
		}
		if (!found)
			return false;
		p += n + (p[n] != '\0');
	}
	return true;
}

/* "Kahl, MBA" and "Roth, Anna" are words as others. */
static void match_add_words(struct str *out, const char *name)
{
	utf8_add_folded(out, name);
	for (size_t i = 0; i < out->len; i++)
		if (out->data[i] == ',' || out->data[i] == ';')
			out->data[i] = ' ';
}

bool match_names_fit(const char *a, const char *b)
{
	_cleanup_str_ struct str fa = STR_INIT, fb = STR_INIT;

	match_add_words(&fa, a);
	match_add_words(&fb, b);
	if (fa.failed || fb.failed || !fa.len || !fb.len)
		return false;
	return match_words_within(fa.data, fb.data) || match_words_within(fb.data, fa.data);
}

/* It stands in a name's place. */
static bool match_is_address(const char *name)
{
	return strchr(name, '@') && !strchr(name, ' ');
}

bool match_may_rename(const char *stands, const char *name, bool owns)
{
	bool nameless = match_is_address(stands);

	return match_is_address(name) ? nameless && owns : nameless || owns;
}

/* Without a UID, the fields that tell a person from another are the key, as a digest. `former`: as it was in
 * older books, without the name before it. */
static int match_base_key(
	const struct record *record, bool former, struct str *ret, struct err *reterr)
{
	static const char digits[] = "0123456789abcdef";
	_cleanup_str_ struct str fields = STR_INIT;
	uint8_t hash[SHA256_SIZE];

	if (!str_empty(record->uid)) {
		str_add(ret, "uid:");
		str_add(ret, record->uid);
		return str_check(ret, reterr);
	}
	str_addf(&fields, "%s\n%s\n", record->name, record->org ? record->org : "");
	for (size_t i = 0; i < record->n_values; i++)
		if (record->values[i].kind == RECORD_EMAIL ||
			record->values[i].kind == RECORD_PHONE)
			str_addf(&fields, "%s\n", record->values[i].text);
	sha256(str_text(&fields), fields.len, hash);
	str_add(ret, "card:");
	if (!former && keys_add_name(ret, record->name, reterr) < 0)
		return -ENOMEM;
	str_add(ret, former ? "" : ":");
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		str_add_char(ret, digits[hash[i] >> 4]);
		str_add_char(ret, digits[hash[i] & 15]);
	}
	return str_check(&fields, reterr) < 0 ? -ENOMEM : str_check(ret, reterr);
}

/* By what our own exports call it. */
static int match_by_own_uid(struct store *store, int64_t book, const struct record *record,
	const struct match_taken *taken, int64_t *ret_contact, struct err *reterr)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	int64_t number = str_empty(record->uid) ? 0 : uid_contact(store, record->uid);
	int r = number ? aliases_find_now(store, book, number, ret_contact, reterr) : 0;

	/* A calendar may have kept the event's UID alone. */
	if (!number && !str_empty(record->uid)) {
		number = uid_occasion(store, book, record->uid);
		r = number ? occasions_by_number(store, book, number, &occasions, reterr) : 0;
		if (r == 1)
			*ret_contact = occasions.all[0].contact;
	}
	return r == 1 && match_is_taken(taken, *ret_contact) ? 0 : r;
}

/* What the same card is called when it comes again. */
static int match_number_key(
	struct str *ret, const struct str *base, int64_t copy, struct err *reterr)
{
	str_clear(ret);
	str_add(ret, str_text(base));
	if (copy > 1)
		str_addf(ret, "#%lld", (long long)copy);
	return str_check(ret, reterr);
}

#define MATCH_TAKEN 2

/* 0 where nobody is called so, 1 and the contact who is, MATCH_TAKEN where it stands for another record. */
static int match_is_free(struct store *store, int64_t book, const char *key,
	const struct match_taken *taken, int64_t *ret_contact, struct err *reterr)
{
	int r;

	if (taken->known && !known_key(taken->known, key))
		return 0;
	r = keys_find(store, book, key, ret_contact, reterr);
	if (r <= 0 || !match_is_taken(taken, *ret_contact))
		return r;
	r = keys_is_merged(store, book, key, reterr);
	return r != 0 ? r : MATCH_TAKEN;
}

/* As match_is_free(); a key of an older book becomes one of today. */
static int match_is_free_now(struct store *store, int64_t book, const char *key, const char *former,
	const struct match_taken *taken, int64_t *ret_contact, struct err *reterr)
{
	bool owns;
	int r = match_is_free(store, book, key, taken, ret_contact, reterr), renamed = 0;

	if (r != 0 || str_equal(key, former))
		return r;
	r = match_is_free(store, book, former, taken, ret_contact, reterr);
	if (r > 0)
		renamed = keys_rename(store, book, former, key, &owns, reterr);
	if (r > 0 && renamed == 0 && taken->known)
		renamed = known_add_key(taken->known, key, reterr);
	return renamed < 0 ? renamed : r;
}

/* By what the source calls it. The same card twice in a file is two contacts: the second one's key
 * is numbered. A card whose contact was merged into another is one more card of that. */
static int match_by_key(struct store *store, int64_t book, const struct record *record,
	struct match_taken *taken, int64_t *ret_contact, struct str *key, struct err *reterr)
{
	_cleanup_str_ struct str base = STR_INIT, former = STR_INIT, old = STR_INIT;
	int64_t first, copy;
	int r = match_base_key(record, false, &base, reterr);

	if (r == 0)
		r = match_base_key(record, true, &former, reterr);
	if (r == 0)
		r = match_number_key(key, &base, 1, reterr);
	if (r == 0)
		r = match_by_own_uid(store, book, record, taken, ret_contact, reterr);
	if (r != 0)
		return r;
	copy = first = copies_get(&taken->copies, str_text(&base));
	for (;; copy++) {
		r = match_number_key(key, &base, copy, reterr);
		if (r == 0)
			r = match_number_key(&old, &former, copy, reterr);
		if (r == 0)
			r = match_is_free_now(store, book, str_text(key), str_text(&old), taken,
				ret_contact, reterr);
		if (r != MATCH_TAKEN)
			break;
	}
	/* The next one need not ask about all that came before. */
	if (r >= 0 && copy > first)
		return copies_set(&taken->copies, str_text(&base), copy, reterr) < 0 ? -ENOMEM : r;
	return r;
}

int match_use_key(struct match_taken *taken, const char *key, struct err *reterr)
{
	return copies_set(&taken->used, key, 2, reterr);
}

int match_former_key(struct store *store, const struct match_taken *taken, int64_t contact,
	const char *name, char **ret, struct err *reterr)
{
	_cleanup_str_ struct str digest = STR_INIT;
	int r = taken->source ? keys_add_name(&digest, name, reterr) : 0;

	if (r < 0 || !taken->source)
		return r;
	for (size_t place = 0;; place++) {
		_cleanup_free_ char *key = NULL;

		r = keys_given(
			store, contact, taken->source, str_text(&digest), place, &key, reterr);
		if (r <= 0)
			return r;
		if (copies_get(&taken->used, key) == 1) {
			*ret = TAKE_PTR(key);
			return 1;
		}
	}
}

/* Whether the record may be the contact's: another record that is may be of one who was merged into it. */
static int match_is_open(struct store *store, const struct record *record,
	const struct match_taken *taken, int64_t contact, struct err *reterr)
{
	_cleanup_free_ char *key = NULL;
	int r;

	if (!match_is_taken(taken, contact))
		return 1;
	if (!str_empty(record->uid) || !taken->source ||
		(taken->first_new && contact >= taken->first_new))
		return 0;
	r = keys_has_merged(store, contact, taken->source, reterr);
	return r <= 0 ? r : match_former_key(store, taken, contact, record->name, &key, reterr);
}

enum match_fit {
	MATCH_UNFIT,
	MATCH_NAMELESS, /* one of the two has no name, which fits any */
	MATCH_FITS,
};

/* Whether the name fits the contact's, or one of those that were merged into it, or is what a source calls it. */
static int match_name_fits(struct store *store, int64_t contact, const char *name,
	const char *digest, struct err *reterr)
{
	_cleanup_aliases_ struct aliases aliases = { 0 };
	_cleanup_free_ char *own = NULL;
	int r = contacts_name(store, contact, &own, reterr);
	bool fits = r == 0 && match_names_fit(own, name), nameless;

	if (r == 0 && !fits)
		r = aliases_of(store, contact, &aliases, reterr);
	for (size_t i = 0; i < aliases.n && !fits; i++)
		fits = match_names_fit(aliases.all[i].name, name);
	if (r >= 0 && !fits) {
		r = keys_is_given(store, contact, digest, reterr);
		fits = r > 0;
	}
	nameless = r >= 0 && (match_is_address(own) || match_is_address(name));
	return r < 0 ? r : fits ? MATCH_FITS : nameless ? MATCH_NAMELESS : MATCH_UNFIT;
}

/* The first of them whom the record may be. */
static int match_first_open(struct store *store, const struct record *record,
	const struct match_taken *taken, const struct kin *kin, int64_t *ret_contact,
	struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < kin->n; i++) {
		r = match_is_open(store, record, taken, kin->ids[i], reterr);
		if (r == 1)
			*ret_contact = kin->ids[i];
	}
	return r;
}

/* What those have in common who have one name, and an address or birthday. */
static int match_add_sign(struct str *out, const struct kin_sign *sign, struct err *reterr)
{
	str_addf(out, "%s\n%s\n%d\n%d", sign->name, sign->email ? sign->email : "", sign->month_day,
		sign->year);
	return str_check(out, reterr);
}

/* Those who bear the very name. The next one of it need not look at those again who are taken. */
static int match_by_name(struct store *store, const struct record *record,
	struct match_taken *taken, const struct kin_sign *sign, int64_t *ret_contact,
	struct err *reterr)
{
	_cleanup_str_ struct str what = STR_INIT;
	struct kin kin = { 0 };
	int64_t first, after;
	int r = match_add_sign(&what, sign, reterr);

	if (r < 0)
		return r;
	after = first = copies_get(&taken->reached, str_text(&what)) - 1;
	do {
		bool gone = true;

		r = kin_by_name(store, sign, after, &kin, reterr);
		for (size_t i = 0; r == 0 && gone && i < kin.n; i++) {
			r = match_is_open(store, record, taken, kin.ids[i], reterr);
			*ret_contact = r == 1 ? kin.ids[i] : *ret_contact;
			gone = r == 0;
			after = gone ? kin.ids[i] : after;
		}
	} while (r == 0 && kin.n == KIN_FEW);
	if (r >= 0 && after > first &&
		copies_set(&taken->reached, str_text(&what), after + 1, reterr) < 0)
		return -ENOMEM;
	if (r == 0)
		r = kin_by_former_name(store, sign, &kin, reterr);
	return r != 0 ? r : match_first_open(store, record, taken, &kin, ret_contact, reterr);
}

/* Of a few who share an address, whoever's name fits best. */
static int match_by_fit(struct store *store, const struct record *record,
	const struct match_taken *taken, const struct kin *kin, const char *digest,
	int64_t *ret_contact, struct err *reterr)
{
	int best = MATCH_UNFIT, r = 0;

	for (size_t i = 0; r >= 0 && best != MATCH_FITS && i < kin->n; i++) {
		r = match_is_open(store, record, taken, kin->ids[i], reterr);
		if (r == 1)
			r = match_name_fits(store, kin->ids[i], record->name, digest, reterr);
		if (r <= best)
			continue;
		best = r;
		*ret_contact = kin->ids[i];
	}
	return r < 0 ? r : best != MATCH_UNFIT;
}

/* Of what may lead to somebody; the names are made here, for mostly nothing does. */
static int match_by_sign(struct store *store, const struct record *record,
	struct match_taken *taken, const struct kin_sign *sign, int64_t *ret_contact,
	struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT, digest = STR_INIT;
	struct kin_sign by = *sign;
	struct kin kin = { 0 };
	int r = keys_add_name(&digest, record->name, reterr);

	utf8_add_folded(&folded, record->name);
	if (r == 0)
		r = str_check(&folded, reterr);
	by.name = str_text(&folded);
	by.digest = str_text(&digest);
	by.before = taken->first_new;
	if (r == 0 && by.email)
		r = kin_by_email(store, &by, &kin, reterr);
	if (r < 0)
		return r;
	return by.email && kin.n <= KIN_FEW
		? match_by_fit(store, record, taken, &kin, by.digest, ret_contact, reterr)
		: match_by_name(store, record, taken, &by, ret_contact, reterr);
}

static int match_by_email(struct store *store, int64_t book, const struct record *record,
	struct match_taken *taken, const char *address, int64_t *ret_contact, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	struct kin_sign sign = { .book = book };
	int r;

	utf8_add_folded(&folded, address);
	r = str_check(&folded, reterr);
	sign.email = str_text(&folded);
	if (r < 0 || (taken->known && !known_email(taken->known, sign.email)))
		return r;
	return match_by_sign(store, record, taken, &sign, ret_contact, reterr);
}

/* Whoever bears the name there, or is called so by a source. */
static int match_may_be_born(const struct match_taken *taken, const char *name,
	const struct kin_sign *sign, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT, digest = STR_INIT;
	int r;

	if (!taken->known)
		return 1;
	utf8_add_folded(&folded, name);
	r = str_check(&folded, reterr);
	if (r < 0 || known_birthday(taken->known, str_text(&folded), sign->month_day, sign->year))
		return r < 0 ? r : 1;
	r = keys_add_name(&digest, name, reterr);
	return r < 0 ? r
		     : known_birthday(taken->known, str_text(&digest), sign->month_day, sign->year);
}

static int match_by_birthday(struct store *store, int64_t book, const struct record *record,
	struct match_taken *taken, const struct date *birthday, int64_t *ret_contact,
	struct err *reterr)
{
	const struct kin_sign sign = { .book = book,
		.month_day = occasion_month_day(birthday->month, birthday->day),
		.year = birthday->year };
	int r = match_may_be_born(taken, record->name, &sign, reterr);

	return r <= 0 ? r : match_by_sign(store, record, taken, &sign, ret_contact, reterr);
}

static int match_known(struct store *store, int64_t book, const struct record *record,
	struct match_taken *taken, int64_t *ret_contact, struct str *key, struct err *reterr)
{
	int r = match_by_key(store, book, record, taken, ret_contact, key, reterr);

	for (size_t i = 0; r == 0 && i < record->n_values; i++)
		if (record->values[i].kind == RECORD_EMAIL)
			r = match_by_email(store, book, record, taken, record->values[i].text,
				ret_contact, reterr);
	for (size_t i = 0; r == 0 && i < record->n_occasions; i++)
		if (record->occasions[i].kind == RECORD_BIRTHDAY)
			r = match_by_birthday(store, book, record, taken,
				&record->occasions[i].date, ret_contact, reterr);
	return r;
}

static int match_text_is_forgotten(
	struct store *store, int64_t book, const char *kind, const char *text, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	int r;

	str_addf(&key, "%s:", kind);
	utf8_add_folded(&key, text);
	r = str_check(&key, reterr);
	return r < 0 ? r : keys_is_forgotten(store, book, str_text(&key), reterr);
}

/* Whether what the record says together with its name was a removed person's. */
static int match_traits_are_forgotten(
	struct store *store, int64_t book, const struct record *record, struct err *reterr)
{
	_cleanup_str_ struct str name = STR_INIT;
	int r = keys_add_name(&name, record->name, reterr);

	if (r == 0 && str_empty(record->uid))
		r = keys_is_forgotten_trait(store, book, "named", str_text(&name), "", reterr);
	for (size_t i = 0; r == 0 && i < record->n_values; i++)
		if (record->values[i].kind == RECORD_PHONE)
			r = keys_is_forgotten_trait(store, book, "phone", str_text(&name),
				record->values[i].text, reterr);
	for (size_t i = 0; r == 0 && i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];
		char day[16];

		if (o->kind != RECORD_BIRTHDAY)
			continue;
		(void)snprintf(day, sizeof(day), "%d",
			(int)occasion_month_day(o->date.month, o->date.day));
		r = keys_is_forgotten_trait(store, book, "birthday", str_text(&name), day, reterr);
	}
	return r;
}

static int match_is_forgotten(struct store *store, int64_t book, const struct record *record,
	const char *key, struct err *reterr)
{
	int r = keys_is_forgotten(store, book, key, reterr);

	if (r == 0)
		r = match_text_is_forgotten(store, book, "name", record->name, reterr);
	for (size_t i = 0; r == 0 && i < record->n_values; i++)
		if (record->values[i].kind == RECORD_EMAIL)
			r = match_text_is_forgotten(
				store, book, "email", record->values[i].text, reterr);
	return r != 0 ? r : match_traits_are_forgotten(store, book, record, reterr);
}

int match_record(struct store *store, int64_t book, const struct record *record,
	struct match_taken *taken, int64_t *ret_contact, char **ret_key, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	int r, forgotten = 0;

	r = match_known(store, book, record, taken, ret_contact, &key, reterr);
	if (r == 0 && (!taken->known || known_forgets(taken->known)))
		forgotten = match_is_forgotten(store, book, record, str_text(&key), reterr);
	if (r < 0 || forgotten < 0)
		return r < 0 ? r : forgotten;
	*ret_key = str_take(&key);
	if (!*ret_key)
		return err_oom(reterr);
	return r ? MATCH_KNOWN : forgotten ? MATCH_FORGOTTEN : MATCH_NEW;
}
