/* SPDX-License-Identifier: MIT */
/*
 * scan: what must be known of libconfig's text before libconfig sees it.
 */
#include "conf/scan.h"

#include <errno.h>
#include <string.h>

/* What is left of a line. */
struct scan_rest {
	const char *at, *end;
	unsigned line;
};

static char scan_peek(const struct scan_rest *rest, size_t i)
{
	return i < (size_t)(rest->end - rest->at) ? rest->at[i] : '\0';
}

static void scan_copy(struct scan_rest *rest, size_t n, struct str *out)
{
	size_t left = (size_t)(rest->end - rest->at);

	n = n < left ? n : left;
	str_add_bytes(out, rest->at, n);
	rest->at += n;
}

static bool scan_is_letter(char c)
{
	return str_lower(c) >= 'a' && str_lower(c) <= 'z';
}

static bool scan_is_hex_digit(char c)
{
	return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'f');
}

/* A name as libconfig's grammar has it; digits in it are no number. */
static void scan_name(struct scan_rest *rest, struct str *out)
{
	size_t n = 1;
	char c;

	while ((c = scan_peek(rest, n)) != '\0' &&
		(scan_is_letter(c) || str_is_digit(c) || strchr("-_*", c)))
		n++;
	scan_copy(rest, n, out);
}

static void scan_number(struct scan_rest *rest, struct str *out)
{
	bool hex = scan_peek(rest, 0) == '0' && str_lower(scan_peek(rest, 1)) == 'x';
	size_t n = hex ? 2 : 1, digits_fit = hex ? 2 + 7 : 9;
	bool whole;

	while (hex ? scan_is_hex_digit(scan_peek(rest, n)) : str_is_digit(scan_peek(rest, n)))
		n++;
	whole = *rest->at != '.' && scan_peek(rest, n) != '.' &&
		!scan_is_letter(scan_peek(rest, n));
	scan_copy(rest, n, out);
	if (whole && n > digits_fit)
		str_add_char(out, 'L');
	/* The digits of a fraction and of an exponent are no numbers of their own. */
	while (!whole &&
		(scan_is_letter(scan_peek(rest, 0)) || str_is_digit(scan_peek(rest, 0)) ||
			scan_peek(rest, 0) == '.'))
		scan_copy(rest, 1, out);
}

static int scan_bracket(struct scan *s, struct scan_rest *rest, struct str *out, struct err *reterr)
{
	if (strchr("{([", *rest->at)) {
		if (s->depth == SCAN_DEPTH_MAX)
			return err_set(reterr, -EINVAL, "brackets are nested more than %d deep",
				SCAN_DEPTH_MAX);
		s->settings[++s->depth] = 0;
	} else if (s->depth > 0) {
		s->depth--;
	}
	scan_copy(rest, 1, out);
	return 0;
}

static int scan_assignment(
	struct scan *s, struct scan_rest *rest, struct str *out, struct err *reterr)
{
	if (++s->settings[s->depth] > SCAN_SETTINGS_MAX)
		return err_set(
			reterr, -EINVAL, "more than %d settings in one group", SCAN_SETTINGS_MAX);
	scan_copy(rest, 1, out);
	return 0;
}

static void scan_open(
	struct scan *s, enum scan_state state, struct scan_rest *rest, size_t n, struct str *out)
{
	s->state = state;
	s->open_line = rest->line;
	scan_copy(rest, n, out);
}

static int scan_code(struct scan *s, struct scan_rest *rest, struct str *out, struct err *reterr)
{
	char c = *rest->at;

	if (c == '@')
		return err_set(reterr, -EINVAL,
			"\"@\" stands outside of a text; @include has a line of its own, as in "
			"@include \"smtp.conf\"");
	if (strchr("{([])}", c))
		return scan_bracket(s, rest, out, reterr);
	if (c == '=' || c == ':')
		return scan_assignment(s, rest, out, reterr);
	if (c == '"')
		scan_open(s, SCAN_STRING, rest, 1, out);
	else if (c == '/' && scan_peek(rest, 1) == '*')
		scan_open(s, SCAN_COMMENT, rest, 2, out);
	else if (c == '#' || (c == '/' && scan_peek(rest, 1) == '/'))
		scan_copy(rest, (size_t)(rest->end - rest->at), out);
	else if (scan_is_letter(c) || c == '*')
		scan_name(rest, out);
	else if (str_is_digit(c) || c == '.')
		scan_number(rest, out);
	else
		scan_copy(rest, 1, out);
	return 0;
}

