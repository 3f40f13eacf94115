/* SPDX-License-Identifier: MIT */
/*
 * export-part: what the files of export share. Private to them.
 */
#ifndef NUDGE_EXCHANGE_EXPORT_PART_H
#define NUDGE_EXCHANGE_EXPORT_PART_H

#include "base/spool.h"
#include "book/occasions.h"
#include "core/str.h"
#include "exchange/export.h"
#include "format/record.h"

struct exporter {
	struct store *store;
	int64_t book;
	const struct export_options *options;
	struct spool spool;
	struct str out;
	struct record record; /* memory that is used again and again */
	int64_t n;
	struct err *reterr;
};

/* Hands on what stands in e->out once it is much. */
int export_flush(struct exporter *e);
/* Makes e->record what the book has of the contact. */
int export_load(struct exporter *e, int64_t contact);
/* The same of their name and UID alone. */
int export_load_name(struct exporter *e, int64_t contact);
/* What a record calls the occasion's kind, and *ret_name the day itself, where it has a name. */
enum record_occasion_kind export_occasion_kind(
	const struct occasion *occasion, const char **ret_name);
/* The whole calendar: yearly days that may be mentioned, and follow-ups that are open. */
int export_calendar(struct exporter *e);

#endif
