/* SPDX-License-Identifier: MIT */
/*
 * password: whether there is one to log in with, looked at while nothing is to be sent.
 */
#ifndef NUDGE_SERVICE_PASSWORD_H
#define NUDGE_SERVICE_PASSWORD_H

#include "book/store.h"
#include "conf/conf.h"

/* Looks at the file or credential, without reading it: what is wrong is told to the journal, kept among the
 * troubles until nothing is, and left in `ret`, "" else. What a command would print is not asked for. 0, or an exit
 * status: EX_NOPERM, or EX_TEMPFAIL where the database does not take it. */
int password_look(struct store *store, const struct conf *conf, int64_t now, struct err *ret);

#endif
