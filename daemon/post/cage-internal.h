/* SPDX-License-Identifier: MIT */
/*
 * cage-internal: the wall of the cage that system calls meet; for cage.c alone.
 */
#ifndef NUDGE_POST_CAGE_INTERNAL_H
#define NUDGE_POST_CAGE_INTERNAL_H

#include "post/cage.h"

int cage_close_calls(struct err *reterr); /* seccomp; returns as cage_close() */

#endif