static int scan_string(struct scan *s, struct scan_rest *rest, struct str *out, struct err *reterr)
{
	if (*rest->at == '"')
		s->state = SCAN_CODE;
	if (*rest->at == '\\' && str_lower(scan_peek(rest, 1)) == 'x' &&
		scan_peek(rest, 2) == '0' && scan_peek(rest, 3) == '0')
		return err_set(reterr, -EINVAL, "\\x00 may not stand in a text");
	scan_copy(rest, *rest->at == '\\' ? 2 : 1, out);
	return 0;
}

static int scan_comment(
	struct scan *s, struct scan_rest *rest, struct str *out, struct err *reterr UNUSED)
{
	bool end = *rest->at == '*' && scan_peek(rest, 1) == '/';

	if (end)
		s->state = SCAN_CODE;
	scan_copy(rest, end ? 2 : 1, out);
	return 0;
}

static void scan_skip_blanks(struct scan_rest *rest)
{
	while (rest->at < rest->end && str_is_space(*rest->at))
		rest->at++;
}

static int scan_include(struct scan_rest *rest, char **ret_name, struct err *reterr)
{
	static const char form[] = ERR_TEXT(
		"@include takes a file's name in quotes, and nothing after it, "
		"as in @include \"smtp.conf\"");
	_cleanup_free_ char *name = NULL;
	const char *quote;

	scan_skip_blanks(rest);
	if (scan_peek(rest, 0) != '"')
		return err_set(reterr, -EINVAL, "%s", err_translate(form));
	rest->at++;
	quote = memchr(rest->at, '"', (size_t)(rest->end - rest->at));
	if (!quote || quote == rest->at || memchr(rest->at, '\\', (size_t)(quote - rest->at)))
		return err_set(reterr, -EINVAL, "%s", err_translate(form));
	name = str_ndup(rest->at, (size_t)(quote - rest->at));
	if (!name)
		return err_oom(reterr);
	rest->at = quote + 1;
	scan_skip_blanks(rest);
	if (rest->at < rest->end && *rest->at != '#' &&
		!(*rest->at == '/' && scan_peek(rest, 1) == '/'))
		return err_set(reterr, -EINVAL, "%s", err_translate(form));
	*ret_name = TAKE_PTR(name);
	return SCAN_INCLUDE;
}

static bool scan_is_include(struct scan_rest *rest)
{
	static const char word[] = "@include";
	struct scan_rest ahead = *rest;

	scan_skip_blanks(&ahead);
	if ((size_t)(ahead.end - ahead.at) < strlen(word) ||
		memcmp(ahead.at, word, strlen(word)) != 0)
		return false;
	rest->at = ahead.at + strlen(word);
	return true;
}

int scan_line(struct scan *scan, unsigned line, const char *bytes, size_t n, struct str *out,
	char **ret_name, struct err *reterr)
{
	static int (*const step[])(
		struct scan *, struct scan_rest *, struct str *, struct err *) = {
		[SCAN_CODE] = scan_code,
		[SCAN_STRING] = scan_string,
		[SCAN_COMMENT] = scan_comment,
	};
	struct scan_rest rest = { bytes, bytes + n, line };
	int r = 0;

	if (memchr(bytes, '\0', n))
		return err_set(reterr, -EINVAL, "a NUL byte: this is no text file");
	if (scan->state == SCAN_CODE && scan_is_include(&rest))
		return scan_include(&rest, ret_name, reterr);
	while (r == 0 && rest.at < rest.end)
		r = step[scan->state](scan, &rest, out, reterr);
	return r;
}
