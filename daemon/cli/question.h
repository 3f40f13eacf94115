/* SPDX-License-Identifier: MIT */
/*
 * question: asking at the terminal, and taking the answer.
 *
 * Questions go to stdout and are seen at once, answers come from stdin. Whoever ends the input or
 * types Ctrl-C ends the dialogue, not the program: it can clear up.
 */
#ifndef NUDGE_CLI_QUESTION_H
#define NUDGE_CLI_QUESTION_H

#include "core/err.h"

#include <stdbool.h>

#define QUESTION_ANSWER_MAX 1000 /* bytes */

/* Returned where the dialogue was ended by the person. */
#define QUESTION_ENDED 2

/* While they are held, SIGINT, SIGQUIT, SIGTERM and SIGHUP wait for the next question, which they end.
 * What is started meanwhile has to release them for itself. */
void question_hold_signals(void);
void question_release_signals(void);

/* A text with the marks of cli.h, as wide as the terminal. */
void question_say(const char *format, ...) PRINTF_LIKE(1, 2);

/* "LABEL [proposal]: " and a line: 0, QUESTION_ENDED, -EINVAL with a sentence (too long, no UTF-8),
 * -ENOMEM. An empty answer is the proposal, or "" where that is NULL. The caller frees. */
int question_ask(char **ret, const char *label, const char *proposal, struct err *reterr);
/* The same, but what is typed is not shown, and taken byte by byte as it is. */
int question_ask_secret(char **ret, const char *label, struct err *reterr);
/* "LABEL [Y/n] ": 0 no, 1 yes, QUESTION_ENDED. */
int question_confirm(const char *label, bool proposal);

/* Overwrites the text and frees it: of a secret. NULL-safe. */
void question_wipe(char **secret);

#endif
