/* SPDX-License-Identifier: MIT */
/*
 * err: one sentence that says what failed, where, and what to do.
 *
 * Functions return 0 for success, a positive outcome that their header lists, or a negative errno.
 * A negative return and the sentence in `struct err` travel together; the code is passed on
 * unchanged, the sentence may gain a place in front of it by err_prefix().
 *
 * Sentences are written in English. Whoever reads another language gets them in it, where the
 * program has said so: see lang_speak() in base/lang.h.
 */
#ifndef NUDGE_CORE_ERR_H
#define NUDGE_CORE_ERR_H

#include "core/mem.h"

#include <stdarg.h>

struct err {
	char text[768]; /* a sentence without a final line end; "" where none was set */
};

/* A format, or a text that goes into one, in the reader's language, with the same conversions in it.
 * This room knows none but English: base/lang.c has the one that does, and goes before it. */
const char *err_translate(const char *format) __attribute__((format_arg(1)));
/* Marks for the catalogues a text that is given to err_translate() later. */
#define ERR_TEXT(text) text

/* Sets the sentence and returns `code`, so that `return err_set(e, -EINVAL, ...)` reads well.
 * reterr may be NULL: the caller wants the code alone. Too long a sentence is cut at a character.
 * The format is translated, what goes into it is not. */
int err_set(struct err *reterr, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts "prefix: " before the sentence that stands there; returns `code`. */
int err_prefix(struct err *reterr, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* The sentence for memory that ran out; returns -ENOMEM. */
int err_oom(struct err *reterr);

#endif
