/* SPDX-License-Identifier: MIT */
/*
 * csv_writer: records as a table with the column names of Google's contacts.
 */
#include "format/csv_writer-part.h"

#include "format/table-keep.h"
#include "format/table.h"
#include "format/value.h"
#include "format/vcard_writer.h"

#include <string.h>

#define CSV_JOIN " ::: "

static const struct {
	enum record_kind kind;
	const char *name;
} csv_own_values[CSV_OWN_VALUES] = {
	{ RECORD_OFFERS, "Nudged Offers" },
	{ RECORD_SEEKS, "Nudged Seeks" },
};
static const char *const csv_own_texts[RECORD_OWN_COUNT] = {
	[RECORD_LANGUAGE] = "Nudged Language",
	[RECORD_SALUTATION] = "Nudged Salutation",
	[RECORD_EVERY] = "Nudged Every",
	[RECORD_MET_PLACE] = "Nudged Met Place",
	[RECORD_BUSY_INBOX] = "Nudged Busy Inbox",
};

static void csv_separate(struct csv_row *row)
{
	if (row->begun)
		str_add_char(row->out, ',');
	row->begun = true;
}

/* What stands for a formula (OWASP, "CSV injection"), and how its like is kept from being one; and what looks
 * as if it had been kept from it. */
static const char *csv_guard(const char *text)
{
	size_t quotes = strspn(text, "'");

	if (quotes)
		return text[quotes] && strchr("=+-@", text[quotes]) ? "'" : "";
	if (!*text || !strchr("=+-@\t\r", *text))
		return "";
	return text[strspn(text, "0123456789+-()/. ")] == '\0' ? " " : "'";
}

void csv_add(struct csv_row *row, const char *text)
{
	const char *guard = text ? csv_guard(text) : "";
	bool quoted = text && (strpbrk(text, "\",\r\n") || *guard || *text == ' ');

	csv_separate(row);
	if (!text)
		return;
	if (quoted)
		str_add_char(row->out, '"');
	str_add(row->out, guard);
	for (; *text; text++)
		str_add_bytes(row->out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
	if (quoted)
		str_add_char(row->out, '"');
}

static void csv_end(struct csv_row *row)
{
	str_add(row->out, "\r\n");
	row->begun = false;
}

static size_t csv_count(const struct record *record, enum record_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < record->n_values; i++)
		n += record->values[i].kind == kind;
	return n;
}

/* What is over them is joined. */
static size_t csv_count_columns(const struct record *record, enum record_kind kind)
{
	size_t n = csv_count(record, kind);

	return n < CSV_EACH_MAX ? n : CSV_EACH_MAX;
}

/* All but the birthday, which has a column of its own. */
static bool csv_is_event(const struct record *record, size_t i)
{
	return &record->occasions[i] != record_find_occasion(record, RECORD_BIRTHDAY);
}

static size_t csv_count_events(const struct record *record)
{
	size_t n = 0;

	for (size_t i = 0; i < record->n_occasions; i++)
		n += csv_is_event(record, i);
	return n < CSV_EVENTS_MAX ? n : CSV_EVENTS_MAX;
}

/* Whether a reader makes of the components what stands in the line: cells lose the blanks around them. */
static bool csv_makes_line(const char *name, struct slice line, const struct str *parts, size_t n)
{
	_cleanup_str_ struct str made = STR_INIT;

	str_addf(&made, "%s:", name);
	for (size_t i = 0; i < n; i++) {
		if (i)
			str_add_char(&made, ';');
		table_keep_escape(&made, str_text(&parts[i]));
	}
	return !made.failed && vcard_writer_is_same(str_text(&made), line.at);
}

/* The components of the one preserved line of that name, `n` of them; false where there are several, or others, for
 * what a re-import would take for a change. */
static bool csv_read_line(const struct record *record, const char *name, size_t n,
	struct str *parts, struct contentline *ret_line)
{
	struct contentline found = { 0 };
	struct slice rest, part;
	size_t k = 0, lines = 0;

