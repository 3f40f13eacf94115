/* SPDX-License-Identifier: MIT */
#include "conf/location.h"

#include "base/file.h"
#include "conf/conf.h"
#include "test.h"

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

static void set(const char *name, const char *value)
{
	if (value ? setenv(name, value, 1) : unsetenv(name))
		abort();
}

#define SYSTEM(name) PACKAGE_SYSCONFDIR "/nudged/" name

/* Where nobody has put a configuration, the system's is that of root and of the service alone. */
static void location_of_the_database(void)
{
	static const struct {
		const char *config, *state, *data_home, *path;
	} rows[] = {
		{ SYSTEM("nudged.conf"), NULL, NULL,
			PACKAGE_LOCALSTATEDIR "/lib/nudged/nudged.db" },
		{ SYSTEM("nudged.conf"), "/state", "/data", "/state/nudged.db" },
		{ SYSTEM("nudged.conf"), "/one:/two", NULL, "/one/nudged.db" },
		{ SYSTEM("nudged.conf"), "", NULL, PACKAGE_LOCALSTATEDIR "/lib/nudged/nudged.db" },
		{ SYSTEM("nudged.conf"), "relative", NULL,
			PACKAGE_LOCALSTATEDIR "/lib/nudged/nudged.db" },
		{ SYSTEM("anna.conf"), NULL, NULL,
			PACKAGE_LOCALSTATEDIR "/lib/nudged/anna/nudged.db" },
		{ SYSTEM("anna.conf"), "/state/anna", NULL, "/state/anna/nudged.db" },
		{ SYSTEM("a.b.conf"), NULL, NULL,
			PACKAGE_LOCALSTATEDIR "/lib/nudged/a.b/nudged.db" },
		{ SYSTEM("strange"), NULL, NULL, PACKAGE_LOCALSTATEDIR "/lib/nudged/nudged.db" },
		{ "/home/anna/n.conf", NULL, NULL, "/home/anna/.local/share/nudged/nudged.db" },
		{ "/home/anna/n.conf", "/state", "/data", "/data/nudged/nudged.db" },
		{ "/home/anna/n.conf", NULL, "relative",
			"/home/anna/.local/share/nudged/nudged.db" },
		{ "/home/anna/n.conf", NULL, "", "/home/anna/.local/share/nudged/nudged.db" },
	};

	set("HOME", "/home/anna");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *found = NULL;

		TEST_ROW("row %zu", i);
		if (geteuid() != 0 && str_starts(rows[i].config, PACKAGE_SYSCONFDIR))
			continue;
		set("STATE_DIRECTORY", rows[i].state);
		set("XDG_DATA_HOME", rows[i].data_home);
		found = location_database(rows[i].config);
		CHECK_TEXT(found, rows[i].path);
	}
}

/* What systemd gives to nudged@nudged, which would keep a second book for the first one's configuration. */
static void a_twin(void)
{
	static const struct {
		const char *config, *state;
		bool twin;
	} rows[] = {
		{ SYSTEM("nudged.conf"), "/var/lib/nudged/nudged", true },
		{ SYSTEM("nudged.conf"), "/var/lib/nudged/nudged:/more", true },
		{ SYSTEM("nudged.conf"), "/var/lib/nudged", false },
		{ SYSTEM("nudged.conf"), NULL, false },
		{ SYSTEM("anna.conf"), "/var/lib/nudged/anna", false },
		{ SYSTEM("anna.conf"), "/var/lib/nudged/nudged", false },
		{ "/home/anna/nudged.conf", "/home/anna/.local/nudged/nudged", false },
	};

	for (size_t i = 0; geteuid() == 0 && i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		set("STATE_DIRECTORY", rows[i].state);
		CHECK_INT(location_is_twin(rows[i].config), rows[i].twin);
	}
	set("STATE_DIRECTORY", NULL);
}

/* The order in which a configuration is looked for. Where nothing of the system's is installed, root has a book of
 * their own from the first import on, which `nudge init` then finds. */
