/* SPDX-License-Identifier: MIT */
/*
 * collect: what is on the agenda of some days.
 */
#include "digest/collect.h"

#include "agenda/overdue.h"
#include "book/coffees.h"
#include "book/digests.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/keeping.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "core/str.h"

#include <errno.h>
#include <stdio.h>

#define COLLECT_OFFER_DAYS 30 /* an offer that old is not brought up any more */

static void item_done(struct item *item)
{
	contact_done(&item->contact);
	free(item->occasion);
	free(item->name);
	free(item->what);
}

void agenda_done(struct agenda *agenda)
{
	for (size_t i = 0; i < agenda->n; i++)
		item_done(&agenda->items[i]);
	free(agenda->items);
	*agenda = (struct agenda){ 0 };
}

const char *item_kind_name(enum item_kind kind)
{
	static const char *const names[ITEM_KIND_COUNT] = {
		[ITEM_OCCASION] = "occasion",
		[ITEM_FOLLOW_UP] = "follow-up",
		[ITEM_THANKS] = "thanks",
		[ITEM_COFFEE] = "coffee",
		[ITEM_TOUCH] = "touch",
		[ITEM_FORUM] = "forum",
	};

	return names[kind];
}

bool agenda_has_content(const struct agenda *agenda)
{
	for (size_t i = 0; i < agenda->n; i++)
		if (agenda->items[i].why != ITEM_WAITING && agenda->items[i].why != ITEM_PROGRESS)
			return true;
	return false;
}

/* A new item at the agenda's end, with its contact; NULL where that failed. */
static struct item *collect_add(struct agenda *agenda, const struct collect *collect,
	const struct item *template, int64_t contact, struct err *reterr, int *ret_error)
{
	static const char letters[ITEM_KIND_COUNT] = { [ITEM_OCCASION] = 'b',
		[ITEM_FOLLOW_UP] = 'f',
		[ITEM_THANKS] = 'y',
		[ITEM_COFFEE] = 'c',
		[ITEM_TOUCH] = 't',
		[ITEM_FORUM] = 'g' };
	struct item *items = reallocarray(agenda->items, agenda->n + 1, sizeof(*items)), *item;

	*ret_error = items ? 0 : err_oom(reterr);
	if (!items)
		return NULL;
	agenda->items = items;
	item = &items[agenda->n++];
	*item = *template;
	if (!item->is_offer)
		(void)snprintf(item->handle, sizeof(item->handle), "%c%lld", letters[item->kind],
			(long long)item->number);
	if (contact) {
		item->has_contact = true;
		*ret_error = contacts_load(
			collect->store, collect->book, contact, &item->contact, reterr);
	}
	return *ret_error < 0 ? NULL : item;
}

static int collect_add_occasion(struct agenda *agenda, const struct collect *collect,
	const struct occasion *occasion, const struct item *template, struct err *reterr)
{
	struct item *item;
	int r;

	item = collect_add(agenda, collect, template, occasion->contact, reterr, &r);
	if (!item)
		return r;
	item->age = occasion_age(occasion->date.year, item->year);
	item->occasion = str_dup(occasion->kind);
	item->name = str_dup(occasion->name);
	if (!item->occasion || (occasion->name && !item->name))
		return err_oom(reterr);
	return 0;
}

/* Whether the digest has told it under that kind; a collection for no digest has told nothing. */
static int collect_is_told(const struct collect *collect, const char *kind, int64_t number,
	int64_t mark, struct err *reterr)
{
	if (!collect->digest)
		return 0;
	return digests_is_told(collect->store, collect->digest, kind, number, mark, reterr);
}

static enum item_why collect_why(const struct collect *collect, int32_t day)
{
	if (day >= collect->today)
		return ITEM_DUE;
	return day >= collect->today - COVER_SINGLY_DAYS ? ITEM_MISSED : ITEM_LONG_PAST;
}

static int collect_occurrence(struct agenda *agenda, const struct collect *collect,
	const struct occasion *occasion, int year, bool ahead, struct err *reterr)
{
	struct item item = {
		.kind = ITEM_OCCASION,
		.number = occasion->number,
		.year = year,
		.minute = -1,
		.told_kind = ahead ? TOLD_ANNOUNCED : TOLD_OCCASION,
		.told_mark = year,
	};
	struct occurrence said;
	int r;

	item.day = occasion_day(occasion->date.month, occasion->date.day, year, collect->leap);
	item.why = ahead ? ITEM_ANNOUNCED : collect_why(collect, item.day);
	if (item.day < occasion->entered_day || occasion->date.year > year)
		return 0;
	/* A year or more ago, and nothing to prepare for. */
	if (str_equal(occasion->kind, OCCASION_MET) && (ahead || occasion->date.year == year))
		return 0;
	r = occasions_occurrence(
		collect->store, collect->book, occasion->number, year, &said, reterr);
	if (r < 0 || said.done)
		return r;
	/* Put back to a day before its own, only its announcement was. */
	if (said.put_back && (ahead || said.until_day > item.day))
		return 0;
	r = collect_is_told(collect, TOLD_OCCASION, occasion->number, year, reterr);
	if (r == 0 && ahead)
		r = collect_is_told(collect, TOLD_ANNOUNCED, occasion->number, year, reterr);
	if (r != 0)
		return r < 0 ? r : 0;
	return collect_add_occasion(agenda, collect, occasion, &item, reterr);
}

