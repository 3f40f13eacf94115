/* SPDX-License-Identifier: MIT */
/*
 * archive-table: what of a book is in its archive. Not in it: messages and what belongs to their
 * delivery, digests of nudged.conf, changes that can be undone, and what follows from the rest.
 */
#include "book/archive-internal.h"

/* Left out of what a person typed. */
#define ARCHIVE_NOT_BY_HAND                                                                        \
	{                                                                                          \
		"source", ARCHIVE_TEXT, true, NULL                                                 \
	}
#define LETTERS "b|t|c|f|i|h|o|g|y"
/* What of a digest's marks stands: of a message that somebody has, or may have, or that came from elsewhere. */
#define ARCHIVE_TOLD                                                                               \
	"FROM told t WHERE digest=?2 AND kind<>'x' AND (EXISTS (SELECT 1 FROM delivery d"          \
	" WHERE d.message=t.message AND d.state IN ('sent', 'in doubt'))"                          \
	" OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message=t.message))"
/* What hangs on a digest that was left out is left out with it. */
#define ARCHIVE_OF_DIGEST " FROM digest WHERE id=?2"

enum {
	TABLE_BOOK,
	TABLE_OFFER,
	TABLE_COUNTER,
	TABLE_TAG,
	TABLE_CONTACT,
	TABLE_FIELD,
	TABLE_ALSO,
	TABLE_VALUE,
	TABLE_KEY,
	TABLE_OCCASION,
	TABLE_OCCURRENCE,
	TABLE_KEEPING,
	TABLE_TOUCH,
	TABLE_ALIAS,
	TABLE_HANDLE,
	TABLE_DIFFER,
	TABLE_INTRODUCED,
	TABLE_FOLLOW_UP,
	TABLE_LEDGER,
	TABLE_THANKS,
	TABLE_COFFEE,
	TABLE_SUGGESTION,
	TABLE_OUTREACH,
	TABLE_ANSWER,
	TABLE_FORUM,
	TABLE_REPLY,
	TABLE_FORGOTTEN,
	TABLE_DIGEST,
	TABLE_HOSTED,
	TABLE_CLAIM,
	TABLE_MESSAGE,
	TABLE_TOLD,
	TABLE_COUNT,
};

