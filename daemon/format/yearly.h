/* SPDX-License-Identifier: MIT */
/*
 * yearly: whose birthday, anniversary or name day a line in a calendar speaks of, in the wordings of a
 * dozen languages: "Anna's Birthday", "Geburtstag von Anna", "Annas 40. Geburtstag", "Anna wird 40",
 * "Anna (*1984)".
 */
#ifndef NUDGE_FORMAT_YEARLY_H
#define NUDGE_FORMAT_YEARLY_H

#include "format/contentline.h"
#include "format/record.h"

#define YEARLY_TEXT_MAX 256 /* bytes; a longer text is no such line */
#define YEARLY_AGE_MAX  150 /* a higher number is no age */

struct yearly {
	bool known; /* the wording is one of those; else `name` is what may be a name all the same */
	enum record_occasion_kind kind;
	const char *label; /* of RECORD_NAMED: static */
	struct slice name; /* a part of the text; n is 0 where it names nobody */
	int year;          /* that the text says, 0: none; an age is no year */
	int age;           /* that they turn: "Anna wird 50"; 0: none is said */
};

/* 0 or -ENOMEM. */
int yearly_read(const char *text, struct yearly *ret);

/* Whether the title of a calendar, or the name of a category, speaks of birthdays or anniversaries. */
bool yearly_is_title(const char *text, enum record_occasion_kind *ret);

/* The year that a text says somebody was born in, "geboren am 12.3.1984": within so many bytes behind the
 * word. 0 where it says none. */
#define YEARLY_BORN_SPAN 24
int yearly_born(const char *text);

/* Whether the number stands in the text by itself: "born in 1984". */
bool yearly_has_number(const char *text, int number);

#endif
