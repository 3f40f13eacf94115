/* SPDX-License-Identifier: MIT */
/*
 * ldif-part: what the files of ldif share. Private to them.
 */
#ifndef NUDGE_FORMAT_LDIF_PART_H
#define NUDGE_FORMAT_LDIF_PART_H

#include "format/contentline.h"
#include "format/record.h"

/* What an entry has one of; the first value counts. */
enum ldif_part {
	LDIF_CN,
	LDIF_DISPLAY_NAME,
	LDIF_GIVEN,
	LDIF_FAMILY,
	LDIF_ORG,
	LDIF_UNIT,
	LDIF_TITLE,
	LDIF_UUID,
	LDIF_BIRTH_YEAR,
	LDIF_BIRTH_MONTH,
	LDIF_BIRTH_DAY,
	LDIF_BIRTH_DATE,
	LDIF_ANNIVERSARY,
	LDIF_HOME, /* addresses: street, second line, city, state, code, country */
	LDIF_WORK = LDIF_HOME + 6,
	LDIF_PARTS = LDIF_WORK + 6,
};

struct ldif_entry {
	struct record record;
	const char *reason; /* why it cannot be used, NULL while it can */
	size_t bytes;       /* of what is kept */
	const char *parts[LDIF_PARTS];
	struct str note, text, line;
	struct slice name; /* of the attribute at hand */
};

void ldif_entry_begin(struct ldif_entry *entry, uint64_t line);
void ldif_entry_done(struct ldif_entry *entry);
/* Whether the attribute is worth holding at all. */
bool ldif_entry_wants(struct slice attribute);
/* Takes in one attribute, or sets the reason. 0 or -ENOMEM. */
int ldif_entry_add(struct ldif_entry *entry, const struct contentline *line);
/* All are there: completes the record, or sets the reason. 0 or -ENOMEM. */
int ldif_entry_finish(struct ldif_entry *entry);

#endif
