/* SPDX-License-Identifier: MIT */
/*
 * editor: a contact as a text that a person changes in their $EDITOR.
 */
#include "cli/editor.h"

#include "base/file.h"
#include "book/forums.h"
#include "book/occasions.h"
#include "cli/change.h"
#include "core/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define EDITOR_TEXT_MAX (1024 * 1024)

#define EDITOR_BIRTHDAY NC_("editor", "birthday")
#define EDITOR_MET      NC_("editor", "met")
#define EDITOR_VIA      NC_("editor", "via")

/* Keys of the catalogue: a field is called by its option's name, or by the word of one's language. */
static const char *const editor_fields[CONTACT_FIELD_COUNT] = {
	[CONTACT_NAME] = NC_("editor", "name"),
	[CONTACT_ORG] = NC_("editor", "org"),
	[CONTACT_TITLE] = NC_("editor", "title"),
	[CONTACT_CITY] = NC_("editor", "city"),
	[CONTACT_LANGUAGE] = NC_("editor", "language"),
	[CONTACT_SALUTATION] = NC_("editor", "salutation"),
	[CONTACT_NOTE] = NC_("editor", "note"),
	[CONTACT_EVERY] = NC_("editor", "every"),
	[CONTACT_MET_PLACE] = NC_("editor", "met-place"),
	[CONTACT_BUSY_INBOX] = NC_("editor", "busy-inbox"),
};

/* What an import brought and no field holds is not for the editor. */
static const char *const editor_kinds[CONTACT_EXTRA] = {
	[CONTACT_EMAIL] = NC_("editor", "email"),
	[CONTACT_PHONE] = NC_("editor", "phone"),
	[CONTACT_LINK] = NC_("editor", "link"),
	[CONTACT_TAG] = NC_("editor", "tag"),
	[CONTACT_OFFERS] = NC_("editor", "offers"),
	[CONTACT_SEEKS] = NC_("editor", "seeks"),
};

/* "editor\004city": the option's name behind the context. */
static const char *editor_option(const char *key)
{
	return strchr(key, '\004') + 1;
}

static bool editor_is(const char *key, const char *typed)
{
	const char *option = editor_option(key);

	return str_equal(option, typed) || str_equal(lang_in_context(key, option), typed);
}

/* What stands for a field's value in the text. */
static const char *editor_value(const struct contact *contact, size_t field)
{
	const char *value = contact->field[field];

	return value && field == CONTACT_BUSY_INBOX ? C_("editor", "yes") : value;
}

static void editor_add(struct str *out, const char *key, const char *text)
{
	str_addf(out, "%s: ", lang_in_context(key, editor_option(key)));
	for (; text && *text; text++) {
		str_add_char(out, *text);
		if (*text == '\n')
			str_add(out, "  ");
	}
	str_add_char(out, '\n');
}

void editor_write(struct str *out, const struct contact *contact, const struct editor_facts *facts)
{
	str_add(out,
		_("# One line a value; several e-mails, tags and so on have several lines.\n"
		  "# A line that begins with two spaces goes on with the one above.\n"));
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++) {
		if (i == CONTACT_MET_PLACE)
			editor_add(out, EDITOR_MET, facts->met);
		if (i != CONTACT_NOTE)
			editor_add(out, editor_fields[i], editor_value(contact, i));
	}
	editor_add(out, EDITOR_VIA, facts->via);
	editor_add(out, EDITOR_BIRTHDAY, facts->birthday);
	for (size_t kind = 0; kind < CONTACT_EXTRA; kind++) {
		bool any = false;

		for (size_t i = 0; i < contact->n_values; i++) {
			if (contact->values[i].kind != kind)
				continue;
			editor_add(out, editor_kinds[kind], contact->values[i].text);
			any = true;
		}
		if (!any)
			editor_add(out, editor_kinds[kind], NULL);
	}
	editor_add(out, editor_fields[CONTACT_NOTE], contact->field[CONTACT_NOTE]);
}

static int editor_take(
	struct cli *cli, struct person *person, const char *key, char *value, int line)
{
	const struct {
		const char *key, **place;
	} facts[] = { { EDITOR_BIRTHDAY, &person->birthday }, { EDITOR_MET, &person->met },
		{ EDITOR_VIA, &person->via } };

	if (!utf8_valid(value, strlen(value)))
		return cli_complain(
			cli, EX_DATAERR, "line %d is not valid UTF-8; nothing was changed", line);
	utf8_tidy(value, editor_is(editor_fields[CONTACT_NOTE], key));
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		if (editor_is(editor_fields[i], key)) {
			person->text[i] = value;
			return 0;
		}
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++)
		if (editor_is(facts[i].key, key)) {
			*facts[i].place = value;
			return 0;
		}
	for (size_t i = 0; i < CONTACT_EXTRA; i++)
		if (editor_is(editor_kinds[i], key))
			return !*value || cli_list_add(&person->values[i], value)
				? 0
				: cli_fail(cli, err_oom(&cli->err));
	return cli_complain(cli, EX_DATAERR,
		"line %d: there is no field \"%s\"; nothing was changed", line, key);
}

