/* SPDX-License-Identifier: MIT */
/*
 * collect-people: whom to think of without a day: offers of help, keeping in touch, forums.
 */
#include "digest/collect-internal.h"

#include "agenda/goal.h"
#include "agenda/touch.h"
#include "book/coffees.h"
#include "book/digests.h"
#include "book/forums.h"
#include "book/keeping.h"
#include "book/ledger.h"
#include "core/str.h"

#define COLLECT_OFFER_DAYS  30 /* an offer that old is not brought up any more */
#define COLLECT_NEAR_DAYS   7  /* what is due so soon takes the place of a touch */
#define COLLECT_ANSWERS_MAX 4096

/* Whether the digest has told it; for none itself, whether the one it is like did so before today. */
static int collect_was_offered(const struct collect *collect, int64_t entry, struct err *reterr)
{
	int32_t day;
	int r = digests_is_told(
		collect->store, collect->turns_of, TOLD_OFFERED, entry, 0, &day, reterr);

	return r > 0 && !collect->digest && day >= collect->today ? 0 : r;
}

/* Who asked what they can do for me: once. */
int collect_offers(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_ledger_ struct ledger found = { 0 };
	int r = ledger_offers(
		collect->store, collect->book, collect->today - COLLECT_OFFER_DAYS, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const struct ledger_entry *e = &found.all[i];
		const struct item item = {
			.kind = ITEM_THANKS,
			.why = ITEM_DUE,
			.is_offer = true,
			.number = e->id,
			.day = e->day,
			.minute = -1,
			.age = -1,
			.told_kind = TOLD_OFFERED,
		};
		struct item *added;

		r = collect_was_offered(collect, e->id, reterr);
		if (r != 0) {
			r = r < 0 ? r : 0;
			continue;
		}
		added = collect_add(agenda, collect, &item, e->contact, reterr, &r);
		if (added && !(added->what = str_dup(e->what)))
			r = err_oom(reterr);
	}
	return r;
}

/* Whether an item has one turn to them by then: what is announced asks for nothing yet, what is long past for
 * nothing any more. */
static bool collect_turns_to(const struct item *item, int64_t contact, int32_t by_day)
{
	bool meant = (item->has_contact && item->contact.id == contact) ||
		(item->has_other && item->other.id == contact);

	return meant && item->day <= by_day && item->why != ITEM_ANNOUNCED &&
		item->why != ITEM_LONG_PAST;
}

/* Who needs no "get back in touch": the agenda has one turn to them within a week anyway, or a coffee with them is
 * under way, whether this digest tells of coffees or not. */
static bool collect_is_spoken_for(
	const struct agenda *agenda, const struct coffees *coffees, int64_t contact)
{
	for (size_t i = 0; i < agenda->n; i++)
		if (collect_turns_to(
			    &agenda->items[i], contact, agenda->today + COLLECT_NEAR_DAYS - 1))
			return true;
	for (size_t i = 0; i < coffees->n; i++)
		if (coffees->all[i].contact == contact &&
			coffee_is_under_way(&coffees->all[i].facts, agenda->today))
			return true;
	return false;
}

/* The day on which the digest told it, where it did. */
static int collect_told_day(const struct collect *collect, const struct occasion *o, int year,
	const struct occurrence *said, int32_t *day, struct err *reterr)
{
	int32_t told;
	int r = digests_is_told(collect->store, collect->turns_of,
		said->put_back ? TOLD_PUT_BACK : TOLD_OCCASION, o->number,
		said->put_back ? said->until_day : year, &told, reterr);

	if (r > 0)
		*day = told;
	return r < 0 ? r : 0;
}

/* Whether this is a better day to write to them, or was lately: 1 or 0. What a person has done with or skipped is
 * none, nor is what no digest tells. */
static int collect_occasion_is_near(
	const struct collect *collect, const struct occasion *o, struct err *reterr)
{
	int year = occasion_nearest_year(o->date.month, o->date.day, collect->today, collect->leap);
	int32_t day = occasion_day(o->date.month, o->date.day, year, collect->leap);
	struct occurrence said;
	int r;

	if (o->dropped || !collect_has_occurrence(o, year) || day < o->entered_day)
		return 0;
	r = occasions_occurrence(collect->store, collect->book, o->number, year, &said, reterr);
	if (r < 0 || said.done)
		return r;
	if (said.put_back)
		day = said.until_day;
	if (day <= collect->today)
		r = collect_told_day(collect, o, year, &said, &day, reterr);
	return r < 0 ? r : touch_waits_for(day, collect->today);
}

static int collect_has_day(const struct collect *collect, int64_t contact, struct err *reterr)
{
	_cleanup_occasions_ struct occasions found = { 0 };
	int r = collect->kinds[ITEM_OCCASION]
		? occasions_of(collect->store, contact, &found, reterr)
		: 0;

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_occasion_is_near(collect, &found.all[i], reterr);
	return r;
}

