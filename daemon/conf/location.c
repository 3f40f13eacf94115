/* SPDX-License-Identifier: MIT */
/*
 * location: where things lie by the mode nudged runs in, the system's or a user's own.
 */
#include "conf/location.h"

#include "base/file.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

bool location_is_system(void)
{
	struct passwd entry, *found = NULL;
	char buffer[16 * 1024];

	if (geteuid() == 0)
		return true;
	return getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) == 0 && found &&
		str_equal(found->pw_name, LOCATION_SYSTEM_USER);
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
static char *location_state(void)
{
	const char *state = getenv("STATE_DIRECTORY");

	if (state && *state == '/')
		return str_ndup(state, strcspn(state, ":"));
	return str_dup(PACKAGE_LOCALSTATEDIR "/lib/nudged");
}

char *location_database(bool system)
{
	_cleanup_free_ char *folder = system ? location_state()
					     : location_xdg("XDG_DATA_HOME", ".local/share");

	return folder ? file_join(folder, system ? "nudged.db" : "nudged/nudged.db") : NULL;
}

char *location_own_configuration(void)
{
	_cleanup_free_ char *folder = location_xdg("XDG_CONFIG_HOME", ".config");

	return folder ? file_join(folder, "nudged/nudged.conf") : NULL;
}

char *location_configuration(void)
{
	_cleanup_free_ char *path = location_own_configuration();

	if (path && access(path, F_OK) < 0)
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
