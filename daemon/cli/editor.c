/* SPDX-License-Identifier: MIT */
/*
 * editor: a contact as a text that a person changes in their $EDITOR.
 */
#include "cli/editor.h"

#include "base/file.h"
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

void editor_write(struct str *out, const struct contact *contact, const char *birthday)
{
	str_add(out,
		_("# One line a value; several e-mails, tags and so on have several lines.\n"
		  "# A line that begins with two spaces goes on with the one above.\n"));
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		if (i != CONTACT_NOTE)
			editor_add(out, editor_fields[i], editor_value(contact, i));
	editor_add(out, EDITOR_BIRTHDAY, birthday);
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

static bool editor_push(struct cli_list *list, const char *text)
{
	const char **all = reallocarray(list->all, list->n + 1, sizeof(*all));

	if (!all)
		return false;
	list->all = all;
	all[list->n++] = text;
	return true;
}

static int editor_take(
	struct cli *cli, struct person *person, const char *key, char *value, int line)
{
	if (!utf8_valid(value, strlen(value)))
		return cli_complain(
			cli, EX_DATAERR, "line %d is not valid UTF-8; nothing was changed", line);
	utf8_tidy(value, editor_is(editor_fields[CONTACT_NOTE], key));
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		if (editor_is(editor_fields[i], key)) {
			person->text[i] = value;
			return 0;
		}
	if (editor_is(EDITOR_BIRTHDAY, key)) {
		person->birthday = value;
		return 0;
	}
	for (size_t i = 0; i < CONTACT_EXTRA; i++)
		if (editor_is(editor_kinds[i], key))
			return !*value || editor_push(&person->values[i], value)
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
	ret->birthday = "";
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
				cli->store, contact->id, v->kind, v->text, &cli->err);
	}
	return r < 0 ? r : 0;
}

static int editor_store(struct cli *cli, const struct contact *contact, const struct person *person)
{
	_cleanup_(change_done) struct change change = { 0 };
	struct person changed = *person;
	struct person_checked checked;
	int status = person_check(cli, person, &checked), r;

	if (status)
		return status;
	/* A field that stands as it stood keeps its source. */
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++) {
		const char *stood = editor_value(contact, i);

		if (str_equal(person->text[i], stood ? stood : ""))
			changed.text[i] = NULL;
	}
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

static int editor_round(struct cli *cli, const struct contact *contact, const struct str *before,
	const char *path, int fd)
{
	_cleanup_str_ struct str after = STR_INIT;
	_cleanup_person_ struct person person = { 0 };
	int status, r;

	if (write(fd, before->data, before->len) != (ssize_t)before->len)
		return cli_complain(cli, EX_IOERR, "cannot write %s: %s", path, strerror(errno));
	status = editor_run(cli, path);
	if (status)
		return status;
	r = file_read(path, EDITOR_TEXT_MAX, &after, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (str_equal(str_text(&after), str_text(before)))
		return cli_complain(cli, 0, "nothing was changed");
	status = editor_read(cli, after.data, &person);
	return status ? status : editor_store(cli, contact, &person);
}

static int editor_load(struct cli *cli, int64_t id, struct contact *contact, struct str *text)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	char birthday[DAY_TEXT_SIZE] = "";
	int r = contacts_load(cli->store, cli->book, id, contact, &cli->err);

	if (r == 0)
		r = occasions_of(cli->store, id, &occasions, &cli->err);
	if (r < 0)
		return r;
	/* A birthday comes first of a contact's occasions. */
	if (occasions.n && str_equal(occasions.all[0].kind, OCCASION_BIRTHDAY))
		(void)day_format(&occasions.all[0].date, birthday);
	editor_write(text, contact, birthday);
	return str_check(text, &cli->err);
}

int editor_edit_contact(struct cli *cli, int64_t id)
{
	_cleanup_contact_ struct contact contact = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	const char *folder = getenv("TMPDIR");
	_cleanup_free_ char *path = NULL;
	int fd, status, r = editor_load(cli, id, &contact, &text);

	if (r < 0)
		return cli_fail(cli, r);
	path = file_join(str_empty(folder) ? "/tmp" : folder, "nudge-XXXXXX");
	if (!path)
		return cli_fail(cli, err_oom(&cli->err));
	fd = mkstemp(path); /* made with mode 0600 */
	if (fd < 0)
		return cli_complain(
			cli, EX_CANTCREAT, "cannot create %s: %s", path, strerror(errno));
	status = editor_round(cli, &contact, &text, path, fd);
	(void)close(fd);
	(void)unlink(path);
	return status;
}
