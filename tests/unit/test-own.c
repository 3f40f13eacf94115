/* SPDX-License-Identifier: MIT */
#include "format/own.h"
#include "test.h"

#include <string.h>

static void own_texts_that_are_valid(void)
{
	static const struct {
		enum record_own own;
		const char *text;
		bool valid;
	} rows[] = {
		{ RECORD_EVERY, "3m", true },
		{ RECORD_EVERY, "36500d", true },
		{ RECORD_EVERY, "100y", true },
		{ RECORD_EVERY, "never", true },
		{ RECORD_EVERY, "101y", false },
		{ RECORD_EVERY, "99999999999999999999d", false },
		{ RECORD_EVERY, "0d", false },
		{ RECORD_EVERY, "3 months", false },
		{ RECORD_EVERY, "3", false },
		{ RECORD_EVERY, "m", false },
		{ RECORD_EVERY, "3mm", false },
		{ RECORD_EVERY, "nie", false },
		{ RECORD_BUSY_INBOX, "yes", true },
		{ RECORD_BUSY_INBOX, "no", false },
		{ RECORD_LANGUAGE, "de", true },
		{ RECORD_SALUTATION, "Liebe Anna", true },
		{ RECORD_MET_PLACE, "Kiel", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%d %s", (int)rows[i].own, rows[i].text);
		CHECK_INT(own_is_valid(rows[i].own, rows[i].text), rows[i].valid);
	}
}

static void own_properties(void)
{
	static const char *const strange[] = { "X-NUDGE", "X-NUDGE-", "X-NUDGE-EVERYTHING", "NOTE",
		"X-X-NUDGE-EVERY" };

	for (size_t i = 0; i < RECORD_OWN_COUNT; i++) {
		const char *name = own_text_property((enum record_own)i);

		TEST_ROW("%s", name);
		CHECK(own_is_property((struct slice){ name, strlen(name) }));
	}
	CHECK_TEXT(own_value_property(RECORD_OFFERS), "X-NUDGE-OFFERS");
	CHECK(own_value_property(RECORD_EMAIL) == NULL);
	CHECK(own_is_property((struct slice){ "x-nudge-seeks", 13 }));
	for (size_t i = 0; i < ARRAY_SIZE(strange); i++) {
		TEST_ROW("%s", strange[i]);
		CHECK(!own_is_property((struct slice){ strange[i], strlen(strange[i]) }));
	}
}

TEST_MAIN(TEST(own_texts_that_are_valid), TEST(own_properties))
