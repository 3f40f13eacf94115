/* SPDX-License-Identifier: MIT */
/*
 * show: contacts on the terminal and as JSON.
 */
#include "cli/show.h"

#include "book/aliases.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/history.h"
#include "book/occasions.h"
#include "book/search.h"
#include "core/utf8.h"

#include <errno.h>

#define SHOW_LABEL_COLUMNS 12
#define SHOW_NAME_COLUMNS  30

static const struct {
	const char *label, *json;
} show_kinds[CONTACT_KIND_COUNT] = {
	[CONTACT_EMAIL] = { "E-mail", "emails" },
	[CONTACT_PHONE] = { "Phone", "phones" },
	[CONTACT_LINK] = { "Link", "links" },
	[CONTACT_TAG] = { "Tags", "tags" },
	[CONTACT_OFFERS] = { "Offers", "offers" },
	[CONTACT_SEEKS] = { "Seeks", "seeks" },
	[CONTACT_EXTRA] = { "Imported", "extra" },
};

static void show_pad(struct str *out, const char *text, size_t columns)
{
	size_t width = utf8_width(text);

	str_add(out, text);
	for (; width < columns; width++)
		str_add_char(out, ' ');
}

static void show_field(struct cli *cli, const char *label, const char *text)
{
	if (str_empty(text))
		return;
	str_add(&cli->out, CLI_FAINT);
	show_pad(&cli->out, label, SHOW_LABEL_COLUMNS);
	str_addf(&cli->out, CLI_PLAIN " %s\n", text);
}

void show_owner(struct cli *cli, const struct owner *owner)
{
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "name", owner->name);
		json_add_string(&cli->js, "city", owner->city);
		json_add_string(&cli->js, "intro", owner->intro);
		json_key(&cli->js, "offers");
		json_array_begin(&cli->js);
		for (size_t i = 0; i < owner->n_offers; i++)
			json_string(&cli->js, owner->offers[i]);
		json_array_end(&cli->js);
		json_object_end(&cli->js);
		return;
	}
	show_field(cli, "Name", owner->name);
	show_field(cli, "City", owner->city);
	show_field(cli, "Intro", owner->intro);
	for (size_t i = 0; i < owner->n_offers; i++)
		show_field(cli, i ? "" : "Offers", owner->offers[i]);
	if (!cli->out.len)
		str_add(&cli->out,
			"Nothing yet. Tell who you are: nudge me --name \"Anna Schmidt\" --offers PostgreSQL\n");
}

/* One contact with its occasions, read for showing. */
struct show_person {
	struct contact contact;
	struct occasions occasions;
	struct aliases aliases;
	struct forums via; /* one or none */
};

static void show_person_done(struct show_person *person)
{
	contact_done(&person->contact);
	occasions_done(&person->occasions);
	aliases_done(&person->aliases);
	forums_done(&person->via);
}

/* The day one met stands with the contact's own fields. */
static bool show_is_listed(const struct occasion *occasion)
{
	return !str_equal(occasion->kind, OCCASION_MET);
}

static int show_load(struct cli *cli, int64_t id, struct show_person *ret)
{
	int r = contacts_load(cli->store, cli->book, id, &ret->contact, &cli->err);

	return r < 0 ? r : occasions_of(cli->store, id, &ret->occasions, &cli->err);
}

/* As well what a line of a list does not tell. */
static int show_load_whole(struct cli *cli, int64_t id, struct show_person *ret)
{
	int r = show_load(cli, id, ret);

	if (r == 0)
		r = aliases_of(cli->store, id, &ret->aliases, &cli->err);
	if (r == 0)
		r = forums_via(cli->store, cli->book, id, &ret->via, &cli->err);
	return r < 0 ? r : 0;
}

static const struct occasion *show_birthday(const struct show_person *person)
{
	for (size_t i = 0; i < person->occasions.n; i++)
		if (str_equal(person->occasions.all[i].kind, OCCASION_BIRTHDAY))
			return &person->occasions.all[i];
	return NULL;
}

static void show_json_day(struct json *js, const char *key, bool known, int32_t day)
{
	struct date date = day_date(day);
	char text[DAY_TEXT_SIZE];

	json_add_string(js, key, known ? day_format(&date, text) : NULL);
}

static void show_json_values(struct json *js, const struct contact *contact)
{
	for (size_t kind = 0; kind < CONTACT_EXTRA; kind++) {
		json_key(js, show_kinds[kind].json);
		json_array_begin(js);
		for (size_t i = 0; i < contact->n_values; i++)
			if (contact->values[i].kind == kind)
				json_string(js, contact->values[i].text);
		json_array_end(js);
	}
}

