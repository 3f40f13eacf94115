/* SPDX-License-Identifier: MIT */
/*
 * trial: a configuration tried out before there is one.
 */
#include "cli/trial.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/spool.h"
#include "cli/question.h"
#include "conf/conf.h"

#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRIAL_CONFIG   "nudged.conf"
#define TRIAL_PASSWORD "smtp-password"
#define TRIAL_DATABASE "nudged.db"

struct trial {
	char *folder, *config;
};

/* Only files lie in it: what the database leaves, and what was written here. */
static void trial_done(struct trial *trial)
{
	DIR *folder = trial->folder ? opendir(trial->folder) : NULL;
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		(void)unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		(void)closedir(folder);
	if (trial->folder)
		(void)rmdir(trial->folder);
	free(trial->folder);
	free(trial->config);
}

/* Where files are in memory, and gone with the session, if there is such a folder: should the command be
 * killed, a password is left. */
static const char *trial_parent(void)
{
	static const char *const variables[] = { "XDG_RUNTIME_DIR", "TMPDIR" };

	for (size_t i = 0; i < ARRAY_SIZE(variables); i++) {
		const char *folder = getenv(variables[i]);

		if (folder && *folder == '/' && access(folder, W_OK) == 0)
			return folder;
	}
	return "/tmp";
}

static int trial_begin(struct trial *trial, struct err *reterr)
{
	_cleanup_free_ char *folder = file_join(trial_parent(), "nudge-init.XXXXXX");

	if (!folder)
		return err_oom(reterr);
	if (!mkdtemp(folder))
		return file_error(folder, errno, reterr);
	trial->folder = TAKE_PTR(folder);
	trial->config = file_join(trial->folder, TRIAL_CONFIG);
	return trial->config ? 0 : err_oom(reterr);
}

static int trial_write(
	const struct trial *trial, const char *name, const char *text, struct err *reterr)
{
	_cleanup_free_ char *path = file_join(trial->folder, name);
	_cleanup_spool_ struct spool spool = SPOOL_INIT;
	int r = path ? spool_open(&spool, path, reterr) : err_oom(reterr);

	if (r == 0)
		r = spool_write(&spool, text, strlen(text), reterr);
	return r < 0 ? r : spool_commit(&spool, reterr);
}

/* It differs from the one to come in where the book and the password lie. */
static int trial_write_config(const struct trial *trial, const struct initial *initial,
	const char *password, struct err *reterr)
{
	_cleanup_str_ struct str text = STR_INIT;
	struct initial tried = *initial;
	int r;

	tried.database = TRIAL_DATABASE;
	if (tried.secret == INITIAL_PASSWORD_FILE && !tried.secret_text)
		tried.secret_text = TRIAL_PASSWORD;
	initial_write(&text, &tried);
	r = str_check(&text, reterr);
	if (r == 0)
		r = trial_write(trial, TRIAL_CONFIG, str_text(&text), reterr);
	if (r == 0 && password)
		r = trial_write(trial, TRIAL_PASSWORD, password, reterr);
	return r;
}

int trial_check(
	const struct initial *initial, int64_t now, struct str *reterrors, struct err *reterr)
{
	_cleanup_(trial_done) struct trial trial = { 0 };
	_cleanup_(conf_freep) struct conf *conf = NULL;
	int r = trial_begin(&trial, reterr);

	if (r == 0)
		r = trial_write_config(&trial, initial, NULL, reterr);
	return r < 0 ? r : conf_load(&conf, trial.config, now, reterrors);
}

/* A process of its own: what the command makes of its environment and its options is gone with it,
 * and Ctrl-C ends it and not the dialogue. */
static int trial_child(const struct cli *cli, const char *path)
{
	char program[] = "nudge", option[] = "--config", verb[] = "test-send", clock[] = "--now";
	_cleanup_free_ char *now = str_dup(cli->now), *config = str_dup(path);
	char *argv[] = { program, option, config, verb, now ? clock : NULL, now, NULL };

	question_release_signals();
	optind = 0;
	return cli_main(now ? 6 : 4, argv);
}

int trial_send_in_place(struct cli *cli, const char *config)
{
	int status = 0;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		status = trial_child(cli, config);
		(void)fflush(stdout);
		_exit(status);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return CLI_REFUSED;
	if (pid < 0)
		return cli_complain(cli, EX_OSERR, "cannot start it: %s", strerror(errno));
	return WIFEXITED(status) ? WEXITSTATUS(status) : CLI_REFUSED;
}

int trial_send(struct cli *cli, const struct initial *initial, const char *password)
{
	_cleanup_(trial_done) struct trial trial = { 0 };
	int r = trial_begin(&trial, &cli->err);

	if (r == 0)
		r = trial_write_config(&trial, initial, password, &cli->err);
	return r < 0 ? cli_fail(cli, r) : trial_send_in_place(cli, trial.config);
}
