/* SPDX-License-Identifier: MIT */
/*
 * pick: which contact a person means.
 */
#include "cli/pick.h"

#include "book/aliases.h"
#include "book/coffees.h"
#include "book/followups.h"
#include "book/keeping.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "book/outreaches.h"
#include "book/search.h"
#include "book/suggestions.h"
#include "cli/naming.h"
#include "cli/telling.h"
#include "core/utf8.h"

#include <errno.h>
#include <stdio.h>

#define PICK_SHOWN 10

static int pick_by_touch(struct cli *cli, int64_t number, int64_t *ret_id)
{
	struct keeping keeping;
	int r = keeping_by_number(cli->store, cli->book, number, &keeping, &cli->err);

	*ret_id = keeping.contact;
	return r;
}

static int pick_by_thanks(struct cli *cli, int64_t number, int64_t *ret_id)
{
	_cleanup_thanks_ struct thanks_list found = { 0 };
	int r = thanks_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r > 0)
		*ret_id = found.all[0].contact;
	return r;
}

static int pick_by_coffee(struct cli *cli, int64_t number, int64_t *ret_id)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	int r = coffees_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r > 0)
		*ret_id = found.all[0].contact;
	return r;
}

static int pick_by_help(struct cli *cli, int64_t number, int64_t *ret_id)
{
	_cleanup_suggestions_ struct suggestions found = { 0 };
	int r = suggestions_by_number(
		cli->store, cli->book, SUGGESTION_HELP, number, &found, &cli->err);

	if (r > 0)
		*ret_id = found.all[0].seeker;
	return r;
}

/* Two people stand behind one handle. */
static int pick_by_introduction(struct cli *cli, int64_t number)
{
	_cleanup_suggestions_ struct suggestions found = { 0 };
	int r = suggestions_by_number(
		cli->store, cli->book, SUGGESTION_INTRODUCTION, number, &found, &cli->err);

	if (r <= 0)
		return r;
	return err_set(&cli->err, -ENOENT, "i%lld is about two people: %s #%lld and %s #%lld",
		(long long)number, found.all[0].seeker_name, (long long)found.all[0].seeker,
		found.all[0].offerer_name, (long long)found.all[0].offerer);
}

static int pick_by_outreach(struct cli *cli, int64_t number, int64_t *ret_id)
{
	_cleanup_outreaches_ struct outreaches found = { 0 };
	int r = outreaches_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r > 0)
		*ret_id = found.all[0].contact;
	if (r > 0 && !*ret_id)
		return err_set(&cli->err, -ENOENT,
			"o%lld is to somebody who is no contact yet; see `nudge outreach o%lld`",
			(long long)number, (long long)number);
	return r;
}

/* 1 where the handle's thing has a contact. */
static int pick_by_handle(struct cli *cli, const char *text, int64_t *ret_id)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	_cleanup_followups_ struct followups followups = { 0 };
	int64_t number;
	char letter;
	int r = 0;

	if (!cli_handle(text, &letter, &number))
		return 0;
	if (letter == 'b')
		r = occasions_by_number(cli->store, cli->book, number, &occasions, &cli->err);
	else if (letter == 'c')
		return pick_by_coffee(cli, number, ret_id);
	else if (letter == 'h')
		return pick_by_help(cli, number, ret_id);
	else if (letter == 'i')
		return pick_by_introduction(cli, number);
	else if (letter == 'o')
		return pick_by_outreach(cli, number, ret_id);
	else if (letter == 'y')
		return pick_by_thanks(cli, number, ret_id);
	else if (letter == 't')
		return pick_by_touch(cli, number, ret_id);
	else if (letter == 'f')
		r = followups_by_number(cli->store, cli->book, number, &followups, &cli->err);
	if (r <= 0)
		return r;
	*ret_id = letter == 'b' ? occasions.all[0].contact : followups.all[0].contact;
	return *ret_id != 0;
}

