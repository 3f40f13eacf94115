/* SPDX-License-Identifier: MIT */
/*
 * outreaches: requests to people one does not know yet.
 *
 * Somebody new has a name here and no contact; once there is one, the name is the contact's. The
 * answers have a row each, so that one can be taken away, and all be erased, without a trace.
 */
#include "book/outreaches.h"

#include "book/books.h"
#include "book/contacts.h"
#include "book/search.h"
#include "book/touches.h"
#include "core/likeness.h"
#include "core/str.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

#define OUTREACH_SELECT                                                                            \
	"SELECT o.id, o.number, COALESCE(o.contact, 0), o.stage, o.stage_day, o.event_day,"        \
	" o.busy OR c.busy_inbox IS NOT NULL, COALESCE(o.until_day, 0), COALESCE(c.name, o.name)," \
	" o.link, o.open FROM outreach o LEFT JOIN contact c ON c.id=o.contact "

static const char *const outreach_stages[OUTREACH_STAGE_COUNT] = {
	[OUTREACH_DRAFT] = "draft",
	[OUTREACH_SENT] = "sent",
	[OUTREACH_ACCEPTED] = "accepted",
	[OUTREACH_DECLINED] = "declined",
	[OUTREACH_NO_ANSWER] = "no answer",
	[OUTREACH_DROPPED] = "dropped",
};

static const char *const outreach_questions[OUTREACH_QUESTION_COUNT] = {
	[OUTREACH_TODAY] = "today",
	[OUTREACH_COMMON] = "common",
	[OUTREACH_FASCINATES] = "fascinates",
	[OUTREACH_HOPE] = "hope",
};

const char *outreach_stage_name(enum outreach_stage stage)
{
	return stage < OUTREACH_STAGE_COUNT ? outreach_stages[stage] : NULL;
}

enum outreach_stage outreach_stage_of(const char *name)
{
	size_t stage = 0;

	while (stage < OUTREACH_STAGE_COUNT && !str_equal(outreach_stages[stage], name))
		stage++;
	return (enum outreach_stage)stage;
}

const char *outreach_question_name(enum outreach_question question)
{
	return question < OUTREACH_QUESTION_COUNT ? outreach_questions[question] : NULL;
}

void outreach_done(struct outreach *outreach)
{
	free(outreach->name);
	free(outreach->link);
	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		free(outreach->answers[i]);
	*outreach = (struct outreach){ 0 };
}

void outreaches_done(struct outreaches *outreaches)
{
	for (size_t i = 0; i < outreaches->n; i++)
		outreach_done(&outreaches->all[i]);
	free(outreaches->all);
	*outreaches = (struct outreaches){ 0 };
}

static bool outreach_is_open(enum outreach_stage stage)
{
	return stage == OUTREACH_DRAFT || stage == OUTREACH_SENT;
}

static int outreaches_read_answers(struct store *store, struct outreach *o, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT question, text, day FROM outreach_answer WHERE outreach=?", "i", o->id);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		r = 0;
		for (size_t i = 0; r == 0 && i < OUTREACH_QUESTION_COUNT; i++) {
			if (!str_equal(outreach_questions[i], store_text(&rows, 0)))
				continue;
			o->facts.answers[i].given = true;
			o->facts.answers[i].day = store_day(&rows, 2);
			r = store_copy(&rows, 1, &o->answers[i], reterr);
		}
	}
	return r;
}

static int outreaches_read(
	struct store *store, struct store_rows *rows, struct outreaches *ret, struct err *reterr)
{
	size_t first = ret->n;
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct outreach *o = reallocarray(ret->all, ret->n + 1, sizeof(*o));

