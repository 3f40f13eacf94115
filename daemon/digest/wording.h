/* SPDX-License-Identifier: MIT */
/*
 * wording: days, people and items in words, in the language of base/lang.h.
 */
#ifndef NUDGE_DIGEST_WORDING_H
#define NUDGE_DIGEST_WORDING_H

#include "core/str.h"
#include "digest/collect.h"

/* The value of LANGUAGE for a digest's language; formal: the reader is addressed as "Sie". */
const char *wording_language(const char *language, bool formal);

/* "Monday, 23 November 2026". */
void wording_add_date(struct str *out, int32_t day);

/* "12 October 2026", "24 November" where the year is 0 (unknown), for lists and fields. */
void wording_add_plain_date(struct str *out, const struct date *date);
void wording_add_plain_day(struct str *out, int32_t day);

/* "today", "tomorrow", "yesterday", "on Saturday" (up to six days away), "on 3 March", and with the
 * year where that is another. Stands inside a sentence. */
void wording_add_day(struct str *out, int32_t day, int32_t today);

/* "07:00", in columns; and as a sentence says it: "at 07:00", in German "um 7 Uhr", "um 9:30 Uhr". */
void wording_add_minute(struct str *out, int minute);
void wording_add_time(struct str *out, int minute);

/* "Anna Müller turns 40 today", "Ben: send the slides"; `name` stands for the contact's. */
void wording_add_item(struct str *out, const struct item *item, const char *name, int32_t today);

/* The same where it begins a line: what the reader noted has a capital there too. */
void wording_add_headline(
	struct str *out, const struct item *item, const char *name, int32_t today);

/* Of two people who are named alike the second one is told apart by work, city, address or number.
 * `given`: given names, where those differ. The caller frees; NULL where memory ran out. */
char *wording_label(const struct contact *contact, const struct contact *other, bool given);

/* What a help or an introduction is about. */
void wording_add_match(struct str *out, const struct item *item, const char *name);
/* "In common: both from Kiel": an answer of a request, with what it answers. */
void wording_add_answer(struct str *out, enum outreach_question question, const char *answer);
/* The answers of a request, a line each, with what they answer. The caller frees; NULL where memory ran
 * out. */
char *wording_answers(const struct outreach *outreach);

/* The name a friend would use: the first word that is no title; the whole one where that word may be another thing, as
 * the family of "山田 太郎". The caller frees; NULL where memory ran out. */
char *wording_given_name(const char *name);
/* By which one greets whom one does not call by that: "Dr. Anna Schmidt", "Herr Dr. Kranz" of "Herr Dr. Otto Kranz";
 * without titles by which nobody is addressed and what stands behind a whole name, and the family last. The same. */
char *wording_formal_name(const char *name);
/* Whether it is no person's: a firm's, or a mere address. */
bool wording_is_nobody(const char *name);
/* Whether it begins with a title or a form of address: "Dr. Anna Schmidt", "Frau Schmidt". */
bool wording_is_formal(const char *name);

/* "Managing director, Müller GmbH · Berlin", without the city where it would need more columns; nothing
 * where nothing is known. */
void wording_add_work(struct str *out, const struct contact *contact, size_t columns);

/* The time and place of a coffee: "15:00, Central"; nothing where neither is known. */
void wording_add_where(struct str *out, const struct item *item);

#endif
