/* SPDX-License-Identifier: MIT */
/*
 * sweep: what a source no longer says of those it has said it of is taken out.
 *
 * Never what was typed, what another source says too (it is theirs then), what was dropped by hand, nor what
 * the record's file has no place for (record.silent): of that only what the record has something else
 * in the place of. A kind of thing that a file has of nobody at all, and that SWEEP_MANY people would
 * lose, is kept: such a file is a part of the address book. Of somebody whom the source has several records of,
 * for they were merged, nothing goes unless all of them are in the file.
 */
#ifndef NUDGE_EXCHANGE_SWEEP_H
#define NUDGE_EXCHANGE_SWEEP_H

#include "exchange/apply.h"

#define SWEEP_MANY 10

/* What one file says; zero-initialised. Memory: some bytes for each person who waits for the file's end, and
 * a record for each one who was merged. */
struct sweep {
	uint32_t seen; /* RECORD_TOPIC() of somebody */
	char **sources;
	size_t n_sources;
	struct sweep_wait *waits;
	size_t n_waits, waits_size;
	struct sweep_merged *merged;
	size_t n_merged;
};
void sweep_done(struct sweep *sweep);

/* Whoever the record is of: before sweep_record() is asked. */
void sweep_see(struct sweep *sweep, const struct record *record);

/* Behind apply_record(), of a contact whom the source knows by a key of its own; it has `records` of them.
 * `changed`: whether they are counted as changed by now. 1 where something was taken out: search_index() is
 * to follow; 0, or a negative error. */
int sweep_record(struct sweep *sweep, const struct speaker *by, const struct standing *standing,
	const struct record *record, int64_t records, bool changed);

struct sweep_report {
	int64_t changed;             /* people who were not counted as changed before */
	int64_t kept[RECORD_TOPICS]; /* people who keep what the file has of nobody */
};
/* At the end of the file. All who lose something are indexed anew. */
int sweep_end(struct sweep *sweep, const struct speaker *by, struct sweep_report *ret);

#endif
