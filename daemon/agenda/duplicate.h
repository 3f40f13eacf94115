/* SPDX-License-Identifier: MIT */
/*
 * duplicate: which two contacts are probably one person.
 *
 * What two have in common is found through what they share, never by comparing all with all; what more
 * than DUPLICATE_CROWD people share (a frequent name, a switchboard) says little, and leads nowhere by
 * itself.
 */
#ifndef NUDGE_AGENDA_DUPLICATE_H
#define NUDGE_AGENDA_DUPLICATE_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DUPLICATE_CROWD 12

enum duplicate_kind { DUPLICATE_EMAIL, DUPLICATE_PHONE, DUPLICATE_LINK };

/* In the forms of core/likeness.h; an e-mail address and the texts of a person folded. */
struct duplicate_value {
	enum duplicate_kind kind;
	const char *form;
};

struct duplicate_person {
	const char *name;
	const char *org, *city; /* NULL: unknown */
	int month_day, year;    /* born; 0: unknown */
	const struct duplicate_value *values;
	size_t n_values;
};

/* Why, as bits. */
enum {
	DUPLICATE_SAME_EMAIL = 1,
	DUPLICATE_SAME_LINK = 2,
	DUPLICATE_SAME_PHONE = 4,
	DUPLICATE_SAME_NAME = 8,
	DUPLICATE_LIKE_NAME = 16,
	DUPLICATE_SAME_BIRTHDAY = 32,
	DUPLICATE_SAME_ORG = 64,
	DUPLICATE_SAME_CITY = 128,
};

struct duplicate_pair {
	size_t one, other; /* places among the people, one < other */
	unsigned why;
	int weight; /* for the order alone */
};

/* The pairs that are worth a look, the most certain first; the caller frees. */
int duplicate_find(const struct duplicate_person *people, size_t n, struct duplicate_pair **ret,
	size_t *ret_n, struct err *reterr);

#endif
