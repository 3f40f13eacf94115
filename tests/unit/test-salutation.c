/* SPDX-License-Identifier: MIT */
#include "digest/salutation.h"

#include "base/lang.h"
#include "network.h"
#include "test.h"

static void salutations_begin_a_message(void)
{
	static const struct {
		const char *language, *own, *name;
		bool stranger;
		const char *text;
	} rows[] = {
		{ "en", NULL, "Anna Schmidt", false, "Hello Anna," },
		{ "de", NULL, "Anna Schmidt", false, "Hallo Anna," },
		{ "de", "", "Schmidt, Anna", false, "Hallo Anna," },
		{ "de", NULL, "Anna Müller", true, "Guten Tag Anna Müller," },
		{ "de", NULL, "Dr. Anna Schmidt", false, "Guten Tag Dr. Anna Schmidt," },
		{ "de", NULL, "Frau Schmidt", false, "Guten Tag Frau Schmidt," },
		{ "en", NULL, "J. Smith", false, "Dear J. Smith," },
		{ "de", NULL, "Herr Dr. Otto Kranz", false, "Guten Tag Herr Dr. Kranz," },
		{ "de", NULL, "Anna Müller, MBA", false, "Hallo Anna," },
		{ "de", NULL, "Anna Müller, geb. Schmidt", true, "Guten Tag Anna Müller," },
		{ "de", NULL, "Firma Rau GmbH", false, "Guten Tag," },
		{ "en", NULL, "Mr. John Smith", true, "Dear Mr. Smith," },
		{ "de", NULL, "anna.schmidt@example.org", false, "Guten Tag," },
		{ "de", NULL, "Rau & Söhne GmbH", false, "Guten Tag," },
		{ "de", NULL, "Hans und Grete Maier", false, "Hallo Hans und Grete," },
		{ "en", NULL, "Hans Maier & Grete Schulz", false,
			"Hello Hans Maier & Grete Schulz," },
		{ "de", NULL, "ANNA SCHMIDT", false, "Hallo Anna," },
		{ "de", NULL, "JÖRG MÜLLER", false, "Hallo Jörg," },
		{ "de", NULL, "ÉMILIE ROY", false, "Hallo Émilie," },
		{ "de", NULL, "Øß× Roy", false, "Hallo Øß×," },
		{ "en", NULL, "AJ Smith", false, "Hello AJ," },
		{ "en", NULL, "ÄJ Smith", false, "Hello ÄJ," },
		{ "de", NULL, "Dipl.-Ing. Uwe Ott", false, "Guten Tag Uwe Ott," },
		{ "de", NULL, "Dr. med. Anna Schmidt", false, "Guten Tag Dr. Anna Schmidt," },
		{ "de", NULL, "Frau Dipl.-Psych. Anna Ott", false, "Guten Tag Frau Ott," },
		{ "en", NULL, "Anna", false, "Hello Anna," },
		{ "en", NULL, "山田 太郎", false, "Hello 山田 太郎," },
		{ "de", NULL, "Nguyễn Văn An", false, "Hallo Nguyễn Văn An," },
		{ "en", NULL, "Zoë 🎉 Party, \"The Boss\"", false, "Hello Zoë," },
		{ "en", NULL, "Zoë Party, \"The Boss\"", true, "Dear Zoë Party," },
		{ "en", NULL, "Smith & Sons Ltd", false, "Good day," },
		{ "de", "Liebe Anna", "Anna Schmidt", false, "Liebe Anna," },
		{ "de", "Moin!", "Anna Schmidt", true, "Moin!" },
		{ "en", "Dear Ms Schmidt:", "Anna Schmidt", false, "Dear Ms Schmidt:" },
		{ "en", NULL, "%s %n", false, "Hello %s," },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s in %s", rows[i].name, rows[i].language);
		lang_use(rows[i].language);
		salutation_add(&out, rows[i].own, rows[i].name, rows[i].stranger);
		CHECK_TEXT(str_text(&out), rows[i].text);
	}
}

/* In one sentence, where it is the same for both. */
static void two_are_greeted_together(void)
{
	static const struct {
		const char *language, *one, *other, *text;
	} rows[] = {
		{ "en", "Ben Weber", "Anna Schmidt", "Hello Ben, hello Anna," },
		{ "de", "Chloé Dubois", "Schröder, Hanna", "Hallo Chloé, hallo Hanna," },
		{ "de", "Dr. Anna Schmidt", "Ben Weber", "" },
		{ "de", "Ben Weber", "Frau Schmidt", "" },
		{ "de", "Ben Weber", "anna@example.org", "" },
		{ "de", "BEN WEBER", "Anna Schmidt", "Hallo Ben, hallo Anna," },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s and %s", rows[i].one, rows[i].other);
		lang_use(rows[i].language);
		CHECK(salutation_add_both(&out, rows[i].one, rows[i].other) ==
			(*rows[i].text != 0));
		CHECK_TEXT(str_text(&out), rows[i].text);
	}
}

int main(void)
{
	static const struct test tests[] = { TEST(salutations_begin_a_message),
		TEST(two_are_greeted_together) };

	network_speak("en");
	return test_main(tests, ARRAY_SIZE(tests));
}
