/* SPDX-License-Identifier: MIT */
/*
 * aside: what readers said beside the people of their files, as it is told at the end of an import.
 */
#ifndef NUDGE_EXCHANGE_ASIDE_H
#define NUDGE_EXCHANGE_ASIDE_H

#include "core/str.h"
#include "format/reader.h"

struct aside_count {
	char *why; /* "profiles that their owners closed" */
	int64_t n;
};

/* A file has no such thing of anybody, and so many people keep theirs. */
struct aside_kept {
	char *file;
	unsigned topic; /* enum record_kind or record_topic */
	int64_t people;
};

struct asides {
	struct aside_count *skipped; /* in the order they came */
	size_t n_skipped;
	char **columns; /* sentences, one a file */
	size_t n_columns;
	char *advice; /* one for all files; NULL: none */
	char **skills;
	size_t n_skills;
	struct aside_kept *kept;
	size_t n_kept;
};
void asides_done(struct asides *asides);

/* 0 or -ENOMEM. */
int asides_add(struct asides *asides, enum record_aside kind, const char *text, struct err *reterr);

/* The topic in a word: "phone"; NULL: there is none of that number. */
const char *aside_topic(unsigned topic);
/* `people` of each enum record_topic keep what the file has of nobody; 0: none do. */
int asides_keep(struct asides *asides, const char *file, const int64_t people[RECORD_TOPICS],
	struct err *reterr);

/* Adds lines: what the columns were taken for, and which skills others know the owner for that do not
 * stand among offers[0..n). */
void asides_tell(const struct asides *asides, char *const *offers, size_t n, struct str *out);

#endif
