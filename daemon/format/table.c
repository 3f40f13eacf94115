/* SPDX-License-Identifier: MIT */
/*
 * table: an address book as a table in delimited text, its columns known by their names.
 *
 * A first look at the beginning of the file finds the separator, the header and, where days are
 * written as 3/12, which of the two is the month; then all of it is read.
 */
#include "core/utf8.h"
#include "format/table-linkedin.h"
#include "format/table-map.h"
#include "format/table-row-part.h"

#include <errno.h>
#include <string.h>

#define TABLE_PREAMBLE 20 /* so many rows may stand before the header */

struct table_look {
	const struct table_options *options;
	char separator;
	enum table_format format;
	enum table_linkedin linkedin;
	struct table_columns columns;
	enum table_order order;
	uint64_t header_line; /* 0: none */
	uint64_t data_line;   /* before it nothing is read */
	size_t rows;
	uint64_t reject_line;      /* of the first row that cannot be read; 0: none */
	const char *reject_reason; /* lives on */
	struct str missing;        /* a column of --map that is not in the row shown */
	struct str shown;          /* the columns of the row that is likeliest the header */
	uint64_t shown_line;
	size_t shown_width;
	bool shown_known;        /* some of its columns are known */
	enum table_format other; /* what it is in place of what was wanted */
	struct str lacking;      /* the columns by which it would be that */
	struct str cell;
	struct linkedin *reader;
	const struct record_handler *handler;
};

struct table_reader {
	struct record_handler handler;
	struct table_options options;
	struct str head;     /* the beginning, until it was looked at */
	uint64_t first_line; /* of it */
	bool after_cr;       /* a LF before it is half of a line's end */
	bool looked;
	struct table_look look;
	struct table_row row;
	struct csv_reader *csv;
	int result;
};

static const struct {
	const char *name, *title, *program;
} table_formats[] = {
	[TABLE_NONE] = { NULL, "CSV", NULL },
	[TABLE_CSV] = { "csv", "CSV", NULL },
	[TABLE_GOOGLE] = { "google-csv", "Google CSV", "Google" },
	[TABLE_OUTLOOK] = { "outlook-csv", "Outlook CSV", "Outlook" },
	[TABLE_THUNDERBIRD] = { "thunderbird-csv", "Thunderbird CSV", "Thunderbird" },
	[TABLE_LINKEDIN] = { "linkedin", "LinkedIn CSV", "LinkedIn" },
};

const char *table_format_name(enum table_format format)
{
	return table_formats[format].name;
}

const char *table_format_title(enum table_format format)
{
	return table_formats[format].title;
}

enum table_format table_format_of(const char *name)
{
	for (size_t i = TABLE_CSV; i < ARRAY_SIZE(table_formats); i++)
		if (str_equal(name, table_formats[i].name))
			return (enum table_format)i;
	return TABLE_NONE;
}

static void table_look_done(struct table_look *look)
{
	table_columns_done(&look->columns);
	str_done(&look->missing);
	str_done(&look->shown);
	str_done(&look->lacking);
	str_done(&look->cell);
	linkedin_free(look->reader);
	*look = (struct table_look){ 0 };
}

static bool table_has_address(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (memchr(row->fields[i].at, '@', row->fields[i].n))
			return true;
	return false;
}

/* A guess from one word among many is none, but in the first row. */
static bool table_is_header(
	const struct table_columns *columns, enum table_format format, bool first)
{
	size_t known = 0;

	for (size_t i = 0; i < columns->n; i++)
		known += columns->all[i].role != TABLE_EXTRA;
	return format > TABLE_CSV ||
		(format == TABLE_CSV && (known > 1 || first || columns->n == 1));
}

static void table_look_show(
	struct table_look *look, const struct table_columns *columns, uint64_t line)
{
	str_clear(&look->shown);
	str_clear(&look->missing);
	look->shown_line = line;
	for (size_t i = 0; i < columns->n && look->shown.len < 200; i++) {
		if (!*columns->all[i].header)
			continue;
		str_add_separator(&look->shown, ", ");
		str_add(&look->shown, columns->all[i].header);
	}
}

