/* SPDX-License-Identifier: MIT */
/*
 * err: one sentence that says what failed, where, and what to do.
 */
#include "core/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A cut in the middle of a UTF-8 sequence would print as rubbish: drop the whole character. */
static void err_trim(struct err *e)
{
	size_t n = strlen(e->text), lead;

	if (n + 1 < sizeof(e->text))
		return;
	for (lead = n; lead > 0 && ((unsigned char)e->text[lead - 1] & 0xc0) == 0x80; lead--)
		;
	if (lead > 0 && (unsigned char)e->text[lead - 1] >= 0xc0)
		e->text[lead - 1] = '\0';
}

/* Weak: the library of pure modules stays whole without a catalogue. */
__attribute__((weak)) const char *err_translate(const char *format)
{
	return format;
}

int err_set(struct err *reterr, int code, const char *format, ...)
{
	va_list args;

	if (!reterr)
		return code;
	va_start(args, format);
	(void)vsnprintf(reterr->text, sizeof(reterr->text), err_translate(format), args);
	va_end(args);
	err_trim(reterr);
	return code;
}

int err_prefix(struct err *reterr, int code, const char *format, ...)
{
	struct err old;
	va_list args;
	size_t n;

	if (!reterr)
		return code;
	old = *reterr;
	va_start(args, format);
	(void)vsnprintf(reterr->text, sizeof(reterr->text), err_translate(format), args);
	va_end(args);
	n = strlen(reterr->text);
	(void)snprintf(reterr->text + n, sizeof(reterr->text) - n, ": %s", old.text);
	err_trim(reterr);
	return code;
}

int err_oom(struct err *reterr)
{
	return err_set(reterr, -ENOMEM, "out of memory");
}
