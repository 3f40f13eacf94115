/* SPDX-License-Identifier: MIT */
/*
 * rejects: the records that an import could not use, written whole.
 */
#include "exchange/rejects.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REJECTS_CHUNK ((size_t)64 * 1024)
#define REJECTS_HELD                                                                               \
	((size_t)128 * 1024) /* of a row with an open quote: one that is not closed is one line */
#define REJECTS_HEAD 64      /* bytes of a line that show whether it begins or ends a record */

static void rejects_closep(FILE **f)
{
	if (*f)
		(void)fclose(*f);
}
#define _cleanup_file_ _cleanup_(rejects_closep)

/* Copies what begins at some lines of one file; lines are pushed through in pieces. */
struct rejects_copy {
	FILE *out;
	const uint64_t *lines; /* growing */
	size_t n, next;        /* the first one that has not come yet */
	enum source_extent extent;
	uint64_t header; /* lines up to it are copied too */

	uint64_t line;
	char head[REJECTS_HEAD];
	size_t n_head;
	bool decided;     /* whether the line at hand is copied */
	bool copying;     /* a record */
	bool begun;       /* it began with a BEGIN: */
	char separator;   /* of a table */
	bool quoted;      /* in a field in quotes */
	bool at_start;    /* of a field: a quote opens it */
	bool after_quote; /* another one stands for itself */
	bool holding;     /* lines behind a row's first, until its quote is closed */
	struct str held;
	bool after_cr;
	unsigned depth; /* components open in it */
};

static bool rejects_is(const struct rejects_copy *c, const char *text)
{
	size_t n = strlen(text);

	return c->n_head >= n && slice_is((struct slice){ c->head, n }, text);
}

/* How the record ends before this line, or with it. */
static void rejects_component(struct rejects_copy *c, bool first)
{
	bool begins = rejects_is(c, "BEGIN:");

	if (first) {
		c->begun = begins;
		c->depth = 0;
	} else if (begins &&
		(!c->begun ||
			(c->depth == 1 &&
				(rejects_is(c, "BEGIN:VCARD") || rejects_is(c, "BEGIN:VEVENT"))))) {
		/* Another one begins where this one has not ended. */
		c->copying = false;
		return;
	}
	c->depth += begins;
}

/* The line's first bytes are there: it belongs to a record, or not. */
static void rejects_decide(struct rejects_copy *c)
{
	bool first = c->next < c->n && c->lines[c->next] == c->line;

	c->decided = true;
	/* Where another record begins, the quote was none. */
	if (first)
		c->holding = false;
	while (c->next < c->n && c->lines[c->next] <= c->line)
		c->next++;
	if (first) {
		c->copying = c->at_start = true;
		c->quoted = c->after_quote = false;
	}
	if (c->copying && c->extent == SOURCE_COMPONENT)
		rejects_component(c, first);
}

static void rejects_row_byte(struct rejects_copy *c, char byte)
{
	bool quote = byte == '"';

	if (c->quoted) {
		c->quoted = !quote;
		c->after_quote = quote;
		return;
	}
	c->quoted = quote && (c->at_start || c->after_quote);
	c->at_start = byte == c->separator;
	c->after_quote = false;
}

static void rejects_put(struct rejects_copy *c, const char *bytes, size_t n)
{
	if (c->holding)
		str_add_bytes(&c->held, bytes, n);
	else if (c->copying || c->line <= c->header)
		(void)fwrite(bytes, 1, n, c->out);
	for (size_t i = 0; c->extent == SOURCE_ROW && i < n; i++)
		rejects_row_byte(c, bytes[i]);
}

static void rejects_flush_head(struct rejects_copy *c)
{
	rejects_decide(c);
	rejects_put(c, c->head, c->n_head);
}

static void rejects_end_row(struct rejects_copy *c)
{
	if (!c->quoted) {
		if (c->holding)
			(void)fwrite(str_text(&c->held), 1, c->held.len, c->out);
		c->copying = c->holding = false;
	} else if (!c->holding) {
		c->holding = true;
		str_clear(&c->held);
	} else if (c->held.len > REJECTS_HELD || c->held.failed) {
		c->copying = c->holding = false;
	}
}

/* A line has ended, its end is put already. */
static void rejects_end_line(struct rejects_copy *c)
{
	bool blank = c->n_head == 0;

	if (c->copying && c->extent == SOURCE_COMPONENT && rejects_is(c, "END:") && c->begun &&
		--c->depth == 0)
		c->copying = false;
	if (c->copying && c->extent == SOURCE_PARAGRAPH && blank)
		c->copying = false;
	if (c->copying && c->extent == SOURCE_ROW)
		rejects_end_row(c);
	c->line++;
	c->n_head = 0;
	c->decided = false;
}

