/* SPDX-License-Identifier: MIT */
/*
 * overdue: how often an open follow-up is shown, so that it is neither forgotten nor nagging.
 */
#ifndef NUDGE_AGENDA_OVERDUE_H
#define NUDGE_AGENDA_OVERDUE_H

#include "agenda/cover.h"

#define OVERDUE_EVERY_DAYS 7

enum overdue_show {
	OVERDUE_NOT_YET,   /* due on `to` or later */
	OVERDUE_IN_FULL,   /* on its day, then weekly, or never shown before */
	OVERDUE_COLLAPSED, /* one of a number in a line */
};

/* How a follow-up that is due on `due` stands in a digest that speaks for `cover`; `shown`: this
 * digest has shown it in full since it became due. Depends on days alone, so that each weekly
 * return falls into exactly one cover. */
enum overdue_show overdue_show(int32_t due, const struct cover *cover, bool shown);

#endif
