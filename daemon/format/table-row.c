/* SPDX-License-Identifier: MIT */
/*
 * table-row: one row's fields as they become a record.
 */
#include "core/utf8.h"
#include "format/charset.h"
#include "format/own.h"
#include "format/table-keep.h"
#include "format/table-row-part.h"

#include <errno.h>
#include <string.h>

#define TABLE_JOINED ":::" /* how Google puts several values into one field */

static const char *const table_day_names[] = {
	[RECORD_BIRTHDAY] = "Birthday", [RECORD_ANNIVERSARY] = "Anniversary"
};

void table_row_done(struct table_row *row)
{
	record_done(&row->record);
	str_done(&row->note);
	str_done(&row->text);
	str_done(&row->line);
	str_done(&row->label);
}

static bool table_row_count(struct table_row *row, size_t n)
{
	row->bytes += n;
	if (row->bytes > TABLE_ROW_MAX)
		row->reason = ERR_TEXT("holds more than 1 MiB of text");
	return !row->reason;
}

static const char *table_row_copy(struct table_row *row, const char *text)
{
	size_t n = strlen(text);

	(void)table_row_count(row, n);
	return record_copy(&row->record, text, n);
}

int table_row_set(struct table_row *row, const char **field, const char *text)
{
	*field = table_row_copy(row, text);
	return *field ? 0 : -ENOMEM;
}

static int table_add_value(
	struct table_row *row, enum record_kind kind, const char *label, const char *text)
{
	if (row->record.n_values >= TABLE_VALUES_MAX)
		row->reason = ERR_TEXT("has more than 1,000 addresses, numbers and other entries");
	if (row->reason || !table_row_count(row, strlen(text)))
		return 0;
	return record_add_value(&row->record, kind, label, text);
}

int table_row_keep_line(struct table_row *row)
{
	return row->line.failed ? -ENOMEM
				: table_add_value(row, RECORD_EXTRA, NULL, str_text(&row->line));
}

static int table_keep(struct table_row *row, const char *property, const char *text)
{
	str_clear(&row->line);
	table_keep_add(&row->line, property, NULL, text);
	return table_row_keep_line(row);
}

static int table_take_extra(
	struct table_row *row, const struct table_column *column, const char *text)
{
	_cleanup_str_ struct str property = STR_INIT;

	if (table_is_default(column->header, text))
		return 0;
	table_keep_add_property(&property, column->header);
	if (property.failed)
		return -ENOMEM;
	str_clear(&row->line);
	table_keep_add(&row->line, str_text(&property), column->kept ? column->header : NULL, text);
	return table_row_keep_line(row);
}

static int table_take_nothing(struct table_row *row UNUSED,
	const struct table_column *column UNUSED, const char *text UNUSED)
{
	return 0;
}

/* A field of the record: the first one counts, others are kept. */
static int table_take_field(
	struct table_row *row, const struct table_column *column, const char *text)
{
	struct record *r = &row->record;
	static const char *const properties[TABLE_ROLE_COUNT] = {
		[TABLE_WHOLE] = "FN", [TABLE_ORG] = "ORG", [TABLE_TITLE] = "TITLE"
	};
	const char **field = column->role == TABLE_WHOLE ? &r->name
		: column->role == TABLE_ORG              ? &r->org
							 : &r->title;

	if (str_equal(*field, text))
		return 0;
	return *field ? table_keep(row, properties[column->role], text)
		      : table_row_set(row, field, text);
}

static int table_take_part(
	struct table_row *row, const struct table_column *column, const char *text)
{
	const char **part = &row->names[column->part];

	return *part ? table_take_extra(row, column, text) : table_row_set(row, part, text);
}

/* "Schmidt, Anna" in a column that says so; without a comma it is the name as it is spoken. */
static int table_take_whole(
	struct table_row *row, const struct table_column *column, const char *text)
{
	const char *comma = column->part == TABLE_REVERSED ? strchr(text, ',') : NULL;
	_cleanup_str_ struct str family = STR_INIT;
	int result;

