/* SPDX-License-Identifier: MIT */
/*
 * nearby: whom a few new people may be doubles of, without a look at all that is known of everybody.
 *
 * Addresses and birthdays are found by their indexes. Names, numbers and pages are compared by forms that
 * no index has; but the indexes hold their folded texts, which is a tenth of what is known.
 */
#include "book/nearby.h"

#include "core/likeness.h"
#include "core/str.h"

#include <string.h>

/* Hashes of what the new people have: few, or it were better to look at everybody at once. */
struct nearby {
	struct store *store;
	uint64_t *all;
	size_t n, size;
	struct str form;
	struct err *reterr;
};

static void nearby_done(struct nearby *nearby)
{
	free(nearby->all);
	str_done(&nearby->form);
}

/* FNV-1a: two that meet by chance are looked at in vain. */
static uint64_t nearby_hash(const char *text, size_t n)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return hash;
}

/* What is done with each mark of a text; nonzero ends it. */
typedef int nearby_use(struct nearby *nearby, uint64_t hash);

static int nearby_add(struct nearby *nearby, uint64_t hash)
{
	if (nearby->n == nearby->size) {
		size_t size = nearby->size ? nearby->size * 2 : 64;
		uint64_t *more = reallocarray(nearby->all, size, sizeof(*more));

		if (!more)
			return err_oom(nearby->reterr);
		nearby->all = more;
		nearby->size = size;
	}
	nearby->all[nearby->n++] = hash;
	return 0;
}

static int nearby_has(struct nearby *nearby, uint64_t hash)
{
	for (size_t i = 0; i < nearby->n; i++)
		if (nearby->all[i] == hash)
			return 1;
	return 0;
}

static int nearby_use_words(struct nearby *nearby, nearby_use *use)
{
	int r = 0;

	for (const char *word = str_text(&nearby->form); r == 0 && *word;) {
		size_t n = strcspn(word, " ");

		r = use(nearby, nearby_hash(word, n));
		word += n + (word[n] == ' ');
	}
	return r;
}

static int nearby_use_number(struct nearby *nearby, nearby_use *use)
{
	const char *end = likeness_phone_end(str_text(&nearby->form));

	return *end ? use(nearby, nearby_hash(end, strlen(end))) : 0;
}

static int nearby_use_whole(struct nearby *nearby, nearby_use *use)
{
	const struct str *form = &nearby->form;

	return form->len ? use(nearby, nearby_hash(form->data, form->len)) : 0;
}

/* Both statements give a contact and a text: of the new people (book, first one), and of everybody (book). */
static const struct nearby_kind {
	const char *some, *all;
	void (*form)(struct str *out, const char *text);
	int (*marks)(struct nearby *nearby, nearby_use *use);
} nearby_kinds[] = {
	{ "SELECT id, folded FROM contact WHERE +book=? AND id>=?",
		"SELECT id, folded FROM contact WHERE book=?", likeness_add_name,
		nearby_use_words },
	{ "SELECT contact, folded FROM contact_value WHERE ?<>0 AND contact>=? AND kind='phone'",
		"SELECT contact, folded FROM contact_value WHERE ?<>0 AND kind='phone'",
		likeness_add_phone, nearby_use_number },
	{ "SELECT contact, folded FROM contact_value WHERE ?<>0 AND contact>=? AND kind='link'",
		"SELECT contact, folded FROM contact_value WHERE ?<>0 AND kind='link'",
		likeness_add_link, nearby_use_whole },
};

static int nearby_marks(struct nearby *nearby, const struct nearby_kind *kind,
	const struct store_rows *rows, nearby_use *use)
{
	int r;

	str_clear(&nearby->form);
	kind->form(&nearby->form, store_text(rows, 1));
	r = str_check(&nearby->form, nearby->reterr);
	return r < 0 ? r : kind->marks(nearby, use);
}

static int nearby_collect_kind(
	struct nearby *nearby, const struct nearby_kind *kind, int64_t book, int64_t first)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, nearby->store, nearby->reterr, kind->some, "ii", book, first);

	nearby->n = 0;
	while (r == 0 && (r = store_next(&rows, nearby->reterr)) == 1)
		r = nearby_marks(nearby, kind, &rows, nearby_add);
	if (r < 0 || !nearby->n)
		return r;
	r = store_query(&rows, nearby->store, nearby->reterr, kind->all, "i", book);
	while (r == 0 && (r = store_next(&rows, nearby->reterr)) == 1) {
		r = nearby_marks(nearby, kind, &rows, nearby_has);
		if (r == 1)
			r = store_run(nearby->store, nearby->reterr,
				"INSERT OR IGNORE INTO temp.nearby VALUES (?)", "i",
				store_int(&rows, 0));
	}
	return r;
}

int nearby_collect(struct store *store, int64_t book, int64_t first, struct err *reterr)
{
	static const char *const statements[] = {
		"INSERT INTO temp.nearby SELECT id FROM contact WHERE +book=?1 AND id>=?2",
		("INSERT OR IGNORE INTO temp.nearby SELECT v.contact FROM contact_value n"
		 " CROSS JOIN contact_value v ON v.kind='email' AND v.folded=n.folded"
		 " WHERE ?1<>0 AND n.contact>=?2 AND n.kind='email'"),
		("INSERT OR IGNORE INTO temp.nearby SELECT o.contact FROM occasion n"
		 " CROSS JOIN occasion o ON o.book=n.book AND o.month_day=n.month_day AND o.kind='birthday'"
		 " WHERE n.contact>=?2 AND n.book=?1 AND n.kind='birthday'"),
	};
	_cleanup_(nearby_done) struct nearby nearby = { .store = store, .reterr = reterr };
	int r = store_run(store, reterr,
		"CREATE TEMP TABLE IF NOT EXISTS nearby (id INTEGER PRIMARY KEY)", "");

	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM temp.nearby", "");
	for (size_t i = 0; r == 0 && i < (first ? ARRAY_SIZE(statements) : 1); i++)
		r = store_run(store, reterr, statements[i], "ii", book, first);
	for (size_t i = 0; r == 0 && first && i < ARRAY_SIZE(nearby_kinds); i++)
		r = nearby_collect_kind(&nearby, &nearby_kinds[i], book, first);
	return r;
}
