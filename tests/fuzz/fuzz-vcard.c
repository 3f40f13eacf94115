/* SPDX-License-Identifier: MIT */
/*
 * fuzz-vcard: an address book of any bytes; what comes out keeps record.h's promises, and does not
 * depend on how the bytes were cut into pieces.
 */
#include "fuzz-record.h"

#include "format/vcard.h"

FUZZ_READER(vcard);
