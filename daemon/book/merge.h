/* SPDX-License-Identifier: MIT */
/*
 * merge: two contacts become one, with everything that hung on either.
 */
#ifndef NUDGE_BOOK_MERGE_H
#define NUDGE_BOOK_MERGE_H

#include "book/store.h"

/* What came to the contact that stays, or stands there otherwise. */
struct merge_line {
	char *what;    /* "city", "follow-ups" */
	int64_t count; /* of "follow-ups" and the like; 0: `text` tells */
	char *text;    /* what the other contact had; NULL where it was counted */
	char *kept;    /* what stands instead; NULL where `text` was taken over */
};

struct merge_report {
	struct merge_line *all; /* in the order in which it should be told */
	size_t n;
};
void merge_report_done(struct merge_report *report);
#define _cleanup_merge_report_ _cleanup_(merge_report_done)

/* `goes` becomes a part of `stays`, in a transaction. Texts of `stays` win, those it has not are taken
 * over, two notes are joined; values stand once; days that say the same become one, and another birthday
 * is kept as an occasion that is not mentioned. Numbers, names, handles, keys and addresses of `goes`
 * find `stays` afterwards. -ENOENT where the book has not both; -EINVAL where they are one, or a note
 * would become too long. */
int merge_contacts(struct store *store, int64_t book, int64_t stays, int64_t goes, int32_t today,
	struct merge_report *report, struct err *reterr);

/* Whether merging knows what to do with a column that refers to contacts. */
bool merge_knows(const char *table, const char *column);

#endif
