/* SPDX-License-Identifier: MIT */
/*
 * address: one mailbox of RFC 5322 section 3.4, read for mime.
 */
#include "core/utf8.h"
#include "format/mime.h"
#include "format/word.h"

#include <errno.h>
#include <string.h>

#define ADDRESS_MAX       254 /* RFC 5321 section 4.5.3.1.3: a path of 256 with its brackets */
#define ADDRESS_LOCAL_MAX 64
#define ADDRESS_LABEL_MAX 63

void mime_address_done(struct mime_address *address)
{
	free(address->name);
	free(address->address);
	*address = (struct mime_address){ 0 };
}

static bool address_is_letter_or_digit(char c)
{
	c = str_lower(c);
	return (c >= 'a' && c <= 'z') || str_is_digit(c);
}

/* atext of RFC 5322 section 3.2.3. */
static bool address_is_atext(char c)
{
	return address_is_letter_or_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static const char *address_check_local(const char *local, size_t n)
{
	if (n == 0)
		return ERR_TEXT("nothing stands before the \"@\"");
	if (n > ADDRESS_LOCAL_MAX)
		return ERR_TEXT("more than 64 characters stand before the \"@\"");
	if (*local == '"')
		return ERR_TEXT("an address in quotes is not taken");
	for (size_t i = 0; i < n; i++) {
		if (local[i] == '.' ? i == 0 || i + 1 == n || local[i + 1] == '.'
				    : !address_is_atext(local[i]))
			return ERR_TEXT(
				"only ASCII letters, digits, single dots and !#$%&'*+-/=?^_`{|}~ may "
				"stand before the \"@\"");
	}
	return NULL;
}

static bool address_is_label(const char *label, size_t n)
{
	if (n == 0 || n > ADDRESS_LABEL_MAX || label[0] == '-' || label[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!address_is_letter_or_digit(label[i]) && label[i] != '-')
			return false;
	return true;
}

static const char *address_check_domain(const char *domain)
{
	const char *label = domain;
	size_t n;

	if (*domain == '[')
		return ERR_TEXT("an IP address in place of a domain is not taken");
	for (const char *p = domain; *p; p++)
		if ((unsigned char)*p >= 0x80)
			return ERR_TEXT("write the domain in its ASCII form, xn--...");
	for (;; label += n + 1) {
		n = strcspn(label, ".");
		if (!address_is_label(label, n))
			return ERR_TEXT("what stands behind the \"@\" is no domain");
		if (!label[n])
			break;
	}
	/* No top level domain is a number: this is an IP address. */
	return strspn(label, "0123456789") == n
		? ERR_TEXT("what stands behind the \"@\" is no domain")
		: NULL;
}

/* Why `address` is no addr-spec, NULL where it is one. */
static const char *address_check(const char *address)
{
	const char *at = strrchr(address, '@'), *why;

	if (!at)
		return ERR_TEXT("it has no \"@\"");
	if (strlen(address) > ADDRESS_MAX)
		return ERR_TEXT("it has more than 254 characters");
	why = address_check_local(address, (size_t)(at - address));
	return why ? why : address_check_domain(at + 1);
}

/* Moves *p behind the quoted string that begins there and adds its content. */
static bool address_add_quoted(struct str *out, const char **p)
{
	const char *at = *p + 1;

	for (; *at && *at != '"'; at++) {
		if (*at == '\\' && at[1])
			at++;
		str_add_char(out, *at);
	}
	*p = at + 1;
	return *at == '"';
}

/* The display name in text[0..n): quoted strings and bare words, which may be encoded. */
static const char *address_read_name(struct str *out, const char *text, size_t n)
{
	const char *p = text, *end = text + n;

	while (p < end) {
		if (*p == '"') {
			if (!address_add_quoted(out, &p) || p > end)
				return ERR_TEXT("a quote in the name is not closed");
		} else if (strchr(",;:<>@()[]", *p)) {
			return *p == ',' || *p == ';'
				? ERR_TEXT(
					  "one address alone is wanted here; a name with a comma stands in quotes")
				: ERR_TEXT("a name with special characters stands in quotes");
		} else {
			str_add_char(out, *p++);
		}
	}
	return NULL;
}

static size_t address_trim(const char **text, size_t n)
{
	while (n && (**text == ' ' || **text == '\t'))
		++*text, n--;
	while (n && ((*text)[n - 1] == ' ' || (*text)[n - 1] == '\t'))
		n--;
	return n;
}

/* The "<" that begins the address, outside quotes; NULL: there is none. */
static const char *address_find_bracket(const char *text)
{
	bool quoted = false;

	for (; *text; text++) {
		if (*text == '\\' && quoted && text[1])
			text++;
		else if (*text == '"')
			quoted = !quoted;
		else if (*text == '<' && !quoted)
			return text;
	}
	return NULL;
}

static const char *address_check_text(const char *text)
{
	if (!utf8_valid(text, strlen(text)))
		return ERR_TEXT("it is not UTF-8");
	for (; *text; text++)
		if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7f)
			return ERR_TEXT("it contains a line end or another control character");
	return NULL;
}

static const char *address_split(struct str *name, struct str *address, const char *text)
{
	const char *bracket = address_find_bracket(text), *close, *why;
	size_t n = address_trim(&text, strlen(text));

	if (!bracket) {
		if (memchr(text, ',', n) || memchr(text, ';', n))
			return ERR_TEXT("one address alone is wanted here");
		str_add_bytes(address, text, n);
		return NULL;
	}
	close = strchr(bracket, '>');
	if (!close)
		return ERR_TEXT("the \"<\" is not closed");
	if (close + 1 < text + n)
		return ERR_TEXT("one address alone is wanted here, and nothing stands behind it");
	str_add_bytes(address, bracket + 1, (size_t)(close - bracket - 1));
	n = address_trim(&text, (size_t)(bracket - text));
	why = address_read_name(name, text, n);
	return why;
}

/* Encoded words can hide anything: what they decode to is cleaned once more. */
static char *address_take_name(const char *name)
{
	_cleanup_str_ struct str decoded = STR_INIT, clean = STR_INIT;

	word_add_decoded(&decoded, name);
	utf8_add_clean(&clean, str_text(&decoded));
	for (size_t i = 0; i < clean.len; i++)
		if (clean.data[i] == '\n' || clean.data[i] == '\t')
			clean.data[i] = ' ';
	clean.failed |= decoded.failed;
	return str_take(&clean);
}

int mime_address_parse(struct mime_address *ret, const char *text, struct err *reterr)
{
	_cleanup_str_ struct str name = STR_INIT, address = STR_INIT;
	_cleanup_free_ char *clean = NULL;
	const char *why = address_check_text(text);

	if (!why)
		why = address_split(&name, &address, text);
	if (!why)
		why = address_check(str_text(&address));
	if (why)
		return err_set(reterr, -EINVAL, "\"%s\" is no e-mail address: %s",
			utf8_valid(text, strlen(text)) ? text : "?", err_translate(why));
	if (name.len) {
		clean = address_take_name(name.data);
		if (!clean || name.failed)
			return err_oom(reterr);
	}
	*ret = (struct mime_address){ .address = str_take(&address) };
	if (!ret->address)
		return err_oom(reterr);
	ret->name = TAKE_PTR(clean);
	return 0;
}

void mime_address_hide(struct str *out, const char *text, const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL, *found;

	for (; at && (found = strstr(text, address)); text = found + strlen(address)) {
		str_add_bytes(out, text, (size_t)(found - text));
		str_addf(out, "...%s", at);
	}
	str_add(out, text);
}
