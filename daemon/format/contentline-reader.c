/* SPDX-License-Identifier: MIT */
/*
 * contentline-reader: content lines unfolded from a stream.
 */
#include "format/contentline-internal.h"

#include <string.h>

/* Bytes within which a line's name or its encoding must have come: what is asked again with every
 * piece of a line stays cheap, whatever the file. */
#define CONTENTLINE_NAME_MAX 512

/* A file's lines begin in a few dozen ways: what stands before the first colon is split once. */
#define CONTENTLINE_HEADS    256
#define CONTENTLINE_HEAD_MAX 56

struct contentline_head {
	size_t n;    /* 0: free */
	size_t from; /* where contentline.clean begins */
	char text[CONTENTLINE_HEAD_MAX];
	struct contentline line;       /* as of a line that ends at the colon */
	struct contentline_head *next; /* which came after it the last time */
};

void contentline_reader_init(
	struct contentline_reader *reader, const struct contentline_handler *handler, size_t max)
{
	*reader = (struct contentline_reader){ .handler = *handler, .max = max, .fresh = true };
}

void contentline_reader_done(struct contentline_reader *reader)
{
	str_done(&reader->text);
	free(reader->heads);
}

/* The place for lines that begin with these bytes up to the colon, where such a one may stand already;
 * NULL where they are not for keeping. */
static struct contentline_head *contentline_head(
	struct contentline_reader *r, const char *text, size_t n)
{
	const char *colon = memchr(text, ':', n < CONTENTLINE_HEAD_MAX ? n : CONTENTLINE_HEAD_MAX);
	size_t k = colon ? (size_t)(colon - text) : 0;
	struct contentline_head *head;
	uint32_t hash;

	if (!k || !r->heads)
		return NULL;
	hash = (uint32_t)k | (uint32_t)(unsigned char)text[0] << 8 |
		(uint32_t)(unsigned char)text[k / 2] << 16 |
		(uint32_t)(unsigned char)text[k - 1] << 24;
	head = &r->heads[(hash * 0x9e3779b1U >> 16) % CONTENTLINE_HEADS];
	/* Two that meet stand side by side. */
	if (head->n && (head->n != k + 1 || memcmp(head->text, text, k) != 0))
		head = &r->heads[(size_t)(head - r->heads) ^ 1];
	return head;
}

/* With a quote that is open before the first colon the rest of the line decides which colon it is. */
static bool contentline_is_quoting(const char *text, size_t n)
{
	bool quoting = false;

	for (const char *p = text; (p = memchr(p, '"', (size_t)(text + n - p))); p++)
		quoting = !quoting;
	return quoting;
}

static void contentline_keep_head(
	struct contentline_reader *r, struct contentline_head *head, const struct contentline *line)
{
	size_t n = (size_t)(line->value.at - line->text.at);

	if (!line->name.at || n > CONTENTLINE_HEAD_MAX ||
		memchr(line->text.at, ':', n) != line->value.at - 1 ||
		contentline_is_quoting(line->text.at, n))
		return;
	memcpy(head->text, line->text.at, n);
	head->n = contentline_parse(&head->line, head->text, n) ? n : 0;
	head->from = (size_t)(line->clean.at - line->text.at);
	head->line.number = ++r->n_heads;
}

static inline bool contentline_begins(
	const struct contentline_head *head, const char *text, size_t n)
{
	return head && head->n && head->n <= n && memcmp(head->text, text, head->n) == 0;
}

static const struct contentline *contentline_split(struct contentline_reader *r,
	struct contentline *own, const char *text, size_t n, size_t plain)
{
	struct contentline_head *head = r->last_head ? r->last_head->next : NULL;
	struct contentline *line = own;
	bool known = contentline_begins(head, text, n);

	/* One card's lines mostly come as those of the card before did. */
	if (!known) {
		head = contentline_head(r, text, n);
		known = contentline_begins(head, text, n);
		if (r->last_head)
			r->last_head->next = head;
	}
	r->last_head = head;
	if (known) {
		line = &head->line;
		line->text = (struct slice){ text, n };
		line->clean = (struct slice){ text + head->from, n - head->from };
		line->value = (struct slice){ text + head->n, n - head->n };
	} else {
		(void)contentline_parse(line, text, n);
		if (head)
			contentline_keep_head(r, head, line);
	}
	line->plain = plain;
	line->line = r->start;
	line->too_long = r->too_long;
	return line;
}

static int contentline_give(struct contentline_reader *r, const char *text, size_t n, size_t plain)
{
	struct contentline own;
	const struct contentline *line = contentline_split(r, &own, text, n, plain);

	r->open = r->asked = r->skipping = r->too_long = false;
	return r->handler.line(r->handler.userdata, line);
}

static int contentline_flush(struct contentline_reader *r)
{
	int result;

	if (!r->open)
		return 0;
	result = str_check(&r->text, NULL);
	if (result < 0)
		return result;
	result = contentline_give(r, str_text(&r->text), r->text.len, 0);
	str_clear(&r->text);
	return result;
}

/* "quoted-printable" between the name and the first colon: vCard 2.1 section 2.1.3. */
static bool contentline_is_quoted_printable(const char *text)
{
	static const char word[] = "quoted-printable";

	for (const char *end = text + CONTENTLINE_NAME_MAX; *text && *text != ':' && text < end;
		text++) {
		size_t i = 0;

		while (word[i] && str_lower(text[i]) == word[i])
			i++;
		if (!word[i])
			return true;
	}
	return false;
}

