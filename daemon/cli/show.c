/* SPDX-License-Identifier: MIT */
/*
 * show: contacts on the terminal and as JSON.
 */
#include "cli/show.h"

#include "book/aliases.h"
#include "book/coffees.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/history.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "book/outreaches.h"
#include "book/search.h"
#include "book/suggestions.h"
#include "book/touches.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/words.h"
#include "core/utf8.h"
#include "digest/wording.h"
#include "format/record.h"
#include "format/table-keep.h"

#include <errno.h>

#define SHOW_LABEL_COLUMNS 12 /* at least */
#define SHOW_GAP           2  /* behind the labels: what is wider goes on below its text */
#define SHOW_NAME_COLUMNS  30

static const struct {
	const char *label, *json;
} show_kinds[CONTACT_KIND_COUNT] = {
	[CONTACT_EMAIL] = { N_("E-mail"), "emails" },
	[CONTACT_PHONE] = { N_("Phone"), "phones" },
	[CONTACT_LINK] = { N_("Link"), "links" },
	[CONTACT_TAG] = { N_("Tags"), "tags" },
	[CONTACT_OFFERS] = { N_("Offers"), "offers" },
	[CONTACT_SEEKS] = { N_("Seeks"), "seeks" },
	[CONTACT_EXTRA] = { N_("Imported"), "extra" },
};

static const char *const show_labels[] = {
	N_("Name"),
	N_("City"),
	N_("Intro"),
	N_("Offers"),
	N_("Title"),
	N_("Organisation"),
	N_("Every"),
	N_("Language"),
	N_("Salutation"),
	N_("Inbox"),
	N_("Met"),
	N_("Last contact"),
	N_("Wrote via"),
	N_("Follow-up"),
	N_("Thanks"),
	N_("Coffee"),
	N_("Introduction"),
	N_("Request"),
	N_("Note"),
	N_("Merged with"),
};

/* The column of labels is as wide as the widest of them in this language. */
static size_t show_label_columns(void)
{
	size_t columns = SHOW_LABEL_COLUMNS;

	for (size_t i = 0; i < ARRAY_SIZE(show_labels) + ARRAY_SIZE(show_kinds); i++) {
		size_t kind = i - ARRAY_SIZE(show_labels);
		size_t width = utf8_width(
			_(i < ARRAY_SIZE(show_labels) ? show_labels[i] : show_kinds[kind].label));

		if (width > columns)
			columns = width;
	}
	return columns;
}

static void show_field(struct cli *cli, const char *label, const char *text)
{
	size_t columns = show_label_columns() + SHOW_GAP, width = utf8_width(label);

	if (str_empty(text))
		return;
	str_add(&cli->out, CLI_FAINT);
	/* An occasion may have a long name of its own. */
	output_add_padded(
		&cli->out, label, width + SHOW_GAP > columns ? width + SHOW_GAP : columns);
	str_add(&cli->out, CLI_PLAIN);
	output_add_lines(&cli->out, text, columns);
	str_add_char(&cli->out, '\n');
}

