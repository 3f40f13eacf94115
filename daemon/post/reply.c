/* SPDX-License-Identifier: MIT */
/*
 * reply: the server's replies, put together from bytes as they come (RFC 5321 section 4.2).
 */
#include "post/reply.h"

#include "core/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Up to three digits at *text, which moves on; -1 where there are none. */
static int reply_scan_number(const char **text)
{
	int n = 0, digits = 0;

	for (; digits < 3 && str_is_digit(**text); digits++, (*text)++)
		n = n * 10 + (**text - '0');
	return digits ? n : -1;
}

/* "x.y.z" (RFC 3463 section 2) at the beginning of a reply's text: returns its length, or 0. */
static size_t reply_scan_enhanced(const char *text, int *ret_subject, int *ret_detail)
{
	const char *at = text + 2;
	int subject, detail;

	if (text[0] < '2' || text[0] > '5' || text[1] != '.')
		return 0;
	subject = reply_scan_number(&at);
	if (subject < 0 || *at++ != '.')
		return 0;
	detail = reply_scan_number(&at);
	if (detail < 0 || (*at != '\0' && *at != ' '))
		return 0;
	*ret_subject = subject;
	*ret_detail = detail;
	return (size_t)(at - text);
}

/* The length of what a terminal would take for a command: ESC with what belongs to it (ECMA-48 section 5.4, and
 * the titles of xterm). */
static size_t reply_scan_escape(const char *bytes, size_t n)
{
	size_t i = 2;

	if (n < 2 || bytes[1] == 0x1b)
		return 1;
	if (bytes[1] == '[')
		while (i < n && (bytes[i] < '@' || bytes[i] > '~'))
			i++;
	else if (bytes[1] == ']')
		while (i < n && bytes[i] != '\a' && bytes[i] != 0x1b)
			i++;
	else
		return 2;
	return i < n && bytes[i] != 0x1b ? i + 1 : i;
}

/* Shows nothing, and hides what stands beside it from a search. */
static bool reply_is_invisible(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2064) || c == 0xfeff ||
		c == 0xad;
}

/* One backtick more, and what stands between two would look like a command of ours. */
static void reply_add_char(struct str *out, uint32_t c, uint32_t before)
{
	if (c == 0xfffd && before == 0xfffd)
		return;
	if (!reply_is_invisible(c))
		utf8_add(out, c < ' ' ? ' ' : c == '`' ? '\'' : c);
}

void reply_clean(char *ret, size_t size, const char *bytes, size_t n)
{
	_cleanup_str_ struct str flat = STR_INIT, clean = STR_INIT;
	uint32_t c = 0, before = 0;
	size_t cut, length;

	for (size_t i = 0; i < n; i += length, before = c) {
		length = utf8_decode(bytes + i, n - i, &c);
		c = length ? c : 0xfffd;
		length = bytes[i] == 0x1b ? reply_scan_escape(bytes + i, n - i)
			: length          ? length
					  : 1;
		if (bytes[i] != 0x1b)
			reply_add_char(&flat, c, before);
	}
	utf8_add_clean(&clean, str_text(&flat));
	cut = utf8_cut(str_text(&clean), size - 1);
	memcpy(ret, str_text(&clean), cut);
	ret[cut] = '\0';
}

/* Many servers repeat the enhanced code on every line of a reply: once is enough for a reader. */
static void reply_add_text(struct reply *reply, const char *text)
{
	size_t n = strlen(reply->text);
	int subject = -1, detail = -1;
	size_t skip = reply_scan_enhanced(text, &subject, &detail);

	if (n == 0) {
		reply->subject = subject;
		reply->detail = detail;
		(void)snprintf(reply->text, sizeof(reply->text), "%03d", reply->code);
		n = strlen(reply->text);
	} else if (skip > 0 && subject == reply->subject && detail == reply->detail) {
		text += skip;
	}
	while (*text == ' ')
		text++;
	if (*text == '\0' || n + 2 > sizeof(reply->text))
		return;
	reply->text[n] = ' ';
	reply_clean(reply->text + n + 1, sizeof(reply->text) - n - 1, text, strlen(text));
}

/* Takes the line that is complete. Returns 1 where it is the reply's last. */
static int reply_end_line(struct reply_reader *reader, struct err *reterr)
{
	char line[REPLY_LINE_MAX + 1];
	size_t n = reader->line_len < REPLY_LINE_MAX ? reader->line_len : REPLY_LINE_MAX;
	char seen[80];
	int code;

	reader->line_len = 0;
	while (n > 0 && reader->line[n - 1] == '\r')
		n--;
	for (size_t i = 0; i < n; i++)
		line[i] = reader->line[i] ? reader->line[i] : ' ';
	line[n] = '\0';

	reply_clean(seen, sizeof(seen), line, n);
	if (n < 3 || line[0] < '2' || line[0] > '5' || !str_is_digit(line[1]) ||
		!str_is_digit(line[2]) || (n > 3 && line[3] != ' ' && line[3] != '-'))
		return err_set(reterr, -EBADMSG, "\"%s\" is no reply of a mail server", seen);
	code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
	/* RFC 5321 section 4.2.1: the code must be the same on every line. */
	if (reader->lines > 0 && code != reader->reply.code)
		return err_set(reterr, -EBADMSG,
			"the server's reply changes its code from %d to %d midway",
			reader->reply.code, code);
	if (++reader->lines > REPLY_LINES_MAX)
		return err_set(
			reterr, -EBADMSG, "the server's reply has over %d lines", REPLY_LINES_MAX);
	reader->reply.code = code;
	reply_add_text(&reader->reply, n > 4 ? line + 4 : "");
	return n > 3 && line[3] == '-' ? 0 : 1;
}

int reply_read(struct reply_reader *reader, const char *bytes, size_t n, size_t *ret_used,
	struct reply *ret, struct err *reterr)
{
	int r = 0;
	size_t i;

	for (i = 0; i < n && r == 0; i++) {
		if (++reader->bytes > REPLY_BYTES_MAX) {
			r = err_set(reterr, -EBADMSG, "the server's reply has over %d bytes",
				REPLY_BYTES_MAX);
			break;
		}
		/* A bare LF ends a line too: no reply has a use for one within. */
		if (bytes[i] == '\n')
			r = reply_end_line(reader, reterr);
		else if (reader->line_len < REPLY_LINE_MAX)
			reader->line[reader->line_len++] = bytes[i];
	}
	*ret_used = i;
	if (r > 0)
		*ret = reader->reply;
	if (r != 0)
		*reader = (struct reply_reader){ .line_len = 0 };
	return r;
}
