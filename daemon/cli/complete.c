/* SPDX-License-Identifier: MIT */
/*
 * complete: what the last word of a command may become.
 */
#include "cli/complete.h"

#include "base/lang.h"
#include "book/books.h"
#include "book/forums.h"
#include "book/hosted.h"
#include "book/outreaches.h"
#include "cli/complete-table.h"
#include "cli/words.h"
#include "core/utf8.h"

#include <string.h>

#define COMPLETE_LETTERS    "bfyctihog" /* in the order of the mail */
#define COMPLETE_LETTER_MAX 20          /* handles of one letter, where all are asked for */

/* What every verb takes; "V" and "h" are complete as they are. */
static const struct cli_option complete_common[] = {
	{ "config", CLI_PATH, 0, 'c' },
	{ "book", CLI_TEXT, 0, 'b' },
	{ "json", CLI_FLAG, 0, 0 },
	{ "now", CLI_TEXT, 0, 0 },
	{ "help", CLI_FLAG, 0, 'h' },
	{ "version", CLI_FLAG, 0, 'V' },
};

/* Where the cursor is. */
struct complete {
	struct cli *cli;
	const struct cli_verb *verb;
	struct cli_syntax syntax;
	struct cli_list words;           /* of the verb, before the cursor */
	const struct cli_option *option; /* whose value is at the cursor, or NULL */
	bool ended;                      /* behind "--": no options any more */
	const char *typed;               /* at the cursor */
	const char *prefix;              /* "--tag=", which stays before each value; or "" */
	struct completion *completion;
};

void completion_done(struct completion *completion)
{
	candidates_done(&completion->found);
}

struct cli_syntax complete_syntax(const struct cli_verb *verb)
{
	char *argv[] = { NULL, NULL };
	struct cli_syntax syntax = { 0 };
	struct cli cli = { .asked = &syntax };

	(void)verb->run(&cli, 1, argv);
	return syntax;
}

/* The option of that name ("tag", n bytes of it) or letter; NULL: none. */
static const struct cli_option *complete_find(
	const struct complete *complete, const char *name, size_t n, char letter)
{
	const struct cli_syntax tables[] = { complete->syntax,
		{ complete_common, ARRAY_SIZE(complete_common) } };

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
		for (size_t j = 0; j < tables[i].n; j++) {
			const struct cli_option *option = &tables[i].options[j];

			if (letter ? option->letter == letter
				   : strlen(option->name) == n &&
						strncmp(option->name, name, n) == 0)
				return option;
		}
	return NULL;
}

/* -b and -c say which book is asked. */
static void complete_take_value(struct complete *complete, const char *value)
{
	if (complete->option->letter == 'c')
		complete->cli->config_path = value;
	else if (complete->option->letter == 'b')
		complete->cli->book_name = value;
}

static void complete_take_option(struct complete *complete, const char *word)
{
	const char *name = word + (word[1] == '-' ? 2 : 1), *value = strchr(word, '=');
	size_t n = value ? (size_t)(value - name) : strlen(name);

	complete->option = complete_find(complete, name, n, word[1] == '-' ? '\0' : word[1]);
	if (!complete->option || complete->option->type == CLI_FLAG) {
		complete->option = NULL;
		return;
	}
	if (word[1] != '-' && word[2])
		value = word + 1;
	if (value) {
		complete_take_value(complete, value + 1);
		complete->option = NULL;
	}
}

/* A word before the cursor. */
static int complete_take(struct complete *complete, const char *word)
{
	if (complete->option) {
		complete_take_value(complete, word);
		complete->option = NULL;
	} else if (!complete->ended && str_equal(word, "--")) {
		complete->ended = true;
	} else if (!complete->ended && word[0] == '-' && word[1]) {
		complete_take_option(complete, word);
	} else if (!complete->verb) {
		complete->verb = verbs_find(word);
		if (!complete->verb)
			return CLI_REFUSED;
		complete->syntax = complete_syntax(complete->verb);
	} else if (!cli_list_add(&complete->words, word)) {
		return cli_fail(complete->cli, err_oom(&complete->cli->err));
	}
	return 0;
}

/* --tag=fr: the value is at the cursor, and what stands before it stays. */
static int complete_begin_value(struct complete *complete, char **ret_prefix)
{
	const char *value = strchr(complete->typed, '=');
	const struct cli_option *option;

	if (complete->ended || complete->option || !value || !str_starts(complete->typed, "--"))
		return 0;
	option = complete_find(
		complete, complete->typed + 2, (size_t)(value - complete->typed) - 2, '\0');
	if (!option || option->type == CLI_FLAG)
		return CLI_REFUSED;
	*ret_prefix = str_ndup(complete->typed, (size_t)(value - complete->typed) + 1);
	if (!*ret_prefix)
		return cli_fail(complete->cli, err_oom(&complete->cli->err));
	complete->option = option;
	complete->prefix = *ret_prefix;
	complete->typed = value + 1;
	return 0;
}

