/* SPDX-License-Identifier: MIT */
/*
 * fuzz-ical: a calendar of any bytes; what comes out keeps record.h's promises, and does not
 * depend on how the bytes were cut into pieces.
 */
#include "fuzz-record.h"

#include "format/ical.h"

FUZZ_READER(ical);