static void contentline_ask(struct contentline_reader *r)
{
	struct contentline line;
	const char *text = str_text(&r->text);
	const char *end = contentline_parse_name(&line, text, r->text.len);
	/* Without a colon it may yet turn out to be no content line at all. */
	bool sure = end && memchr(end, ':', r->text.len - (size_t)(end - text));

	r->asked = sure || r->text.len > CONTENTLINE_NAME_MAX;
	if (!sure || !r->handler.wanted || r->handler.wanted(r->handler.userdata, line.name))
		return;
	r->skipping = true;
	r->printable = contentline_is_quoted_printable(text);
	r->text.len = (size_t)(end - r->text.data);
	str_add_char(&r->text, ':');
}

static void contentline_append(struct contentline_reader *r, const char *bytes, size_t n)
{
	size_t room;

	if (n == 0)
		return;
	r->last = bytes[n - 1];
	if (!r->asked && r->text.len)
		contentline_ask(r);
	if (r->skipping)
		return;
	room = r->max - r->text.len;
	str_add_bytes(&r->text, bytes, n < room ? n : room);
	if (n <= room)
		return;
	if (!r->asked)
		contentline_ask(r);
	if (r->skipping)
		return;
	r->skipping = r->too_long = true;
	r->printable = contentline_is_quoted_printable(str_text(&r->text));
}

static void contentline_end_physical(struct contentline_reader *r)
{
	r->fresh = true;
	if (r->last != '=' || !r->text.len)
		return;
	r->soft = r->skipping ? r->printable : contentline_is_quoted_printable(r->text.data);
	if (r->soft && !r->skipping)
		r->text.data[--r->text.len] = '\0';
}

/* At the first byte of a physical line. Returns how many bytes of it to pass over. */
static int contentline_begin_physical(struct contentline_reader *r, char first, size_t *ret_skip)
{
	int result = 0;

	r->fresh = false;
	r->last = '\0';
	r->physical++;
	*ret_skip = 0;
	if (r->soft) {
		r->soft = false;
		return 0;
	}
	if (r->open && (first == ' ' || first == '\t')) {
		*ret_skip = 1;
		return 0;
	}
	result = contentline_flush(r);
	r->open = true;
	r->start = r->physical;
	return result;
}

/* Bytes that are being pushed. */
struct contentline_piece {
	const char *p, *end;
	const char *lf, *cr; /* the next ones, as far as was looked */
};

/* The next `c` at or after p; *known remembers it, so that a stream without any is searched once.
 */
static const char *contentline_find(const char **known, const char *p, const char *end, char c)
{
	if (!*known || *known < p) {
		*known = memchr(p, c, (size_t)(end - p));
		if (!*known)
			*known = end;
	}
	return *known;
}

/* Most lines lie within the piece from their first byte to the one behind their end, which is no blank:
 * they are given as they stand. NULL: this one, up to `stop`, must be put together; else where the next
 * one begins. */
static const char *contentline_whole(
	const struct contentline_reader *r, const struct contentline_piece *piece, const char *stop)
{
	size_t n = (size_t)(stop - piece->p);
	const char *next = stop + 1;

	if (piece->end - stop < 2 || n > r->max || (n && stop[-1] == '='))
		return NULL;
	if (*stop == '\r' && *next == '\n')
		next++;
	return next == piece->end || *next == ' ' || *next == '\t' ? NULL : next;
}

/* The end of the physical line, or of the piece; *ret_plain: how many bytes up to there are plain. */
static const char *contentline_stop(struct contentline_piece *piece, size_t *ret_plain)
{
	const char *plain = contentline_plain_end(piece->p, piece->end), *lf;

	*ret_plain = (size_t)(plain - piece->p);
	if (plain < piece->end && (*plain == '\n' || *plain == '\r'))
		return plain;
	lf = contentline_find(&piece->lf, plain, piece->end, '\n');
	return contentline_find(&piece->cr, plain, lf, '\r');
}

/* One physical line, or what there is of it. */
static int contentline_take(
	struct contentline_reader *r, struct contentline_piece *piece, bool begins)
{
	size_t plain;
	const char *stop = contentline_stop(piece, &plain),
		   *next = begins ? contentline_whole(r, piece, stop) : NULL;

	if (next) {
		const char *text = piece->p;

		r->fresh = true;
		piece->p = next;
		return contentline_give(r, text, (size_t)(stop - text), plain);
	}
	contentline_append(r, piece->p, (size_t)(stop - piece->p));
	if (stop < piece->end) {
		r->after_cr = *stop == '\r';
		contentline_end_physical(r);
		stop++;
	}
	piece->p = stop;
	return 0;
}

int contentline_reader_push(struct contentline_reader *reader, const char *bytes, size_t n)
{
	struct contentline_piece piece = { .p = bytes, .end = bytes + n };
	int result = 0;

	/* Without them it is slower, and all the same. */
	if (!reader->heads)
		reader->heads = calloc(CONTENTLINE_HEADS, sizeof(*reader->heads));
	while (!result && piece.p < piece.end) {
		bool begins = false;
		size_t skip;

		if (reader->after_cr) {
			reader->after_cr = false;
			if (*piece.p == '\n') {
				piece.p++;
				continue;
			}
		}
		if (reader->fresh) {
			bool soft = reader->soft;

			result = contentline_begin_physical(reader, *piece.p, &skip);
			piece.p += skip;
			begins = !soft && !skip;
		}
		if (!result)
			result = contentline_take(reader, &piece, begins);
	}
	return result;
}

int contentline_reader_end(struct contentline_reader *reader)
{
	int result = contentline_flush(reader);

	reader->fresh = true;
	return result;
}
