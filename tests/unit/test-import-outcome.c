/* SPDX-License-Identifier: MIT */
#include "exchange/import-outcome.h"
#include "test.h"

static void rejects_are_listed_up_to_a_limit(void)
{
	_cleanup_report_ struct import_report report = { 0 };

	for (uint64_t line = 1; line <= IMPORT_REJECTS_MAX; line++)
		if (!CHECK_INT(
			    import_report_reject(&report, "a.vcf", line, "has no name", NULL), 0))
			return;
	CHECK_INT(report.unlisted, 0);
	CHECK_INT(import_report_reject(&report, "b.vcf", 7, "has no name", NULL), 0);
	CHECK_INT(report.n_rejects, IMPORT_REJECTS_MAX);
	CHECK_INT(report.unlisted, 1);
	CHECK_INT(report.rejects[IMPORT_REJECTS_MAX - 1].line, IMPORT_REJECTS_MAX);
	CHECK_TEXT(report.rejects[0].file, "a.vcf");
	CHECK_TEXT(report.rejects[0].reason, "has no name");
}

/* The caller's texts may go. */
static void sources_are_kept_in_their_order(void)
{
	_cleanup_report_ struct import_report report = { 0 };
	struct source_found found = { .format = "vcard" };
	char name[] = "a.vcf";

	CHECK_INT(import_report_add_source(&report, name, NULL, &found, NULL), 0);
	name[0] = 'b';
	found.format = "ldif";
	CHECK_INT(import_report_add_source(&report, name, NULL, &found, NULL), 0);
	if (CHECK_INT(report.n_sources, 2)) {
		CHECK_TEXT(report.sources[0].file, "a.vcf");
		CHECK_TEXT(report.sources[0].found.format, "vcard");
		CHECK_TEXT(report.sources[1].file, "b.vcf");
		CHECK_TEXT(report.sources[1].found.format, "ldif");
	}
	import_report_done(&report);
	CHECK_INT(report.n_sources, 0);
}

TEST_MAIN(TEST(rejects_are_listed_up_to_a_limit), TEST(sources_are_kept_in_their_order))
