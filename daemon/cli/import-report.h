/* SPDX-License-Identifier: MIT */
/*
 * import-report: what an import found, as it is said to a person.
 */
#ifndef NUDGE_CLI_IMPORT_REPORT_H
#define NUDGE_CLI_IMPORT_REPORT_H

#include "core/str.h"
#include "exchange/gather.h"
#include "exchange/import.h"
#include "format/json.h"

/* "contacts.csv: Outlook CSV, Windows-1252, separator ;", a line for each file. */
void import_report_add_sources(struct str *out, const struct import_report *report);
/* What a folder holds beside them. */
void import_report_add_left(struct str *out, const struct gather *gather);
/* Why records were rejected. Those of one file with one reason share a line. */
void import_report_add_rejects(struct str *out, const struct import_report *report);

void import_report_json_sources(struct json *js, const struct import_report *report);
void import_report_json_kept(struct json *js, const struct import_report *report);
void import_report_json_left(struct json *js, const struct gather *gather);
void import_report_json_rejects(struct json *js, const struct import_report *report);

#endif