/* Joins the continuation lines that follow `value` to it, in place; returns where the next line is. */
static char *editor_join(char *value, char *next, int *line)
{
	char *end = value + strlen(value);

	while (next && str_starts(next, "  ")) {
		char *stop = strchr(next, '\n');
		size_t n = stop ? (size_t)(stop - next) : strlen(next);

		*end++ = '\n';
		memmove(end, next + 2, n - 2);
		end += n - 2;
		*end = '\0';
		next = stop ? stop + 1 : NULL;
		(*line)++;
	}
	return next;
}

int editor_read(struct cli *cli, char *text, struct person *ret)
{
	int status = 0;

	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		ret->text[i] = "";
	ret->birthday = ret->met = ret->via = "";
	for (int line = 1; status == 0 && text && *text; line++) {
		char *stop = strchr(text, '\n'), *next = stop ? stop + 1 : NULL, *colon;
		int at = line;

		if (stop)
			*stop = '\0';
		if (*text == '#' || !text[strspn(text, " \t\r")]) {
			text = next;
			continue;
		}
		colon = strchr(text, ':');
		if (!colon)
			return cli_complain(cli, EX_DATAERR,
				"line %d: a field's name and a colon are missing;"
				" nothing was changed",
				line);
		*colon++ = '\0';
		next = editor_join(colon, next, &line);
		status = editor_take(cli, ret, text, colon, at);
		text = next;
	}
	return status;
}

/* The values that are gone from the text are taken from the contact. */
static int editor_remove_gone(
	struct cli *cli, const struct contact *contact, const struct person *person)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < contact->n_values; i++) {
		const struct contact_value *v = &contact->values[i];
		bool kept = v->kind == CONTACT_EXTRA;

		for (size_t k = 0; !kept && k < person->values[v->kind].n; k++)
			kept = str_equal(person->values[v->kind].all[k], v->text);
		if (!kept)
			r = contacts_remove_value(
				cli->store, contact->id, v->kind, v->text, cli->today, &cli->err);
	}
	return r < 0 ? r : 0;
}

/* What is edited: the contact, what else the text says of it, and the text. */
struct editor {
	struct contact contact;
	struct forums via;
	char birthday[DAY_TEXT_SIZE], met[DAY_TEXT_SIZE];
	struct editor_facts facts;
	struct str text;
	char *path; /* of the file that the editor gets */
	bool keeps; /* somebody's work is in it, and nowhere else */
};

static void editor_done(struct editor *editor)
{
	contact_done(&editor->contact);
	forums_done(&editor->via);
	str_done(&editor->text);
	if (editor->path && !editor->keeps)
		(void)unlink(editor->path);
	free(editor->path);
}

/* What stands as it stood is not stored again: a field keeps its source. */
static const char *editor_changed(const char *text, const char *stood)
{
	return str_equal(text, stood ? stood : "") ? NULL : text;
}

static int editor_store(struct cli *cli, const struct editor *editor, const struct person *person)
{
	_cleanup_(change_done) struct change change = { 0 };
	const struct contact *contact = &editor->contact;
	struct person changed = *person;
	struct person_checked checked;
	int status, r;

	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		changed.text[i] = editor_changed(person->text[i], editor_value(contact, i));
	changed.birthday = editor_changed(person->birthday, editor->facts.birthday);
	changed.met = editor_changed(person->met, editor->facts.met);
	changed.via = editor_changed(person->via, editor->facts.via);
	status = person_check(cli, &changed, &checked);
	if (status)
		return status;
	r = change_begin(&change, cli);
	if (r == 0)
		r = editor_remove_gone(cli, contact, person);
	if (r == 0)
		r = person_store(cli, contact->id, &changed, &checked);
	if (r == 0)
		r = change_commit(&change, "edit %s", contact->field[CONTACT_NAME]);
	return r < 0 ? cli_fail(cli, r) : 0;
}

static int editor_run(struct cli *cli, const char *path)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
	const char *program = !str_empty(visual) ? visual : !str_empty(editor) ? editor : "vi";
	_cleanup_str_ struct str command = STR_INIT;
	int status;

	/* By the shell, as everybody else does it: EDITOR="code --wait" is common. */
	str_addf(&command, "%s \"$0\"", program);
	if (str_check(&command, &cli->err) < 0)
		return cli_fail(cli, -ENOMEM);
	switch (fork()) {
	case -1:
		return cli_complain(cli, EX_OSERR, "cannot start %s: %s", program, strerror(errno));
	case 0:
		(void)execl("/bin/sh", "sh", "-c", str_text(&command), path, (char *)NULL);
		_exit(127);
	default:
		break;
	}
	if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return cli_complain(cli, CLI_REFUSED,
			"%s did not end well; nothing was changed (set EDITOR)", program);
	return 0;
}

