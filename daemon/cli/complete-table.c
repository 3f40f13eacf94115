/* SPDX-License-Identifier: MIT */
/*
 * complete-table: what the words and the options of each verb stand for.
 */
#include "cli/complete-table.h"

#include "base/lang.h"
#include "core/str.h"

/* TRANSLATORS: each of these words is one that can be typed in your language. */
#define DATES                                                                                      \
	N_("today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|+1w|+2w|+1m")
#define LATER  N_("tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|+1w|+2w|+1m")
#define PAST   N_("today|yesterday")
#define TABLES "google-csv|outlook-csv|thunderbird-csv|linkedin"

static const struct complete_verb complete_verbs[] = {
	{ .name = "done",
		.first = { .what = COMPLETE_HANDLE },
		.then = { .what = COMPLETE_HANDLE } },
	{ .name = "snooze",
		.first = { .what = COMPLETE_HANDLE },
		.then = { .what = COMPLETE_HANDLE, .words = LATER } },
	{ .name = "skip",
		.first = { .what = COMPLETE_HANDLE },
		.then = { .what = COMPLETE_HANDLE } },
	{ .name = "drop",
		.first = { .what = COMPLETE_HANDLE },
		.then = { .what = COMPLETE_HANDLE } },
	{ .name = "follow-up", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "log",
		.first = { .what = COMPLETE_CONTACT },
		.then = { .words = "met|called|wrote|congratulated" } },
	{ .name = "show", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "list", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "edit", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "remove", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "occasion",
		.first = { .what = COMPLETE_CONTACT },
		.then = { .words = N_("birthday|name-day|anniversary") } },
	{ .name = "coffee",
		.first = { .what = COMPLETE_CONTACT },
		.then = { .words = "idea|invited|agreed|met|thanked|declined|draft" } },
	{ .name = "introduce",
		.apart = true,
		.first = { .what = COMPLETE_CONTACT | COMPLETE_HANDLE, .letters = "i" },
		.then = { .what = COMPLETE_CONTACT, .words = "asked|made|helped|known" } },
	{ .name = "outreach",
		.first = { .what = COMPLETE_REQUEST | COMPLETE_HANDLE, .letters = "o" },
		.then = { .words = "sent|accepted|declined|draft" } },
	{ .name = "forum", .first = { .what = COMPLETE_FORUM } },
	{ .name = "replied", .first = { .what = COMPLETE_FORUM } },
	{ .name = "gave", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "received", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "asked", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "offered", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "ledger", .first = { .what = COMPLETE_CONTACT } },
	{ .name = "tag", .first = { .what = COMPLETE_TAG } },
	{ .name = "merge",
		.first = { .what = COMPLETE_CONTACT },
		.then = { .what = COMPLETE_CONTACT },
		.apart = true },
	{ .name = "duplicates",
		.first = { .what = COMPLETE_CONTACT },
		.then = { .what = COMPLETE_CONTACT },
		.apart = true },
	{ .name = "import", .first = { .what = COMPLETE_FILE }, .then = { .what = COMPLETE_FILE } },
	{ .name = "export", .first = { .what = COMPLETE_FILE } },
	{ .name = "backup", .first = { .what = COMPLETE_FILE } },
	{ .name = "restore", .first = { .what = COMPLETE_FILE } },
	{ .name = "book", .first = { .what = COMPLETE_BOOK } },
	{ .name = "digest",
		.first = { .words = "list|show|add|edit|remove|pause|resume" },
		.then = { .what = COMPLETE_DIGEST } },
	{ .name = "pause", .first = { .words = LATER } },
	{ .name = "preview", .first = { .what = COMPLETE_DIGEST } },
	{ .name = "test-send", .first = { .what = COMPLETE_DIGEST } },
	{ .name = "send", .first = { .what = COMPLETE_DIGEST } },
};

/* A verb's own stand before those of any verb. */
static const struct {
	const char *verb, *option;
	struct complete_slot slot;
} complete_options[] = {
	{ "import", "format", { .words = "vcard|csv|ldif|ics|json|" TABLES } },
	{ "export", "format", { .words = "vcard|vcard3|csv|ics|json" } },
	{ "replied", "to", { .what = COMPLETE_CONTACT } },
	{ "replied", "on", { .words = PAST } },
	{ "log", "on", { .words = PAST } },
	{ "gave", "on", { .words = PAST } },
	{ "received", "on", { .words = PAST } },
	{ "asked", "on", { .words = PAST } },
	{ "offered", "on", { .words = PAST } },
	{ "init", "days", { .words = N_("weekdays") } },
	{ "init", "tls", { .words = "required|opportunistic|none" } },
	{ NULL, "config", { .what = COMPLETE_FILE } },
	{ NULL, "book", { .what = COMPLETE_BOOK } },
	{ NULL, "tag", { .what = COMPLETE_TAG } },
	{ NULL, "untag", { .what = COMPLETE_TAG } },
	{ NULL, "city", { .what = COMPLETE_CITY } },
	{ NULL, "via", { .what = COMPLETE_FORUM } },
	{ NULL, "on", { .words = DATES } },
	{ NULL, "event", { .words = DATES } },
	{ NULL, "met", { .words = PAST } },
	{ NULL, "every", { .words = "1w|2w|4w|6w|3m|6m|1y|never" } },
	{ NULL, "repeat", { .words = N_("1w|2w|4w|6w|3m|6m|1y|monthly|yearly") } },
	{ NULL, "goal", { .words = N_("1/week|3/week|5/week|5/month|10/month") } },
	{ NULL, "language", { .what = COMPLETE_LANGUAGE } },
	{ NULL, "address", { .words = "du|sie" } },
	{ NULL, "rejects", { .what = COMPLETE_FILE } },
	{ NULL, "password-file", { .what = COMPLETE_FILE } },
};

const struct complete_verb *complete_verb_find(const char *verb)
{
	for (size_t i = 0; i < ARRAY_SIZE(complete_verbs); i++)
		if (str_equal(complete_verbs[i].name, verb))
			return &complete_verbs[i];
	return NULL;
}

const struct complete_slot *complete_option_find(const char *verb, const char *option)
{
	for (size_t i = 0; i < ARRAY_SIZE(complete_options); i++)
		if (str_equal(complete_options[i].option, option) &&
			(!complete_options[i].verb || str_equal(complete_options[i].verb, verb)))
			return &complete_options[i].slot;
	return NULL;
}
