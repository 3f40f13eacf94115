/* SPDX-License-Identifier: MIT */
/*
 * sha256: SHA-256 (FIPS 180-4), for keys that must be known again but not read.
 */
#ifndef NUDGE_CORE_SHA256_H
#define NUDGE_CORE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32

void sha256(const void *bytes, size_t n, uint8_t ret[SHA256_SIZE]);

#endif
