/* SPDX-License-Identifier: MIT */
/*
 * card: one vCard's properties as they become a record.
 */
#include "format/card.h"

#include "format/card-part.h"
#include "format/charset.h"
#include "format/vcard.h"

#include <errno.h>
#include <string.h>

int card_read_extra(struct card *card, const struct contentline *line,
	const struct card_property *property UNUSED)
{
	if (!line->value.n)
		return 0;
	return card_add_value(card, RECORD_EXTRA, NULL, card_line(card, line));
}

enum { CARD_SMALL, CARD_BULKY };

static int card_read_nothing(struct card *card, const struct contentline *line UNUSED,
	const struct card_property *property)
{
	card->dropping = property->kind == CARD_BULKY;
	return 0;
}

static int card_read_value(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	static const struct slice schemes[] = { [RECORD_EMAIL] = { "mailto:", 7 },
		[RECORD_PHONE] = { "tel:", 4 },
		[RECORD_LINK] = { "", 0 } };
	struct slice scheme = schemes[property->kind];
	struct slice text = card_text(card, card_value(card, line), VALUE_WORDS);
	size_t before = card->record.n_values;
	int result;

	card->preference = 0;
	if (text.n >= scheme.n && slice_is((struct slice){ text.at, scheme.n }, scheme.at))
		text = (struct slice){ text.at + scheme.n, text.n - scheme.n };
	result = card_add_value(card, (enum record_kind)property->kind,
		line->n_params ? card_label(card, line) : NULL, text);
	if (result || card->record.n_values == before)
		return result;
	card->record.values[before].preference = card->preference;
	if (card->preference)
		card->preferring |= UINT32_C(1) << property->kind;
	return !line->group.at ? 0 : card_group_add_value(card, line, before);
}

/* "none", or a room number: no mail goes there. What an export of ours says comes back as it was. */
static int card_read_email(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	return card->own || slice_find(card_value(card, line), "@")
		? card_read_value(card, line, property)
		: card_read_extra(card, line, property);
}

/* X-SOCIALPROFILE may hold a URL, or a bare name that only its service understands. */
static int card_read_profile(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	return slice_find(line->value, "://") ? card_read_value(card, line, property)
					      : card_read_extra(card, line, property);
}

static int card_set(struct card *card, const char **field, struct slice text)
{
	*field = card_copy(card, text.at, text.n);
	return *field ? 0 : -ENOMEM;
}

static const char **card_field(struct card *card, int which)
{
	const char **fields[] = { &card->record.uid, &card->record.name, &card->record.title,
		&card->record.org, &card->record.city };

	return fields[which];
}
enum { CARD_UID, CARD_NAME, CARD_TITLE, CARD_ORG, CARD_CITY };

/* The first one counts, further ones are kept as they are. */
static int card_read_field(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	const char **field = card_field(card, property->kind);
	struct slice text = card_text(card, card_value(card, line), VALUE_WORDS);

	if (!text.n || (*field && strlen(*field) == text.n && memcmp(*field, text.at, text.n) == 0))
		return 0;
	return *field ? card_read_extra(card, line, property) : card_set(card, field, text);
}

/* Whether any component says something: anything stands there but what separates them. */
static bool card_has_parts(struct slice value)
{
	size_t i = 0;

	while (i < value.n && value.at[i] == ';')
		i++;
	return i < value.n;
}

/* One component of the value becomes a field; the line is kept where it says more. */
static int card_read_part(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	size_t before = property->kind == CARD_CITY ? 3 : 0;
	const char **field = card_field(card, property->kind);
	struct slice rest = card_value(card, line), part, text;
	bool more = false;

	if (*field)
		return card_read_extra(card, line, property);
	while (before && value_next(&rest, ';', &part)) {
		more |= part.n != 0;
		before--;
	}
	if (!value_next(&rest, ';', &part))
		return more ? card_read_extra(card, line, property) : 0;
	text = card_text(card, part, VALUE_WORDS);
	if (text.n && card_set(card, field, text) < 0)
		return -ENOMEM;
	return more || card_has_parts(rest) ? card_read_extra(card, line, property) : 0;
}

/* Prefix, given and additional names, family name, suffix: as it is spoken. The line itself is kept
 * too, for nobody can tell the parts again from the whole. */