/* A line that was put together; where memory ran out for it, the whole is not whole. */
static void show_line(struct cli *cli, const char *label, const struct str *line)
{
	cli->out.failed |= line->failed;
	show_field(cli, label, str_text(line));
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
	show_field(cli, _("Name"), owner->name);
	show_field(cli, _("City"), owner->city);
	show_field(cli, _("Intro"), owner->intro);
	for (size_t i = 0; i < owner->n_offers; i++)
		show_field(cli, i ? "" : _("Offers"), owner->offers[i]);
	if (!cli->out.len)
		cli_hint(cli,
			_("Nothing yet. Tell who you are: nudge me --name \"Anna Schmidt\" --offers"
			  " PostgreSQL\n"));
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

/* What came of a table's column is called as that was. */
static void show_extra(struct str *line, const char *text)
{
	_cleanup_str_ struct str column = STR_INIT, cell = STR_INIT;

	if (table_keep_read(text, &column, &cell))
		str_addf(line, "%s: %s", str_text(&column), str_text(&cell));
	else
		str_add(line, text);
	line->failed |= column.failed || cell.failed;
}

static void show_values(struct cli *cli, const struct contact *contact, bool extra)
{
	for (size_t kind = 0; kind < (extra ? CONTACT_KIND_COUNT : CONTACT_EXTRA); kind++) {
		_cleanup_str_ struct str line = STR_INIT;

		for (size_t i = 0; i < contact->n_values; i++) {
			const struct contact_value *v = &contact->values[i];

			if (v->kind != kind)
				continue;
			str_add_separator(&line, kind == CONTACT_EXTRA ? "\n" : ", ");
			if (kind == CONTACT_EXTRA)
				show_extra(&line, v->text);
			else
				str_add(&line, v->text);
			if (record_label(v->label, NULL))
				str_addf(&line, " (%.*s)", (int)record_label(v->label, NULL),
					v->label);
		}
		show_line(cli, _(show_kinds[kind].label), &line);
	}
}

/* A label begins with a capital, as the others do; a name that somebody gave stays as it is. */
static void show_occasions(struct cli *cli, const struct show_person *person)
{
	for (size_t i = 0; i < person->occasions.n; i++) {
		const struct occasion *o = &person->occasions.all[i];
		_cleanup_str_ struct str label = STR_INIT, line = STR_INIT;

		if (!show_is_listed(o))
			continue;
		str_add(&label, words_say("occasion", o->name ? o->name : o->kind));
		if (!o->name && label.len && label.data[0] >= 'a' && label.data[0] <= 'z')
			label.data[0] = (char)(label.data[0] - 'a' + 'A');
		wording_add_plain_date(&line, &o->date);
		str_addf(&line, "  " CLI_ACCENT "b%lld" CLI_PLAIN, (long long)o->number);
		cli->out.failed |= label.failed;
		show_line(cli, str_text(&label), &line);
	}
}

/* What is open, with its handle; `again`: of the same label as the line above. */
static void show_open(struct cli *cli, const char *label, bool again, const char *text, char letter,
	int64_t number)
{
	_cleanup_str_ struct str line = STR_INIT;

	str_addf(&line, "%s  " CLI_ACCENT "%c%lld" CLI_PLAIN, text, letter, (long long)number);
	show_line(cli, again ? "" : label, &line);
}

static int show_follow_ups(struct cli *cli, int64_t id)
{
	_cleanup_followups_ struct followups followups = { 0 };
	int r = followups_of(cli->store, id, &followups, &cli->err);

	for (size_t i = 0; r == 0 && i < followups.n; i++) {
		const struct followup *f = &followups.all[i];
		_cleanup_str_ struct str line = STR_INIT, due = STR_INIT;

		wording_add_plain_day(&due, f->due_day);
		/* TRANSLATORS: what is to be done, the day: "die Folien schicken, fällig am 12. Oktober 2026" */
		str_addf(&line, _("%1$s, due %2$s"), f->what, str_text(&due));
		show_open(cli, _("Follow-up"), i > 0, str_text(&line), 'f', f->number);
		cli->out.failed |= due.failed;
		r = str_check(&line, &cli->err);
	}
	return r;
}

static int show_thanks(struct cli *cli, int64_t id)
{
	_cleanup_thanks_ struct thanks_list waiting = { 0 };
	bool again = false;
	int r = thanks_waiting(cli->store, cli->book, DAY_MAX, &waiting, &cli->err);

	for (size_t i = 0; r == 0 && i < waiting.n; i++) {
		const struct thanks *t = &waiting.all[i];

		if (t->contact != id)
			continue;
		show_open(cli, _("Thanks"), again, t->what, 'y', t->number);
		again = true;
	}
	return r;
}

static int show_coffee(struct cli *cli, int64_t id)
{
	_cleanup_coffees_ struct coffees coffees = { 0 };
	_cleanup_str_ struct str line = STR_INIT;
	int r = coffees_of(cli->store, id, &coffees, &cli->err);
	const struct coffee *c = coffees.all;

	if (r <= 0 || !c->open)
		return r < 0 ? r : 0;
	str_add(&line,
		words_say("coffee", coffee_stage_name(coffee_stage_on(&c->facts, cli->today))));
	if (c->facts.has_day) {
		str_add(&line, ", ");
		wording_add_plain_day(&line, c->facts.day);
	}
	if (c->minute >= 0) {
		str_add(&line, ", ");
		wording_add_minute(&line, c->minute);
	}
	if (c->place)
		str_addf(&line, ", %s", c->place);
	show_open(cli, _("Coffee"), false, str_text(&line), 'c', c->number);
	return str_check(&line, &cli->err);
}

static int show_introductions(struct cli *cli, int64_t id)
{
	_cleanup_suggestions_ struct suggestions all = { 0 };
	bool again = false;
	int r = suggestions_list(cli->store, cli->book, SUGGESTION_INTRODUCTION, &all, &cli->err);

	for (size_t i = 0; r == 0 && i < all.n; i++) {
		const struct suggestion *s = &all.all[i];
		_cleanup_str_ struct str line = STR_INIT;

		if ((s->seeker != id && s->offerer != id) || s->stage >= INTRODUCTION_HELPED)
			continue;
		str_addf(&line, "%s: %s", s->seeker == id ? s->offerer_name : s->seeker_name,
			words_say("introduction", suggestion_stage_name(s->stage)));
		show_open(cli, _("Introduction"), again, str_text(&line), 'i', s->number);
		r = str_check(&line, &cli->err);
		again = true;
	}
	return r;
}

static int show_request(struct cli *cli, int64_t id)
{
	_cleanup_outreaches_ struct outreaches found = { 0 };
	bool again = false;
	int r = outreaches_of(cli->store, id, &found, &cli->err);

	for (size_t i = 0; r > 0 && i < found.n; i++) {
		const struct outreach *o = &found.all[i];

		if (o->facts.stage != OUTREACH_DRAFT && o->facts.stage != OUTREACH_SENT)
			continue;
		show_open(cli, _("Request"), again, words_say("outreach", request_state(cli, o)),
			'o', o->number);
		again = true;
	}
	return r < 0 ? r : 0;
}

/* All that waits to be done for them, or with them. */
static int show_all_open(struct cli *cli, int64_t id)
{
	static int (*const kinds[])(struct cli * cli, int64_t id) = { show_follow_ups, show_thanks,
		show_coffee, show_introductions, show_request };
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(kinds); i++)
		r = kinds[i](cli, id);
	return r;
}

