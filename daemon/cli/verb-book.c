/* SPDX-License-Identifier: MIT */
/*
 * verb-book: book: the networks in the database.
 */
#include "book/books.h"
#include "book/undo.h"
#include "cli/verbs.h"

#include <errno.h>

struct book_options {
	bool create;
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

int verb_book(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("create", CLI_FLAG, struct book_options, create),
	};
	struct book_options options = { 0 };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options), r;
	int64_t book;

	if (status || cli->help)
		return status;
	if (cli->words.n > 1 || (options.create && !cli->words.n))
		return cli_usage(cli, "one name, please: nudge book work --create");
	status = cli_open(cli);
	if (status)
		return status;
	if (!cli->words.n)
		return book_list(cli);
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
