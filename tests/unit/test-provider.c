/* SPDX-License-Identifier: MIT */
#include "conf/provider.h"
#include "conf/url.h"
#include "core/str.h"
#include "test.h"

#include <errno.h>

static const char *name_of(const struct provider *provider)
{
	return provider ? provider->name : NULL;
}

static void provider_by_address(void)
{
	static const struct {
		const char *address, *name;
	} rows[] = {
		{ "anna@gmail.com", "Gmail" },
		{ "anna@googlemail.com", "Gmail" },
		{ "anna@outlook.de", "Outlook.com" },
		{ "anna@hotmail.com", "Outlook.com" },
		{ "anna@live.de", "Outlook.com" },
		{ "anna@gmx.de", "GMX" },
		{ "anna@GMX.Net", "GMX" },
		{ "anna@gmx.com", "GMX (gmx.com)" },
		{ "anna@web.de", "WEB.DE" },
		{ "anna@t-online.de", "T-Online" },
		{ "anna@icloud.com", "iCloud" },
		{ "anna@me.com", "iCloud" },
		{ "anna@fastmail.com", "Fastmail" },
		{ "anna@posteo.de", "Posteo" },
		{ "anna@mailbox.org", "mailbox.org" },
		{ "anna@yahoo.de", "Yahoo" },
		{ "anna@freenet.de", "freenet" },
		{ "anna@online.de", "IONOS" },
		{ "anna@proton.me", "Proton" },
		{ "anna@example.org", NULL },
		{ "anna@mail.gmx.de", NULL },
		{ "anna@gmail", "Gmail" },
		{ "anna@gmx.de gmx.net", NULL },
		{ "gmx.de", NULL },
		{ "anna@", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].address);
		CHECK_TEXT(name_of(provider_of_address(rows[i].address)), rows[i].name);
	}
}