	for (size_t i = 0; i < record->n_values; i++) {
		const char *text = record->values[i].text;
		struct contentline line;

		if (record->values[i].kind != RECORD_EXTRA ||
			!contentline_parse(&line, text, strlen(text)) || !slice_is(line.name, name))
			continue;
		found = line;
		lines++;
	}
	if (lines != 1)
		return false;
	if (ret_line)
		*ret_line = found;
	rest = found.value;
	while (value_next(&rest, ';', &part)) {
		if (k < n)
			value_add_text(&parts[k], part, VALUE_WORDS);
		k++;
	}
	return k == n && csv_makes_line(name, found.text, parts, n);
}

static void csv_done_parts(struct str *out, struct str *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out->failed |= parts[i].failed;
		str_done(&parts[i]);
	}
}

/* RFC 6350 section 6.3.1: post office box, extended address, street, locality, region, code, country. */
#define CSV_ADDRESS 7
#define CSV_CITY    3

static bool csv_read_address(
	const struct record *record, struct str parts[CSV_ADDRESS], struct contentline *ret_line)
{
	return csv_read_line(record, "ADR", CSV_ADDRESS, parts, ret_line) &&
		str_equal(str_text(&parts[CSV_CITY]), record->city ? record->city : "");
}

/* What the address's group is called, where a reader makes the same of it: a word of one's own, which is no type. */
static bool csv_add_group_label(
	const struct record *record, const struct contentline *address, struct str *out)
{
	_cleanup_str_ struct str label = STR_INIT, tidy = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < record->n_values && address->group.at; i++) {
		const char *text = record->values[i].text;
		struct contentline line;

		if (record->values[i].kind != RECORD_EXTRA ||
			!contentline_parse(&line, text, strlen(text)) ||
			!slice_is(line.name, "X-ABLABEL") ||
			!slice_equal(line.group, address->group))
			continue;
		value_add_text(&label, line.value, VALUE_WORDS);
		n++;
	}
	table_keep_add_label(&tidy, str_text(&label));
	out->failed |= label.failed | tidy.failed;
	if (n != 1 || !tidy.len)
		return false;
	str_add(out, tidy.data);
	return true;
}

/* Whatever case it has: "* Home" is what Google calls TYPE=home;PREF=1. What vCard 3.0 takes every address for is no
 * label. */
static void csv_add_type_label(const struct contentline *address, struct str *out)
{
	static const struct {
		const char *type, *label;
	} types[] = { { "home", "Home" }, { "work", "Work" }, { "pref", "" }, { "dom", "" },
		{ "intl", "" }, { "postal", "" }, { "parcel", "" } };
	_cleanup_str_ struct str pref = STR_INIT;
	struct slice type;
	size_t at = 0, i;
	bool preferred = contentline_param_has(address, "TYPE", "pref") ||
		contentline_param_add(address, "PREF", &pref);

	while (!out->len && contentline_param_next(address, "TYPE", &at, &type)) {
		for (i = 0; i < ARRAY_SIZE(types) && !slice_is(type, types[i].type); i++)
			;
		if (i < ARRAY_SIZE(types) && !*types[i].label)
			continue;
		str_add(out, preferred ? "* " : "");
		if (i < ARRAY_SIZE(types))
			str_add(out, types[i].label);
		for (size_t k = 0; i == ARRAY_SIZE(types) && k < type.n; k++)
			str_add_char(out, str_lower(type.at[k]));
	}
	if (!out->len && preferred)
		str_add(out, "*");
	out->failed |= pref.failed;
}

static bool csv_read_department(const struct record *record, struct str parts[2])
{
	return csv_read_line(record, "ORG", 2, parts, NULL) && record->org &&
		str_equal(str_text(&parts[0]), record->org);
}

static void csv_add_headers(struct csv_row *row, const char *name, size_t n)
{
	for (size_t i = 1; i <= n; i++) {
		csv_separate(row);
		str_addf(row->out, "%s %zu - Label", name, i);
		csv_separate(row);
		str_addf(row->out, "%s %zu - Value", name, i);
	}
}

static const char *const csv_address_names[] = { "Address 1 - Label", "Address 1 - PO Box",
	"Address 1 - Extended Address", "Address 1 - Street", "Address 1 - Region",
	"Address 1 - Postal Code", "Address 1 - Country" };

