/* SPDX-License-Identifier: MIT */
/*
 * events: what a file tells of people beside who they are.
 */
#include "exchange/events.h"

#include "book/contacts.h"
#include "book/keys.h"
#include "book/ledger.h"
#include "book/outreaches.h"
#include "book/touches.h"
#include "core/likeness.h"
#include "core/str.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

/* As they stand in a book; a name that both languages understand. */
#define EVENTS_RECOMMENDATION "LinkedIn recommendation"
#define EVENTS_INVITATION     "LinkedIn invitation"

static const char *events_link(const struct record *record)
{
	for (size_t i = 0; i < record->n_values; i++)
		if (record->values[i].kind == RECORD_LINK)
			return record->values[i].text;
	return NULL;
}

static bool events_has(const struct record *record, enum record_event_kind kind, int32_t since)
{
	for (size_t i = 0; i < record->n_events; i++)
		if (record->events[i].kind == kind && record->events[i].day > since)
			return true;
	return false;
}

/* A page that people write in several ways; search_by_link() compares letters. */
static int events_by_link(struct store *store, int64_t book, const char *link, int64_t *ret_contact,
	struct err *reterr)
{
	static const char *const spellings[] = { "https://www.%s", "https://%s", "%s", "www.%s",
		"https://www.%s/", "https://%s/", "http://www.%s" };
	_cleanup_str_ struct str form = STR_INIT;
	int r = 0;

	likeness_add_link(&form, link);
	for (size_t i = 0; r == 0 && form.len && i < ARRAY_SIZE(spellings); i++) {
		_cleanup_ids_ struct contact_ids ids = { 0 };
		_cleanup_str_ struct str spelling = STR_INIT;
		const char *at = strstr(spellings[i], "%s");

		str_add_bytes(&spelling, spellings[i], (size_t)(at - spellings[i]));
		str_add(&spelling, form.data);
		str_add(&spelling, at + 2);
		r = str_check(&spelling, reterr);
		if (r == 0)
			r = search_by_link(store, book, str_text(&spelling), &ids, reterr);
		if (r == 0 && ids.n) {
			*ret_contact = ids.ids[0];
			return 1;
		}
	}
	return r < 0 ? r : str_check(&form, reterr);
}

/* By what LinkedIn calls them. */
static int events_by_profile(struct store *store, int64_t book, const struct record *record,
	int64_t *ret_contact, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	const char *link = events_link(record);
	int r;

	if (str_empty(record->uid) || !link)
		return 0;
	str_addf(&key, "uid:%s", record->uid);
	r = str_check(&key, reterr);
	if (r == 0)
		r = keys_find(store, book, str_text(&key), ret_contact, reterr);
	return r ? r : events_by_link(store, book, link, ret_contact, reterr);
}

/* Whether the contact could be the one: 0, 1, or 2 in the same organisation. A LinkedIn profile of their own
 * makes them another. */
static int events_fits(struct store *store, int64_t book, int64_t contact,
	const struct record *record, struct err *reterr)
{
	_cleanup_contact_ struct contact c = { 0 };
	_cleanup_str_ struct str form = STR_INIT;
	int r = contacts_load(store, book, contact, &c, reterr);

	if (r < 0)
		return r;
	for (size_t i = 0; record->uid && i < c.n_values; i++) {
		if (c.values[i].kind != CONTACT_LINK)
			continue;
		str_clear(&form);
		likeness_add_link(&form, c.values[i].text);
		if (str_starts(str_text(&form), "linkedin.com/in/"))
			return 0;
	}
	return record->org && c.field[CONTACT_ORG] &&
			str_casecmp(record->org, c.field[CONTACT_ORG]) == 0
		? 2
		: 1;
}

static int events_by_name(struct store *store, int64_t book, const struct record *record,
	int64_t *ret_contact, struct err *reterr)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	size_t found[3] = { 0 };
	int64_t last[3] = { 0 };
	int r = search_by_name(store, book, record->name, &ids, reterr);

	for (size_t i = 0; r >= 0 && i < ids.n; i++) {
		r = events_fits(store, book, ids.ids[i], record, reterr);
		if (r > 0) {
			found[r]++;
			last[r] = ids.ids[i];
		}
	}
	if (r < 0)
		return r;
	if (found[2] == 1 || (!found[2] && found[1] == 1)) {
		*ret_contact = last[found[2] ? 2 : 1];
		return EVENTS_KNOWN;
	}
	return found[1] || found[2] ? EVENTS_AMBIGUOUS : EVENTS_NOBODY;
}

