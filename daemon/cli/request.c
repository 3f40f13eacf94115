/* SPDX-License-Identifier: MIT */
/*
 * request: an outreach on the terminal.
 */
#include "cli/request.h"

#include "book/search.h"
#include "cli/naming.h"
#include "cli/output.h"
#include "cli/words.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

#define REQUEST_SHOWN 10

/* Who types a full name means nobody whose name merely begins so. A single word may be a part. */
static bool request_fits(const char *text, const char *name)
{
	return !strchr(text, ' ') || naming_fits(text, name, NAMING_WHOLE);
}

static void request_drop_strangers(struct outreaches *list, const char *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		struct outreach o = list->all[i];

		if (request_fits(text, o.name))
			list->all[kept++] = o;
		else
			outreach_done(&o);
	}
	list->n = kept;
}

static int request_refuse_several(struct cli *cli, const char *text, struct outreaches *list)
{
	(void)cli_complain(
		cli, CLI_REFUSED, "\"%s\" may be several requests; use the handle:", text);
	for (size_t i = 0; i < list->n && i < REQUEST_SHOWN; i++)
		(void)cli_complain(cli, CLI_REFUSED, "  o%lld  %s", (long long)list->all[i].number,
			list->all[i].name);
	outreaches_done(list);
	return CLI_REFUSED;
}

/* The contact whom the text names, 0 where it is nobody's name. */
static int request_find_contact(struct cli *cli, const char *text, int64_t *ret_contact)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	size_t fitting = 0;
	int r = search_find(cli->store, cli->book, text, REQUEST_SHOWN, &ids, &cli->err);

	for (size_t i = 0; r == 0 && i < ids.n; i++) {
		_cleanup_free_ char *name = NULL;

		r = contacts_name(cli->store, ids.ids[i], &name, &cli->err);
		if (r == 0 && request_fits(text, name)) {
			*ret_contact = ids.ids[i];
			fitting++;
		}
	}
	if (r < 0)
		return cli_fail(cli, r);
	return fitting > 1 ? cli_pick(cli, text, ret_contact) : 0;
}

static int request_of_contact(
	struct cli *cli, const char *text, struct outreaches *ret, int64_t *ret_contact)
{
	int status = cli_pick(cli, text, ret_contact), r;

	if (status)
		return status;
	r = outreaches_of(cli->store, *ret_contact, ret, &cli->err);
	return r < 0 ? cli_fail(cli, r) : 0;
}

int request_find(struct cli *cli, const char *text, struct outreaches *ret, int64_t *ret_contact)
{
	int64_t number;
	char letter;
	int r, status = 0;

	*ret_contact = 0;
	if (cli_handle(text, &letter, &number) && letter == 'o') {
		r = outreaches_by_number(cli->store, cli->book, number, ret, &cli->err);
		if (r == 0)
			return cli_complain(cli, CLI_REFUSED,
				"there is no o%lld; see `nudge outreach`", (long long)number);
	} else if (cli_handle(text, &letter, &number) || text[0] == '#' || strchr(text, '@')) {
		return request_of_contact(cli, text, ret, ret_contact);
	} else {
		r = outreaches_find(cli->store, cli->book, text, ret, &cli->err);
		request_drop_strangers(ret, text);
	}
	if (r < 0)
		return cli_fail(cli, r);
	if (ret->n > 1)
		return request_refuse_several(cli, text, ret);
	if (ret->n)
		*ret_contact = ret->all[0].contact;
	else
		status = request_find_contact(cli, text, ret_contact);
	return status;
}

const char *request_state(const struct cli *cli, const struct outreach *outreach)
{
	if (outreach->facts.stage == OUTREACH_DRAFT && !outreach_open(&outreach->facts, cli->today))
		return "ready";
	return outreach_stage_name(outreach->facts.stage);
}

static void request_json_day(struct json *js, const char *key, bool known, int32_t day)
{
	struct date date = day_date(day);
	char text[DAY_TEXT_SIZE];

	json_add_string(js, key, known ? day_format(&date, text) : NULL);
}

