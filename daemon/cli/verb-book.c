/* SPDX-License-Identifier: MIT */
/*
 * verb-book: book: the networks in the database.
 */
#include "book/books.h"
#include "book/undo.h"
#include "cli/verbs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct book_options {
	bool create, remove, yes;
};

static int book_show(void *userdata, int64_t book, const char *name)
{
	struct cli *cli = userdata;
	struct book_counts counts;
	int r = books_count(cli->store, book, &counts, &cli->err);

	if (r < 0)
		return r;
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "name", name);
		json_add_int(&cli->js, "contacts", counts.contacts);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out,
			/* TRANSLATORS: a book, how many contacts it holds */
			ngettext("%1$s: %2$lld contact\n", "%1$s: %2$lld contacts\n",
				(unsigned long)counts.contacts),
			name, (long long)counts.contacts);
	}
	return 0;
}

static int book_list(struct cli *cli)
{
	int r;

	if (cli->json)
		json_array_begin(&cli->js);
	r = books_each(cli->store, book_show, cli, &cli->err);
	if (cli->json)
		json_array_end(&cli->js);
	return r < 0 ? cli_fail(cli, r) : 0;
}

/* In the book from which it was made `nudge undo` does not reach behind it unasked. */
static int book_create(struct cli *cli, const char *name)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(cli->store, &transaction, &cli->err);

	if (r == 0)
		r = books_create(cli->store, name, &cli->err);
	if (r == 0)
		r = undo_keep_final(
			cli->store, cli->book, UNDO_BOOK, clock_now(&cli->clock), &cli->err);
	return r < 0 ? r : store_commit(&transaction, &cli->err);
}

static bool book_is_wanted(const char *name, const struct book_counts *counts)
{
	char answer[16] = "";

	(void)fprintf(stderr,
		/* TRANSLATORS: a book, how many contacts it holds; y, Y, j and J are taken for a yes */
		ngettext(
			"Erase the book %1$s with %2$lld contact, its digests and all that it holds? [y/N] ",
			"Erase the book %1$s with %2$lld contacts, its digests and all that it holds? [y/N] ",
			(unsigned long)counts->contacts),
		name, (long long)counts->contacts);
	(void)fflush(stderr);
	return fgets(answer, sizeof(answer), stdin) && strchr("yYjJ", answer[0]) && answer[0];
}

static int book_erase(struct cli *cli, int64_t book)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(cli->store, &transaction, &cli->err);

	if (r == 0)
		r = books_remove(cli->store, book, &cli->err);
	if (r == 0 && cli->book != book)
		r = undo_keep_final(
			cli->store, cli->book, UNDO_BOOK_GONE, clock_now(&cli->clock), &cli->err);
	return r < 0 ? r : store_commit(&transaction, &cli->err);
}

/* The digest of nudged.conf that speaks for the book, or NULL. */
static const char *book_speaker(const struct cli *cli, const char *name)
{
	for (size_t i = 0; cli->conf && i < cli->conf->n_digests; i++)
		if (str_equal(cli->conf->digests[i].book, name))
			return cli->conf->digests[i].name;
	return NULL;
}

static int book_remove(struct cli *cli, const char *name, bool yes)
{
	const char *speaker = book_speaker(cli, name);
	struct book_counts counts;
	int64_t book;
	int r = books_find(cli->store, name, &book, &cli->err);

	if (r == 0)
		r = books_count(cli->store, book, &counts, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (str_equal(name, "main"))
		return cli_complain(cli, CLI_REFUSED,
			"main is the book that is meant where none is named, and stays");
	if (speaker)
		return cli_complain(cli, CLI_REFUSED,
			"digest \"%s\" in %s speaks for that book: take it out there, and reload the service, first",
			speaker, cli->conf->path);
	if (!yes && !isatty(STDIN_FILENO))
		return cli_complain(
			cli, CLI_REFUSED, "to erase %s without being asked, add --yes", name);
	if (!yes && !book_is_wanted(name, &counts))
		return cli_complain(cli, CLI_REFUSED, "nothing was erased");
	r = book_erase(cli, book);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "erased", name);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out, _("The book %s is erased.\n"), name);
	}
	return 0;
}

int verb_book(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("create", CLI_FLAG, struct book_options, create),
		CLI_OPTION("remove", CLI_FLAG, struct book_options, remove),
		CLI_OPTION("yes", CLI_FLAG, struct book_options, yes),
	};
	struct book_options options = { 0 };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options), r;
	int64_t book;

	if (status || cli->help)
		return status;
	if (cli->words.n > 1 || ((options.create || options.remove) && !cli->words.n) ||
		(options.create && options.remove))
		return cli_usage(cli, "one name, please: nudge book work --create");
	status = options.create ? cli_open(cli) : cli_look_around(cli);
	if (status)
		return status;
	if (!cli->words.n)
		return book_list(cli);
	if (options.remove)
		return book_remove(cli, cli->words.all[0], options.yes);
	if (options.create) {
		r = book_create(cli, cli->words.all[0]);
		if (r == -EEXIST)
			return cli_complain(cli, CLI_REFUSED, "%s", cli->err.text);
		if (r < 0)
			return cli_fail(cli, r);
	}
	r = books_find(cli->store, cli->words.all[0], &book, &cli->err);
	if (r == 0)
		r = book_show(cli, book, cli->words.all[0]);
	return r < 0 ? cli_fail(cli, r) : 0;
}