/* The first of the taken whose time has come and who is spoken for: 1, or 0 where nobody is. */
static int collect_find_spoken_for(const struct agenda *agenda, const struct collect *collect,
	const struct coffees *coffees, const struct touch_candidate *all, size_t taken, size_t *ret,
	struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < taken; i++) {
		struct keeping keeping;

		if (all[i].due >= collect->today + COLLECT_NEAR_DAYS)
			continue;
		r = keeping_by_number(
			collect->store, collect->book, all[i].number, &keeping, reterr);
		if (r > 0 && !collect_is_spoken_for(agenda, coffees, keeping.contact))
			r = collect_has_day(collect, keeping.contact, reterr);
		if (r > 0) {
			*ret = i;
			return 1;
		}
	}
	return r < 0 ? r : 0;
}

/* Two words to one person are one too many: somebody else takes the turn of whoever is spoken for, who keeps
 * theirs where nothing comes of it. */
static int collect_ration(const struct agenda *agenda, const struct collect *collect,
	struct touch_candidate *all, size_t n, size_t *ret_taken, struct err *reterr)
{
	_cleanup_coffees_ struct coffees coffees = { 0 };
	size_t spoken_for = 0;
	int r = n ? coffees_open(collect->store, collect->book, &coffees, reterr) : 0;

	*ret_taken = 0;
	if (r < 0)
		return r;
	do {
		*ret_taken = touch_ration(all, n, collect->today, (size_t)collect->touch_max);
		r = collect_find_spoken_for(
			agenda, collect, &coffees, all, *ret_taken, &spoken_for, reterr);
		if (r > 0)
			all[spoken_for] = all[--n];
	} while (r > 0);
	return r;
}

/* Those whose turn it is, of all whom one has not been in touch with for too long. */
int collect_touches(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_free_ struct touch_candidate *all = NULL;
	size_t n = 0, taken = 0;
	/* For no digest itself: as in that one's mail of today. */
	int r = keeping_due(collect->store, collect->book, collect->turns_of,
		collect->digest ? DAY_MAX : collect->today, collect->next_day, &all, &n, reterr);

	if (r == 0)
		r = collect_ration(agenda, collect, all, n, &taken, reterr);
	for (size_t i = 0; r >= 0 && i < taken; i++) {
		struct item item = {
			.kind = ITEM_TOUCH,
			.why = ITEM_DUE,
			.number = all[i].number,
			.day = all[i].due,
			.minute = -1,
			.age = -1,
			.told_kind = TOLD_TOUCH,
		};
		struct keeping keeping;

		r = keeping_by_number(
			collect->store, collect->book, all[i].number, &keeping, reterr);
		item.told_mark = keeping.turn;
		if (r > 0)
			(void)collect_add(agenda, collect, &item, keeping.contact, reterr, &r);
	}
	return r < 0 ? r : 0;
}

/* What has changed since it was told is told again, and the last day, which is a reason to hurry. */
static int64_t collect_forum_mark(int32_t to, int32_t today, int64_t answers)
{
	bool is_last = to - 1 == today;

	return ((int64_t)to * 2 + is_last) * COLLECT_ANSWERS_MAX +
		(answers < COLLECT_ANSWERS_MAX ? answers : COLLECT_ANSWERS_MAX - 1);
}

/* A goal that is not reached yet; a missed week or month is not mentioned. */
static int collect_forum(struct agenda *agenda, const struct collect *collect,
	const struct forum *forum, struct err *reterr)
{
	_cleanup_(forum_progress_done) struct forum_progress progress = { 0 };
	struct item item = { .kind = ITEM_FORUM,
		.why = ITEM_PROGRESS,
		.number = forum->number,
		.minute = -1,
		.age = -1,
		.goal = forum->goal.count,
		.told_kind = TOLD_FORUM };
	struct item *added;
	int32_t from, to;
	int r;

	goal_span(&forum->goal, collect->today, &from, &to);
	r = forums_progress(
		collect->store, collect->book, forum->number, from, to, &progress, reterr);
	if (r < 0 || progress.count >= forum->goal.count)
		return r;
	item.day = to - 1;
	item.answers = progress.count;
	item.mentioned = progress.last_contact;
	item.told_mark = collect_forum_mark(to, collect->today, progress.count);
	r = collect_is_told(collect, item.told_kind, item.number, item.told_mark, NULL, reterr);
	if (r < 0)
		return r;
	if (r > 0) {
		item.why = ITEM_WAITING;
		item.told_kind = NULL;
	}
	added = collect_add(agenda, collect, &item, 0, reterr, &r);
	if (!added)
		return r;
	added->occasion = str_dup(forum->name);
	added->url = str_dup(forum->url);
	added->name = TAKE_PTR(progress.last_name);
	added->what = TAKE_PTR(progress.last_note);
	return added->occasion && (added->url || !forum->url) ? 0 : err_oom(reterr);
}

int collect_forums(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_forums_ struct forums found = { 0 };
	int r = forums_list(collect->store, collect->book, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_forum(agenda, collect, &found.all[i], reterr);
	return r;
}
