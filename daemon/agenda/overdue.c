/* SPDX-License-Identifier: MIT */
/*
 * overdue: how often something open is shown.
 */
#include "agenda/overdue.h"

enum overdue_show overdue_show(
	int32_t due, int32_t today, int32_t to, const int32_t *shown, enum overdue_pace pace)
{
	int32_t days = pace == OVERDUE_MONTHLY ? OVERDUE_MONTH_DAYS : OVERDUE_EVERY_DAYS;

	if (due >= to)
		return OVERDUE_NOT_YET;
	if (!shown || (*shown > today && pace != OVERDUE_ONCE))
		return OVERDUE_IN_FULL;
	if (pace == OVERDUE_ONCE)
		return OVERDUE_RESTS;
	if (*shown != today && *shown + days < to)
		return OVERDUE_IN_FULL;
	return pace == OVERDUE_WEEKLY ? OVERDUE_COLLAPSED : OVERDUE_RESTS;
}