/* The row that is told of where none can be read: the first with columns that are known, else the first of the
 * widest, for a heading above the table is narrow. Whether it is this one. */
static bool table_look_is_likelier(struct table_look *look, const struct table_columns *columns,
	enum table_format format, const struct csv_row *row)
{
	bool known = table_is_header(columns, format, false);
	size_t width = 0;

	for (size_t i = 0; i < columns->n; i++)
		width += *columns->all[i].header != '\0';
	if (look->shown_line && (look->shown_known || table_has_address(row)))
		return false;
	if (look->shown_line && !known && width <= look->shown_width)
		return false;
	look->shown_width = width;
	look->shown_known = known;
	return true;
}

/* Another program's table is not read as what it is not; the header may still come. */
static bool table_is_other(
	struct table_look *look, const struct table_columns *columns, enum table_format format)
{
	enum table_format wanted = look->options->format;

	if (!wanted || format == wanted ||
		(!format && look->options->n_maps && wanted != TABLE_LINKEDIN))
		return false;
	if (wanted > TABLE_CSV && !look->other && (format || look->rows == 1)) {
		look->other = format;
		str_clear(&look->lacking);
		table_columns_lack(columns, wanted, &look->lacking);
	}
	/* Thunderbird's may have no header that is known. */
	return format || (wanted != TABLE_CSV && wanted != TABLE_THUNDERBIRD);
}

/* Thunderbird's header in a language that is not known here: its columns keep their order. */
static bool table_is_translated(const struct table_look *look, const struct csv_row *row)
{
	return look->options->format == TABLE_THUNDERBIRD && table_is_thunderbird_wide(row) &&
		!table_has_address(row);
}

static int table_take_header(
	struct table_look *look, struct table_columns *columns, const struct csv_row *row)
{
	enum table_format format = TABLE_NONE;
	int result = table_columns_read(columns, row, look->options->format, &format);
	bool header, shown;

	if (result)
		return result;
	shown = table_look_is_likelier(look, columns, format, row);
	if (shown)
		table_look_show(look, columns, row->line);
	if (table_is_other(look, columns, format))
		return 0;
	header = table_is_header(columns, format, look->rows == 1);
	if (look->options->n_maps) {
		_cleanup_str_ struct str missing = STR_INIT;
		bool numbers = !header && table_map_is_numeric(look->options) &&
			table_has_address(row);

		result = numbers ? table_map_number(columns) : 0;
		if (!result)
			result = table_map_apply(columns, look->options, &missing);
		if (result > 0 && shown)
			str_add(&look->missing, str_text(&missing));
		if (result)
			return result < 0 ? result : 0;
		look->header_line = numbers ? 0 : row->line;
		format = format && !numbers ? format : TABLE_CSV;
	} else if (header) {
		look->header_line = row->line;
	} else if (table_is_thunderbird(row) || table_is_translated(look, row)) {
		look->header_line = table_is_thunderbird(row) ? 0 : row->line;
		table_columns_done(columns);
		format = TABLE_THUNDERBIRD;
		result = table_columns_thunderbird(columns);
	} else {
		return 0;
	}
	look->format = format;
	look->data_line = row->line + (look->header_line != 0);
	look->columns = *columns;
	look->columns.guessed = columns->guessed || look->options->n_maps;
	*columns = (struct table_columns){ 0 };
	return result;
}

static int table_look_header(struct table_look *look, const struct csv_row *row)
{
	_cleanup_(table_columns_done) struct table_columns columns = { 0 };
	enum table_format wanted = look->options->format;
	enum table_linkedin linkedin = linkedin_recognise(row);

	look->rows++;
	if (linkedin == LINKEDIN_NONE || wanted == TABLE_CSV)
		return table_take_header(look, &columns, row);
	if (wanted && wanted != TABLE_LINKEDIN) {
		table_columns_lack(&columns, wanted, &look->lacking);
		look->other = TABLE_LINKEDIN;
		return 1;
	}
	look->linkedin = linkedin;
	look->format = TABLE_LINKEDIN;
	look->header_line = row->line;
	look->data_line = row->line + 1;
	return look->handler
		? linkedin_new(&look->reader, look->handler, linkedin, row, look->options->file)
		: 0;
}

