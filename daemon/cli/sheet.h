/* SPDX-License-Identifier: MIT */
/*
 * sheet: a digest's document as it stands on a terminal.
 */
#ifndef NUDGE_CLI_SHEET_H
#define NUDGE_CLI_SHEET_H

#include "digest/document.h"

/* Adds it with the marks of cli.h: handles in a column of their own, what there is to know below. `bars`:
 * goals have one. What a document says, and no more: subject and preheader belong to a mail. */
void sheet_add(struct str *out, const struct document *document, bool bars);

#endif