static void csv_add_line_headers(struct csv_row *row, const struct csv_shape *shape)
{
	if (shape->nickname)
		csv_add(row, "Nickname");
	if (shape->department)
		csv_add(row, "Organization Department");
	for (size_t i = 0; shape->address && i < ARRAY_SIZE(csv_address_names); i++)
		csv_add(row, csv_address_names[i]);
}

void csv_writer_begin(struct str *out, const struct csv_shape *shape)
{
	static const char *const names[] = { "First Name", "Middle Name", "Last Name",
		"Name Prefix", "Name Suffix", "Organization Name", "Organization Title", "Birthday",
		"Notes", "Labels" };
	struct csv_row row = { .out = out };

	str_add(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		csv_add(&row, names[i]);
	csv_add_headers(&row, "E-mail", shape->emails);
	csv_add_headers(&row, "Phone", shape->phones);
	csv_add(&row, "Address 1 - City");
	csv_add_headers(&row, "Website", shape->links);
	csv_add_headers(&row, "Event", shape->events);
	csv_add_line_headers(&row, shape);
	for (size_t i = 0; i < CSV_OWN_VALUES; i++)
		if (shape->values[i])
			csv_add(&row, csv_own_values[i].name);
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		if (shape->texts[i])
			csv_add(&row, csv_own_texts[i]);
	csv_kept_begin(&row, shape);
	if (shape->uid)
		csv_add(&row, "Nudged UID");
	csv_end(&row);
}

enum { CSV_FAMILY, CSV_GIVEN, CSV_MIDDLE, CSV_PREFIX, CSV_SUFFIX, CSV_PARTS };

/* The parts that the source had told apart (a preserved N), in the order of RFC 6350 section 6.2.2. */
static void csv_read_parts(const struct record *record, struct str parts[CSV_PARTS])
{
	for (size_t i = 0; i < record->n_values; i++) {
		const char *text = record->values[i].text;
		struct slice rest, part;
		struct contentline line;

		if (record->values[i].kind != RECORD_EXTRA ||
			!contentline_parse(&line, text, strlen(text)) || !slice_is(line.name, "N"))
			continue;
		rest = line.value;
		for (size_t k = 0; k < CSV_PARTS && value_next(&rest, ';', &part); k++)
			value_add_text(&parts[k], part, VALUE_WORDS);
		return;
	}
}

/* Whether the parts, as they are spoken, are the name: else they would change it at a re-import. */
static bool csv_parts_are(const struct str parts[CSV_PARTS], const char *name)
{
	static const unsigned char order[] = { CSV_PREFIX, CSV_GIVEN, CSV_MIDDLE, CSV_FAMILY,
		CSV_SUFFIX };
	_cleanup_str_ struct str spoken = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		if (!parts[order[i]].len ||
			(order[i] == CSV_PREFIX && !table_is_spoken(str_text(&parts[order[i]]))))
			continue;
		str_add_separator(&spoken, " ");
		str_add(&spoken, str_text(&parts[order[i]]));
	}
	return str_equal(str_text(&spoken), name);
}

/* Which preserved lines the columns say, parts of the name among them. */
static void csv_tell(const struct record *record, struct csv_told *ret)
{
	struct str address[CSV_ADDRESS] = { STR_INIT }, org[2] = { STR_INIT },
		   name[CSV_PARTS] = { STR_INIT }, nickname = STR_INIT;
	_cleanup_str_ struct str ignored = STR_INIT;
	struct contentline line;

	csv_read_parts(record, name);
	ret->name = csv_parts_are(name, record->name);
	ret->nickname = csv_read_line(record, "NICKNAME", 1, &nickname, NULL);
	ret->department = csv_read_department(record, org);
	ret->address = csv_read_address(record, address, &line);
	ret->labelled = (struct slice){ 0 };
	if (ret->address && csv_add_group_label(record, &line, &ignored))
		ret->labelled = line.group;
	csv_done_parts(&ignored, name, CSV_PARTS);
	csv_done_parts(&ignored, address, CSV_ADDRESS);
	csv_done_parts(&ignored, org, ARRAY_SIZE(org));
	csv_done_parts(&ignored, &nickname, 1);
}

