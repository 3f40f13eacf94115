/* SPDX-License-Identifier: MIT */
/*
 * cage-internal: the two walls of the cage; each returns as cage_close().
 */
#ifndef NUDGE_POST_CAGE_INTERNAL_H
#define NUDGE_POST_CAGE_INTERNAL_H

#include "post/cage.h"

int cage_close_files(const char *ca_file, int port, struct err *reterr); /* Landlock */
int cage_close_calls(struct err *reterr);                                /* seccomp */

#endif
