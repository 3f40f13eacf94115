/* SPDX-License-Identifier: MIT */
/*
 * collect-open: what waits until it is done: follow-ups, thanks, coffees.
 */
#include "digest/collect-internal.h"

#include "agenda/overdue.h"
#include "book/coffees.h"
#include "book/digests.h"
#include "book/followups.h"
#include "book/ledger.h"
#include "core/str.h"

/* What is collapsed is not marked as told: its turn in full is still to come. */
int collect_open(struct agenda *agenda, const struct collect *collect, const struct item *template,
	enum overdue_pace pace, int64_t contact, const char *what, struct err *reterr)
{
	struct item item = *template, *added;
	int32_t shown;
	int r = collect_is_told(
		collect, item.told_kind, item.number, item.told_mark, &shown, reterr);

	if (r < 0)
		return r;
	switch (overdue_show(
		item.day, collect->today, collect->next_day, r > 0 ? &shown : NULL, pace)) {
	case OVERDUE_NOT_YET:
	case OVERDUE_RESTS:
		return 0;
	case OVERDUE_COLLAPSED:
		item.why = ITEM_WAITING;
		item.told_kind = NULL;
		break;
	case OVERDUE_IN_FULL:
		item.why = item.day < collect->today ? ITEM_OVERDUE : ITEM_DUE;
		break;
	}
	added = collect_add(agenda, collect, &item, contact, reterr, &r);
	if (!added)
		return r;
	added->what = str_dup(what);
	return added->what || !what ? 0 : err_oom(reterr);
}

int collect_follow_ups(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_followups_ struct followups found = { 0 };
	int r = followups_due(collect->store, collect->book, collect->next_day, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const struct followup *f = &found.all[i];
		const struct item item = {
			.kind = ITEM_FOLLOW_UP,
			.number = f->number,
			.day = f->due_day,
			.minute = f->due_minute,
			.repeat = f->repeat,
			.age = -1,
			.told_kind = TOLD_FOLLOW_UP,
			.told_mark = f->due_day,
		};

		r = collect_open(
			agenda, collect, &item, OVERDUE_WEEKLY, f->contact, f->what, reterr);
	}
	return r;
}

int collect_thanks(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_thanks_ struct thanks_list found = { 0 };
	int r = thanks_waiting(collect->store, collect->book, collect->next_day, &found, reterr);

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

		r = collect_open(
			agenda, collect, &item, OVERDUE_WEEKLY, t->contact, t->what, reterr);
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
	enum overdue_pace pace;
	size_t n = agenda->n;
	int r;

	item.task = coffee_next(&c->facts, collect->today, &item.day);
	/* Put back it is due on that day, and comes in full then. */
	if (c->until_day > item.day)
		item.day = c->until_day;
	if (item.task == COFFEE_NOTHING || item.day >= collect->next_day)
		return 0;
	item.told_mark = (int64_t)item.day * 8 + item.task;
	pace = coffee_pace(item.task, item.day, collect->today);
	item.is_last = coffee_is_last(item.task, item.day, collect->today);
	/* An agenda does not ask once more for what had no answer. */
	if (item.task == COFFEE_ASK && pace == OVERDUE_ONCE && !collect->digest)
		return 0;
	r = collect_open(agenda, collect, &item, pace, c->contact, c->place, reterr);
	/* The day that an invitation proposed is not the day of what is to be done about it. */
	if (r == 0 && agenda->n > n && c->facts.has_day && item.task != COFFEE_ASK)
		agenda->items[n].day = c->facts.day;
	return r;
}

int collect_coffees(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	int r = coffees_open(collect->store, collect->book, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_coffee(agenda, collect, &found.all[i], reterr);
	return r;
}
