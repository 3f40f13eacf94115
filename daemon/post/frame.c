/* SPDX-License-Identifier: MIT */
/*
 * frame: the messages between the service and its sender process, on a stream socket.
 */
#include "post/frame.h"

#include <errno.h>
#include <string.h>

#define FRAME_HEADER 5 /* size and type */

/* What each type holds. Small limits keep a confused peer from making us wait for gigabytes. */
static const struct frame_kind {
	unsigned numbers;
	unsigned texts;
	unsigned bytes; /* bit mask of the texts that may hold NULs */
	size_t max;     /* bytes after the size field */
} frame_kinds[FRAME_TYPE_COUNT] = {
	[FRAME_SERVER] = { SERVER_NUMBERS, SERVER_TEXTS,
		1U << SERVER_PASSWORD_COMMAND | 1U << SERVER_TOKEN_COMMAND, (size_t)64 * 1024 },
	[FRAME_MAIL] = { 1, MAIL_TEXTS, 1U << MAIL_BODY, FRAME_BODY_MAX + 1024 },
	[FRAME_CONFIRM] = { 1, 0, 0, 16 },
	[FRAME_READY] = { 1, 0, 0, 16 },
	[FRAME_SETTLED] = { SETTLED_NUMBERS, 1, 0, 1024 },
	[FRAME_TRACE] = { 0, 1, 0, 4096 },
	[FRAME_IDLE] = { 0, 0, 0, 16 },
	[FRAME_WARNING] = { 0, 1, 0, 1024 },
	[FRAME_PROBE] = { 1, 0, 0, 16 },
};

/* A row of its own for every type; NULL for a number that is none. */
static const struct frame_kind *frame_kind(unsigned type)
{
	return type < FRAME_TYPE_COUNT && frame_kinds[type].max ? &frame_kinds[type] : NULL;
}

static void frame_add_number(struct str *out, uint64_t value, unsigned bytes)
{
	for (; bytes > 0; bytes--, value >>= 8)
		str_add_char(out, (char)(value & 0xff));
}

static uint64_t frame_number(const unsigned char *at, unsigned bytes)
{
	uint64_t value = 0;

	while (bytes > 0)
		value = value << 8 | at[--bytes];
	return value;
}

struct frame_text frame_text(const char *text)
{
	return (struct frame_text){ text ? text : "", text ? strlen(text) : 0 };
}

/* Bytes after the size field; SIZE_MAX where one text alone is over the limit. */
static size_t frame_size(const struct frame_kind *kind, const struct frame *frame)
{
	size_t size = 1 + kind->numbers * sizeof(uint64_t);

	for (unsigned i = 0; i < kind->texts; i++) {
		if (frame->text[i].size > kind->max)
			return SIZE_MAX;
		size += sizeof(uint32_t) + frame->text[i].size + 1;
	}
	return size;
}

int frame_write(struct str *out, const struct frame *frame, struct err *reterr)
{
	const struct frame_kind *kind = frame_kind(frame->type);
	size_t size, before = out->len;

	if (!kind)
		return err_set(
			reterr, -EBADMSG, "there is no frame of type %u", (unsigned)frame->type);
	size = frame_size(kind, frame);
	if (size > kind->max)
		return err_set(reterr, -EMSGSIZE,
			"what nudged-send was to be told is over its limit of %zu bytes",
			kind->max);

	frame_add_number(out, size, sizeof(uint32_t));
	str_add_char(out, (char)frame->type);
	for (unsigned i = 0; i < kind->numbers; i++)
		frame_add_number(out, frame->number[i], sizeof(uint64_t));
	for (unsigned i = 0; i < kind->texts; i++) {
		frame_add_number(out, frame->text[i].size, sizeof(uint32_t));
		str_add_bytes(out, frame->text[i].data, frame->text[i].size);
		str_add_char(out, '\0');
	}
	if (!out->failed)
		return 0;
	/* Half a frame would put all later ones out of step. */
	out->len = before;
	out->failed = false;
	return err_oom(reterr);
}

/* Reads one text at *at and moves on; false where it overruns `end` or holds what it must not. */
static bool frame_read_text(
	const unsigned char **at, const unsigned char *end, bool bytes, struct frame_text *ret)
{
	size_t left = (size_t)(end - *at), size;

	if (left < sizeof(uint32_t) + 1)
		return false;
	size = (size_t)frame_number(*at, sizeof(uint32_t));
	*at += sizeof(uint32_t);
	left -= sizeof(uint32_t) + 1;
	if (size > left || (*at)[size] != '\0')
		return false;
	if (!bytes && memchr(*at, '\0', size))
		return false;
	*ret = (struct frame_text){ (const char *)*at, size };
	*at += size + 1;
	return true;
}

static bool frame_read_fields(const struct frame_kind *kind, const unsigned char *at,
	const unsigned char *end, struct frame *ret)
{
	for (unsigned i = 0; i < kind->numbers; i++, at += sizeof(uint64_t)) {
		if ((size_t)(end - at) < sizeof(uint64_t))
			return false;
		ret->number[i] = frame_number(at, sizeof(uint64_t));
	}
	for (unsigned i = 0; i < kind->texts; i++)
		if (!frame_read_text(&at, end, kind->bytes >> i & 1, &ret->text[i]))
			return false;
	return at == end;
}

int frame_read(const void *bytes, size_t n, struct frame *ret, size_t *ret_used, struct err *reterr)
{
	const unsigned char *at = bytes;
	const struct frame_kind *kind;
	size_t size;

	if (n < FRAME_HEADER)
		return 0;
	size = (size_t)frame_number(at, sizeof(uint32_t));
	kind = frame_kind(at[4]);
	if (!kind || size < 1 || size > kind->max)
		return err_set(
			reterr, -EBADMSG, "no frame begins with type %u and size %zu", at[4], size);
	if (n - sizeof(uint32_t) < size)
		return 0;
	*ret = (struct frame){ .type = at[4] };
	if (!frame_read_fields(kind, at + FRAME_HEADER, at + sizeof(uint32_t) + size, ret))
		return err_set(reterr, -EBADMSG, "a frame of type %u is damaged", at[4]);
	*ret_used = sizeof(uint32_t) + size;
	return 1;
}

int frame_add_words(struct str *out, char *const *words, struct err *reterr)
{
	for (; words && *words; words++)
		str_add_bytes(out, *words, strlen(*words) + 1);
	return str_check(out, reterr);
}

int frame_split_words(char *text, size_t size, char ***ret, struct err *reterr)
{
	size_t n = 0, i = 0;

	*ret = NULL;
	for (size_t k = 0; k < size; k++)
		n += text[k] == '\0';
	if (n == 0)
		return 0;
	*ret = calloc(n + 1, sizeof(**ret));
	if (!*ret)
		return err_oom(reterr);
	for (char *at = text; i < n; at += strlen(at) + 1)
		(*ret)[i++] = at;
	return 0;
}