		if (!o)
			return err_oom(reterr);
		ret->all = o;
		o += ret->n++;
		*o = (struct outreach){
			.id = store_int(rows, 0),
			.number = store_int(rows, 1),
			.contact = store_int(rows, 2),
			.facts = { .stage = outreach_stage_of(store_text(rows, 3)),
				.stage_day = store_day(rows, 4),
				.has_event = !store_is_null(rows, 5),
				.event_day = store_day(rows, 5),
				.busy = store_int(rows, 6) != 0 },
			.until_day = store_day(rows, 7),
		};
		r = store_copy(rows, 8, &o->name, reterr);
		if (r == 0)
			r = store_copy(rows, 9, &o->link, reterr);
		if (r < 0)
			return r;
	}
	for (size_t i = first; r == 0 && i < ret->n; i++)
		r = outreaches_read_answers(store, &ret->all[i], reterr);
	return r;
}

int outreaches_open(struct store *store, int64_t book, struct outreaches *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		OUTREACH_SELECT "WHERE o.book=? AND o.open ORDER BY o.number", "i", book);

	return r < 0 ? r : outreaches_read(store, &rows, ret, reterr);
}

int outreaches_by_number(struct store *store, int64_t book, int64_t number, struct outreaches *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, OUTREACH_SELECT "WHERE o.book=? AND o.number=?",
		"ii", book, number);

	if (r == 0)
		r = outreaches_read(store, &rows, ret, reterr);
	return r < 0 ? r : ret->n > 0;
}

/* Whether a later one of the list, which is by number, is of the same name. */
static bool outreaches_is_followed(const struct outreaches *list, size_t i)
{
	for (size_t k = i + 1; k < list->n; k++)
		if (list->all[k].contact == list->all[i].contact &&
			str_equal(list->all[k].name, list->all[i].name))
			return true;
	return false;
}

/* Leaves the open ones, or the last closed one of each name. */
static void outreaches_narrow(struct outreaches *list)
{
	bool any_open = false;
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++)
		any_open |= outreach_is_open(list->all[i].facts.stage);
	for (size_t i = 0; i < list->n; i++) {
		bool keep = any_open ? outreach_is_open(list->all[i].facts.stage)
				     : !outreaches_is_followed(list, i);

		if (!keep) {
			outreach_done(&list->all[i]);
			continue;
		}
		if (kept != i) {
			list->all[kept] = list->all[i];
			list->all[i] = (struct outreach){ 0 };
		}
		kept++;
	}
	list->n = kept;
}

int outreaches_of(struct store *store, int64_t contact, struct outreaches *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		OUTREACH_SELECT "WHERE o.contact=? ORDER BY o.number", "i", contact);

	if (r == 0)
		r = outreaches_read(store, &rows, ret, reterr);
	outreaches_narrow(ret);
	return r < 0 ? r : ret->n > 0;
}

int outreaches_find(struct store *store, int64_t book, const char *name, struct outreaches *ret,
	struct err *reterr)
{
	static const char *const queries[] = {
		(OUTREACH_SELECT
			"WHERE o.book=? AND COALESCE(c.folded, o.folded)=? ORDER BY o.number"),
		(OUTREACH_SELECT "WHERE o.book=? AND instr(COALESCE(c.folded, o.folded), ?)"
				 " ORDER BY o.number"),
	};
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	utf8_add_folded(&folded, name);
	r = str_check(&folded, reterr);
	for (size_t i = 0; r == 0 && folded.len && !ret->n && i < ARRAY_SIZE(queries); i++) {
		_cleanup_rows_ struct store_rows rows = { 0 };

		r = store_query(&rows, store, reterr, queries[i], "it", book, str_text(&folded));
		if (r == 0)
			r = outreaches_read(store, &rows, ret, reterr);
	}
	outreaches_narrow(ret);
	return r;
}

static int outreaches_check_text(const char *what, const char *text, struct err *reterr)
{
	if (text && strlen(text) > OUTREACH_TEXT_MAX)
		return err_set(
			reterr, -EINVAL, "%s is longer than %d bytes", what, OUTREACH_TEXT_MAX);
	return 0;
}

