/* SPDX-License-Identifier: MIT */
/*
 * fuzz-retell: any text, retold in a language that says nothing otherwise, is the same text; in one that
 * puts everything in another order it is at least a text.
 */
#include "fuzz.h"

#include "base/retell.h"

static const char *fuzz_same(const char *text)
{
	return text;
}

static const char *fuzz_other(const char *text)
{
	return str_starts(text, "The server refuses the sender ") ? "%2$s %1$s %2$s %9$s" : text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	_cleanup_str_ struct str same = STR_INIT, other = STR_INIT;

	retell(&same, text, fuzz_same);
	FUZZ_ASSERT(str_equal(str_text(&same), text));
	retell(&other, text, fuzz_other);
	FUZZ_ASSERT(str_check(&other, NULL) == 0);
	return 0;
}