static void show_met(struct cli *cli, const struct contact *c)
{
	_cleanup_str_ struct str met = STR_INIT;

	if (c->has_met)
		wording_add_plain_day(&met, c->met_day);
	if (c->field[CONTACT_MET_PLACE]) {
		str_add_separator(&met, ", ");
		str_add(&met, c->field[CONTACT_MET_PLACE]);
	}
	show_line(cli, _("Met"), &met);
}

/* "5 January 2026, received: a tip": who gave is told by the kind. */
static int show_touch(struct cli *cli, int64_t id)
{
	_cleanup_(touches_done) struct touches touches = { 0 };
	_cleanup_str_ struct str line = STR_INIT;
	int r = touches_of(cli->store, id, &touches, &cli->err);
	const struct touch *t = touches.all;

	if (r < 0 || !touches.n)
		return r;
	wording_add_plain_day(&line, t->day);
	str_addf(&line, ", %s", words_say("touch", t->kind));
	if (t->other)
		str_addf(&line, ": %s", t->other);
	if (t->note)
		str_addf(&line, ": %s", t->note);
	show_line(cli, _("Last contact"), &line);
	return 0;
}

static void show_aliases(struct cli *cli, const struct aliases *aliases)
{
	_cleanup_str_ struct str line = STR_INIT;

	for (size_t i = 0; i < aliases->n; i++) {
		str_add_separator(&line, ", ");
		str_addf(&line, "%s (#%lld)", aliases->all[i].name, (long long)aliases->all[i].id);
	}
	show_line(cli, _("Merged with"), &line);
}

