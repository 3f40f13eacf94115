/* SPDX-License-Identifier: MIT */
/*
 * arguments: what stands behind `nudge`: options of any verb, those of one, and words.
 */
#ifndef NUDGE_CLI_ARGUMENTS_H
#define NUDGE_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct cli;

struct cli_list {
	const char **all;
	size_t n;
};

/* A verb's option: where its value goes in the verb's own struct. */
struct cli_option {
	const char *name;
	enum {
		CLI_FLAG,  /* bool */
		CLI_TEXT,  /* const char *: one line */
		CLI_LINES, /* const char *: line breaks stay */
		CLI_LIST,  /* struct cli_list: of one line each */
		CLI_PATH,  /* const char *: left as it is, a file may be called anything */
	} type;
	size_t offset;
	char letter; /* of a flag's short form, or 0 */
};

/* What a verb takes beside words. */
struct cli_syntax {
	const struct cli_option *options;
	size_t n;
};

#define CLI_OPTION(text, kind, target, member)                                                     \
	{                                                                                          \
		.name = (text), .type = (kind), .offset = offsetof(target, member)                 \
	}

/* The options before the verb, which any takes; optind of getopt(3) is at the verb then. 0, or an exit status. */
int cli_parse_common(struct cli *cli, int argc, char **argv);
/* Reads a verb's arguments: options into `target`, words into cli->words. Texts are cleaned as
 * utf8_tidy() does it, in argv itself, and may be empty then; "...", which stands for one, is refused. 0, or an exit status; the complaint
 * is printed. */
int cli_parse(struct cli *cli, int argc, char **argv, const struct cli_option *options, size_t n,
	void *target);
bool cli_list_add(struct cli_list *list, const char *text); /* false: memory ran out */
void cli_list_done(struct cli_list *list);

/* The words from `first` on that are not empty, joined by spaces, in memory of their own. */
char *cli_join(const struct cli_list *words, size_t first, size_t n);

#endif
