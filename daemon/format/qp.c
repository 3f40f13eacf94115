/* SPDX-License-Identifier: MIT */
/*
 * qp: quoted-printable by RFC 2045 section 6.7.
 */
#include "format/qp.h"

#include <endian.h>
#include <string.h>

/* What a line may hold beside the "=" of a soft line break. */
#define QP_ROOM (QP_LINE_MAX - 1)

/* 1: stands for itself. Tab and space do too, where they do not end a line. */
static const unsigned char qp_literal[256] = {
	['\t'] = 1,
	[' ' ... '<'] = 1,
	['>' ... '~'] = 1,
};

/* How many of eight bytes, from the first, surely stand for themselves: those before the first that is
 * over 0x7e, "=" or a control character. What follows that one may be flagged for its sake. */
static size_t qp_literals(const char *p)
{
	const uint64_t ones = 0x0101010101010101U, highs = ones * 0x80;
	uint64_t w, equals, del, others;

	memcpy(&w, p, sizeof(w));
	w = le64toh(w);
	equals = w ^ ones * '=';
	del = w ^ ones * 0x7f;
	others = (w | (w - ones * ' ') | ((equals - ones) & ~equals) | ((del - ones) & ~del)) &
		highs;
	return others ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

/* The end of the run of characters that stand for themselves. */
static const char *qp_run_end(const char *p, const char *end)
{
	while (end - p >= 8) {
		size_t n = qp_literals(p);

		p += n;
		if (n < 8 && !qp_literal[(unsigned char)*p])
			return p;
		p += n < 8; /* a tab */
	}
	while (p < end && qp_literal[(unsigned char)*p])
		p++;
	return p;
}

/* Encoded lines gather here: going through the string for each of the short runs between two
 * umlauts would cost more than the encoding itself. */
struct qp_buffer {
	struct str *out;
	size_t n;
	size_t column;
	char bytes[4096];
};

static void qp_flush(struct qp_buffer *b)
{
	str_add_bytes(b->out, b->bytes, b->n);
	b->n = 0;
}

static void qp_end_line(struct qp_buffer *b, const char *end)
{
	size_t n = strlen(end);

	memcpy(b->bytes + b->n, end, n);
	b->n += n;
	b->column = 0;
	/* Room for a whole line is all that the rest ever asks for. */
	if (b->n > sizeof(b->bytes) - 2 * QP_LINE_MAX)
		qp_flush(b);
}

static void qp_put_hex(struct qp_buffer *b, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p;

	if (b->column + 3 > QP_ROOM)
		qp_end_line(b, "=\r\n");
	p = b->bytes + b->n;
	p[0] = '=';
	p[1] = digits[c >> 4];
	p[2] = digits[c & 15];
	b->n += 3;
	b->column += 3;
}

/* A run of characters that stand for themselves. */
static void qp_put_run(struct qp_buffer *b, const char *run, size_t n)
{
	while (n) {
		size_t room = QP_ROOM - b->column, part = n < room ? n : room;

		if (b->column == 0 && (*run == '.' || (n >= 5 && memcmp(run, "From ", 5) == 0))) {
			qp_put_hex(b, (unsigned char)*run);
			run++, n--;
			continue;
		}
		memcpy(b->bytes + b->n, run, part);
		b->n += part;
		b->column += part;
		run += part;
		n -= part;
		if (n)
			qp_end_line(b, "=\r\n");
	}
}

static void qp_put_line(struct qp_buffer *b, const char *p, const char *end)
{
	const char *last = end;

	/* One encoded blank guards those before it. */
	if (last > p && (last[-1] == ' ' || last[-1] == '\t'))
		last--;
	while (p < last) {
		const char *run = p;

		p = qp_run_end(p, last);
		qp_put_run(b, run, (size_t)(p - run));
		for (; p < last && !qp_literal[(unsigned char)*p]; p++)
			qp_put_hex(b, (unsigned char)*p);
	}
	for (; p < end; p++)
		qp_put_hex(b, (unsigned char)*p);
}

void qp_add_encoded(struct str *out, const char *text, size_t n)
{
	struct qp_buffer b;
	const char *p = text, *end = text + n, *lf;

	b.out = out;
	b.n = b.column = 0;
	for (; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (!lf) {
			qp_put_line(&b, p, end);
			break;
		}
		qp_put_line(&b, p, lf);
		qp_end_line(&b, "\r\n");
	}
	qp_flush(&b);
}

int qp_hex_value(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The length of a soft line break after "=": blanks and a line end (RFC 2045 rule 5), else 0. */
static size_t qp_soft_break(const char *p, const char *end)
{
	const char *at = p;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (at < end && *at == '\r')
		at++;
	if (at < end && *at == '\n')
		at++;
	else if (at < end)
		return 0;
	return (size_t)(at - p);
}

void qp_add_decoded(struct str *out, const char *text, size_t n)
{
	const char *p = text, *end = text + n, *equals;

	for (; p < end; p = equals) {
		equals = memchr(p, '=', (size_t)(end - p));
		if (!equals)
			equals = end;
		str_add_bytes(out, p, (size_t)(equals - p));
		if (equals == end)
			break;
		equals++;
		if (end - equals >= 2 && qp_hex_value(equals[0]) >= 0 &&
			qp_hex_value(equals[1]) >= 0) {
			str_add_char(out,
				(char)(qp_hex_value(equals[0]) << 4 | qp_hex_value(equals[1])));
			equals += 2;
		} else {
			size_t skip = qp_soft_break(equals, end);

			if (!skip && equals < end)
				str_add_char(out, '=');
			equals += skip;
		}
	}
}
