/* SPDX-License-Identifier: MIT */
/*
 * csv: a streaming reader of tables in delimited text (RFC 4180 and what passes for it).
 *
 * The bytes of the row at hand are held, so that a row whose quote turns out never to be closed can
 * be given up and its further lines be read once more. What was read once in vain is read with less
 * patience: there a quote has to be closed on its own line. So no byte is read more than three times.
 */
#include "format/csv.h"

#include <errno.h>
#include <string.h>

enum csv_state {
	CSV_PLAIN,
	CSV_QUOTED,
	CSV_QUOTE, /* behind a quote in a quoted field: its end, half of a doubled one, or stray */
	CSV_QUOTE_BLANK, /* behind blanks behind such a quote */
	CSV_SKIPPING,    /* the rest of a row that was rejected, up to the line's end */
};

struct csv_field {
	size_t start, end; /* in the bytes held; of a quoted one without its quotes */
	bool quoted;
};

struct csv_reader {
	struct csv_handler handler;
	char separator;
	bool after_cr; /* a LF that comes now is the second half of a line's end */
	enum csv_state state;
	struct str bytes;  /* held; all that follows are places in it */
	size_t at;         /* looked at next */
	size_t row, field; /* where these begin */
	size_t quote;      /* the quote that CSV_QUOTE stands behind */
	size_t resume;     /* behind the first line break of the quoted field, 0: none yet */
	size_t wary;       /* before it a quote has to be closed on its line */
	uint64_t line;     /* of `at` */
	uint64_t row_line; /* of `row` */
	uint64_t resume_line;
	struct csv_field *fields;
	struct slice *slices;
	size_t n_fields, fields_size;
	int result; /* of a handler that ended the reading */
};

static bool csv_is_break(char c)
{
	return c == '\n' || c == '\r';
}

static void csv_begin_field(struct csv_reader *r, size_t at)
{
	r->state = CSV_PLAIN;
	r->field = at;
	r->resume = 0;
}

static void csv_begin_row(struct csv_reader *r, size_t at, uint64_t line)
{
	r->at = r->row = at;
	r->line = r->row_line = line;
	r->n_fields = 0;
	csv_begin_field(r, at);
}

/* The row is given up; what comes up to the line's end goes with it. */
static int csv_refuse(struct csv_reader *r, const char *reason)
{
	r->state = CSV_SKIPPING;
	r->n_fields = 0;
	return r->handler.reject(r->handler.userdata, r->row_line, reason);
}

/* Reading goes on behind the line on which the quote was opened. */
static int csv_give_up_quote(struct csv_reader *r)
{
	uint64_t line = r->row_line;

	if (r->wary < r->at)
		r->wary = r->at;
	if (r->resume)
		csv_begin_row(r, r->resume, r->resume_line);
	else
		csv_begin_row(r, r->bytes.len, r->line);
	return r->handler.reject(
		r->handler.userdata, line, ERR_TEXT("has a quote that is never closed"));
}

static int csv_add_field(struct csv_reader *r, size_t end, bool quoted)
{
	struct csv_field *field;

	if (r->n_fields == CSV_COLUMNS_MAX)
		return csv_refuse(r, ERR_TEXT("has more than 1,000 fields"));
	if (r->n_fields == r->fields_size) {
		size_t size = r->fields_size ? r->fields_size * 2 : 64;
		void *fields = reallocarray(r->fields, size, sizeof(*r->fields)), *slices;

		if (!fields)
			return -ENOMEM;
		r->fields = fields;
		slices = reallocarray(r->slices, size, sizeof(*r->slices));
		if (!slices)
			return -ENOMEM;
		r->slices = slices;
		r->fields_size = size;
	}
	field = &r->fields[r->n_fields++];
	*field = (struct csv_field){ r->field, end, quoted };
	return 0;
}

/* Doubled quotes become one each, in place. */
static struct slice csv_unquote(char *bytes, size_t n)
{
	char *quote = memchr(bytes, '"', n), *to = quote;
	const char *from = quote, *end = bytes + n;