static void provider_by_name(void)
{
	static const struct {
		const char *text, *name;
	} rows[] = {
		{ "gmail", "Gmail" },
		{ "Microsoft 365", "Microsoft 365" },
		{ "office365", "Microsoft 365" },
		{ "T-Online", "T-Online" },
		{ "1&1", "IONOS" },
		{ "Strato", "STRATO" },
		{ "GMX", "GMX" },
		{ "", NULL },
		{ "-", NULL },
		{ "mail", NULL },
		{ "microsoft 365 office365", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_TEXT(name_of(provider_named(rows[i].text)), rows[i].name);
	}
}

static void provider_servers(void)
{
	static const struct {
		const char *text, *url; /* NULL: refused */
	} rows[] = {
		{ "ionos", "smtps://smtp.ionos.de:465" },
		{ "mail.example.org", "smtp://mail.example.org:587" },
		{ "mail.example.org:25", "smtp://mail.example.org:25" },
		{ "mail.example.org:465", "smtps://mail.example.org:465" },
		{ "localhost", "smtp://localhost:587" },
		{ "localhost:25", "smtp://localhost:25" },
		{ "[::1]:25", "smtp://[::1]:25" },
		{ "smtp://mail.example.org", "smtp://mail.example.org:587" },
		{ "smtps://mail.example.org", "smtps://mail.example.org:465" },
		{ "smtps://mail.example.org:2465", "smtps://mail.example.org:2465" },
		{ "https://mail.example.org", NULL },
		{ "smtp://anna:secret@mail.example.org", NULL },
		{ "mail.example.org:0", NULL },
		{ "mail.example.org:x", NULL },
		{ "anna@example.org", NULL },
		{ "mail server", NULL },
		{ "7:30", NULL },
		{ "127.0.0.1:1025", "smtp://127.0.0.1:1025" },
		{ "gmial", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *url = NULL;
		struct err e = { "" };
		int r = provider_read_server(&url, rows[i].text, &e);

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(r, rows[i].url ? 0 : -EINVAL);
		CHECK_TEXT(url, rows[i].url);
		CHECK((r == 0) == (e.text[0] == '\0'));
		CHECK(!strstr(e.text, "secret"));
	}
}

static void provider_by_exchange(void)
{
	static const struct {
		const char *host, *name;
	} rows[] = {
		{ "aspmx.l.google.com", "Gmail" },
		{ "smtp.google.com", "Gmail" },
		{ "aspmx2.googlemail.com", "Gmail" },
		{ "example-org.mail.protection.outlook.com", "Microsoft 365" },
		{ "example-org.k-v1.mx.microsoft", "Microsoft 365" },
		{ "outlook-com.olc.protection.outlook.com", "Outlook.com" },
		{ "mxext1.mailbox.org", "mailbox.org" },
		{ "in1-smtp.messagingengine.com", "Fastmail" },
		{ "mx01.mail.icloud.com", "iCloud" },
		{ "mail.protonmail.ch", "Proton" },
		{ "mx00.ionos.de", "IONOS" },
		{ "mx01.kundenserver.de", "IONOS" },
		{ "mx00.ionos.com", "IONOS (ionos.com)" },
		{ "smtpin.rzone.de", "STRATO" },
		{ "www123.your-server.de", "Hetzner" },
		{ "w0123abc.kasserver.com", "ALL-INKL" },
		{ "mx2f31.netcup.net", "netcup" },
		{ "mx1.mail.ovh.net", "OVH" },
		{ "mx.example.org", NULL },
		{ "notgoogle.com", NULL },
		{ "google.com.example.org", NULL },
		{ "com", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].host);
		CHECK_TEXT(name_of(provider_of_exchange(rows[i].host)), rows[i].name);
	}
}

static void provider_guesses(void)
{
	static const struct {
		const char *address, *exchange, *url;
	} rows[] = {
		{ "anna@web.de", NULL, "smtp://smtp.web.de:587" },
		{ "anna@posteo.de", NULL, "smtps://posteo.de:465" },
		{ "anna@example.org", NULL, "smtp://mail.example.org:587" },
		{ "anna@example.org", "", "smtp://mail.example.org:587" },
		{ "anna@example.org", "mx.example.net", "smtp://mail.example.org:587" },
		{ "anna@example.org", "mx01.kundenserver.de", "smtps://smtp.ionos.de:465" },
		{ "anna@example.org", "w0123abc.kasserver.com",
			"smtps://w0123abc.kasserver.com:465" },
		/* What is known of the address itself counts more. */
		{ "anna@web.de", "smtp.google.com", "smtp://smtp.web.de:587" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *url = provider_guess_server(rows[i].address, rows[i].exchange);

		TEST_ROW("%s", rows[i].address);
		CHECK_TEXT(url, rows[i].url);
	}
}

/* What stands in the table can be put into a configuration, and is found again. */
static void provider_table(void)
{
	static const char *const names[] = { "gmail", "outlook", "microsoft365", "gmx", "gmx.com",
		"web", "tonline", "icloud", "fastmail", "posteo", "mailbox", "yahoo", "freenet",
		"ionos", "strato", "proton" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_str_ struct str address = STR_INIT;
		_cleanup_(url_done) struct url url = { 0 };
		const struct provider *provider;

		str_addf(&address, "anna@%s", names[i]);
		provider = provider_of_address(str_text(&address));
		TEST_ROW("%s", names[i]);
		if (!CHECK(provider != NULL))
			continue;
		CHECK_INT(url_parse(&url, provider->url, NULL), 0);
		CHECK_INT(url.implicit_tls, url.port == 465);
		CHECK_TEXT(name_of(provider_of_url(provider->url)), provider->name);
		CHECK(provider->login == PROVIDER_PASSWORD || provider->advice);
	}
	CHECK(provider_of_url("smtp://mail.example.org:587") == NULL);
}

TEST_MAIN(TEST(provider_by_address), TEST(provider_by_name), TEST(provider_servers),
	TEST(provider_by_exchange), TEST(provider_guesses), TEST(provider_table))
