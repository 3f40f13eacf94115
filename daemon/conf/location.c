/* SPDX-License-Identifier: MIT */
/*
 * location: where things lie by the mode nudged runs in, the system's or a user's own.
 */
#include "conf/location.h"

#include "base/control.h"
#include "base/file.h"
#include "base/lock.h"
#include "core/str.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define LOCATION_SYSTEM_FOLDER PACKAGE_SYSCONFDIR "/nudged"
#define LOCATION_ANSWER_MSEC   5000

bool location_is_service_user(void)
{
	struct passwd entry, *found = NULL;
	char buffer[16 * 1024];

	return getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) == 0 && found &&
		str_equal(found->pw_name, LOCATION_SYSTEM_USER);
}

/* What of a path, its folders spelled out, is below the system's folder; NULL: it is not. */
static char *location_below(const char *path)
{
	_cleanup_free_ char *folder = realpath(LOCATION_SYSTEM_FOLDER, NULL);
	const char *above = folder ? folder : LOCATION_SYSTEM_FOLDER;
	size_t n = strlen(above);

	return path && str_starts(path, above) && path[n] == '/' ? str_dup(path + n + 1) : NULL;
}

/* "anna.conf" of the system's folder, however the path is spelled and by whatever links it leads there: a book
 * of one's own must not be taken for that configuration's. The file itself may be a link to elsewhere. */
static char *location_system_name(const char *config)
{
	_cleanup_free_ char *above = file_folder_of(config);
	_cleanup_free_ char *folder = above ? realpath(above, NULL) : NULL;
	const char *slash = strrchr(config, '/');
	_cleanup_free_ char *spelled = folder ? file_join(folder, slash ? slash + 1 : config)
					      : NULL;
	_cleanup_free_ char *real = realpath(config, NULL);
	char *name = location_below(spelled ? spelled : config);

	return name ? name : location_below(real);
}

bool location_is_system(const char *config)
{
	_cleanup_free_ char *name = location_system_name(config);

	return name && (geteuid() == 0 || location_is_service_user() || access(config, F_OK) == 0);
}

/* "anna" of "anna.conf", one of several as nudged@.service has them; NULL: the only one, or out of memory. */
static char *location_instance(const char *config)
{
	_cleanup_free_ char *name = location_system_name(config);
	const char *ending = name ? strrchr(name, '.') : NULL;

	if (!str_equal(ending, ".conf") || str_equal(name, "nudged.conf"))
		return NULL;
	return str_ndup(name, (size_t)(ending - name));
}

char *location_unit(const char *config)
{
	_cleanup_free_ char *instance = location_instance(config);
	struct str unit = STR_INIT;

	str_addf(&unit, "nudged%s%s", instance ? "@" : "", instance ? instance : "");
	return str_take(&unit);
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
	const char *state = getenv("STATE_DIRECTORY");
	_cleanup_free_ char *instance = NULL;

	if (state && *state == '/')
		return str_ndup(state, strcspn(state, ":"));
	instance = location_instance(config);
	return file_join(PACKAGE_LOCALSTATEDIR "/lib/nudged", instance ? instance : "");
}

bool location_is_twin(const char *config)
{
	_cleanup_free_ char *instance = location_instance(config);
	_cleanup_free_ char *state = getenv("STATE_DIRECTORY") ? location_state(config) : NULL;
	static const char twin[] = "/nudged/nudged";
	size_t n = state ? strlen(state) : 0;

	return location_is_system(config) && !instance && n >= strlen(twin) &&
		str_equal(state + n - strlen(twin), twin);
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

/* "anna" of nudged@anna reads anna.conf: systemd spells other characters, as in "anna\x20ben", and reads that. */
static bool location_is_unit_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789:-_.\\@";
	size_t n = strspn(name, allowed);

	return n > 0 && str_equal(name + n, "");
}

static bool location_system_has_unit(const char *config)
{
	_cleanup_free_ char *name = location_system_name(config);
	_cleanup_free_ char *instance = location_instance(config);

	return instance ? location_is_unit_name(instance) : str_equal(name, "nudged.conf");
}

bool location_has_unit(const char *config)
{
	_cleanup_free_ char *own = location_own_configuration();

	/* Of those that are not there the system's is the one that is named. */
	if (location_is_system(config))
		return location_system_has_unit(config);
	return str_equal(config, own) || str_equal(config, LOCATION_SYSTEM_CONFIGURATION);
}

/* In the folder that systemd gives to the unit: /run/nudged/anna/control. That of the first is /run/nudged/~, as no
 * other can be called. */
static char *location_unit_socket(const char *config)
{
	_cleanup_free_ char *instance = location_instance(config);
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	struct str path = STR_INIT;

	if (location_is_system(config))
		str_addf(&path, "/run/nudged/%s/control", instance ? instance : "~");
	else if (!str_empty(runtime))
		str_addf(&path, "%s/nudged/control", runtime);
	return path.len ? str_take(&path) : NULL;
}

char *location_find_socket(const char *config)
{
	bool known = location_has_unit(config);
	_cleanup_free_ char *database = known ? location_database(config) : NULL;
	char *socket = database ? lock_socket_of(database) : NULL;

	return socket || !known ? socket : location_unit_socket(config);
}

bool location_is_served(const char *config, const char *database)
{
	_cleanup_free_ char *beside = file_with_ending(database, ".db", ".socket");
	_cleanup_free_ char *socket = location_has_unit(config) ? location_unit_socket(config)
								: NULL;
	struct control_packet reply;

	if (beside && control_is_bound(beside))
		return true;
	return socket &&
		control_ask(socket, "status", "", LOCATION_ANSWER_MSEC, &reply, NULL) == 0 &&
		str_equal(reply.words[2], database);
}

char *location_path(const char *folder, const char *text)
{
	_cleanup_free_ char *home = NULL;

	if (!str_starts(text, "~/"))
		return file_join(folder, text);
	home = file_home();
	return home ? file_join(home, text + 2) : NULL;
}
