/* SPDX-License-Identifier: MIT */
/*
 * card-own: what means more in a card that an export of ours made.
 */
#include "format/card-part.h"
#include "format/own.h"

#include <errno.h>

int card_read_product(struct card *card, const struct contentline *line,
	const struct card_property *property UNUSED)
{
	card->own = card->record.ours = slice_is(line->value, OWN_PRODID);
	card->dropping = false;
	return 0;
}

int card_read_own(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	const char **field = &card->record.own[property->kind];
	const char *text = card_string(card, card_value(card, line), VALUE_WORDS);

	if (!card->own || *field || !*text || !own_is_valid((enum record_own)property->kind, text))
		return card_read_extra(card, line, property);
	*field = card_copy(card, text, card->text.len);
	return *field ? 0 : -ENOMEM;
}

int card_read_own_value(
	struct card *card, const struct contentline *line, const struct card_property *property)
{
	if (!card->own)
		return card_read_extra(card, line, property);
	return card_add_value(card, (enum record_kind)property->kind, NULL,
		card_text(card, card_value(card, line), VALUE_WORDS));
}

/* Takes the next tag off *rest, up to a comma, or to an escaped one. */
static bool card_next_tag(struct slice *rest, bool escaped, struct slice *ret)
{
	if (!escaped)
		return value_next(rest, ',', ret);
	if (!rest->at)
		return false;
	for (size_t i = 0; i + 1 < rest->n; i++) {
		if (rest->at[i] != '\\')
			continue;
		if (rest->at[++i] != ',')
			continue;
		*ret = (struct slice){ rest->at, i - 1 };
		*rest = (struct slice){ rest->at + i + 1, rest->n - i - 1 };
		return true;
	}
	*ret = *rest;
	*rest = (struct slice){ 0 };
	return true;
}

static bool card_is_everybody(struct slice tag)
{
	return slice_is(tag, "myContacts") || slice_is(tag, "My Contacts");
}

/* Commas separate tags, and escaped ones belong to them (RFC 6350 section 6.7.1). But there are programs that
 * escape the whole list: ownCloud and Nextcloud before 2017 (github.com/owncloud/core, issue 25030), and
 * Thunderbird's MoreFunctionsForAddressBook. Theirs has no comma that is not escaped, and is not ours; a
 * lone tag of somebody else's with a comma in it pays for that. */
int card_read_tags(struct card *card, const struct contentline *line,
	const struct card_property *property UNUSED)
{
	struct slice all = card_value(card, line), rest = all, tag;
	bool more = value_next(&rest, ',', &tag), escaped = !rest.at && !card->own && !card->simple;
	int result = 0;

	if (escaped) {
		rest = all;
		more = card_next_tag(&rest, escaped, &tag);
	}
	for (; !result && more; more = card_next_tag(&rest, escaped, &tag)) {
		struct slice text = card_text(card, tag, VALUE_WORDS);

		/* Google's group of everybody. */
		if (card->own || !card_is_everybody(text))
			result = card_add_value(card, RECORD_TAG, NULL, text);
	}
	return result;
}
