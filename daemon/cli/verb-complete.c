/* SPDX-License-Identifier: MIT */
/*
 * verb-complete: what the completions of the shells ask.
 *
 * The first line says what follows: "candidates", "loose" (to be shown, and not to be put in the place of what was
 * typed) or "files" (the shell's own). Then a line each. Whatever is wrong, nothing is said: somebody is typing.
 */
#include "cli/complete.h"
#include "format/shellword.h"

#include <stdio.h>

/* "Acme, Bonn", "Anna Schmidt, send the slides", in one line. */
static void complete_add_about(
	struct cli *cli, const char *before, const struct candidate *one, const char *behind)
{
	bool has_about = !str_empty(one->about), has_more = !str_empty(one->more);
	size_t start;

	if (!has_about && !has_more)
		return;
	str_add(&cli->out, before);
	start = cli->out.len;
	str_addf(&cli->out, "%s%s%s", has_about ? one->about : "",
		has_about && has_more ? ", " : "", has_more ? one->more : "");
	for (size_t i = start; i < cli->out.len; i++)
		if (cli->out.data[i] == '\n' || cli->out.data[i] == '\t')
			cli->out.data[i] = ' ';
	str_add(&cli->out, behind);
}

static void complete_begin(struct cli *cli, const struct completion *completion)
{
	str_addf(&cli->out, "%s\n",
		completion->files           ? "files"
			: completion->loose ? "loose"
					    : "candidates");
}

/* zsh and fish hand over words without quotes, and quote what they are given. */
static int complete_for_words(struct cli *cli, const char *const *words, size_t n)
{
	_cleanup_completion_ struct completion completion = { 0 };
	int status = complete(cli, words, n, &completion);

	complete_begin(cli, &completion);
	for (size_t i = 0; i < completion.found.n; i++) {
		str_add(&cli->out, completion.found.all[i].text);
		complete_add_about(cli, "\t", &completion.found.all[i], "");
		str_add_char(&cli->out, '\n');
	}
	return status;
}

/* bash has no place for what tells a candidate apart but the candidate, while it lists them. */
static void complete_add_for_bash(struct cli *cli, const struct completion *completion,
	const struct shellword_line *line, bool listing)
{
	const char *typed = line->words[line->n - 1];

	for (size_t i = 0; i < completion->found.n; i++) {
		const struct candidate *one = &completion->found.all[i];

		if (strncmp(one->text, typed, line->kept) != 0)
			continue;
		shellword_add(&cli->out, one->text + line->kept, line->quote);
		if (listing && completion->found.n > 1)
			complete_add_about(cli, "  (", one, ")");
		str_add_char(&cli->out, '\n');
	}
}

/* `type`, $COMP_TYPE: '?', '!' and '@' for a list. */
static int complete_for_bash(
	struct cli *cli, const char *breaks, const char *type, const char *text)
{
	static const char *const lists[] = { "63", "33", "64" };
	_cleanup_completion_ struct completion completion = { 0 };
	_cleanup_shellwords_ struct shellword_line line = { 0 };
	bool listing = false;
	int status = 0;

	if (shellword_split(text, breaks, &line, &cli->err) < 0 || line.n < 2)
		return CLI_REFUSED;
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		listing |= str_equal(type, lists[i]);
	status = complete(cli, (const char *const *)line.words + 1, line.n - 1, &completion);
	complete_begin(cli, &completion);
	complete_add_for_bash(cli, &completion, &line, listing);
	return status;
}

int verb_complete(struct cli *cli, int argc, char **argv)
{
	static const char empty[] = "";
	const char *const *words = (const char *const *)argv + 2;
	size_t n = argc > 2 ? (size_t)argc - 2 : 0;

	if (cli->asked)
		return CLI_REFUSED;
	if (argc < 2 || str_equal(argv[1], "--help")) {
		cli->help = true;
		return 0;
	}
	/* What is not right is told by the next command; this one is not in anybody's way. */
	if (!freopen("/dev/null", "we", stderr))
		return 0;
	if (str_equal(argv[1], "bash")) {
		if (n == 3)
			(void)complete_for_bash(cli, words[0], words[1], words[2]);
	} else if (n) {
		(void)complete_for_words(cli, words, n);
	} else {
		(void)complete_for_words(cli, (const char *const[]){ empty }, 1);
	}
	return 0;
}
