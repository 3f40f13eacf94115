/* SPDX-License-Identifier: MIT */
/*
 * parse-floor FILE: the yardstick: what any parser of vCards must do, without a check of anything. Lines are
 * unfolded, names looked up, values without their escapes put one behind the other, a card at a time.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define FLOOR_PIECE (256 * 1024)
#define FLOOR_LINE  (64 * 1024)

static const struct {
	const char *name;
	char separator; /* of the value's parts; NUL: it has none */
} floor_names[] = { { "BEGIN", 0 }, { "END", 0 }, { "VERSION", 0 }, { "PRODID", 0 }, { "UID", 0 },
	{ "FN", 0 }, { "N", ';' }, { "EMAIL", 0 }, { "TEL", 0 }, { "BDAY", 0 }, { "ADR", ';' },
	{ "ORG", ';' }, { "TITLE", 0 }, { "CATEGORIES", ',' }, { "NOTE", 0 }, { "REV", 0 } };

enum { FLOOR_BEGIN, FLOOR_END, FLOOR_NAMES = sizeof(floor_names) / sizeof(floor_names[0]) };

struct floor {
	char card[1024 * 1024], line[FLOOR_LINE + FLOOR_PIECE];
	size_t used, n;
	unsigned long cards, values;
};

static void floor_value(struct floor *f, const char *p, const char *end, char separator)
{
	char *to = f->card + f->used;

	for (f->values++; p < end; p++) {
		if (*p == '\\' && p + 1 < end) {
			p++;
			*to++ = *p == 'n' ? '\n' : *p;
		} else if (separator && *p == separator) {
			*to++ = '\0';
			f->values++;
		} else {
			*to++ = *p;
		}
	}
	*to++ = '\0';
	f->used = (size_t)(to - f->card);
}

static size_t floor_find(const char *name, size_t n)
{
	size_t i = 0;

	while (i < FLOOR_NAMES &&
		((floor_names[i].name[0] ^ *name) & 0xdf || floor_names[i].name[n] ||
			strncasecmp(floor_names[i].name, name, n) != 0))
		i++;
	return i;
}

static void floor_line(struct floor *f)
{
	const char *p = f->line, *end = p + f->n, *from;
	size_t name;

	while (p < end && *p != ':' && *p != ';')
		p++;
	name = floor_find(f->line, (size_t)(p - f->line));
	while (p < end && *p == ';') {
		int quoted = 0;

		for (from = ++p; p < end && (quoted || (*p != ':' && *p != ';')); p++)
			quoted ^= *p == '"';
		floor_value(f, from, p, 0);
	}
	f->n = 0;
	if (name == FLOOR_BEGIN)
		f->used = 0;
	f->cards += name == FLOOR_END;
	if (p < end && name != FLOOR_BEGIN && name != FLOOR_END)
		floor_value(f, p + 1, end, name < FLOOR_NAMES ? floor_names[name].separator : 0);
}

/* Whole lines of the piece; returns where the rest begins. */
static const char *floor_piece(struct floor *f, const char *p, const char *end)
{
	const char *lf;

	for (; (lf = memchr(p, '\n', (size_t)(end - p))); p = lf + 1) {
		size_t n = (size_t)(lf - p) - (lf > p && lf[-1] == '\r'),
		       fold = *p == ' ' || *p == '\t';

		if (!fold && f->n)
			floor_line(f);
		if (n < fold || f->n + n > FLOOR_LINE)
			continue;
		memcpy(f->line + f->n, p + fold, n - fold);
		f->n += n - fold;
	}
	return p;
}

int main(int argc, char **argv)
{
	struct floor *f = calloc(1, sizeof(*f));
	char *piece = malloc(FLOOR_PIECE);
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	size_t kept = 0;
	ssize_t n;

	if (!f || !piece || fd < 0)
		return 1;
	while ((n = read(fd, piece + kept, FLOOR_PIECE - kept)) > 0) {
		const char *end = piece + kept + n, *rest = floor_piece(f, piece, end);

		kept = (size_t)(end - rest);
		memmove(piece, rest, kept);
	}
	if (f->n)
		floor_line(f);
	printf("%lu cards, %lu values\n", f->cards, f->values);
	(void)close(fd);
	free(piece);
	free(f);
	return 0;
}