static void rejects_push_line(struct rejects_copy *c, const char *bytes, size_t n)
{
	size_t room = REJECTS_HEAD - c->n_head, k = n < room ? n : room;

	if (c->decided) {
		rejects_put(c, bytes, n);
		return;
	}
	memcpy(c->head + c->n_head, bytes, k);
	c->n_head += k;
	if (c->n_head < REJECTS_HEAD)
		return;
	rejects_flush_head(c);
	rejects_put(c, bytes + k, n - k);
}

static void rejects_finish_line(struct rejects_copy *c, const char *end)
{
	if (!c->decided)
		rejects_flush_head(c);
	rejects_put(c, end, strlen(end));
	rejects_end_line(c);
}

/* LF, CR LF and CR end lines, as the readers count them. */
static void rejects_push(struct rejects_copy *c, const char *bytes, size_t n)
{
	const char *p = bytes, *end = bytes + n;

	while (p < end) {
		const char *stop = p;

		if (c->after_cr) {
			c->after_cr = false;
			rejects_finish_line(c, *p == '\n' ? "\r\n" : "\r");
			p += *p == '\n';
			continue;
		}
		while (stop < end && *stop != '\n' && *stop != '\r')
			stop++;
		rejects_push_line(c, p, (size_t)(stop - p));
		p = stop;
		if (p < end && *p == '\r')
			c->after_cr = true;
		else if (p < end)
			rejects_finish_line(c, "\n");
		p += p < end;
	}
}

/* The last line gets an end, so that another record can stand behind it. */
static void rejects_push_end(struct rejects_copy *c)
{
	if (c->after_cr)
		rejects_finish_line(c, "\r");
	else if (c->n_head)
		rejects_finish_line(c, "\n");
}

static int rejects_read(struct rejects_copy *copy, const char *path, FILE *in,
	enum decode_encoding encoding, struct err *reterr)
{
	_cleanup_free_ char *chunk = malloc(REJECTS_CHUNK);
	struct decode decode;
	struct slice text;
	size_t n;
	int r = 0;

	if (!chunk)
		return err_oom(reterr);
	decode_init(&decode, encoding);
	while (r == 0 && (n = fread(chunk, 1, REJECTS_CHUNK, in))) {
		r = decode_push(&decode, chunk, n, &text);
		if (r == 0)
			rejects_push(copy, text.at, text.n);
	}
	if (r == 0)
		r = decode_end(&decode, &text);
	if (r == 0)
		rejects_push(copy, text.at, text.n);
	rejects_push_end(copy);
	decode_done(&decode);
	if (r < 0)
		return err_oom(reterr);
	return ferror(in) ? err_set(reterr, -EIO, "cannot read %s again", path) : 0;
}

