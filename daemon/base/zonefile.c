/* SPDX-License-Identifier: MIT */
/*
 * zonefile: time zones of this system, by name.
 */
#include "base/zonefile.h"

#include "base/file.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

static const char *zonefile_folder(void)
{
	const char *folder = getenv("TZDIR");

	return folder && *folder == '/' ? folder : "/usr/share/zoneinfo";
}

/* The name becomes part of a path: it must not lead out of the folder. */
static bool zonefile_is_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_+-/";
	size_t n = strlen(name);

	return n > 0 && n <= ZONEFILE_NAME_MAX && strspn(name, allowed) == n && name[0] != '/' &&
		name[n - 1] != '/';
}

static int zonefile_explain(const char *name, int code, struct err *reterr)
{
	if (access(zonefile_folder(), F_OK) < 0)
		return err_set(reterr, code,
			"the time zone data are missing (%s): install the package tzdata",
			zonefile_folder());
	if (code == -ENOENT || code == -ENOTDIR)
		return err_set(reterr, -ENOENT,
			"there is no time zone \"%s\"; `timedatectl list-timezones` shows "
			"all of them",
			name);
	if (code == -EISDIR)
		return err_set(reterr, -EINVAL,
			"\"%s\" is a group of time zones; write one of them, as in "
			"\"Europe/Berlin\"",
			name);
	return code;
}

char *zonefile_path(const char *name)
{
	return zonefile_is_name(name) ? file_join(zonefile_folder(), name) : NULL;
}

int zonefile_load(struct zone **ret, const char *name, struct err *reterr)
{
	_cleanup_str_ struct str bytes = STR_INIT;
	_cleanup_free_ char *path = zonefile_path(name);
	int r;

	if (str_equal(name, "UTC") || str_equal(name, "Etc/UTC"))
		return zone_new_utc(ret, reterr);
	if (!zonefile_is_name(name))
		return err_set(reterr, -EINVAL,
			"this is no name of a time zone; write one as in \"Europe/Berlin\" "
			"or \"UTC\"");
	if (!path)
		return err_oom(reterr);
	r = file_read(path, ZONE_FILE_MAX, &bytes, reterr);
	if (r < 0)
		return zonefile_explain(name, r, reterr);
	return zone_new(ret, name, bytes.data ? bytes.data : "", bytes.len, reterr);
}

/* "../usr/share/zoneinfo/Europe/Berlin" names the zone; a copy instead of a link does not. */
static char *zonefile_of_link(const char *path)
{
	static const char below[] = "/zoneinfo/";
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);
	const char *name;

	if (n <= 0)
		return NULL;
	target[n] = '\0';
	name = strstr(target, below);
	return name && zonefile_is_name(name + strlen(below)) ? str_dup(name + strlen(below))
							      : NULL;
}

static char *zonefile_of_text(const char *path)
{
	_cleanup_str_ struct str text = STR_INIT;

	if (file_read(path, 4096, &text, NULL) < 0 || !text.data)
		return NULL;
	text.data[strcspn(text.data, " \t\r\n")] = '\0';
	return zonefile_is_name(text.data) ? str_dup(text.data) : NULL;
}

char *zonefile_system_name_below(const char *root)
{
	_cleanup_free_ char *link_path = file_join(root, "etc/localtime");
	_cleanup_free_ char *text_path = file_join(root, "etc/timezone");
	char *name;

	if (!link_path || !text_path)
		return NULL;
	name = zonefile_of_link(link_path);
	if (!name)
		name = zonefile_of_text(text_path);
	return name ? name : str_dup("UTC");
}

char *zonefile_system_name(void)
{
	return zonefile_system_name_below("/");
}
