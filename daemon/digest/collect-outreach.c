/* SPDX-License-Identifier: MIT */
/*
 * collect-outreach: what requests to somebody new ask for.
 *
 * A draft with open questions is no debt: it is a reason to send once, and told weekly at most from
 * then on, beside other things. That nobody answered is told once.
 */
#include "digest/collect-internal.h"

#include "agenda/overdue.h"
#include "book/digests.h"

/* Whether it has its place in the agenda today; *ret_why says which. */
static bool collect_has_place(
	const struct item *item, enum overdue_show show, bool told, enum item_why *ret_why)
{
	bool collapsed = show == OVERDUE_COLLAPSED;

	switch (item->step) {
	case OUTREACH_SEND:
		if (collapsed)
			*ret_why = ITEM_WAITING;
		return true;
	case OUTREACH_ANSWER:
	case OUTREACH_READ:
		if (told)
			*ret_why = ITEM_PROGRESS;
		return !collapsed;
	case OUTREACH_REST:
	case OUTREACH_NOTHING:
		break;
	}
	return !told;
}

/* Takes what `o` holds where it comes into the agenda. */
static int collect_outreach(struct agenda *agenda, const struct collect *collect,
	struct outreach *o, struct err *reterr)
{
	struct item item = {
		.kind = ITEM_OUTREACH,
		.number = o->number,
		.minute = -1,
		.age = -1,
		.told_kind = TOLD_OUTREACH,
	};
	struct item *added;
	int32_t shown;
	int r;

	item.step = outreach_next(&o->facts, collect->today, &item.day);
	if (item.step == OUTREACH_NOTHING || item.day >= collect->next_day ||
		o->until_day >= collect->next_day)
		return 0;
	item.told_mark = (int64_t)item.day * 8 + item.step;
	item.why = item.day < collect->today ? ITEM_OVERDUE : ITEM_DUE;
	r = collect_is_told(collect, item.told_kind, item.number, item.told_mark, &shown, reterr);
	if (r < 0)
		return r;
	if (!collect_has_place(&item,
		    overdue_show(item.day, collect->today, collect->next_day, r > 0 ? &shown : NULL,
			    OVERDUE_WEEKLY),
		    r > 0, &item.why))
		return 0;
	if (item.why == ITEM_WAITING)
		item.told_kind = NULL;
	added = collect_add(agenda, collect, &item, o->contact, reterr, &r);
	if (!added)
		return r;
	added->outreach = malloc(sizeof(*added->outreach));
	if (!added->outreach)
		return err_oom(reterr);
	*added->outreach = *o;
	*o = (struct outreach){ 0 };
	return 0;
}

int collect_outreaches(struct agenda *agenda, const struct collect *collect, struct err *reterr)
{
	_cleanup_outreaches_ struct outreaches found = { 0 };
	int r = outreaches_open(collect->store, collect->book, &found, reterr);

	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = collect_outreach(agenda, collect, &found.all[i], reterr);
	return r;
}
