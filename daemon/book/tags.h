/* SPDX-License-Identifier: MIT */
/*
 * tags: the tags that a book's contacts carry. Their cadences are set by keeping_set_tag().
 */
#ifndef NUDGE_BOOK_TAGS_H
#define NUDGE_BOOK_TAGS_H

#include "book/store.h"

struct tag {
	char *name;
	char *every; /* "6w"; NULL: no cadence */
	int64_t people;
};

struct tags {
	struct tag *all; /* by name */
	size_t n;
};
void tags_done(struct tags *tags);
#define _cleanup_tags_ _cleanup_(tags_done)

/* Every tag that somebody carries or that has a cadence, whatever its case and accents once. */
int tags_list(struct store *store, int64_t book, struct tags *ret, struct err *reterr);

#endif
