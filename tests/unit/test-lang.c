/* SPDX-License-Identifier: MIT */
#include "base/lang.h"
#include "core/err.h"
#include "core/mem.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void lang_of_the_session(void)
{
	static const char *const variables[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
	static const struct {
		const char *values[4]; /* of the above; NULL: not set */
		const char *language, *of_locale;
	} rows[] = {
		{ { NULL, NULL, NULL, NULL }, "en", "en" },
		{ { NULL, NULL, NULL, "de_DE.UTF-8" }, "de", "de" },
		{ { NULL, NULL, NULL, "de" }, "de", "de" },
		{ { NULL, NULL, NULL, "de_AT@euro" }, "de", "de" },
		{ { NULL, NULL, NULL, "C.UTF-8" }, "en", "en" },
		{ { NULL, NULL, NULL, "fr_FR.UTF-8" }, "en", "en" },
		{ { NULL, NULL, "de_DE.UTF-8", "en_US.UTF-8" }, "de", "de" },
		{ { NULL, "en_GB.UTF-8", "de_DE.UTF-8", "de_DE.UTF-8" }, "en", "en" },
		{ { "de", "en_GB.UTF-8", NULL, "en_US.UTF-8" }, "de", "en" },
		{ { "de:en", NULL, NULL, "en_US.UTF-8" }, "de", "en" },
		{ { "en:de", NULL, NULL, "de_DE.UTF-8" }, "en", "de" },
		{ { "", "", "", "de_DE.UTF-8" }, "de", "de" }, /* empty is as good as not set */
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		for (size_t v = 0; v < ARRAY_SIZE(variables); v++)
			if (rows[i].values[v])
				(void)setenv(variables[v], rows[i].values[v], 1);
			else
				(void)unsetenv(variables[v]);
		CHECK_TEXT(lang_of_session(), rows[i].language);
		CHECK_TEXT(lang_of_locale(), rows[i].of_locale);
	}
}

static void languages_are_found(void)
{
	static const struct {
		const char *text, *language; /* language NULL: none of ours */
	} rows[] = {
		{ "en", "en" },
		{ "de", "de" },
		{ "de_AT.UTF-8", "de" },
		{ "de-CH", "de" },
		{ "de@formal:de", "de" },
		{ "en:de", "en" },
		{ "C.UTF-8", NULL },
		{ "den", NULL },
		{ "d", NULL },
		{ "", NULL },
		{ "DE", NULL },
	};

	CHECK_TEXT(lang_all[0], "en");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_TEXT(lang_find(rows[i].text), rows[i].language);
	}
}

/* The catalogues lie in the build tree, beside the programs and not beside this one. */
static void lang_init_here(void)
{
	const char *top = getenv("TOP_BUILDDIR");
	char folder[4096];

	lang_init();
	(void)snprintf(folder, sizeof(folder), "%s/locale", top ? top : ".");
	(void)bindtextdomain(PACKAGE, folder);
}

static void lang_switches(void)
{
	static const struct {
		const char *language, *occasions, *nothing;
	} rows[] = {
		{ "en", "Occasions", "Nothing due. Whom could you help today?" },
		{ "de", "Anlässe", "Nichts ist fällig. Wem könntest du heute helfen?" },
		/* What the formal catalogue has not is the other's. */
		{ "de@formal", "Anlässe", "Nichts ist fällig. Wem könnten Sie heute helfen?" },
		{ "de", "Anlässe", "Nichts ist fällig. Wem könntest du heute helfen?" },
		{ "xx", "Occasions", "Nothing due. Whom could you help today?" },
		{ "de@formal", "Anlässe", "Nichts ist fällig. Wem könnten Sie heute helfen?" },
		{ "en", "Occasions", "Nothing due. Whom could you help today?" },
	};

	lang_init_here();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu, %s", i, rows[i].language);
		lang_use(rows[i].language);
		CHECK_TEXT(_("Occasions"), rows[i].occasions);
		CHECK_TEXT(_("Nothing due. Whom could you help today?"), rows[i].nothing);
	}
}

