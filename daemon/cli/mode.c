/* SPDX-License-Identifier: MIT */
/*
 * mode: whose book it is: a user's own, or that of the system's service.
 */
#include "cli/mode.h"

#include "conf/location.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int mode_refuse(const struct cli *cli, const char *config)
{
	_cleanup_free_ char *own = location_own_configuration();
	bool named = !str_empty(getenv("NUDGED_CONFIG"));
	/* `nudge init` for the file that was named would be refused as well. */
	const struct cli unnamed = { .config_path = named ? own : NULL,
		.complaints = cli->complaints };

	return cli_complain(&unnamed, EX_NOPERM,
		"%s is for the system's service, whose book is root's to use: `sudo nudge ...`; for a book of "
		"your own, `nudge init` makes a configuration of your own, %s",
		config, own ? own : "~/.config/nudged/nudged.conf");
}

/* All that root was is given up, for good. */
static int mode_become(const struct cli *cli, const struct passwd *user)
{
	if (setgroups(0, NULL) < 0 || setgid(user->pw_gid) < 0 || setuid(user->pw_uid) < 0 ||
		setenv("HOME", user->pw_dir, 1) < 0)
		return cli_complain(cli, EX_NOPERM, "cannot become the user %s: %s", user->pw_name,
			strerror(errno));
	return 0;
}

static void mode_tell_system(const struct cli *cli, const char *config, const char *user)
{
	_cleanup_free_ char *unit = location_unit(config);

	if (unit && strchr(unit, '@'))
		(void)cli_complain(
			cli, 0, "this is the book of the system's %s, of user %s", unit, user);
	else
		(void)cli_complain(cli, 0, "this is the system's book, of user %s", user);
}

int mode_enter(struct cli *cli, const char *config)
{
	const struct passwd *user;
	int status;

	if (!location_is_system(config))
		return 0;
	if (location_is_service_user())
		return 0;
	if (geteuid() != 0)
		return mode_refuse(cli, config);
	/* Not installed: there is nobody to become. */
	user = getpwnam(LOCATION_SYSTEM_USER);
	if (!user)
		return 0;
	status = mode_become(cli, user);
	cli->was_root = status == 0;
	if (status == 0 && isatty(STDERR_FILENO))
		mode_tell_system(cli, config, user->pw_name);
	return status;
}

void mode_find_runtime(void)
{
	uid_t user = geteuid();
	struct str path = STR_INIT;
	struct stat st;

	/* Root's is not looked for: root stands for the system here. */
	if (user == 0 || getenv("XDG_RUNTIME_DIR"))
		return;
	str_addf(&path, "/run/user/%u", (unsigned)user);
	if (stat(str_text(&path), &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == user)
		(void)setenv("XDG_RUNTIME_DIR", str_text(&path), 1);
	str_done(&path);
}

bool mode_is_ahead(const struct cli *cli)
{
	_cleanup_free_ char *config = geteuid() == 0 ? conf_find(cli->config_path) : NULL;

	return config && location_is_system(config) && getpwnam(LOCATION_SYSTEM_USER);
}

/* The kernel is asked as that user, in a process of its own: no modes say what a folder above allows. */
bool mode_service_may_read(const char *path)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam(LOCATION_SYSTEM_USER) : NULL;
	int status = 0;
	pid_t pid;

	if (!user)
		return true;
	pid = fork();
	if (pid == 0)
		_exit(setgroups(0, NULL) < 0 || setgid(user->pw_gid) < 0 ||
					setuid(user->pw_uid) < 0 || access(path, R_OK) == 0 ||
					errno != EACCES
				? 0
				: 1);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 0;
}

void mode_tell_book(const struct cli *cli, const char *database)
{
	bool named = !str_empty(getenv("NUDGED_CONFIG"));
	bool two = geteuid() == 0 && access(LOCATION_SYSTEM_CONFIGURATION, F_OK) == 0;

	if (cli->config_path || !cli->conf || location_is_system(cli->conf->path))
		return;
	if ((named || two) && isatty(STDERR_FILENO))
		(void)cli_complain(cli, 0, "this is the book in %s", database);
}