int outreaches_add(struct store *store, int64_t book, int64_t contact, const char *name,
	int32_t today, int64_t *ret_number, struct err *reterr)
{
	int r = outreaches_check_text("name", name, reterr);

	if (r == 0)
		r = books_next_number(store, book, 'o', ret_number, reterr);
	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO outreach (book, number, contact, name, folded, stage, stage_day, entered_day)"
		" VALUES (?, ?, NULLIF(?, 0), ?, ?, 'draft', ?, ?)",
		"iiitfii", book, *ret_number, contact, contact ? NULL : name, contact ? NULL : name,
		(int64_t)today, (int64_t)today);
}

int outreaches_set_answer(struct store *store, const struct outreach *outreach,
	enum outreach_question question, const char *text, int32_t today, struct err *reterr)
{
	int r = outreaches_check_text(outreach_questions[question], text, reterr);

	if (r < 0)
		return r;
	if (str_empty(text))
		return store_run(store, reterr,
			"DELETE FROM outreach_answer WHERE outreach=? AND question=?", "it",
			outreach->id, outreach_questions[question]);
	return store_run(store, reterr,
		"INSERT INTO outreach_answer VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT DO UPDATE SET text=?3, day=?4",
		"itti", outreach->id, outreach_questions[question], text, (int64_t)today);
}

int outreaches_set_link(
	struct store *store, const struct outreach *outreach, const char *link, struct err *reterr)
{
	int r = outreaches_check_text("link", link, reterr);

	return r < 0
		? r
		: store_run(store, reterr, "UPDATE outreach SET link=NULLIF(?2, '') WHERE id=?1",
			  "it", outreach->id, link);
}

int outreaches_set_event(struct store *store, const struct outreach *outreach, const int32_t *day,
	struct err *reterr)
{
	return day ? store_run(store, reterr, "UPDATE outreach SET event_day=?2 WHERE id=?1", "ii",
			     outreach->id, (int64_t)*day)
		   : store_run(store, reterr, "UPDATE outreach SET event_day=NULL WHERE id=?", "i",
			     outreach->id);
}

int outreaches_set_busy(
	struct store *store, const struct outreach *outreach, bool busy, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE outreach SET busy=?2 WHERE id=?1", "ii",
		outreach->id, (int64_t)busy);
}

int outreaches_set_until(
	struct store *store, const struct outreach *outreach, int32_t until, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE outreach SET until_day=?2 WHERE id=?1", "ii",
		outreach->id, (int64_t)until);
}

static int outreaches_move(struct store *store, const struct outreach *outreach,
	enum outreach_stage stage, int32_t today, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE outreach SET stage=?2, stage_day=?3, open=?4, until_day=NULL WHERE id=?1",
		"itii", outreach->id, outreach_stages[stage], (int64_t)today,
		(int64_t)outreach_is_open(stage));
}

int outreaches_set_stage(struct store *store, const struct outreach *outreach,
	enum outreach_stage stage, int32_t today, struct err *reterr)
{
	int r = outreaches_move(store, outreach, stage, today, reterr);

	if (r == 0 && stage == OUTREACH_SENT && outreach->contact)
		r = touches_add(store, outreach->contact, today, "wrote", NULL, reterr);
	return r;
}

int outreaches_tell_stage(struct store *store, const struct outreach *outreach,
	enum outreach_stage stage, int32_t day, const char *source, struct err *reterr)
{
	int r = store_run(store, reterr, "UPDATE outreach SET source=?2 WHERE id=?1", "it",
		outreach->id, source);

	if (r == 0)
		r = outreaches_move(store, outreach, stage, day, reterr);
	if (r == 0 && stage == OUTREACH_SENT && outreach->contact)
		r = touches_add_from(store, outreach->contact, day, "wrote", NULL, source, reterr);
	return r;
}