static void table_look_cell(struct table_column *column, struct slice cell)
{
	if (csv_is_blank(cell))
		return;
	if (memchr(cell.at, '@', cell.n) && !memchr(cell.at, ' ', cell.n))
		column->addressed = true;
	else
		column->unaddressed = true;
}

static int table_look_row(void *userdata, const struct csv_row *row)
{
	struct table_look *look = userdata;

	if (look->format == TABLE_NONE) {
		int result = look->rows < TABLE_PREAMBLE ? table_look_header(look, row) : 1;

		if (result || look->format == TABLE_NONE || row->line < look->data_line)
			return result;
	}
	for (size_t i = 0; i < look->columns.n && i < row->n; i++) {
		const char *text;

		table_look_cell(&look->columns.all[i], row->fields[i]);
		if (look->columns.all[i].role != TABLE_DAY || !row->fields[i].n)
			continue;
		text = table_clean(&look->cell, row->fields[i], false);
		if (!text)
			return -ENOMEM;
		table_order_learn(&look->order, text);
	}
	return 0;
}

static int table_look_reject(void *userdata, uint64_t line, const char *reason)
{
	struct table_look *look = userdata;

	if (!look->reject_line) {
		look->reject_line = line;
		look->reject_reason = reason;
	}
	return 0;
}

/* Where no day of the file tells, the header's language does: Outlook writes both as its country does. */
static void table_look_settle(struct table_look *look)
{
	if (look->format == TABLE_CSV)
		table_columns_learn(&look->columns);
	if (look->order != TABLE_UNTOLD)
		return;
	for (size_t i = 0; i < look->columns.n; i++)
		if (look->columns.all[i].german)
			look->order = TABLE_DAY_FIRST;
	if (look->order == TABLE_UNTOLD && look->format == TABLE_OUTLOOK)
		look->order = TABLE_MONTH_FIRST;
}

/* `whole`: nothing comes behind these bytes. */
static int table_look_at(
	struct table_look *look, const char *bytes, size_t n, uint64_t first_line, bool whole)
{
	_cleanup_(csv_reader_freep) struct csv_reader *reader = NULL;
	const struct csv_handler handler = { table_look_row, table_look_reject, look };
	int result;

	look->separator = csv_find_separator(bytes, n);
	result = csv_reader_new(&reader, look->separator, &handler, NULL);
	if (!result) {
		csv_reader_start(reader, first_line);
		result = csv_reader_push(reader, bytes, n);
	}
	if (!result && whole)
		result = csv_reader_end(reader);
	if (result < 0)
		return result;
	table_look_settle(look);
	return look->missing.failed || look->shown.failed || look->lacking.failed ? -ENOMEM : 0;
}

enum table_format table_recognise(const char *bytes, size_t n, char *ret_separator)
{
	const struct table_options options = { 0 };
	struct table_look look = { .options = &options };
	enum table_format format = TABLE_NONE;

	if (table_look_at(&look, bytes, n < TABLE_LOOK ? n : TABLE_LOOK, 1, n < TABLE_LOOK) == 0)
		format = look.format;
	if (ret_separator)
		*ret_separator = look.separator;
	table_look_done(&look);
	return format;
}

/* The header once more: files that were joined. */
static bool table_is_header_again(const struct table_columns *columns, const struct csv_row *row)
{
	if (row->n != columns->n || columns->n < 2)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		size_t n = strlen(columns->all[i].header);

		if (row->fields[i].n != n ||
			memcmp(row->fields[i].at, columns->all[i].header, n) != 0)
			return false;
	}
	return true;
}

