/* SPDX-License-Identifier: MIT */
/*
 * fuzz-shellword: a command line of any bytes; its words, written as the line would have them, are the
 * same words again.
 */
#include "fuzz.h"

#include "format/shellword.h"

#define BREAKS " \t\n\"'@><=;|&(:"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_shellwords_ struct shellword_line line = { 0 }, again = { 0 };
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	_cleanup_str_ struct str out = STR_INIT;
	struct err e;

	if (shellword_split(text, BREAKS, &line, &e) < 0)
		return 0;
	FUZZ_ASSERT(line.n > 0 && line.kept <= strlen(line.words[line.n - 1]));
	for (size_t i = 0; i < line.n; i++) {
		enum shellword_quote quote = (enum shellword_quote)(i % 3);
		const char *mark = quote == SHELLWORD_SINGLE ? "'" : "\"";

		/* A word without a letter is one in quotes alone. */
		if (quote == SHELLWORD_PLAIN && !*line.words[i])
			quote = SHELLWORD_DOUBLE;
		str_addf(&out, "%s%s", i ? " " : "", quote ? mark : "");
		shellword_add(&out, line.words[i], quote);
		str_add(&out, quote ? mark : "");
	}
	if (out.len > SHELLWORD_LINE_MAX)
		return 0;
	FUZZ_ASSERT(shellword_split(str_text(&out), BREAKS, &again, &e) == 0);
	FUZZ_ASSERT(again.n == line.n);
	for (size_t i = 0; i < line.n; i++)
		FUZZ_ASSERT(str_equal(again.words[i], line.words[i]));
	return 0;
}
