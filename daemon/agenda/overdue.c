/* SPDX-License-Identifier: MIT */
/*
 * overdue: how often an open follow-up is shown.
 */
#include "agenda/overdue.h"

enum overdue_show overdue_show(int32_t due, const struct cover *cover, bool shown)
{
	int32_t last_return;

	if (due >= cover->to)
		return OVERDUE_NOT_YET;
	if (!shown)
		return OVERDUE_IN_FULL;
	last_return = cover->to - 1 - (cover->to - 1 - due) % OVERDUE_EVERY_DAYS;
	return last_return >= cover->from ? OVERDUE_IN_FULL : OVERDUE_COLLAPSED;
}
