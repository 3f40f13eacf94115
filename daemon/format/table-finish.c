/* SPDX-License-Identifier: MIT */
/*
 * table-finish: what several fields of a row make together: a name, an address, a birthday.
 */
#include "core/likeness.h"
#include "format/table-keep.h"
#include "format/table-row-part.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int table_finish_birth(struct table_row *row)
{
	const int *birth = row->birth;
	struct date date = { birth[TABLE_BIRTH_YEAR], birth[TABLE_BIRTH_MONTH],
		birth[TABLE_BIRTH_DAY] };
	char text[48];

	if (!date.year && !date.month && !date.day)
		return 0;
	if (date.month && date.day && day_is_date(&date))
		return record_add_occasion(&row->record, RECORD_BIRTHDAY, NULL, &date);
	(void)snprintf(text, sizeof(text), "%d-%d-%d", date.year, date.month, date.day);
	return table_row_add_note(row, "Birthday", text);
}

/* "* Home", or a word of one's own: without the star. What the column says is what no label does. */
static const char *table_address_label(
	const struct table_row *row, size_t place, bool *ret_preferred)
{
	const char *label = row->address_label[place] ? row->address_label[place] : "";

	*ret_preferred = *label == '*';
	label += *ret_preferred;
	label += strspn(label, " ");
	if (*label)
		return label;
	return place == TABLE_HOME ? "home" : place == TABLE_WORK ? "work" : "";
}

static void table_add_address_name(struct table_row *row, size_t place)
{
	bool preferred;
	const char *label = table_address_label(row, place, &preferred);
	bool type = table_keep_label_of(label) == TABLE_KEEP_TYPE;

	if (!type)
		str_addf(&row->line, "address%zu.", place);
	str_add(&row->line, type && *label ? "ADR;TYPE=" : "ADR");
	for (; type && *label; label++)
		str_add_char(&row->line, str_lower(*label));
	str_add(&row->line, preferred ? ";PREF=1" : "");
}

static int table_keep_address_label(struct table_row *row, size_t place)
{
	bool preferred;
	const char *label = table_address_label(row, place, &preferred);
	enum table_keep_label kind = table_keep_label_of(label);
	bool apples = kind == TABLE_KEEP_APPLES;

	if (kind == TABLE_KEEP_TYPE)
		return 0;
	str_clear(&row->line);
	str_addf(&row->line, "address%zu.X-ABLabel:%s", place, apples ? "_$!<" : "");
	table_keep_escape(&row->line, label);
	str_add(&row->line, apples ? ">!$_" : "");
	return table_row_keep_line(row);
}

static int table_finish_address(struct table_row *row, size_t place)
{
	const char **address = row->address[place];
	bool any = false, more = false;
	int result;

	for (size_t i = 0; i < TABLE_ADDRESS_COUNT; i++) {
		any = any || address[i];
		more = more || (address[i] && (i != TABLE_CITY || row->record.city));
	}
	/* What was put together of the parts is not needed beside them. */
	if (!any && address[TABLE_FORMATTED]) {
		address[TABLE_STREET] = address[TABLE_FORMATTED];
		any = more = true;
	}
	if (any && !row->record.city)
		row->record.city = address[TABLE_CITY];
	if (!any || !more)
		return 0;
	str_clear(&row->line);
	table_add_address_name(row, place);
	for (size_t i = 0; i < TABLE_ADDRESS_COUNT; i++) {
		str_add_char(&row->line, i ? ';' : ':');
		table_keep_escape(&row->line, address[i]);
	}
	result = table_row_keep_line(row);
	return result ? result : table_keep_address_label(row, place);
}

bool table_is_spoken(const char *prefix)
{
	static const char *const silent[] = { "Herr", "Frau", "Mr", "Mr.", "Mrs", "Mrs.", "Ms",
		"Ms.", "Miss" };

	for (size_t i = 0; i < ARRAY_SIZE(silent); i++)
		if (str_casecmp(prefix, silent[i]) == 0)
			return false;
	return true;
}

