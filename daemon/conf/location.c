/* SPDX-License-Identifier: MIT */
/*
 * location: where things lie by the mode nudged runs in, the system's or a user's own.
 */
#include "conf/location.h"

#include "base/file.h"
#include "core/str.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define LOCATION_SYSTEM_FOLDER PACKAGE_SYSCONFDIR "/nudged/"

bool location_is_service_user(void)
{
	struct passwd entry, *found = NULL;
	char buffer[16 * 1024];

	return getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) == 0 && found &&
		str_equal(found->pw_name, LOCATION_SYSTEM_USER);
}

bool location_is_system(const char *config)
{
	if (!str_starts(config, LOCATION_SYSTEM_FOLDER))
		return false;
	return geteuid() == 0 || location_is_service_user() || access(config, F_OK) == 0;
}

/* A folder by the XDG Base Directory Specification, which has a relative path ignored. */
static char *location_xdg(const char *variable, const char *below_home)
{
	const char *folder = getenv(variable);
	_cleanup_free_ char *home = NULL;

	if (folder && *folder == '/')
		return str_dup(folder);
	home = file_home();
	return home ? file_join(home, below_home) : NULL;
}

/* Several state folders are separated by colons: the first is the database's. */
static char *location_state(const char *config)
{
	const char *state = getenv("STATE_DIRECTORY"),
		   *name = config + strlen(LOCATION_SYSTEM_FOLDER), *ending = strrchr(name, '.');
	struct str folder = STR_INIT;

	if (state && *state == '/')
		return str_ndup(state, strcspn(state, ":"));
	str_add(&folder, PACKAGE_LOCALSTATEDIR "/lib/nudged");
	/* One of several, as nudged@.service has them. */
	if (ending && str_equal(ending, ".conf") &&
		!str_equal(config, LOCATION_SYSTEM_CONFIGURATION))
		str_addf(&folder, "/%.*s", (int)(ending - name), name);
	return str_take(&folder);
}

char *location_database(const char *config)
{
	bool system = location_is_system(config);
	_cleanup_free_ char *folder = system ? location_state(config)
					     : location_xdg("XDG_DATA_HOME", ".local/share");

	return folder ? file_join(folder, system ? "nudged.db" : "nudged/nudged.db") : NULL;
}

char *location_own_configuration(void)
{
	_cleanup_free_ char *folder = location_xdg("XDG_CONFIG_HOME", ".config");

	return folder ? file_join(folder, "nudged/nudged.conf") : NULL;
}

/* Root's is the system's where there is one: its user came with an installation that has a service, and its
 * configuration may be anybody's work. Else root is a person like others, and `nudge init` sees it so too. */
static bool location_root_is_system(void)
{
	struct passwd entry, *found = NULL;
	char buffer[16 * 1024];

	if (access(LOCATION_SYSTEM_CONFIGURATION, F_OK) == 0)
		return true;
	return getpwnam_r(LOCATION_SYSTEM_USER, &entry, buffer, sizeof(buffer), &found) == 0 &&
		found;
}

char *location_configuration(void)
{
	_cleanup_free_ char *path = location_own_configuration();

	if (path && access(path, F_OK) < 0 && (geteuid() != 0 || location_root_is_system()))
		return str_dup(LOCATION_SYSTEM_CONFIGURATION);
	return TAKE_PTR(path);
}

char *location_path(const char *folder, const char *text)
{
	_cleanup_free_ char *home = NULL;

	if (!str_starts(text, "~/"))
		return file_join(folder, text);
	home = file_home();
	return home ? file_join(home, text + 2) : NULL;
}
