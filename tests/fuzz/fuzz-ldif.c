/* SPDX-License-Identifier: MIT */
/*
 * fuzz-ldif: a directory of any bytes; what comes out keeps record.h's promises, and does not
 * depend on how the bytes were cut into pieces.
 */
#include "fuzz-record.h"

#include "format/ldif.h"

FUZZ_READER(ldif);
