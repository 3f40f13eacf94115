/* SPDX-License-Identifier: MIT */
/*
 * merge-internal: what merge.c and merge-occasion.c share.
 */
#ifndef NUDGE_BOOK_MERGE_INTERNAL_H
#define NUDGE_BOOK_MERGE_INTERNAL_H

#include "book/merge.h"

struct merge {
	struct store *store;
	int64_t book, stays, goes;
	int32_t today;
	struct merge_report *report;
	struct err *reterr;
};

/* What came (kept NULL), or what stands instead of it. All texts are copied. */
int merge_tell(struct merge *merge, const char *what, const char *text, const char *kept);

int merge_occasions(struct merge *merge);

#endif
