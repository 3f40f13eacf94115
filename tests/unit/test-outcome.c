/* SPDX-License-Identifier: MIT */
#include "doctor/outcome.h"

#include "test.h"

static void each_has_its_words_and_its_remedy(void)
{
	static const struct {
		enum outcome outcome;
		const char *error, *text, *remedy; /* the remedy: a part */
	} rows[] = {
		{ OUTCOME_REFUSED, "550 no", "the mail to a@b was refused: 550 no", "smtp.from" },
		{ OUTCOME_HELD, "", "the mail to a@b may have arrived or not, and is held",
			"nudge send d --arrived; if it is not: nudge send d --again" },
		{ OUTCOME_AWAITED, "no answer",
			"the mail to a@b may have arrived or not: no answer", "ten minutes" },
		{ OUTCOME_IN_DOUBT, "cut", "the mail to a@b may have arrived or not: cut",
			"sent again by itself" },
		{ OUTCOME_WAITING, "450 later",
			"the mail to a@b has failed for more than an hour: 450 later",
			"tried again by itself" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };

		TEST_ROW("%d", (int)rows[i].outcome);
		finding_well(&finding, "none is missing");
		outcome_judge(&finding, rows[i].outcome,
			&(struct outcome_mail){ "d", "a@b", rows[i].error });
		CHECK_INT(finding.state, FINDING_WRONG);
		CHECK_TEXT(str_text(&finding.text), rows[i].text);
		CHECK(strstr(str_text(&finding.remedy), rows[i].remedy) != NULL);
	}
}

static void the_first_is_the_one_to_mend(void)
{
	_cleanup_finding_ struct finding finding = { 0 };

	outcome_judge(&finding, OUTCOME_REFUSED, &(struct outcome_mail){ "d", "a@b", "no" });
	outcome_judge(&finding, OUTCOME_WAITING, &(struct outcome_mail){ "d", "%s@c", "100%" });
	CHECK_TEXT(str_text(&finding.text),
		"the mail to a@b was refused: no\n"
		"the mail to %s@c has failed for more than an hour: 100%");
	CHECK(strstr(str_text(&finding.remedy), "smtp.from") != NULL);
}

TEST_MAIN(TEST(each_has_its_words_and_its_remedy), TEST(the_first_is_the_one_to_mend))
