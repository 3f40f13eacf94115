/* SPDX-License-Identifier: MIT */
/*
 * line_writer: content lines as vCard and iCalendar want them.
 */
#include "format/line_writer.h"

#define LINE_OCTETS 75 /* without the line end */

static bool line_is_control(char c)
{
	return (unsigned char)c < ' ' ? c != '\t' : c == 0x7f;
}

void line_add_text(struct str *line, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			str_add(line, "\\n");
		else if (*text == '\\' || *text == ',' || *text == ';')
			str_add_bytes(line, (char[]){ '\\', *text }, 2);
		else if (!line_is_control(*text))
			str_add_char(line, *text);
	}
}

void line_add_raw(struct str *line, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!line_is_control(bytes[i]))
			str_add_char(line, bytes[i]);
}

void line_add_date(struct str *line, const struct date *date)
{
	str_addf(line, "%04d%02d%02d", date->year, date->month, date->day);
}

/* How many bytes of text[0..n) fit: no UTF-8 sequence is cut. */
static size_t line_fitting(const char *text, size_t n, size_t octets)
{
	size_t fit = octets;

	if (n <= octets)
		return n;
	while (fit > octets - 4 && ((unsigned char)text[fit] & 0xc0) == 0x80)
		fit--;
	return fit;
}

void line_end(struct str *line, struct str *out)
{
	const char *text = str_text(line);
	size_t n = line->len, fit = line_fitting(text, n, LINE_OCTETS);

	if (line->failed)
		out->failed = true;
	str_add_bytes(out, text, fit);
	for (text += fit, n -= fit; n; text += fit, n -= fit) {
		fit = line_fitting(text, n, LINE_OCTETS - 1);
		str_add(out, "\r\n ");
		str_add_bytes(out, text, fit);
	}
	str_add(out, "\r\n");
	str_clear(line);
}

void line_put(struct str *out, const char *text)
{
	str_add(out, text);
	str_add(out, "\r\n");
}
