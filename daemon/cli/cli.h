/* SPDX-License-Identifier: MIT */
/*
 * cli: what the verbs of nudge share: the opened book, the output, the options.
 *
 * Output is gathered in cli->out and written at the end, freed of control characters. CLI_BOLD and the
 * like mark its looks; they become colours on a terminal and nothing elsewhere.
 */
#ifndef NUDGE_CLI_CLI_H
#define NUDGE_CLI_CLI_H

#include "base/clock.h"
#include "base/lang.h"
#include "book/contacts.h"
#include "cli/arguments.h"
#include "conf/conf.h"
#include "core/str.h"
#include "core/zone.h"
#include "format/json.h"

#include <sysexits.h>

#define CLI_REFUSED 1 /* exit status: not found, ambiguous, nothing done */

#define CLI_BOLD   "\001"
#define CLI_FAINT  "\002"
#define CLI_ACCENT "\003"
#define CLI_PLAIN  "\004"
#define CLI_GOOD   "\005"
#define CLI_BAD    "\006"

struct roster;

struct cli {
	const char *config_path, *book_name, *now; /* as given */
	const char *language; /* of the person at the terminal; a document of JSON is English */
	bool json, help;
	bool version;  /* with help: that is what was asked for */
	bool hurries;  /* waits but a moment for another process's lock */
	bool was_root; /* and is the service's user now */
	bool paths; /* the verb's words are names of files: cli_parse() leaves them as they are */
	struct cli_list words; /* of the verb, without its options */
	struct cli_syntax
		*asked; /* not NULL: the verb is asked for its options, and does nothing */
	struct clock clock;
	struct conf *conf; /* NULL: there is none */
	char *database; /* as a running service has told it, where the configuration cannot; or NULL */
	struct store *store;
	struct roster *roster; /* the digests that live in the store */
	int64_t book;
	struct zone *zone; /* the reader's */
	int32_t today;     /* there */
	struct str out;
	struct json js;         /* writes to out */
	struct str *complaints; /* where they go, a line each; NULL: to stderr */
	struct err err;
};

int cli_main(int argc, char **argv);
void cli_done(struct cli *cli); /* lets go of what it has opened */

/* Loads the configuration, if there is one, and opens the book. 0 or an exit status. In the system's
 * mode root becomes the service's user here. */
int cli_load_conf(struct cli *cli, bool required);
int cli_open(struct cli *cli);
/* The same for one who only looks: where there is no database none is made, and the book is an empty one. */
int cli_look(struct cli *cli);
/* And is told so. */
int cli_look_around(struct cli *cli);
/* Where the tables are of this version, and nobody has to be waited for. */
int cli_peek(struct cli *cli);
/* Where the book's database is, after cli_load_conf(); the caller frees. */
char *cli_database(const struct cli *cli);
/* The digest that speaks for the book: the named one, or the first of the book, in nudged.conf or else in the
 * database. NULL where none. One of the database lives until the next is asked for. */
const struct conf_digest *cli_digest(const struct cli *cli, const char *name);

/* Prints the sentence in cli->err and gives the exit status for the code that came with it. */
int cli_fail(struct cli *cli, int code);
/* Print a sentence, in the person's language: the format is translated here. Return the status. Commands in it, and
 * in a hint, are the ones to type in this book: "see `nudge list`" becomes "see `nudge -b club list`". */
int cli_complain(const struct cli *cli, int status, const char *format, ...) PRINTF_LIKE(3, 4);
int cli_usage(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);
/* Adds a sentence to the output, translated by the caller. */
void cli_hint(struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

/* The contact that `text` names: 0 and its number, or a status; ambiguous ones are listed. Where
 * there is none, `advice`, a text marked by N_(), says what to do; NULL: "see `nudge list`". */
int cli_pick(struct cli *cli, const char *text, int64_t *ret_id);
int cli_pick_or(struct cli *cli, const char *text, const char *advice, int64_t *ret_id);

/* Adds `nudge` as it was typed to reach this book: "nudge -c FILE -b club". */
void cli_add_command(const struct cli *cli, struct str *out);

/* "b7", or "B7", to its letter and number. */
bool cli_handle(const char *text, char *ret_letter, int64_t *ret_number);

#endif
