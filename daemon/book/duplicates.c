/* SPDX-License-Identifier: MIT */
/*
 * duplicates: contacts of a book who are probably one person.
 */
#include "book/duplicates.h"

#include "book/contacts.h"
#include "book/nearby.h"
#include "core/likeness.h"
#include "core/utf8.h"

/* Everybody of a book, in the forms that are compared; each array beside the others. */
struct duplicates_people {
	struct duplicate_person *all;
	struct duplicate_value **values; /* each person's own */
	int64_t *ids;                    /* growing */
	size_t n, size;
};

static void duplicates_people_done(struct duplicates_people *people)
{
	for (size_t i = 0; i < people->n; i++) {
		for (size_t k = 0; k < people->all[i].n_values; k++)
			free((char *)(uintptr_t)people->values[i][k].form);
		free(people->values[i]);
		free((char *)(uintptr_t)people->all[i].name);
		free((char *)(uintptr_t)people->all[i].org);
		free((char *)(uintptr_t)people->all[i].city);
	}
	free(people->all);
	free(people->values);
	free(people->ids);
}

void duplicates_done(struct duplicates *duplicates)
{
	free(duplicates->all);
	*duplicates = (struct duplicates){ 0 };
}

/* The text in one of its forms; NULL stays NULL. */
static int duplicates_form(const char *text, void (*add)(struct str *out, const char *text),
	char **ret, struct err *reterr)
{
	struct str form = STR_INIT;

	if (!text)
		return 0;
	add(&form, text);
	*ret = str_take(&form);
	return *ret ? 0 : err_oom(reterr);
}

static int duplicates_grow(struct duplicates_people *people, struct err *reterr)
{
	size_t size = people->size ? people->size * 2 : 256;
	void *all = reallocarray(people->all, size, sizeof(*people->all)), *values, *ids;

	if (all)
		people->all = all;
	values = reallocarray(people->values, size, sizeof(struct duplicate_value *));
	if (values)
		people->values = values;
	ids = reallocarray(people->ids, size, sizeof(*people->ids));
	if (ids)
		people->ids = ids;
	if (!all || !values || !ids)
		return err_oom(reterr);
	people->size = size;
	return 0;
}

static int duplicates_load_names(
	struct store *store, int64_t book, struct duplicates_people *people, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.id, c.name, c.org, c.city FROM temp.nearby n CROSS JOIN contact c ON c.id=n.id"
		" WHERE c.book=? ORDER BY n.id",
		"i", book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		char *name = NULL, *org = NULL, *city = NULL;

		r = people->n == people->size ? duplicates_grow(people, reterr) : 0;
		if (r < 0)
			return r;
		r = duplicates_form(store_text(&rows, 1), likeness_add_name, &name, reterr);
		if (r == 0)
			r = duplicates_form(store_text(&rows, 2), utf8_add_folded, &org, reterr);
		if (r == 0)
			r = duplicates_form(store_text(&rows, 3), utf8_add_folded, &city, reterr);
		people->ids[people->n] = store_int(&rows, 0);
		people->values[people->n] = NULL;
		people->all[people->n++] = (struct duplicate_person){
			.name = name, .org = org, .city = city
		};
	}
	return r;
}

static struct duplicate_person *duplicates_find(
	const struct duplicates_people *people, int64_t id, size_t *ret_place)
{
	size_t low = 0, high = people->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (people->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_place = low;
	return low < people->n && people->ids[low] == id ? &people->all[low] : NULL;
}

static int duplicates_add_value(struct duplicates_people *people, size_t place,
	enum duplicate_kind kind, const char *text, struct err *reterr)
{
	static void (*const forms[])(struct str * out, const char *text) = {
		[DUPLICATE_EMAIL] = utf8_add_folded,
		[DUPLICATE_PHONE] = likeness_add_phone,
		[DUPLICATE_LINK] = likeness_add_link,
	};
	struct duplicate_person *p = &people->all[place];
	_cleanup_free_ char *form = NULL;
	struct duplicate_value *values;
	int r = duplicates_form(text, forms[kind], &form, reterr);

	if (r < 0 || str_empty(form))
		return r;
	values = reallocarray(people->values[place], p->n_values + 1, sizeof(*values));
	if (!values)
		return err_oom(reterr);
	people->values[place] = values;
	p->values = values;
	values[p->n_values++] = (struct duplicate_value){ kind, TAKE_PTR(form) };
	return 0;
}

static int duplicates_load_values(
	struct store *store, struct duplicates_people *people, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT v.contact, CASE v.kind WHEN 'email' THEN 0 WHEN 'phone' THEN 1 ELSE 2 END, v.text"
		" FROM temp.nearby n CROSS JOIN contact_value v ON v.contact=n.id"
		" WHERE v.kind IN ('email', 'phone', 'link')",
		"");

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		size_t place;

		r = 0;
		if (duplicates_find(people, store_int(&rows, 0), &place))
			r = duplicates_add_value(people, place,
				(enum duplicate_kind)store_int(&rows, 1), store_text(&rows, 2),
				reterr);
	}
	return r;
}

static int duplicates_load_birthdays(
	struct store *store, struct duplicates_people *people, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT o.contact, o.month_day, o.year FROM temp.nearby n"
		" CROSS JOIN occasion o ON o.contact=n.id WHERE o.kind='birthday'",
		"");

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		size_t place;
		struct duplicate_person *p = duplicates_find(people, store_int(&rows, 0), &place);

		r = 0;
		if (!p)
			continue;
		p->month_day = (int)store_int(&rows, 1);
		p->year = (int)store_int(&rows, 2);
	}
	return r;
}

/* 1 where a person said that they are two. */
static int duplicates_are_two(struct store *store, int64_t one, int64_t other, struct err *reterr)
{
	int64_t said;

	return store_ask(store, &said, reterr, "SELECT 1 FROM differ WHERE one=? AND other=?", "ii",
		one, other);
}

int duplicates_list_from(struct store *store, int64_t book, int64_t first, struct duplicates *ret,
	struct err *reterr)
{
	_cleanup_(duplicates_people_done) struct duplicates_people people = { 0 };
	_cleanup_free_ struct duplicate_pair *pairs = NULL;
	size_t n = 0;
	int r = nearby_collect(store, book, first, reterr);

	if (r == 0)
		r = duplicates_load_names(store, book, &people, reterr);
	if (r == 0)
		r = duplicates_load_values(store, &people, reterr);
	if (r == 0)
		r = duplicates_load_birthdays(store, &people, reterr);
	if (r == 0)
		r = duplicate_find(people.all, people.n, &pairs, &n, reterr);
	if (r < 0)
		return r;
	ret->all = calloc(n + 1, sizeof(*ret->all));
	if (!ret->all)
		return err_oom(reterr);
	for (size_t i = 0; r >= 0 && i < n; i++) {
		struct duplicate pair = { people.ids[pairs[i].one], people.ids[pairs[i].other],
			pairs[i].why };

		if (pair.other < first)
			continue;
		r = duplicates_are_two(store, pair.one, pair.other, reterr);
		if (r == 0)
			ret->all[ret->n++] = pair;
	}
	return r < 0 ? r : 0;
}

int duplicates_list(struct store *store, int64_t book, struct duplicates *ret, struct err *reterr)
{
	return duplicates_list_from(store, book, 0, ret, reterr);
}

int duplicates_differ(struct store *store, int64_t one, int64_t other, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT OR IGNORE INTO differ VALUES (min(?1, ?2), max(?1, ?2))", "ii", one, other);

	return r < 0 ? r : store_changes(store) ? 0 : DUPLICATES_KNOWN;
}
