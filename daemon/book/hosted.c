/* SPDX-License-Identifier: MIT */
/*
 * hosted: digests that live in the database.
 */
#include "book/hosted.h"

#include "book/digests.h"
#include "book/outbox.h"

#include <errno.h>
#include <stdlib.h>

void hosted_done(struct hosted *hosted)
{
	free(hosted->name);
	free(hosted->book);
	free(hosted->settings);
	free(hosted->error);
	*hosted = (struct hosted){ 0 };
}

int hosted_add(struct store *store, const struct hosted_entry *entry, int64_t book, int64_t now,
	struct err *reterr)
{
	struct digest_state state;
	int r = digests_enter(
		store, entry->name, entry->cadence, entry->timezone, now, &state, reterr);

	if (r == 0)
		r = store_run(store, reterr,
			"INSERT INTO hosted (digest, book, settings, holds) VALUES (?, ?, ?, ?)"
			" ON CONFLICT DO NOTHING",
			"iiti", state.id, book, entry->settings, (int64_t)entry->holds);
	if (r == 0 && !store_changes(store))
		return err_set(reterr, -EEXIST, "there is a digest \"%s\" already", entry->name);
	return r;
}

int hosted_change(
	struct store *store, const struct hosted_entry *entry, int64_t now, struct err *reterr)
{
	struct digest_state state;
	int r = digests_enter(
		store, entry->name, entry->cadence, entry->timezone, now, &state, reterr);

	if (r == 0)
		r = store_run(store, reterr,
			"UPDATE hosted SET settings=?2, holds=?3 WHERE digest=?1", "iti", state.id,
			entry->settings, (int64_t)entry->holds);
	return r < 0 || !entry->readdressed ? r : outbox_withdraw(store, state.id, now, reterr);
}

int hosted_remove(struct store *store, int64_t digest, struct err *reterr)
{
	return store_run(store, reterr, "DELETE FROM digest WHERE id=?", "i", digest);
}

int hosted_pause(struct store *store, int64_t digest, bool paused, int64_t now, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE hosted SET paused=?2 WHERE digest=?1 AND paused<>?2", "ii", digest,
		(int64_t)paused);

	if (r < 0 || !store_changes(store))
		return r;
	if (paused)
		return outbox_withdraw(store, digest, now, reterr);
	return store_run(store, reterr, "UPDATE digest SET since=?2 WHERE id=?1 AND since<?2", "ii",
		digest, now);
}

#define HOSTED_SELECT                                                                              \
	"SELECT h.digest, h.paused, h.due, g.name, b.name, h.settings, h.error FROM hosted h"      \
	" JOIN digest g ON g.id=h.digest JOIN book b ON b.id=h.book"

static int hosted_read(struct store_rows *rows, struct hosted *ret, struct err *reterr)
{
	char **const texts[] = { &ret->name, &ret->book, &ret->settings, &ret->error };
	int r = 0;

	ret->digest = store_int(rows, 0);
	ret->paused = store_int(rows, 1) != 0;
	ret->due = store_int(rows, 2);
	for (int i = 0; r == 0 && i < (int)ARRAY_SIZE(texts); i++)
		r = store_copy(rows, 3 + i, texts[i], reterr);
	return r < 0 ? r : 1;
}

static int hosted_read_one(struct store_rows *rows, struct hosted *ret, struct err *reterr)
{
	int r = store_next(rows, reterr);

	return r == 1 ? hosted_read(rows, ret, reterr) : r;
}

int hosted_find(struct store *store, const char *name, struct hosted *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, HOSTED_SELECT " WHERE g.name=?", "t", name);

	return r < 0 ? r : hosted_read_one(&rows, ret, reterr);
}

int hosted_load(struct store *store, int64_t digest, struct hosted *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, HOSTED_SELECT " WHERE h.digest=?", "i", digest);

	return r < 0 ? r : hosted_read_one(&rows, ret, reterr);
}

int hosted_find_of_book(
	struct store *store, const char *book, struct hosted *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		HOSTED_SELECT
		" WHERE h.digest=(SELECT min(o.digest) FROM hosted o WHERE o.book=(SELECT id FROM book WHERE name=?))",
		"t", book);

	return r < 0 ? r : hosted_read_one(&rows, ret, reterr);
}

int hosted_is_there(struct store *store, int64_t digest, struct err *reterr)
{
	int64_t found;

	return store_ask(
		store, &found, reterr, "SELECT digest FROM hosted WHERE digest=?", "i", digest);
}