const struct archive_table archive_tables[TABLE_COUNT + 1] = {
	[TABLE_BOOK] = { "book", "book", NULL,
		"SELECT owner, city, intro, paused_until FROM book WHERE id=?1",
		"UPDATE book SET owner=?3, city=?4, intro=?5, paused_until=?6 WHERE id=?1",
		{ { "owner", ARCHIVE_LINE, true, NULL }, { "city", ARCHIVE_LINE, true, NULL },
			{ "intro", ARCHIVE_TEXT, true, NULL },
			{ "paused_until", ARCHIVE_DAY, true, NULL } } },
	[TABLE_OFFER] = { "offers", "offer", &archive_tables[TABLE_BOOK],
		"SELECT text FROM offer WHERE book=?1 ORDER BY text",
		"INSERT INTO offer (book, text) VALUES (?1, ?3)",
		{ { "text", ARCHIVE_LINE, false, NULL } } },
	[TABLE_COUNTER] = { "counters", "counter", NULL,
		"SELECT letter, last FROM counter WHERE book=?1 ORDER BY letter",
		"INSERT INTO counter (book, letter, last) VALUES (?1, ?3, ?4)"
		" ON CONFLICT DO UPDATE SET last=max(last, excluded.last)",
		{ { "letter", ARCHIVE_WORD, false, LETTERS },
			{ "last", ARCHIVE_INT, false, NULL } } },
	[TABLE_TAG] = { "tags", "tag_every", NULL,
		"SELECT tag, every FROM tag_every WHERE book=?1 ORDER BY folded",
		"INSERT INTO tag_every (book, tag, folded, every) VALUES (?1, ?3, ?4, ?5)",
		{ { "tag", ARCHIVE_LINE, false, NULL }, { "folded", ARCHIVE_FOLDED, false, NULL },
			{ "every", ARCHIVE_TEXT, false, NULL } } },
	[TABLE_CONTACT] = { "contacts", "contact", NULL,
		"SELECT id, name, org, title, city, language, salutation, note, every, met_day, met_place,"
		" busy_inbox, via, touch_from, source, entered_day FROM contact WHERE book=?1 ORDER BY id",
		"INSERT INTO contact (book, id, name, folded, org, title, city, language, salutation, note,"
		" every, met_day, met_place, busy_inbox, via, touch_from, source, entered_day) VALUES"
		" (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
		{ { "id", ARCHIVE_CONTACT, false, NULL }, { "name", ARCHIVE_LINE, false, NULL },
			{ "folded", ARCHIVE_FOLDED, false, NULL },
			{ "org", ARCHIVE_LINE, true, NULL }, { "title", ARCHIVE_LINE, true, NULL },
			{ "city", ARCHIVE_LINE, true, NULL },
			{ "language", ARCHIVE_LINE, true, NULL },
			{ "salutation", ARCHIVE_LINE, true, NULL },
			{ "note", ARCHIVE_TEXT, true, NULL }, { "every", ARCHIVE_TEXT, true, NULL },
			{ "met", ARCHIVE_DAY, true, NULL },
			{ "met_place", ARCHIVE_LINE, true, NULL },
			{ "busy_inbox", ARCHIVE_WORD, true, "yes" },
			{ "via", ARCHIVE_INT, true, NULL },
			{ "touch_from", ARCHIVE_DAY, true, NULL },
			{ "source", ARCHIVE_TEXT, false, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL } } },
	[TABLE_FIELD] = { "fields", "field_source", &archive_tables[TABLE_CONTACT],
		"SELECT field, source, set_day FROM field_source WHERE contact=?2 ORDER BY field",
		"INSERT INTO field_source (contact, field, source, set_day) VALUES (?2, ?3, ?4, ?5)",
		{ { "field", ARCHIVE_TEXT, false, NULL }, { "source", ARCHIVE_TEXT, false, NULL },
			{ "set", ARCHIVE_DAY, false, NULL } } },
	[TABLE_ALSO] = { "also", "also_source", &archive_tables[TABLE_CONTACT],
		"SELECT what, source FROM also_source WHERE contact=?2 ORDER BY what, source",
		"INSERT INTO also_source (contact, what, source) VALUES (?2, ?3, ?4)",
		{ { "what", ARCHIVE_TEXT, false, NULL },
			{ "source", ARCHIVE_TEXT, false, NULL } } },
	[TABLE_VALUE] = { "values", "contact_value", &archive_tables[TABLE_CONTACT],
		"SELECT kind, place, text, label, source, entered_day FROM contact_value WHERE contact=?2"
		" ORDER BY kind, place",
		"INSERT INTO contact_value (contact, kind, place, text, folded, label, source, entered_day)"
		" VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
		{ { "kind", ARCHIVE_WORD, false, "email|phone|link|tag|offers|seeks|extra" },
			{ "place", ARCHIVE_INT, false, NULL },
			{ "text", ARCHIVE_LINE, false, NULL },
			{ "folded", ARCHIVE_FOLDED, false, NULL },
			{ "label", ARCHIVE_LINE, true, NULL },
			{ "source", ARCHIVE_TEXT, false, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL } } },
	[TABLE_KEY] = { "keys", "contact_key", &archive_tables[TABLE_CONTACT],
		"SELECT key, source, owns, merged FROM contact_key WHERE contact=?2 ORDER BY key",
		"INSERT INTO contact_key (book, contact, key, source, owns, merged)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		{ { "key", ARCHIVE_TEXT, false, NULL }, { "source", ARCHIVE_TEXT, false, NULL },
			{ "owns", ARCHIVE_BOOL, false, NULL },
			{ "merged", ARCHIVE_BOOL, false, NULL } } },
	[TABLE_OCCASION] = { "occasions", "occasion", &archive_tables[TABLE_CONTACT],
		"SELECT number, kind, name, year, month_day, source, entered_day, dropped FROM occasion"
		" WHERE contact=?2 ORDER BY number",
		"INSERT INTO occasion (book, contact, number, kind, name, year, month_day, source, entered_day,"
		" dropped) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
		{ { "number", ARCHIVE_INT, false, NULL },
			{ "kind", ARCHIVE_WORD, false, "birthday|anniversary|name-day|met|named" },
			{ "name", ARCHIVE_LINE, true, NULL },
			{ "date", ARCHIVE_YEARLY, false, NULL },
			{ "source", ARCHIVE_TEXT, false, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL },
			{ "dropped", ARCHIVE_BOOL, false, NULL } } },
	[TABLE_OCCURRENCE] = { "years", "occurrence", &archive_tables[TABLE_OCCASION],
		"SELECT year, done_day, until_day FROM occurrence WHERE book=?1 AND number=?2 ORDER BY year",
		"INSERT INTO occurrence (book, number, year, done_day, until_day) VALUES (?1, ?2, ?3, ?4, ?5)",
		{ { "year", ARCHIVE_POSITIVE, false, NULL }, { "done", ARCHIVE_DAY, true, NULL },
			{ "until", ARCHIVE_DAY, true, NULL } } },
	[TABLE_KEEPING] = { "keeping", "keeping", &archive_tables[TABLE_CONTACT],
		"SELECT number, due_day, span_days, until_day FROM keeping WHERE contact=?2",
		"INSERT INTO keeping (book, contact, number, due_day, span_days, until_day)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		{ { "number", ARCHIVE_INT, false, NULL }, { "due", ARCHIVE_DAY, true, NULL },
			{ "span_days", ARCHIVE_POSITIVE, false, NULL },
			{ "until", ARCHIVE_DAY, true, NULL } } },
	[TABLE_TOUCH] = { "touches", "touch", &archive_tables[TABLE_CONTACT],
		"SELECT day, kind, note, nullif(source, 'hand') FROM touch WHERE contact=?2 ORDER BY id",
		"INSERT INTO touch (contact, day, kind, note, source)"
		" VALUES (?2, ?3, ?4, ?5, COALESCE(?6, 'hand'))",
		{ { "day", ARCHIVE_DAY, false, NULL }, { "kind", ARCHIVE_TEXT, false, NULL },
			{ "note", ARCHIVE_TEXT, true, NULL }, ARCHIVE_NOT_BY_HAND } },
	[TABLE_ALIAS] = { "aliases", "alias", &archive_tables[TABLE_CONTACT],
		"SELECT id, name, source, entered_day, alone, merged_day FROM alias WHERE contact=?2 ORDER BY id",
		"INSERT INTO alias (book, contact, id, name, folded, source, entered_day, alone, merged_day)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
		{ { "id", ARCHIVE_CONTACT, false, NULL }, { "name", ARCHIVE_LINE, false, NULL },
			{ "folded", ARCHIVE_FOLDED, false, NULL },
			{ "source", ARCHIVE_TEXT, false, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL },
			{ "alone", ARCHIVE_BOOL, false, NULL },
			{ "merged", ARCHIVE_DAY, false, NULL } } },
	[TABLE_HANDLE] = { "handles", "handle_alias", &archive_tables[TABLE_CONTACT],
		"SELECT letter, number, now FROM handle_alias WHERE contact=?2 ORDER BY letter, number",
		"INSERT INTO handle_alias (book, contact, letter, number, now) VALUES (?1, ?2, ?3, ?4, ?5)",
		{ { "letter", ARCHIVE_WORD, false, LETTERS },
			{ "number", ARCHIVE_INT, false, NULL },
			{ "now", ARCHIVE_INT, false, NULL } } },
	[TABLE_DIFFER] = { "differ", "differ", NULL,
		"SELECT one, other FROM differ JOIN contact ON id=one WHERE book=?1 ORDER BY one, other",
		"INSERT INTO differ (one, other) VALUES (?3, ?4)",
		{ { "one", ARCHIVE_CONTACT, false, NULL },
			{ "other", ARCHIVE_CONTACT, false, NULL } } },
	/* Whom a touch names may stand behind its contact: it is told when all are there, by the touch's place. */
	[TABLE_INTRODUCED] = { "introduced", "touch", NULL,
		"SELECT contact, (SELECT count(*) FROM touch b WHERE b.contact=t.contact AND b.id<t.id), other"
		" FROM touch t JOIN contact c ON c.id=t.contact WHERE c.book=?1 AND other IS NOT NULL"
		" ORDER BY t.contact, t.id",
		"UPDATE touch SET other=?5 WHERE id="
		"(SELECT id FROM touch WHERE contact=?3 ORDER BY id LIMIT 1 OFFSET ?4)",
		{ { "contact", ARCHIVE_CONTACT, false, NULL },
			{ "touch", ARCHIVE_INT, false, NULL },
			{ "other", ARCHIVE_CONTACT, false, NULL } } },
	[TABLE_FOLLOW_UP] = { "follow_ups", "follow_up", NULL,
		"SELECT number, contact, what, due_day, due_minute, entered_day, done_day, answer, first_day,"
		" repeat_months, repeat_days, repeat_after_done FROM follow_up WHERE book=?1 ORDER BY number",
		"INSERT INTO follow_up (book, number, contact, what, due_day, due_minute, entered_day, done_day,"
		" answer, first_day, repeat_months, repeat_days, repeat_after_done)"
		" VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
		{ { "number", ARCHIVE_INT, false, NULL },
			{ "contact", ARCHIVE_CONTACT, true, NULL },
			{ "what", ARCHIVE_LINE, false, NULL }, { "due", ARCHIVE_DAY, false, NULL },
			{ "due_minute", ARCHIVE_MINUTE, true, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL },
			{ "done", ARCHIVE_DAY, true, NULL }, { "answer", ARCHIVE_TEXT, true, NULL },
			{ "first", ARCHIVE_DAY, true, NULL },
			{ "repeat_months", ARCHIVE_COUNT, false, NULL },
			{ "repeat_days", ARCHIVE_COUNT, false, NULL },
			{ "repeat_after_done", ARCHIVE_BOOL, false, NULL } } },
	[TABLE_LEDGER] = { "ledger", "ledger", NULL,
		"SELECT contact, kind, what, day, entered_day, nullif(source, 'hand') FROM ledger WHERE book=?1"
		" ORDER BY id",
		"INSERT INTO ledger (book, contact, kind, what, day, entered_day, source)"
		" VALUES (?1, ?3, ?4, ?5, ?6, ?7, COALESCE(?8, 'hand'))",
		{ { "contact", ARCHIVE_CONTACT, false, NULL },
			{ "kind", ARCHIVE_WORD, false, "gave|received|asked|offered" },
			{ "what", ARCHIVE_TEXT, false, NULL }, { "day", ARCHIVE_DAY, false, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL }, ARCHIVE_NOT_BY_HAND } },
	[TABLE_THANKS] = { "thanks", "thanks", NULL,
		"SELECT number, contact, what, day, done_day, nullif(source, 'hand') FROM thanks WHERE book=?1"
		" ORDER BY number",
		"INSERT INTO thanks (book, number, contact, what, day, done_day, source)"
		" VALUES (?1, ?3, ?4, ?5, ?6, ?7, COALESCE(?8, 'hand'))",
		{ { "number", ARCHIVE_INT, false, NULL },
			{ "contact", ARCHIVE_CONTACT, false, NULL },
			{ "what", ARCHIVE_TEXT, false, NULL }, { "day", ARCHIVE_DAY, false, NULL },
			{ "done", ARCHIVE_DAY, true, NULL }, ARCHIVE_NOT_BY_HAND } },
	[TABLE_COFFEE] = { "coffees", "coffee", NULL,
		"SELECT number, contact, stage, stage_day, day, minute, place, outcome, open, until_day"
		" FROM coffee WHERE book=?1 ORDER BY number",
		"INSERT INTO coffee (book, number, contact, stage, stage_day, day, minute, place, outcome, open,"
		" until_day) VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
		{ { "number", ARCHIVE_INT, false, NULL },
			{ "contact", ARCHIVE_CONTACT, false, NULL },
			{ "stage", ARCHIVE_WORD, false,
				"idea|invited|agreed|met|thanked|declined|no answer" },
			{ "since", ARCHIVE_DAY, false, NULL }, { "day", ARCHIVE_DAY, true, NULL },
			{ "minute", ARCHIVE_MINUTE, true, NULL },
			{ "place", ARCHIVE_TEXT, true, NULL },
			{ "outcome", ARCHIVE_BOOL, false, NULL },
			{ "open", ARCHIVE_BOOL, false, NULL },
			{ "until", ARCHIVE_DAY, true, NULL } } },
	[TABLE_SUGGESTION] = { "suggestions", "suggestion", NULL,
		"SELECT letter, number, seeker, offerer, stage, stage_day, told_day, next_day, seeks, offers,"
		" because, entered_day FROM suggestion WHERE book=?1 ORDER BY letter, number",
		"INSERT INTO suggestion (book, letter, number, seeker, offerer, stage, stage_day, told_day,"
		" next_day, seeks, offers, because, entered_day)"
		" VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
		{ { "letter", ARCHIVE_WORD, false, "i|h" }, { "number", ARCHIVE_INT, false, NULL },
			{ "seeker", ARCHIVE_CONTACT, false, NULL },
			{ "offerer", ARCHIVE_CONTACT, true, NULL },
			{ "stage", ARCHIVE_WORD, false,
				"suggested|asked|made|helped|dropped|known" },
			{ "since", ARCHIVE_DAY, false, NULL }, { "told", ARCHIVE_DAY, true, NULL },
			{ "next", ARCHIVE_DAY, false, NULL }, { "seeks", ARCHIVE_TEXT, true, NULL },
			{ "offers", ARCHIVE_TEXT, true, NULL },
			{ "because", ARCHIVE_TEXT, true, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL } } },
	[TABLE_OUTREACH] = { "outreaches", "outreach", NULL,
		"SELECT number, contact, name, link, stage, stage_day, entered_day, open, event_day, busy,"
		" until_day, nullif(source, 'hand') FROM outreach WHERE book=?1 ORDER BY number",
		"INSERT INTO outreach (book, number, contact, name, folded, link, stage, stage_day, entered_day,"
		" open, event_day, busy, until_day, source)"
		" VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, COALESCE(?15, 'hand'))",
		{ { "number", ARCHIVE_INT, false, NULL },
			{ "contact", ARCHIVE_CONTACT, true, NULL },
			{ "name", ARCHIVE_LINE, true, NULL },
			{ "folded", ARCHIVE_FOLDED, true, NULL },
			{ "link", ARCHIVE_LINE, true, NULL },
			{ "stage", ARCHIVE_WORD, false,
				"draft|sent|accepted|declined|no answer|dropped" },
			{ "since", ARCHIVE_DAY, false, NULL },
			{ "entered", ARCHIVE_DAY, false, NULL },
			{ "open", ARCHIVE_BOOL, false, NULL }, { "event", ARCHIVE_DAY, true, NULL },
			{ "busy", ARCHIVE_BOOL, false, NULL }, { "until", ARCHIVE_DAY, true, NULL },
			ARCHIVE_NOT_BY_HAND } },
	[TABLE_ANSWER] = { "answers", "outreach_answer", &archive_tables[TABLE_OUTREACH],
		"SELECT question, text, day FROM outreach_answer WHERE outreach="
		"(SELECT id FROM outreach WHERE book=?1 AND number=?2) ORDER BY question",
		"INSERT INTO outreach_answer (outreach, question, text, day)"
		" SELECT id, ?3, ?4, ?5 FROM outreach WHERE book=?1 AND number=?2",
		{ { "question", ARCHIVE_WORD, false, "today|common|fascinates|hope" },
			{ "text", ARCHIVE_TEXT, false, NULL },
			{ "day", ARCHIVE_DAY, false, NULL } } },
	[TABLE_FORUM] = { "forums", "forum", NULL,
		"SELECT number, name, url, topics, count, period, dropped FROM forum WHERE book=?1"
		" ORDER BY number",
		"INSERT INTO forum (book, number, name, folded, url, topics, count, period, dropped)"
		" VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
		{ { "number", ARCHIVE_INT, false, NULL }, { "name", ARCHIVE_LINE, false, NULL },
			{ "folded", ARCHIVE_FOLDED, false, NULL },
			{ "url", ARCHIVE_LINE, true, NULL }, { "topics", ARCHIVE_LINE, true, NULL },
			{ "count", ARCHIVE_POSITIVE, false, NULL },
			{ "period", ARCHIVE_WORD, false, "week|month" },
			{ "dropped", ARCHIVE_BOOL, false, NULL } } },
	[TABLE_REPLY] = { "replies", "reply", &archive_tables[TABLE_FORUM],
		"SELECT day, count, contact, note FROM reply WHERE book=?1 AND forum=?2 ORDER BY id",
		"INSERT INTO reply (book, forum, day, count, contact, note)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		{ { "day", ARCHIVE_DAY, false, NULL }, { "count", ARCHIVE_INT, false, NULL },
			{ "contact", ARCHIVE_CONTACT, true, NULL },
			{ "note", ARCHIVE_TEXT, true, NULL } } },
	[TABLE_FORGOTTEN] = { "forgotten", "forgotten", NULL,
		"SELECT hash FROM forgotten WHERE book=?1 ORDER BY hash",
		"INSERT INTO forgotten (book, hash) VALUES (?1, ?3)",
		{ { "hash", ARCHIVE_HASH, false, NULL } } },
	[TABLE_DIGEST] = { "digests", "digest", NULL,
		"SELECT g.id, g.name, g.cadence, g.timezone, g.since FROM digest g JOIN hosted h ON h.digest=g.id"
		" WHERE h.book=?1 ORDER BY g.id",
		"INSERT INTO digest (id, name, cadence, timezone, since) VALUES (?3, ?4, ?5, ?6, ?7)"
		" ON CONFLICT (name) DO NOTHING",
		{ { "number", ARCHIVE_DIGEST, false, NULL }, { "name", ARCHIVE_LINE, false, NULL },
			{ "cadence", ARCHIVE_LINE, false, NULL },
			{ "timezone", ARCHIVE_LINE, false, NULL },
			{ "since", ARCHIVE_INT, false, NULL } } },
	/* Paused, for it may go on where it came from. */
	[TABLE_HOSTED] = { "settings", "hosted", &archive_tables[TABLE_DIGEST],
		"SELECT settings, holds FROM hosted WHERE digest=?2",
		"INSERT INTO hosted (digest, book, settings, holds, paused)"
		" SELECT id, ?1, ?3, ?4, 1" ARCHIVE_OF_DIGEST,
		{ { "text", ARCHIVE_TEXT, false, NULL }, { "holds", ARCHIVE_BOOL, false, NULL } } },
	/* Where it left off, and what is still to be told. */
	[TABLE_CLAIM] = { "claims", "claim", &archive_tables[TABLE_DIGEST],
		"SELECT slot, from_day, to_day, floor_day, claimed_at, delivered FROM claim WHERE digest=?2"
		" AND (NOT delivered OR slot=(SELECT max(slot) FROM claim WHERE digest=?2)"
		" OR slot=(SELECT max(slot) FROM claim WHERE digest=?2 AND from_day<to_day)) ORDER BY slot",
		"INSERT INTO claim (digest, slot, from_day, to_day, floor_day, claimed_at, delivered)"
		" SELECT id, ?3, ?4, ?5, ?6, ?7, ?8" ARCHIVE_OF_DIGEST,
		{ { "slot", ARCHIVE_INT, false, NULL }, { "from", ARCHIVE_DAY, false, NULL },
			{ "to", ARCHIVE_DAY, false, NULL }, { "floor", ARCHIVE_DAY, false, NULL },
			{ "claimed_at", ARCHIVE_INT, false, NULL },
			{ "delivered", ARCHIVE_BOOL, false, NULL } } },
	/* The last one that told something, without its words: the marks hang on it. */
	[TABLE_MESSAGE] = { "mails", "message", &archive_tables[TABLE_DIGEST],
		"SELECT slot, message_id, sender, composed_at FROM message WHERE id="
		"(SELECT max(message) " ARCHIVE_TOLD ")",
		"INSERT INTO message (digest, slot, message_id, sender, subject, composed_at)"
		" SELECT id, ?3, ?4, ?5, '', ?6" ARCHIVE_OF_DIGEST,
		{ { "slot", ARCHIVE_INT, false, NULL }, { "id", ARCHIVE_LINE, false, NULL },
			{ "sender", ARCHIVE_LINE, false, NULL },
			{ "composed_at", ARCHIVE_INT, false, NULL } } },
	/* An entry of the ledger has no number of its own that would come along: the first, the second of the book. */
	[TABLE_TOLD] = { "told", "told", &archive_tables[TABLE_DIGEST],
		"SELECT kind, CASE kind WHEN 'o' THEN (SELECT count(*) FROM ledger WHERE book=?1"
		" AND id<=t.number) ELSE number END, mark, day " ARCHIVE_TOLD
		" ORDER BY kind, number, mark",
		"INSERT INTO told (digest, kind, number, mark, day, message) SELECT id, ?3,"
		" CASE ?3 WHEN 'o' THEN (SELECT id FROM ledger WHERE book=?1 ORDER BY id LIMIT 1"
		" OFFSET max(?4 - 1, 0)) ELSE ?4 END, ?5, ?6,"
		" (SELECT max(id) FROM message WHERE digest=?2)" ARCHIVE_OF_DIGEST,
		{ { "kind", ARCHIVE_WORD, false, "b|l|s|f|t|y|c|r|o|i|h|p|e" },
			{ "number", ARCHIVE_INT, false, NULL },
			{ "mark", ARCHIVE_INT, false, NULL },
			{ "day", ARCHIVE_DAY, false, NULL } } },
};

const char archive_raise_counters[] =
	"INSERT INTO counter SELECT ?1, letter, max(number) FROM ("
	"SELECT 'b' AS letter, number FROM occasion WHERE book=?1"
	" UNION ALL SELECT 't', number FROM keeping WHERE book=?1"
	" UNION ALL SELECT 'c', number FROM coffee WHERE book=?1"
	" UNION ALL SELECT 'f', number FROM follow_up WHERE book=?1"
	" UNION ALL SELECT letter, number FROM suggestion WHERE book=?1"
	" UNION ALL SELECT 'o', number FROM outreach WHERE book=?1"
	" UNION ALL SELECT 'g', number FROM forum WHERE book=?1"
	" UNION ALL SELECT 'y', number FROM thanks WHERE book=?1"
	" UNION ALL SELECT letter, number FROM handle_alias WHERE book=?1) WHERE true GROUP BY letter"
	" ON CONFLICT DO UPDATE SET last=max(last, excluded.last)";