static int complete_offer(
	struct complete *complete, const char *text, const char *about, const char *more)
{
	_cleanup_str_ struct str whole = STR_INIT;
	int r;

	/* Nobody types these, and the answer has a line for each. */
	if (strpbrk(text, "\n\t"))
		return 0;
	str_addf(&whole, "%s%s", complete->prefix, text);
	r = str_check(&whole, &complete->cli->err);
	return r < 0 ? r
		     : candidates_add(&complete->completion->found, str_text(&whole), about, more,
			       &complete->cli->err);
}

static bool complete_folded_starts(const char *text, const char *start)
{
	_cleanup_str_ struct str folded = STR_INIT, wanted = STR_INIT;

	utf8_add_folded(&folded, text);
	utf8_add_folded(&wanted, start);
	return str_starts(str_text(&folded), str_text(&wanted));
}

/* Those that are written as was typed; where there are none, those that are meant. */
static int complete_offer_some(
	struct complete *complete, const struct candidates *some, size_t skipped)
{
	bool written = false;
	int r = 0;

	for (size_t i = 0; i < some->n; i++)
		written |= str_starts(some->all[i].text + skipped, complete->typed);
	for (size_t i = 0; r == 0 && i < some->n; i++)
		if (!written || str_starts(some->all[i].text + skipped, complete->typed))
			r = complete_offer(complete, some->all[i].text + skipped,
				some->all[i].about, some->all[i].more);
	return r;
}

static int complete_words(struct complete *complete, const char *words)
{
	int r = 0;

	while (r == 0 && words && *words) {
		size_t n = strcspn(words, "|");
		_cleanup_free_ char *word = str_ndup(words, n);

		if (!word)
			return err_oom(&complete->cli->err);
		if (str_starts(word, complete->typed))
			r = complete_offer(complete, word, NULL, NULL);
		words += n + (words[n] == '|');
	}
	return r;
}

static int complete_languages(struct complete *complete)
{
	int r = 0;

	for (const char *const *word = lang_all; r == 0 && *word; word++)
		if (str_starts(*word, complete->typed))
			r = complete_offer(complete, *word, NULL, NULL);
	return r;
}

static int complete_verbs(struct complete *complete)
{
	const struct cli_verb *verb;
	int r = 0;

	for (size_t i = 0; r == 0 && (verb = verbs_at(i)); i++)
		if (verb->summary && str_starts(verb->name, complete->typed))
			r = complete_offer(complete, verb->name, _(verb->summary), NULL);
	return r;
}

static int complete_options(
	struct complete *complete, const struct cli_option *options, size_t n, bool all)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		_cleanup_str_ struct str name = STR_INIT;

		str_addf(&name, "--%s", options[i].name);
		if (str_starts(str_text(&name), complete->typed) &&
			(all || options[i].type == CLI_FLAG))
			r = complete_offer(complete, str_text(&name), NULL, NULL);
	}
	return r;
}

/* Those of the verb first. Which book and clock are said before it; behind it they hold as well, but would stand in
 * everybody's way. */
static int complete_all_options(struct complete *complete)
{
	int r = complete_options(complete, complete->syntax.options, complete->syntax.n, true);

	return r < 0 ? r
		     : complete_options(complete, complete_common, ARRAY_SIZE(complete_common),
			       !complete->verb);
}

/* The handle that is being typed: its letter, or '\0'. */
static char complete_letter(const struct complete *complete)
{
	const char *typed = complete->typed;

	if (!typed[0] || !strchr(COMPLETE_LETTERS, str_lower(typed[0])) ||
		typed[1 + strspn(typed + 1, "0123456789")])
		return '\0';
	return str_lower(typed[0]);
}

static int complete_handles(struct complete *complete, const char *letters)
{
	_cleanup_candidates_ struct candidates found = { 0 };
	struct cli *cli = complete->cli;
	char letter = complete_letter(complete);
	int r = 0;

	if (!letter && *complete->typed)
		return 0;
	for (const char *p = letters ? letters : COMPLETE_LETTERS; r == 0 && *p; p++)
		if (!letter || letter == *p)
			r = candidates_handles(cli->store, cli->book, *p,
				letter ? complete->typed + 1 : "", cli->today,
				letter ? COMPLETE_MAX : COMPLETE_LETTER_MAX, &found, &cli->err);
	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const struct candidate *one = &found.all[i];

		r = complete_offer(complete, one->text, one->about,
			one->text[0] == 'b' ? words_say("occasion", one->more) : one->more);
	}
	return r;
}