static int collect_window(struct agenda *agenda, const struct collect *collect, int32_t from,
	int32_t to, bool ahead, struct err *reterr)
{
	struct occasion_range range;

	while (occasion_next_range(&from, to, collect->leap, &range)) {
		_cleanup_occasions_ struct occasions found = { 0 };
		int r = occasions_in(collect->store, collect->book, &range, &found, reterr);

		for (size_t i = 0; r == 0 && i < found.n; i++)
			r = collect_occurrence(
				agenda, collect, &found.all[i], range.year, ahead, reterr);
		if (r < 0)
			return r;
	}
	return 0;
}

static int collect_put_back(
	struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_occasions_ struct occasions found = { 0 };
	_cleanup_free_ int *years = NULL;
	int r = occasions_put_back(collect->store, collect->book, collect->floor_day,
		collect->cover.to, &found, &years, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const struct occasion *o = &found.all[i];
		struct occurrence said;
		struct item item = {
			.kind = ITEM_OCCASION,
			.why = ITEM_PUT_BACK,
			.number = o->number,
			.minute = -1,
			.year = years[i],
			.told_kind = TOLD_PUT_BACK,
		};

		item.day = occasion_day(o->date.month, o->date.day, years[i], collect->leap);
		r = occasions_occurrence(
			collect->store, collect->book, o->number, years[i], &said, reterr);
		if (r < 0)
			break;
		/* The day itself is told in the same digest. */
		if (said.until_day <= item.day && item.day < collect->cover.to)
			continue;
		item.told_mark = said.until_day;
		r = collect_is_told(collect, TOLD_PUT_BACK, o->number, said.until_day, reterr);
		if (r == 0)
			r = collect_add_occasion(agenda, collect, o, &item, reterr);
		else if (r > 0)
			r = 0;
	}
	return r;
}

/* Something open that is to be done: in full on its day, then weekly, between in one line with others.
 * What is collapsed is not marked as told: its turn in full is still to come. */
static int collect_open(struct agenda *agenda, const struct collect *collect,
	const struct item *template, int64_t contact, const char *what, struct err *reterr)
{
	struct cover reach = { collect->unseen_day, collect->cover.to };
	struct item item = *template, *added;
	int r = collect_is_told(collect, item.told_kind, item.number, item.told_mark, reterr);

	if (r < 0)
		return r;
	/* What an undelivered message showed has not been seen: its weeks are looked at again. */
	if (overdue_show(item.day, &reach, r > 0) == OVERDUE_COLLAPSED) {
		item.why = ITEM_WAITING;
		item.told_kind = NULL;
	} else {
		item.why = item.day < collect->today ? ITEM_OVERDUE : ITEM_DUE;
	}
	added = collect_add(agenda, collect, &item, contact, reterr, &r);
	if (!added)
		return r;
	added->what = str_dup(what);
	return added->what || !what ? 0 : err_oom(reterr);
}

static int collect_follow_ups(
	struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_followups_ struct followups found = { 0 };
	int r = followups_due(collect->store, collect->book, collect->cover.to, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const struct followup *f = &found.all[i];
		const struct item item = {
			.kind = ITEM_FOLLOW_UP,
			.number = f->number,
			.day = f->due_day,
			.minute = f->due_minute,
			.age = -1,
			.told_kind = TOLD_FOLLOW_UP,
			.told_mark = f->due_day,
		};

		r = collect_open(agenda, collect, &item, f->contact, f->what, reterr);
	}
	return r;
}

static int collect_thanks(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_thanks_ struct thanks_list found = { 0 };
	int r = thanks_waiting(collect->store, collect->book, collect->cover.to, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const struct thanks *t = &found.all[i];
		const struct item item = {
			.kind = ITEM_THANKS,
			.number = t->number,
			.day = t->day,
			.minute = -1,
			.age = -1,
			.told_kind = TOLD_THANKS,
			.told_mark = t->day,
		};

		r = collect_open(agenda, collect, &item, t->contact, t->what, reterr);
	}
	return r;
}

