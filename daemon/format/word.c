/* SPDX-License-Identifier: MIT */
/*
 * word: header fields folded by RFC 5322 section 2.2.3, and the encoded words of RFC 2047.
 */
#include "format/word.h"

#include "core/utf8.h"
#include "format/charset.h"
#include "format/base64.h"
#include "format/qp.h"

#include <string.h>

#define WORD_START "=?UTF-8?Q?"
#define WORD_END   "?="
#define WORD_MAX   75 /* RFC 2047 section 2 */
/* An encoded word shorter than this is not begun at a line's end: it must hold one character. */
#define WORD_MIN (sizeof(WORD_START) + sizeof(WORD_END) + 12)

/* What stands for itself in an encoded word anywhere, also in a phrase: RFC 2047 section 5 (3). */
static const bool word_literal[256] = {
	['a' ... 'z'] = true,
	['A' ... 'Z'] = true,
	['0' ... '9'] = true,
	['!'] = true,
	['*'] = true,
	['+'] = true,
	['-'] = true,
	['/'] = true,
};

void fold_begin(struct fold *fold, struct str *out, const char *name)
{
	str_addf(out, "%s: ", name);
	*fold = (struct fold){ .out = out, .column = strlen(name) + 2 };
}

/* `blanks` are the white space before the token, which a fold keeps. */
static void fold_add_behind(
	struct fold *fold, const char *blanks, size_t n_blanks, const char *token, size_t n)
{
	if (fold->begun && fold->column + n_blanks + n > FOLD_MAX) {
		str_add(fold->out, "\r\n");
		fold->column = 0;
	}
	if (fold->begun) {
		str_add_bytes(fold->out, blanks, n_blanks);
		fold->column += n_blanks;
	}
	str_add_bytes(fold->out, token, n);
	fold->column += n;
	fold->begun = true;
}

void fold_add(struct fold *fold, const char *token, size_t n)
{
	fold_add_behind(fold, " ", 1, token, n);
}

/* Encodes one character into buffer; returns its length there. */
static size_t word_encode_char(char *buffer, const char *bytes, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p = buffer;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c == ' ') {
			*p++ = '_';
		} else if (word_literal[c]) {
			*p++ = bytes[i];
		} else {
			*p++ = '=';
			*p++ = digits[c >> 4];
			*p++ = digits[c & 15];
		}
	}
	return (size_t)(p - buffer);
}

/* One encoded word of as many whole characters as fit into `room`; returns the bytes it took. */
static size_t fold_add_one_word(struct fold *fold, const char *text, size_t n, size_t room)
{
	char word[WORD_MAX + 1] = WORD_START, piece[16];
	size_t length = strlen(WORD_START), taken = 0;
	uint32_t c;

	while (taken < n) {
		size_t k = utf8_decode(text + taken, n - taken, &c), size;

		k += k == 0;
		size = word_encode_char(piece, text + taken, k);
		if (taken && length + size + strlen(WORD_END) > room)
			break;
		memcpy(word + length, piece, size);
		length += size;
		taken += k;
	}
	memcpy(word + length, WORD_END, strlen(WORD_END));
	fold_add(fold, word, length + strlen(WORD_END));
	return taken;
}

void fold_add_encoded(struct fold *fold, const char *text, size_t n)
{
	while (n) {
		size_t room = FOLD_MAX - 1, taken;

		if (fold->column + WORD_MIN < FOLD_MAX)
			room = FOLD_MAX - fold->column - fold->begun;
		taken = fold_add_one_word(fold, text, n, room < WORD_MAX ? room : WORD_MAX);
		text += taken;
		n -= taken;
	}
}

static bool fold_must_encode(const char *word, size_t n)
{
	if (n > FOLD_MAX - 1 || memmem(word, n, "=?", 2))
		return true;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)word[i] >= 0x7f)
			return true;
	return false;
}