int hosted_holds(struct store *store, int64_t digest, struct err *reterr)
{
	int64_t holds = 0;
	int r = store_ask(
		store, &holds, reterr, "SELECT holds FROM hosted WHERE digest=?", "i", digest);

	return r < 0 ? r : holds != 0;
}

int hosted_each(struct store *store, int64_t book,
	int (*each)(void *userdata, const struct hosted *hosted), void *userdata,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_hosted_ struct hosted hosted = { 0 };
	int r = book
		? store_query(&rows, store, reterr,
			  HOSTED_SELECT " WHERE h.book=? ORDER BY h.digest", "i", book)
		: store_query(&rows, store, reterr,
			  "SELECT h.digest, h.paused, h.due, g.name, b.name, h.settings, h.error"
			  " FROM digest g CROSS JOIN hosted h ON h.digest=g.id"
			  " CROSS JOIN book b ON b.id=h.book ORDER BY g.name",
			  "");

	while (r == 0 && (r = hosted_read_one(&rows, &hosted, reterr)) == 1)
		r = each(userdata, &hosted);
	return r;
}

int hosted_each_wrong(struct store *store, size_t max,
	int (*each)(void *userdata, const struct hosted *hosted), void *userdata,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_hosted_ struct hosted hosted = { 0 };
	int r = store_query(&rows, store, reterr,
		HOSTED_SELECT
		" WHERE h.digest IN (SELECT digest FROM hosted INDEXED BY hosted_error"
		" WHERE error IS NOT NULL ORDER BY digest LIMIT ?) ORDER BY h.digest",
		"i", (int64_t)max);

	while (r == 0 && (r = hosted_read_one(&rows, &hosted, reterr)) == 1)
		r = each(userdata, &hosted);
	return r;
}

int hosted_list_due(struct store *store, int64_t now, int64_t *ret, size_t max, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int n = 0, r;

	r = store_query(&rows, store, reterr,
		"SELECT digest FROM hosted INDEXED BY hosted_due WHERE NOT paused AND due<=?"
		" ORDER BY due, turn, digest LIMIT ?",
		"ii", now, (int64_t)max);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		ret[n++] = store_int(&rows, 0);
		r = 0;
	}
	return r < 0 ? r : n;
}

int hosted_next(struct store *store, int64_t *ret, int64_t *ret_digest, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT due, digest FROM hosted INDEXED BY hosted_due WHERE NOT paused AND due<?"
		" ORDER BY due, turn, digest LIMIT 1",
		"i", INT64_MAX);

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r != 1)
		return r;
	*ret = store_int(&rows, 0);
	if (ret_digest)
		*ret_digest = store_int(&rows, 1);
	return 1;
}

int hosted_set_due(
	struct store *store, int64_t digest, int64_t due, int64_t turn, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE hosted SET due=?2, turn=?3, error=NULL WHERE digest=?1", "iii", digest, due,
		turn);
}

int hosted_set_error(
	struct store *store, int64_t digest, int64_t due, const char *error, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE hosted SET due=?2, error=?3 WHERE digest=?1", "iit",
		digest, due, error);
}

int hosted_look_again(struct store *store, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE hosted SET due=0 WHERE due>0", "");
}

int hosted_last_claim(struct store *store, int64_t *ret, struct err *reterr)
{
	return store_ask(store, ret, reterr,
		"SELECT CAST(value AS INTEGER) FROM meta WHERE key='hosted claim'", "");
}

int hosted_set_last_claim(struct store *store, int64_t instant, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT OR REPLACE INTO meta VALUES ('hosted claim', CAST(? AS TEXT))", "i",
		instant);
}

int hosted_count(struct store *store, struct hosted_counts *ret, struct err *reterr)
{
	int r = store_ask(store, &ret->all, reterr, "SELECT count(*) FROM hosted", "");

	if (r >= 0)
		r = store_ask(store, &ret->paused, reterr,
			"SELECT (SELECT count(*) FROM hosted)"
			" - (SELECT count(*) FROM hosted INDEXED BY hosted_due WHERE NOT paused)",
			"");
	if (r >= 0)
		r = store_ask(store, &ret->wrong, reterr,
			"SELECT count(*) FROM hosted INDEXED BY hosted_error WHERE error IS NOT NULL",
			"");
	return r < 0 ? r : 0;
}
