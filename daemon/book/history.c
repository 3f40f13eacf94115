/* SPDX-License-Identifier: MIT */
/*
 * history: everything held about a person, with where it came from and when.
 */
#include "book/history.h"

void history_done(struct history *history)
{
	for (size_t i = 0; i < history->n; i++) {
		free(history->all[i].source);
		free(history->all[i].what);
		free(history->all[i].text);
	}
	free(history->all);
	*history = (struct history){ 0 };
}

/* A row for each thing that is held: the day, who said it, what it is, and its words. */
static const char history_sql[] =
	"SELECT entered_day, source, 'contact', name FROM contact WHERE id=?1"
	/* A text of which nothing is noted came with the contact. */
	" UNION ALL SELECT COALESCE(f.set_day, entered_day), COALESCE(f.source, c.source) ||"
	" COALESCE((SELECT ', ' || group_concat(source, ', ') FROM also_source"
	" WHERE contact=?1 AND what=t.field), ''), t.field, t.text"
	" FROM (SELECT 'org' AS field, org AS text FROM contact WHERE id=?1"
	" UNION ALL SELECT 'title', title FROM contact WHERE id=?1"
	" UNION ALL SELECT 'city', city FROM contact WHERE id=?1"
	" UNION ALL SELECT 'language', language FROM contact WHERE id=?1"
	" UNION ALL SELECT 'salutation', salutation FROM contact WHERE id=?1"
	" UNION ALL SELECT 'note', note FROM contact WHERE id=?1"
	" UNION ALL SELECT 'every', every FROM contact WHERE id=?1"
	" UNION ALL SELECT 'met_place', met_place FROM contact WHERE id=?1"
	" UNION ALL SELECT 'busy_inbox', busy_inbox FROM contact WHERE id=?1"
	" UNION ALL SELECT 'name', name FROM contact WHERE id=?1 AND EXISTS"
	" (SELECT 1 FROM field_source WHERE contact=?1 AND field='name')) AS t"
	" JOIN contact c ON c.id=?1 LEFT JOIN field_source f ON f.contact=?1 AND f.field=t.field"
	" WHERE t.text IS NOT NULL"
	" UNION ALL SELECT entered_day, source || COALESCE((SELECT ', ' || group_concat(a.source, ', ')"
	" FROM also_source a WHERE a.contact=?1 AND a.what=v.kind || ':' || v.folded), ''), kind, text"
	" FROM contact_value v WHERE contact=?1"
	" UNION ALL SELECT entered_day, source || COALESCE((SELECT ', ' || group_concat(a.source, ', ')"
	" FROM also_source a WHERE a.contact=?1 AND a.what='b' || number), ''), COALESCE(name, kind),"
	" printf('%s%02d-%02d b%d', CASE year WHEN 0 THEN '--' ELSE printf('%04d-', year) END,"
	" month_day / 100, month_day % 100, number) FROM occasion WHERE contact=?1"
	" UNION ALL SELECT entered_day, 'hand', 'follow-up', what FROM follow_up WHERE contact=?1"
	" UNION ALL SELECT t.day, t.source, t.kind, COALESCE(c.name || COALESCE(': ' || t.note, ''), t.note)"
	" FROM touch t LEFT JOIN contact c ON c.id=t.other WHERE t.contact=?1"
	" UNION ALL SELECT day, source, 'thanks', what FROM thanks WHERE contact=?1"
	" UNION ALL SELECT s.entered_day, 'hand', CASE letter WHEN 'i' THEN 'introduction' ELSE 'help' END,"
	" stage || COALESCE(', with ' || o.name, '') || COALESCE(': ' || seeks, '') ||"
	" COALESCE(' / ' || offers, '') || COALESCE(': ' || because, '')"
	" FROM suggestion s LEFT JOIN contact o ON o.id=CASE seeker WHEN ?1 THEN offerer ELSE seeker END"
	" WHERE seeker=?1 OR offerer=?1"
	" UNION ALL SELECT stage_day, 'hand', 'coffee', stage FROM coffee WHERE contact=?1"
	" UNION ALL SELECT f.set_day, f.source, 'via', g.name FROM contact c"
	" JOIN field_source f ON f.contact=c.id AND f.field='via'"
	" JOIN forum g ON g.book=c.book AND g.number=c.via WHERE c.id=?1"
	" UNION ALL SELECT entered_day, source, 'contact', name || ' #' || id FROM alias"
	" WHERE contact=?1 AND id<>?1"
	" UNION ALL SELECT merged_day, 'hand', 'merged', name || ' #' || id FROM alias"
	" WHERE contact=?1 AND id<>?1"
	" UNION ALL SELECT stage_day, source, 'outreach', stage FROM outreach WHERE contact=?1"
	" UNION ALL SELECT entered_day, source, 'outreach link', link FROM outreach"
	" WHERE contact=?1 AND link IS NOT NULL"
	" UNION ALL SELECT a.day, 'hand', 'outreach ' || a.question, a.text FROM outreach_answer a"
	" JOIN outreach o ON o.id=a.outreach WHERE o.contact=?1"
	" ORDER BY 1";

int history_of(struct store *store, int64_t contact, struct history *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr, history_sql, "i", contact);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct history_entry *e = reallocarray(ret->all, ret->n + 1, sizeof(*e));

		if (!e)
			return err_oom(reterr);
		ret->all = e;
		e += ret->n++;
		*e = (struct history_entry){ .day = store_day(&rows, 0) };
		r = store_copy(&rows, 1, &e->source, reterr);
		if (r == 0)
			r = store_copy(&rows, 2, &e->what, reterr);
		if (r == 0)
			r = store_copy(&rows, 3, &e->text, reterr);
	}
	return r;
}