	if (!comma || row->names[TABLE_FAMILY] || row->names[TABLE_GIVEN])
		return table_take_field(row, column, text);
	str_add_bytes(&family, text, (size_t)(comma - text));
	for (comma++; *comma == ' '; comma++)
		;
	result = family.len ? table_row_set(row, &row->names[TABLE_FAMILY], str_text(&family)) : 0;
	if (result || family.failed)
		return -ENOMEM;
	return *comma ? table_row_set(row, &row->names[TABLE_GIVEN], comma) : 0;
}

static int table_take_nickname(
	struct table_row *row, const struct table_column *column UNUSED, const char *text)
{
	return table_keep(row, "NICKNAME", text);
}

static int table_take_department(
	struct table_row *row, const struct table_column *column, const char *text)
{
	return row->department ? table_take_extra(row, column, text)
			       : table_row_set(row, &row->department, text);
}

int table_row_add_note(struct table_row *row, const char *title, const char *text)
{
	if (!table_row_count(row, strlen(text)))
		return 0;
	str_add_separator(&row->note, "\n");
	if (title)
		str_addf(&row->note, "%s: ", title);
	str_add(&row->note, text);
	return row->note.failed ? -ENOMEM : 0;
}

static int table_take_note(
	struct table_row *row, const struct table_column *column UNUSED, const char *text)
{
	return table_row_add_note(row, NULL, text);
}

/* The next of several texts in one field; NULL: no more. Blanks around it are gone. */
static char *table_next(char **rest, const char *separator)
{
	char *at = *rest, *end;

	if (!at)
		return NULL;
	end = strstr(at, separator);
	*rest = end ? end + strlen(separator) : NULL;
	if (end)
		*end = '\0';
	utf8_tidy(at, false);
	return at;
}

/* An address without "@" is an Exchange server's own, a number without digits a word. */
static bool table_is_value(const struct table_row *row, enum table_role role, const char *text)
{
	if (role == TABLE_EMAIL && !row->own)
		return strchr(text, '@') != NULL;
	return row->own || role != TABLE_PHONE || strpbrk(text, "0123456789") != NULL;
}

static int table_take_addresses(
	struct table_row *row, const struct table_column *column, const char *label, char *text)
{
	int result = 0;

	/* Without one, or in a table of ours, it is what it is. */
	if (row->own || !strchr(text, '@'))
		return table_is_value(row, TABLE_EMAIL, text)
			? table_add_value(row, RECORD_EMAIL, label, text)
			: table_take_extra(row, column, text);
	while (!result && *text) {
		const char *one = table_next_address(&text);

		if (strchr(one, '@'))
			result = table_add_value(row, RECORD_EMAIL, label, one);
		else if (*one)
			result = table_take_extra(row, column, one);
	}
	return result;
}

static int table_take_value(
	struct table_row *row, const struct table_column *column, const char *text)
{
	static const enum record_kind kinds[TABLE_ROLE_COUNT] = { [TABLE_EMAIL] = RECORD_EMAIL,
		[TABLE_PHONE] = RECORD_PHONE,
		[TABLE_LINK] = RECORD_LINK };
	enum record_kind kind = column->role == TABLE_OWN_VALUE ? (enum record_kind)column->part
								: kinds[column->role];
	_cleanup_free_ char *all = str_dup(text);
	char *rest = all, *one;
	int result = 0;

	if (!all)
		return -ENOMEM;
	while (!result && !row->reason && (one = table_next(&rest, TABLE_JOINED))) {
		const char *label = row->label.len ? row->label.data : column->label;

		if (!*one)
			continue;
		if (column->role == TABLE_EMAIL) {
			result = table_take_addresses(row, column, label, one);
			continue;
		}
		result = table_is_value(row, column->role, one)
			? table_add_value(row, kind, label, one)
			: table_take_extra(row, column, one);
	}
	return result;
}

/* Google's own groups begin with a star; everybody is in "myContacts". */
static bool table_is_system_group(const char *tag)
{
	return *tag == '*' || str_casecmp(tag, "myContacts") == 0 ||
		str_casecmp(tag, "My Contacts") == 0;
}

