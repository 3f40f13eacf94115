/* SPDX-License-Identifier: MIT */
/*
 * lang: texts in the reader's language, through gettext.
 */
#include "base/lang.h"

#include "base/file.h"
#include "core/err.h"
#include "core/str.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* Where lang_speak() keeps the person's language: as LANGUAGE itself, in the environment. */
#define LANG_SPEAKS "NUDGED_SPEAKS"

/* glibc's own counter of catalogue changes: raising it makes gettext look at LANGUAGE again. It is
 * declared in no header; the gettext manual names it for this use. */
extern int _nl_msg_cat_cntr;

void lang_init(void)
{
	_cleanup_free_ char *folder = file_self_companion("locale", PACKAGE_LOCALEDIR "/..");

	(void)setlocale(LC_ALL, "C.UTF-8");
	if (folder)
		(void)bindtextdomain(PACKAGE, folder);
	(void)bind_textdomain_codeset(PACKAGE, "UTF-8");
	(void)textdomain(PACKAGE);
}

const char *const lang_all[] = { LANGUAGES, NULL };

const char *lang_find(const char *text)
{
	const char *found = NULL;

	/* Of "pt" and "pt_BR" the longer one. */
	for (const char *const *code = lang_all; *code; code++) {
		size_t n = strlen(*code);

		if (str_starts(text, *code) && (text[n] < 'a' || text[n] > 'z') &&
			(!found || n > strlen(found)))
			found = *code;
	}
	return found;
}

/* The first that is set decides, also for a language that is none of ours. */
static const char *lang_of_variables(const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *value = getenv(names[i]), *found;

		if (str_empty(value))
			continue;
		found = lang_find(value);
		return found ? found : lang_all[0];
	}
	return lang_all[0];
}

/* What speaks to a person follows LANGUAGE before all, as gettext does; a locale knows nothing of it. */
static const char *const lang_variables[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

const char *lang_of_session(void)
{
	return lang_of_variables(lang_variables, ARRAY_SIZE(lang_variables));
}

const char *lang_of_locale(void)
{
	return lang_of_variables(lang_variables + 1, ARRAY_SIZE(lang_variables) - 1);
}

void lang_use(const char *language)
{
	(void)setenv("LANGUAGE", language, 1);
	_nl_msg_cat_cntr++;
}

char *lang_switch(const char *language)
{
	const char *now = getenv("LANGUAGE");
	char *before = str_dup(now ? now : "");

	/* What cannot be gone back from is not begun. */
	if (before)
		lang_use(language);
	return before;
}

void lang_restore(char **before)
{
	if (*before)
		lang_use(*before);
	free(*before);
	*before = NULL;
}

void lang_speak(const char *language)
{
	(void)setenv(LANG_SPEAKS, language, 1);
	lang_use(language);
}

const char *lang_in_context(const char *key, const char *text)
{
	const char *found = gettext(key);

	return found == key ? text : found;
}

/* The strong one: see core/err.h. */
const char *err_translate(const char *format)
{
	const char *language = getenv(LANG_SPEAKS), *now = getenv("LANGUAGE");
	_cleanup_lang_ char *before = NULL;

	/* The text of nothing is the catalogue's header. */
	if (str_empty(language) || !*format)
		return format;
	if (!str_equal(language, now))
		before = lang_switch(language);
	return gettext(format);
}