static int card_read_name(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	static const unsigned char order[] = { 3, 1, 2, 0, 4 };
	struct slice rest = card_value(card, line), parts[5] = { 0 };

	if (card->built_name)
		return card_read_extra(card, line, property);
	for (size_t i = 0; i < ARRAY_SIZE(parts) && value_next(&rest, ';', &parts[i]); i++)
		;
	str_clear(&card->text);
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		struct slice part = parts[order[i]];
		size_t before = card->text.len;

		if (!part.n)
			continue;
		if (before)
			str_add_char(&card->text, ' ');
		value_add_text(&card->text, part, VALUE_WORDS);
		if (before && card->text.len == before + 1)
			card->text.data[--card->text.len] = '\0';
	}
	if (!card->text.len)
		return 0;
	card->built_name = card_copy(card, card->text.data, card->text.len);
	return card->built_name ? card_read_extra(card, line, property) : -ENOMEM;
}

static int card_add_note(struct card *card, const char *title, struct slice value)
{
	struct slice text = card_text(card, value, VALUE_LINES);

	if (!text.n)
		return 0;
	card->bytes += text.n;
	if (card->bytes > VCARD_CARD_MAX)
		card->reason = ERR_TEXT("holds more than 1 MiB of text");
	str_add_separator(&card->note, "\n");
	if (title)
		str_addf(&card->note, "%s: ", title);
	str_add_bytes(&card->note, text.at, text.n);
	return card->note.failed ? -ENOMEM : 0;
}

static int card_read_note(struct card *card, const struct contentline *line,
	const struct card_property *property UNUSED)
{
	return card_add_note(card, NULL, card_value(card, line));
}

void card_omit_year(const struct contentline *line, struct date *date)
{
	_cleanup_str_ struct str year = STR_INIT;
	uint64_t n;

	if (line->n_params && contentline_param_add(line, "X-APPLE-OMIT-YEAR", &year) &&
		str_number(str_text(&year), DAY_YEAR_MAX, &n) && date->year == (int)n)
		date->year = 0;
}

/* There is one birthday: a second line may add the year, or goes to the note. */
static bool card_is_second_birthday(struct card *card, const struct date *date)
{
	struct record_occasion *there = record_find_occasion(&card->record, RECORD_BIRTHDAY);

	if (!there)
		return false;
	if (there->date.month != date->month || there->date.day != date->day ||
		(there->date.year && date->year && there->date.year != date->year))
		return true;
	if (date->year)
		there->date.year = date->year;
	return false;
}

static int card_read_day(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	bool birthday = property->kind == RECORD_BIRTHDAY;
	const char *title = birthday ? "Birthday" : "Anniversary";
	struct slice value = card_value(card, line);
	struct date date;
	enum value_date kind = value_read_date(value, &date);

	if (kind == VALUE_DATE_NONE)
		return 0;
	if (kind == VALUE_DATE_OTHER && !card_is_written_day(card, value, &date)) {
		record_hush_day(&card->record, birthday ? RECORD_BIRTHDAY : RECORD_ANNIVERSARY);
		return card_add_note(card, title, value);
	}
	card_omit_year(line, &date);
	if (!birthday)
		return record_add_occasion(&card->record, RECORD_ANNIVERSARY, NULL, &date);
	if (card_is_second_birthday(card, &date))
		return card_add_note(card, title, value);
	if (record_find_occasion(&card->record, RECORD_BIRTHDAY))
		return 0;
	return record_add_occasion(&card->record, RECORD_BIRTHDAY, NULL, &date);
}

/* Android's exports: "vnd.android.cursor.item/contact_event;1980-03-22;3;label;…", of which the
 * third part is ContactsContract's type: 1 anniversary, 3 birthday, 0 with a name of its own. */
static int card_read_android(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	struct slice rest = card_value(card, line), parts[4] = { 0 };
	struct date date;
	const char *label;

	for (size_t i = 0; i < ARRAY_SIZE(parts) && value_next(&rest, ';', &parts[i]); i++)
		;
	if (!slice_is(parts[0], "vnd.android.cursor.item/contact_event") ||
		value_read_date(parts[1], &date) != VALUE_DATE)
		return card_read_extra(card, line, property);
	if (slice_is(parts[2], "1"))
		return record_add_occasion(&card->record, RECORD_ANNIVERSARY, NULL, &date);
	if (slice_is(parts[2], "3") && !record_find_occasion(&card->record, RECORD_BIRTHDAY))
		return record_add_occasion(&card->record, RECORD_BIRTHDAY, NULL, &date);
	label = card_string(card, parts[3], VALUE_WORDS);
	if (!slice_is(parts[2], "0") || !*label)
		return card_read_extra(card, line, property);
	return record_add_occasion(&card->record, RECORD_NAMED, label, &date);
}

