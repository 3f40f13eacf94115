/* SPDX-License-Identifier: MIT */
/*
 * draft: a first message to somebody, laid out for a person to edit.
 */
#include "digest/draft.h"

#include "base/lang.h"
#include "core/utf8.h"
#include "digest/salutation.h"
#include "digest/wording.h"

#include <string.h>

static bool draft_begins(const char *text, const char *letters)
{
	while (text && *letters && str_lower(*text) == *letters) {
		text++;
		letters++;
	}
	return !*letters;
}

const char *draft_language(const char *text)
{
	static const struct {
		const char *begins, *language;
	} languages[] = {
		{ "de", "de" },
		{ "ger", "de" },
		{ "en", "en" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(languages); i++)
		if (draft_begins(text, languages[i].begins))
			return languages[i].language;
	return text ? lang_find(text) : NULL;
}

/* A salutation tells how one speaks to each other. */
enum draft_tone { DRAFT_TONE_OPEN, DRAFT_TONE_WARM, DRAFT_TONE_FORMAL };

static enum draft_tone draft_tone(const char *salutation)
{
	static const char *const formal[] = { "sehr geehrte", "guten tag", "frau ", "herr ",
		"herrn ", "dear mr", "dear ms", "dear dr", "dear prof", "dear sir", "dear madam" };
	_cleanup_str_ struct str folded = STR_INIT;

	if (str_empty(salutation))
		return DRAFT_TONE_OPEN;
	utf8_add_folded(&folded, salutation);
	for (size_t i = 0; i < ARRAY_SIZE(formal); i++)
		if (strstr(str_text(&folded), formal[i]))
			return DRAFT_TONE_FORMAL;
	return DRAFT_TONE_WARM;
}

static void draft_add_closing(struct str *out, const struct draft *draft)
{
	static const char *const closings[] = {
		[DRAFT_TONE_OPEN] = N_("Kind regards"),
		[DRAFT_TONE_WARM] = N_("Best wishes"),
		[DRAFT_TONE_FORMAL] = N_("Yours sincerely"),
	};

	str_addf(out, "%s\n%s", _(closings[draft_tone(draft->salutation)]),
		draft->me->name ? draft->me->name : _("[...: your name?]"));
	if (draft->me->city)
		str_addf(out, ", %s", draft->me->city);
	str_add_char(out, '\n');
}

/* A paragraph, or the gap in its place; neither where the gap is NULL. */
static unsigned draft_add_part(struct str *out, const char *text, const char *gap)
{
	if (str_empty(text) && !gap)
		return 0;
	str_addf(out, "%s\n\n", str_empty(text) ? gap : text);
	return str_empty(text);
}

/* Who writes, and what they have to give. */
static unsigned draft_add_me(struct str *out, const struct draft *draft)
{
	unsigned gaps = draft_add_part(out, draft->me->intro,
		draft->kind == DRAFT_OUTREACH ? _("[...: who are you?]") : NULL);
	_cleanup_str_ struct str offers = STR_INIT;

	for (size_t i = 0; i < draft->me->n_offers; i++) {
		str_add_separator(&offers, ", ");
		str_add(&offers, draft->me->offers[i]);
	}
	if (offers.len) {
		/* TRANSLATORS: what the writer of a message offers, as they noted it */
		str_addf(out, _("Where I can help: %s"), str_text(&offers));
		str_add(out, "\n\n");
	}
	return gaps;
}

static unsigned draft_add_meeting(struct str *out, const struct draft *draft)
{
	unsigned gaps = 0;

	if (draft->when) {
		str_addf(out, "%s%s%s\n\n", draft->when, draft->place ? ", " : "",
			draft->place ? draft->place : "");
		return 0;
	}
	gaps += draft_add_part(out, NULL, _("[...: when would it suit you?]"));
	return gaps + draft_add_part(out, draft->place, _("[...: where?]"));
}

unsigned draft_write(struct str *out, const struct draft *draft)
{
	/* In the order of the message: them, both, me; what is hoped for comes last. */
	static const struct {
		enum outreach_question question;
		bool of_coffee; /* somebody known is asked for less */
		const char *gap;
	} parts[] = {
		{ OUTREACH_TODAY, false, N_("[...: what do they do today?]") },
		{ OUTREACH_FASCINATES, false, N_("[...: what fascinates you in their CV?]") },
		{ OUTREACH_COMMON, true, N_("[...: what do you have in common?]") },
		{ OUTREACH_HOPE, true, N_("[...: what do you hope for?]") },
	};
	_cleanup_lang_ char *before = lang_switch(wording_language(draft->language, draft->formal));
	unsigned gaps = draft->me->name == NULL;

	out->failed |= !before;
	salutation_add(out, draft->salutation, draft->name, draft->kind == DRAFT_OUTREACH);
	str_add(out, "\n\n");
	for (size_t i = 0; i + 1 < ARRAY_SIZE(parts); i++)
		gaps += draft_add_part(out, draft->answers[parts[i].question],
			draft->kind == DRAFT_OUTREACH || parts[i].of_coffee ? _(parts[i].gap)
									    : NULL);
	gaps += draft_add_me(out, draft);
	gaps += draft_add_part(
		out, draft->answers[OUTREACH_HOPE], _(parts[ARRAY_SIZE(parts) - 1].gap));
	if (draft->kind == DRAFT_COFFEE)
		gaps += draft_add_meeting(out, draft);
	draft_add_closing(out, draft);
	return gaps;
}

#define DRAFT_EMPTY_MAX 48 /* bytes that hold any of the rows, unfolded */

/* Beginnings of words, folded. */
static const char *const draft_empty_words[] = {
	"synerg",
	"win-win",
	"mehrwert",
	"zielfuehrend",
	"ganzheitlich",
	"auf augenhoehe",
	"gamechanger",
	"game changer",
	"game-changer",
	"leverag",
	"value add",
	"value-add",
	"added value",
	"touch base",
	"pick your brain",
	"thought leader",
	"low-hanging fruit",
};

static bool draft_is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* The word that begins at `text`, to its last letter: "Win-win-Situation". */
static size_t draft_word_length(const char *text)
{
	size_t n = 0;

	while (draft_is_letter((unsigned char)text[n]) ||
		(text[n] == '-' && draft_is_letter((unsigned char)text[n + 1])))
		n++;
	return n;
}

static bool draft_is_empty(const char *text, size_t *ret_size)
{
	_cleanup_free_ char *beginning = str_ndup(text, DRAFT_EMPTY_MAX);
	_cleanup_str_ struct str folded = STR_INIT;

	utf8_add_folded(&folded, beginning);
	for (size_t i = 0; i < ARRAY_SIZE(draft_empty_words); i++) {
		const char *spaces = draft_empty_words[i];
		size_t n = 0;

		if (!str_starts(str_text(&folded), spaces))
			continue;
		/* As many words as the row has, each to its end. */
		for (; spaces; spaces = strchr(spaces, ' ')) {
			spaces += *spaces == ' ';
			n += (n > 0) + draft_word_length(text + n + (n > 0));
		}
		*ret_size = n;
		return true;
	}
	return false;
}

char *draft_empty_word(const char *text)
{
	while (*text) {
		size_t n;

		while (*text && !draft_is_letter((unsigned char)*text))
			text++;
		if (*text && draft_is_empty(text, &n))
			return str_ndup(text, n);
		text += draft_word_length(text);
	}
	return NULL;
}
