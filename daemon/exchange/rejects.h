/* SPDX-License-Identifier: MIT */
/*
 * rejects: the records that an import could not use, written whole, to be repaired and imported again.
 *
 * They are copied from their files once more, by the lines they begin at, so that an import need not
 * hold them: as they stand there, in UTF-8 where the file is in UTF-16; CSV with the lines up to its
 * header first. Records of one format go to one file; those of another, or of another table, go to
 * FILE.2, FILE.3 and so on. FILE.reasons says of each where it stands and why, in the same order.
 */
#ifndef NUDGE_EXCHANGE_REJECTS_H
#define NUDGE_EXCHANGE_REJECTS_H

#include "exchange/import.h"

/* Whether `path` may be written: -EINVAL where it is one of the files that are imported, -EEXIST and
 * others where it cannot be created. Nothing is left of the attempt. */
int rejects_check(const char *path, char *const *sources, size_t n, struct err *reterr);

/* Writes them, where there are any. *ret_n: how many files they are in, beside the
 * reasons. -EIO and others: a file cannot be
 * written, or read again. */
int rejects_write(
	const char *path, const struct import_report *report, size_t *ret_n, struct err *reterr);

#endif
