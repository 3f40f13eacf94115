/* SPDX-License-Identifier: MIT */
/*
 * person: a contact's options, shared by add and edit.
 */
#include "cli/person.h"

#include "book/occasions.h"
#include "book/search.h"
#include "cli/pick.h"
#include "format/when.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PERSON_TEXT(name_, kind, field)                                                            \
	{                                                                                          \
		.name = (name_), .type = (kind),                                                   \
		.offset = offsetof(struct person, text) + (field) * sizeof(char *)                 \
	}
#define PERSON_VALUES(name_, kind)                                                                 \
	{                                                                                          \
		.name = (name_), .type = CLI_LIST,                                                 \
		.offset = offsetof(struct person, values) + (kind) * sizeof(struct cli_list)       \
	}

const struct cli_option person_options[] = {
	PERSON_TEXT("name", CLI_TEXT, CONTACT_NAME),
	CLI_OPTION("untag", CLI_LIST, struct person, untag),
	PERSON_TEXT("org", CLI_TEXT, CONTACT_ORG),
	PERSON_TEXT("title", CLI_TEXT, CONTACT_TITLE),
	PERSON_TEXT("city", CLI_TEXT, CONTACT_CITY),
	PERSON_TEXT("language", CLI_TEXT, CONTACT_LANGUAGE),
	PERSON_TEXT("salutation", CLI_TEXT, CONTACT_SALUTATION),
	PERSON_TEXT("note", CLI_LINES, CONTACT_NOTE),
	PERSON_TEXT("every", CLI_TEXT, CONTACT_EVERY),
	PERSON_TEXT("met-place", CLI_TEXT, CONTACT_MET_PLACE),
	PERSON_VALUES("email", CONTACT_EMAIL),
	PERSON_VALUES("phone", CONTACT_PHONE),
	PERSON_VALUES("link", CONTACT_LINK),
	PERSON_VALUES("tag", CONTACT_TAG),
	PERSON_VALUES("offers", CONTACT_OFFERS),
	PERSON_VALUES("seeks", CONTACT_SEEKS),
	CLI_OPTION("birthday", CLI_TEXT, struct person, birthday),
	CLI_OPTION("met", CLI_TEXT, struct person, met),
	CLI_OPTION("via", CLI_TEXT, struct person, via),
	CLI_OPTION("busy-inbox", CLI_FLAG, struct person, busy_inbox),
	CLI_OPTION("no-busy-inbox", CLI_FLAG, struct person, no_busy_inbox),
};
const size_t person_n_options = ARRAY_SIZE(person_options);

void person_done(struct person *person)
{
	for (size_t i = 0; i < CONTACT_KIND_COUNT; i++)
		cli_list_done(&person->values[i]);
	cli_list_done(&person->untag);
}

bool person_is_empty(const struct person *person)
{
	bool empty = !person->birthday && !person->met && !person->via && !person->untag.n &&
		!person->busy_inbox && !person->no_busy_inbox;

	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		empty &= !person->text[i];
	for (size_t i = 0; i < CONTACT_KIND_COUNT; i++)
		empty &= !person->values[i].n;
	return empty;
}

int person_parse_every(struct cli *cli, const char *text, char ret[PERSON_EVERY_SIZE])
{
	struct when_span span;

	ret[0] = '\0';
	if (str_empty(text))
		return 0;
	if (str_equal(text, "never") || str_equal(text, "nie")) {
		(void)strcpy(ret, "never");
		return 0;
	}
	if (when_span(text, &span, &cli->err) < 0)
		return cli_usage(cli, "--every: %s", cli->err.text);
	(void)repeat_format(&(struct repeat){ span.months, span.days, false }, ret);
	return 0;
}

static int person_check_emails(struct cli *cli, const struct person *person)
{
	for (size_t i = 0; i < person->values[CONTACT_EMAIL].n; i++) {
		struct mime_address address = { 0 };

		if (!*person->values[CONTACT_EMAIL].all[i])
			continue;
		if (mime_address_parse(&address, person->values[CONTACT_EMAIL].all[i], &cli->err) <
			0)
			return cli_usage(cli, "--email: %s", cli->err.text);
		mime_address_done(&address);
	}
	return 0;
}

static int person_check_via(struct cli *cli, const char *name, int64_t *ret)
{
	_cleanup_forums_ struct forums forums = { 0 };
	int status = str_empty(name) ? 0 : pick_forum(cli, name, &forums);

	*ret = forums.n ? forums.all[0].number : 0;
	return status;
}

/* By a flag, or by a word in the editor. */
static int person_check_inbox(
	struct cli *cli, const struct person *person, struct person_checked *ret)
{
	static const struct {
		const char *word;
		bool busy;
	} words[] = { { CONTACT_YES, true }, { "ja", true }, { "no", false }, { "nein", false },
		{ "", false } };
	const char *text = person->text[CONTACT_BUSY_INBOX];

	if (person->busy_inbox && person->no_busy_inbox)
		return cli_usage(cli, "--busy-inbox and --no-busy-inbox say the opposite");
	ret->busy_inbox = person->busy_inbox;
	for (size_t i = 0; text && i < ARRAY_SIZE(words); i++)
		if (str_casecmp(words[i].word, text) == 0) {
			ret->busy_inbox = words[i].busy;
			return 0;
		}
	return text ? cli_usage(cli, "busy-inbox: yes or no, not \"%s\"", text) : 0;
}

