/* SPDX-License-Identifier: MIT */
/*
 * starter: has systemd start nudged's unit, and run it while its user is logged out.
 */
#include "cli/starter.h"

#include "base/command.h"
#include "core/str.h"
#include "format/shellword.h"

#include <errno.h>
#include <pwd.h>
#include <unistd.h>

#define STARTER_LINGER    "/var/lib/systemd/linger/"
#define STARTER_SECONDS   100 /* a unit's start has ninety */
#define STARTER_WORDS_MAX 8

/* Runs a program, its words ended by NULL; whether it ended well. What it complained of is kept. */
static bool starter_run(const char *const *words, struct str *out, struct str *complaint)
{
	char *argv[STARTER_WORDS_MAX + 1] = { NULL };
	bool good = true;
	struct err e;

	for (size_t i = 0; i < STARTER_WORDS_MAX && words[i]; i++) {
		argv[i] = str_dup(words[i]);
		good = good && argv[i];
	}
	good = good && command_run(argv, STARTER_SECONDS, out, complaint, &e) == 0;
	for (size_t i = 0; i < STARTER_WORDS_MAX; i++)
		free(argv[i]);
	return good;
}

static bool starter_systemctl(
	const struct starter *starter, const char *verb, const char *option, struct str *complaint)
{
	const char *words[] = { "systemctl", starter->system ? "--system" : "--user", verb,
		starter->name, option, NULL };
	_cleanup_str_ struct str out = STR_INIT;

	return starter_run(words, &out, complaint);
}

bool starter_is_known(const struct starter *starter)
{
	_cleanup_str_ struct str complaint = STR_INIT;

	return starter_systemctl(starter, "cat", NULL, &complaint);
}

bool starter_is_active(const struct starter *starter)
{
	_cleanup_str_ struct str complaint = STR_INIT;

	return starter_systemctl(starter, "is-active", NULL, &complaint);
}

bool starter_is_failed(const struct starter *starter)
{
	const char *words[] = { "systemctl", starter->system ? "--system" : "--user", "is-failed",
		starter->name, NULL };
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;

	/* One that waits for its next start has failed too. */
	return starter_run(words, &out, &complaint) || str_starts(str_text(&out), "activating");
}

int starter_enable(const struct starter *starter, struct err *reterr)
{
	bool runs = starter_is_active(starter);
	_cleanup_str_ struct str complaint = STR_INIT;
	_cleanup_str_ struct str name = STR_INIT;
	bool good = starter_systemctl(starter, "enable", runs ? NULL : "--now", &complaint);

	/* A new password, too, is read anew. */
	if (good && runs)
		good = starter_systemctl(starter, "restart", NULL, &complaint);
	if (good)
		return 0;
	shellword_add(&name, starter->name, SHELLWORD_PLAIN);
	return err_set(reterr, -EIO,
		"the service does not start%s%s; `journalctl %s %s` tells why, and `systemctl%s enable "
		"--now %s` tries it again",
		complaint.len ? ": " : "", str_text(&complaint),
		starter->system ? "-u" : "--user-unit", str_text(&name),
		starter->system ? "" : " --user", str_text(&name));
}

bool starter_lingers(void)
{
	const struct passwd *user = getpwuid(geteuid());
	_cleanup_str_ struct str path = STR_INIT;

	str_addf(&path, STARTER_LINGER "%s", user ? user->pw_name : "");
	return user && !path.failed && access(str_text(&path), F_OK) == 0;
}

int starter_linger(struct err *reterr)
{
	static const char *const words[] = { "loginctl", "enable-linger", NULL };
	const struct passwd *user = getpwuid(geteuid());
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;

	if (starter_run(words, &out, &complaint))
		return 0;
	return err_set(reterr, -EIO,
		"without it the service runs only while you are logged in; as root, `loginctl "
		"enable-linger %s` does it",
		user ? user->pw_name : "USER");
}
