/* SPDX-License-Identifier: MIT */
#include "base/zonefile.h"

#include "base/file.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void make_folder(const char *name)
{
	_cleanup_free_ char *path = file_join(test_folder(), name);

	if (file_make_folder(path, 0700, NULL) < 0)
		abort();
}

static void write_file(const char *name, const char *text)
{
	_cleanup_free_ char *path = file_join(test_folder(), name);
	FILE *f = fopen(path, "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

static void zonefile_needs_no_file_for_utc(void)
{
	static const char *const names[] = { "UTC", "Etc/UTC" };

	CHECK_INT(setenv("TZDIR", "/nowhere", 1), 0);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_(zone_freep) struct zone *zone = NULL;
		struct err e;

		TEST_ROW("%s", names[i]);
		CHECK_INT(zonefile_load(&zone, names[i], &e), 0);
		CHECK(zone && zone_offset(zone, 1700000000) == 0);
	}
	CHECK_INT(unsetenv("TZDIR"), 0);
}

static void zonefile_reads_the_systems(void)
{
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e = { "" };

	if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) < 0) {
		test_skip("the package tzdata is not installed");
		return;
	}
	CHECK_INT(zonefile_load(&zone, "Europe/Berlin", &e), 0);
	CHECK(zone && zone_offset(zone, 1700000000) == 3600);
}

static void zonefile_refuses(void)
{
	static const struct {
		const char *name;
		int result;
		const char *words;
	} rows[] = {
		{ "", -EINVAL, "no name of a time zone" },
		{ "../passwd", -EINVAL, "no name of a time zone" },
		{ "Europe/../../passwd", -EINVAL, "no name of a time zone" },
		{ "/etc/passwd", -EINVAL, "no name of a time zone" },
		{ "Europe/", -EINVAL, "no name of a time zone" },
		{ "Europe/Ber lin", -EINVAL, "no name of a time zone" },
		{ "Europe\n", -EINVAL, "no name of a time zone" },
		{ "Area/Missing", -ENOENT, "there is no time zone \"Area/Missing\"" },
		{ "Area", -EINVAL, "\"Area\" is a group of time zones" },
		{ "Area/Broken/More", -ENOENT, "there is no time zone" },
		{ "Area/Broken", -EINVAL, "Area/Broken" },
		{ "Area/Empty", -EINVAL, "Area/Empty" },
	};
	_cleanup_free_ char *folder = file_join(test_folder(), "zones");

	make_folder("zones/Area");
	write_file("zones/Area/Broken", "this is no time zone");
	write_file("zones/Area/Empty", "");
	CHECK_INT(setenv("TZDIR", folder, 1), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(zone_freep) struct zone *zone = NULL;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].name);
		CHECK_INT(zonefile_load(&zone, rows[i].name, &e), rows[i].result);
		CHECK(strstr(e.text, rows[i].words));
		CHECK(!zone);
	}
	CHECK_INT(unsetenv("TZDIR"), 0);
}

static void zonefile_says_that_tzdata_is_missing(void)
{
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e = { "" };

	CHECK_INT(setenv("TZDIR", "/nowhere/at/all", 1), 0);
	CHECK_INT(zonefile_load(&zone, "Europe/Berlin", &e), -ENOENT);
	CHECK_TEXT(e.text,
		"the time zone data are missing (/nowhere/at/all): install the package tzdata");
	CHECK_INT(unsetenv("TZDIR"), 0);
}

static void zonefile_name_of_the_system(void)
{
	static const struct {
		const char *link, *text; /* of etc/localtime and etc/timezone; NULL: not there */
		const char *name;
	} rows[] = {
		{ "/usr/share/zoneinfo/Europe/Berlin", NULL, "Europe/Berlin" },
		{ "../usr/share/zoneinfo/UTC", "Asia/Tokyo\n", "UTC" },
		{ "/somewhere/else", "Asia/Tokyo\n", "Asia/Tokyo" },
		{ "/usr/share/zoneinfo/../passwd", "Asia/Tokyo\n", "Asia/Tokyo" },
		{ NULL, "America/Port-au-Prince # by hand\n", "America/Port-au-Prince" },
		{ NULL, "../passwd\n", "UTC" },
		{ NULL, "", "UTC" },
		{ NULL, NULL, "UTC" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *root = NULL, *link_path = NULL, *found = NULL;
		char name[32];

		TEST_ROW("row %zu", i);
		(void)snprintf(name, sizeof(name), "root%zu/etc", i);
		make_folder(name);
		(void)snprintf(name, sizeof(name), "root%zu/etc/timezone", i);
		if (rows[i].text)
			write_file(name, rows[i].text);
		(void)snprintf(name, sizeof(name), "root%zu", i);
		root = file_join(test_folder(), name);
		link_path = file_join(root, "etc/localtime");
		if (rows[i].link)
			CHECK_INT(symlink(rows[i].link, link_path), 0);
		found = zonefile_system_name_below(root);
		CHECK_TEXT(found, rows[i].name);
	}
}

TEST_MAIN(TEST(zonefile_needs_no_file_for_utc), TEST(zonefile_reads_the_systems),
	TEST(zonefile_refuses), TEST(zonefile_says_that_tzdata_is_missing),
	TEST(zonefile_name_of_the_system))