static int events_is_forgotten(
	struct store *store, int64_t book, const struct record *record, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	int r = 0;

	if (record->uid) {
		str_addf(&key, "uid:%s", record->uid);
		r = str_check(&key, reterr);
		if (r == 0)
			r = keys_is_forgotten(store, book, str_text(&key), reterr);
	}
	if (r != 0)
		return r;
	str_clear(&key);
	str_add(&key, "name:");
	utf8_add_folded(&key, record->name);
	r = str_check(&key, reterr);
	if (r == 0)
		r = keys_is_forgotten(store, book, str_text(&key), reterr);
	if (r != 0 || record->uid)
		return r;
	/* Of a mere name nobody can tell whether it is another who bears it. */
	str_clear(&key);
	r = keys_add_name(&key, record->name, reterr);
	return r < 0 ? r : keys_is_forgotten_trait(store, book, "told", str_text(&key), "", reterr);
}

/* With whom its recommendation was told before, whatever they are called today: one of those of
 * events_find(), or EVENTS_NOBODY. */
static int events_by_memory(struct store *store, int64_t book, const struct record *record,
	int64_t *ret_contact, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; i < record->n_events; i++) {
		_cleanup_str_ struct str key = STR_INIT;

		if (record->events[i].kind != RECORD_RECOMMENDED)
			continue;
		r = keys_add_told(&key, record->name, record->events[i].day, reterr);
		if (r == 0)
			r = keys_find(store, book, str_text(&key), ret_contact, reterr);
		if (r != 0)
			return r < 0 ? r : EVENTS_KNOWN;
		r = keys_is_forgotten(store, book, str_text(&key), reterr);
		if (r != 0)
			return r < 0 ? r : EVENTS_FORGOTTEN;
	}
	return EVENTS_NOBODY;
}

int events_find(struct store *store, int64_t book, const struct record *record,
	int64_t *ret_contact, struct err *reterr)
{
	int r = events_by_profile(store, book, record, ret_contact, reterr);
	bool recommended;
	int forgotten;

	if (r != 0)
		return r < 0 ? r : EVENTS_KNOWN;
	r = events_by_memory(store, book, record, ret_contact, reterr);
	if (r != EVENTS_NOBODY)
		return r;
	r = events_by_name(store, book, record, ret_contact, reterr);
	if (r < 0 || r == EVENTS_KNOWN)
		return r;
	/* With a profile it is one of them at most, and the profile is nobody's. */
	if (r == EVENTS_AMBIGUOUS && !record->uid)
		return r;
	recommended = events_has(record, RECORD_RECOMMENDED, INT32_MIN);
	if (!recommended && !events_has(record, RECORD_INVITED, INT32_MIN))
		return EVENTS_NOBODY;
	forgotten = events_is_forgotten(store, book, record, reterr);
	if (forgotten != 0)
		return forgotten < 0 ? forgotten : EVENTS_FORGOTTEN;
	return recommended ? EVENTS_NEW : EVENTS_OUTREACH;
}

static int events_recommended(struct store *store, int64_t book, int64_t contact,
	const struct record *record, int32_t day, int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	int r = keys_add_told(&key, record->name, day, reterr);

	/* Not LinkedIn itself, whose keys are entries of theirs. */
	if (r == 0)
		r = keys_tell(store, book, str_text(&key), EVENTS_RECOMMENDATION, contact, reterr);
	if (r <= 0)
		return r;
	r = ledger_has(store, contact, LEDGER_RECEIVED, EVENTS_RECOMMENDATION, day, reterr);
	if (r != 0)
		return r < 0 ? r : 0;
	r = ledger_add_received(store, book, contact, EVENTS_RECOMMENDATION, day, today,
		EVENTS_SOURCE, today - day < EVENTS_THANKS_DAYS, reterr);
	return r < 0 ? r : 1;
}

