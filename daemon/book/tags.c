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

int tags_list(struct store *store, int64_t book, struct tags *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	/* As it was written where the cadence was given, else as somebody carries it. */
	int r = store_query(&rows, store, reterr,
		"SELECT COALESCE(t.tag, carried), every, COALESCE(people, 0) FROM"
		" (SELECT v.folded, min(v.text) AS carried, count(*) AS people FROM contact_value v"
		" JOIN contact c ON c.id=v.contact WHERE c.book=?1 AND v.kind='tag' GROUP BY v.folded"
		" UNION ALL SELECT e.folded, NULL, NULL FROM tag_every e WHERE e.book=?1 AND NOT EXISTS"
		" (SELECT 1 FROM contact_value v JOIN contact c ON c.id=v.contact"
		" WHERE c.book=?1 AND v.kind='tag' AND v.folded=e.folded)) AS a"
		" LEFT JOIN tag_every t ON t.book=?1 AND t.folded=a.folded ORDER BY a.folded",
		"i", book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		r = tags_add(ret, &rows, reterr);
	return r;
}
