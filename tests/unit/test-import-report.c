/* SPDX-License-Identifier: MIT */
#include "cli/import-report.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static char one[] = "one.csv", two[] = "two.vcf";

static void report_sources(void)
{
	struct import_source sources[] = {
		{ one, NULL,
			{ .format = "Outlook CSV", .encoding = "Windows-1252", .separator = ';' } },
		{ one, NULL, { .format = "CSV", .encoding = "UTF-8", .separator = '\t' } },
		{ two, NULL, { .format = "vCard" } },
	};
	const struct import_report report = { .sources = sources, .n_sources = 3 };
	_cleanup_str_ struct str s = STR_INIT;

	import_report_add_sources(&s, &report);
	CHECK_TEXT(str_text(&s),
		"one.csv: Outlook CSV, Windows-1252, separator ;\n"
		"one.csv: CSV, UTF-8, separator tab\ntwo.vcf: vCard\n");
}

static void report_many_sources(void)
{
	struct import_source sources[22];
	struct import_report report = { .sources = sources, .n_sources = 20 };
	_cleanup_str_ struct str s = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
		sources[i] = (struct import_source){ two, NULL, { .format = "vCard" } };
	import_report_add_sources(&s, &report);
	CHECK(!strstr(s.data, "more files"));
	report.n_sources = ARRAY_SIZE(sources);
	str_clear(&s);
	import_report_add_sources(&s, &report);
	CHECK(strstr(s.data, "... and 2 more files\n") != NULL);
}

static void report_rejects(void)
{
	static char bad[] = "is bad", worse[] = "is worse";
	struct import_reject rejects[] = { { one, 2, bad }, { one, 3, worse }, { two, 4, bad },
		{ one, 5, bad }, { one, 6, bad }, { one, 7, bad } };
	const struct import_report report = {
		.rejects = rejects, .n_rejects = ARRAY_SIZE(rejects), .unlisted = 9
	};
	_cleanup_str_ struct str s = STR_INIT;

	import_report_add_rejects(&s, &report);
	CHECK_TEXT(str_text(&s),
		"one.csv:2, 5, 6 and 1 more: is bad\none.csv:3: is worse\n"
		"two.vcf:4: is bad\n... and 9 more, for these or other reasons\n");
}

/* Each for a reason of its own: the first ones are told. */
static void report_many_reasons(void)
{
	char reasons[30][16];
	struct import_reject rejects[30];
	const struct import_report report = { .rejects = rejects, .n_rejects = 30 };
	_cleanup_str_ struct str s = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(rejects); i++) {
		(void)snprintf(reasons[i], sizeof(reasons[i]), "has %zu", i);
		rejects[i] = (struct import_reject){ one, i + 1, reasons[i] };
	}
	import_report_add_rejects(&s, &report);
	CHECK(strstr(s.data, "one.csv:20: has 19\n... and 10 more, for these or other reasons\n"));
}

/* What is left for one reason shares a line; further reasons are counted. */
static void report_left(void)
{
	_cleanup_str_ struct str s = STR_INIT;
	char paths[40][16], reasons[12][16], folder[] = "is a folder", table[] = "is a table",
					     bare[] = "bare.csv";
	struct gather_left left[40] = { { NULL, NULL } };
	struct gather gather = { .left = left };

	for (size_t i = 0; i < ARRAY_SIZE(left); i++) {
		(void)snprintf(paths[i], sizeof(paths[i]), "x/%zu.csv", i);
		left[i] = (struct gather_left){ paths[i], i % 2 ? folder : table };
	}
	import_report_add_left(&s, &gather);
	CHECK_TEXT(str_text(&s), "");
	gather.n_left = 1;
	import_report_add_left(&s, &gather);
	CHECK_TEXT(str_text(&s), "left alone: x/0.csv is a table\n");
	str_clear(&s);
	gather.n_left = 3;
	import_report_add_left(&s, &gather);
	CHECK_TEXT(str_text(&s),
		"left alone: 2 files, each is a table: 0.csv, 2.csv\n"
		"left alone: x/1.csv is a folder\n");
	str_clear(&s);
	left[2].path = bare;
	gather.n_left = 24;
	import_report_add_left(&s, &gather);
	CHECK_TEXT(str_text(&s),
		"left alone: 12 files, each is a table: 0.csv, bare.csv, 4.csv, 6.csv, 8.csv, 10.csv,"
		" 12.csv, 14.csv, 16.csv, 18.csv and 2 more\n"
		"left alone: 12 files, each is a folder: 1.csv, 3.csv, 5.csv, 7.csv, 9.csv, 11.csv,"
		" 13.csv, 15.csv, 17.csv, 19.csv and 2 more\n");
	str_clear(&s);
	gather.n_left = ARRAY_SIZE(left);
	for (size_t i = 0; i < ARRAY_SIZE(left); i++) {
		(void)snprintf(reasons[i % 12], sizeof(reasons[0]), "is of kind %zu", i % 12);
		left[i].why = reasons[i % 12];
	}
	import_report_add_left(&s, &gather);
	CHECK(str_starts(
		s.data, "left alone: 4 files, each is of kind 0: 0.csv, 12.csv, 24.csv, 36.csv\n"));
	CHECK(strstr(s.data, "is of kind 9: ") && !strstr(s.data, "is of kind 10"));
	CHECK(strstr(s.data, "\n... and 6 more\n"));
}

static void report_json(void)
{
	struct aside_kept kept = { one, RECORD_PHONE, 12 };
	static char bad[] = "is bad";
	struct import_reject rejects[] = { { one, 2, bad } };
	struct import_source sources[] = { { one, NULL, { .format = "CSV", .separator = ',' } } };
	const struct import_report report = { .asides = { .kept = &kept, .n_kept = 1 },
		.rejects = rejects,
		.n_rejects = 1,
		.sources = sources,
		.n_sources = 1 };
	const struct gather gather = { 0 };
	_cleanup_str_ struct str s = STR_INIT;
	struct json js = JSON_INIT(&s);

	json_object_begin(&js);
	import_report_json_sources(&js, &report);
	import_report_json_kept(&js, &report);
	import_report_json_left(&js, &gather);
	import_report_json_rejects(&js, &report);
	json_object_end(&js);
	CHECK(strstr(s.data, "\"encoding\": null,\n      \"separator\": \",\"\n"));
	CHECK(strstr(s.data,
		"\"file\": \"one.csv\",\n      \"what\": \"phone\",\n      \"people\": 12\n"));
	CHECK(strstr(s.data, "\"left_alone\": []"));
	CHECK(strstr(s.data, "\"line\": 2,\n      \"reason\": \"is bad\"\n"));
}

TEST_MAIN(TEST(report_sources), TEST(report_many_sources), TEST(report_rejects),
	TEST(report_many_reasons), TEST(report_left), TEST(report_json))