static int events_touch(
	struct store *store, int64_t contact, int32_t day, const char *note, struct err *reterr)
{
	int r = touches_has(store, contact, day, "wrote", note, reterr);

	if (r != 0)
		return r < 0 ? r : 0;
	r = touches_add_from(store, contact, day, "wrote", note, EVENTS_SOURCE, reterr);
	return r < 0 ? r : 1;
}

bool events_waits(int32_t day, int32_t today)
{
	return today - day < EVENTS_ANSWER_DAYS;
}

/* An outreach of that day: it waits for an answer, or none came. */
static int events_reach_out(struct store *store, int64_t book, int64_t contact,
	const struct record *record, int32_t day, enum outreach_stage stage, struct err *reterr)
{
	_cleanup_outreaches_ struct outreaches made = { 0 };
	const char *link = events_link(record);
	int64_t number;
	int r = outreaches_has(store, book, contact, record->name, link, day, reterr);

	if (r != 0)
		return r < 0 ? r : 0;
	r = outreaches_add(store, book, contact, record->name, day, &number, reterr);
	if (r == 0)
		r = outreaches_by_number(store, book, number, &made, reterr);
	if (r > 0 && link)
		r = outreaches_set_link(store, &made.all[0], link, reterr);
	if (r >= 0)
		r = outreaches_tell_stage(store, &made.all[0], stage, day, EVENTS_SOURCE, reterr);
	return r < 0 ? r : 1;
}

/* Who stands among the connections has accepted long since. Of a contact the touch says as much as a request
 * that was given up. */
static int events_invited(struct store *store, int64_t book, int64_t contact,
	const struct record *record, int32_t day, int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str key = STR_INIT;
	int64_t connected = 0;
	int r = 0;

	if (contact && record->uid) {
		str_addf(&key, "uid:%s", record->uid);
		r = str_check(&key, reterr);
		if (r == 0)
			r = keys_find(store, book, str_text(&key), &connected, reterr);
	}
	if (r < 0)
		return r;
	if (events_waits(day, today) && !connected)
		return events_reach_out(store, book, contact, record, day, OUTREACH_SENT, reterr);
	return contact ? events_touch(store, contact, day, EVENTS_INVITATION, reterr)
		       : events_reach_out(store, book, 0, record, day, OUTREACH_NO_ANSWER, reterr);
}

static int events_connected(struct store *store, int64_t book, int64_t contact,
	const struct record *record, int32_t day, int32_t today UNUSED, struct err *reterr)
{
	return outreaches_settle(store, book, contact, events_link(record), day, reterr);
}

/* The last contact alone is worth a memory. */
static int events_messaged(struct store *store, int64_t book UNUSED, int64_t contact,
	const struct record *record UNUSED, int32_t day, int32_t today, struct err *reterr)
{
	int32_t last = 0;
	int r = touches_last(store, contact, &last, reterr);

	/* In Greenwich it may be tomorrow already. */
	day = day > today ? today : day;
	if (r < 0 || (r == 1 && last >= day))
		return r < 0 ? r : 0;
	return events_touch(store, contact, day, EVENTS_SOURCE, reterr);
}

int events_apply(struct store *store, int64_t book, int64_t contact, const struct record *record,
	int32_t today, struct err *reterr)
{
	static int (*const appliers[])(struct store * store, int64_t book, int64_t contact,
		const struct record *record, int32_t day, int32_t today, struct err *reterr) = {
		[RECORD_RECOMMENDED] = events_recommended,
		[RECORD_INVITED] = events_invited,
		[RECORD_CONNECTED] = events_connected,
		[RECORD_MESSAGED] = events_messaged,
	};
	int changed = 0;

	for (size_t i = 0; i < record->n_events; i++) {
		const struct record_event *e = &record->events[i];
		int r = 0;

		/* What is still to come is a mistake of somebody's clock. */
		if (e->day <= today + 1)
			r = appliers[e->kind](store, book, contact, record, e->day, today, reterr);
		if (r < 0)
			return r;
		changed |= r;
	}
	return changed;
}
