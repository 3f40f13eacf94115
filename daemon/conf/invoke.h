/* SPDX-License-Identifier: MIT */
/*
 * invoke: `nudge` as it has to be typed to reach one book, by somebody who may have others too.
 */
#ifndef NUDGE_CONF_INVOKE_H
#define NUDGE_CONF_INVOKE_H

#include "core/str.h"

#define INVOKE_BOOK "main" /* the book of whoever names none */

/* Adds "nudge", "nudge -b club" or "nudge -c /srv/anna.conf -b club", a shell's words. `config` NULL: it is found
 * without being named; `book` NULL: INVOKE_BOOK. */
void invoke_add(struct str *out, const char *config, const char *book);

/* The same for who reads a mail, whose shell need not be that of the service: the file is named unless it lies
 * where everybody's is looked for, $NUDGED_CONFIG apart. */
void invoke_add_for_reader(struct str *out, const char *config, const char *book);

/* Adds "/usr/sbin/nudged --once --config '/srv/anna.conf'", as it need not be in anybody's PATH; where `system`, for root
 * to type. `config` NULL: it is found without being named. */
void invoke_add_program(struct str *out, bool system, const char *option, const char *config);

/* Adds `text`, a sentence, with that command in the place of each `nudge` that a verb follows. */
void invoke_add_text(struct str *out, const char *text, const char *command);

#endif
