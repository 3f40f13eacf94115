/* SPDX-License-Identifier: MIT */
/*
 * verb-backup: backup, restore: a copy of the database, and the way back from one.
 */
#include "base/file.h"
#include "base/fd.h"
#include "base/lock.h"
#include "book/backups.h"
#include "cli/ask.h"
#include "cli/handover.h"
#include "cli/verbs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* By a file beside the database, for SQLite writes no stream. */
static int backup_to_stdout(struct cli *cli)
{
	_cleanup_str_ struct str path = STR_INIT;
	int r;

	if (isatty(STDOUT_FILENO))
		return cli_usage(
			cli, "a copy is nothing for a terminal: nudge backup - >nudged-copy.db");
	backups_sweep(store_path(cli->store));
	str_addf(&path, "%s.%d.copy", store_path(cli->store), (int)getpid());
	r = str_check(&path, &cli->err);
	if (r == 0)
		r = backups_write(cli->store, str_text(&path), &cli->err);
	if (r == 0)
		r = handover_write(str_text(&path), &cli->err);
	(void)unlink(str_text(&path));
	return r < 0 ? cli_fail(cli, r) : 0;
}

int verb_backup(struct cli *cli, int argc, char **argv)
{
	int status, r;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, NULL, 0, NULL);
	if (status || cli->help)
		return status;
	if (cli->words.n != 1 || !*cli->words.all[0])
		return cli_usage(cli, "where to, please: nudge backup nudged-copy.db");
	status = handover_check_folder(cli, cli->words.all[0]);
	if (status == 0)
		status = cli_look_around(cli);
	if (status == 0 && !store_is_there(cli->store))
		return CLI_REFUSED;
	if (status)
		return status;
	if (str_equal(cli->words.all[0], HANDOVER_STANDARD))
		return backup_to_stdout(cli);
	status = handover_check_output(cli, cli->words.all[0], "backup");
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

/* By a file beside the database, for SQLite reads no stream. */
static int restore_from_copy(
	struct cli *cli, const char *database, const char *place, char **ret_kept)
{
	_cleanup_str_ struct str path = STR_INIT;
	int r;

	str_addf(&path, "%s.%d.copy", database, (int)getpid());
	r = str_check(&path, &cli->err);
	if (r == 0)
		r = handover_read(str_text(&path), place, &cli->err);
	if (r == 0)
		r = backups_restore(
			database, str_text(&path), clock_now(&cli->clock), ret_kept, &cli->err);
	(void)unlink(str_text(&path));
	return r;
}

static int restore_run(struct cli *cli, const char *database, const char *copy, const char *place)
{
	_cleanup_free_ char *lock = lock_path_of(database), *kept = NULL,
			    *folder = file_folder_of(database);
	_cleanup_str_ struct str stop = STR_INIT;
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
	if (held == -EBUSY) {
		ask_unit_command(cli, "stop", &stop);
		return cli_complain(cli, EX_TEMPFAIL,
			"the service is running: stop it first (`%s`), and start it afterwards",
			str_text(&stop));
	}
	if (held < 0)
		return cli_fail(cli, held);
	r = place || str_equal(copy, HANDOVER_STANDARD)
		? restore_from_copy(cli, database, place, &kept)
		: backups_restore(database, copy, clock_now(&cli->clock), &kept, &cli->err);
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
	_cleanup_free_ char *database = NULL, *place = NULL;
	const char *copy;
	int status, r;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options);
	if (status || cli->help)
		return status;
	if (cli->words.n != 1 || !*cli->words.all[0])
		return cli_usage(cli, "which copy, please: nudge restore nudged-copy.db");
	copy = cli->words.all[0];
	r = handover_lend(cli, copy, &place, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
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
	return restore_run(cli, database, copy, place);
}
