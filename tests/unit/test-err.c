/* SPDX-License-Identifier: MIT */
#include "core/err.h"
#include "core/utf8.h"
#include "test.h"

#include <errno.h>
#include <string.h>

static void err_keeps_the_code_and_the_sentence(void)
{
	struct err e;

	CHECK_INT(err_set(&e, -EINVAL, "line %d is bad", 3), -EINVAL);
	CHECK_TEXT(e.text, "line 3 is bad");
	CHECK_INT(err_prefix(&e, -EINVAL, "%s", "nudged.conf"), -EINVAL);
	CHECK_TEXT(e.text, "nudged.conf: line 3 is bad");
	CHECK_INT(err_set(NULL, -EIO, "nobody %s", "asks"), -EIO);
	CHECK_INT(err_prefix(NULL, -EIO, "nobody %s", "asks"), -EIO);
}

static void err_cuts_between_characters(void)
{
	struct err e;

	/* An umlaut on every possible place of the cut. */
	for (int lead = 0; lead < 4; lead++) {
		char text[sizeof(e.text) + 8];

		memset(text, 'x', sizeof(text));
		for (size_t i = (size_t)lead; i + 2 < sizeof(text); i += 2)
			memcpy(text + i, "ä", 2);
		text[sizeof(text) - 1] = '\0';
		(void)err_set(&e, -EINVAL, "%s", text);
		TEST_ROW("lead %d", lead);
		CHECK(utf8_valid(e.text, strlen(e.text)));
		CHECK(strlen(e.text) >= sizeof(e.text) - 4);
	}
}

/* Without base/lang.h there is English alone. */
static void err_speaks_as_written(void)
{
	CHECK_TEXT(err_translate("out of memory"), "out of memory");
	CHECK_TEXT(err_translate(""), "");
	CHECK_TEXT(ERR_TEXT("no answer"), "no answer");
}

TEST_MAIN(TEST(err_keeps_the_code_and_the_sentence), TEST(err_cuts_between_characters),
	TEST(err_speaks_as_written))