int outreaches_make_contact(struct store *store, int64_t book, const struct outreach *outreach,
	int32_t today, int64_t *ret_contact, struct err *reterr)
{
	int r = contacts_add(
		store, book, outreach->name, OUTREACH_SOURCE, today, ret_contact, reterr);

	/* The name was typed: no import has a say in it. */
	if (r == 0)
		r = contacts_set(store, *ret_contact, CONTACT_NAME, outreach->name, CONTACT_HAND,
			today, reterr);
	if (r == 0)
		r = store_run(store, reterr,
			"UPDATE outreach SET contact=?2, name=NULL, folded=NULL WHERE book=?1 AND contact IS NULL"
			" AND folded=(SELECT folded FROM outreach WHERE id=?3)",
			"iii", book, *ret_contact, outreach->id);
	/* Messages that named them go with the contact from now on. */
	if (r == 0)
		r = store_run(store, reterr,
			"INSERT OR IGNORE INTO mention SELECT ?1, m.message FROM outreach_mention m"
			" JOIN outreach o ON o.id=m.outreach WHERE o.contact=?1",
			"i", *ret_contact);
	return r;
}

/* What was noted stands behind what the contact's note says already. */
static int outreaches_add_note(
	struct store *store, int64_t contact, const char *note, int32_t today, struct err *reterr)
{
	_cleanup_contact_ struct contact c = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	int64_t book = 0;
	int r = store_ask(
		store, &book, reterr, "SELECT book FROM contact WHERE id=?", "i", contact);

	if (r > 0)
		r = contacts_load(store, book, contact, &c, reterr);
	if (r < 0)
		return r;
	if (c.field[CONTACT_NOTE])
		str_addf(&text, "%s\n\n", c.field[CONTACT_NOTE]);
	str_add(&text, note);
	r = str_check(&text, reterr);
	return r < 0 ? r
		     : contacts_set(store, contact, CONTACT_NOTE, str_text(&text), CONTACT_HAND,
			       today, reterr);
}

static int outreaches_tell_contact(struct store *store, const struct outreach *outreach,
	int64_t contact, const char *note, int32_t today, struct err *reterr)
{
	int r = 0;

	if (outreach->link)
		r = contacts_add_value(store, contact, CONTACT_LINK, outreach->link, NULL,
			CONTACT_HAND, today, reterr);
	if (r >= 0 && !str_empty(note))
		r = outreaches_add_note(store, contact, note, today, reterr);
	if (r >= 0 && outreach->facts.busy)
		r = contacts_set(store, contact, CONTACT_BUSY_INBOX, CONTACT_YES, CONTACT_HAND,
			today, reterr);
	if (r >= 0)
		r = store_run(store, reterr, "DELETE FROM outreach_answer WHERE outreach=?", "i",
			outreach->id);
	return r < 0 ? r : search_index(store, contact, reterr);
}

int outreaches_accept(struct store *store, int64_t book, const struct outreach *outreach,
	const char *note, int32_t today, int64_t *ret_contact, struct err *reterr)
{
	int r = 0;

	*ret_contact = outreach->contact;
	if (!outreach->contact)
		r = outreaches_make_contact(store, book, outreach, today, ret_contact, reterr);
	if (r == 0)
		r = outreaches_tell_contact(store, outreach, *ret_contact, note, today, reterr);
	if (r == 0)
		r = outreaches_move(store, outreach, OUTREACH_ACCEPTED, today, reterr);
	return r < 0 ? r : touches_add(store, *ret_contact, today, "accepted", NULL, reterr);
}

int outreaches_has(struct store *store, int64_t book, int64_t contact, const char *name,
	const char *link, int32_t day, struct err *reterr)
{
	int64_t found = 0;

	return store_ask(store, &found, reterr,
		"SELECT 1 FROM outreach WHERE book=?1 AND (open OR stage_day>=?2) AND"
		" CASE WHEN ?3 THEN contact=?3 ELSE folded=?4 OR link=?5 END",
		"iiift", book, (int64_t)day, contact, name, link);
}

