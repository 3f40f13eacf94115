/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "cli/place.h"
#include "conf/location.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void set_home(void)
{
	if (chdir(test_folder()) < 0)
		abort();
	(void)setenv("HOME", test_folder(), 1);
	(void)unsetenv("XDG_CONFIG_HOME");
	(void)unsetenv("NUDGED_CONFIG");
}

/* What a path is below the test's folder; static buffer. */
static const char *below(const char *path)
{
	size_t n = strlen(test_folder());

	return path && strncmp(path, test_folder(), n) == 0 ? path + n + 1 : path;
}

static void place_of_ones_own(void)
{
	static const struct {
		const char *path, *variable, *config, *secret, *unit;
	} rows[] = {
		{ ".config/nudged/nudged.conf", NULL, ".config/nudged/nudged.conf",
			".config/nudged/smtp-password", "nudged" },
		{ "other.conf", NULL, "other.conf", "smtp-password", NULL },
		{ "./a/b.conf", "c.conf", "a/b.conf", "a/smtp-password", NULL },
		{ NULL, "c.conf", "c.conf", "smtp-password", NULL },
	};

	set_home();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_place_ struct place place = { 0 };

		TEST_ROW("row %zu", i);
		if (rows[i].variable)
			(void)setenv("NUDGED_CONFIG", rows[i].variable, 1);
		CHECK_INT(place_find(&place, rows[i].path, NULL), 0);
		CHECK_TEXT(below(place.config), rows[i].config);
		CHECK_TEXT(below(place.secret), rows[i].secret);
		CHECK_TEXT(place.unit, rows[i].unit);
		CHECK(!place.system);
	}
}

/* As the units name their configurations and credentials. */
static void place_of_the_system(void)
{
	static const struct {
		const char *name, *secret, *unit;
	} rows[] = {
		{ "nudged.conf", "/etc/credstore/nudged.smtp-password", "nudged" },
		{ "anna.conf", "/etc/credstore/nudged-anna.smtp-password", "nudged@anna" },
	};

	if (geteuid() != 0) {
		test_skip("only root has the system's");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *path = file_join(PACKAGE_SYSCONFDIR "/nudged", rows[i].name);
		_cleanup_place_ struct place place = { 0 };

		TEST_ROW("%s", rows[i].name);
		CHECK_INT(place_find(&place, path, NULL), 0);
		CHECK_TEXT(place.config, path);
		CHECK_TEXT(place.secret, rows[i].secret);
		CHECK_TEXT(place.unit, rows[i].unit);
		CHECK(place.system);
	}
}

static unsigned mode_of(const char *path)
{
	struct stat status;

	return stat(path, &status) < 0 ? 0 : status.st_mode & 07777;
}

static void check_file(const char *path, const char *text)
{
	_cleanup_str_ struct str bytes = STR_INIT;

	CHECK_INT(file_read(path, 100, &bytes, NULL), 0);
	CHECK_TEXT(str_text(&bytes), text);
	CHECK_INT(mode_of(path), 0600);
}

static void place_files(void)
{
	_cleanup_place_ struct place place = { 0 };

	set_home();
	CHECK_INT(place_find(&place, "x/y/nudged.conf", NULL), 0);
	CHECK_INT(place_write_secret(&place, "secret", NULL), 0);
	CHECK_INT(place_write_config(&place, "one", NULL), 0);
	CHECK_INT(mode_of("x"), 0700);
	CHECK_INT(mode_of("x/y"), 0700);
	check_file("x/y/smtp-password", "secret");
	check_file("x/y/nudged.conf", "one");
	CHECK(access("x/y/nudged.conf.old", F_OK) < 0);
	CHECK_INT(place_write_config(&place, "two", NULL), 0);
	check_file("x/y/nudged.conf", "two");
	check_file("x/y/nudged.conf.old", "one");
}

static void place_that_others_may_write_to(void)
{
	_cleanup_place_ struct place place = { 0 };
	struct err e = { "" };

	set_home();
	CHECK_INT(mkdir("open", 0700), 0);
	CHECK_INT(chmod("open", 0777), 0);
	CHECK_INT(place_find(&place, "open/nudged.conf", NULL), 0);
	CHECK_INT(place_write_secret(&place, "secret", &e), -EPERM);
	CHECK(strstr(e.text, "chmod go-w") != NULL);
	CHECK_INT(place_write_config(&place, "one", NULL), -EPERM);
	CHECK(access("open/nudged.conf", F_OK) < 0 && access("open/smtp-password", F_OK) < 0);
}

TEST_MAIN(TEST(place_of_ones_own), TEST(place_of_the_system), TEST(place_files),
	TEST(place_that_others_may_write_to))
