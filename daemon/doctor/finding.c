/* SPDX-License-Identifier: MIT */
/*
 * finding: what one check found, in words, and what mends it.
 */
#include "doctor/finding.h"

void finding_done(struct finding *finding)
{
	str_done(&finding->text);
	str_done(&finding->remedy);
}

static void finding_set(struct finding *finding, enum finding_state state, const char *format,
	va_list args) PRINTF_LIKE(3, 0);

static void finding_set(
	struct finding *finding, enum finding_state state, const char *format, va_list args)
{
	finding->state = state;
	str_clear(&finding->text);
	str_clear(&finding->remedy);
	str_addv(&finding->text, err_translate(format), args);
}

void finding_well(struct finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	finding_set(finding, FINDING_WELL, format, args);
	va_end(args);
}

void finding_unclear(struct finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	finding_set(finding, FINDING_UNCLEAR, format, args);
	va_end(args);
}

void finding_wrong(struct finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	finding_set(finding, FINDING_WRONG, format, args);
	va_end(args);
}

void finding_remedy(struct finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_clear(&finding->remedy);
	str_addv(&finding->remedy, err_translate(format), args);
	va_end(args);
}

void finding_command(struct finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_clear(&finding->remedy);
	str_addv(&finding->remedy, format, args);
	va_end(args);
}

void finding_wrong_by(struct finding *finding, const char *sentence)
{
	const char *command = strchr(sentence, '`'),
		   *end = command ? strchr(command + 1, '`') : NULL;
	size_t n = strlen(sentence);

	if (end && command - sentence > 2 && strncmp(command - 2, ": ", 2) == 0)
		n = (size_t)(command - 2 - sentence);
	finding->state = FINDING_WRONG;
	str_clear(&finding->text);
	str_clear(&finding->remedy);
	str_add_bytes(&finding->text, sentence, n);
	if (end)
		str_add_bytes(&finding->remedy, command + 1, (size_t)(end - command - 1));
}

const char *finding_state_name(enum finding_state state)
{
	static const char *const names[FINDING_STATE_COUNT] = {
		[FINDING_WELL] = "well",
		[FINDING_UNCLEAR] = "unclear",
		[FINDING_WRONG] = "wrong",
	};

	return names[state];
}
