/* SPDX-License-Identifier: MIT */
#include "exchange/aside.h"
#include "test.h"

static void check_tell(
	const struct asides *asides, char *const *offers, size_t n, const char *expected)
{
	_cleanup_str_ struct str out = STR_INIT;

	asides_tell(asides, offers, n, &out);
	CHECK_TEXT(str_text(&out), expected);
}

static void asides_are_counted_and_told(void)
{
	_cleanup_(asides_done) struct asides asides = { 0 };
	char sql[] = "SQL", muesli[] = "muesli";
	char *const offers[] = { sql, muesli };
	struct err e;

	check_tell(&asides, NULL, 0, "");
	CHECK_INT(asides_add(&asides, RECORD_SKIPPED, "one reason", &e), 0);
	CHECK_INT(asides_add(&asides, RECORD_SKIPPED, "another", &e), 0);
	CHECK_INT(asides_add(&asides, RECORD_SKIPPED, "one reason", &e), 0);
	CHECK_INT(asides.n_skipped, 2);
	CHECK_INT(asides.skipped[0].n, 2);
	CHECK_TEXT(asides.skipped[1].why, "another");
	CHECK_INT(asides_add(&asides, RECORD_COLUMNS, "name from Wer", &e), 0);
	check_tell(&asides, NULL, 0, "name from Wer\n");
	CHECK_INT(asides_add(&asides, RECORD_ADVICE, "No birthdays.", &e), 0);
	CHECK_INT(asides_add(&asides, RECORD_ADVICE, "Again.", &e), 0);
	CHECK_TEXT(asides.advice, "No birthdays.");
	CHECK_INT(asides_add(&asides, RECORD_SKILL, "Müsli", &e), 0);
	CHECK_INT(asides_add(&asides, RECORD_SKILL, "C", &e), 0);
	CHECK_INT(asides_add(&asides, RECORD_SKILL, "sql", &e), 0);
	/* what is offered already needs no proposal */
	check_tell(&asides, offers, 2,
		"name from Wer\nLinkedIn knows you for: C.\n"
		"What of it would you offer? nudge me --offers \"C\" adds it; nothing was stored.\n");
	check_tell(&asides, offers, 1,
		"name from Wer\nLinkedIn knows you for: Müsli, C.\n"
		"What of it would you offer? nudge me --offers \"Müsli\" adds it; nothing was stored.\n");
}

/* A word and a sentence for each thing that a file may be without. */
static void asides_tell_what_was_kept(void)
{
	_cleanup_(asides_done) struct asides asides = { 0 };
	int64_t people[RECORD_TOPICS] = { 0 };
	size_t n = 0;
	struct err e;

	CHECK_INT(asides_keep(&asides, "a.vcf", people, &e), 0);
	CHECK_INT(asides.n_kept, 0);
	people[RECORD_PHONE] = 12;
	people[RECORD_ON_NOTE] = 10;
	CHECK_INT(asides_keep(&asides, "a.vcf", people, &e), 0);
	check_tell(&asides, NULL, 0,
		"a.vcf has no telephone numbers any more; those of 12 people were kept, in case it is"
		" only a part of the address book\n"
		"a.vcf has no notes any more; those of 10 people were kept, in case it is only a part of"
		" the address book\n");
	for (unsigned i = 0; i < RECORD_TOPICS; i++)
		n += aside_topic(i) != NULL;
	CHECK_INT(n, 11);
	CHECK_TEXT(aside_topic(RECORD_ON_BIRTHDAY), "birthday");
}

TEST_MAIN(TEST(asides_are_counted_and_told), TEST(asides_tell_what_was_kept))