	if (!quote)
		return (struct slice){ bytes, n };
	while (from < end) {
		from += *from == '"' && from + 1 < end && from[1] == '"';
		*to++ = *from++;
	}
	return (struct slice){ bytes, (size_t)(to - bytes) };
}

bool csv_is_blank(struct slice field)
{
	for (size_t i = 0; i < field.n; i++)
		if (!str_is_space(field.at[i]))
			return false;
	return true;
}

static int csv_hand_out(struct csv_reader *r)
{
	const struct csv_row row = { r->row_line, r->slices, r->n_fields };
	bool blank = true;

	for (size_t i = 0; i < r->n_fields; i++) {
		const struct csv_field *f = &r->fields[i];
		struct slice raw = { r->bytes.data + f->start, f->end - f->start };

		r->slices[i] = f->quoted ? csv_unquote(r->bytes.data + f->start, raw.n) : raw;
		blank = blank && csv_is_blank(r->slices[i]);
	}
	return blank ? 0 : r->handler.row(r->handler.userdata, &row);
}

/* The line break at `at` ends the row; of nothing but a break nothing comes. */
static int csv_end_row(struct csv_reader *r, size_t end, bool quoted)
{
	bool more = r->at < r->bytes.len;
	int result = 0;

	if (end > r->row || r->n_fields) {
		result = csv_add_field(r, end, quoted);
		if (result || r->state == CSV_SKIPPING)
			return result;
		result = csv_hand_out(r);
	}
	r->after_cr = more && r->bytes.data[r->at] == '\r';
	csv_begin_row(r, r->at + more, r->line + more);
	return result;
}

/* The separator or line break at `at` ends the field. */
static int csv_end_field(struct csv_reader *r, size_t end, bool quoted)
{
	int result;

	if (csv_is_break(r->bytes.data[r->at]))
		return csv_end_row(r, end, quoted);
	result = csv_add_field(r, end, quoted);
	if (r->state != CSV_SKIPPING)
		csv_begin_field(r, ++r->at);
	return result;
}

/* Where the field or the row would be too long, and the end of what is there. */
static size_t csv_stop(const struct csv_reader *r)
{
	size_t field = r->field + CSV_FIELD_MAX, row = r->row + CSV_ROW_MAX,
	       stop = field < row ? field : row;

	return stop < r->bytes.len ? stop : r->bytes.len;
}

static int csv_overflow(struct csv_reader *r)
{
	if (r->at - r->field < CSV_FIELD_MAX)
		return csv_refuse(r, ERR_TEXT("holds more than 1 MiB"));
	if (r->state != CSV_PLAIN && r->resume)
		return csv_give_up_quote(r);
	return csv_refuse(r, ERR_TEXT("has a field of more than 128 KiB"));
}

static int csv_plain(struct csv_reader *r, size_t stop)
{
	const char *bytes = r->bytes.data;

	for (; r->at < stop; r->at++) {
		char c = bytes[r->at];

		if (c == r->separator || csv_is_break(c))
			return csv_end_field(r, r->at, false);
		if (c == '"' &&
			csv_is_blank((struct slice){ bytes + r->field, r->at - r->field })) {
			r->state = CSV_QUOTED;
			r->field = ++r->at;
			return 0;
		}
	}
	return 0;
}

/* A line break within quotes; CR LF is one. */
static int csv_quoted_break(struct csv_reader *r)
{
	bool second = r->bytes.data[r->at] == '\n' && r->at > r->field &&
		r->bytes.data[r->at - 1] == '\r';

	r->line += !second;
	if (!r->resume || (second && r->resume == r->at)) {
		r->resume = r->at + 1;
		r->resume_line = r->line;
	}
	if (r->at++ >= r->wary)
		return 0;
	r->after_cr = r->bytes.data[r->at - 1] == '\r';
	return csv_give_up_quote(r);
}