/* Nothing but the texts changes with the language: a number has its point. */
static void lang_leaves_numbers_alone(void)
{
	char text[8];

	lang_init_here();
	lang_use("de");
	(void)snprintf(text, sizeof(text), "%.1f", 0.5);
	CHECK_TEXT(text, "0.5");
	CHECK_TEXT(N_("Occasions"), "Occasions");
}

static void lang_comes_back(void)
{
	char *nothing = NULL;

	lang_init_here();
	lang_use("de");
	{
		_cleanup_lang_ char *before = lang_switch("en");

		CHECK_TEXT(_("Occasions"), "Occasions");
		{
			_cleanup_lang_ char *inner = lang_switch("de@formal:de");

			CHECK_TEXT(_("Nothing due. Whom could you help today?"),
				"Nichts ist fällig. Wem könnten Sie heute helfen?");
		}
		CHECK_TEXT(_("Occasions"), "Occasions");
	}
	CHECK_TEXT(_("Occasions"), "Anlässe");
	lang_restore(&nothing);
	CHECK_TEXT(_("Occasions"), "Anlässe");
	(void)unsetenv("LANGUAGE");
	{
		_cleanup_lang_ char *before = lang_switch("de");

		CHECK_TEXT(_("Occasions"), "Anlässe");
	}
	CHECK_TEXT(_("Occasions"), "Occasions");
}

static void lang_tells_contexts_apart(void)
{
	lang_init_here();
	lang_use("de");
	CHECK_TEXT(C_("coffee", "declined"), "abgesagt");
	CHECK_TEXT(C_("outreach", "declined"), "abgelehnt");
	CHECK_TEXT(lang_in_context(NC_("coffee", "no such word"), "no such word"), "no such word");
	lang_use("en");
	CHECK_TEXT(C_("coffee", "declined"), "declined");
}

/* The sentence that a lower room would say. */
static const char *lang_error(struct err *e)
{
	(void)err_set(e, -EINVAL, "there is no contact #%lld", 7LL);
	(void)err_prefix(e, -EINVAL, "nothing was changed");
	return e->text;
}

/* Errors speak to the person at the terminal, whatever language a mail is written in meanwhile; in a
 * service, which speaks to nobody, they are English. */
static void errors_speak_to_a_person(void)
{
	static const char german[] = "es wurde nichts geändert: einen Kontakt #7 gibt es nicht";
	static const char english[] = "nothing was changed: there is no contact #7";
	static const struct {
		const char *person, *mail; /* NULL: none */
		const char *sentence;
	} rows[] = {
		{ NULL, NULL, english },
		{ NULL, "de", english },
		{ "de", NULL, german },
		{ "de", "en", german },
		{ "de", "de@formal:de", german },
		{ "en", NULL, english },
		{ "en", "de", english },
		{ "xx", "de", english },
	};
	struct err e;

	lang_init_here();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_lang_ char *before = NULL;

		TEST_ROW("row %zu", i);
		if (rows[i].person)
			lang_speak(rows[i].person);
		if (rows[i].mail)
			before = lang_switch(rows[i].mail);
		CHECK_TEXT(lang_error(&e), rows[i].sentence);
		if (rows[i].mail)
			CHECK_TEXT(getenv("LANGUAGE"), rows[i].mail);
		(void)err_set(&e, 0, "%s", "");
		CHECK_TEXT(e.text, "");
		CHECK_TEXT(err_translate(""), "");
	}
}

TEST_MAIN(TEST(lang_of_the_session), TEST(languages_are_found), TEST(lang_switches),
	TEST(lang_leaves_numbers_alone), TEST(lang_comes_back), TEST(lang_tells_contexts_apart),
	TEST(errors_speak_to_a_person))
