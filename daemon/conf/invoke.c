/* SPDX-License-Identifier: MIT */
/*
 * invoke: `nudge` as it has to be typed to reach one book.
 */
#include "conf/invoke.h"

#include "base/file.h"
#include "conf/location.h"
#include "format/shellword.h"

#include <string.h>

#define INVOKE_WORD "nudge "

void invoke_add(struct str *out, const char *config, const char *book)
{
	str_add(out, "nudge");
	if (config) {
		str_add(out, " -c ");
		shellword_add(out, config, SHELLWORD_PLAIN);
	}
	/* A name that the configuration takes needs no quotes. */
	if (book && !str_equal(book, INVOKE_BOOK))
		str_addf(out, " -b %s", book);
}

void invoke_add_for_reader(struct str *out, const char *config, const char *book)
{
	_cleanup_free_ char *own = location_own_configuration();
	bool usual = str_equal(config, own) || str_equal(config, LOCATION_SYSTEM_CONFIGURATION);

	/* Whether it is named must not depend on the memory that is left. */
	out->failed |= !own;
	invoke_add(out, usual ? NULL : config, book);
}

void invoke_add_program(struct str *out, bool system, const char *option, const char *config)
{
	_cleanup_free_ char *nudged = file_self_companion("nudged", PACKAGE_SBINDIR);

	if (system)
		str_add(out, "runuser -u " LOCATION_SYSTEM_USER " -- ");
	shellword_add(out, nudged ? nudged : "nudged", SHELLWORD_PLAIN);
	str_addf(out, " %s", option);
	if (config) {
		str_add(out, " --config '");
		shellword_add(out, config, SHELLWORD_SINGLE);
		str_add_char(out, '\'');
	}
}

/* Whether `at` is the word, and not part of another, of a path or of an option. */
static bool invoke_is_command(const char *text, const char *at)
{
	char before = at == text ? ' ' : at[-1], verb = at[strlen(INVOKE_WORD)];

	return verb >= 'a' && verb <= 'z' &&
		(strchr(" \n`\"'(", before) || (unsigned char)before >= 0x80);
}

void invoke_add_text(struct str *out, const char *text, const char *command)
{
	for (const char *at; (at = strstr(text, INVOKE_WORD)); text = at + strlen(INVOKE_WORD)) {
		str_add_bytes(out, text, (size_t)(at - text));
		if (invoke_is_command(text, at))
			str_addf(out, "%s ", command);
		else
			str_add(out, INVOKE_WORD);
	}
	str_add(out, text);
}
