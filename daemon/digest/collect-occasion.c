/* SPDX-License-Identifier: MIT */
/*
 * collect-occasion: days worth a greeting: on their day, missed, put back, announced.
 */
#include "digest/collect-internal.h"

#include "agenda/cover.h"
#include "book/digests.h"
#include "book/occasions.h"
#include "core/str.h"

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

static enum item_why collect_why(const struct collect *collect, int32_t day)
{
	if (day >= collect->today)
		return ITEM_DUE;
	return day >= collect->today - COVER_SINGLY_DAYS ? ITEM_MISSED : ITEM_LONG_PAST;
}

bool collect_has_occurrence(const struct occasion *occasion, int year)
{
	return occasion->date.year < year ||
		(occasion->date.year == year && !str_equal(occasion->kind, OCCASION_MET));
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
	int r;

	item.day = occasion_day(occasion->date.month, occasion->date.day, year, collect->leap);
	item.why = ahead ? ITEM_ANNOUNCED : collect_why(collect, item.day);
	if (item.day < occasion->entered_day || !collect_has_occurrence(occasion, year))
		return 0;
	/* Nothing to prepare for. */
	if (ahead && str_equal(occasion->kind, OCCASION_MET))
		return 0;
	if (occasion->said.done)
		return 0;
	/* Put back to a day before its own, only its announcement was. */
	if (occasion->said.put_back && (ahead || occasion->said.until_day > item.day))
		return 0;
	r = collect_is_told(collect, TOLD_OCCASION, occasion->number, year, NULL, reterr);
	if (r == 0 && ahead)
		r = collect_is_told(collect, TOLD_ANNOUNCED, occasion->number, year, NULL, reterr);
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
		r = collect_is_told(
			collect, TOLD_PUT_BACK, o->number, said.until_day, NULL, reterr);
		if (r == 0)
			r = collect_add_occasion(agenda, collect, o, &item, reterr);
		else if (r > 0)
			r = 0;
	}
	return r;
}

int collect_occasions(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	int r = collect_window(
		agenda, collect, collect->floor_day, collect->cover.to, false, reterr);

	if (r == 0)
		r = collect_put_back(agenda, collect, reterr);
	if (r == 0)
		r = collect_window(agenda, collect, collect->cover.to,
			collect->today + collect->lead_days + 1, true, reterr);
	return r;
}