static void request_show_json(struct cli *cli, const struct outreach *o)
{
	_cleanup_str_ struct str handle = STR_INIT;
	unsigned open = outreach_open(&o->facts, cli->today);
	struct json *js = &cli->js;

	str_addf(&handle, "o%lld", (long long)o->number);
	json_object_begin(js);
	json_add_string(js, "handle", str_text(&handle));
	json_add_string(js, "name", o->name);
	json_add_string(js, "contact", o->contact ? o->name : NULL);
	json_add_string(js, "stage", request_state(cli, o));
	request_json_day(js, "since", true, o->facts.stage_day);
	json_add_string(js, "link", o->link);
	request_json_day(js, "event", o->facts.has_event, o->facts.event_day);
	json_add_bool(js, "busy_inbox", o->facts.busy);
	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		json_add_string(
			js, outreach_question_name((enum outreach_question)i), o->answers[i]);
	json_key(js, "open");
	json_array_begin(js);
	for (unsigned i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		if (o->facts.stage == OUTREACH_DRAFT && open & 1U << i)
			json_string(js, outreach_question_name((enum outreach_question)i));
	json_array_end(js);
	json_object_end(js);
}

/* What each question asks, to somebody who may answer it now. */
static const char *const request_questions[OUTREACH_QUESTION_COUNT] = {
	[OUTREACH_TODAY] = N_("what do they do today?"),
	[OUTREACH_COMMON] = N_("what do you have in common?"),
	[OUTREACH_FASCINATES] = N_("what fascinates you in their CV?"),
	[OUTREACH_HOPE] = N_("what do you hope for?"),
};

#define REQUEST_LABEL_COLUMNS 12 /* "--fascinates" */

/* The answers, and the options of what is open, in one column. */
static void request_add_label(struct str *out, const char *label)
{
	size_t columns = words_columns("question");

	output_add_padded(
		out, label, columns > REQUEST_LABEL_COLUMNS ? columns : REQUEST_LABEL_COLUMNS);
	str_add(out, "  ");
}

static void request_show_answer(struct cli *cli, const char *label, const char *answer)
{
	str_add(&cli->out, "      " CLI_FAINT);
	request_add_label(&cli->out, label);
	str_addf(&cli->out, CLI_PLAIN "%s\n", answer);
}

static void request_show_open(struct cli *cli, const char *name, const char *question, bool again)
{
	_cleanup_str_ struct str option = STR_INIT;

	str_addf(&option, "--%s", name);
	str_add(&cli->out, "      ");
	request_add_label(&cli->out, str_text(&option));
	str_addf(&cli->out, "%s%s\n", question, again ? _(" Read the profile again.") : "");
}

static void request_show_answers(struct cli *cli, const struct outreach *o)
{
	unsigned open = o->facts.stage == OUTREACH_DRAFT ? outreach_open(&o->facts, cli->today) : 0;

	for (unsigned i = 0; i < OUTREACH_QUESTION_COUNT; i++) {
		const char *name = outreach_question_name((enum outreach_question)i);

		if (o->answers[i])
			request_show_answer(cli, words_say("question", name), o->answers[i]);
		if (open & 1U << i)
			request_show_open(
				cli, name, _(request_questions[i]), o->answers[i] != NULL);
	}
}

void request_show(struct cli *cli, const struct outreach *o, bool whole)
{
	int open = o->facts.stage == OUTREACH_DRAFT
		? __builtin_popcount(outreach_open(&o->facts, cli->today))
		: 0;
	_cleanup_str_ struct str date = STR_INIT;

	if (cli->json) {
		request_show_json(cli, o);
		return;
	}
	str_addf(&cli->out, CLI_ACCENT "o%lld" CLI_PLAIN "  %s: %s", (long long)o->number, o->name,
		words_say("outreach", request_state(cli, o)));
	if (o->facts.stage == OUTREACH_DRAFT && o->facts.has_event &&
		o->facts.event_day >= cli->today) {
		wording_add_date(&date, o->facts.event_day);
		/* TRANSLATORS: the day of an event where one will meet */
		str_addf(&cli->out, _(", after %s"), str_text(&date));
	}
	if (open && !whole)
		str_addf(&cli->out,
			ngettext(", %d open question", ", %d open questions", (unsigned long)open),
			open);
	if (o->facts.busy)
		str_add(&cli->out, _(", crowded inbox"));
	str_add_char(&cli->out, '\n');
	if (o->link)
		str_addf(&cli->out, "      " CLI_FAINT "%s" CLI_PLAIN "\n", o->link);
	if (whole)
		request_show_answers(cli, o);
}

/* What is still to be answered, and what was answered too long ago to be sent unread. */
static int request_refuse_unready(struct cli *cli, const struct outreach *o, unsigned open)
{
	_cleanup_str_ struct str questions = STR_INIT;

	for (unsigned i = 0; i < OUTREACH_QUESTION_COUNT; i++) {
		if (!(open & 1U << i))
			continue;
		str_add_separator(&questions, " ");
		str_addf(&questions, "%s (--%s)", _(request_questions[i]),
			outreach_question_name((enum outreach_question)i));
		if (o->facts.answers[i].given)
			str_addf(&questions,
				_(" Read the profile again; if it still holds: nudge done o%lld"),
				(long long)o->number);
	}
	return err_set(&cli->err, -ENOENT, "o%lld is not ready to send yet: %s",
		(long long)o->number, str_text(&questions));
}

/* A namesake may be the same person, entered meanwhile. */
static void request_warn_of_namesake(struct cli *cli, const char *name, int64_t id)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };

	if (search_find(cli->store, cli->book, name, 2, &ids, NULL) == 0 && ids.n > 1)
		(void)cli_complain(cli, 0, "there is somebody of that name already (#%lld)",
			(long long)(ids.ids[0] == id ? ids.ids[1] : ids.ids[0]));
}

int request_advance(struct cli *cli, const struct outreach *o, enum outreach_stage stage)
{
	unsigned open = stage == OUTREACH_SENT ? outreach_open(&o->facts, cli->today) : 0;
	_cleanup_free_ char *note = NULL;
	int64_t contact;
	int r;

	if (open)
		return request_refuse_unready(cli, o, open);
	if (stage != OUTREACH_ACCEPTED)
		return outreaches_set_stage(cli->store, o, stage, cli->today, &cli->err);
	note = wording_answers(o);
	if (!note)
		return err_oom(&cli->err);
	r = outreaches_accept(cli->store, cli->book, o, note, cli->today, &contact, &cli->err);
	if (r == 0 && !o->contact)
		request_warn_of_namesake(cli, o->name, contact);
	return r;
}
