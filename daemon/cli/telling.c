/* SPDX-License-Identifier: MIT */
/*
 * telling: what tells people apart among whom one is meant.
 */
#include "cli/telling.h"

#include "cli/words.h"
#include "core/utf8.h"
#include "digest/wording.h"

#include <string.h>

#define TELLING_FACTS   3
#define TELLING_COLUMNS 40 /* what is longer tells no more at a glance */

void telling_list_done(struct telling_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		contact_done(&list->all[i].contact);
		occasions_done(&list->all[i].occasions);
	}
	free(list->all);
	*list = (struct telling_list){ 0 };
}

int telling_list_add(struct telling_list *list, struct store *store, int64_t book, int64_t id,
	struct err *reterr)
{
	struct telling *more = reallocarray(list->all, list->n + 1, sizeof(*more));
	int r;

	if (!more)
		return err_oom(reterr);
	list->all = more;
	more += list->n++;
	*more = (struct telling){ 0 };
	r = contacts_load(store, book, id, &more->contact, reterr);
	return r < 0 ? r : occasions_of(store, id, &more->occasions, reterr);
}

/* A fact of one person: how many texts it has at most, and each of them. */
struct telling_fact {
	const char *label; /* of words' context "field"; NULL: the text tells what it is */
	bool (*get)(const struct telling *who, int which, size_t at, struct str *ret);
	int which; /* field or kind */
};

static bool telling_field(const struct telling *who, int which, size_t at, struct str *ret)
{
	if (at || !who->contact.field[which])
		return false;
	str_add(ret, who->contact.field[which]);
	return true;
}

static bool telling_value(const struct telling *who, int which, size_t at, struct str *ret)
{
	for (size_t i = 0; i < who->contact.n_values; i++)
		if ((int)who->contact.values[i].kind == which && at-- == 0) {
			str_add(ret, who->contact.values[i].text);
			return true;
		}
	return false;
}

static bool telling_birthday(
	const struct telling *who, int which UNUSED, size_t at, struct str *ret)
{
	for (size_t i = 0; !at && i < who->occasions.n; i++)
		if (str_equal(who->occasions.all[i].kind, OCCASION_BIRTHDAY)) {
			wording_add_plain_date(ret, &who->occasions.all[i].date);
			return true;
		}
	return false;
}

static const struct telling_fact telling_facts[] = {
	{ NULL, telling_field, CONTACT_ORG },
	{ NULL, telling_field, CONTACT_CITY },
	{ NULL, telling_value, CONTACT_EMAIL },
	{ "birthday", telling_birthday, 0 },
	{ NULL, telling_value, CONTACT_PHONE },
	{ NULL, telling_field, CONTACT_TITLE },
	{ "tag", telling_value, CONTACT_TAG },
	{ "place you met", telling_field, CONTACT_MET_PLACE },
	{ "seeks", telling_value, CONTACT_SEEKS },
	{ "offers", telling_value, CONTACT_OFFERS },
};

static bool telling_has(
	const struct telling *who, const struct telling_fact *fact, const char *wanted)
{
	_cleanup_str_ struct str text = STR_INIT;

	for (size_t at = 0; str_clear(&text), fact->get(who, fact->which, at, &text); at++)
		if (str_equal(str_text(&text), wanted))
			return true;
	return false;
}

static bool telling_is_common(
	const struct telling_list *list, const struct telling_fact *fact, const char *text)
{
	size_t n = 0;

	while (n < list->n && telling_has(&list->all[n], fact, text))
		n++;
	return n == list->n;
}

/* The first text that not everybody has. */
static bool telling_add_fact(struct str *out, const struct telling_list *list, size_t which,
	const struct telling_fact *fact)
{
	_cleanup_str_ struct str text = STR_INIT;

	for (size_t at = 0; str_clear(&text), fact->get(&list->all[which], fact->which, at, &text);
		at++) {
		if (telling_is_common(list, fact, str_text(&text)) ||
			utf8_width(str_text(&text)) > TELLING_COLUMNS)
			continue;
		str_add(out, ", ");
		if (fact->label)
			str_addf(out, "%s: ", words_say("field", fact->label));
		str_add(out, str_text(&text));
		return true;
	}
	return false;
}

void telling_add(struct str *out, const struct telling_list *list, size_t which)
{
	unsigned told = 0;

	for (size_t i = 0; told < TELLING_FACTS && i < ARRAY_SIZE(telling_facts); i++)
		told += telling_add_fact(out, list, which, &telling_facts[i]);
}