static void show_json(struct json *js, const struct show_person *person)
{
	const struct contact *c = &person->contact;
	const struct occasion *birthday = show_birthday(person);
	char text[DAY_TEXT_SIZE];

	json_object_begin(js);
	json_add_int(js, "id", c->id);
	json_add_string(js, "name", c->field[CONTACT_NAME]);
	json_add_string(js, "birthday", birthday ? day_format(&birthday->date, text) : NULL);
	show_json_values(js, c);
	json_add_string(js, "org", c->field[CONTACT_ORG]);
	json_add_string(js, "title", c->field[CONTACT_TITLE]);
	json_add_string(js, "city", c->field[CONTACT_CITY]);
	json_add_string(js, "language", c->field[CONTACT_LANGUAGE]);
	json_add_string(js, "salutation", c->field[CONTACT_SALUTATION]);
	json_add_string(js, "every", c->field[CONTACT_EVERY]);
	json_add_bool(js, "busy_inbox", c->field[CONTACT_BUSY_INBOX] != NULL);
	show_json_day(js, "last_touch", c->has_touch, c->touch_day);
	show_json_day(js, "met", c->has_met, c->met_day);
	json_add_string(js, "met_place", c->field[CONTACT_MET_PLACE]);
	json_add_string(js, "note", c->field[CONTACT_NOTE]);
	json_add_string(js, "via", person->via.n ? person->via.all[0].name : NULL);
	json_key(js, "occasions");
	json_array_begin(js);
	for (size_t i = 0; i < person->occasions.n; i++) {
		const struct occasion *o = &person->occasions.all[i];

		if (!show_is_listed(o))
			continue;
		json_object_begin(js);
		json_add_string(js, "name", o->name ? o->name : o->kind);
		json_add_string(js, "date", day_format(&o->date, text));
		json_object_end(js);
	}
	json_array_end(js);
	json_key(js, "merged");
	json_array_begin(js);
	for (size_t i = 0; i < person->aliases.n; i++) {
		json_object_begin(js);
		json_add_int(js, "id", person->aliases.all[i].id);
		json_add_string(js, "name", person->aliases.all[i].name);
		json_object_end(js);
	}
	json_array_end(js);
	json_object_end(js);
}

static void show_values(struct cli *cli, const struct contact *contact, bool extra)
{
	for (size_t kind = 0; kind < (extra ? CONTACT_KIND_COUNT : CONTACT_EXTRA); kind++) {
		_cleanup_str_ struct str line = STR_INIT;

		for (size_t i = 0; i < contact->n_values; i++) {
			const struct contact_value *v = &contact->values[i];

			if (v->kind != kind)
				continue;
			str_add_separator(&line, kind == CONTACT_EXTRA ? "\n             " : ", ");
			str_add(&line, v->text);
			if (v->label)
				str_addf(&line, " (%s)", v->label);
		}
		show_field(cli, show_kinds[kind].label, str_text(&line));
	}
}

static void show_occasions(struct cli *cli, const struct show_person *person)
{
	for (size_t i = 0; i < person->occasions.n; i++) {
		const struct occasion *o = &person->occasions.all[i];
		_cleanup_str_ struct str line = STR_INIT;
		char text[DAY_TEXT_SIZE];

		if (!show_is_listed(o))
			continue;
		str_addf(&line, "%s  " CLI_ACCENT "b%lld" CLI_PLAIN, day_format(&o->date, text),
			(long long)o->number);
		show_field(cli, o->name ? o->name : o->kind, str_text(&line));
	}
}

static int show_follow_ups(struct cli *cli, int64_t id)
{
	_cleanup_followups_ struct followups followups = { 0 };
	int r = followups_of(cli->store, id, &followups, &cli->err);

	for (size_t i = 0; r == 0 && i < followups.n; i++) {
		const struct followup *f = &followups.all[i];
		_cleanup_str_ struct str line = STR_INIT;
		struct date due = day_date(f->due_day);
		char text[DAY_TEXT_SIZE];

		str_addf(&line, "%s, due %s  " CLI_ACCENT "f%lld" CLI_PLAIN, f->what,
			day_format(&due, text), (long long)f->number);
		show_field(cli, i ? "" : "Follow-up", str_text(&line));
	}
	return r;
}

static void show_days(struct cli *cli, const struct contact *c)
{
	_cleanup_str_ struct str met = STR_INIT, touch = STR_INIT;
	char text[DAY_TEXT_SIZE];
	struct date day;

	if (c->has_met) {
		day = day_date(c->met_day);
		str_add(&met, day_format(&day, text));
	}
	if (c->field[CONTACT_MET_PLACE]) {
		str_add_separator(&met, ", ");
		str_add(&met, c->field[CONTACT_MET_PLACE]);
	}
	show_field(cli, "Met", str_text(&met));
	if (c->has_touch) {
		day = day_date(c->touch_day);
		str_add(&touch, day_format(&day, text));
		if (c->touch_note)
			str_addf(&touch, ": %s", c->touch_note);
	}
	show_field(cli, "Last contact", str_text(&touch));
}