void csv_shape_grow(struct csv_shape *shape, const struct record *record)
{
	const struct {
		size_t *has, n;
	} rows[] = {
		{ &shape->emails, csv_count_columns(record, RECORD_EMAIL) },
		{ &shape->phones, csv_count_columns(record, RECORD_PHONE) },
		{ &shape->links, csv_count_columns(record, RECORD_LINK) },
		{ &shape->events, csv_count_events(record) },
	};
	struct csv_told told;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].n > *rows[i].has)
			*rows[i].has = rows[i].n;
	for (size_t i = 0; i < CSV_OWN_VALUES; i++)
		shape->values[i] |= csv_count(record, csv_own_values[i].kind) > 0;
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		shape->texts[i] |= record->own[i] != NULL;
	shape->uid |= record->uid != NULL;
	csv_tell(record, &told);
	shape->nickname |= told.nickname;
	shape->department |= told.department;
	shape->address |= told.address;
	csv_kept_grow(shape, record, &told);
}

/* Whether a reader puts it in the name's place by itself: it has no parts. */
static bool csv_is_placeholder(const struct record *record)
{
	for (size_t i = 0; i < record->n_values && !record->org; i++)
		if (record->values[i].kind == RECORD_EMAIL)
			return str_equal(record->values[i].text, record->name);
	return str_equal(record->org, record->name);
}

static void csv_split_name(const struct record *record, struct str parts[CSV_PARTS])
{
	/* An address in the name's place is one; cells lose the blanks around them. */
	bool whole = strchr(record->name, '@') || strstr(record->name, "  ");
	const char *last = whole ? NULL : strrchr(record->name, ' ');

	for (size_t i = 0; i < CSV_PARTS; i++)
		str_clear(&parts[i]);
	if (csv_is_placeholder(record))
		return;
	str_add_bytes(&parts[CSV_GIVEN], record->name,
		last ? (size_t)(last - record->name) : strlen(record->name));
	str_add(&parts[CSV_FAMILY], last ? last + 1 : "");
}

static void csv_add_name(struct csv_row *row, const struct record *record)
{
	static const unsigned char order[] = { CSV_GIVEN, CSV_MIDDLE, CSV_FAMILY, CSV_PREFIX,
		CSV_SUFFIX };
	struct str parts[CSV_PARTS] = { STR_INIT };

	csv_read_parts(record, parts);
	if (!csv_parts_are(parts, record->name))
		csv_split_name(record, parts);
	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		csv_add(row, str_text(&parts[order[i]]));
	for (size_t i = 0; i < CSV_PARTS; i++) {
		row->out->failed |= parts[i].failed;
		str_done(&parts[i]);
	}
}

static void csv_add_joined(struct csv_row *row, struct str *joined)
{
	row->out->failed |= joined->failed;
	csv_add(row, str_text(joined));
	str_clear(joined);
}

/* "home pref" is "* home". */
static void csv_add_label(struct str *out, const char *label)
{
	bool preferred;
	size_t n = record_label(label, &preferred);

	str_add(out, !preferred ? "" : n ? "* " : "*");
	str_add_bytes(out, label, n);
}

/* `columns` pairs of label and value; the last one takes what is left. */
static void csv_add_values(
	struct csv_row *row, const struct record *record, enum record_kind kind, size_t columns)
{
	_cleanup_str_ struct str label = STR_INIT, joined = STR_INIT;
	size_t column = 0;

	for (size_t i = 0; i < record->n_values; i++) {
		const struct record_value *v = &record->values[i];

		if (v->kind != kind)
			continue;
		if (!label.len)
			csv_add_label(&label, v->label);
		if (column + 1 < columns) {
			csv_add_joined(row, &label);
			csv_add(row, v->text);
			column++;
			continue;
		}
		str_add_separator(&joined, CSV_JOIN);
		str_add(&joined, v->text);
	}
	for (; column < columns; column++) {
		csv_add_joined(row, &label);
		csv_add_joined(row, &joined);
	}
}