/* "#12"; else whole names, then later words of names, then addresses: the first of them where there is anybody. */
static int complete_contacts(struct complete *complete)
{
	_cleanup_candidates_ struct candidates found = { 0 };
	struct cli *cli = complete->cli;
	const char *typed = complete->typed;
	bool number = typed[0] == '#' && !typed[1 + strspn(typed + 1, "0123456789")];
	int r = number
		? candidates_numbers(
			  cli->store, cli->book, typed + 1, COMPLETE_MAX, &found, &cli->err)
		: candidates_names(cli->store, cli->book, typed, COMPLETE_MAX, &found, &cli->err);

	if (r == 0 && !found.n)
		r = candidates_later_names(
			cli->store, cli->book, typed, COMPLETE_MAX, &found, &cli->err);
	if (r == 0 && !found.n && *typed)
		r = candidates_emails(
			cli->store, cli->book, typed, COMPLETE_MAX, &found, &cli->err);
	if (r == 0)
		r = complete_offer_some(complete, &found, 0);
	if (r == 0 && complete_letter(complete) && typed[1])
		r = complete_handles(complete, NULL);
	return r;
}

/* The bytes of the first n words of a name, with the blank behind them. */
static size_t complete_skip(const char *name, size_t n)
{
	const char *p = name;

	for (; n && (p = strchr(p, ' ')); n--)
		p++;
	return p ? (size_t)(p - name) : strlen(name);
}

/* `show Anna Sch`: the name goes on. Only people whose name begins with all that was typed; each may have its words
 * in another place. */
static int complete_name_goes_on(struct complete *complete)
{
	_cleanup_candidates_ struct candidates found = { 0 };
	_cleanup_str_ struct str start = STR_INIT;
	struct cli *cli = complete->cli;
	size_t blanks = 0;
	int r;

	for (size_t i = 0; i < complete->words.n; i++)
		str_addf(&start, "%s ", complete->words.all[i]);
	for (const char *p = str_text(&start); *p; p++)
		blanks += *p == ' ';
	str_add(&start, complete->typed);
	r = str_check(&start, &cli->err);
	if (r == 0)
		r = candidates_names(
			cli->store, cli->book, str_text(&start), COMPLETE_MAX, &found, &cli->err);
	for (size_t i = 0; r == 0 && i < found.n; i++) {
		const char *rest = found.all[i].text + complete_skip(found.all[i].text, blanks);

		if (*rest)
			r = complete_offer(complete, rest, found.all[i].about, found.all[i].more);
	}
	return r;
}

static int complete_forums(struct complete *complete)
{
	_cleanup_forums_ struct forums forums = { 0 };
	struct cli *cli = complete->cli;
	int r = forums_list(cli->store, cli->book, &forums, &cli->err);

	for (size_t i = 0; r == 0 && i < forums.n; i++)
		if (complete_folded_starts(forums.all[i].name, complete->typed))
			r = complete_offer(
				complete, forums.all[i].name, forums.all[i].topics, NULL);
	return r;
}

static int complete_requests(struct complete *complete)
{
	_cleanup_outreaches_ struct outreaches open = { 0 };
	struct cli *cli = complete->cli;
	int r = outreaches_open(cli->store, cli->book, &open, &cli->err);

	for (size_t i = 0; r == 0 && i < open.n; i++)
		if (complete_folded_starts(open.all[i].name, complete->typed))
			r = complete_offer(complete, open.all[i].name, NULL, NULL);
	return r;
}

static int complete_found(struct complete *complete,
	int (*find)(struct store *store, int64_t book, const char *start, size_t max,
		struct candidates *ret, struct err *reterr))
{
	_cleanup_candidates_ struct candidates found = { 0 };
	struct cli *cli = complete->cli;
	int r = find(cli->store, cli->book, complete->typed, COMPLETE_MAX, &found, &cli->err);

	return r < 0 ? r : complete_offer_some(complete, &found, 0);
}

static int complete_tags(struct complete *complete)
{
	return complete_found(complete, candidates_tags);
}

static int complete_cities(struct complete *complete)
{
	return complete_found(complete, candidates_cities);
}

static int complete_hosted(void *userdata, const struct hosted *hosted)
{
	struct complete *complete = userdata;

	return str_starts(hosted->name, complete->typed)
		? complete_offer(complete, hosted->name, NULL, NULL)
		: 0;
}

