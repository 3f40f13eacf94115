/* SPDX-License-Identifier: MIT */
/*
 * tags: the tags that a book's contacts carry.
 */
#include "book/tags.h"

#include "core/str.h"

void tags_done(struct tags *tags)
{
	for (size_t i = 0; i < tags->n; i++) {
		free(tags->all[i].name);
		free(tags->all[i].every);
	}
	free(tags->all);
	*tags = (struct tags){ 0 };
}

static int tags_add(struct tags *tags, struct store_rows *rows, struct err *reterr)
{
	struct tag *all = reallocarray(tags->all, tags->n + 1, sizeof(*all)), *tag;
	int r;

	if (!all)
		return err_oom(reterr);
	tags->all = all;
	tag = &all[tags->n++];
	*tag = (struct tag){ .people = store_int(rows, 2) };
	r = store_copy(rows, 0, &tag->name, reterr);
	return r < 0 ? r : store_copy(rows, 1, &tag->every, reterr);
}

/* From who carries each (folded, contact, people): as it was written where the cadence was given, else as the
 * first of them carries it. */
#define TAGS_NAMED                                                                                       \
	" SELECT COALESCE(t.tag, (SELECT text FROM contact_value WHERE contact=c.contact AND kind='tag'" \
	" AND folded=c.folded)), t.every, c.people, c.folded FROM carried c"                             \
	" LEFT JOIN tag_every t ON t.book=?1 AND t.folded=c.folded"                                      \
	" UNION ALL SELECT tag, every, 0, folded FROM tag_every"                                         \
	" WHERE book=?1 AND folded NOT IN (SELECT folded FROM carried) ORDER BY 4"

/* Where the book is alone, whose tags they are need not be looked up: an index holds the rest. */
static int tags_query(struct store_rows *ret, struct store *store, int64_t book, struct err *reterr)
{
	int64_t alone = 0;
	int r = store_ask(store, &alone, reterr,
		"SELECT (SELECT min(book) FROM contact)=?1 AND (SELECT max(book) FROM contact)=?1",
		"i", book);

	if (r < 0)
		return r;
	if (alone)
		return store_query(ret, store, reterr,
			"WITH carried(folded, contact, people) AS MATERIALIZED (SELECT folded, min(contact), count(*)"
			" FROM contact_value WHERE kind='tag' GROUP BY folded)" TAGS_NAMED,
			"i", book);
	return store_query(ret, store, reterr,
		"WITH carried(folded, contact, people) AS MATERIALIZED (SELECT v.folded, min(v.contact), count(*)"
		" FROM contact c CROSS JOIN contact_value v ON v.contact=c.id AND v.kind='tag'"
		" WHERE c.book=?1 GROUP BY v.folded)" TAGS_NAMED,
		"i", book);
}

int tags_list(struct store *store, int64_t book, struct tags *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = tags_query(&rows, store, book, reterr);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = tags_add(ret, &rows, reterr);
	return r;
}