static void location_of_the_configuration(void)
{
	_cleanup_free_ char *config_home = file_join(test_folder(), "config"),
			    *folder = file_join(config_home, "nudged"),
			    *own = file_join(folder, "nudged.conf");
	static const char system[] = PACKAGE_SYSCONFDIR "/nudged/nudged.conf";
	bool installed = getpwnam(LOCATION_SYSTEM_USER) || access(system, F_OK) == 0;
	const struct {
		const char *argument, *variable;
		bool exists;
		const char *path;
	} rows[] = {
		{ "/a.conf", "/b.conf", true, "/a.conf" },
		{ NULL, "/b.conf", true, "/b.conf" },
		{ NULL, NULL, true, own },
		{ NULL, "", true, own },
		{ NULL, NULL, false, geteuid() == 0 && !installed ? own : system },
	};

	set("XDG_CONFIG_HOME", config_home);
	CHECK_INT(file_make_folder(folder, 0700, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *found = NULL;
		FILE *f;

		TEST_ROW("row %zu", i);
		set("NUDGED_CONFIG", rows[i].variable);
		f = rows[i].exists ? fopen(own, "w") : NULL;
		if (f)
			(void)fclose(f);
		else
			(void)unlink(own);
		found = conf_find(rows[i].argument);
		CHECK_TEXT(found, rows[i].path);
	}
}

static void location_below_home(void)
{
	_cleanup_free_ char *home = file_join(test_folder(), "home"),
			    *folder = file_join(home, ".config/nudged"),
			    *own = file_join(folder, "nudged.conf"), *found = NULL,
			    *expected = NULL, *other = NULL;
	FILE *f;

	set("NUDGED_CONFIG", NULL);
	set("XDG_CONFIG_HOME", NULL);
	set("HOME", home);
	expected = location_own_configuration();
	CHECK_TEXT(expected, own); /* whether it is there or not */
	CHECK_INT(file_make_folder(folder, 0700, NULL), 0);
	f = fopen(own, "w");
	CHECK(f && fclose(f) == 0);
	found = conf_find(NULL);
	CHECK_TEXT(found, own);
	set("XDG_CONFIG_HOME", "/elsewhere");
	other = location_own_configuration();
	CHECK_TEXT(other, "/elsewhere/nudged/nudged.conf");
	set("XDG_CONFIG_HOME", NULL);
}

static void location_paths(void)
{
	static const struct {
		const char *text, *path;
	} rows[] = {
		{ "a", "/folder/a" },
		{ "/a", "/a" },
		{ "~/a", "/home/anna/a" },
		{ "~a/b", "/folder/~a/b" },
		{ "../a", "/folder/../a" },
	};

	set("HOME", "/home/anna");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *found = location_path("/folder", rows[i].text);

		TEST_ROW("%s", rows[i].text);
		CHECK_TEXT(found, rows[i].path);
	}
}

/* Where no file is, root alone is in the system's mode; somewhere else nobody is. */
static void location_mode(void)
{
	CHECK_INT(location_is_system(SYSTEM("no-such.conf")), geteuid() == 0);
	CHECK(!location_is_system("/home/anna/.config/nudged/nudged.conf"));
	CHECK(!location_is_system(PACKAGE_SYSCONFDIR "/nudged.conf"));
	CHECK(!location_is_service_user());
}

static void location_units(void)
{
	static const struct {
		const char *config, *unit;
	} rows[] = {
		{ SYSTEM("nudged.conf"), "nudged" },
		{ SYSTEM("anna.conf"), "nudged@anna" },
		{ SYSTEM("a.b.conf"), "nudged@a.b" },
		{ SYSTEM("strange"), "nudged" },
		{ "/home/anna/.config/nudged/nudged.conf", "nudged" },
		{ "/home/anna/anna.conf", "nudged" },
	};
	static const struct {
		const char *config;
		bool has;
	} names[] = {
		{ SYSTEM("nudged.conf"), true },
		{ SYSTEM("anna.conf"), true },
		{ SYSTEM("a\\x20b.conf"), true },
		/* systemd reads another file then. */
		{ SYSTEM("anna o'neil.conf"), false },
		{ SYSTEM("j\303\266rg.conf"), false },
		{ SYSTEM("strange"), false },
		{ SYSTEM(".conf"), false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *unit = location_unit(rows[i].config);

		TEST_ROW("%s", rows[i].config);
		CHECK_TEXT(unit, rows[i].unit);
	}
	for (size_t i = 0; geteuid() == 0 && i < ARRAY_SIZE(names); i++) {
		TEST_ROW("%s", names[i].config);
		CHECK_INT(location_has_unit(names[i].config), names[i].has);
	}
}

TEST_MAIN(TEST(a_twin), TEST(location_of_the_database), TEST(location_of_the_configuration),
	TEST(location_below_home), TEST(location_paths), TEST(location_mode), TEST(location_units))
