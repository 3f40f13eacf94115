/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/utf8.h"
#include "format/mime.h"
#include "format/qp.h"
#include "format/word.h"
#include "test.h"

#include <string.h>

static char from_name[] = "nudged", from_address[] = "anna@example.org",
	    to_address[] = "ben@example.org";
static const struct mime_address from = { from_name, from_address }, to = { NULL, to_address };

static struct mime_message plain_message(void)
{
	return (struct mime_message){
		.from = &from,
		.to = &to,
		.n_to = 1,
		.subject = "Anna hat heute Geburtstag",
		.message_id = "<m.1@example.org>",
		.date = 1795419612,
		.offset = 3600,
		.language = "de",
		.text = "Grüße\n.\nBis bald",
	};
}

static void mime_whole_messages(void)
{
	static const struct mime_header headers[] = {
		{ "Auto-Submitted", "auto-generated" },
		{ "List-Id",
			"nudged digest morning of a book with a long name <morning.main.nudged.localhost>" },
	};
	struct mime_message m = plain_message();
	_cleanup_str_ struct str s = STR_INIT, again = STR_INIT;

	m.headers = headers;
	m.n_headers = ARRAY_SIZE(headers);
	CHECK_INT(mime_write(&s, &m, NULL), 0);
	CHECK_TEXT(str_text(&s),
		"Date: Mon, 23 Nov 2026 08:40:12 +0100\r\n"
		"From: nudged <anna@example.org>\r\n"
		"To: ben@example.org\r\n"
		"Subject: Anna hat heute Geburtstag\r\n"
		"Message-ID: <m.1@example.org>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"List-Id: nudged digest morning of a book with a long name\r\n"
		" <morning.main.nudged.localhost>\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Language: de\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"Gr=C3=BC=C3=9Fe\r\n=2E\r\nBis bald\r\n");
	m.html = "<p>Grüße</p>\n";
	str_clear(&s);
	CHECK_INT(mime_write(&s, &m, NULL), 0);
	CHECK_INT(mime_write(&again, &m, NULL), 0);
	CHECK_TEXT(str_text(&s), str_text(&again));
	CHECK(strstr(s.data, "\r\nContent-Type: multipart/alternative; boundary=\"=_") != NULL);
	CHECK(strstr(s.data,
		      "Content-Type: text/html; charset=utf-8\r\nContent-Language: de\r\n") !=
		NULL);
}

static void mime_attachments(void)
{
	static const struct mime_attachment files[] = {
		{ "coffee-c1.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" },
		{ "c2.ics\r\nBcc: x@example.org", "text/calendar", "ü" },
	};
	struct mime_message m = plain_message();
	_cleanup_str_ struct str s = STR_INIT;
	static const char *const parts[] = {
		"\r\nContent-Type: multipart/mixed; boundary=\"=_mixed_",
		"\r\nContent-Type: multipart/alternative; boundary=\"=_",
		"\r\nContent-Type: text/calendar; charset=utf-8; name=\"coffee-c1.ics\"\r\n"
		"Content-Disposition: attachment; filename=\"coffee-c1.ics\"\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n\r\n--=_mixed_",
		"\r\n\r\n=C3=BC\r\n\r\n--=_mixed_",
	};

	m.html = "<p>x</p>\n";
	m.attachments = files;
	m.n_attachments = ARRAY_SIZE(files);
	CHECK_INT(mime_write(&s, &m, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		TEST_ROW("%zu", i);
		CHECK(strstr(s.data, parts[i]) != NULL);
	}
	CHECK(!strstr(s.data, "\r\nBcc:"));
}

static void mime_dates(void)
{
	static const struct {
		int64_t instant;
		int32_t offset;
		const char *line;
	} rows[] = {
		{ 0, 0, "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n" },
		{ -1, 0, "Date: Wed, 31 Dec 1969 23:59:59 +0000\r\n" },
		{ 0, -34200, "Date: Wed, 31 Dec 1969 14:30:00 -0930\r\n" },
		{ 1709164800, 20700, "Date: Thu, 29 Feb 2024 05:45:00 +0545\r\n" },
		{ 0, -1800, "Date: Wed, 31 Dec 1969 23:30:00 -0030\r\n" },
		/* RFC 5322 knows no seconds of an offset: the time shown is still the same instant
  */
		{ 0, 3208, "Date: Thu, 1 Jan 1970 00:53:00 +0053\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mime_message m = plain_message();
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("row %zu", i);
		m.date = rows[i].instant;
		m.offset = rows[i].offset;
		CHECK_INT(mime_write(&s, &m, NULL), 0);
		CHECK(str_starts(str_text(&s), rows[i].line));
	}
}

static void mime_display_names(void)
{
	static const struct {
		const char *name, *line;
	} rows[] = {
		{ NULL, "From: a@b.c" },
		{ "", "From: a@b.c" },
		{ "  ", "From: a@b.c" },
		{ "Anna Schmidt", "From: Anna Schmidt <a@b.c>" },
		{ "Dr. Anna", "From: \"Dr. Anna\" <a@b.c>" },
		{ "Schmidt, Anna", "From: \"Schmidt, Anna\" <a@b.c>" },
		{ "a\"b\\c", "From: \"a\\\"b\\\\c\" <a@b.c>" },
		{ "a  b", "From: \"a  b\" <a@b.c>" },
		{ "Müller", "From: =?UTF-8?Q?M=C3=BCller?= <a@b.c>" },
		{ "=?UTF-8?Q?x?=", "From: =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?= <a@b.c>" },
		{ "x\r\nBcc: y@z", "From: \"x  Bcc: y@z\" <a@b.c>" },
		{ "x\xff", "From: =?UTF-8?Q?x=EF=BF=BD?= <a@b.c>" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mime_message m = plain_message();
		_cleanup_str_ struct str s = STR_INIT;
		_cleanup_free_ char *name = str_dup(rows[i].name);
		char address[] = "a@b.c";
		struct mime_address a = { name, address };
		char *line;

		TEST_ROW("row %zu", i);
		m.from = &a;
		CHECK_INT(mime_write(&s, &m, NULL), 0);
		line = strstr(s.data, "From:");
		*strstr(line, "\r\n") = '\0';
		CHECK_TEXT(line, rows[i].line);
	}
}

/* Checks what holds for every message and gives the header of that name, unfolded and decoded. */
static void check_shape(const char *message)
{
	for (const char *line = message; *line;) {
		size_t n = strcspn(line, "\r\n");

		CHECK(n <= 78);
		CHECK(str_starts(line + n, "\r\n"));
		for (size_t i = 0; i < n; i++)
			CHECK((line[i] >= ' ' && line[i] < 0x7f) || line[i] == '\t');
		line += n + 2;
	}
}

static void read_header(const char *message, const char *name, struct str *out)
{
	_cleanup_str_ struct str raw = STR_INIT;
	const char *p = strstr(message, name);

	if (!CHECK(p != NULL))
		return;
	for (p += strlen(name); !str_starts(p, "\r\n") || p[2] == ' '; p++)
		if (*p != '\r' && *p != '\n')
			str_add_char(&raw, *p);
	word_add_decoded(out, str_text(&raw));
}

static void read_body(const char *message, struct str *out)
{
	_cleanup_str_ struct str decoded = STR_INIT;
	const char *body = strstr(message, "\r\n\r\n") + 4;

	qp_add_decoded(&decoded, body, strlen(body));
	for (size_t i = 0; i < decoded.len; i++)
		if (decoded.data[i] != '\r')
			str_add_char(out, decoded.data[i]);
}

static void mime_nasty_texts_come_back(void)
{
	static const struct {
		const char *in, *subject, *body; /* NULL: as it went in */
	} rows[] = {
		{ "plain", NULL, NULL },
		{ "🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂", NULL, NULL },
		{ "שלום עולם, مرحبا بالعالم", NULL, NULL },
		{ "\"quoted\", <angle>; (comment) \\ back", NULL, NULL },
		{ "a\r\nBcc: x@y.z\r\n\r\nbody", "a  Bcc: x@y.z    body", "a\nBcc: x@y.z\n\nbody" },
		{ "a\rb", "a b", "a\nb" },
		{ "a\tb", "a b", "a\tb" },
		{ "a\x01\x1b[31mb\x7f", "a  [31mb", "a  [31mb " },
		{ "bad \xff\xc3 end", "bad \xef\xbf\xbd\xef\xbf\xbd end",
			"bad \xef\xbf\xbd\xef\xbf\xbd end" },
		{ "=?UTF-8?Q?fake?= =?x", NULL, NULL },
		{ ".", NULL, NULL },
		{ "From me", NULL, NULL },
		{ "\xc2\x85next", "next", " next" },
		{ "0123456789012345678901234567890123456789012345678901234567890123456789"
		  "0123456789012345678901234567890123456789",
			NULL, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mime_message m = plain_message();
		_cleanup_str_ struct str s = STR_INIT, subject = STR_INIT, body = STR_INIT;
		_cleanup_str_ struct str expected = STR_INIT;

		TEST_ROW("row %zu", i);
		m.subject = m.text = rows[i].in;
		CHECK_INT(mime_write(&s, &m, NULL), 0);
		check_shape(s.data);
		read_header(s.data, "Subject: ", &subject);
		while (subject.len && subject.data[subject.len - 1] == ' ')
			subject.data[--subject.len] = '\0';
		CHECK_TEXT(str_text(&subject) + strspn(str_text(&subject), " "),
			rows[i].subject ? rows[i].subject : rows[i].in);
		read_body(s.data, &body);
		str_addf(&expected, "%s\n", rows[i].body ? rows[i].body : rows[i].in);
		CHECK_TEXT(str_text(&body), str_text(&expected));
	}
}

static void mime_address_cannot_break_out(void)
{
	struct mime_message m = plain_message();
	char evil[] = "a@b.c>\r\nBcc: <x@y.z>, \xc3\xbc(";
	struct mime_address a = { NULL, evil };
	_cleanup_str_ struct str s = STR_INIT;

	m.to = &a;
	CHECK_INT(mime_write(&s, &m, NULL), 0);
	CHECK(strstr(s.data, "\r\nTo: a@b.cBcc:x@y.z\r\n") != NULL);
	check_shape(s.data);
}

static void mime_pieces(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	mime_add_header(&s, "Subject", "zwölf");
	mime_add_quoted_printable(&s, "ü\n", 3);
	CHECK_TEXT(str_text(&s), "Subject: =?UTF-8?Q?zw=C3=B6lf?=\r\n=C3=BC\r\n");
}

static void mime_address_of_somebody_else(void)
{
	static const struct {
		const char *text, *address, *hidden;
	} rows[] = {
		{ "no a@b.org here: <a@b.org>", "a@b.org", "no ...@b.org here: <...@b.org>" },
		{ "nobody is named", "a@b.org", "nobody is named" },
		{ "", "a@b.org", "" },
		{ "a@b.org", NULL, "a@b.org" },
		{ "a@b.org", "", "a@b.org" },
		{ "local", "local", "local" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("row %zu", i);
		mime_address_hide(&out, rows[i].text, rows[i].address);
		CHECK_TEXT(str_text(&out), rows[i].hidden);
	}
}

TEST_MAIN(TEST(mime_address_of_somebody_else), TEST(mime_whole_messages), TEST(mime_attachments),
	TEST(mime_dates), TEST(mime_display_names), TEST(mime_nasty_texts_come_back),
	TEST(mime_address_cannot_break_out), TEST(mime_pieces))
