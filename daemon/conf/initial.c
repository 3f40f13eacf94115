/* SPDX-License-Identifier: MIT */
/*
 * initial: a first configuration, made of what a newcomer was asked.
 */
#include "conf/initial.h"

#include "base/lang.h"
#include "conf/setting-internal.h"

#include <string.h>

static void initial_quote_part(struct str *out, const char *text, size_t n)
{
	_cleanup_free_ char *part = str_ndup(text, n);

	if (part)
		setting_write_quoted(out, part);
	else
		out->failed = true;
}

/* "[ "oama", "access", "anna@example.org" ]" */
static void initial_add_words(struct str *out, const char *text)
{
	const char *separator = "[ ";

	for (size_t n; *text; text += n) {
		text += strspn(text, " ");
		n = strcspn(text, " ");
		if (!n)
			break;
		str_add(out, separator);
		initial_quote_part(out, text, n);
		separator = ", ";
	}
	str_add(out, " ]");
}

static void initial_add_setting(struct str *out, const char *name, int width, const char *text)
{
	if (str_empty(text))
		return;
	str_addf(out, "    %-*s = ", width, name);
	setting_write_quoted(out, text);
	str_add(out, ";\n");
}

static void initial_add_secret(struct str *out, const struct initial *initial)
{
	static const char *const names[] = {
		[INITIAL_PASSWORD_FILE] = "password_file",
		[INITIAL_PASSWORD_CREDENTIAL] = "password_credential",
		[INITIAL_TOKEN_COMMAND] = "token_command",
	};

	if (initial->secret == INITIAL_NO_LOGIN)
		return;
	str_addf(out, "    %s = ", names[initial->secret]);
	if (initial->secret == INITIAL_TOKEN_COMMAND)
		initial_add_words(out, initial->secret_text);
	else
		setting_write_quoted(out, initial->secret_text);
	str_add(out, ";\n");
}

static void initial_add_smtp(struct str *out, const struct initial *initial)
{
	_cleanup_str_ struct str from = STR_INIT;

	str_addf(&from, "nudged <%s>", initial->address);
	str_addf(
		out, "# %s\nsmtp: {\n", _("The server that takes the mails, and the login there."));
	initial_add_setting(out, "url", 4, initial->url);
	initial_add_setting(out, "tls", 4, initial->tls);
	initial_add_setting(out, "from", 4, str_text(&from));
	if (initial->secret != INITIAL_NO_LOGIN)
		initial_add_setting(out, "user", 4, initial->user);
	initial_add_secret(out, initial);
	str_add(out, "};\n");
	out->failed |= from.failed;
}

/* `Anna Schmidt <anna@example.org>`; a name with special characters is quoted by RFC 5322 section 3.2.4. */
static void initial_add_recipient(struct str *out, const struct initial *initial)
{
	_cleanup_str_ struct str mailbox = STR_INIT;

	if (str_empty(initial->name))
		str_add(&mailbox, initial->address);
	else if (strpbrk(initial->name, ",;:<>@()[]\"\\"))
		setting_write_quoted(&mailbox, initial->name);
	else
		str_add(&mailbox, initial->name);
	if (!str_empty(initial->name))
		str_addf(&mailbox, " <%s>", initial->address);
	str_add(out, "    to       = [ ");
	setting_write_quoted(out, str_text(&mailbox));
	str_add(out, " ];\n");
	out->failed |= mailbox.failed;
}

static void initial_add_digest(struct str *out, const struct initial *initial)
{
	str_addf(out, "\n# %s\ndigests: (\n  {\n",
		_("One group for each digest: what comes when, and to whom."));
	initial_add_setting(out, "name", 8, initial->digest);
	initial_add_recipient(out, initial);
	initial_add_setting(out, "cadence", 8, initial->cadence);
	initial_add_setting(out, "timezone", 8, initial->timezone);
	initial_add_setting(out, "language", 8, initial->language);
	initial_add_setting(out, "address", 8, initial->address_form);
	str_add(out, "  }\n);\n");
}

void initial_write(struct str *out, const struct initial *initial)
{
	str_addf(out, "# %s\n\n",
		_("Made by `nudge init`. All settings and their defaults: man nudged.conf"));
	if (!str_empty(initial->database)) {
		str_add(out, "database = ");
		setting_write_quoted(out, initial->database);
		str_add(out, ";\n\n");
	}
	initial_add_smtp(out, initial);
	initial_add_digest(out, initial);
}
