/* SPDX-License-Identifier: MIT */
/*
 * card-known: what lines of a kind mean is found out once.
 */
#include "format/card-part.h"
#include "format/charset.h"

#include <string.h>

struct card_known *card_known(struct card *card, const struct contentline *line)
{
	struct card_known *known = &card->known[line->number % CARD_KNOWN];

	return line->number && known->number == line->number ? known : NULL;
}

const struct card_property *card_learn(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	card->known[line->number % CARD_KNOWN] = (struct card_known){ .number = line->number,
		.property = property };
	return property;
}

/* vCard 4.0 counts from 1 to 100, older ones say it or not. */
static unsigned char card_read_preference(const struct contentline *line)
{
	_cleanup_str_ struct str text = STR_INIT;
	uint64_t n;

	if (contentline_param_add(line, "PREF", &text))
		return str_number(str_text(&text), 100, &n) ? (unsigned char)n : 0;
	return contentline_param_has(line, "TYPE", "pref");
}

/* "WORK", "FAX" and what else a type may say, without what every address is. */
static void card_make_label(struct card *card, const struct contentline *line)
{
	struct str *label = &card->label;
	static const char *const idle[] = { "internet", "pref", "voice", "x400", "msg", "text",
		"uri", "quoted-printable", "8bit", "7bit", "uid" };
	struct slice type;
	size_t at = 0;

	str_clear(label);
	card->preference = card_read_preference(line);
	while (contentline_param_next(line, "TYPE", &at, &type)) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_SIZE(idle) && !known; i++)
			known = slice_is(type, idle[i]);
		if (known || !type.n || label->len + type.n > 64 ||
			!charset_is_utf8(type.at, type.n))
			continue;
		str_add_separator(label, " ");
		value_add_text(label, type, VALUE_WORDS);
	}
	for (size_t i = 0; i < label->len; i++)
		label->data[i] = str_lower(label->data[i]);
}

const char *card_label(struct card *card, const struct contentline *line)
{
	struct card_known *known = card_known(card, line);

	if (known && known->labelled) {
		card->preference = known->preference;
		return *known->label ? known->label : NULL;
	}
	card_make_label(card, line);
	if (known && card->label.len < sizeof(known->label) && !card->label.failed) {
		memcpy(known->label, str_text(&card->label), card->label.len + 1);
		known->preference = card->preference;
		known->labelled = true;
	}
	return card->label.len ? card->label.data : NULL;
}
