/* SPDX-License-Identifier: MIT */
/*
 * table-map: what the user says of the columns, and what they are told of them.
 */
#include "format/table-map.h"

#include "core/utf8.h"

#include <errno.h>
#include <string.h>

/* Fields as options of the command are called. */
static const struct table_field {
	const char *name;
	enum table_role role;
	unsigned char part;
	bool single; /* guesses for the same yield */
} table_fields[] = {
	{ "name", TABLE_WHOLE, 0, true },
	{ "first-name", TABLE_PART, TABLE_GIVEN, true },
	{ "last-name", TABLE_PART, TABLE_FAMILY, true },
	{ "nickname", TABLE_NICKNAME, 0, false },
	{ "email", TABLE_EMAIL, 0, false },
	{ "phone", TABLE_PHONE, 0, false },
	{ "link", TABLE_LINK, 0, false },
	{ "org", TABLE_ORG, 0, true },
	{ "department", TABLE_DEPARTMENT, 0, true },
	{ "title", TABLE_TITLE, 0, true },
	{ "city", TABLE_ADDRESS, TABLE_CITY, true },
	{ "birthday", TABLE_DAY, RECORD_BIRTHDAY, true },
	{ "anniversary", TABLE_DAY, RECORD_ANNIVERSARY, true },
	{ "tag", TABLE_TAG, 0, false },
	{ "note", TABLE_NOTE, 0, false },
	{ "skip", TABLE_DROP, 0, false },
};
/* Told of beside the city, and not to be chosen: street, code and the like. */
static const struct table_field table_address_field = { "address", TABLE_ADDRESS, 0, false };

static const struct table_field *table_field_of(const char *map, const char **ret_columns)
{
	const char *equals = strchr(map, '=');
	size_t n = equals ? (size_t)(equals - map) : 0;

	for (size_t i = 0; equals && i < ARRAY_SIZE(table_fields); i++)
		if (strlen(table_fields[i].name) == n &&
			memcmp(table_fields[i].name, map, n) == 0) {
			*ret_columns = equals + 1;
			return &table_fields[i];
		}
	return NULL;
}

static int table_check_map(const char *map, struct err *reterr)
{
	_cleanup_str_ struct str names = STR_INIT;
	const char *columns = NULL;

	if (table_field_of(map, &columns) && *columns)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(table_fields); i++) {
		str_add_separator(&names, ", ");
		str_add(&names, table_fields[i].name);
	}
	return err_set(reterr, names.failed ? -ENOMEM : -EINVAL,
		"\"%s\": --map takes FIELD=COLUMN, for example name=\"Full name\" or name=\"Vorname +"
		" Nachname\"; FIELD is one of %s",
		map, str_text(&names));
}

int table_check_maps(const char *const *maps, size_t n, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct table_field *field;
		const char *columns;

		r = table_check_map(maps[i], reterr);
		field = r == 0 ? table_field_of(maps[i], &columns) : NULL;
		for (size_t k = 0; r == 0 && field->single && k < i; k++)
			if (table_field_of(maps[k], &columns) == field)
				r = err_set(reterr, -EINVAL,
					"--map names %s twice; several columns are joined by a plus sign, as in name=\"Vorname + Nachname\"",
					field->name);
	}
	return r;
}

static bool table_same_header(const char *header, const char *wanted)
{
	_cleanup_str_ struct str a = STR_INIT, b = STR_INIT;

	utf8_add_folded(&a, header);
	utf8_add_folded(&b, wanted);
	return !a.failed && !b.failed && strcmp(str_text(&a), str_text(&b)) == 0;
}

/* By name, else by number. */
static struct table_column *table_find(struct table_columns *columns, const char *wanted)
{
	uint64_t n;

	for (size_t i = 0; i < columns->n; i++)
		if (table_same_header(columns->all[i].header, wanted))
			return &columns->all[i];
	if (str_number(wanted, columns->n, &n) && n)
		return &columns->all[n - 1];
	return NULL;
}

static bool table_yields(const struct table_column *column, const struct table_field *field)
{
	if (!field->single)
		return false;
	if (field->role == TABLE_WHOLE)
		return column->role == TABLE_WHOLE || column->role == TABLE_PART;
	if (field->role == TABLE_DAY && field->part == RECORD_BIRTHDAY &&
		column->role == TABLE_BIRTH)
		return true;
	return column->role == field->role && column->part == field->part &&
		(field->role != TABLE_ADDRESS || column->place != TABLE_HOME);
}

/* Of several columns that make a name the first is the given one, the last the family's, where they do
 * not say it themselves. */
static void table_map_set(
	struct table_column *column, const struct table_field *field, size_t at, size_t n)
{
	bool says = column->role == TABLE_PART;

	column->mapped = true;
	if (field->role != TABLE_WHOLE || n < 2) {
		column->role = field->role;
		column->part = field->part;
		column->place = field->role == TABLE_ADDRESS ? TABLE_HOME : column->place;
	} else if (!says) {
		column->role = TABLE_PART;
		column->part = at == 0 ? TABLE_GIVEN : at + 1 == n ? TABLE_FAMILY : TABLE_MIDDLE;
	}
}

