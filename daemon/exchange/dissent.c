/* SPDX-License-Identifier: MIT */
/*
 * dissent: what a source says of somebody otherwise than another one, which has the say.
 */
#include "exchange/dissent.h"

#include "core/str.h"
#include "format/line_writer.h"
#include "format/value.h"

#include <errno.h>
#include <string.h>

void dissent_done(struct dissent *dissent)
{
	free(dissent->values);
	record_done(&dissent->lines);
}

/* A card's second title is kept as a line, and comes out as one; but two notes are joined when a card is
 * read, so that another's has a name of its own. */
static const struct dissent_row {
	enum contact_field field;
	const char *property;
	const char *before; /* the components in front of it */
	size_t place;       /* their number */
} dissent_rows[] = {
	{ CONTACT_ORG, "ORG", "", 0 },
	{ CONTACT_TITLE, "TITLE", "", 0 },
	{ CONTACT_CITY, "ADR", ";;;", 3 },
	{ CONTACT_NOTE, "X-NOTE", "", 0 },
};

static const char *dissent_text(const struct record *record, enum contact_field field)
{
	switch (field) {
	case CONTACT_ORG:
		return record->org;
	case CONTACT_TITLE:
		return record->title;
	case CONTACT_CITY:
		return record->city;
	default:
		return record->note;
	}
}

/* Whether a line of the record says it, among other things. */
static bool dissent_is_said(
	const struct record *record, const struct dissent_row *row, const char *text)
{
	for (size_t i = 0; i < record->n_values; i++) {
		const struct record_value *v = &record->values[i];
		struct contentline line;
		struct slice rest, part;

		if (v->kind != RECORD_EXTRA ||
			!contentline_parse(&line, v->text, strlen(v->text)) ||
			!slice_is(line.name, row->property))
			continue;
		rest = line.value;
		for (size_t k = 0; value_next(&rest, ';', &part); k++) {
			_cleanup_str_ struct str said = STR_INIT;

			value_add_text(&said, part, VALUE_LINES);
			if (k == row->place && str_equal(str_text(&said), text))
				return true;
		}
	}
	return false;
}

static int dissent_add_row(struct dissent *dissent, const struct speaker *by,
	const struct standing *standing, const struct record *record, const struct dissent_row *row)
{
	const char *stands = standing->contact.field[row->field],
		   *text = dissent_text(record, row->field);
	_cleanup_str_ struct str line = STR_INIT;

	if (str_empty(stands) || str_empty(text) || str_equal(stands, text) ||
		str_equal(standing->sources[row->field], CONTACT_HAND) ||
		str_equal(standing->sources[row->field], by->source) ||
		apply_may_change(by, standing->sources[row->field]) ||
		dissent_is_said(record, row, text))
		return 0;
	str_addf(&line, "%s:%s", row->property, row->before);
	line_add_text(&line, text);
	if (line.failed)
		return -ENOMEM;
	/* With its escapes it is longer than the text. */
	if (line.len > CONTACT_TEXT_MAX)
		return 0;
	return record_add_value(&dissent->lines, RECORD_EXTRA, NULL, line.data);
}

static int dissent_join(struct dissent *dissent, const struct record *record)
{
	size_t n = record->n_values, more = dissent->lines.n_values;

	dissent->values = reallocarray(NULL, n + more, sizeof(*dissent->values));
	if (!dissent->values)
		return -ENOMEM;
	if (n)
		memcpy(dissent->values, record->values, n * sizeof(*dissent->values));
	memcpy(dissent->values + n, dissent->lines.values, more * sizeof(*dissent->values));
	dissent->record = *record;
	dissent->record.values = dissent->values;
	dissent->record.n_values = n + more;
	return 0;
}

int dissent_read(struct dissent *dissent, const struct speaker *by, const struct standing *standing,
	const struct record *record, const struct record **ret_record)
{
	int r = 0;

	*dissent = (struct dissent){ .lines = RECORD_INIT };
	*ret_record = record;
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(dissent_rows) && !by->owns && !by->merged; i++)
		r = dissent_add_row(dissent, by, standing, record, &dissent_rows[i]);
	if (r == 0 && dissent->lines.n_values)
		r = dissent_join(dissent, record);
	if (r == 0 && dissent->values)
		*ret_record = &dissent->record;
	return r < 0 ? err_oom(by->reterr) : 0;
}
