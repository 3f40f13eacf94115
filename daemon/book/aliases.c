/* SPDX-License-Identifier: MIT */
/*
 * aliases: what merged contacts were numbered and called: it finds the one they are now.
 */
#include "book/aliases.h"

void aliases_done(struct aliases *aliases)
{
	for (size_t i = 0; i < aliases->n; i++)
		free(aliases->all[i].name);
	free(aliases->all);
	*aliases = (struct aliases){ 0 };
}

int aliases_of(struct store *store, int64_t contact, struct aliases *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT id, name FROM alias WHERE contact=?1 AND id<>?1 ORDER BY id", "i", contact);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct alias *a = reallocarray(ret->all, ret->n + 1, sizeof(*a));

		if (!a)
			return err_oom(reterr);
		ret->all = a;
		a += ret->n++;
		*a = (struct alias){ .id = store_int(&rows, 0) };
		r = store_copy(&rows, 1, &a->name, reterr);
	}
	return r;
}

int aliases_find(
	struct store *store, int64_t book, int64_t id, int64_t *ret_contact, struct err *reterr)
{
	return store_ask(store, ret_contact, reterr,
		"SELECT contact FROM alias WHERE id=? AND book=?", "ii", id, book);
}

/* What the contact is called, for the contact it is going to be. */
static int aliases_add_one(
	struct store *store, int64_t contact, int64_t now, int32_t today, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT INTO alias SELECT id, book, ?2, name, folded, source, entered_day,"
		" NOT EXISTS (SELECT 1 FROM contact_key WHERE contact=?1 AND key NOT GLOB 'told:*')"
		" AND NOT EXISTS (SELECT 1 FROM contact_value WHERE contact=?1 AND kind='email'), ?3"
		" FROM contact WHERE id=?1"
		" ON CONFLICT DO UPDATE SET contact=excluded.contact, name=excluded.name,"
		" folded=excluded.folded, alone=max(alone, excluded.alone), merged_day=excluded.merged_day",
		"iii", contact, now, (int64_t)today);
}

int aliases_find_now(
	struct store *store, int64_t book, int64_t id, int64_t *ret_contact, struct err *reterr)
{
	return store_ask(store, ret_contact, reterr,
		"SELECT id FROM contact WHERE id=?2 AND book=?1"
		" UNION ALL SELECT contact FROM alias WHERE id=?2 AND book=?1",
		"ii", book, id);
}

int aliases_add(struct store *store, int64_t stays, int64_t goes, int32_t today, struct err *reterr)
{
	int r = store_run(
		store, reterr, "UPDATE alias SET contact=?1 WHERE contact=?2", "ii", stays, goes);

	if (r == 0)
		r = aliases_add_one(store, goes, stays, today, reterr);
	/* The one that stays may have keys and addresses now that were the other's. */
	if (r == 0)
		r = aliases_add_one(store, stays, stays, today, reterr);
	return r < 0 ? r
		     : store_run(store, reterr, "DELETE FROM alias WHERE id=?1 AND NOT alone", "i",
			       stays);
}

int aliases_add_handle(struct store *store, int64_t book, char letter, int64_t number, int64_t now,
	int64_t contact, struct err *reterr)
{
	const char text[] = { letter, '\0' };
	/* Those that led here lead on, also where they are still of the contact that goes. */
	int r = store_run(store, reterr,
		"UPDATE handle_alias SET now=?4 WHERE book=?1 AND letter=?2 AND now=?3", "itii",
		book, text, number, now);

	return r < 0 ? r
		     : store_run(store, reterr, "INSERT INTO handle_alias VALUES (?, ?, ?, ?, ?)",
			       "itiii", book, text, number, now, contact);
}