static int card_read_kind(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	if (slice_is(line->value, "group"))
		card->reason = ERR_TEXT("is a group of contacts, not a contact");
	return slice_is(line->value, "individual") ? 0 : card_read_extra(card, line, property);
}

/* Sorted by name, one letter's rows together. What is not listed is kept as it is. */
#define CARD_PROPERTY(name, read, kind)                                                            \
	{                                                                                          \
		name, sizeof(name) - 1, read, kind                                                 \
	}
static const struct card_property card_properties[] = {
	CARD_PROPERTY("ADR", card_read_part, CARD_CITY),
	CARD_PROPERTY("AGENT", card_read_nothing, CARD_BULKY),
	CARD_PROPERTY("ANNIVERSARY", card_read_day, RECORD_ANNIVERSARY),
	CARD_PROPERTY("BDAY", card_read_day, RECORD_BIRTHDAY),
	CARD_PROPERTY("CATEGORIES", card_read_tags, 0),
	CARD_PROPERTY("EMAIL", card_read_email, RECORD_EMAIL),
	CARD_PROPERTY("FN", card_read_field, CARD_NAME),
	CARD_PROPERTY("KEY", card_read_nothing, CARD_BULKY),
	CARD_PROPERTY("KIND", card_read_kind, 0),
	CARD_PROPERTY("LOGO", card_read_nothing, CARD_BULKY),
	CARD_PROPERTY("N", card_read_name, 0),
	CARD_PROPERTY("NOTE", card_read_note, 0),
	CARD_PROPERTY("ORG", card_read_part, CARD_ORG),
	CARD_PROPERTY("PHOTO", card_read_nothing, CARD_BULKY),
	CARD_PROPERTY("PRODID", card_read_product, 0),
	CARD_PROPERTY("REV", card_read_nothing, CARD_SMALL),
	CARD_PROPERTY("SOCIALPROFILE", card_read_profile, RECORD_LINK),
	CARD_PROPERTY("SOUND", card_read_nothing, CARD_BULKY),
	CARD_PROPERTY("TEL", card_read_value, RECORD_PHONE),
	CARD_PROPERTY("TITLE", card_read_field, CARD_TITLE),
	CARD_PROPERTY("UID", card_read_field, CARD_UID),
	CARD_PROPERTY("URL", card_read_value, RECORD_LINK),
	CARD_PROPERTY("VERSION", card_read_nothing, CARD_SMALL),
	CARD_PROPERTY("X-ABDATE", card_group_read_day, 0),
	CARD_PROPERTY("X-ABLABEL", card_group_read_label, 0),
	CARD_PROPERTY("X-ADDRESSBOOKSERVER-KIND", card_read_kind, 0),
	CARD_PROPERTY("X-ANDROID-CUSTOM", card_read_android, 0),
	CARD_PROPERTY("X-ANNIVERSARY", card_read_day, RECORD_ANNIVERSARY),
	CARD_PROPERTY("X-EVOLUTION-ANNIVERSARY", card_read_day, RECORD_ANNIVERSARY),
	CARD_PROPERTY("X-KADDRESSBOOK-X-ANNIVERSARY", card_read_day, RECORD_ANNIVERSARY),
	CARD_PROPERTY("X-MS-ANNIVERSARY", card_read_day, RECORD_ANNIVERSARY),
	CARD_PROPERTY("X-NUDGE-BUSY-INBOX", card_read_own, RECORD_BUSY_INBOX),
	CARD_PROPERTY("X-NUDGE-EVERY", card_read_own, RECORD_EVERY),
	CARD_PROPERTY("X-NUDGE-LANGUAGE", card_read_own, RECORD_LANGUAGE),
	CARD_PROPERTY("X-NUDGE-MET-PLACE", card_read_own, RECORD_MET_PLACE),
	CARD_PROPERTY("X-NUDGE-OFFERS", card_read_own_value, RECORD_OFFERS),
	CARD_PROPERTY("X-NUDGE-SALUTATION", card_read_own, RECORD_SALUTATION),
	CARD_PROPERTY("X-NUDGE-SEEKS", card_read_own_value, RECORD_SEEKS),
	CARD_PROPERTY("X-SOCIALPROFILE", card_read_profile, RECORD_LINK),
};

