/* SPDX-License-Identifier: MIT */
/*
 * card-group: what belongs together by its group, "item1.EMAIL" and "item1.X-ABLabel".
 */
#include "format/card-part.h"
#include "format/table-date.h"
#include "format/line_writer.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <string.h>

/* A label may come before or after what it names: all of it waits for the card's end. */
struct card_grouped {
	enum { CARD_VALUE, CARD_DAY, CARD_LABEL } kind;
	const char *group; /* NULL: none */
	const char *text;  /* the label */
	const char *raw;   /* the whole line, kept where nothing comes of it */
	size_t value;      /* its place in the record's values */
	struct date date;
	bool used;
};

static int card_group_add(
	struct card *card, const struct contentline *line, struct card_grouped entry)
{
	if (card->n_grouped == card->grouped_size) {
		size_t size = card->grouped_size ? card->grouped_size * 2 : 16;
		void *grown = reallocarray(card->grouped, size, sizeof(entry));

		if (!grown)
			return -ENOMEM;
		card->grouped = grown;
		card->grouped_size = size;
	}
	if (line->group.at) {
		entry.group = card_copy(card, line->group.at, line->group.n);
		if (!entry.group)
			return -ENOMEM;
	}
	card->grouped[card->n_grouped++] = entry;
	card_count(card);
	return 0;
}

int card_group_add_value(struct card *card, const struct contentline *line, size_t value)
{
	return card_group_add(
		card, line, (struct card_grouped){ .kind = CARD_VALUE, .value = value });
}

static int card_group_add_raw(
	struct card *card, const struct contentline *line, struct card_grouped entry)
{
	struct slice raw = card_line(card, line);

	entry.raw = card_copy(card, raw.at, raw.n);
	return entry.raw ? card_group_add(card, line, entry) : -ENOMEM;
}

int card_group_read_day(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	struct card_grouped entry = { .kind = CARD_DAY };

	if (value_read_date(card_value(card, line), &entry.date) != VALUE_DATE)
		return card_read_extra(card, line, property);
	card_omit_year(line, &entry.date);
	return card_group_add_raw(card, line, entry);
}

int card_group_read_label(struct card *card, const struct contentline *line,
	const struct card_property *property UNUSED)
{
	struct card_grouped entry = { .kind = CARD_LABEL };
	const char *text = card_string(card, card_value(card, line), VALUE_WORDS);
	size_t n = strlen(text);

	/* Apple's own labels look like _$!<Anniversary>!$_. */
	if (n > 8 && str_starts(text, "_$!<") && strcmp(text + n - 4, ">!$_") == 0) {
		text += 4;
		n -= 8;
	}
	if (!n)
		return 0;
	entry.text = card_copy(card, text, n);
	return entry.text ? card_group_add_raw(card, line, entry) : -ENOMEM;
}

/* The group's label takes the place of what the type says, which is kept as the property's line: only of the
 * words that a type is made of. */
static int card_group_keep_type(struct card *card, size_t value)
{
	const struct record_value *v = &card->record.values[value];
	_cleanup_str_ struct str line = STR_INIT;

	if (!v->label ||
		v->label[strspn(v->label, "abcdefghijklmnopqrstuvwxyz0123456789- ")] != '\0')
		return 0;
	str_addf(&line, "%s;TYPE=", vcard_writer_property(v->kind));
	for (const char *p = v->label; *p; p++)
		str_add_char(&line, *p == ' ' ? ',' : *p);
	str_add_char(&line, ':');
	line_add_text(&line, v->text);
	if (line.failed)
		return -ENOMEM;
	return card_add_value(card, RECORD_EXTRA, NULL, (struct slice){ line.data, line.len });
}

static int card_group_use(struct card *card, struct card_grouped *label)
{
	int result = 0;

	for (size_t i = 0; i < card->n_grouped && !result; i++) {
		struct card_grouped *g = &card->grouped[i];

		if (g->kind == CARD_LABEL || !label->group || !g->group ||
			str_casecmp(g->group, label->group) != 0)
			continue;
		if (g->kind == CARD_VALUE && !g->used)
			result = card_group_keep_type(card, g->value);
		label->used = g->used = true;
		if (g->kind == CARD_VALUE)
			card->record.values[g->value].label = label->text;
		else if (str_casecmp(label->text, "Anniversary") == 0)
			result = record_add_occasion(
				&card->record, RECORD_ANNIVERSARY, NULL, &g->date);
		else
			result = record_add_occasion(
				&card->record, RECORD_NAMED, label->text, &g->date);
	}
	return result;
}

int card_group_finish(struct card *card)
{
	int result = 0;

	for (size_t i = 0; i < card->n_grouped && !result; i++)
		if (card->grouped[i].kind == CARD_LABEL)
			result = card_group_use(card, &card->grouped[i]);
	for (size_t i = 0; i < card->n_grouped && !result; i++) {
		const struct card_grouped *g = &card->grouped[i];

		if (g->kind != CARD_VALUE && !g->used)
			result = card_add_value(
				card, RECORD_EXTRA, NULL, (struct slice){ g->raw, strlen(g->raw) });
	}
	return result;
}

bool card_is_written_day(struct card *card, struct slice value, struct date *ret)
{
	const char *text = card_string(card, value, VALUE_WORDS);

	return table_date_read(text, TABLE_UNTOLD, ret) == TABLE_DATE && ret->year;
}
