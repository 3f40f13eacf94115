/* SPDX-License-Identifier: MIT */
/*
 * verb-contact: me, add, edit, show, list, tag, remove.
 */
#include "book/books.h"
#include "book/keeping.h"
#include "book/outbox.h"
#include "book/search.h"
#include "cli/change.h"
#include "cli/editor.h"
#include "cli/listing.h"
#include "cli/person.h"
#include "cli/request.h"
#include "cli/show.h"
#include "cli/verbs.h"
#include "core/utf8.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct me {
	const char *name, *city, *intro;
	struct cli_list offers;
};

static void me_done(struct me *me)
{
	cli_list_done(&me->offers);
}

static int me_store(struct cli *cli, const struct me *me)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = books_set_owner(
			cli->store, cli->book, me->name, me->city, me->intro, &cli->err);
	/* One empty --offers takes all away: what one offers is few words, typed again at once. */
	if (r == 0 && me->offers.n == 1 && !*me->offers.all[0])
		r = books_clear_offers(cli->store, cli->book, &cli->err);
	for (size_t i = 0; r == 0 && i < me->offers.n; i++)
		if (*me->offers.all[i])
			r = books_add_offer(cli->store, cli->book, me->offers.all[i], &cli->err);
	if (r == 0)
		r = change_commit(&change, "me");
	return r < 0 ? cli_fail(cli, r) : 0;
}

int verb_me(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		CLI_OPTION("name", CLI_TEXT, struct me, name),
		CLI_OPTION("city", CLI_TEXT, struct me, city),
		CLI_OPTION("intro", CLI_TEXT, struct me, intro),
		CLI_OPTION("offers", CLI_LIST, struct me, offers),
	};
	_cleanup_(me_done) struct me me = { 0 };
	_cleanup_owner_ struct owner owner = { 0 };
	int status = cli_parse(cli, argc, argv, options, ARRAY_SIZE(options), &me), r;
	bool tells = me.name || me.city || me.intro || me.offers.n;

	if (status || cli->help)
		return status;
	if (cli->words.n)
		return cli_usage(cli, "`nudge me` takes options only, such as --name");
	status = tells ? cli_open(cli) : cli_look_around(cli);
	if (status == 0 && tells)
		status = me_store(cli, &me);
	if (status)
		return status;
	r = books_load_owner(cli->store, cli->book, &owner, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	show_owner(cli, &owner);
	return 0;
}

static int add_store(struct cli *cli, const char *name, const struct person *person,
	const struct person_checked *checked, int64_t *ret_id)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = contacts_add(
			cli->store, cli->book, name, CONTACT_HAND, cli->today, ret_id, &cli->err);
	if (r == 0)
		r = person_store(cli, *ret_id, person, checked);
	if (r == 0)
		r = change_commit(&change, "add %s", name);
	return r;
}

/* A namesake is no error, but worth a word: it may be the same person. */
static void add_warn_of_namesake(struct cli *cli, const char *name, int64_t id)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };

	if (search_find(cli->store, cli->book, name, 2, &ids, NULL) == 0 && ids.n > 1)
		(void)cli_complain(cli, 0, "there is somebody of that name already (#%lld)",
			(long long)(ids.ids[0] == id ? ids.ids[1] : ids.ids[0]));
}

int verb_add(struct cli *cli, int argc, char **argv)
{
	_cleanup_person_ struct person person = { 0 };
	_cleanup_free_ char *name = NULL;
	struct person_checked checked;
	int64_t id;
	int status = cli_parse(cli, argc, argv, person_options + PERSON_OF_EDIT,
		person_n_options - PERSON_OF_EDIT, &person);
	int r;

	if (status || cli->help)
		return status;
	if (!cli->words.n)
		return cli_usage(
			cli, "whom? For example: nudge add Anna Schmidt --birthday 12.3.1984");
	name = cli_join(&cli->words, 0, cli->words.n);
	if (!name)
		return cli_fail(cli, err_oom(&cli->err));
	if (!*name)
		return cli_usage(cli, "a contact needs a name: nudge add Anna Schmidt");
	status = cli_open(cli);
	if (status == 0)
		status = person_check(cli, &person, &checked);
	if (status)
		return status;
	r = add_store(cli, name, &person, &checked, &id);
	if (r < 0)
		return cli_fail(cli, r);
	add_warn_of_namesake(cli, name, id);
	return show_contact(cli, id, false);
}

