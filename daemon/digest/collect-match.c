/* SPDX-License-Identifier: MIT */
/*
 * collect-match: whom the reader could help, and who should meet whom.
 */
#include "digest/collect-internal.h"

#include "book/digests.h"
#include "core/str.h"
#include "digest/suggest.h"

/* The last item's people and reasons. */
static int collect_add_reasons(struct agenda *agenda, const struct collect *collect,
	const struct suggestion *s, struct err *reterr)
{
	struct item *item = &agenda->items[agenda->n - 1];

	item->seeks = str_dup(s->seeks);
	item->offers = str_dup(s->offers);
	item->because = str_dup(s->because);
	if ((s->seeks && !item->seeks) || (s->offers && !item->offers) ||
		(s->because && !item->because))
		return err_oom(reterr);
	if (!s->offerer)
		return 0;
	item->has_other = true;
	item->mentioned = s->offerer;
	return contacts_load(collect->store, collect->book, s->offerer, &item->other, reterr);
}

/* In a digest that is being written it goes on record, as told from today on unless it goes on from
 * before. */
static int collect_record(const struct collect *collect, struct suggestion *s, struct err *reterr)
{
	int r = 0;

	if (!collect->records)
		return 0;
	if (!s->number)
		r = suggestions_add(
			collect->store, collect->book, s, collect->today, &s->number, reterr);
	if (r < 0 ||
		(s->facts.told &&
			suggestion_turn(&s->facts, collect->next_day, false) == SUGGESTION_GOES_ON))
		return r;
	s->facts.told_day = collect->today;
	return suggestions_set_told(collect->store, collect->book, s, collect->today, reterr);
}

static int collect_suggestions(struct agenda *agenda, const struct collect *collect,
	enum item_kind kind, char letter, int max, struct err *reterr)
{
	_cleanup_suggestions_ struct suggestions found = { 0 };
	int r = suggest_find(&found, collect, letter, (size_t)max, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		struct suggestion *s = &found.all[i];
		struct item item = {
			.kind = kind,
			.why = ITEM_DUE,
			.day = collect->today,
			.minute = -1,
			.age = -1,
			.asks = INTRODUCTION_SUGGEST,
		};

		r = collect_record(collect, s, reterr);
		if (r < 0)
			break;
		item.number = s->number;
		if (collect->records) {
			item.told_kind = kind == ITEM_HELP ? TOLD_HELP : TOLD_INTRODUCTION;
			item.told_mark = suggest_mark(s->facts.told_day);
		}
		if (collect_add(agenda, collect, &item, s->seeker, reterr, &r))
			r = collect_add_reasons(agenda, collect, s, reterr);
	}
	return r;
}

int collect_helps(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	return collect_suggestions(
		agenda, collect, ITEM_HELP, SUGGESTION_HELP, collect->help_max, reterr);
}

/* What an introduction that is under way asks for. */
static int collect_introduction(struct agenda *agenda, const struct collect *collect,
	const struct suggestion *s, struct err *reterr)
{
	struct item item = {
		.kind = ITEM_INTRODUCTION,
		.number = s->number,
		.minute = -1,
		.age = -1,
		.told_kind = TOLD_INTRODUCTION,
	};
	enum overdue_pace pace;
	size_t n = agenda->n;
	int r;

	item.asks = introduction_next(s->stage, s->stage_day, &item.day);
	if (item.asks == INTRODUCTION_NOTHING || item.day >= collect->next_day ||
		s->facts.next_day >= collect->next_day)
		return 0;
	/* Put back to another day: in full again on that. */
	if (s->facts.next_day > item.day)
		item.day = s->facts.next_day;
	item.told_mark = (int64_t)item.day * 8 + item.asks;
	pace = collect->today < item.day + INTRODUCTION_REST_DAYS ? OVERDUE_WEEKLY
								  : OVERDUE_MONTHLY;
	r = collect_open(agenda, collect, &item, pace, s->seeker, NULL, reterr);
	return r < 0 || agenda->n == n ? r : collect_add_reasons(agenda, collect, s, reterr);
}

int collect_introductions(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_suggestions_ struct suggestions found = { 0 };
	int r = suggestions_list(
		collect->store, collect->book, SUGGESTION_INTRODUCTION, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_introduction(agenda, collect, &found.all[i], reterr);
	return r < 0 ? r
		     : collect_suggestions(agenda, collect, ITEM_INTRODUCTION,
			       SUGGESTION_INTRODUCTION, collect->introduction_max, reterr);
}