static int csv_quoted(struct csv_reader *r, size_t stop)
{
	const char *bytes = r->bytes.data;

	for (; r->at < stop; r->at++) {
		if (bytes[r->at] == '"') {
			r->state = CSV_QUOTE;
			r->quote = r->at++;
			return 0;
		}
		if (csv_is_break(bytes[r->at]))
			return csv_quoted_break(r);
	}
	return 0;
}

/* A quote with text behind it, in the place where a field would begin, some lines below the quote
 * that is open: that one was never closed, and the rows below are others. */
static bool csv_opens_another(const struct csv_reader *r)
{
	char before = r->bytes.data[r->quote - 1];

	return r->resume && r->quote >= r->resume &&
		(before == r->separator || csv_is_break(before));
}

static int csv_behind_quote(struct csv_reader *r)
{
	char c = r->bytes.data[r->at];

	if (c == r->separator || csv_is_break(c))
		return csv_end_field(r, r->quote, true);
	if (c == ' ') {
		r->state = CSV_QUOTE_BLANK;
		r->at++;
		return 0;
	}
	if (r->state == CSV_QUOTE && c != '"' && csv_opens_another(r))
		return csv_give_up_quote(r);
	r->at += r->state == CSV_QUOTE && c == '"';
	r->state = CSV_QUOTED;
	return 0;
}

static int csv_skip(struct csv_reader *r)
{
	const char *bytes = r->bytes.data;

	while (r->at < r->bytes.len && !csv_is_break(bytes[r->at]))
		r->at++;
	if (r->at == r->bytes.len) {
		r->row = r->field = r->at;
		return 0;
	}
	r->after_cr = bytes[r->at] == '\r';
	csv_begin_row(r, r->at + 1, r->line + 1);
	return 0;
}

static int csv_step(struct csv_reader *r)
{
	size_t stop;

	if (r->state == CSV_SKIPPING)
		return csv_skip(r);
	if (r->after_cr) {
		r->after_cr = false;
		if (r->bytes.data[r->at] == '\n') {
			csv_begin_row(r, r->at + 1, r->line);
			return 0;
		}
	}
	stop = csv_stop(r);
	if (r->at >= stop)
		return csv_overflow(r);
	if (r->state == CSV_PLAIN)
		return csv_plain(r, stop);
	return r->state == CSV_QUOTED ? csv_quoted(r, stop) : csv_behind_quote(r);
}

static size_t csv_less(size_t place, size_t gone)
{
	return place > gone ? place - gone : 0;
}

/* Lets go of what was read; the row at hand stays. */
static void csv_shift(struct csv_reader *r)
{
	size_t gone = r->row;

	if (!gone)
		return;
	memmove(r->bytes.data, r->bytes.data + gone, r->bytes.len - gone);
	r->bytes.len -= gone;
	r->at -= gone;
	r->field -= gone;
	r->row = 0;
	r->quote = csv_less(r->quote, gone);
	r->resume = csv_less(r->resume, gone);
	r->wary = csv_less(r->wary, gone);
	for (size_t i = 0; i < r->n_fields; i++) {
		r->fields[i].start -= gone;
		r->fields[i].end -= gone;
	}
}

static int csv_run(struct csv_reader *r)
{
	while (!r->result && r->at < r->bytes.len)
		r->result = csv_step(r);
	csv_shift(r);
	return r->result;
}

int csv_reader_new(struct csv_reader **ret, char separator, const struct csv_handler *handler,
	struct err *reterr)
{
	struct csv_reader *r = calloc(1, sizeof(*r));

	if (!r)
		return err_oom(reterr);
	r->handler = *handler;
	r->separator = separator;
	csv_begin_row(r, 0, 1);
	*ret = r;
	return 0;
}

void csv_reader_start(struct csv_reader *reader, uint64_t line)
{
	csv_begin_row(reader, 0, line);
}

void csv_reader_free(struct csv_reader *reader)
{
	if (!reader)
		return;
	str_done(&reader->bytes);
	free(reader->fields);
	free(reader->slices);
	free(reader);
}

