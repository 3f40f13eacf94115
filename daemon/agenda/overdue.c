/* SPDX-License-Identifier: MIT */
/*
 * overdue: how often an open follow-up is shown.
 */
#include "agenda/overdue.h"

enum overdue_show overdue_show(int32_t due, int32_t today, int32_t to, const int32_t *shown)
{
	if (due >= to)
		return OVERDUE_NOT_YET;
	if (!shown || *shown > today)
		return OVERDUE_IN_FULL;
	if (*shown == today || *shown + OVERDUE_EVERY_DAYS >= to)
		return OVERDUE_COLLAPSED;
	return OVERDUE_IN_FULL;
}