/* A request to somebody new becomes one to the contact; messages that named them go along. */
static int outreaches_give(struct store *store, int64_t id, int64_t contact, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE outreach SET contact=?2, name=NULL, folded=NULL WHERE id=?1", "ii", id,
		contact);

	return r < 0
		? r
		: store_run(store, reterr,
			  "INSERT OR IGNORE INTO mention SELECT ?2, message FROM outreach_mention"
			  " WHERE outreach=?1",
			  "ii", id, contact);
}

/* The number of a request to somebody new with that page that has no answer: 1, or 0. */
static int outreaches_by_link(
	struct store *store, int64_t book, const char *link, int64_t *ret_id, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT id, link FROM outreach WHERE book=? AND contact IS NULL"
		" AND stage IN ('sent', 'no answer') AND link IS NOT NULL ORDER BY open DESC, number DESC",
		"i", book);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		r = likeness_links_as_written(store_text(&rows, 1), link);
		if (r == 1) {
			*ret_id = store_int(&rows, 0);
			return 1;
		}
	}
	return r;
}

int outreaches_settle(struct store *store, int64_t book, int64_t contact, const char *link,
	int32_t day, struct err *reterr)
{
	_cleanup_outreaches_ struct outreaches waiting = { 0 };
	int64_t id = 0;
	int r = link ? outreaches_by_link(store, book, link, &id, reterr) : 0;
	bool settled = false;

	if (r == 1)
		r = outreaches_give(store, id, contact, reterr);
	if (r == 0)
		r = outreaches_of(store, contact, &waiting, reterr);
	for (size_t i = 0; r >= 0 && i < waiting.n; i++) {
		const struct outreach_facts *facts = &waiting.all[i].facts;

		/* An answer that came late is one. */
		if (facts->stage != OUTREACH_SENT &&
			(facts->stage != OUTREACH_NO_ANSWER || facts->stage_day > day))
			continue;
		r = outreaches_accept(store, book, &waiting.all[i], NULL, day, &contact, reterr);
		settled = true;
	}
	return r < 0 ? r : settled;
}

int outreaches_add_mention(struct store *store, int64_t id, int64_t message, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT OR IGNORE INTO outreach_mention (outreach, message) VALUES (?, ?)", "ii",
		id, message);
}

/* Those whose answers are to go: closed without having been accepted, by that day. */
#define OUTREACH_FORGOTTEN                                                                         \
	"(SELECT id FROM outreach WHERE stage IN ('declined', 'no answer', 'dropped') AND stage_day<=?1)"

int outreaches_forget(struct store *store, int32_t today, struct err *reterr)
{
	/* The end of that day, wherever the reader is. */
	int64_t until = (int64_t)today - OUTREACH_FORGET_DAYS, instant = (until + 2) * 86400,
		any = 0;
	int r = store_run(store, reterr,
		"UPDATE outreach SET stage='no answer', open=0 WHERE stage='sent' AND stage_day<=?",
		"i", until);

	if (r == 0)
		r = store_ask(store, &any, reterr,
			"SELECT 1 FROM outreach_answer WHERE outreach IN " OUTREACH_FORGOTTEN, "i",
			until);
	if (r < 0 || !any)
		return r < 0 ? r : 0;
	r = store_empty_journal(store, reterr);
	/* Changes that were kept for undo hold the answers too. */
	if (r == 0)
		r = store_run(store, reterr,
			"DELETE FROM undo WHERE changed_at<?2 AND book IN (SELECT book FROM outreach"
			" WHERE id IN " OUTREACH_FORGOTTEN
			" AND id IN (SELECT outreach FROM outreach_answer))",
			"ii", until, instant);
	return r < 0 ? r
		     : store_run(store, reterr,
			       "DELETE FROM outreach_answer WHERE outreach IN " OUTREACH_FORGOTTEN,
			       "i", until);
}
