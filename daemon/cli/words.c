/* SPDX-License-Identifier: MIT */
/*
 * words: what the book keeps under an English word, as a person reads it.
 */
#include "cli/words.h"

#include "base/lang.h"
#include "core/day.h"
#include "core/utf8.h"
#include "digest/wording.h"

#include <string.h>

/* The same word may be another one in another context: "asked" for a flat, and asked whether one likes to be
 * introduced. */
static const char *const words_known[] = {
	NC_("coffee", "idea"),
	NC_("coffee", "invited"),
	NC_("coffee", "agreed"),
	NC_("coffee", "met"),
	NC_("coffee", "thanked"),
	NC_("coffee", "declined"),
	NC_("coffee", "no answer"),
	NC_("introduction", "suggested"),
	NC_("introduction", "asked"),
	NC_("introduction", "made"),
	NC_("introduction", "helped"),
	NC_("introduction", "dropped"),
	NC_("introduction", "known"),
	NC_("outreach", "draft"),
	NC_("outreach", "ready"),
	NC_("outreach", "sent"),
	NC_("outreach", "accepted"),
	NC_("outreach", "declined"),
	NC_("outreach", "no answer"),
	NC_("outreach", "dropped"),
	NC_("ledger", "gave"),
	NC_("ledger", "received"),
	NC_("ledger", "asked"),
	NC_("ledger", "offered"),
	NC_("touch", "met"),
	NC_("touch", "called"),
	NC_("touch", "wrote"),
	NC_("touch", "congratulated"),
	NC_("touch", "thanked"),
	NC_("touch", "helped"),
	NC_("touch", "introduced"),
	NC_("touch", "answered"),
	NC_("touch", "accepted"),
	NC_("touch", "follow-up"),
	NC_("touch", "gave"),
	NC_("touch", "received"),
	NC_("touch", "asked"),
	NC_("touch", "offered"),
	NC_("occasion", "birthday"),
	NC_("occasion", "name-day"),
	NC_("occasion", "anniversary"),
	NC_("occasion", "other birthday"),
	NC_("occasion", "other name-day"),
	NC_("occasion", "other anniversary"),
	NC_("occasion", "other day met"),
	NC_("mail", "queued"),
	NC_("mail", "attempting"),
	NC_("mail", "in doubt"),
	NC_("mail", "sent"),
	NC_("mail", "refused"),
	NC_("mail", "withdrawn"),
	NC_("every", "never"),
	NC_("busy_inbox", "yes"),
	NC_("question", "today"),
	NC_("question", "common"),
	NC_("question", "fascinates"),
	NC_("question", "hope"),
	NC_("field", "contact"),
	NC_("field", "name"),
	NC_("field", "org"),
	NC_("field", "organisation"),
	NC_("field", "title"),
	NC_("field", "city"),
	NC_("field", "language"),
	NC_("field", "salutation"),
	NC_("field", "note"),
	NC_("field", "every"),
	NC_("field", "met_place"),
	NC_("field", "place you met"),
	NC_("field", "busy_inbox"),
	NC_("field", "email"),
	NC_("field", "e-mail"),
	NC_("field", "phone"),
	NC_("field", "link"),
	NC_("field", "tag"),
	NC_("field", "offers"),
	NC_("field", "seeks"),
	NC_("field", "extra"),
	NC_("field", "via"),
	NC_("field", "merged"),
	NC_("field", "birthday"),
	NC_("field", "name-day"),
	NC_("field", "anniversary"),
	NC_("field", "met"),
	NC_("field", "called"),
	NC_("field", "wrote"),
	NC_("field", "congratulated"),
	NC_("field", "thanked"),
	NC_("field", "helped"),
	NC_("field", "introduced"),
	NC_("field", "answered"),
	NC_("field", "accepted"),
	NC_("field", "gave"),
	NC_("field", "received"),
	NC_("field", "asked"),
	NC_("field", "offered"),
	NC_("field", "thanks"),
	NC_("field", "help"),
	NC_("field", "outreach"),
	NC_("field", "outreach link"),
	NC_("field", "outreach today"),
	NC_("field", "outreach common"),
	NC_("field", "outreach fascinates"),
	NC_("field", "outreach hope"),
	NC_("field", "follow-up"),
	NC_("field", "follow-ups"),
	NC_("field", "noted contact"),
	NC_("field", "noted contacts"),
	NC_("field", "coffee"),
	NC_("field", "coffees"),
	NC_("field", "entry of the ledger"),
	NC_("field", "entries of the ledger"),
	NC_("field", "thank-you"),
	NC_("field", "thank-yous"),
	NC_("field", "answer in a forum"),
	NC_("field", "answers in forums"),
	NC_("field", "request"),
	NC_("field", "requests"),
	NC_("field", "introduction or help"),
	NC_("field", "introductions and helps"),
	NC_("field", "introduction"),
	NC_("field", "introductions"),
};

const char *words_say(const char *context, const char *word)
{
	size_t n = strlen(context);

	for (size_t i = 0; word && i < ARRAY_SIZE(words_known); i++) {
		const char *key = words_known[i];

		if (str_starts(key, context) && key[n] == '\004' && str_equal(key + n + 1, word))
			return lang_in_context(key, word);
	}
	return word;
}

