/* SPDX-License-Identifier: MIT */
/*
 * card-value: what stands behind the colon of a line, without its encoding, in UTF-8.
 */
#include "format/base64.h"
#include "format/card-part.h"
#include "format/charset.h"
#include "format/qp.h"
#include "format/vcard.h"

#include <errno.h>

/* Whether a parameter begins as ENCODING or a bare QUOTED-PRINTABLE or BASE64 do: few do. */
static bool card_may_be_encoded(const struct contentline *line)
{
	for (size_t i = 0; i < line->n_params; i++) {
		struct slice name = line->params[i].name;
		char first = name.n ? str_lower(*name.at) : '\0';

		if (first == 'e' || first == 'q' || first == 'b')
			return true;
	}
	return false;
}

/* Base64 of a text, as vCard 2.1 may have it; of a key or a picture it is none. */
static bool card_decode_base64(struct card *card, const struct contentline *line)
{
	struct slice value = line->value;
	struct str *plain = &card->plain;

	if ((!contentline_param_has(line, "ENCODING", "BASE64") &&
		    !contentline_param_has(line, "ENCODING", "B")) ||
		!base64_is_valid(value.at, value.n))
		return false;
	str_clear(plain);
	base64_add_decoded(plain, value.at, value.n);
	for (size_t i = 0; i < plain->len; i++)
		if ((unsigned char)plain->data[i] < ' ' && !str_is_space(plain->data[i]))
			return false;
	return true;
}

/* Whether the value was written down in an encoding: then card->plain is what it says. */
static bool card_decode(struct card *card, const struct contentline *line)
{
	if (!card_may_be_encoded(line))
		return false;
	if (!contentline_param_has(line, "ENCODING", "QUOTED-PRINTABLE"))
		return card_decode_base64(card, line);
	str_clear(&card->plain);
	qp_add_decoded(&card->plain, line->value.at, line->value.n);
	return true;
}

struct slice card_value(struct card *card, const struct contentline *line)
{
	struct slice value = line->value;

	if (card_decode(card, line))
		value = (struct slice){ str_text(&card->plain), card->plain.len };
	if (value.at != line->value.at || !card->utf8) {
		card->simple = false;
		str_clear(&card->decoded);
		charset_add(&card->decoded, value.at, value.n);
		value = (struct slice){ str_text(&card->decoded), card->decoded.len };
	}
	return value;
}

const char *card_copy(struct card *card, const char *text, size_t n)
{
	card->bytes += n;
	if (card->bytes > VCARD_CARD_MAX)
		card->reason = ERR_TEXT("holds more than 1 MiB of text");
	return record_copy(&card->record, text, n);
}

struct slice card_text(struct card *card, struct slice value, enum value_form form)
{
	if (card->simple)
		return value_plain_text(value, form);
	str_clear(&card->text);
	value_add_text(&card->text, value, form);
	return (struct slice){ str_text(&card->text), card->text.len };
}

const char *card_string(struct card *card, struct slice value, enum value_form form)
{
	str_clear(&card->text);
	value_add_text(&card->text, value, form);
	return str_text(&card->text);
}

void card_count(struct card *card)
{
	if (card->record.n_values + card->n_grouped > VCARD_VALUES_MAX)
		card->reason = ERR_TEXT("has more than 1,000 addresses, numbers and other entries");
}

int card_add_value(struct card *card, enum record_kind kind, const char *label, struct slice text)
{
	int result;

	if (!text.n)
		return 0;
	card->bytes += text.n;
	if (card->bytes > VCARD_CARD_MAX)
		card->reason = ERR_TEXT("holds more than 1 MiB of text");
	if (card->reason)
		return 0;
	if (card->text.failed)
		return -ENOMEM;
	result = record_add_bytes(&card->record, kind, label, text.at, text.n);
	card_count(card);
	return result;
}

/* Whether the parameter says how the value was written down, which it no longer is. */
static bool card_is_coding(struct slice name)
{
	return slice_is(name, "ENCODING") || slice_is(name, "CHARSET") ||
		slice_is(name, "QUOTED-PRINTABLE") || slice_is(name, "BASE64");
}

static bool card_has_coding(const struct contentline *line)
{
	for (size_t i = 0; i < line->n_params; i++)
		if (card_is_coding(line->params[i].name))
			return true;
	return false;
}

struct slice card_line(struct card *card, const struct contentline *line)
{
	struct slice value = card_value(card, line);
	const char *name_end = line->name.at + line->name.n;
	const char *start = line->group.at ? line->group.at : line->name.at;

	if (card->utf8 && !card_has_coding(line))
		return card_text(card, line->clean, VALUE_RAW);
	str_clear(&card->text);
	str_add_bytes(&card->text, start, (size_t)(name_end - start));
	for (size_t i = 0; i < line->n_params; i++) {
		const struct contentline_param *p = &line->params[i];
		struct slice text = { p->name.at, p->name.n + (p->value.at ? p->value.n + 1 : 0) };

		if (card_is_coding(p->name) || !charset_is_utf8(text.at, text.n))
			continue;
		str_add_char(&card->text, ';');
		value_add_text(&card->text, text, VALUE_RAW);
	}
	str_add_char(&card->text, ':');
	value_add_text(&card->text, value, VALUE_RAW);
	return (struct slice){ str_text(&card->text), card->text.len };
}
