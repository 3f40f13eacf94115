/* SPDX-License-Identifier: MIT */
/*
 * Messages as they are laid out. Each is compared with a file in tests/golden/;
 * NUDGED_GOLDEN=write writes the files anew.
 */
#include "digest/draft.h"

#include "network.h"

#include <stdio.h>
#include <string.h>

#define ALL                                                                                        \
	{                                                                                          \
		"You lead nursing at the clinic.", "We both come from Kiel.",                      \
			"Your way from nurse to director stays with me.",                          \
			"I hope for an hour of your advice."                                       \
	}

static char *offers[] = { (char[]){ "PostgreSQL" }, (char[]){ "sailing" } };
static const struct owner olga = { .name = (char[]){ "Olga Berg" },
	.city = (char[]){ "Bonn" },
	.intro = (char[]){ "I write software for hospitals." },
	.offers = offers,
	.n_offers = 2 };
static const struct owner nobody = { 0 };

static const struct {
	const char *name;
	struct draft draft;
	unsigned gaps;
} rows[] = {
	{ "draft-empty",
		{ .kind = DRAFT_OUTREACH, .language = "en", .name = "Eva Kern", .me = &nobody },
		6 },
	{ "draft-empty-de",
		{ .kind = DRAFT_OUTREACH, .language = "de", .name = "Eva Kern", .me = &nobody },
		6 },
	{ "draft-empty-de-formal",
		{ .kind = DRAFT_OUTREACH,
			.language = "de",
			.formal = true,
			.name = "Eva Kern",
			.me = &nobody },
		6 },
	{ "draft-whole",
		{ .kind = DRAFT_OUTREACH,
			.language = "en",
			.name = "Eva Kern",
			.me = &olga,
			.answers = ALL },
		0 },
	{ "draft-one-gap-de",
		{ .kind = DRAFT_OUTREACH,
			.language = "de",
			.name = "Eva Kern",
			.salutation = "Sehr geehrte Frau Kern",
			.me = &olga,
			.answers = { "Sie leiten die Pflege.", "", "Ihr Weg beeindruckt mich.",
				"Ich wünsche mir Ihren Rat." } },
		1 },
	{ "draft-coffee",
		{ .kind = DRAFT_COFFEE, .language = "en", .name = "Dr. Anna Schmidt", .me = &olga },
		4 },
	{ "draft-coffee-de",
		{ .kind = DRAFT_COFFEE,
			.language = "de",
			.name = "Anna Schmidt",
			.salutation = "Liebe Anna,",
			.me = &olga,
			.answers = { NULL, "Wir segeln beide.", NULL, NULL },
			.when = "Freitag, 27. November 2026, 15:00",
			.place = "Café Central" },
		1 },
};

static void messages_read_as_they_should(void)
{
	const char *mode = getenv("NUDGED_GOLDEN");

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT, file = STR_INIT;
		_cleanup_free_ char *expected = NULL;

		TEST_ROW("%s", rows[i].name);
		CHECK_INT(draft_write(&text, &rows[i].draft), rows[i].gaps);
		str_addf(&file, "golden/%s.txt", rows[i].name);
		if (str_equal(mode, "write")) {
			FILE *f = fopen(test_data_path(str_text(&file)), "wb");

			if (!f || fwrite(str_text(&text), 1, text.len, f) != text.len ||
				fclose(f) != 0)
				abort();
			continue;
		}
		expected = test_data_read(str_text(&file), NULL);
		CHECK_TEXT(str_text(&text), expected);
	}
}

/* What is not a gap is the writer's own, or greeting and closing. */
static void every_gap_is_counted_and_marked(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT;
		unsigned marks = 0;

		TEST_ROW("%s", rows[i].name);
		(void)draft_write(&text, &rows[i].draft);
		for (const char *p = str_text(&text); (p = strstr(p, "[...: ")); p++)
			marks++;
		CHECK_INT(marks, rows[i].gaps);
	}
}

static void salutations_set_the_tone(void)
{
	static const struct {
		const char *language, *salutation, *first, *closing;
	} tones[] = {
		{ "de", NULL, "Guten Tag Eva Kern,\n", "Viele Grüße\n" },
		{ "de", "", "Guten Tag Eva Kern,\n", "Viele Grüße\n" },
		{ "de", "Liebe Eva", "Liebe Eva,\n", "Herzliche Grüße\n" },
		{ "de", "Hallo Eva!", "Hallo Eva!\n", "Herzliche Grüße\n" },
		{ "de", "Liebe Frau Kern,", "Liebe Frau Kern,\n", "Mit freundlichen Grüßen\n" },
		{ "de", "SEHR GEEHRTER Herr Kern", "SEHR GEEHRTER Herr Kern,\n",
			"Mit freundlichen Grüßen\n" },
		{ "en", "Dear Eva", "Dear Eva,\n", "Best wishes\n" },
		{ "en", "Dear Ms Kern", "Dear Ms Kern,\n", "Yours sincerely\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(tones); i++) {
		const struct draft draft = { .kind = DRAFT_OUTREACH,
			.language = tones[i].language,
			.name = "Eva Kern",
			.salutation = tones[i].salutation,
			.me = &olga };
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("%s", tones[i].first);
		(void)draft_write(&text, &draft);
		CHECK(str_starts(str_text(&text), tones[i].first));
		CHECK(strstr(str_text(&text), tones[i].closing) != NULL);
	}
}

static void empty_words_are_noticed(void)
{
	static const struct {
		const char *text, *word;
	} words[] = {
		{ "", NULL },
		{ "We both come from Kiel.", NULL },
		{ "Ich sehe Synergien.", "Synergien" },
		{ "SYNERGIES!", "SYNERGIES" },
		{ "our synergy, and more", "synergy" },
		{ "große Synergieeffekte", "Synergieeffekte" },
		{ "a win-win", "win-win" },
		{ "eine Win-win-Situation für alle", "Win-win-Situation" },
		{ "echten Mehrwert bieten", "Mehrwert" },
		{ "zielführend", "zielführend" },
		{ "zielfuehrende Gespräche", "zielfuehrende" },
		{ "ein Gespräch auf Augenhöhe.", "auf Augenhöhe" },
		{ "may I pick your brain?", "pick your brain" },
		{ "just to touch base", "touch base" },
		{ "leveraging what we have", "leveraging" },
		{ "a Game Changer", "Game Changer" },
		{ "first synergies, then a win-win", "synergies" },
		{ "meinmehrwert", NULL }, /* no beginning of a word */
		{ "pick your brainy", "pick your brainy" },
		{ "pick your", NULL },
		{ "\xff\xfe synergy", "synergy" },
		{ "ö", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		_cleanup_free_ char *found = draft_empty_word(words[i].text);

		TEST_ROW("%s", words[i].text);
		CHECK_TEXT(found, words[i].word);
	}
}

static void languages_have_names(void)
{
	static const struct {
		const char *text, *language;
	} names[] = {
		{ "de", "de" },
		{ "de-AT", "de" },
		{ "Deutsch", "de" },
		{ "German", "de" },
		{ "en", "en" },
		{ "en_GB", "en" },
		{ "English", "en" },
		{ "fr", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		TEST_ROW("%s", names[i].text ? names[i].text : "none");
		CHECK_TEXT(draft_language(names[i].text), names[i].language);
	}
}

int main(void)
{
	static const struct test tests[] = { TEST(messages_read_as_they_should),
		TEST(every_gap_is_counted_and_marked), TEST(salutations_set_the_tone),
		TEST(empty_words_are_noticed), TEST(languages_have_names) };

	network_speak("en");
	return test_main(tests, ARRAY_SIZE(tests));
}
