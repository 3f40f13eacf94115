/* SPDX-License-Identifier: MIT */
/*
 * history: everything held about a person, with where it came from and when.
 */
#ifndef NUDGE_BOOK_HISTORY_H
#define NUDGE_BOOK_HISTORY_H

#include "book/store.h"

struct history_entry {
	int32_t day;
	char *source, *what;
	char *text; /* NULL: nothing more to say */
};

struct history {
	struct history_entry *all; /* by day */
	size_t n;
};
void history_done(struct history *history);
#define _cleanup_history_ _cleanup_(history_done)

int history_of(struct store *store, int64_t contact, struct history *ret, struct err *reterr);

#endif