/* The next word of *text, and the blanks before it. False at the end; blanks there are dropped. */
static bool fold_next_word(
	const char **text, const char **ret_blanks, const char **ret_word, size_t *ret_n)
{
	*ret_blanks = *text;
	*ret_word = *text + strspn(*text, " ");
	*ret_n = strcspn(*ret_word, " ");
	*text = *ret_word + *ret_n;
	return *ret_n > 0;
}

void fold_add_text(struct fold *fold, const char *text)
{
	const char *blanks, *word, *next = text;
	size_t n;

	while (fold_next_word(&next, &blanks, &word, &n)) {
		const char *end = next, *more = next, *ignored, *following;
		size_t k;

		if (!fold_must_encode(word, n) && (fold->begun || fold->column + n <= FOLD_MAX)) {
			fold_add_behind(fold, blanks, (size_t)(word - blanks), word, n);
			continue;
		}
		/* White space between encoded words is dropped when they are read (RFC 2047
		 * section 6.2): neighbours become one text, the blanks before it go along. */
		while (fold_next_word(&more, &ignored, &following, &k) &&
			fold_must_encode(following, k))
			end = more;
		if (fold->begun && word - blanks > 1)
			word = blanks + 1;
		fold_add_encoded(fold, word, (size_t)(end - word));
		next = end;
	}
}

void fold_end(struct fold *fold)
{
	str_add(fold->out, "\r\n");
}

static void word_add_q(struct str *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '=' && i + 2 < n && qp_hex_value(text[i + 1]) >= 0 &&
			qp_hex_value(text[i + 2]) >= 0) {
			str_add_char(out,
				(char)(qp_hex_value(text[i + 1]) << 4 | qp_hex_value(text[i + 2])));
			i += 2;
		} else {
			str_add_char(out, text[i] == '_' ? ' ' : text[i]);
		}
	}
}

static bool word_is_charset(const char *name, size_t n)
{
	static const char *const known[] = { "utf-8", "us-ascii", "iso-8859-1", "windows-1252" };

	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		size_t k = 0;

		while (k < n && known[i][k] && str_lower(name[k]) == known[i][k])
			k++;
		if (k == n && !known[i][k])
			return true;
	}
	return false;
}

/* Adds the raw bytes of the encoded word at `text`; returns its length, 0 where there is none. */
static size_t word_add_one(struct str *out, const char *text)
{
	const char *charset, *encoding, *data, *end;

	if (!str_starts(text, "=?"))
		return 0;
	charset = text + 2;
	encoding = strchr(charset, '?');
	if (!encoding || !encoding[1] || encoding[2] != '?' ||
		!word_is_charset(charset, strcspn(charset, "?*")))
		return 0;
	data = encoding + 3;
	end = strstr(data, "?=");
	if (!end || (size_t)(end - data) != strcspn(data, " ?"))
		return 0;
	if (str_lower(encoding[1]) == 'b')
		base64_add_decoded(out, data, (size_t)(end - data));
	else if (str_lower(encoding[1]) == 'q')
		word_add_q(out, data, (size_t)(end - data));
	else
		return 0;
	return (size_t)(end + 2 - text);
}

/* Decoded bytes are gathered over neighbours, for some writers cut a character in two. */
static void word_flush(struct str *out, struct str *raw)
{
	charset_add(out, str_text(raw), raw->len);
	out->failed |= raw->failed;
	str_clear(raw);
}

void word_add_decoded(struct str *out, const char *text)
{
	_cleanup_str_ struct str raw = STR_INIT;
	bool behind = false; /* an encoded word stands right before */

	while (*text) {
		size_t blanks = behind ? strspn(text, " \t\r\n") : 0;
		size_t n = word_add_one(&raw, text + blanks);

		if (n) {
			text += blanks + n;
			behind = true;
			continue;
		}
		word_flush(out, &raw);
		behind = false;
		str_add_char(out, *text++);
	}
	word_flush(out, &raw);
}