/* Whether the parts are those into which we had split a name that had none: row->line says them. */
static bool table_has_split(const struct table_row *row)
{
	if (!row->names[TABLE_FAMILY] && str_equal(row->names[TABLE_GIVEN], row->record.name))
		return true;
	return row->record.name && vcard_writer_makes_name(&row->record, str_text(&row->line));
}

/* The name as it is spoken, and its parts as a line: nobody can tell them again from the whole. */
static int table_finish_name(struct table_row *row)
{
	static const unsigned char order[] = { TABLE_PREFIX, TABLE_GIVEN, TABLE_MIDDLE,
		TABLE_FAMILY, TABLE_SUFFIX };
	bool any = false;
	int result;

	str_clear(&row->text);
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		const char *part = row->names[order[i]];

		any = any || part;
		if (!part || (order[i] == TABLE_PREFIX && !table_is_spoken(part)))
			continue;
		str_add_separator(&row->text, " ");
		str_add(&row->text, part);
	}
	if (row->text.failed)
		return -ENOMEM;
	if (!any)
		return 0;
	if (!row->record.name && row->text.len) {
		result = table_row_set(row, &row->record.name, row->text.data);
		if (result)
			return result;
	}
	str_clear(&row->line);
	str_add(&row->line, "N");
	for (size_t i = 0; i < TABLE_PART_COUNT; i++) {
		str_add_char(&row->line, i ? ';' : ':');
		table_keep_escape(&row->line, row->names[i]);
	}
	if (row->own && table_has_split(row))
		return row->line.failed ? -ENOMEM : 0;
	return table_row_keep_line(row);
}

static int table_finish_org(struct table_row *row)
{
	if (!row->department)
		return 0;
	str_clear(&row->line);
	str_add(&row->line, "ORG:");
	table_keep_escape(&row->line, row->record.org);
	str_add_char(&row->line, ';');
	table_keep_escape(&row->line, row->department);
	return table_row_keep_line(row);
}

static const char *table_first(const struct record *record, enum record_kind kind)
{
	for (size_t i = 0; i < record->n_values; i++)
		if (record->values[i].kind == kind)
			return record->values[i].text;
	return NULL;
}

int table_finish(struct table_row *row)
{
	struct record *record = &row->record;
	int result = table_finish_name(row);

	if (!result)
		result = table_finish_org(row);
	for (size_t i = 0; i < TABLE_PLACES && !result; i++)
		result = table_finish_address(row, i);
	if (!result)
		result = table_finish_birth(row);
	if (result)
		return result;
	if (!record->name)
		record->name = record->org;
	if (!record->name)
		record->name = table_first(record, RECORD_EMAIL);
	if (!record->name)
		row->reason = ERR_TEXT("has no name, no organisation and no e-mail address");
	if (!row->note.len)
		return 0;
	record->note = record_copy(record, row->note.data, row->note.len);
	return record->note ? 0 : -ENOMEM;
}

/* LinkedIn calls a person by their profile; of an older export, which has none, what stays when they change
 * their employer is the name and the day of connecting. */
static void table_add_linkedin_uid(struct str *uid, const struct record *record, const char *link)
{
	struct date day;
	char text[DAY_TEXT_SIZE];

	if (link) {
		likeness_add_link(uid, link);
	} else if (record->n_events && record->name) {
		day = day_date(record->events[0].day);
		str_addf(uid, "linkedin.com;%s;%s", day_format(&day, text), record->name);
	}
}

int table_finish_linkedin(struct table_row *row, bool *ret_closed)
{
	struct record *record = &row->record;
	const char *link = table_first(record, RECORD_LINK);

	*ret_closed = !record->name && !link && !row->names[TABLE_GIVEN] &&
		!row->names[TABLE_FAMILY];
	if (*ret_closed)
		return 0;
	str_clear(&row->text);
	table_add_linkedin_uid(&row->text, record, link);
	if (row->text.failed)
		return -ENOMEM;
	return row->text.len ? table_row_set(row, &record->uid, row->text.data) : 0;
}
