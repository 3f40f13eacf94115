/* SPDX-License-Identifier: MIT */
/*
 * table-linkedin: what LinkedIn's export tells beside the connections, as records that speak of somebody in passing.
 */
#ifndef NUDGE_FORMAT_TABLE_LINKEDIN_H
#define NUDGE_FORMAT_TABLE_LINKEDIN_H

#include "format/csv.h"
#include "format/reader.h"

enum table_linkedin {
	LINKEDIN_NONE,
	LINKEDIN_RECOMMENDATIONS,
	LINKEDIN_ENDORSEMENTS,
	LINKEDIN_INVITATIONS,
	LINKEDIN_MESSAGES,
};
/* Which one's header it is. */
enum table_linkedin linkedin_recognise(const struct csv_row *header);

struct linkedin;
int linkedin_new(struct linkedin **ret, const struct record_handler *handler,
	enum table_linkedin which, const struct csv_row *header, const char *file);
void linkedin_free(struct linkedin *linkedin); /* NULL-safe */
int linkedin_read(struct linkedin *linkedin, const struct csv_row *row);
int linkedin_end(struct linkedin *linkedin);

#endif
