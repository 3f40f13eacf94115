/* SPDX-License-Identifier: MIT */
#include "conf/url.h"
#include "test.h"

#include <errno.h>
#include <string.h>

static void url_good(void)
{
	static const struct {
		const char *text, *host;
		int port;
		bool implicit_tls, loopback;
		const char *formatted;
	} rows[] = {
		{ "smtp://h", "h", 587, false, false, "smtp://h:587" },
		{ "smtps://h", "h", 465, true, false, "smtps://h:465" },
		{ "smtp://Mail.Example.ORG:25", "Mail.Example.ORG", 25, false, false,
			"smtp://Mail.Example.ORG:25" },
		{ "smtp://h:1", "h", 1, false, false, "smtp://h:1" },
		{ "smtp://h:65535", "h", 65535, false, false, "smtp://h:65535" },
		{ "smtp://h.", "h.", 587, false, false, "smtp://h.:587" },
		{ "smtp://xn--mller-kva.de", "xn--mller-kva.de", 587, false, false,
			"smtp://xn--mller-kva.de:587" },
		{ "smtp://192.0.2.1:25", "192.0.2.1", 25, false, false, "smtp://192.0.2.1:25" },
		{ "smtp://[2001:db8::1]", "2001:db8::1", 587, false, false,
			"smtp://[2001:db8::1]:587" },
		{ "smtps://[::1]:2465", "::1", 2465, true, true, "smtps://[::1]:2465" },
		{ "smtp://127.0.0.1", "127.0.0.1", 587, false, true, "smtp://127.0.0.1:587" },
		{ "smtp://127.255.3.4", "127.255.3.4", 587, false, true, "smtp://127.255.3.4:587" },
		{ "smtp://128.0.0.1", "128.0.0.1", 587, false, false, "smtp://128.0.0.1:587" },
		{ "smtp://LocalHost", "LocalHost", 587, false, true, "smtp://LocalHost:587" },
		{ "smtp://localhost.example.org", "localhost.example.org", 587, false, false,
			"smtp://localhost.example.org:587" },
		{ "smtp://127.example.org", "127.example.org", 587, false, false,
			"smtp://127.example.org:587" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(url_done) struct url url = { 0 };
		_cleanup_free_ char *formatted = NULL;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].text);
		if (!CHECK_INT(url_parse(&url, rows[i].text, &e), 0))
			continue;
		CHECK_TEXT(url.host, rows[i].host);
		CHECK_INT(url.port, rows[i].port);
		CHECK_INT(url.implicit_tls, rows[i].implicit_tls);
		CHECK_INT(url_is_loopback(&url), rows[i].loopback);
		formatted = url_format(&url);
		CHECK_TEXT(formatted, rows[i].formatted);
	}
}

static void url_bad(void)
{
	static const struct {
		const char *text, *words;
	} rows[] = {
		{ "", "no server's address" },
		{ "mail.example.org", "no server's address" },
		{ "mail.example.org:587", "no server's address" },
		{ "SMTP://h", "no server's address" },
		{ "https://h", "no server's address" },
		{ "smtp:/h", "no server's address" },
		{ "smtp://", "name is missing" },
		{ "smtp://:25", "name is missing" },
		{ "smtp://a b", "characters that no name has" },
		{ "smtp://m\xc3\xbcller.de", "xn--" },
		{ "smtp://-h", "characters that no name has" },
		{ "smtp://.h", "characters that no name has" },
		{ "smtp://a..b", "characters that no name has" },
		{ "smtp://::1", "characters that no name has" },
		{ "smtp://[::1", "in brackets" },
		{ "smtp://[h]", "in brackets" },
		{ "smtp://[127.0.0.1]", "in brackets" },
		{ "smtp://[::1]x", "a port from 1 to 65535" },
		{ "smtp://h:", "a port from 1 to 65535" },
		{ "smtp://h:0", "a port from 1 to 65535" },
		{ "smtp://h:65536", "a port from 1 to 65535" },
		{ "smtp://h:25x", "a port from 1 to 65535" },
		{ "smtp://h:+25", "a port from 1 to 65535" },
		{ "smtp://anna:s3cret@h", "a user does not stand here" },
		{ "smtp://anna@h/x", "a user does not stand here" },
		{ "smtp://h/", "nothing may follow" },
		{ "smtp://h:25/x", "nothing may follow" },
		{ "smtp://h?x", "nothing may follow" },
		{ "smtp://h#x", "nothing may follow" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(url_done) struct url url = { 0 };
		struct err e = { "" };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(url_parse(&url, rows[i].text, &e), -EINVAL);
		CHECK(strstr(e.text, rows[i].words));
		CHECK(!strstr(e.text, "s3cret"));
		CHECK(!url.host);
	}
}

static void url_longest_name(void)
{
	for (int n = 253; n <= 254; n++) {
		_cleanup_(url_done) struct url url = { 0 };
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("%d", n);
		str_add(&text, "smtp://");
		for (int i = 0; i < n; i++)
			str_add_char(&text, i % 2 ? '.' : 'a');
		CHECK_INT(url_parse(&url, str_text(&text), NULL), n > 253 ? -EINVAL : 0);
	}
}

TEST_MAIN(TEST(url_good), TEST(url_bad), TEST(url_longest_name))