static void csv_add_all(struct csv_row *row, const struct record *record, enum record_kind kind)
{
	_cleanup_str_ struct str joined = STR_INIT;

	for (size_t i = 0; i < record->n_values; i++) {
		if (record->values[i].kind != kind)
			continue;
		str_add_separator(&joined, CSV_JOIN);
		str_add(&joined, record->values[i].text);
	}
	/* A lone tag may have in it what separates tags elsewhere. */
	if (kind == RECORD_TAG && csv_count(record, kind) == 1 && strpbrk(str_text(&joined), ",;"))
		str_add(&joined, CSV_JOIN);
	csv_add_joined(row, &joined);
}

static void csv_add_day(struct csv_row *row, const struct date *date)
{
	char text[DAY_TEXT_SIZE];

	csv_add(row, day_format(date, text));
}

static void csv_add_events(struct csv_row *row, const struct record *record, size_t columns)
{
	size_t column = 0;

	for (size_t i = 0; i < record->n_occasions && column < columns; i++) {
		const struct record_occasion *o = &record->occasions[i];

		if (!csv_is_event(record, i))
			continue;
		csv_add(row, o->kind == RECORD_NAMED ? o->name : "Anniversary");
		csv_add_day(row, &o->date);
		column++;
	}
	for (; column < columns; column++) {
		csv_add(row, NULL);
		csv_add(row, NULL);
	}
}

static void csv_add_address(struct csv_row *row, const struct record *record)
{
	struct str parts[CSV_ADDRESS] = { STR_INIT };
	_cleanup_str_ struct str label = STR_INIT;
	struct contentline line;
	bool any = csv_read_address(record, parts, &line);

	if (any && !csv_add_group_label(record, &line, &label))
		csv_add_type_label(&line, &label);
	csv_add_joined(row, &label);
	for (size_t i = 0; i < CSV_ADDRESS; i++)
		if (i != CSV_CITY)
			csv_add(row, any ? str_text(&parts[i]) : NULL);
	csv_done_parts(row->out, parts, CSV_ADDRESS);
}

static void csv_add_lines(
	struct csv_row *row, const struct csv_shape *shape, const struct record *record)
{
	struct str org[2] = { STR_INIT }, nickname = STR_INIT;

	if (shape->nickname)
		csv_add(row,
			csv_read_line(record, "NICKNAME", 1, &nickname, NULL) ? str_text(&nickname)
									      : NULL);
	if (shape->department)
		csv_add(row, csv_read_department(record, org) ? str_text(&org[1]) : NULL);
	if (shape->address)
		csv_add_address(row, record);
	csv_done_parts(row->out, org, ARRAY_SIZE(org));
	csv_done_parts(row->out, &nickname, 1);
}

void csv_writer_add(struct str *out, const struct csv_shape *shape, const struct record *record)
{
	const struct record_occasion *birthday = record_find_occasion(record, RECORD_BIRTHDAY);
	struct csv_row row = { .out = out };
	struct csv_told told;

	csv_tell(record, &told);
	csv_add_name(&row, record);
	csv_add(&row, record->org);
	csv_add(&row, record->title);
	if (birthday)
		csv_add_day(&row, &birthday->date);
	else
		csv_add(&row, NULL);
	csv_add(&row, record->note);
	csv_add_all(&row, record, RECORD_TAG);
	csv_add_values(&row, record, RECORD_EMAIL, shape->emails);
	csv_add_values(&row, record, RECORD_PHONE, shape->phones);
	csv_add(&row, record->city);
	csv_add_values(&row, record, RECORD_LINK, shape->links);
	csv_add_events(&row, record, shape->events);
	csv_add_lines(&row, shape, record);
	for (size_t i = 0; i < CSV_OWN_VALUES; i++)
		if (shape->values[i])
			csv_add_all(&row, record, csv_own_values[i].kind);
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		if (shape->texts[i])
			csv_add(&row, record->own[i]);
	csv_kept_add(&row, shape, record, &told);
	if (shape->uid)
		csv_add(&row, record->uid);
	csv_end(&row);
}