/* The characters of names (contentline_parse()) differ by one bit only where they are one letter. */
static inline bool card_is_named(const struct card_property *property, struct slice name)
{
	if (name.n != property->length)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((name.at[i] ^ property->name[i]) & 0xdf)
			return false;
	return true;
}

static const struct card_property *card_find(const struct card *card, struct slice name)
{
	static const struct card_property extra = { NULL, 0, card_read_extra, 0 };
	int letter = str_lower(*name.at) - 'a';

	if (letter < 0 || letter >= CARD_LETTERS - 1)
		return &extra;
	for (size_t i = card->first[letter]; i < card->first[letter + 1]; i++)
		if (card_is_named(&card_properties[i], name))
			return &card_properties[i];
	return &extra;
}

static const struct card_property *card_property_of(
	struct card *card, const struct contentline *line)
{
	struct card_known *known = card_known(card, line);

	if (known)
		return known->property;
	return card_learn(card, line, card_find(card, line->name));
}

void card_init(struct card *card)
{
	size_t row = 0;

	*card = (struct card){ 0 };
	for (int letter = 0; letter < CARD_LETTERS; letter++) {
		while (row < ARRAY_SIZE(card_properties) &&
			card_properties[row].name[0] - 'A' < letter)
			row++;
		card->first[letter] = (unsigned char)row;
	}
}

void card_done(struct card *card)
{
	record_done(&card->record);
	str_done(&card->note);
	str_done(&card->text);
	str_done(&card->label);
	str_done(&card->decoded);
	str_done(&card->plain);
	free(card->grouped);
}

void card_begin(struct card *card, uint64_t line)
{
	record_clear(&card->record);
	str_clear(&card->note);
	card->record.line = line;
	card->reason = card->built_name = NULL;
	card->bytes = card->n_grouped = 0;
	card->preferring = 0;
	card->dropping = card->own = false;
}

bool card_wants(const struct card *card, struct slice name)
{
	return card_find(card, name)->read != card_read_nothing;
}

/* A line without a name: the rest of a photograph whose writer did not fold it, or of a note. */
static int card_add_stray(struct card *card, const struct contentline *line)
{
	struct contentline stray = { .value = line->text };

	if (!line->text.n || card->dropping)
		return 0;
	card->utf8 = charset_is_utf8(line->text.at, line->text.n);
	card->simple = false;
	return card_add_note(card, NULL, card_value(card, &stray));
}

int card_add(struct card *card, const struct contentline *line)
{
	const struct card_property *property;
	int result;

	if (card->reason)
		return 0;
	if (line->too_long) {
		card->reason = ERR_TEXT("has a line of more than 256 KiB");
		return 0;
	}
	if (!line->name.at)
		return card_add_stray(card, line);
	card->dropping = false;
	card->simple = line->plain == line->text.n;
	card->utf8 = card->simple ||
		charset_is_utf8(line->text.at + line->plain, line->text.n - line->plain);
	property = card_property_of(card, line);
	result = property->read(card, line, property);
	if (card->text.failed || card->label.failed || card->decoded.failed || card->plain.failed)
		return -ENOMEM;
	return result;
}

static const char *card_first_email(const struct record *record)
{
	for (size_t i = 0; i < record->n_values; i++)
		if (record->values[i].kind == RECORD_EMAIL)
			return record->values[i].text;
	return NULL;
}

int card_finish(struct card *card)
{
	struct record *record = &card->record;
	int result = card_group_finish(card);

	for (int kind = RECORD_EMAIL; !result && card->preferring >> kind; kind++)
		if (card->preferring >> kind & 1)
			result = record_prefer(record, (enum record_kind)kind);
	if (result)
		return result;
	if (!record->name)
		record->name = card->built_name;
	if (!record->name)
		record->name = record->org;
	if (!record->name)
		record->name = card_first_email(record);
	if (!record->name && !card->reason)
		card->reason = ERR_TEXT("has no name, no organisation and no e-mail address");
	if (card->note.len) {
		record->note = record_copy(record, card->note.data, card->note.len);
		if (!record->note)
			return -ENOMEM;
	}
	return 0;
}
