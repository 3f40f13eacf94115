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

int history_of(struct store *store, int64_t contact, struct history *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT entered_day, source, 'contact', name FROM contact WHERE id=?1"
		" UNION ALL SELECT * FROM (SELECT f.set_day, f.source, field,"
		" CASE field WHEN 'org' THEN org WHEN 'title' THEN title WHEN 'city' THEN city"
		" WHEN 'language' THEN language WHEN 'salutation' THEN salutation WHEN 'note' THEN note"
		" WHEN 'every' THEN every WHEN 'met_place' THEN met_place WHEN 'busy_inbox' THEN busy_inbox"
		" WHEN 'name' THEN name END AS text"
		" FROM field_source f JOIN contact ON id=contact WHERE contact=?1) WHERE text IS NOT NULL"
		" UNION ALL SELECT entered_day, source, kind, text FROM contact_value WHERE contact=?1"
		" UNION ALL SELECT entered_day, source, COALESCE(name, kind), printf('%s%02d-%02d b%d',"
		" CASE year WHEN 0 THEN '--' ELSE printf('%04d-', year) END, month_day / 100,"
		" month_day % 100, number) FROM occasion WHERE contact=?1"
		" UNION ALL SELECT entered_day, 'hand', 'follow-up', what FROM follow_up WHERE contact=?1"
		" UNION ALL SELECT t.day, 'hand', t.kind, COALESCE(c.name || COALESCE(': ' || t.note, ''), t.note)"
		" FROM touch t LEFT JOIN contact c ON c.id=t.other WHERE t.contact=?1"
		" UNION ALL SELECT day, 'hand', 'thanks', what FROM thanks WHERE contact=?1"
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
		" UNION ALL SELECT stage_day, 'hand', 'outreach', stage FROM outreach WHERE contact=?1"
		" UNION ALL SELECT entered_day, 'hand', 'outreach link', link FROM outreach"
		" WHERE contact=?1 AND link IS NOT NULL"
		" UNION ALL SELECT a.day, 'hand', 'outreach ' || a.question, a.text FROM outreach_answer a"
		" JOIN outreach o ON o.id=a.outreach WHERE o.contact=?1"
		" ORDER BY 1",
		"i", contact);
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
