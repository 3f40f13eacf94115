/* SPDX-License-Identifier: MIT */
/*
 * own: what is said in our exports alone.
 */
#include "format/own.h"

#include "format/when.h"

static const char *const own_texts[RECORD_OWN_COUNT] = {
	[RECORD_LANGUAGE] = "X-NUDGE-LANGUAGE",
	[RECORD_SALUTATION] = "X-NUDGE-SALUTATION",
	[RECORD_EVERY] = "X-NUDGE-EVERY",
	[RECORD_MET_PLACE] = "X-NUDGE-MET-PLACE",
	[RECORD_BUSY_INBOX] = "X-NUDGE-BUSY-INBOX",
};

static const struct {
	enum record_kind kind;
	const char *property;
} own_values[] = { { RECORD_OFFERS, "X-NUDGE-OFFERS" }, { RECORD_SEEKS, "X-NUDGE-SEEKS" } };

const char *own_text_property(enum record_own own)
{
	return own_texts[own];
}

const char *own_value_property(enum record_kind kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(own_values); i++)
		if (own_values[i].kind == kind)
			return own_values[i].property;
	return NULL;
}

bool own_is_property(struct slice name)
{
	for (size_t i = 0; i < ARRAY_SIZE(own_texts); i++)
		if (slice_is(name, own_texts[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(own_values); i++)
		if (slice_is(name, own_values[i].property))
			return true;
	return false;
}

/* A span as it is kept, one number and one letter. */
static bool own_is_span(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	struct when_span span;

	if (str_equal(text, "never"))
		return true;
	return digits && text[digits] && strchr("dwmy", text[digits]) && !text[digits + 1] &&
		when_span(text, &span, NULL) == 0;
}

bool own_is_valid(enum record_own own, const char *text)
{
	if (own == RECORD_EVERY)
		return own_is_span(text);
	return own != RECORD_BUSY_INBOX || str_equal(text, "yes");
}