static int table_take_tags(
	struct table_row *row, const struct table_column *column UNUSED, const char *text)
{
	const char *separator = strstr(text, TABLE_JOINED) ? TABLE_JOINED
		: strchr(text, ';')                        ? ";"
							   : ",";
	_cleanup_free_ char *all = str_dup(text);
	char *rest = all, *tag;
	int result = 0;

	if (!all)
		return -ENOMEM;
	while (!result && !row->reason && (tag = table_next(&rest, separator)))
		if (*tag && (row->own || !table_is_system_group(tag)))
			result = table_add_value(row, RECORD_TAG, NULL, tag);
	return result;
}

/* A second line of the street joins the first. */
static int table_take_address(
	struct table_row *row, const struct table_column *column, const char *text)
{
	const char **address = row->address[column->place];
	const char **field = &address[column->part];

	if (row->label.len && !row->address_label[column->place]) {
		int result = table_row_set(
			row, &row->address_label[column->place], row->label.data);

		if (result)
			return result;
	}
	if (!*field)
		return table_row_set(row, field, text);
	if (column->part != TABLE_STREET || str_equal(*field, text))
		return str_equal(*field, text) ? 0 : table_take_extra(row, column, text);
	str_clear(&row->line);
	str_addf(&row->line, "%s, %s", *field, text);
	return row->line.failed ? -ENOMEM : table_row_set(row, field, str_text(&row->line));
}

/* A year of two digits: the day is taken without it. */
static bool table_hides_year(const char *text)
{
	size_t numbers = 0;

	for (size_t i = 0; text[i]; i++)
		numbers += str_is_digit(text[i]) && !str_is_digit(text[i + 1]);
	return numbers == 3 && !strstr(text, "1604");
}

static int table_add_day(
	struct table_row *row, enum record_occasion_kind kind, const char *name, const char *text)
{
	const char *title = kind == RECORD_NAMED ? name : table_day_names[kind];
	struct date date;
	int result;

	table_order_learn(&row->order, text);
	switch (table_date_read(text, row->order, &date)) {
	case TABLE_DATE_NONE:
		return 0;
	case TABLE_DATE:
		if (!date.year && table_hides_year(text)) {
			row->record.unread = true;
			if (table_row_add_note(row, title, text) < 0)
				return -ENOMEM;
		}
		if (kind == RECORD_BIRTHDAY && record_find_occasion(&row->record, kind))
			return table_row_add_note(row, title, text);
		return record_add_occasion(&row->record, kind, name, &date);
	case TABLE_DATE_AMBIGUOUS:
		record_hush_day(&row->record, kind);
		str_clear(&row->line);
		str_addf(&row->line,
			err_translate(
				"its day %.40s may be two, for the file does not tell which is the"
				" month; the person was taken without it"),
			text);
		result = row->line.failed ? -ENOMEM
					  : row->handler->reject(row->handler->userdata,
						    row->record.line, str_text(&row->line));
		return result ? result : table_row_add_note(row, title, text);
	case TABLE_DATE_OTHER:
		record_hush_day(&row->record, kind);
		break;
	}
	return table_row_add_note(row, title, text);
}

/* Google's events are told apart by their labels. */
static int table_take_day(
	struct table_row *row, const struct table_column *column, const char *text)
{
	const char *label = row->label.len ? row->label.data : "Event";
	enum record_occasion_kind kind = (enum record_occasion_kind)column->part;

	if (kind == RECORD_NAMED &&
		(str_casecmp(label, "anniversary") == 0 || str_casecmp(label, "Jahrestag") == 0))
		kind = RECORD_ANNIVERSARY;
	if (kind == RECORD_NAMED &&
		(str_casecmp(label, "birthday") == 0 || str_casecmp(label, "Geburtstag") == 0))
		kind = RECORD_BIRTHDAY;
	return table_add_day(row, kind, kind == RECORD_NAMED ? label : NULL, text);
}

