/* SPDX-License-Identifier: MIT */
/*
 * link: URLs that a digest makes, and which of the given ones it shows as links.
 */
#include "format/link.h"

#include "core/utf8.h"

#include <string.h>

static const bool link_unreserved[256] = {
	['a' ... 'z'] = true,
	['A' ... 'Z'] = true,
	['0' ... '9'] = true,
	['-'] = true,
	['.'] = true,
	['_'] = true,
	['~'] = true,
};

static void link_add_char(struct str *out, char c)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char u = (unsigned char)c;

	if (link_unreserved[u])
		str_add_char(out, c);
	else
		str_add_bytes(out, (char[]){ '%', digits[u >> 4], digits[u & 15] }, 3);
}

void link_add_encoded(struct str *out, const char *text)
{
	for (; text && *text; text++)
		link_add_char(out, *text);
}

/* RFC 6068 section 5: a line break in a body is %0D%0A. */
static void link_add_lines(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\r')
			continue;
		if (*text == '\n')
			link_add_char(out, '\r');
		link_add_char(out, *text);
	}
}

static void link_add_address(struct str *out, const char *address)
{
	for (; *address; address++)
		if (*address == '@')
			str_add_char(out, '@');
		else
			link_add_char(out, *address);
}

static void link_add_fields(struct str *out, const char *subject, const char *body)
{
	if (!str_empty(subject)) {
		str_add(out, "?subject=");
		link_add_encoded(out, subject);
	}
	if (!str_empty(body)) {
		str_add(out, str_empty(subject) ? "?body=" : "&body=");
		link_add_lines(out, body);
	}
}

void link_add_mailto(struct str *out, const char *address, const char *subject, const char *body)
{
	str_add(out, "mailto:");
	link_add_address(out, address);
	link_add_fields(out, subject, body);
}

void link_add_mailto_both(struct str *out, const char *address, const char *other, const char *body)
{
	str_add(out, "mailto:");
	link_add_address(out, address);
	str_add_char(out, ',');
	link_add_address(out, other);
	link_add_fields(out, NULL, body);
}

static bool link_begins(const char *text, const char *word)
{
	while (*word && str_lower(*text) == *word)
		text++, word++;
	return !*word;
}

/* What stands between a number and its extension; NULL: nothing of the kind. */
static const char *link_skip_extension_word(const char *text)
{
	static const char *const words[] = { ";ext=", "extension", "ext.", "ext", "durchwahl",
		"dw.", "dw", "app.", "x" };

	text += strspn(text, " ,");
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		const char *behind = text + strlen(words[i]);

		if (link_begins(text, words[i]))
			return behind + strspn(behind, " :");
	}
	return NULL;
}

/* Whether the rest is an extension, which is added, or a parameter of a tel: URI, which is none of the number. */
static bool link_add_extension(struct str *out, const char *rest)
{
	const char *digits = link_skip_extension_word(rest);
	size_t n = digits ? strspn(digits, "0123456789") : 0;

	if (n && (!digits[n] || digits[n] == ';')) {
		str_add(out, ";ext=");
		str_add_bytes(out, digits, n);
		return true;
	}
	return !*rest || *rest == ';';
}

bool link_add_tel(struct str *out, const char *phone)
{
	_cleanup_str_ struct str extension = STR_INIT;
	char number[40] = "tel:";
	size_t n = 4, digits = 0;
	const char *p = phone;

	/* The "00" of many countries is the plus of all. */
	if (str_starts(p, "00") && p[2] != '0') {
		number[n++] = '+';
		p += 2;
	}
	for (; *p; p++) {
		if (digits && (*p == ';' || link_skip_extension_word(p)))
			break;
		/* +49 (0) 173: the zero is dialled without the country's code alone. */
		if (number[4] == '+' && str_starts(p, "(0)")) {
			p += 2;
			continue;
		}
		if (n + 1 == sizeof(number))
			return false;
		if (str_is_digit(*p))
			number[n++] = *p, digits++;
		else if (*p == '+' && n == 4)
			number[n++] = *p;
		else if (!strchr(" -./()", *p) && !str_starts(p, "\xc2\xa0") && *p != '\xa0')
			return false;
	}
	if (digits < 3 || !link_add_extension(&extension, p))
		return false;
	str_add_bytes(out, number, n);
	str_add(out, str_text(&extension));
	out->failed |= extension.failed;
	return true;
}

void link_add_page(struct str *out, const char *url)
{
	const char *scheme = strstr(url, "://"), *p = scheme ? scheme + 3 : url;

	p += strcspn(p, "/?#");
	str_add_bytes(out, url, (size_t)(p - url));
	for (; *p; p++)
		if (link_unreserved[(unsigned char)*p] || strchr(":/?#[]@!$&'()*+,;=%", *p) ||
			(unsigned char)*p < ' ')
			str_add_char(out, *p);
		else
			link_add_char(out, *p);
}

bool link_is_safe(const char *url)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:" };
	bool known = false;

	for (size_t i = 0; i < ARRAY_SIZE(schemes) && !known; i++) {
		const char *scheme = schemes[i], *p = url;

		for (; *scheme && str_lower(*p) == *scheme; p++)
			scheme++;
		known = !*scheme && *p;
	}
	for (const char *p = url; *p; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7f || *p == '"' || *p == '<' || *p == '>')
			return false;
	return known && utf8_valid(url, strlen(url));
}
