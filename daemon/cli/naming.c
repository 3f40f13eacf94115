/* SPDX-License-Identifier: MIT */
/*
 * naming: where a name ends among the words of a command.
 */
#include "cli/naming.h"

#include "book/aliases.h"
#include "book/forums.h"
#include "book/search.h"
#include "core/utf8.h"

#include <string.h>

#define NAMING_LOOK 50 /* as many are looked at of those in whose names the words are parts */

bool naming_fits(const char *text, const char *name, enum naming how)
{
	_cleanup_str_ struct str words = STR_INIT, folded = STR_INIT;
	char *rest, *word;

	str_add_char(&folded, ' ');
	utf8_add_folded(&folded, name);
	str_add_char(&folded, ' ');
	utf8_add_folded(&words, text);
	for (rest = words.data; (word = strsep(&rest, " "));) {
		_cleanup_str_ struct str sought = STR_INIT;

		str_addf(&sought, how == NAMING_WHOLE ? " %s " : " %s", word);
		if (*word && !strstr(str_text(&folded), str_text(&sought)))
			return false;
	}
	return true;
}

/* By the name, or by one that was merged into it: 1, 0 or negative. */
static int naming_fits_contact(struct cli *cli, const char *text, int64_t id, enum naming how)
{
	_cleanup_aliases_ struct aliases aliases = { 0 };
	_cleanup_free_ char *name = NULL;
	bool fits;
	int r = contacts_name(cli->store, id, &name, &cli->err);

	if (r == 0)
		r = aliases_of(cli->store, id, &aliases, &cli->err);
	if (r < 0)
		return r;
	fits = naming_fits(text, name, how);
	for (size_t i = 0; !fits && i < aliases.n; i++)
		fits = naming_fits(text, aliases.all[i].name, how);
	return fits;
}

/* Whether the text names somebody, perhaps several: 1, 0 or negative. */
static int naming_is_contact(struct cli *cli, const char *text, enum naming how)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	int64_t number;
	uint64_t id;
	char letter;
	int r;

	if (cli_handle(text, &letter, &number) ||
		(text[0] == '#' && str_number(text + 1, INT64_MAX, &id)))
		return 1;
	r = search_find(cli->store, cli->book, text, NAMING_LOOK, &ids, &cli->err);
	if (r == 0 && ids.n && strchr(text, '@'))
		return 1;
	for (size_t i = 0; r == 0 && i < ids.n; i++)
		r = naming_fits_contact(cli, text, ids.ids[i], how);
	return r;
}

static int naming_is_forum(struct cli *cli, const char *text, enum naming how UNUSED)
{
	_cleanup_forums_ struct forums found = { 0 };
	int r = forums_find(cli->store, cli->book, text, &found, &cli->err);

	return r < 0 ? r : found.n > 0;
}

/* The most words, up to `max` and no fewer than `min`, that name one; 0 where none do. */
static int naming_longest(struct cli *cli,
	int (*is_one)(struct cli *cli, const char *text, enum naming how), enum naming how,
	size_t min, size_t max, size_t *ret_n)
{
	int r = 0;

	*ret_n = 0;
	for (size_t n = max; r == 0 && n >= min && n > 0; n--) {
		_cleanup_free_ char *text = cli_join(&cli->words, 0, n);

		r = text ? is_one(cli, text, how) : err_oom(&cli->err);
		if (r > 0)
			*ret_n = n;
	}
	return r < 0 ? r : 0;
}

int naming_split(struct cli *cli, size_t *ret_n)
{
	size_t n = cli->words.n;
	int r;

	if (n > 1 && strchr(cli->words.all[n - 1], ' ')) {
		*ret_n = n - 1;
		return 0;
	}
	r = naming_longest(cli, naming_is_contact, NAMING_BEGINS, n, n, ret_n);
	if (r == 0 && !*ret_n && n > 1)
		r = naming_longest(cli, naming_is_contact, NAMING_WHOLE, 2, n - 1, ret_n);
	if (!*ret_n && n > 1)
		*ret_n = 1;
	return r;
}

int naming_split_forum(struct cli *cli, size_t *ret_n)
{
	int r = naming_longest(cli, naming_is_forum, NAMING_WHOLE, 1, cli->words.n, ret_n);

	if (!*ret_n)
		*ret_n = 1;
	return r;
}
