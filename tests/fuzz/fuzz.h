/* SPDX-License-Identifier: MIT */
/*
 * fuzz: one parser fed with any bytes. Each tests/fuzz/fuzz-NAME.c defines the entry; it is linked
 * with libFuzzer by `make fuzz`, and with replay.c, which feeds it corpus/NAME, by `make check`.
 */
#ifndef NUDGE_TESTS_FUZZ_H
#define NUDGE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input: a crash is what a fuzzer notices. */
#define FUZZ_ASSERT(condition)                                                                     \
	do {                                                                                       \
		if (!(condition))                                                                  \
			__builtin_trap();                                                          \
	} while (0)

#endif
