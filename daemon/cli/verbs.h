/* SPDX-License-Identifier: MIT */
/*
 * verbs: the table of nudge's verbs. Each family has a file of its own.
 */
#ifndef NUDGE_CLI_VERBS_H
#define NUDGE_CLI_VERBS_H

#include "cli/cli.h"

struct cli_verb {
	const char *name, *alias;
	int (*run)(struct cli *cli, int argc, char **argv);
	/* Marked by N_(), or "": translated when they are printed. */
	const char *synopsis; /* behind the name */
	const char *summary;  /* NULL: of no use to people, left out of --help */
	const char *more;     /* options and examples, or NULL */
};

const struct cli_verb *verbs_find(const char *name);
const struct cli_verb *verbs_at(size_t place); /* in the order of --help; NULL: behind the last */
void verbs_help(struct str *out);
void verbs_help_one(struct str *out, const struct cli_verb *verb);
/* Complains, with the verb that was perhaps meant; returns the exit status. */
int verbs_unknown(const struct cli *cli, const char *name);

/* init */
int verb_init(struct cli *cli, int argc, char **argv);
/* contact */
int verb_me(struct cli *cli, int argc, char **argv);
int verb_add(struct cli *cli, int argc, char **argv);
int verb_edit(struct cli *cli, int argc, char **argv);
int verb_show(struct cli *cli, int argc, char **argv);
int verb_list(struct cli *cli, int argc, char **argv);
int verb_tag(struct cli *cli, int argc, char **argv);
int verb_remove(struct cli *cli, int argc, char **argv);
/* merge */
int verb_merge(struct cli *cli, int argc, char **argv);
int verb_duplicates(struct cli *cli, int argc, char **argv);
/* agenda */
int verb_agenda(struct cli *cli, int argc, char **argv);
int verb_occasion(struct cli *cli, int argc, char **argv);
int verb_follow_up(struct cli *cli, int argc, char **argv);
int verb_done(struct cli *cli, int argc, char **argv);
int verb_skip(struct cli *cli, int argc, char **argv);
int verb_drop(struct cli *cli, int argc, char **argv);
int verb_snooze(struct cli *cli, int argc, char **argv);
/* history */
int verb_log(struct cli *cli, int argc, char **argv);
int verb_undo(struct cli *cli, int argc, char **argv);
/* coffee */
int verb_coffee(struct cli *cli, int argc, char **argv);
/* introduce */
int verb_introduce(struct cli *cli, int argc, char **argv);
/* outreach */
int verb_outreach(struct cli *cli, int argc, char **argv);
/* forum */
int verb_forum(struct cli *cli, int argc, char **argv);
int verb_replied(struct cli *cli, int argc, char **argv);
/* ledger */
int verb_gave(struct cli *cli, int argc, char **argv);
int verb_received(struct cli *cli, int argc, char **argv);
int verb_asked(struct cli *cli, int argc, char **argv);
int verb_offered(struct cli *cli, int argc, char **argv);
int verb_ledger(struct cli *cli, int argc, char **argv);
int verb_reached(struct cli *cli, int argc, char **argv);
/* import */
int verb_import(struct cli *cli, int argc, char **argv);
/* export */
int verb_export(struct cli *cli, int argc, char **argv);
/* digest */
int verb_preview(struct cli *cli, int argc, char **argv);
int verb_send(struct cli *cli, int argc, char **argv);
int verb_test_send(struct cli *cli, int argc, char **argv);
/* hosted */
int verb_digest(struct cli *cli, int argc, char **argv);
/* service */
int verb_status(struct cli *cli, int argc, char **argv);
int verb_book(struct cli *cli, int argc, char **argv);
int verb_pause(struct cli *cli, int argc, char **argv);
int verb_resume(struct cli *cli, int argc, char **argv);
int verb_config(struct cli *cli, int argc, char **argv);
/* complete */
int verb_complete(struct cli *cli, int argc, char **argv);
/* doctor */
int verb_doctor(struct cli *cli, int argc, char **argv);
/* backup */
int verb_backup(struct cli *cli, int argc, char **argv);
int verb_restore(struct cli *cli, int argc, char **argv);

#endif
