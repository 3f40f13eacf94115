/* SPDX-License-Identifier: MIT */
/*
 * fuzz-frame: bytes from the other end of the socket pair; what is read as a frame is written as
 * the same bytes again.
 */
#include "fuzz.h"

#include "post/frame.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t at = 0;

	for (;;) {
		_cleanup_str_ struct str again = STR_INIT;
		struct frame frame;
		struct err e = { "" };
		size_t used = 0;
		int r = frame_read(data + at, size - at, &frame, &used, &e);

		FUZZ_ASSERT((r < 0) == (e.text[0] != '\0'));
		if (r <= 0)
			return 0;
		FUZZ_ASSERT(used >= 5 && used <= size - at);
		FUZZ_ASSERT(frame_write(&again, &frame, NULL) == 0);
		FUZZ_ASSERT(again.len == used && memcmp(again.data, data + at, used) == 0);
		at += used;
	}
}
