/* SPDX-License-Identifier: MIT */
/*
 * contentline: the lines that vCard (RFC 6350 section 3.3) and iCalendar (RFC 5545 section 3.1)
 * are made of, unfolded from a stream and split at their colons and semicolons.
 *
 * Line ends are LF, CR LF or CR. A quoted-printable value of vCard 2.1 goes on after a soft line
 * break. Nothing is copied but the line itself: all slices point into it, or into the same bytes of
 * a line before it.
 */
#ifndef NUDGE_FORMAT_CONTENTLINE_H
#define NUDGE_FORMAT_CONTENTLINE_H

#include "core/str.h"

#define CONTENTLINE_PARAMS_MAX 32 /* further ones are left in `text` alone */

struct slice {
	const char *at; /* not NUL-terminated; NULL: absent */
	size_t n;
};

struct contentline_param {
	struct slice name;
	struct slice value; /* as written, with quotes; absent in a bare one ("TEL;HOME:") */
};

struct contentline {
	uint64_t line;      /* of the file, from 1: where it began */
	struct slice text;  /* the whole, unfolded */
	struct slice clean; /* from its group or name on, without a byte order mark */
	struct slice group; /* "item1" of "item1.EMAIL" */
	struct slice name;  /* absent: the line is no content line */
	struct slice value;
	struct contentline_param params[CONTENTLINE_PARAMS_MAX];
	size_t n_params;
	bool too_long; /* the text was cut at the reader's limit */
	size_t plain; /* bytes, or more, are as contentline_is_plain() says; in valid UTF-8 whole characters */
	/* Lines of one number have the same group, name and parameters; 0: who knows. */
	uint64_t number;
};

/* ASCII letters of either case are equal. Most questions are answered by the length of a literal or by
 * the first letter: inline. */
bool slice_is_all(struct slice slice, const char *text);
static inline bool slice_is(struct slice slice, const char *text)
{
	if (__builtin_constant_p(__builtin_strlen(text)) && slice.n != __builtin_strlen(text))
		return false;
	return slice.n && ((slice.at[0] ^ text[0]) & 0xdf) == 0 && slice_is_all(slice, text);
}
bool slice_equal(struct slice a, struct slice b);
/* Where the text first stands in it, byte for byte; NULL: nowhere. */
const char *slice_find(struct slice slice, const char *text);

/* Splits text[0..n); false where it is no content line: then only `text` is set. */
bool contentline_parse(struct contentline *ret, const char *text, size_t n);

/* Whether a parameter of that name has `value` in its list: TYPE=work,fax or TYPE="work,fax" or
 * TYPE=work;TYPE=fax or, as vCard 2.1 writes it, bare. */
bool contentline_param_has(const struct contentline *line, const char *name, const char *value);
/* Adds the first parameter's value of that name, without quotes and RFC 6868 escapes. */
bool contentline_param_add(const struct contentline *line, const char *name, struct str *out);
/* Calls up the values of all parameters of that name and all bare ones, one by one: *at begins
 * with 0. The slice comes without quotes, with its escapes. */
bool contentline_param_next(
	const struct contentline *line, const char *name, size_t *at, struct slice *ret);

/* UTF-8 of characters up to U+07FF, no control characters and backslashes: what it says is what stands there. */
bool contentline_is_plain(const char *text, size_t n);

struct contentline_handler {
	/* Whether a line of that name is wanted whole; asked when it comes in more than one piece.
	 * An unwanted one is given as its name and a colon alone. NULL: all are. */
	bool (*wanted)(void *userdata, struct slice name);
	/* One line, also an empty one; it lives until the call returns. A nonzero return ends the
	 * reading and is passed on. */
	int (*line)(void *userdata, const struct contentline *line);
	void *userdata;
};

struct contentline_reader {
	struct contentline_handler handler;
	size_t max; /* bytes of an unfolded line that are held */
	struct str text;
	struct contentline_head *heads, *last_head; /* beginnings of lines that came before */
	uint64_t n_heads, physical, start;
	bool open, fresh, after_cr, soft, asked, skipping, printable, too_long;
	char last; /* byte of the physical line */
};

void contentline_reader_init(
	struct contentline_reader *reader, const struct contentline_handler *handler, size_t max);
void contentline_reader_done(struct contentline_reader *reader);

/* Both: 0, -ENOMEM, or what the handler returned. */
int contentline_reader_push(struct contentline_reader *reader, const char *bytes, size_t n);
int contentline_reader_end(struct contentline_reader *reader);

#endif