static int table_take_birth(
	struct table_row *row, const struct table_column *column, const char *text)
{
	uint64_t n;

	if (!str_number(text, DAY_YEAR_MAX, &n))
		return table_take_extra(row, column, text);
	row->birth[column->part] = (int)n;
	return 0;
}

static int table_take_connected(
	struct table_row *row, const struct table_column *column, const char *text)
{
	char date[DAY_TEXT_SIZE];
	struct date day;
	int32_t number;
	int result;

	if (!table_day_read(text, &number))
		return table_take_extra(row, column, text);
	day = day_date(number);
	result = table_take_extra(row, column, day_format(&day, date));
	return result ? result : record_add_event(&row->record, RECORD_CONNECTED, number);
}

static int table_take_own(
	struct table_row *row, const struct table_column *column, const char *text)
{
	struct record *record = &row->record;

	if (column->part == RECORD_OWN_COUNT)
		return table_row_set(row, &record->uid, text);
	return own_is_valid((enum record_own)column->part, text)
		? table_row_set(row, &record->own[column->part], text)
		: table_take_extra(row, column, text);
}

/* Preserved lines as they are, each on its own. */
static int table_take_lines(
	struct table_row *row, const struct table_column *column, const char *text)
{
	_cleanup_free_ char *all = str_dup(text);
	char *rest = all, *one;
	int result = 0;

	if (!all)
		return -ENOMEM;
	while (!result && !row->reason && (one = table_next(&rest, "\n"))) {
		struct contentline line;

		if (row->own && contentline_parse(&line, one, strlen(one)))
			result = table_add_value(row, RECORD_EXTRA, NULL, one);
		else if (*one)
			result = table_take_extra(row, column, one);
	}
	return result;
}

static int (*const table_takers[TABLE_ROLE_COUNT])(
	struct table_row *row, const struct table_column *column, const char *text) = {
	[TABLE_EXTRA] = table_take_extra,
	[TABLE_DROP] = table_take_nothing,
	[TABLE_WHOLE] = table_take_whole,
	[TABLE_PART] = table_take_part,
	[TABLE_NICKNAME] = table_take_nickname,
	[TABLE_ORG] = table_take_field,
	[TABLE_DEPARTMENT] = table_take_department,
	[TABLE_TITLE] = table_take_field,
	[TABLE_NOTE] = table_take_note,
	[TABLE_EMAIL] = table_take_value,
	[TABLE_PHONE] = table_take_value,
	[TABLE_LINK] = table_take_value,
	[TABLE_TAG] = table_take_tags,
	[TABLE_ADDRESS] = table_take_address,
	[TABLE_DAY] = table_take_day,
	[TABLE_BIRTH] = table_take_birth,
	[TABLE_LABEL] = table_take_nothing,
	[TABLE_CONNECTED] = table_take_connected,
	[TABLE_OWN] = table_take_own,
	[TABLE_OWN_VALUE] = table_take_value,
	[TABLE_OWN_LINES] = table_take_lines,
};

/* Google's star before what is preferred. */
static void table_drop_star(struct str *label)
{
	if (!label->len || *label->data != '*')
		return;
	memmove(label->data, label->data + 1, label->len);
	utf8_tidy(label->data, false);
	label->len = strlen(label->data);
}

/* As it is, but for the star. */
static int table_read_own_label(struct table_row *row, const struct table_column *column)
{
	struct str *label = &row->label;
	bool value = column->role == TABLE_EMAIL || column->role == TABLE_PHONE ||
		column->role == TABLE_LINK;

	if (value && (str_equal(label->data, "*") || str_starts(str_text(label), "* "))) {
		table_drop_star(label);
		str_add_separator(label, " ");
		str_add(label, "pref");
	}
	return label->failed ? -ENOMEM : 0;
}

/* The label as vCard's types have it: "* Work Fax" is "work fax", "Mobile" is "cell"; a word of one's
 * own stays as it is. */
