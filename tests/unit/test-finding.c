/* SPDX-License-Identifier: MIT */
#include "doctor/finding.h"

#include "test.h"

static void what_is_set_takes_the_place_of_what_was(void)
{
	_cleanup_finding_ struct finding finding = { 0 };

	finding_wrong(&finding, "%d of %s", 3, "them");
	finding_remedy(&finding, "mend %s", "them");
	CHECK_TEXT(finding_state_name(finding.state), "wrong");
	CHECK_TEXT(str_text(&finding.text), "3 of them");
	CHECK_TEXT(str_text(&finding.remedy), "mend them");
	finding_command(&finding, "chmod u+w '%s'", "a b");
	CHECK_TEXT(str_text(&finding.remedy), "chmod u+w 'a b'");
	finding_unclear(&finding, "who knows");
	CHECK_TEXT(finding_state_name(finding.state), "unclear");
	CHECK_TEXT(str_text(&finding.text), "who knows");
	CHECK_TEXT(str_text(&finding.remedy), "");
	finding_well(&finding, "good");
	CHECK_TEXT(finding_state_name(finding.state), "well");
	CHECK_TEXT(str_text(&finding.text), "good");
}

static void a_sentence_brings_its_remedy(void)
{
	static const struct {
		const char *sentence, *text, *remedy;
	} rows[] = {
		{ "it is gone", "it is gone", "" },
		{ "", "", "" },
		{ "others may write f: `chmod go-w f` mends it", "others may write f",
			"chmod go-w f" },
		{ "f: andere dürfen: `chmod go-w 'f'` behebt das", "f: andere dürfen",
			"chmod go-w 'f'" },
		/* Of another sentence the text stays whole. */
		{ "make its folder with `mkdir f`, and go on",
			"make its folder with `mkdir f`, and go on", "mkdir f" },
		/* Only the first. */
		{ "no: `a` or `b`", "no", "a" },
		/* What is no pair is none, at any end. */
		{ "an accent` alone", "an accent` alone", "" },
		{ ": `x` y", ": `x` y", "x" },
		{ "`x`", "`x`", "x" },
		{ "``", "``", "" },
		{ "100%s of it: `rm %n` mends it", "100%s of it", "rm %n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };

		TEST_ROW("%s", rows[i].sentence);
		finding_wrong_by(&finding, rows[i].sentence);
		CHECK_INT(finding.state, FINDING_WRONG);
		CHECK_TEXT(str_text(&finding.text), rows[i].text);
		CHECK_TEXT(str_text(&finding.remedy), rows[i].remedy);
	}
}

TEST_MAIN(TEST(what_is_set_takes_the_place_of_what_was), TEST(a_sentence_brings_its_remedy))