/* Opens the book in that way and finds the contact that all the words together name. */
static int contact_of_words(
	struct cli *cli, int (*open)(struct cli *cli), const char *example, int64_t *ret_id)
{
	_cleanup_free_ char *who = cli_join(&cli->words, 0, cli->words.n);
	int status;

	if (!cli->words.n)
		return cli_usage(cli, "whom? For example: %s", example);
	status = who ? open(cli) : cli_fail(cli, err_oom(&cli->err));
	return status ? status : cli_pick(cli, who, ret_id);
}

static int edit_store(struct cli *cli, int64_t id, const struct person *person,
	const struct person_checked *checked)
{
	_cleanup_(change_done) struct change change = { 0 };
	_cleanup_free_ char *name = NULL;
	int r = change_begin(&change, cli);

	if (r == 0)
		r = person_store(cli, id, person, checked);
	if (r == 0)
		r = contacts_name(cli->store, id, &name, &cli->err);
	if (r == 0)
		r = change_commit(&change, "edit %s", name);
	return r < 0 ? cli_fail(cli, r) : 0;
}

int verb_edit(struct cli *cli, int argc, char **argv)
{
	_cleanup_person_ struct person person = { 0 };
	struct person_checked checked;
	int64_t id;
	int status = cli_parse(cli, argc, argv, person_options, person_n_options, &person);

	if (status || cli->help)
		return status;
	status = contact_of_words(cli, cli_open, "nudge edit Anna --city Berlin", &id);
	if (status)
		return status;
	if (person_is_empty(&person)) {
		status = editor_edit_contact(cli, id);
	} else {
		status = person_check(cli, &person, &checked);
		if (status == 0)
			status = edit_store(cli, id, &person, &checked);
	}
	return status ? status : show_contact(cli, id, false);
}

struct show {
	bool all;
};

int verb_show(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = { CLI_OPTION(
		"all", CLI_FLAG, struct show, all) };
	struct show show = { 0 };
	int64_t id;
	int status = cli_parse(cli, argc, argv, options, ARRAY_SIZE(options), &show);

	if (status || cli->help)
		return status;
	status = contact_of_words(cli, cli_look_around, "nudge show Anna", &id);
	return status ? status : show_contact(cli, id, show.all);
}

struct list {
	const char *tag, *city;
};

int verb_list(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		CLI_OPTION("tag", CLI_TEXT, struct list, tag),
		CLI_OPTION("city", CLI_TEXT, struct list, city),
	};
	_cleanup_(store_rollback) struct store *reading = NULL;
	_cleanup_ids_ struct contact_ids ids = { 0 };
	_cleanup_free_ char *words = NULL;
	struct list list = { 0 };
	int status = cli_parse(cli, argc, argv, options, ARRAY_SIZE(options), &list), r;

	if (status || cli->help)
		return status;
	words = cli_join(&cli->words, 0, cli->words.n);
	status = words ? cli_look_around(cli) : cli_fail(cli, err_oom(&cli->err));
	if (status)
		return status;
	r = store_begin_reading(cli->store, &reading, &cli->err);
	if (r == 0)
		r = search_list(cli->store, cli->book, words, list.tag, list.city, &ids, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (!ids.n && !*words && !list.tag && !list.city && !cli->json)
		return cli_complain(cli, CLI_REFUSED,
			"the book is empty; for example: nudge add Anna Schmidt, or nudge import"
			" contacts.vcf");
	return show_list(cli, &ids);
}

struct tag {
	const char *every;
};

static int tag_store(struct cli *cli, const char *tag, const char *every, size_t *ret_n)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = keeping_set_tag(cli->store, cli->book, tag, *every ? every : NULL, cli->today,
			ret_n, &cli->err);
	return r < 0 ? r : change_commit(&change, "tag %s", tag);
}

int verb_tag(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = { CLI_OPTION(
		"every", CLI_TEXT, struct tag, every) };
	struct tag tag = { 0 };
	char every[PERSON_EVERY_SIZE];
	size_t n = 0;
	int status = cli_parse(cli, argc, argv, options, ARRAY_SIZE(options), &tag), r;

	if (status || cli->help)
		return status;
	if (!cli->words.n && !tag.every)
		return listing_tags(cli);
	if (cli->words.n != 1 || !*cli->words.all[0] || !tag.every)
		return cli_usage(cli, "a tag and --every are needed: nudge tag friends --every 6w");
	status = person_parse_every(cli, tag.every, every);
	if (status == 0)
		status = cli_open(cli);
	if (status)
		return status;
	r = tag_store(cli, cli->words.all[0], every, &n);
	if (r < 0)
		return cli_fail(cli, r);
	listing_print_tag(cli, cli->words.all[0], *every ? every : NULL, (int64_t)n);
	return 0;
}