static int rejects_compare(const void *a, const void *b)
{
	const uint64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* The lines at which rejected records of a file begin, growing; the caller frees. */
static uint64_t *rejects_lines(const struct import_report *report, const char *path, size_t *ret_n)
{
	uint64_t *lines = calloc(report->n_rejects + 1, sizeof(*lines));

	*ret_n = 0;
	for (size_t i = 0; lines && i < report->n_rejects; i++)
		if (str_equal(report->rejects[i].file, path))
			lines[(*ret_n)++] = report->rejects[i].line;
	if (lines)
		qsort(lines, *ret_n, sizeof(*lines), rejects_compare);
	return lines;
}

static int rejects_copy_source(FILE *out, const struct import_source *source, const uint64_t *lines,
	size_t n, struct err *reterr)
{
	_cleanup_file_ FILE *in = fopen(source->place ? source->place : source->file, "re");
	struct rejects_copy copy = { .out = out,
		.lines = lines,
		.n = n,
		.extent = source_extent_of(source->found.sniffed),
		.header = source->found.header_line,
		.separator = source->found.separator,
		.line = 1 };
	int r = in ? rejects_read(&copy, source->file, in, source->found.encoded, reterr)
		   : file_error(source->file, errno, reterr);

	str_done(&copy.held);
	return r;
}

/* --- the files --- */

struct rejects_out {
	const char *path;
	struct str text; /* of the path in use */
	FILE *f;
	enum sniff_format format;
	size_t n;
};

static void rejects_out_done(struct rejects_out *out)
{
	if (out->f)
		(void)fclose(out->f);
	str_done(&out->text);
}

static int rejects_create(const char *path, FILE **ret, struct err *reterr)
{
	*ret = fopen(path, "we");
	return *ret ? 0 : err_set(reterr, -EEXIST, "cannot create %s: %s", path, strerror(errno));
}

static int rejects_close(FILE **f, const char *path, struct err *reterr)
{
	FILE *taken = TAKE_PTR(*f);
	bool bad = ferror(taken) != 0;

	if (fclose(taken) == EOF || bad)
		return err_set(reterr, -EIO, "cannot write %s: %s", path, strerror(errno));
	return 0;
}

/* Events need a calendar around them. */
static const char *rejects_frame(enum sniff_format format, bool begin)
{
	if (format != SNIFF_ICAL)
		return "";
	return begin ? "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nudge//rejects//EN\r\n"
		     : "END:VCALENDAR\r\n";
}

static int rejects_end_file(struct rejects_out *out, struct err *reterr)
{
	if (!out->f)
		return 0;
	(void)fputs(rejects_frame(out->format, false), out->f);
	return rejects_close(&out->f, str_text(&out->text), reterr);
}

static int rejects_next_file(struct rejects_out *out, enum sniff_format format, struct err *reterr)
{
	int r = rejects_end_file(out, reterr);

	str_clear(&out->text);
	str_add(&out->text, out->path);
	if (++out->n > 1)
		str_addf(&out->text, ".%zu", out->n);
	if (r == 0)
		r = str_check(&out->text, reterr);
	if (r == 0)
		r = rejects_create(out->text.data, &out->f, reterr);
	if (r < 0)
		return r;
	out->format = format;
	(void)fputs(rejects_frame(format, true), out->f);
	return 0;
}

/* The sources of one format stand behind each other, but tables: each has its own header. */
static int rejects_write_format(struct rejects_out *out, const struct import_report *report,
	enum sniff_format format, struct err *reterr)
{
	bool open = false;
	int r = 0;

	for (size_t i = 0; r == 0 && i < report->n_sources; i++) {
		const struct import_source *source = &report->sources[i];
		_cleanup_free_ uint64_t *lines = NULL;
		size_t n;

		if (source->found.sniffed != format)
			continue;
		lines = rejects_lines(report, source->file, &n);
		if (!lines)
			return err_oom(reterr);
		if (!n)
			continue;
		if (!open || format == SNIFF_CSV)
			r = rejects_next_file(out, format, reterr);
		open = true;
		if (r == 0)
			r = rejects_copy_source(out->f, source, lines, n, reterr);
	}
	return r;
}

static int rejects_write_reasons(
	const char *path, const struct import_report *report, struct err *reterr)
{
	_cleanup_str_ struct str name = STR_INIT;
	_cleanup_file_ FILE *f = NULL;
	int r;

	str_addf(&name, "%s.reasons", path);
	r = str_check(&name, reterr);
	if (r == 0)
		r = rejects_create(name.data, &f, reterr);
	if (r < 0)
		return r;
	for (size_t i = 0; i < report->n_rejects; i++)
		(void)fprintf(f, "%s:%llu: %s\n", report->rejects[i].file,
			(unsigned long long)report->rejects[i].line, report->rejects[i].reason);
	return rejects_close(&f, name.data, reterr);
}

int rejects_check(const char *path, char *const *sources, size_t n, struct err *reterr)
{
	struct stat own, other;
	int fd;

	for (size_t i = 0; i < n && stat(path, &own) == 0; i++)
		if (stat(sources[i], &other) == 0 && own.st_dev == other.st_dev &&
			own.st_ino == other.st_ino)
			return err_set(reterr, -EINVAL,
				"--rejects: %s is the file that is imported; name another", path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd >= 0)
		(void)unlink(path);
	else if (errno == EEXIST)
		fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_set(reterr, -EEXIST, "cannot create %s: %s", path, strerror(errno));
	(void)close(fd);
	return 0;
}

int rejects_write(
	const char *path, const struct import_report *report, size_t *ret_n, struct err *reterr)
{
	static const enum sniff_format formats[] = { SNIFF_VCARD, SNIFF_LDIF, SNIFF_ICAL,
		SNIFF_CSV };
	_cleanup_(rejects_out_done) struct rejects_out out = { .path = path };
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(formats); i++)
		r = rejects_write_format(&out, report, formats[i], reterr);
	*ret_n = out.n;
	if (r == 0)
		r = rejects_end_file(&out, reterr);
	return r == 0 && out.n ? rejects_write_reasons(path, report, reterr) : r;
}