void editor_add_complaints(struct str *out, const char *complaints, const char *text)
{
	while (*complaints) {
		size_t n = strcspn(complaints, "\n");

		str_add(out, "# ");
		str_add_bytes(out, complaints, n);
		str_add_char(out, '\n');
		complaints += n + (complaints[n] == '\n');
	}
	/* In its place, so that the lines stay where the complaint says they are. */
	if (*text == '#') {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	str_add(out, text);
}

/* A text that was typed, which is used up. The complaints of options are those of fields here. */
static int editor_take_text(struct cli *cli, const struct editor *editor, const struct str *typed,
	struct str *complaints)
{
	_cleanup_free_ char *text = str_dup(str_text(typed));
	_cleanup_person_ struct person person = { 0 };
	int status;

	if (!text)
		return cli_fail(cli, err_oom(&cli->err));
	cli->complaints = complaints;
	status = editor_read(cli, text, &person);
	if (status == 0)
		status = editor_store(cli, editor, &person);
	cli->complaints = NULL;
	return status;
}

static int editor_run_on(struct cli *cli, const struct editor *editor, struct str *ret)
{
	FILE *file = fopen(editor->path, "we");
	bool good;
	int status, r;

	if (!file)
		return cli_complain(
			cli, EX_CANTCREAT, "cannot create %s: %s", editor->path, strerror(errno));
	good = fwrite(editor->text.data, 1, editor->text.len, file) == editor->text.len;
	if (fclose(file) == EOF || !good)
		return cli_complain(
			cli, EX_IOERR, "cannot write %s: %s", editor->path, strerror(errno));
	status = editor_run(cli, editor->path);
	if (status)
		return status;
	r = file_read(editor->path, EDITOR_TEXT_MAX, ret, &cli->err);
	return r < 0 ? cli_fail(cli, r) : 0;
}

/* Nobody is asked again: their work stays in the file. */
static int editor_give_up(struct cli *cli, const struct editor *editor, int status)
{
	return cli_complain(cli, status, "what you typed is kept in %s", editor->path);
}

/* Until it can be stored, or nothing was changed any more. */
static int editor_go(struct cli *cli, struct editor *editor)
{
	int refused = 0;

	for (;;) {
		_cleanup_str_ struct str after = STR_INIT, complaints = STR_INIT, next = STR_INIT;
		const char *said;
		int status = editor_run_on(cli, editor, &after);

		if (status)
			return editor->keeps ? editor_give_up(cli, editor, status) : status;
		if (str_equal(str_text(&after), str_text(&editor->text)))
			return refused ? editor_give_up(cli, editor, refused)
				       : cli_complain(cli, 0, "nothing was changed");
		refused = editor_take_text(cli, editor, &after, &complaints);
		editor->keeps = refused != 0;
		if (!refused)
			return 0;
		/* Options are fields here. */
		said = str_text(&complaints) + 2 * str_starts(str_text(&complaints), "--");
		editor_add_complaints(&next, said, str_text(&after));
		if ((refused != EX_USAGE && refused != EX_DATAERR) || !isatty(STDIN_FILENO)) {
			(void)fprintf(stderr, "nudge: %s", said);
			return editor_give_up(cli, editor, refused);
		}
		if (str_check(&next, &cli->err) < 0)
			return cli_fail(cli, -ENOMEM);
		str_done(&editor->text);
		editor->text = next;
		next = STR_INIT;
	}
}

static int editor_load(struct cli *cli, int64_t id, struct editor *editor)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	int r = contacts_load(cli->store, cli->book, id, &editor->contact, &cli->err);

	if (r == 0)
		r = occasions_of(cli->store, id, &occasions, &cli->err);
	if (r == 0)
		r = forums_via(cli->store, cli->book, id, &editor->via, &cli->err);
	if (r < 0)
		return r;
	/* A birthday comes first of a contact's occasions. */
	if (occasions.n && str_equal(occasions.all[0].kind, OCCASION_BIRTHDAY))
		editor->facts.birthday = day_format(&occasions.all[0].date, editor->birthday);
	if (editor->contact.has_met) {
		struct date met = day_date(editor->contact.met_day);

		editor->facts.met = day_format(&met, editor->met);
	}
	editor->facts.via = editor->via.n ? editor->via.all[0].name : NULL;
	editor_write(&editor->text, &editor->contact, &editor->facts);
	return str_check(&editor->text, &cli->err);
}

int editor_edit_contact(struct cli *cli, int64_t id)
{
	_cleanup_(editor_done) struct editor editor = { 0 };
	const char *folder = getenv("TMPDIR");
	int fd, r = editor_load(cli, id, &editor);

	if (r < 0)
		return cli_fail(cli, r);
	editor.path = file_join(str_empty(folder) ? "/tmp" : folder, "nudge-XXXXXX");
	if (!editor.path)
		return cli_fail(cli, err_oom(&cli->err));
	fd = mkstemp(editor.path); /* made with mode 0600 */
	if (fd < 0) {
		(void)cli_complain(
			cli, EX_CANTCREAT, "cannot create %s: %s", editor.path, strerror(errno));
		editor.keeps = true; /* there is nothing to remove */
		return EX_CANTCREAT;
	}
	(void)close(fd);
	return editor_go(cli, &editor);
}