struct removal {
	bool yes;
};

static bool remove_is_wanted(const char *name)
{
	char answer[16] = "";

	/* TRANSLATORS: y, Y, j and J are taken for a yes */
	(void)fprintf(stderr, _("Erase %s and everything noted about them? [y/N] "), name);
	(void)fflush(stderr);
	return fgets(answer, sizeof(answer), stdin) && strchr("yYjJ", answer[0]) && answer[0];
}

/* The contact who is meant, or else somebody to whom a request was begun: 0 or a status. */
static int remove_find(struct cli *cli, struct outreaches *ret_strangers, int64_t *ret_id)
{
	_cleanup_free_ char *who = cli_join(&cli->words, 0, cli->words.n);
	_cleanup_ids_ struct contact_ids ids = { 0 };
	int status, r;

	if (!cli->words.n)
		return cli_usage(cli, "whom? For example: nudge remove Anna Schmidt");
	status = who ? cli_open(cli) : cli_fail(cli, err_oom(&cli->err));
	if (status)
		return status;
	r = search_find(cli->store, cli->book, who, 1, &ids, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (!ids.n && *who)
		status = request_find(cli, who, ret_strangers, ret_id);
	return status || *ret_id || ret_strangers->n ? status : cli_pick(cli, who, ret_id);
}

/* Somebody new goes as a contact would: from messages and from what undo keeps, too. */
static int remove_contact(
	struct cli *cli, const struct outreach *stranger, int64_t id, int64_t *ret_withdrawn)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(cli->store, &transaction, &cli->err);

	if (r == 0 && !id)
		r = outreaches_make_contact(
			cli->store, cli->book, stranger, cli->today, &id, &cli->err);
	if (r == 0)
		r = outbox_waiting_of(cli->store, id, ret_withdrawn, &cli->err);
	if (r == 0)
		r = contacts_remove(cli->store, cli->book, id, &cli->err);
	if (r == 0)
		r = undo_keep_final(
			cli->store, cli->book, UNDO_REMOVE, clock_now(&cli->clock), &cli->err);
	if (r == 0)
		r = store_commit(&transaction, &cli->err);
	return r < 0 ? cli_fail(cli, r) : 0;
}

int verb_remove(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = { CLI_OPTION(
		"yes", CLI_FLAG, struct removal, yes) };
	_cleanup_outreaches_ struct outreaches strangers = { 0 };
	_cleanup_free_ char *name = NULL;
	_cleanup_str_ struct str clean = STR_INIT;
	struct removal removal = { 0 };
	int64_t id = 0, withdrawn = 0;
	int status = cli_parse(cli, argc, argv, options, ARRAY_SIZE(options), &removal), r;

	if (status || cli->help)
		return status;
	status = remove_find(cli, &strangers, &id);
	if (status)
		return status;
	if (id)
		r = contacts_name(cli->store, id, &name, &cli->err);
	else
		r = (name = str_dup(strangers.all[0].name)) ? 0 : err_oom(&cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	utf8_add_clean(&clean, name);
	if (!removal.yes && !isatty(STDIN_FILENO))
		return cli_complain(
			cli, CLI_REFUSED, "to erase %s without being asked, add --yes", name);
	if (!removal.yes && !remove_is_wanted(str_text(&clean)))
		return cli_complain(cli, CLI_REFUSED, "nothing was erased");
	status = remove_contact(cli, strangers.all, id, &withdrawn);
	if (status)
		return status;
	if (cli->json) {
		json_object_begin(&cli->js);
		json_key(&cli->js, "id");
		if (id)
			json_int(&cli->js, id);
		else
			json_null(&cli->js);
		json_add_string(&cli->js, "erased", name);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out, _("%s is erased; an import will not bring them back.\n"), name);
		if (withdrawn)
			str_add(&cli->out,
				_("A mail that spoke of them was waiting; the next digest tells the rest of it.\n"));
	}
	return 0;
}
