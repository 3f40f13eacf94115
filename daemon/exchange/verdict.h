/* SPDX-License-Identifier: MIT */
/*
 * verdict: why an import brought nothing, in a sentence.
 */
#ifndef NUDGE_EXCHANGE_VERDICT_H
#define NUDGE_EXCHANGE_VERDICT_H

#include "exchange/import.h"

/* Nothing in the file could be used; the report's last `n_rejects` are its own. A single reason is the whole
 * answer: most often it speaks of the file. `format`: what it was read as. -EBADMSG. */
int verdict_of_file(const struct import_report *report, const char *path, const char *format,
	size_t n_rejects, struct err *reterr);

/* All files together; `path` is the first one. 0 where they brought somebody, or anything that is worth a
 * word: skills that are proposed, or that those who were erased stay away. Else -EBADMSG. */
int verdict_of_all(const struct import_report *report, const char *path, struct err *reterr);

#endif
