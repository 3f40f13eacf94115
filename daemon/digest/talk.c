/* SPDX-License-Identifier: MIT */
/*
 * talk: what is said below an item's headline.
 */
#include "digest/talk.h"

#include "core/utf8.h"

#include <stdlib.h>

static void talk_part_done(struct talk_part *part)
{
	free(part->words);
	free(part->text);
}

void talk_done(struct talk *talk)
{
	for (size_t i = 0; i < talk->n; i++)
		talk_part_done(&talk->parts[i]);
	*talk = (struct talk){ 0 };
}

static void talk_add(struct talk *talk, struct talk_part part)
{
	if (!part.words || talk->n == TALK_PARTS) {
		talk->failed = true;
		talk_part_done(&part);
		return;
	}
	talk->parts[talk->n++] = part;
}

void talk_say(struct talk *talk, char *words)
{
	talk_add(talk, (struct talk_part){ .words = words });
}

void talk_hint(struct talk *talk, char *words)
{
	talk_add(talk, (struct talk_part){ .words = words, .is_hint = true });
}

void talk_tell(struct talk *talk, char *frame, const char *text)
{
	char *line = talk_shorten(text, SIZE_MAX);

	talk->failed |= !line;
	talk_add(talk, (struct talk_part){ .words = frame, .text = line });
}

void talk_note(struct talk *talk, const char *text)
{
	char *line = talk_shorten(text, SIZE_MAX);

	talk->failed |= !line;
	talk_add(talk,
		(struct talk_part){ .words = str_dup(TALK_TEXT), .text = line, .is_hint = true });
}

/* Whether the last word is ours. */
static bool talk_part_is_ours(const struct talk_part *part)
{
	const char *at = part->text ? strstr(part->words, TALK_TEXT) : NULL;

	return !at || at[strlen(TALK_TEXT)];
}

bool talk_is_ours(const struct talk *talk)
{
	return !talk->n || talk_part_is_ours(&talk->parts[talk->n - 1]);
}

const char *talk_joint(const char *text, bool is_ours)
{
	size_t n = strlen(text);

	return is_ours && n && strchr(".!?", text[n - 1]) ? " " : " · ";
}

/* A part whose text has at most so many columns, behind the one before it in the array. */
static void talk_add_part(struct str *out, const struct talk_part *part, size_t columns)
{
	_cleanup_free_ char *cut = NULL;
	const char *text = part->text;
	const char *at = part->text ? strstr(part->words, TALK_TEXT) : NULL;

	if (out->len)
		str_add(out, talk_joint(str_text(out), talk_part_is_ours(part - 1)));
	if (!at) {
		str_add(out, part->words);
		return;
	}
	if (columns != SIZE_MAX)
		text = cut = talk_shorten(part->text, columns);
	out->failed |= !text;
	str_add_bytes(out, part->words, (size_t)(at - part->words));
	str_add(out, text);
	str_add(out, at + strlen(TALK_TEXT));
}

/* Which texts are cut: none, that of one part, or all. */
#define TALK_NONE SIZE_MAX
#define TALK_ALL  (SIZE_MAX - 1)

/* Whether it fits with those texts cut to `each` columns; where memory ran out there is no use in going on. */
static bool talk_fits(
	struct str *out, const struct talk *talk, size_t which, size_t each, size_t columns)
{
	bool failed = out->failed;

	str_clear(out);
	out->failed = failed;
	str_add(out, "");
	for (size_t i = 0; i < talk->n; i++)
		talk_add_part(
			out, &talk->parts[i], which == TALK_ALL || which == i ? each : SIZE_MAX);
	return out->failed || utf8_width(str_text(out)) <= columns;
}

/* Cuts those texts no more than needed: false where the least of them is still too much. */
static bool talk_cut(struct str *out, const struct talk *talk, size_t which, size_t columns)
{
	size_t least = TALK_LEAST, most = columns;

	if (most < least || !talk_fits(out, talk, which, least, columns))
		return false;
	while (least < most) {
		size_t middle = most - (most - least) / 2;

		if (talk_fits(out, talk, which, middle, columns))
			least = middle;
		else
			most = middle - 1;
	}
	return talk_fits(out, talk, which, least, columns);
}

/* The place of the last hint or note, or of the last fact; TALK_NONE where there is none. */
static size_t talk_last(const struct talk *talk, bool hints)
{
	for (size_t i = talk->n; i-- > 0;)
		if (hints ? talk->parts[i].is_hint : talk->parts[i].text != NULL)
			return i;
	return TALK_NONE;
}

static void talk_drop(struct talk *talk, size_t i)
{
	struct talk_part *part = &talk->parts[i];

	talk_part_done(part);
	memmove(part, part + 1, (--talk->n - i) * sizeof(*part));
}

char *talk_take(struct talk *talk, size_t columns, bool *ret_cut)
{
	struct str out = { .failed = talk->failed };
	bool done = talk_fits(&out, talk, TALK_NONE, 0, columns);
	size_t last;

	*ret_cut = false;
	while (!done && (last = talk_last(talk, true)) != TALK_NONE) {
		*ret_cut |= talk->parts[last].text != NULL;
		done = talk->parts[last].text && talk_cut(&out, talk, last, columns);
		if (done)
			break;
		talk_drop(talk, last);
		done = talk_fits(&out, talk, TALK_NONE, 0, columns);
	}
	while (!done && (last = talk_last(talk, false)) != TALK_NONE) {
		*ret_cut = true;
		done = talk_cut(&out, talk, TALK_ALL, columns);
		if (done)
			break;
		talk_drop(talk, last);
		done = talk_fits(&out, talk, TALK_NONE, 0, columns);
	}
	return str_take(&out);
}

/* How many bytes are characters of one column each and no blanks. */
static size_t talk_plain(const char *text)
{
	size_t n = 0;

	while (text[n] > ' ' && text[n] < 0x7f)
		n++;
	return n;
}

/* `word`: where the last blank stands. */
static void talk_end_cut(struct str *s, size_t word)
{
	bool whole = word > s->len / 2; /* else one word is most of it */

	if (whole)
		s->data[s->len = word] = '\0';
	str_add(s, whole ? " …" : "…");
}

/* The next character of `text`: how many bytes it takes. */
static size_t talk_add_char(struct str *s, const char *text, uint32_t c, size_t n)
{
	if (n)
		str_add_bytes(s, text, n);
	else
		utf8_add(s, c);
	return n ? n : 1;
}

char *talk_shorten(const char *text, size_t columns)
{
	struct str s = STR_INIT;
	size_t used = 0, word = 0;

	while (*text) {
		uint32_t c = 0xfffd;
		size_t room = used < columns ? columns - used : 0, n = talk_plain(text);

		if (n) {
			size_t taken = n < room ? n : room;

			str_add_bytes(&s, text, taken);
			used += taken;
			text += taken;
			if (taken == n)
				continue;
			talk_end_cut(&s, word);
			break;
		}
		n = utf8_decode(text, strnlen(text, 4), &c);
		if (utf8_char_width(c) > room) {
			talk_end_cut(&s, word);
			break;
		}
		if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
			text += talk_add_char(&s, text, c, n);
			used += utf8_char_width(c);
			continue;
		}
		if (s.len && s.data[s.len - 1] != ' ') {
			word = s.len;
			str_add_char(&s, ' ');
			used++;
		}
		text++;
	}
	if (s.len && s.data[s.len - 1] == ' ')
		s.data[--s.len] = '\0';
	str_add(&s, "");
	return str_take(&s);
}
