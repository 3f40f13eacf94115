/* SPDX-License-Identifier: MIT */
/*
 * table-date: days as address books write them into tables, in the writer's locale.
 */
#ifndef NUDGE_FORMAT_TABLE_DATE_H
#define NUDGE_FORMAT_TABLE_DATE_H

#include "core/day.h"

/* Which of 3/12 is the month. */
enum table_order {
	TABLE_UNTOLD,
	TABLE_MONTH_FIRST,
	TABLE_DAY_FIRST,
	TABLE_CONTRARY, /* the file has days of both kinds */
};
/* What `text` says of the order: TABLE_UNTOLD where both can be. */
enum table_order table_order_of(const char *text);
void table_order_learn(enum table_order *order, const char *text);

enum table_date {
	TABLE_DATE,
	TABLE_DATE_NONE,
	TABLE_DATE_OTHER,     /* nothing that is a day */
	TABLE_DATE_AMBIGUOUS, /* two days, by the order */
};
/* 1969-12-28, 28.12.1969, 12/28/1969, 28 Dec 1969 and December 28, 1969 (English and German), the same
 * without a year; zeroes are none. Two digits of a year tell the day alone. */
enum table_date table_date_read(const char *text, enum table_order order, struct date *ret);
/* The day of "05 Oct 2020", "2023-05-01 14:22:10 UTC" and "5/12/23, 3:04 PM" (month first). */
bool table_day_read(const char *text, int32_t *ret_day);

#endif