static int pick_list(struct cli *cli, const char *text, const struct contact_ids *ids)
{
	_cleanup_(telling_list_done) struct telling_list list = { 0 };
	int r = 0;

	(void)cli_complain(
		cli, CLI_REFUSED, "\"%s\" may be several people; use #ID or an address:", text);
	for (size_t i = 0; r == 0 && i < ids->n && i < PICK_SHOWN; i++)
		r = telling_list_add(&list, cli->store, cli->book, ids->ids[i], &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	for (size_t i = 0; i < list.n; i++) {
		const struct contact *c = &list.all[i].contact;
		_cleanup_str_ struct str line = STR_INIT, clean = STR_INIT;

		str_addf(&line, "  #%-5lld %s", (long long)c->id, c->field[CONTACT_NAME]);
		telling_add(&line, &list, i);
		utf8_add_clean(&clean, str_text(&line));
		(void)fprintf(stderr, "%s\n", str_text(&clean));
	}
	if (ids->n > PICK_SHOWN)
		(void)fprintf(stderr, "  ...\n");
	return CLI_REFUSED;
}

/* "Anna" is Anna and not Hanna: the one in whose name every word stands whole. 1, or 0 where there is none
 * or several, or where there are too many to have been looked at. */
static int pick_whole(
	struct cli *cli, const char *text, const struct contact_ids *ids, int64_t *ret_id)
{
	size_t found = 0;

	for (size_t i = 0; ids->n <= PICK_SHOWN && i < ids->n; i++) {
		_cleanup_free_ char *name = NULL;
		int r = contacts_name(cli->store, ids->ids[i], &name, &cli->err);

		if (r < 0)
			return r;
		if (!naming_fits(text, name, NAMING_WHOLE))
			continue;
		*ret_id = ids->ids[i];
		found++;
	}
	return found == 1;
}

int cli_pick(struct cli *cli, const char *text, int64_t *ret_id)
{
	return cli_pick_or(cli, text, NULL, ret_id);
}

int cli_pick_or(struct cli *cli, const char *text, const char *advice, int64_t *ret_id)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	uint64_t id;
	int r;

	if (text[0] == '#' && str_number(text + 1, INT64_MAX, &id)) {
		*ret_id = (int64_t)id;
		r = aliases_find(cli->store, cli->book, *ret_id, ret_id, &cli->err);
		if (r >= 0)
			r = contacts_check(cli->store, cli->book, *ret_id, &cli->err);
		return r < 0 ? cli_fail(cli, r) : 0;
	}
	r = pick_by_handle(cli, text, ret_id);
	if (r == 1)
		return 0;
	if (r == 0)
		r = search_find(cli->store, cli->book, text, PICK_SHOWN + 1, &ids, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (ids.n > 1)
		r = pick_whole(cli, text, &ids, ret_id);
	if (r < 0)
		return cli_fail(cli, r);
	if (ids.n > 1)
		return r == 1 ? 0 : pick_list(cli, text, &ids);
	if (ids.n == 0)
		return cli_complain(cli, CLI_REFUSED, "nobody in the book is called \"%s\"; %s",
			text, advice ? _(advice) : _("see `nudge list`"));
	*ret_id = ids.ids[0];
	return 0;
}

int pick_forum(struct cli *cli, const char *name, struct forums *ret)
{
	int64_t number;
	char letter;
	int r = 0;

	if (cli_handle(name, &letter, &number) && letter == 'g')
		r = forums_by_number(cli->store, cli->book, number, ret, &cli->err);
	/* One may be called "G7". */
	if (r == 0)
		r = forums_find(cli->store, cli->book, name, ret, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (!ret->n)
		return cli_complain(
			cli, CLI_REFUSED, "there is no forum \"%s\"; see `nudge forum`", name);
	if (ret->n > 1)
		return cli_complain(cli, CLI_REFUSED, "\"%s\" may be %s or %s; write more of it",
			name, ret->all[0].name, ret->all[1].name);
	return 0;
}