size_t words_columns(const char *context)
{
	size_t n = strlen(context), columns = 0;

	for (size_t i = 0; i < ARRAY_SIZE(words_known); i++) {
		const char *key = words_known[i];
		size_t width;

		if (!str_starts(key, context) || key[n] != '\004')
			continue;
		width = utf8_width(lang_in_context(key, key + n + 1));
		if (width > columns)
			columns = width;
	}
	return columns;
}

/* "suggested, with Ben Weber: a flat" */
static void words_add_suggestion(struct str *out, const char *text)
{
	static const char with[] = N_(", with ");
	_cleanup_free_ char *stage = str_ndup(text, strcspn(text, ",:"));

	out->failed |= !stage;
	if (!stage)
		return;
	text += strlen(stage);
	str_add(out, words_say("introduction", stage));
	if (str_starts(text, with)) {
		text += strlen(with);
		str_add(out, _(with));
	}
	str_add(out, text);
}

void words_add_held(struct str *out, const char *field, const char *text)
{
	_cleanup_free_ char *first = text ? str_ndup(text, strcspn(text, " ")) : NULL;
	struct date date;

	if (!text)
		return;
	out->failed |= !first;
	if (first && day_parse(first, &date)) {
		wording_add_plain_date(out, &date);
		str_add(out, text + strlen(first));
	} else if (str_equal(field, "introduction") || str_equal(field, "help")) {
		words_add_suggestion(out, text);
	} else {
		str_add(out, words_say(field, text));
	}
}

/* What verbs note of their changes: the words before, and between, what differs. A row without a blank at
 * its end is the whole text. */
static const struct {
	const char *begin, *between;
	const char *context; /* of the second part */
	const char *format;
} words_changes[] = {
	{ "add ", NULL, NULL, N_("add %s") },
	{ "edit ", NULL, NULL, N_("edit %s") },
	{ "me", NULL, NULL, N_("me") },
	{ "tag ", NULL, NULL, N_("tag %s") },
	{ "occasion ", NULL, NULL, N_("occasion %s") },
	{ "follow-up ", NULL, NULL, N_("follow-up %s") },
	{ "done ", NULL, NULL, N_("done %s") },
	{ "skip ", NULL, NULL, N_("skip %s") },
	{ "snooze ", NULL, NULL, N_("snooze %s") },
	{ "drop ", NULL, NULL, N_("drop %s") },
	/* TRANSLATORS: a contact, "met" or the like */
	{ "log ", " ", "touch", N_("log %1$s %2$s") },
	{ "coffee with ", NULL, NULL, N_("coffee with %s") },
	{ "introduce ", " and ", NULL, N_("introduce %1$s and %2$s") },
	{ "merge ", " and ", NULL, N_("merge %1$s and %2$s") },
	{ "duplicates --differ ", NULL, NULL, N_("duplicates --differ %s") },
	{ "outreach ", NULL, NULL, N_("outreach %s") },
	{ "forum ", NULL, NULL, N_("forum %s") },
	{ "replied ", NULL, NULL, N_("replied %s") },
	{ "gave ", NULL, NULL, N_("gave %s") },
	{ "received ", NULL, NULL, N_("received %s") },
	{ "asked ", NULL, NULL, N_("asked %s") },
	{ "offered ", NULL, NULL, N_("offered %s") },
	{ "reached ", NULL, NULL, N_("reached %s") },
	{ "digest-add ", NULL, NULL, N_("digest add %s") },
	{ "digest-edit ", NULL, NULL, N_("digest edit %s") },
	{ "digest-pause ", NULL, NULL, N_("digest pause %s") },
	{ "digest-resume ", NULL, NULL, N_("digest resume %s") },
	{ "pause", NULL, NULL, N_("pause") },
	{ "resume", NULL, NULL, N_("resume") },
};

static bool words_begins(const char *what, const char *begin)
{
	size_t n = strlen(begin);

	return begin[n - 1] == ' ' ? str_starts(what, begin) : str_equal(what, begin);
}

/* Where the last of the texts between begins; NULL where there is none. */
static const char *words_last(const char *text, const char *between)
{
	const char *last = NULL;

	for (const char *p = text; (p = strstr(p, between)); p++)
		last = p;
	return last;
}

void words_add_change(struct str *out, const char *what)
{
	for (size_t i = 0; i < ARRAY_SIZE(words_changes); i++) {
		const char *between = words_changes[i].between, *context = words_changes[i].context;
		const char *one, *other;
		_cleanup_free_ char *first = NULL;

		if (!words_begins(what, words_changes[i].begin))
			continue;
		one = what + strlen(words_changes[i].begin);
		other = between ? words_last(one, between) : NULL;
		if (between && !other)
			break;
		first = other ? str_ndup(one, (size_t)(other - one)) : str_dup(one);
		other = other ? other + strlen(between) : "";
		out->failed |= !first;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		/* The formats of the table take two texts or fewer; msgfmt checks the translations. */
		str_addf(out, _(words_changes[i].format), first,
			context ? words_say(context, other) : other);
#pragma GCC diagnostic pop
		return;
	}
	str_add(out, what);
}
