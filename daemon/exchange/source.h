/* SPDX-License-Identifier: MIT */
/*
 * source: an address book's file, read as records.
 */
#ifndef NUDGE_EXCHANGE_SOURCE_H
#define NUDGE_EXCHANGE_SOURCE_H

#include "format/record.h"

struct table_options;

/* Reads the file piece by piece; what is found in it goes to the handler.
 * `table` may be NULL.
 * 0; -ENOENT and others: the file cannot be read; -ENOMEM; or what a handler returned. */
int source_read(const char *path, const struct table_options *table,
	const struct record_handler *handler, struct err *reterr);

#endif