static int table_row(void *userdata, const struct csv_row *row)
{
	struct table_reader *r = userdata;

	if (row->line < r->look.data_line)
		return 0;
	if (r->look.reader)
		return linkedin_read(r->look.reader, row);
	if (r->look.header_line && table_is_header_again(&r->look.columns, row))
		return 0;
	return table_row_read(&r->row, &r->look.columns, row, r->look.format == TABLE_LINKEDIN);
}

static int table_reject(void *userdata, uint64_t line, const char *reason)
{
	struct table_reader *r = userdata;

	return line < r->look.data_line ? 0 : r->handler.reject(r->handler.userdata, line, reason);
}

static int table_aside(struct table_reader *r, enum record_aside kind, const char *text)
{
	return r->handler.aside ? r->handler.aside(r->handler.userdata, kind, text) : 0;
}

static int table_tell(struct table_reader *r)
{
	_cleanup_str_ struct str fields = STR_INIT, text = STR_INIT;

	if (r->look.format == TABLE_LINKEDIN && r->look.linkedin == LINKEDIN_NONE)
		return table_aside(r, RECORD_ADVICE, ERR_TEXT("LinkedIn tells no birthdays."));
	if (!r->look.columns.guessed)
		return 0;
	table_map_describe(&r->look.columns, &fields);
	str_addf(&text, err_translate("%s; --map changes that"), str_text(&fields));
	return fields.failed || text.failed ? -ENOMEM : table_aside(r, RECORD_COLUMNS, text.data);
}

/* It is not what --format says. */
static void table_add_other(const struct table_look *look, struct str *out)
{
	const char *wanted = table_format_title(look->options->format);

	if (look->other > TABLE_CSV)
		str_addf(out,
			err_translate(
				"is no %1$s, it has no column %2$s; it looks like %3$s: leave --format out"),
			wanted, str_text(&look->lacking), table_format_title(look->other));
	else
		str_addf(out,
			err_translate("is no %1$s, it has no column %2$s; this line reads: %3$s"),
			wanted, str_text(&look->lacking), str_text(&look->shown));
}

/* What has no column can be told by no row; what a table says of other things is never all, for their columns
 * come and go with their content. LinkedIn shows an address as long as its owner allows. */
static uint32_t table_find_silent(const struct table_look *look)
{
	static const unsigned char topics[TABLE_ROLE_COUNT] = {
		[TABLE_ORG] = RECORD_ON_ORG,
		[TABLE_TITLE] = RECORD_ON_TITLE,
		[TABLE_NOTE] = RECORD_ON_NOTE,
		[TABLE_EMAIL] = RECORD_EMAIL,
		[TABLE_PHONE] = RECORD_PHONE,
		[TABLE_LINK] = RECORD_LINK,
		[TABLE_TAG] = RECORD_TAG,
		[TABLE_BIRTH] = RECORD_ON_BIRTHDAY,
	};
	uint32_t told = 0;

	for (size_t i = 0; i < look->columns.n; i++) {
		const struct table_column *c = &look->columns.all[i];

		if (c->role == TABLE_DAY)
			told |= RECORD_TOPIC(
				c->part == RECORD_BIRTHDAY ? RECORD_ON_BIRTHDAY : RECORD_ON_DAYS);
		else if (c->role == TABLE_ADDRESS && c->part == TABLE_CITY)
			told |= RECORD_TOPIC(RECORD_ON_CITY);
		else if (c->role == TABLE_EMAIL || topics[c->role])
			told |= RECORD_TOPIC(topics[c->role]);
	}
	if (look->format == TABLE_LINKEDIN)
		told &= RECORD_TOPIC(RECORD_ON_ORG) | RECORD_TOPIC(RECORD_ON_TITLE);
	return ~told;
}

