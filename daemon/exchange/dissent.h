/* SPDX-License-Identifier: MIT */
/*
 * dissent: what a source says of somebody otherwise than another one, which has the say.
 *
 * Organisation, title, city and note are kept as lines of that source beside what stands: nothing is lost, and
 * they go when the source says them no more. What a person typed is no source's to gainsay.
 */
#ifndef NUDGE_EXCHANGE_DISSENT_H
#define NUDGE_EXCHANGE_DISSENT_H

#include "exchange/apply.h"

struct dissent {
	struct record record; /* the one that was read, with other values */
	struct record_value *values;
	struct record lines; /* which are added */
};
void dissent_done(struct dissent *dissent);
#define _cleanup_dissent_ _cleanup_(dissent_done)

/* *ret_record: the record with those lines among its values; itself where there are none. It lives as long as both
 * arguments. 0 or -ENOMEM. */
int dissent_read(struct dissent *dissent, const struct speaker *by, const struct standing *standing,
	const struct record *record, const struct record **ret_record);

#endif