static void show_aliases(struct cli *cli, const struct aliases *aliases)
{
	_cleanup_str_ struct str line = STR_INIT;

	for (size_t i = 0; i < aliases->n; i++) {
		str_add_separator(&line, ", ");
		str_addf(&line, "%s (#%lld)", aliases->all[i].name, (long long)aliases->all[i].id);
	}
	show_field(cli, "Merged with", str_text(&line));
}

static int show_history(struct cli *cli, int64_t id)
{
	_cleanup_history_ struct history history = { 0 };
	int r = history_of(cli->store, id, &history, &cli->err);

	for (size_t i = 0; r == 0 && i < history.n; i++) {
		const struct history_entry *e = &history.all[i];
		struct date day = day_date(e->day);
		char text[DAY_TEXT_SIZE];

		if (i == 0)
			str_add(&cli->out,
				"\n" CLI_BOLD "Held, with source and day" CLI_PLAIN "\n");
		str_addf(&cli->out, "%s  %-8s %s: %s\n", day_format(&day, text), e->source, e->what,
			e->text ? e->text : "");
	}
	return r;
}

int show_contact(struct cli *cli, int64_t id, bool all)
{
	_cleanup_(show_person_done) struct show_person person = { 0 };
	const struct contact *c = &person.contact;
	int r = show_load_whole(cli, id, &person);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json) {
		show_json(&cli->js, &person);
		return 0;
	}
	str_addf(&cli->out, CLI_BOLD "%s" CLI_PLAIN "  " CLI_ACCENT "#%lld" CLI_PLAIN "\n",
		c->field[CONTACT_NAME], (long long)c->id);
	show_aliases(cli, &person.aliases);
	show_field(cli, "Title", c->field[CONTACT_TITLE]);
	show_field(cli, "Organisation", c->field[CONTACT_ORG]);
	show_field(cli, "City", c->field[CONTACT_CITY]);
	show_values(cli, c, all);
	show_occasions(cli, &person);
	show_field(cli, "Every", c->field[CONTACT_EVERY]);
	show_field(cli, "Language", c->field[CONTACT_LANGUAGE]);
	show_field(cli, "Salutation", c->field[CONTACT_SALUTATION]);
	show_field(cli, "Inbox", c->field[CONTACT_BUSY_INBOX] ? "crowded" : NULL);
	show_days(cli, c);
	show_field(cli, "Wrote via", person.via.n ? person.via.all[0].name : NULL);
	r = show_follow_ups(cli, id);
	show_field(cli, "Note", c->field[CONTACT_NOTE]);
	if (r == 0 && all)
		r = show_history(cli, id);
	return r < 0 ? cli_fail(cli, r) : 0;
}

static void show_row(struct cli *cli, const struct show_person *person)
{
	const struct contact *c = &person->contact;
	const struct occasion *birthday = show_birthday(person);
	char text[DAY_TEXT_SIZE];

	str_addf(&cli->out, CLI_ACCENT "#%-5lld" CLI_PLAIN " ", (long long)c->id);
	show_pad(&cli->out, c->field[CONTACT_NAME], SHOW_NAME_COLUMNS);
	str_addf(&cli->out, " %-10s", birthday ? day_format(&birthday->date, text) : "");
	if (c->field[CONTACT_ORG] || c->field[CONTACT_CITY])
		str_addf(&cli->out, "  %s%s%s", c->field[CONTACT_ORG] ? c->field[CONTACT_ORG] : "",
			c->field[CONTACT_ORG] && c->field[CONTACT_CITY] ? ", " : "",
			c->field[CONTACT_CITY] ? c->field[CONTACT_CITY] : "");
	while (cli->out.len && cli->out.data[cli->out.len - 1] == ' ')
		cli->out.data[--cli->out.len] = '\0';
	str_add_char(&cli->out, '\n');
}

int show_list(struct cli *cli, const struct contact_ids *ids)
{
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < ids->n; i++) {
		_cleanup_(show_person_done) struct show_person person = { 0 };
		int r = cli->json ? show_load_whole(cli, ids->ids[i], &person)
				  : show_load(cli, ids->ids[i], &person);

		if (r < 0)
			return cli_fail(cli, r);
		if (cli->json)
			show_json(&cli->js, &person);
		else
			show_row(cli, &person);
	}
	if (cli->json)
		json_array_end(&cli->js);
	else if (!ids->n)
		return cli_complain(cli, CLI_REFUSED, "nobody was found");
	return 0;
}
