/* SPDX-License-Identifier: MIT */
/*
 * option: the settings of nudged.conf as rows.
 */
#include "conf/option.h"

#include "base/lang.h"

#include <stddef.h>
#include <string.h>

#define NAME_MAX_LENGTH 32

static const char *const option_tls_words[] = { "required", "opportunistic", "none", NULL };
static const char *const option_in_doubt_words[] = { "resend", "hold", NULL };
static const char *const option_leap_day_words[] = { "feb28", "mar1", NULL };
static const char *const option_address_words[] = { "du", "sie", NULL };

static const char *const option_section_words[] = {
	[CONF_SECTION_OCCASIONS] = "occasions",
	[CONF_SECTION_FOLLOW_UPS] = "follow-ups",
	[CONF_SECTION_THANKS] = "thanks",
	[CONF_SECTION_COFFEE] = "coffee",
	[CONF_SECTION_TOUCHES] = "touches",
	[CONF_SECTION_HELP] = "help",
	[CONF_SECTION_INTRODUCTIONS] = "introductions",
	[CONF_SECTION_OUTREACH] = "outreach",
	[CONF_SECTION_FORUMS] = "forums",
	[CONF_SECTION_COUNT] = NULL,
};

static bool option_is_name(const char *text)
{
	size_t n = strlen(text);

	return n <= NAME_MAX_LENGTH && text[0] != '_' && text[0] != '-' &&
		strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

static bool option_is_credential(const char *text)
{
	return !strchr(text, '/') && !str_equal(text, ".") && !str_equal(text, "..");
}

static bool option_is_language(const char *text)
{
	for (const char *const *word = lang_all; *word; word++)
		if (str_equal(*word, text))
			return true;
	return false;
}

#define NAME_ALLOWED                                                                               \
	ERR_TEXT("1 to 32 of the characters a-z, 0-9, \"_\" and \"-\", the first a letter or digit")
#define COMMAND_ALLOWED ERR_TEXT("a program and its arguments, as in [ \"pass\", \"mail\" ]")
#define PATH_ALLOWED    ERR_TEXT("a file's path")

#define AT(member)                   .offset = offsetof(struct OPTION_STRUCT, member)
#define AT_COUNT(member)             .count_offset = offsetof(struct OPTION_STRUCT, member)
#define BOUNDS(from, to, by_default) .min = from, .max = to, .fallback = by_default

#define OPTION_STRUCT conf
static const struct option option_root_rows[] = {
	{ "database", OPTION_PATH, AT(database), .allowed = PATH_ALLOWED },
	{ "smtp", OPTION_GROUP, .required = true, AT(smtp),
		.allowed = ERR_TEXT("a group, smtp: { url = ...; from = ...; }") },
	{ "digests", OPTION_GROUPS, .required = true, AT(digests), AT_COUNT(n_digests),
		.max = CONF_DIGESTS_MAX,
		.allowed = ERR_TEXT("a list of groups, digests: ( { name = ...; to = ...; } )") },
};
#undef OPTION_STRUCT

#define OPTION_STRUCT conf_smtp
static const struct option option_smtp_rows[] = {
	{ "url", OPTION_TEXT, .required = true, AT(url),
		.allowed = ERR_TEXT("smtp://HOST:PORT or smtps://HOST:PORT") },
	{ "tls", OPTION_CHOICE, AT(tls), .words = option_tls_words, .fallback = CONF_TLS_REQUIRED },
	{ "ca_file", OPTION_PATH, AT(ca_file), .allowed = PATH_ALLOWED },
	{ "from", OPTION_ADDRESS, .required = true, AT(from),
		.allowed = ERR_TEXT("one address, as in \"nudged <anna@example.org>\"") },
	{ "user", OPTION_TEXT, AT(user), .allowed = ERR_TEXT("the name to log in with") },
	{ "password_credential", OPTION_TEXT, AT(password_credential), .fits = option_is_credential,
		.allowed = ERR_TEXT("the name of a systemd credential, without \"/\"") },
	{ "password_file", OPTION_PATH, AT(password_file), .allowed = PATH_ALLOWED },
	{ "password_command", OPTION_WORDS, AT(password_command), .min = 1, .max = 64,
		.allowed = COMMAND_ALLOWED },
	{ "token_command", OPTION_WORDS, AT(token_command), .min = 1, .max = 64,
		.allowed = COMMAND_ALLOWED },
	{ "connections", OPTION_NUMBER, AT(connections), BOUNDS(1, 50, 4) },
	{ "max_per_minute", OPTION_NUMBER, AT(max_per_minute), BOUNDS(0, 6000, 0) },
};
#undef OPTION_STRUCT

#define OPTION_STRUCT conf_digest
static const struct option option_digest_rows[] = {
	{ "name", OPTION_TEXT, .required = true, AT(name), .fits = option_is_name,
		.allowed = NAME_ALLOWED },
	{ "book", OPTION_TEXT, AT(book), .fits = option_is_name, .fallback_text = "main",
		.allowed = NAME_ALLOWED },
	{ "to", OPTION_ADDRESSES, .required = true, AT(to), AT_COUNT(n_to), .min = 1, .max = 50,
		.allowed = ERR_TEXT(
			"a list of 1 to 50 addresses, as in [ \"anna@example.org\" ]") },
	{ "cadence", OPTION_TEXT, AT(cadence_text), .fallback_text = "*-*-* 07:00",
		.allowed = ERR_TEXT(
			"a calendar event as systemd.time(7) has it, as in \"Mon..Fri 07:00\"") },
	{ "timezone", OPTION_TEXT, AT(timezone),
		.allowed = ERR_TEXT("a time zone, as in \"Europe/Berlin\"") },
	{ "language", OPTION_TEXT, AT(language), .fits = option_is_language, .words = lang_all },
	{ "address", OPTION_CHOICE, AT(address), .words = option_address_words,
		.fallback = CONF_ADDRESS_DU },
	{ "sections", OPTION_CHOICES, AT(sections), AT_COUNT(n_sections), .min = 1,
		.max = CONF_SECTION_COUNT, .words = option_section_words },
	{ "lead_days", OPTION_NUMBER, AT(lead_days), BOUNDS(0, 60, 7) },
	{ "leap_day", OPTION_CHOICE, AT(leap_day), .words = option_leap_day_words,
		.fallback = OCCASION_LEAP_FEB28 },
	{ "touch_max", OPTION_NUMBER, AT(touch_max), BOUNDS(0, 20, 3) },
	{ "introduction_max", OPTION_NUMBER, AT(introduction_max), BOUNDS(0, 20, 1) },
	{ "help_max", OPTION_NUMBER, AT(help_max), BOUNDS(0, 20, 1) },
	{ "send_empty", OPTION_SWITCH, AT(send_empty), .fallback = false },
	{ "notes_in_mail", OPTION_SWITCH, AT(notes_in_mail), .fallback = true },
	{ "subject_names", OPTION_SWITCH, AT(subject_names), .fallback = true },
	{ "calendar", OPTION_SWITCH, AT(calendar), .fallback = true },
	{ "in_doubt", OPTION_CHOICE, AT(in_doubt), .words = option_in_doubt_words,
		.fallback = CONF_IN_DOUBT_RESEND },
};
#undef OPTION_STRUCT

const struct option_table option_root = { "", option_root_rows, ARRAY_SIZE(option_root_rows) };
const struct option_table option_smtp = { "smtp.", option_smtp_rows, ARRAY_SIZE(option_smtp_rows) };
const struct option_table option_digest = { "digests.", option_digest_rows,
	ARRAY_SIZE(option_digest_rows) };