static int table_read_label(
	struct table_row *row, const struct table_column *column, const struct csv_row *fields)
{
	static const char *const known[][2] = { { "mobile", "cell" }, { "home", "home" },
		{ "work", "work" }, { "home fax", "home fax" }, { "work fax", "work fax" },
		{ "main", "main" }, { "pager", "pager" }, { "profile", "profile" },
		{ "homepage", "home" }, { "other", "" }, { "internet", "" } };
	struct str *label = &row->label;

	str_clear(label);
	if (!column->labelled || column->label_at >= fields->n)
		return 0;
	if (!table_read_cell(label, fields->fields[column->label_at], false))
		return -ENOMEM;
	if (row->own)
		return table_read_own_label(row, column);
	table_drop_star(label);
	for (size_t i = 0; label->len && i < ARRAY_SIZE(known); i++)
		if (str_casecmp(label->data, known[i][0]) == 0) {
			str_clear(label);
			str_add(label, known[i][1]);
			break;
		}
	return label->failed ? -ENOMEM : 0;
}

static int table_read_field(struct table_row *row, const struct table_column *column,
	const struct csv_row *fields, size_t i)
{
	const char *text;
	int result;

	if (csv_is_blank(fields->fields[i]))
		return 0;
	text = table_read_cell(&row->text, fields->fields[i],
		column->role == TABLE_NOTE || column->role == TABLE_EXTRA ||
			column->role == TABLE_OWN_LINES);
	if (!text)
		return -ENOMEM;
	if (!*text)
		return 0;
	result = table_read_label(row, column, fields);
	return result ? result : table_takers[column->role](row, column, text);
}

static const char *table_misfit(const struct table_columns *columns, const struct csv_row *fields)
{
	if (fields->n == 1 && columns->n > 2)
		return ERR_TEXT("has a single field: part of another row, or cut off");
	for (size_t i = columns->n; i < fields->n; i++)
		if (!csv_is_blank(fields->fields[i]))
			return ERR_TEXT("has more fields than there are columns");
	return NULL;
}

static void table_row_begin(struct table_row *row, uint64_t line)
{
	record_clear(&row->record);
	row->record.line = line;
	row->record.program = row->program;
	row->record.silent = row->silent;
	row->record.ours = row->own;
	str_clear(&row->note);
	memset(row->names, 0, sizeof(row->names));
	memset(row->address, 0, sizeof(row->address));
	memset(row->address_label, 0, sizeof(row->address_label));
	memset(row->birth, 0, sizeof(row->birth));
	row->department = NULL;
	row->bytes = 0;
}

/* The line under a header that people read: "|---|:---:|". */
static bool table_is_rule(const struct csv_row *fields)
{
	size_t dashes = 0;

	for (size_t i = 0; i < fields->n; i++)
		for (size_t k = 0; k < fields->fields[i].n; k++) {
			char c = fields->fields[i].at[k];

			if (!c || !strchr("-=:+ ", c))
				return false;
			dashes += c == '-' || c == '=';
		}
	return dashes >= 3;
}

int table_row_read(struct table_row *row, const struct table_columns *columns,
	const struct csv_row *fields, bool linkedin)
{
	const struct record_handler *handler = row->handler;
	const char *misfit = table_misfit(columns, fields);
	bool closed = false;
	int result = 0;

	if (table_is_rule(fields))
		return 0;
	table_row_begin(row, fields->line);
	row->reason = misfit;
	row->own = columns->own;
	for (size_t i = 0; i < columns->n && i < fields->n && !row->reason && !result; i++)
		result = table_read_field(row, &columns->all[i], fields, i);
	if (!result && !row->reason)
		result = table_finish(row);
	if (!result && linkedin && !misfit)
		result = table_finish_linkedin(row, &closed);
	if (!result && closed)
		return handler->aside ? handler->aside(handler->userdata, RECORD_SKIPPED,
						ERR_TEXT("profiles that their owners closed"))
				      : 0;
	if (result)
		return result;
	if (row->reason)
		return handler->reject(handler->userdata, fields->line, row->reason);
	return handler->record(handler->userdata, &row->record);
}