int person_check(struct cli *cli, const struct person *person, struct person_checked *ret)
{
	*ret = (struct person_checked){ 0 };
	if (person->birthday) {
		ret->has_birthday = true;
		if (*person->birthday &&
			when_occasion(person->birthday, cli->today, &ret->birthday, &cli->err) < 0)
			return cli_usage(cli, "--birthday: %s", cli->err.text);
	}
	if (person->met) {
		ret->has_met = true;
		ret->met_is_gone = !*person->met;
		if (*person->met &&
			when_day(person->met, cli->today, WHEN_PAST, &ret->met_day, &cli->err) < 0)
			return cli_usage(cli, "--met: %s", cli->err.text);
		if (ret->met_day > cli->today)
			return cli_usage(cli, "--met: \"%s\" is still to come", person->met);
	}
	if (person->text[CONTACT_NAME] && str_empty(person->text[CONTACT_NAME]))
		return cli_usage(cli, "a contact needs a name");
	if (person_parse_every(cli, person->text[CONTACT_EVERY], ret->every))
		return EX_USAGE;
	if (person_check_inbox(cli, person, ret) || person_check_emails(cli, person))
		return EX_USAGE;
	return person_check_via(cli, person->via, &ret->via);
}

/* What is to be taken away goes first, so that an empty value beside others replaces all. */
static int person_store_kind(
	struct cli *cli, int64_t id, enum contact_kind kind, const struct cli_list *values)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < values->n; i++)
		if (!*values->all[i])
			r = contacts_clear_values(cli->store, id, kind, cli->today, &cli->err);
	for (size_t i = 0; r >= 0 && i < values->n; i++)
		if (*values->all[i])
			r = contacts_add_value(cli->store, id, kind, values->all[i], NULL,
				CONTACT_HAND, cli->today, &cli->err);
	return r < 0 ? r : 0;
}

static int person_store_values(struct cli *cli, int64_t id, const struct person *person)
{
	int r = 0;

	for (size_t kind = 0; r == 0 && kind < CONTACT_KIND_COUNT; kind++)
		r = person_store_kind(cli, id, (enum contact_kind)kind, &person->values[kind]);
	for (size_t i = 0; r == 0 && i < person->untag.n; i++) {
		r = contacts_remove_value(
			cli->store, id, CONTACT_TAG, person->untag.all[i], cli->today, &cli->err);
		if (r == CONTACT_KEPT)
			return err_set(&cli->err, -ENOENT,
				"there is no tag \"%s\" to take away; nothing was changed",
				person->untag.all[i]);
	}
	return r;
}

static int person_store_birthday(struct cli *cli, int64_t id, const struct date *birthday)
{
	int64_t number;
	int r;

	if (!birthday->month)
		return occasions_remove_birthday(cli->store, id, cli->today, &cli->err);
	r = occasions_add(cli->store, cli->book, id, OCCASION_BIRTHDAY, NULL, birthday,
		CONTACT_HAND, cli->today, &number, &cli->err);
	return r < 0 ? r : 0;
}

static int person_remove_met(struct cli *cli, int64_t id)
{
	int r = contacts_clear_met(cli->store, id, &cli->err);

	return r < 0 ? r : occasions_remove_met(cli->store, id, &cli->err);
}

/* The day one met comes round each year, and is worth a line. */
static int person_store_met(struct cli *cli, int64_t id, int32_t day)
{
	struct date date = day_date(day);
	int64_t number;
	int r = contacts_set_met(cli->store, id, day, &cli->err);

	if (r == 0)
		r = occasions_add(cli->store, cli->book, id, OCCASION_MET, NULL, &date,
			CONTACT_HAND, cli->today, &number, &cli->err);
	return r < 0 ? r : 0;
}

int person_store(struct cli *cli, int64_t id, const struct person *person,
	const struct person_checked *checked)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < CONTACT_FIELD_COUNT; i++)
		if (person->text[i] && i != CONTACT_BUSY_INBOX)
			r = contacts_set(cli->store, id, (enum contact_field)i,
				i == CONTACT_EVERY ? checked->every : person->text[i], CONTACT_HAND,
				cli->today, &cli->err);
	if (r == 0 &&
		(person->busy_inbox || person->no_busy_inbox || person->text[CONTACT_BUSY_INBOX]))
		r = contacts_set(cli->store, id, CONTACT_BUSY_INBOX,
			checked->busy_inbox ? CONTACT_YES : NULL, CONTACT_HAND, cli->today,
			&cli->err);
	if (r == 0)
		r = person_store_values(cli, id, person);
	if (r == 0 && checked->has_birthday)
		r = person_store_birthday(cli, id, &checked->birthday);
	if (r == 0 && checked->has_met)
		r = checked->met_is_gone ? person_remove_met(cli, id)
					 : person_store_met(cli, id, checked->met_day);
	if (r == 0 && person->via)
		r = forums_set_via(cli->store, id, checked->via, cli->today, &cli->err);
	return r < 0 ? r : search_index(cli->store, id, &cli->err);
}
