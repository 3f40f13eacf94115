/* SPDX-License-Identifier: MIT */
/*
 * overdue: how often something open is shown, so that it is neither forgotten nor nagging.
 */
#ifndef NUDGE_AGENDA_OVERDUE_H
#define NUDGE_AGENDA_OVERDUE_H

#include <stdint.h>

#define OVERDUE_EVERY_DAYS 7
#define OVERDUE_MONTH_DAYS 28

/* How often something open is brought up until it is done. */
enum overdue_pace {
	OVERDUE_ONCE,
	OVERDUE_WEEKLY,  /* and between in a line with others */
	OVERDUE_MONTHLY, /* every four weeks, and not between */
};

enum overdue_show {
	OVERDUE_NOT_YET,   /* due on `to` or later */
	OVERDUE_IN_FULL,   /* on its day, then at its pace */
	OVERDUE_COLLAPSED, /* one of a number in a line */
	OVERDUE_RESTS,     /* not this time */
};

/* How something that is due on `due` stands in a digest of `today` that speaks for the days before `to`. *shown is the
 * day on which this digest last showed it in full, NULL: it has not since it became due. The week is counted
 * from there and not from the due day: what was shown together after a holiday does not come back in
 * drips. A week that ends before `to` ends now, as the next digest would come later. A day still to come
 * was a clock's mistake. */
enum overdue_show overdue_show(
	int32_t due, int32_t today, int32_t to, const int32_t *shown, enum overdue_pace pace);

#endif