/* A file or a program by its own name: "contacts.vcf". */
static const char *show_source(const char *source)
{
	if (str_equal(source, CONTACT_HAND))
		return C_("source", "by hand");
	if (str_equal(source, CONTACT_IMPORT))
		return C_("source", "an import");
	return str_equal(source, OUTREACH_SOURCE) ? C_("source", "a request") : source;
}

static int show_history(struct cli *cli, int64_t id)
{
	_cleanup_history_ struct history history = { 0 };
	size_t columns = 0;
	int r = history_of(cli->store, id, &history, &cli->err);

	for (size_t i = 0; r == 0 && i < history.n; i++) {
		size_t width = utf8_width(show_source(history.all[i].source));

		if (width > columns)
			columns = width;
	}
	for (size_t i = 0; r == 0 && i < history.n; i++) {
		const struct history_entry *e = &history.all[i];
		_cleanup_str_ struct str held = STR_INIT;

		if (i == 0)
			str_addf(&cli->out, "\n" CLI_BOLD "%s" CLI_PLAIN "\n",
				_("Held, with source and day"));
		output_add_date(&cli->out, e->day);
		output_add_padded(&cli->out, show_source(e->source), columns);
		str_addf(&cli->out, "  %s%s", words_say("field", e->what), e->text ? ": " : "");
		words_add_held(&held, e->what, e->text);
		output_add_lines(&cli->out, str_text(&held), OUTPUT_DATE_COLUMNS + 4 + columns);
		str_add_char(&cli->out, '\n');
		r = str_check(&held, &cli->err);
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
	show_field(cli, _("Title"), c->field[CONTACT_TITLE]);
	show_field(cli, _("Organisation"), c->field[CONTACT_ORG]);
	show_field(cli, _("City"), c->field[CONTACT_CITY]);
	show_values(cli, c, all);
	show_occasions(cli, &person);
	show_field(cli, _("Every"), words_say("every", c->field[CONTACT_EVERY]));
	show_field(cli, _("Language"), c->field[CONTACT_LANGUAGE]);
	show_field(cli, _("Salutation"), c->field[CONTACT_SALUTATION]);
	show_field(cli, _("Inbox"), c->field[CONTACT_BUSY_INBOX] ? _("crowded") : NULL);
	show_met(cli, c);
	r = show_touch(cli, id);
	show_field(cli, _("Wrote via"), person.via.n ? person.via.all[0].name : NULL);
	if (r == 0)
		r = show_all_open(cli, id);
	show_field(cli, _("Note"), c->field[CONTACT_NOTE]);
	if (r == 0 && all)
		r = show_history(cli, id);
	return r < 0 ? cli_fail(cli, r) : 0;
}

static void show_row(struct cli *cli, const struct show_person *person)
{
	const struct contact *c = &person->contact;
	const struct occasion *birthday = show_birthday(person);
	_cleanup_str_ struct str day = STR_INIT;

	if (birthday)
		wording_add_plain_date(&day, &birthday->date);
	str_addf(&cli->out, CLI_ACCENT "#%-5lld" CLI_PLAIN " ", (long long)c->id);
	output_add_padded(&cli->out, c->field[CONTACT_NAME], SHOW_NAME_COLUMNS);
	str_add_char(&cli->out, ' ');
	output_add_padded(&cli->out, str_text(&day), OUTPUT_DATE_COLUMNS);
	if (c->field[CONTACT_ORG] || c->field[CONTACT_CITY])
		str_addf(&cli->out, "  %s%s%s", c->field[CONTACT_ORG] ? c->field[CONTACT_ORG] : "",
			c->field[CONTACT_ORG] && c->field[CONTACT_CITY] ? ", " : "",
			c->field[CONTACT_CITY] ? c->field[CONTACT_CITY] : "");
	while (cli->out.len && cli->out.data[cli->out.len - 1] == ' ')
		cli->out.data[--cli->out.len] = '\0';
	str_add_char(&cli->out, '\n');
	cli->out.failed |= day.failed;
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