int csv_reader_push(struct csv_reader *reader, const void *bytes, size_t n)
{
	if (reader->result)
		return reader->result;
	str_add_bytes(&reader->bytes, bytes, n);
	if (reader->bytes.failed)
		return reader->result = -ENOMEM;
	return csv_run(reader);
}

/* A file may end without a line's end; a quote that is open then makes more lines to be read. */
int csv_reader_end(struct csv_reader *reader)
{
	struct csv_reader *r = reader;

	while (!r->result && r->row < r->bytes.len && r->state != CSV_SKIPPING) {
		if (r->state == CSV_QUOTED)
			r->result = csv_give_up_quote(r);
		else
			r->result = csv_end_row(
				r, r->state == CSV_PLAIN ? r->at : r->quote, r->state != CSV_PLAIN);
		if (!r->result && r->at < r->bytes.len)
			(void)csv_run(r);
	}
	return r->result;
}

/* How the first rows fall apart by one separator. */
#define CSV_SAMPLE_ROWS 20
struct csv_sample {
	size_t widths[CSV_SAMPLE_ROWS];
	size_t n;
};

static int csv_sample_row(void *userdata, const struct csv_row *row)
{
	struct csv_sample *sample = userdata;

	sample->widths[sample->n++] = row->n;
	return sample->n == CSV_SAMPLE_ROWS;
}

static int csv_sample_reject(void *userdata, uint64_t line, const char *reason)
{
	(void)userdata;
	(void)line;
	(void)reason;
	return 0;
}

/* Many rows of one width tell more than one wide row, which may be a sentence with commas. */
static size_t csv_weigh(const struct csv_sample *sample)
{
	size_t best = 0;

	for (size_t i = 0; i < sample->n; i++) {
		size_t alike = 0;

		for (size_t k = 0; k < sample->n; k++)
			alike += sample->widths[k] == sample->widths[i];
		if (alike * alike * (sample->widths[i] - 1) > best)
			best = alike * alike * (sample->widths[i] - 1);
	}
	return best;
}

/* A first row that falls into so many parts, and into few by any other separator, is a header, whatever cells of many
 * lines stand below it. */
#define CSV_WIDE 10
static bool csv_is_header(const size_t *widths, size_t n, size_t best)
{
	for (size_t i = 0; i < n; i++)
		if (i != best && widths[i] * 2 > widths[best])
			return false;
	return widths[best] >= CSV_WIDE;
}

char csv_find_separator(const char *bytes, size_t n)
{
	static const char separators[] = { ',', ';', '\t', '|' };
	size_t first[ARRAY_SIZE(separators)] = { 0 }, best_weight = 0;
	char best = ',';

	if (n >= 6 && memcmp(bytes, "sep=", 4) == 0 && csv_is_break(bytes[5]) &&
		memchr(",;\t|", bytes[4], 4))
		return bytes[4];
	if (n > CSV_SAMPLE)
		n = CSV_SAMPLE;
	for (size_t i = 0; i < ARRAY_SIZE(separators); i++) {
		_cleanup_(csv_reader_freep) struct csv_reader *reader = NULL;
		struct csv_sample sample = { .n = 0 };
		const struct csv_handler handler = { csv_sample_row, csv_sample_reject, &sample };
		size_t weight;

		if (csv_reader_new(&reader, separators[i], &handler, NULL) < 0)
			return best;
		/* What was cut off in the middle of a row is no row. */
		if (csv_reader_push(reader, bytes, n) == 0 && sample.n == 0)
			(void)csv_reader_end(reader);
		first[i] = sample.n ? sample.widths[0] : 0;
		weight = csv_weigh(&sample);
		if (weight > best_weight) {
			best = separators[i];
			best_weight = weight;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(separators); i++)
		if (csv_is_header(first, ARRAY_SIZE(separators), i))
			return separators[i];
	return best;
}
