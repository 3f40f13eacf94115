/* SPDX-License-Identifier: MIT */
/*
 * origin: what the source of an import is called.
 */
#ifndef NUDGE_EXCHANGE_ORIGIN_H
#define NUDGE_EXCHANGE_ORIGIN_H

#include "core/str.h"

/* Adds the name by which a file's source is known again: the file's name without folder, date and number
 * of a copy, so that "contacts-2026-11-23.vcf" and "contacts (1).vcf" are "contacts.vcf". `program`: the one
 * whose table it is; "contacts.csv" is the name that several give: "contacts.csv (Google)". LinkedIn's files
 * are of one export: "LinkedIn". NULL: the file does not say. */
void origin_add_name(struct str *out, const char *file, const char *program);

#endif
