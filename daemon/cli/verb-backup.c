/* SPDX-License-Identifier: MIT */
/*
 * verb-backup: backup, restore: a copy of the database, and the way back from one.
 */
#include "base/file.h"
#include "base/fd.h"
#include "base/lock.h"
#include "book/backups.h"
#include "cli/verbs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

int verb_backup(struct cli *cli, int argc, char **argv)
{
	int status, r;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, NULL, 0, NULL);
	if (status || cli->help)
		return status;
	if (cli->words.n != 1 || !*cli->words.all[0])
		return cli_usage(cli, "where to, please: nudge backup nudged-copy.db");
	status = cli_open(cli);
	if (status)
		return status;
	r = backups_write(cli->store, cli->words.all[0], &cli->err);
	if (r == -EEXIST)
		return cli_complain(cli, EX_CANTCREAT, "%s", cli->err.text);
	if (r < 0)
		return cli_fail(cli, r);
	if (!cli->json)
		str_addf(&cli->out, _("%s holds all books as they are now.\n"), cli->words.all[0]);
	return 0;
}

static bool restore_is_wanted(const char *database, const char *copy)
{
	char answer[16];

	/* TRANSLATORS: y, Y, j and J are taken for a yes */
	(void)fprintf(stderr, _("Put %s in the place of all books in %s? [y/N] "), copy, database);
	(void)fflush(stderr);
	return fgets(answer, sizeof(answer), stdin) && strchr("yYjJ", answer[0]) && answer[0];
}

static int restore_run(struct cli *cli, const char *database, const char *copy)
{
	_cleanup_free_ char *lock = lock_path_of(database), *kept = NULL,
			    *folder = file_folder_of(database);
	_cleanup_fd_ int held = -1;
	int r;

	if (!lock || !folder)
		return cli_fail(cli, err_oom(&cli->err));
	/* On another machine there is none yet. */
	r = file_make_own_folder(folder, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	/* It must not send by what it has read before. */
	held = lock_take(lock, &cli->err);
	if (held == -EBUSY)
		return cli_complain(cli, EX_TEMPFAIL,
			"the service is running: stop it first (`systemctl --user stop nudged`), and start it "
			"afterwards");
	if (held < 0)
		return cli_fail(cli, held);
	r = backups_restore(database, copy, clock_now(&cli->clock), &kept, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		return 0;
	str_addf(&cli->out, _("The books are as they were in %s.\n"), copy);
	if (kept)
		str_addf(&cli->out, _("What was there before is in %s for a week.\n"), kept);
	return 0;
}

int verb_restore(struct cli *cli, int argc, char **argv)
{
	struct restore_options {
		bool yes;
	} options = { 0 };
	static const struct cli_option rows[] = { CLI_OPTION(
		"yes", CLI_FLAG, struct restore_options, yes) };
	_cleanup_free_ char *database = NULL;
	const char *copy;
	int status;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options);
	if (status || cli->help)
		return status;
	if (cli->words.n != 1 || !*cli->words.all[0])
		return cli_usage(cli, "which copy, please: nudge restore nudged-copy.db");
	copy = cli->words.all[0];
	status = cli_load_conf(cli, false);
	if (status)
		return status;
	database = cli_database(cli);
	if (!database)
		return cli_fail(cli, err_oom(&cli->err));
	if (!options.yes && !isatty(STDIN_FILENO))
		return cli_complain(
			cli, CLI_REFUSED, "to restore %s without being asked, add --yes", copy);
	if (!options.yes && !restore_is_wanted(database, copy))
		return cli_complain(cli, CLI_REFUSED, "nothing was restored");
	return restore_run(cli, database, copy);
}