/* Those of the database for the book alone: there may be very many. */
static int complete_digests(struct complete *complete)
{
	const struct conf *conf = complete->cli->conf;
	int r = 0;

	for (size_t i = 0; r == 0 && conf && i < conf->n_digests; i++)
		if (str_starts(conf->digests[i].name, complete->typed))
			r = complete_offer(complete, conf->digests[i].name,
				conf->digests[i].cadence_text, NULL);
	if (r == 0)
		r = hosted_each(complete->cli->store, complete->cli->book, complete_hosted,
			complete, &complete->cli->err);
	return r;
}

static int complete_book(void *userdata, int64_t book UNUSED, const char *name)
{
	struct complete *complete = userdata;

	return str_starts(name, complete->typed) ? complete_offer(complete, name, NULL, NULL) : 0;
}

static int complete_books(struct complete *complete)
{
	return books_each(complete->cli->store, complete_book, complete, &complete->cli->err);
}

/* Opens the book when it is asked for the first time. */
static bool complete_has_book(struct complete *complete)
{
	return complete->cli->store || cli_peek(complete->cli) == 0;
}

static int complete_slot(struct complete *complete, const struct complete_slot *slot)
{
	static const struct {
		enum complete_what what;
		int (*offer)(struct complete *complete);
	} offers[] = {
		{ COMPLETE_CONTACT, complete_contacts },
		{ COMPLETE_FORUM, complete_forums },
		{ COMPLETE_REQUEST, complete_requests },
		{ COMPLETE_TAG, complete_tags },
		{ COMPLETE_CITY, complete_cities },
		{ COMPLETE_DIGEST, complete_digests },
		{ COMPLETE_BOOK, complete_books },
	};
	static const unsigned outside = COMPLETE_FILE | COMPLETE_LANGUAGE; /* of the book */
	int r = complete_words(complete, slot->words ? _(slot->words) : NULL);

	complete->completion->files = slot->what & COMPLETE_FILE;
	if (r == 0 && slot->what & COMPLETE_LANGUAGE)
		r = complete_languages(complete);
	if (r < 0 || !(slot->what & ~outside) || !complete_has_book(complete))
		return r;
	if (slot->what & COMPLETE_HANDLE)
		r = complete_handles(complete, slot->letters);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(offers); i++)
		if (slot->what & offers[i].what)
			r = offers[i].offer(complete);
	return r;
}

/* Words of a name need no quotes: behind its first one may come another, or what the verb takes next. */
static int complete_verb_word(struct complete *complete)
{
	const struct complete_verb *row = complete_verb_find(complete->verb->name);
	int r;

	if (!row)
		return 0;
	if (!complete->words.n)
		return complete_slot(complete, &row->first);
	r = complete_slot(complete, &row->then);
	if (r == 0 && !row->apart && row->first.what & COMPLETE_CONTACT &&
		complete_has_book(complete))
		r = complete_name_goes_on(complete);
	return r;
}

static int complete_at_cursor(struct complete *complete)
{
	const char *verb = complete->verb ? complete->verb->name : NULL;

	if (complete->option) {
		const struct complete_slot *slot = complete_option_find(
			verb, complete->option->name);

		return slot ? complete_slot(complete, slot) : 0;
	}
	if (complete->typed[0] == '-' && !complete->ended)
		return complete_all_options(complete);
	return complete->verb ? complete_verb_word(complete) : complete_verbs(complete);
}

/* What all have in common goes on as the word begins, or the shell would take letters away. */
static bool complete_is_loose(const struct candidates *found, const char *typed)
{
	_cleanup_free_ char *common = found->n > 1 ? str_dup(found->all[0].text) : NULL;

	for (size_t i = 1; common && i < found->n; i++) {
		size_t n = 0;

		while (common[n] && common[n] == found->all[i].text[n])
			n++;
		common[n] = '\0';
	}
	return common && !complete_folded_starts(common, typed);
}

int complete(struct cli *cli, const char *const *words, size_t n, struct completion *ret)
{
	struct complete state = {
		.cli = cli, .typed = words[n - 1], .prefix = "", .completion = ret
	};
	_cleanup_free_ char *prefix = NULL;
	int status = 0, r;

	for (size_t i = 0; status == 0 && i + 1 < n; i++)
		status = complete_take(&state, words[i]);
	if (status == 0)
		status = complete_begin_value(&state, &prefix);
	if (status == 0) {
		r = complete_at_cursor(&state);
		status = r < 0 ? cli_fail(cli, r) : 0;
	}
	cli_list_done(&state.words);
	ret->loose = complete_is_loose(&ret->found, words[n - 1]);
	return status;
}
