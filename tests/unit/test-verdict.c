/* SPDX-License-Identifier: MIT */
#include "exchange/verdict.h"
#include "test.h"

#include <errno.h>

static char file[] = "a.vcf", nobody[] = "has no name";

static void verdict_files(void)
{
	struct import_reject rejects[] = { { file, 1, nobody }, { file, 7, nobody } };
	const struct import_report report = { .rejects = rejects, .n_rejects = 2 };
	static const struct {
		size_t n;
		const char *sentence;
	} rows[] = {
		{ 0, "a.vcf: no usable record was found in it (vCard); nothing was imported" },
		{ 1, "a.vcf:7: has no name; nothing was imported" },
		{ 2, "a.vcf: no usable record was found in it (vCard); nothing was imported" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(verdict_of_file(&report, file, "vCard", rows[i].n, &e), -EBADMSG);
		CHECK_TEXT(e.text, rows[i].sentence);
	}
}

static void verdict_whole(void)
{
	struct import_reject reject = { file, 1, nobody };
	static const char skipped[] = "a.vcf: nothing was imported: all of it was skipped";
	const struct {
		struct import_report report;
		const char *sentence; /* "": all is well */
	} rows[] = {
		{ { .skipped = 3 }, skipped },
		{ { .skipped = 3, .rejects = &reject, .n_rejects = 1 },
			"a.vcf: nothing was imported: all of it was skipped or rejected" },
		{ { .added = 1, .skipped = 3 }, "" },
		{ { .updated = 1 }, "" },
		{ { .unchanged = 1 }, "" },
		{ { .skipped = 1, .erased = 1 }, "" },
		{ { .asides = { .n_skills = 1 } }, "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(verdict_of_all(&rows[i].report, file, &e),
			*rows[i].sentence ? -EBADMSG : 0);
		CHECK_TEXT(e.text, rows[i].sentence);
	}
}

TEST_MAIN(TEST(verdict_files), TEST(verdict_whole))
