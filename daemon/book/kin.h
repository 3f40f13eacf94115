/* SPDX-License-Identifier: MIT */
/*
 * kin: those whom a record without a known key may be, however many share an address or a name.
 */
#ifndef NUDGE_BOOK_KIN_H
#define NUDGE_BOOK_KIN_H

#include "book/store.h"

/* Of an address that more people have, only the very name tells who is meant. */
#define KIN_FEW 16

struct kin {
	int64_t ids[KIN_FEW + 1];
	size_t n;
};

/* What a record and a contact share. All is borrowed. */
struct kin_sign {
	int64_t book;
	const char *name;    /* folded */
	const char *digest;  /* of it, by keys_add_name() */
	const char *email;   /* folded; NULL: the birthday */
	int month_day, year; /* year 0, on either side, fits all */
	int64_t before;      /* only contacts of a lower number; 0: all */
};

/* Who has the address, whatever their names, by number: up to KIN_FEW + 1. */
int kin_by_email(
	struct store *store, const struct kin_sign *sign, struct kin *ret, struct err *reterr);
/* Who has the sign and is called exactly so, by number: up to KIN_FEW of a higher number than `after`. */
int kin_by_name(struct store *store, const struct kin_sign *sign, int64_t after, struct kin *ret,
	struct err *reterr);
/* Who has the sign and was called so: by one who was merged into them, or by a source without UIDs. Up to
 * KIN_FEW. */
int kin_by_former_name(
	struct store *store, const struct kin_sign *sign, struct kin *ret, struct err *reterr);

#endif
