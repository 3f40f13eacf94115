/* SPDX-License-Identifier: MIT */
/*
 * change: a verb's transaction, noted so that `nudge undo` can take it back.
 */
#include "cli/change.h"

int change_begin(struct change *change, struct cli *cli)
{
	int r = store_begin(cli->store, &change->transaction, &cli->err);

	change->cli = cli;
	return r < 0 ? r : undo_begin(&change->undo, cli->store, &cli->err);
}

int change_commit(struct change *change, const char *format, ...)
{
	struct cli *cli = change->cli;
	_cleanup_str_ struct str what = STR_INIT;
	va_list args;
	int r;

	va_start(args, format);
	str_addv(&what, format, args);
	va_end(args);
	r = str_check(&what, &cli->err);
	if (r == 0)
		r = undo_keep(change->undo, cli->book, str_text(&what), clock_now(&cli->clock),
			&cli->err);
	return r < 0 ? r : store_commit(&change->transaction, &cli->err);
}

void change_done(struct change *change)
{
	/* The session goes first: it looks at the transaction's rows. */
	undo_free(change->undo);
	store_rollback(&change->transaction);
	*change = (struct change){ 0 };
}
