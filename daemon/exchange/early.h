/* SPDX-License-Identifier: MIT */
/*
 * early: a birthday that is still to come, which a file says as well as anything else. Nobody has it, so that it
 * stands in the note, and tells nothing of the one that may be known.
 */
#ifndef NUDGE_EXCHANGE_EARLY_H
#define NUDGE_EXCHANGE_EARLY_H

#include "format/record.h"

struct early {
	struct record record; /* the one that was read, with another note and other occasions */
	struct record_occasion *occasions;
	char *note;
};
void early_done(struct early *early);
#define _cleanup_early_ _cleanup_(early_done)

/* *ret_record: the record without a birthday after `today`; itself where it has none. It lives as long as both
 * arguments. 0 or -ENOMEM. */
int early_read(struct early *early, const struct record *record, int32_t today,
	const struct record **ret_record, struct err *reterr);

#endif