#define TABLE_MAP_MAX 8 /* columns of one field */

/* The columns that `text` names; their number, 0 where one is missing, which `missing` names. */
static size_t table_map_find(struct table_columns *columns, char *text,
	struct table_column *found[TABLE_MAP_MAX], struct str *missing)
{
	char *rest = text;
	size_t n = 0;

	str_clear(missing);
	found[0] = table_find(columns, text);
	if (found[0])
		return 1;
	while (rest && n < TABLE_MAP_MAX) {
		char *name = rest;

		rest = strchr(name, '+');
		if (rest)
			*rest++ = '\0';
		utf8_tidy(name, false);
		found[n] = table_find(columns, name);
		if (!found[n++]) {
			str_add(missing, name);
			return 0;
		}
	}
	return n;
}

static int table_map_one(struct table_columns *columns, const char *map, struct str *missing)
{
	struct table_column *found[TABLE_MAP_MAX];
	const char *names = "";
	const struct table_field *field = table_field_of(map, &names);
	_cleanup_free_ char *text = str_dup(names);
	size_t n;

	if (!text)
		return -ENOMEM;
	utf8_tidy(text, false);
	n = table_map_find(columns, text, found, missing);
	if (!n)
		return missing->failed ? -ENOMEM : 1;
	for (size_t i = 0; i < columns->n; i++) {
		bool named = false;

		for (size_t k = 0; k < n; k++)
			named = named || found[k] == &columns->all[i];
		if (!named && table_yields(&columns->all[i], field))
			columns->all[i].role = TABLE_EXTRA;
	}
	for (size_t k = 0; k < n; k++)
		table_map_set(found[k], field, k, n);
	return 0;
}

int table_map_apply(
	struct table_columns *columns, const struct table_options *options, struct str *missing)
{
	int result = 0;

	for (size_t i = 0; i < options->n_maps && !result; i++)
		result = table_map_one(columns, options->maps[i], missing);
	return result;
}

bool table_map_is_numeric(const struct table_options *options)
{
	for (size_t i = 0; i < options->n_maps; i++) {
		const char *columns = "x";

		(void)table_field_of(options->maps[i], &columns);
		if (columns[strspn(columns, "0123456789+ ")])
			return false;
	}
	return options->n_maps > 0;
}

int table_map_number(struct table_columns *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		_cleanup_str_ struct str header = STR_INIT;

		str_addf(&header, "column %zu", i + 1);
		free(columns->all[i].header);
		columns->all[i] = (struct table_column){
			.header = str_take(&header), .place = TABLE_PLAIN, .kept = true
		};
		if (!columns->all[i].header)
			return -ENOMEM;
	}
	return 0;
}

/* Whether the column is one of those that are told of as this field. */
static bool table_is_field(const struct table_column *column, const struct table_field *field)
{
	if (field->role == TABLE_WHOLE)
		return column->role == TABLE_WHOLE || column->role == TABLE_PART;
	if (field->role == TABLE_DAY && field->part == RECORD_BIRTHDAY &&
		column->role == TABLE_BIRTH)
		return true;
	if (field == &table_address_field)
		return column->role == TABLE_ADDRESS && column->part != TABLE_CITY;
	return field->role != TABLE_PART && field->role != TABLE_DROP &&
		column->role == field->role && column->part == field->part;
}

#define TABLE_LEFT_MAX 8 /* columns that are named */

/* "; no field for: Schuhgröße (kept with the contact)" */
static void table_add_left(const struct table_columns *columns, struct str *out)
{
	_cleanup_str_ struct str names = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < columns->n; i++) {
		if (columns->all[i].role != TABLE_EXTRA || !*columns->all[i].header ||
			n++ >= TABLE_LEFT_MAX)
			continue;
		str_add_separator(&names, ", ");
		str_add(&names, columns->all[i].header);
	}
	if (!n)
		return;
	if (n > TABLE_LEFT_MAX)
		/* TRANSLATORS: columns of a file, and how many more there are */
		str_addf(out,
			err_translate(
				"; no field for: %1$s and %2$zu more (kept with the contact)"),
			str_text(&names), n - TABLE_LEFT_MAX);
	else
		str_addf(out, err_translate("; no field for: %s (kept with the contact)"),
			names.data);
	out->failed |= names.failed;
}

static void table_add_field(
	const struct table_columns *columns, const struct table_field *field, struct str *out)
{
	_cleanup_str_ struct str names = STR_INIT;

	for (size_t i = 0; i < columns->n; i++) {
		if (!table_is_field(&columns->all[i], field))
			continue;
		str_add_separator(&names, " + ");
		str_add(&names, columns->all[i].header);
	}
	if (!names.len)
		return;
	str_add_separator(out, ", ");
	/* TRANSLATORS: a field such as "email", and the columns of a file */
	str_addf(out, err_translate("%1$s from %2$s"), field->name, names.data);
	out->failed |= names.failed;
}

void table_map_describe(const struct table_columns *columns, struct str *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(table_fields); i++)
		table_add_field(columns, &table_fields[i], out);
	table_add_field(columns, &table_address_field, out);
	table_add_left(columns, out);
}
