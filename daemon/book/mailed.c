/* SPDX-License-Identifier: MIT */
/*
 * mailed: what was sent when, to whom, and what it told.
 */
#include "book/mailed.h"

#include "book/digests.h"
#include "book/outbox.h"
#include "core/str.h"

/* What is told, to the letter of its handle; 0: it has none. */
static char mailed_letter(const char *kind)
{
	static const struct {
		const char *kind;
		char letter;
	} rows[] = {
		{ TOLD_ANNOUNCED, 'b' },
		{ TOLD_PUT_BACK, 'b' },
		{ TOLD_OUTREACH, 'o' },
		{ TOLD_OFFERED, 0 },
		{ TOLD_PAST, 0 },
		{ TOLD_CALENDAR, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_equal(rows[i].kind, kind))
			return rows[i].letter;
	return *kind;
}

static int mailed_add_handles(
	struct str *out, struct store *store, int64_t message, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT DISTINCT kind, number FROM told WHERE message=? ORDER BY kind, number", "i",
		message);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		char letter = mailed_letter(store_text(&rows, 0));

		r = 0;
		if (!letter)
			continue;
		str_add_separator(out, " ");
		str_addf(out, "%c%lld", letter, (long long)store_int(&rows, 1));
	}
	return r < 0 ? r : str_check(out, reterr);
}

int mailed_each(struct store *store, int limit, int (*each)(void *userdata, const struct mailed *),
	void *userdata, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT d.changed_at, g.name, d.recipient, d.state, m.subject, m.id,"
		" d.state='sent' AND d.doubts>0,"
		" CASE WHEN d.state IN ('queued', 'in doubt') AND d.next_try<?2 THEN d.next_try ELSE 0 END"
		" FROM delivery d"
		" JOIN message m ON m.id=d.message JOIN digest g ON g.id=m.digest"
		" ORDER BY d.id DESC LIMIT ?1",
		"ii", (int64_t)limit, OUTBOX_NEVER);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		_cleanup_str_ struct str handles = STR_INIT;
		struct mailed mailed = {
			.changed_at = store_int(&rows, 0),
			.digest = store_text(&rows, 1),
			.recipient = store_text(&rows, 2),
			.state = store_text(&rows, 3),
			.subject = store_text(&rows, 4),
			.twice = store_int(&rows, 6) != 0,
			.next_try = store_int(&rows, 7),
		};

		r = mailed_add_handles(&handles, store, store_int(&rows, 5), reterr);
		mailed.handles = str_text(&handles);
		if (r == 0)
			r = each(userdata, &mailed);
	}
	return r < 0 ? r : 0;
}

#define MAILED_PATIENCE                                                                            \
	3600 /* seconds that a mail may fail without anybody being told to do something */
#define MAILED_DOUBT 600 /* a doubt without an error is that of a dot on its way */

int mailed_each_missing(struct store *store, int64_t now,
	int (*each)(void *userdata, const struct mailed_missing *), void *userdata,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT recipient, COALESCE(error, ''), state='refused', state='in doubt',"
		" state='in doubt' AND next_try=9223372036854775807 AND error IS NOT NULL AS held,"
		" CASE WHEN state='in doubt' AND error IS NULL THEN changed_at ELSE 0 END,"
		" g.name, max(d.id)"
		" FROM delivery d JOIN message m ON m.id=d.message JOIN digest g ON g.id=m.digest"
		" WHERE (state IN ('queued', 'attempting') AND failing_since<=?1)"
		" OR (state='in doubt' AND (error IS NOT NULL OR changed_at<=?2))"
		" OR (state='refused' AND NOT EXISTS (SELECT 1 FROM message n JOIN delivery s ON s.message=n.id"
		" WHERE n.digest=m.digest AND n.id>m.id AND s.state='sent'))"
		" GROUP BY recipient, state ORDER BY state='refused' DESC, held DESC, recipient",
		"ii", now - MAILED_PATIENCE, now - MAILED_DOUBT);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		const struct mailed_missing missing = { store_text(&rows, 0), store_text(&rows, 1),
			store_int(&rows, 2) != 0, store_int(&rows, 4) != 0,
			store_int(&rows, 3) != 0, store_int(&rows, 5), store_text(&rows, 6) };

		r = each(userdata, &missing);
	}
	return r;
}

int mailed_each_refused(struct store *store,
	void (*each)(void *userdata, const char *digest, bool hosted), void *userdata,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT g.name, h.digest IS NOT NULL FROM digest g LEFT JOIN hosted h ON h.digest=g.id"
		" WHERE COALESCE(h.paused, 0)=0 AND g.id IN"
		" (SELECT m.digest FROM delivery d JOIN message m ON m.id=d.message WHERE d.state='refused'"
		" AND NOT EXISTS (SELECT 1 FROM message n JOIN delivery s ON s.message=n.id"
		" WHERE n.digest=m.digest AND n.id>m.id AND +s.state='sent')) ORDER BY g.name",
		"");

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		each(userdata, store_text(&rows, 0), store_int(&rows, 1) != 0);
		r = 0;
	}
	return r;
}
