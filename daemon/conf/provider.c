/* SPDX-License-Identifier: MIT */
/*
 * provider: the mail servers of the big providers, and what a login there needs.
 */
#include "conf/provider.h"

#include "conf/url.h"
#include "core/str.h"

#include <errno.h>

#define PROVIDER_NAME_MAX 64

#define PROVIDER_GMX                                                                               \
	ERR_TEXT("GMX takes mail from programs only after you have allowed POP3 and IMAP in the "  \
		 "settings of the mailbox; with two-factor login it wants a password of its own "  \
		 "for this program.")

/* As the providers' help pages had it in November 2026. A server's name changes once in ten years,
 * what a login needs more often. */
static const struct provider providers[] = {
	{ "Gmail", "smtp://smtp.gmail.com:587", PROVIDER_APP_PASSWORD,
		ERR_TEXT(
			"Google wants an app password, not your own: turn on 2-step verification, "
			"then make one at https://myaccount.google.com/apppasswords (a token_command "
			"works too)."),
		"gmail google googlemail googleworkspace gmail.com googlemail.com",
		"google.com googlemail.com" },
	{ "Outlook.com", "smtp://smtp-mail.outlook.com:587", PROVIDER_TOKEN,
		ERR_TEXT(
			"Microsoft takes no passwords from mail programs any more, only OAuth 2: you "
			"need a program that prints an access token for SMTP.Send, such as oama "
			"(`oama access ADDRESS`), pizauth or mutt_oauth2.py."),
		"outlook hotmail live msn outlook.com outlook.de outlook.at hotmail.com hotmail.de "
		"hotmail.co.uk hotmail.fr live.com live.de live.at msn.com",
		"olc.protection.outlook.com" },
	{ "Microsoft 365", "smtp://smtp.office365.com:587", PROVIDER_TOKEN,
		ERR_TEXT(
			"Microsoft 365 wants OAuth 2, and takes a password only where your "
			"organisation still allows it: you need a program that prints an access token "
			"for SMTP.Send, such as oama (`oama access ADDRESS`), pizauth or "
			"mutt_oauth2.py. SMTP AUTH must be allowed for the mailbox."),
		"microsoft365 office365 m365 o365 microsoft exchangeonline",
		"protection.outlook.com mx.microsoft" },
	{ "GMX", "smtp://mail.gmx.net:587", PROVIDER_PASSWORD, PROVIDER_GMX,
		"gmx gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.info", "gmx.net" },
	{ "GMX (gmx.com)", "smtp://mail.gmx.com:587", PROVIDER_PASSWORD, PROVIDER_GMX,
		"gmx.com gmx.us gmx.co.uk", "gmx.com" },
	{ "WEB.DE", "smtp://smtp.web.de:587", PROVIDER_PASSWORD,
		ERR_TEXT(
			"WEB.DE takes mail from programs only after you have allowed POP3 and IMAP "
			"in the settings of the mailbox; with two-factor login it wants a password of "
			"its own for this program."),
		"web web.de", "web.de" },
	{ "T-Online", "smtps://securesmtp.t-online.de:465", PROVIDER_APP_PASSWORD,
		ERR_TEXT(
			"T-Online wants the password for e-mail programs, which you set apart from "
			"that of your Telekom login, in the settings of the mail centre."),
		"tonline telekom t-online.de magenta.de", "t-online.de" },
	{ "iCloud", "smtp://smtp.mail.me.com:587", PROVIDER_APP_PASSWORD,
		ERR_TEXT("Apple wants an app-specific password, not your own: make one at "
			 "https://account.apple.com under sign-in and security."),
		"icloud apple icloud.com me.com mac.com", "mail.icloud.com" },
	{ "Fastmail", "smtps://smtp.fastmail.com:465", PROVIDER_APP_PASSWORD,
		ERR_TEXT("Fastmail wants an app password, not your own: make one in its settings, "
			 "under privacy and security."),
		"fastmail fastmail.com fastmail.fm fastmail.de fastmail.net fastmail.org",
		"messagingengine.com" },
	{ "Posteo", "smtps://posteo.de:465", PROVIDER_PASSWORD, NULL,
		"posteo posteo.de posteo.net posteo.org posteo.at posteo.ch posteo.eu", NULL },
	{ "mailbox.org", "smtps://smtp.mailbox.org:465", PROVIDER_PASSWORD,
		ERR_TEXT("With two-factor login mailbox.org wants an app password: make one in its "
			 "settings."),
		"mailbox mailbox.org", "mailbox.org" },
	{ "Yahoo", "smtps://smtp.mail.yahoo.com:465", PROVIDER_APP_PASSWORD,
		ERR_TEXT("Yahoo wants an app password, not your own: make one in the security "
			 "settings of your account."),
		"yahoo ymail yahoo.com yahoo.de yahoo.co.uk yahoo.fr yahoo.at ymail.com "
		"rocketmail.com",
		"yahoodns.net" },
	{ "freenet", "smtp://mx.freenet.de:587", PROVIDER_PASSWORD, NULL, "freenet freenet.de",
		NULL },
	{ "IONOS", "smtps://smtp.ionos.de:465", PROVIDER_PASSWORD, NULL,
		"ionos 1&1 1und1 online.de onlinehome.de 1und1.de", "ionos.de kundenserver.de" },
	{ "STRATO", "smtps://smtp.strato.de:465", PROVIDER_PASSWORD, NULL, "strato", "rzone.de" },
	{ "Proton", "smtp://127.0.0.1:1025", PROVIDER_APP_PASSWORD,
		ERR_TEXT(
			"Proton takes mail from programs only by its Bridge, which must run on this "
			"machine; login and password are those that the Bridge shows."),
		"proton protonmail proton.me protonmail.com pm.me", "protonmail.ch" },
	/* Of domains alone. A host that takes their mail from its owner as well stands as "*". */
	{ "IONOS (ionos.com)", "smtps://smtp.ionos.com:465", PROVIDER_PASSWORD, NULL, "",
		"ionos.com" },
	{ "Hetzner", "smtps://mail.your-server.de:465", PROVIDER_PASSWORD, NULL, "hetzner",
		"your-server.de" },
	{ "ALL-INKL", "smtps://*:465", PROVIDER_PASSWORD, NULL, "", "kasserver.com" },
	{ "netcup", "smtps://*:465", PROVIDER_PASSWORD, NULL, "", "netcup.net" },
	{ "OVH", "smtps://ssl0.ovh.net:465", PROVIDER_PASSWORD, NULL, "ovh", "ovh.net" },
	{ "Infomaniak", "smtps://mail.infomaniak.com:465", PROVIDER_PASSWORD, NULL, "infomaniak",
		"infomaniak.ch" },
	{ "Gandi", "smtps://mail.gandi.net:465", PROVIDER_PASSWORD, NULL, "gandi", "gandi.net" },
	{ "Migadu", "smtps://smtp.migadu.com:465", PROVIDER_PASSWORD, NULL, "migadu",
		"migadu.com" },
};

