/* SPDX-License-Identifier: MIT */
/*
 * table-keep: a cell of a column that has no field, as the line by which a contact keeps it.
 */
#include "format/table-keep.h"

#include "core/utf8.h"
#include "format/table-row-part.h"
#include "format/value.h"

#include <string.h>

void table_keep_escape(struct str *line, const char *text)
{
	for (; text && *text; text++) {
		if (*text == '\n') {
			str_add(line, "\\n");
			continue;
		}
		if (*text == '\\' || *text == ',' || *text == ';')
			str_add_char(line, '\\');
		str_add_char(line, *text == '\t' ? ' ' : *text);
	}
}

void table_keep_add_property(struct str *out, const char *column)
{
	_cleanup_str_ struct str folded = STR_INIT;
	size_t start = out->len;
	bool gap = true;

	utf8_add_folded(&folded, column);
	str_add(out, "X");
	for (size_t i = 0; i < folded.len && i < 64; i++) {
		char c = folded.data[i];
		bool letter = c >= 'a' && c <= 'z';

		if (!letter && !str_is_digit(c)) {
			gap = true;
			continue;
		}
		if (gap)
			str_add_char(out, '-');
		gap = false;
		str_add_char(out, letter ? (char)(c - 'a' + 'A') : c);
	}
	if (out->len == start + 1)
		str_add(out, "-COLUMN");
	out->failed |= folded.failed;
}

static void table_keep_add_column(struct str *line, const char *column)
{
	bool quoted = strpbrk(column, ",;:") != NULL;

	str_add(line, ";" TABLE_KEEP_COLUMN "=");
	str_add(line, quoted ? "\"" : "");
	for (; *column; column++) {
		if (*column == '"' || *column == '^')
			str_add_char(line, '^');
		str_add_char(line, *column == '"' ? '\'' : *column);
	}
	str_add(line, quoted ? "\"" : "");
}

void table_keep_add(struct str *line, const char *property, const char *column, const char *text)
{
	str_add(line, property);
	if (column && *column && strlen(column) <= TABLE_KEEP_MAX)
		table_keep_add_column(line, column);
	str_add_char(line, ':');
	table_keep_escape(line, text);
}

/* What the reader would make of it, byte for byte: another program's line may say the same otherwise. */
static bool table_keep_makes(const char *line, const char *column, const char *text)
{
	_cleanup_str_ struct str property = STR_INIT, made = STR_INIT;

	table_keep_add_property(&property, column);
	table_keep_add(&made, str_text(&property), column, text);
	return !property.failed && !made.failed && str_equal(made.data, line);
}

bool table_keep_read(const char *line, struct str *column, struct str *text)
{
	_cleanup_str_ struct str name = STR_INIT, value = STR_INIT;
	struct contentline parsed;

	if (!strstr(line, ";" TABLE_KEEP_COLUMN "=") ||
		!contentline_parse(&parsed, line, strlen(line)) ||
		!contentline_param_add(&parsed, TABLE_KEEP_COLUMN, &name) || !name.len)
		return false;
	value_add_text(&value, parsed.value, VALUE_LINES);
	if (name.failed || !value.len || table_has_field(name.data) ||
		table_is_default(name.data, str_text(&value)) ||
		!table_keep_makes(line, name.data, str_text(&value)))
		return false;
	str_add(column, name.data);
	str_add(text, str_text(&value));
	return true;
}

/* "Home" is TYPE=home to everybody; in small letters alone any word is one. */
enum table_keep_label table_keep_label_of(const char *cell)
{
	static const char *const apples[] = { "Other", "School" };

	for (size_t i = 0; i < ARRAY_SIZE(apples); i++)
		if (str_equal(cell, apples[i]))
			return TABLE_KEEP_APPLES;
	if (str_casecmp(cell, "home") == 0 || str_casecmp(cell, "work") == 0 ||
		cell[strspn(cell, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0')
		return TABLE_KEEP_TYPE;
	return TABLE_KEEP_WORDS;
}

void table_keep_add_label(struct str *cell, const char *text)
{
	size_t n = strlen(text);
	bool apples = n > 8 && str_starts(text, "_$!<") && str_equal(text + n - 4, ">!$_");
	_cleanup_free_ char *inner = str_ndup(apples ? text + 4 : text, apples ? n - 8 : n);
	enum table_keep_label kind;

	cell->failed |= !inner;
	if (!inner)
		return;
	utf8_tidy(inner, false);
	kind = table_keep_label_of(inner);
	if (apples ? kind == TABLE_KEEP_APPLES || str_equal(inner, "Home") ||
				str_equal(inner, "Work")
		   : kind == TABLE_KEEP_WORDS && *inner != '*' && str_equal(inner, text))
		str_add(cell, inner);
}