/* Nothing can be read: why, and what to do. */
static int table_refuse(struct table_reader *r)
{
	_cleanup_str_ struct str text = STR_INIT;
	const struct table_look *look = &r->look;

	/* A header that cannot be read says more than the rows below it. */
	if (look->reject_line)
		return r->handler.reject(
			r->handler.userdata, look->reject_line, look->reject_reason);
	if (!look->rows)
		return 0;
	if (look->lacking.len)
		table_add_other(look, &text);
	else if (look->missing.len)
		str_addf(&text, err_translate("has no column \"%1$s\"; this line reads: %2$s"),
			look->missing.data, str_text(&look->shown));
	else
		str_addf(&text,
			err_translate(
				"has no column that is known to name people; say which one does"
				" with --map name=COLUMN; this line reads: %s"),
			str_text(&look->shown));
	return text.failed ? -ENOMEM
			   : r->handler.reject(r->handler.userdata,
				     look->shown_line ? look->shown_line : 1, text.data);
}

static int table_begin(struct table_reader *r, bool whole)
{
	const struct csv_handler handler = { table_row, table_reject, r };
	size_t n = r->head.len < TABLE_LOOK ? r->head.len : TABLE_LOOK;
	int result;

	r->looked = true;
	r->look.options = &r->options;
	r->look.handler = &r->handler;
	result = table_look_at(&r->look, str_text(&r->head), n, r->first_line, whole);
	if (result)
		return result;
	if (r->look.format == TABLE_NONE)
		return table_refuse(r);
	r->row.handler = &r->handler;
	r->row.order = r->look.order;
	r->row.program = table_formats[r->look.format].program;
	r->row.silent = table_find_silent(&r->look);
	result = table_tell(r);
	if (!result)
		result = csv_reader_new(&r->csv, r->look.separator, &handler, NULL);
	if (!result) {
		csv_reader_start(r->csv, r->first_line);
		result = csv_reader_push(r->csv, str_text(&r->head), r->head.len);
	}
	str_done(&r->head);
	return result;
}

int table_reader_new(struct table_reader **ret, const struct record_handler *handler,
	const struct table_options *options, struct err *reterr)
{
	_cleanup_(table_reader_freep) struct table_reader *r = NULL;
	int result = options ? table_check_maps(options->maps, options->n_maps, reterr) : 0;

	if (result < 0)
		return result;
	r = calloc(1, sizeof(*r));
	if (!r)
		return err_oom(reterr);
	r->handler = *handler;
	r->first_line = 1;
	if (options)
		r->options = *options;
	*ret = TAKE_PTR(r);
	return 0;
}

void table_reader_free(struct table_reader *reader)
{
	if (!reader)
		return;
	str_done(&reader->head);
	table_look_done(&reader->look);
	table_row_done(&reader->row);
	csv_reader_free(reader->csv);
	free(reader);
}

/* Of the empty lines before the first that says something there may be millions. */
static size_t table_pass_over(struct table_reader *r, const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n && !r->head.len && (bytes[i] == '\n' || bytes[i] == '\r'); i++) {
		r->first_line += bytes[i] == '\r' || !r->after_cr;
		r->after_cr = bytes[i] == '\r';
	}
	return i;
}

int table_reader_push(struct table_reader *reader, const void *bytes, size_t n)
{
	struct table_reader *r = reader;
	size_t passed;

	if (r->result)
		return r->result;
	if (r->looked) {
		if (r->csv)
			r->result = csv_reader_push(r->csv, bytes, n);
		return r->result;
	}
	passed = table_pass_over(r, bytes, n);
	str_add_bytes(&r->head, (const char *)bytes + passed, n - passed);
	if (r->head.failed)
		r->result = -ENOMEM;
	else if (r->head.len >= TABLE_LOOK)
		r->result = table_begin(r, false);
	return r->result;
}

int table_reader_end(struct table_reader *reader)
{
	struct table_reader *r = reader;

	if (!r->result && !r->looked)
		r->result = table_begin(r, true);
	if (!r->result && r->csv)
		r->result = csv_reader_end(r->csv);
	if (!r->result && r->look.reader)
		r->result = linkedin_end(r->look.reader);
	return r->result;
}

enum table_format table_reader_format(const struct table_reader *reader)
{
	return reader->look.format;
}

char table_reader_separator(const struct table_reader *reader)
{
	return reader->look.separator;
}

uint64_t table_reader_header_line(const struct table_reader *reader)
{
	return reader->look.header_line;
}
