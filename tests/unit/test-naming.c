/* SPDX-License-Identifier: MIT */
#include "cli/naming.h"
#include "test.h"

static void naming_of_words(void)
{
	static const struct {
		const char *text, *name;
		bool whole, begins;
	} rows[] = {
		{ "Ben", "Ben Bauer", true, true },
		{ "bauer ben", "Ben Bauer", true, true },
		{ "Ben Bau", "Ben Bauer", false, true },
		{ "Ben auer", "Ben Bauer", false, false },
		{ "Ben Bauer call", "Ben Bauer", false, false },
		{ "M\303\274ller", "Anna Mueller", true, true },
		{ "rent", "Ben Brentano", false, false },
		{ "", "Ben", true, true },
		{ "Ben", "", false, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s of %s", rows[i].text, rows[i].name);
		CHECK_INT(naming_fits(rows[i].text, rows[i].name, NAMING_WHOLE), rows[i].whole);
		CHECK_INT(naming_fits(rows[i].text, rows[i].name, NAMING_BEGINS), rows[i].begins);
	}
}

TEST_MAIN(TEST(naming_of_words))