static const struct provider *provider_find(const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; length && i < ARRAY_SIZE(providers); i++) {
		const char *at = providers[i].words;

		for (size_t n; *at; at += n + (at[n] == ' ')) {
			n = strcspn(at, " ");
			if (n == length && memcmp(at, word, n) == 0)
				return &providers[i];
		}
	}
	return NULL;
}

const struct provider *provider_of_address(const char *address)
{
	const char *at = strrchr(address, '@');
	char domain[PROVIDER_NAME_MAX];
	size_t n = 0;

	if (!at || strlen(at + 1) >= sizeof(domain))
		return NULL;
	for (at++; *at; at++)
		domain[n++] = str_lower(*at);
	domain[n] = '\0';
	return provider_find(domain);
}

const struct provider *provider_named(const char *name)
{
	char word[PROVIDER_NAME_MAX];
	size_t n = 0;

	if (strlen(name) >= sizeof(word) || strchr(name, '.'))
		return provider_of_address(name);
	for (; *name; name++)
		if (!strchr(" -", *name))
			word[n++] = str_lower(*name);
	word[n] = '\0';
	return provider_find(word);
}

static bool provider_is_host_of(const char *host, const char *endings)
{
	size_t length = strlen(host);

	for (size_t n; endings && *endings; endings += n + (endings[n] == ' ')) {
		n = strcspn(endings, " ");
		if (length >= n && memcmp(host + length - n, endings, n) == 0 &&
			(length == n || host[length - n - 1] == '.'))
			return true;
	}
	return false;
}

const struct provider *provider_of_exchange(const char *host)
{
	for (size_t i = 0; i < ARRAY_SIZE(providers); i++)
		if (provider_is_host_of(host, providers[i].exchanges))
			return &providers[i];
	return NULL;
}

const struct provider *provider_of_url(const char *url)
{
	for (size_t i = 0; i < ARRAY_SIZE(providers); i++)
		if (str_equal(providers[i].url, url))
			return &providers[i];
	return NULL;
}

/* "HOST:465" is TLS from the first byte, whoever writes it. */
static bool provider_is_smtps(const char *host)
{
	const char *colon = strrchr(host, ':');

	return str_equal(colon, ":465");
}

int provider_read_server(char **ret_url, const char *text, struct err *reterr)
{
	const struct provider *known = provider_named(text);
	_cleanup_(url_done) struct url url = { 0 };
	_cleanup_str_ struct str whole = STR_INIT;
	int r;

	if (!known && strchr(text, '@'))
		return err_set(reterr, -EINVAL,
			"the server's name alone, please, as in mail.example.org: login and password are asked "
			"for next");
	/* "7:30" answers another question. */
	if (!known &&
		((!strchr(text, '.') && !strchr(text, ':') && !str_equal(text, "localhost")) ||
			text[strspn(text, "0123456789:")] == '\0'))
		return err_set(reterr, -EINVAL,
			"\"%s\" is neither a server nor a provider that I know; a server is called "
			"something like mail.example.org",
			text);
	if (!known && !strstr(text, "://"))
		str_add(&whole, provider_is_smtps(text) ? "smtps://" : "smtp://");
	str_add(&whole, known ? known->url : text);
	r = str_check(&whole, reterr);
	if (r == 0)
		r = url_parse(&url, str_text(&whole), reterr);
	if (r < 0)
		return r;
	*ret_url = url_format(&url);
	return *ret_url ? 0 : err_oom(reterr);
}

char *provider_guess_server(const char *address, const char *exchange)
{
	const struct provider *known = provider_of_address(address);
	const char *at = strrchr(address, '@'), *star;
	struct str url = STR_INIT;

	if (!known && exchange)
		known = provider_of_exchange(exchange);
	if (!known) {
		str_addf(&url, "smtp://mail.%s:587", at ? at + 1 : address);
		return str_take(&url);
	}
	star = strchr(known->url, '*');
	if (!star)
		return str_dup(known->url);
	str_addf(&url, "%.*s%s%s", (int)(star - known->url), known->url, exchange, star + 1);
	return str_take(&url);
}