/* What a coffee asks for; a task is collapsed by its own day, shown with the coffee's. */
static int collect_coffee(struct agenda *agenda, const struct collect *collect,
	const struct coffee *c, struct err *reterr)
{
	struct item item = {
		.kind = ITEM_COFFEE,
		.number = c->number,
		.minute = c->minute,
		.age = -1,
		.told_kind = TOLD_COFFEE,
	};
	size_t n = agenda->n;
	int r;

	item.task = coffee_next(&c->facts, collect->today, &item.day);
	if (item.task == COFFEE_NOTHING || item.day >= collect->cover.to ||
		c->until_day >= collect->cover.to)
		return 0;
	item.told_mark = (int64_t)item.day * 8 + item.task;
	r = collect_open(agenda, collect, &item, c->contact, c->place, reterr);
	if (r == 0 && agenda->n > n && c->facts.has_day)
		agenda->items[n].day = c->facts.day;
	return r;
}

static int collect_coffees(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	int r = coffees_open(collect->store, collect->book, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_coffee(agenda, collect, &found.all[i], reterr);
	return r;
}

/* Who asked what they can do for me: once. */
static int collect_offers(struct agenda *agenda, const struct collect *collect, struct err *reterr)
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

		r = collect_is_told(collect, TOLD_OFFERED, e->id, 0, reterr);
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

/* Those whose turn it is, of all whom one has not been in touch with for too long. */
static int collect_touches(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_free_ struct touch_candidate *all = NULL;
	size_t n = 0, taken;
	int r = keeping_due(collect->store, collect->book, collect->cover.to, &all, &n, reterr);

	if (r < 0)
		return r;
	taken = touch_ration(all, n, collect->today, (size_t)collect->touch_max);
	for (size_t i = 0; r >= 0 && i < taken; i++) {
		struct item item = {
			.kind = ITEM_TOUCH,
			.why = ITEM_DUE,
			.number = all[i].number,
			.day = all[i].due,
			.minute = -1,
			.age = -1,
		};
		struct keeping keeping;

		r = keeping_by_number(
			collect->store, collect->book, all[i].number, &keeping, reterr);
		if (r > 0)
			(void)collect_add(agenda, collect, &item, keeping.contact, reterr, &r);
	}
	return r < 0 ? r : 0;
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
		.goal = forum->goal.count };
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
	added = collect_add(agenda, collect, &item, 0, reterr, &r);
	if (!added)
		return r;
	added->occasion = str_dup(forum->name);
	added->name = TAKE_PTR(progress.last_name);
	added->what = TAKE_PTR(progress.last_note);
	return added->occasion ? 0 : err_oom(reterr);
}

static int collect_forums(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_forums_ struct forums found = { 0 };
	int r = forums_list(collect->store, collect->book, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_forum(agenda, collect, &found.all[i], reterr);
	return r;
}

static int item_compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

int collect_agenda(struct agenda *ret, const struct collect *collect, struct err *reterr)
{
	_cleanup_agenda_ struct agenda agenda = { .today = collect->today,
		.cover = collect->cover };
	int r = 0;

	if (collect->kinds[ITEM_OCCASION]) {
		r = collect_window(
			&agenda, collect, collect->floor_day, collect->cover.to, false, reterr);
		if (r == 0)
			r = collect_put_back(&agenda, collect, reterr);
		if (r == 0)
			r = collect_window(&agenda, collect, collect->cover.to,
				collect->today + collect->lead_days + 1, true, reterr);
	}
	if (r == 0 && collect->kinds[ITEM_FOLLOW_UP])
		r = collect_follow_ups(&agenda, collect, reterr);
	if (r == 0 && collect->kinds[ITEM_THANKS])
		r = collect_thanks(&agenda, collect, reterr);
	if (r == 0 && collect->kinds[ITEM_THANKS])
		r = collect_offers(&agenda, collect, reterr);
	if (r == 0 && collect->kinds[ITEM_COFFEE])
		r = collect_coffees(&agenda, collect, reterr);
	if (r == 0 && collect->kinds[ITEM_TOUCH])
		r = collect_touches(&agenda, collect, reterr);
	if (r == 0 && collect->kinds[ITEM_FORUM])
		r = collect_forums(&agenda, collect, reterr);
	if (r < 0)
		return r;
	if (agenda.n)
		qsort(agenda.items, agenda.n, sizeof(*agenda.items), item_compare);
	*ret = agenda;
	agenda = (struct agenda){ 0 };
	return 0;
}
