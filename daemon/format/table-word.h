/* SPDX-License-Identifier: MIT */
/*
 * table-word: what the columns of address books are called, in English and German.
 */
#ifndef NUDGE_FORMAT_TABLE_WORD_H
#define NUDGE_FORMAT_TABLE_WORD_H

#include "format/table-part.h"

struct table_word {
	const char *key; /* as table_key() makes it of a header */
	enum table_role role;
	unsigned char part;
	const char *label; /* NULL: none */
	bool german;
};

/* NULL where the key is none of them. */
const struct table_word *table_find_word(const char *key, size_t n);

#endif
