/* SPDX-License-Identifier: MIT */
/*
 * letter: a first message laid out on the terminal.
 */
#include "cli/letter.h"

#include "cli/fallback.h"
#include "digest/draft.h"
#include "digest/wording.h"

#include <errno.h>

struct letter {
	struct fallback fallback;
	struct owner me;
	struct contact contact; /* id 0: somebody new */
	struct draft draft;
};

static void letter_done(struct letter *letter)
{
	fallback_done(&letter->fallback);
	owner_done(&letter->me);
	contact_done(&letter->contact);
}

int letter_check_language(struct cli *cli, const char *language)
{
	if (!language || draft_language(language))
		return 0;
	return cli_usage(cli, "--language: de or en, not \"%s\"", language);
}

/* What does not depend on the kind: who writes, to whom, in which language. */
static int letter_begin(
	struct cli *cli, struct letter *letter, int64_t contact, const char *language)
{
	const struct conf_digest *digest;
	int status = fallback_digest(cli, &letter->fallback, &digest), r;

	if (status)
		return status;
	r = books_load_owner(cli->store, cli->book, &letter->me, &cli->err);
	if (r == 0 && contact)
		r = contacts_load(cli->store, cli->book, contact, &letter->contact, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	letter->draft.me = &letter->me;
	letter->draft.formal = digest->address == CONF_ADDRESS_SIE;
	letter->draft.name = letter->contact.field[CONTACT_NAME];
	letter->draft.salutation = letter->contact.field[CONTACT_SALUTATION];
	letter->draft.language = draft_language(letter->contact.field[CONTACT_LANGUAGE]);
	/* Their salutation is of their language. */
	if (language && letter->draft.language &&
		!str_equal(draft_language(language), letter->draft.language))
		letter->draft.salutation = NULL;
	if (language)
		letter->draft.language = draft_language(language);
	if (!letter->draft.language)
		letter->draft.language = digest->language;
	return 0;
}

static void letter_take_answers(struct draft *draft, const struct outreach *outreach)
{
	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		draft->answers[i] = outreach->answers[i];
}

static int letter_print(struct cli *cli, const struct letter *letter, const char *handle)
{
	_cleanup_str_ struct str text = STR_INIT;
	_cleanup_free_ char *word = NULL;
	unsigned gaps = draft_write(&text, &letter->draft);

	if (str_check(&text, &cli->err) < 0)
		return cli_fail(cli, -ENOMEM);
	word = draft_empty_word(str_text(&text));
	if (word)
		(void)cli_complain(cli, 0,
			"\"%s\" could stand in anybody's message: what do you mean by it, in your own"
			" words?",
			word);
	if (letter->contact.field[CONTACT_BUSY_INBOX])
		(void)cli_complain(cli, 0, "their inbox is crowded: few words, and patience");
	if (!cli->json) {
		str_add(&cli->out, str_text(&text));
		return 0;
	}
	json_object_begin(&cli->js);
	json_add_string(&cli->js, "handle", handle);
	json_add_string(&cli->js, "name", letter->draft.name);
	json_add_string(&cli->js, "language", letter->draft.language);
	json_add_string(&cli->js, "text", str_text(&text));
	json_add_int(&cli->js, "gaps", gaps);
	json_add_string(&cli->js, "empty_word", word);
	json_object_end(&cli->js);
	return 0;
}

int letter_print_outreach(struct cli *cli, const struct outreach *outreach, const char *language)
{
	_cleanup_(letter_done) struct letter letter = { 0 };
	_cleanup_str_ struct str handle = STR_INIT;
	int status = letter_begin(cli, &letter, outreach->contact, language);

	if (status)
		return status;
	letter.draft.kind = DRAFT_OUTREACH;
	letter.draft.name = outreach->name;
	letter_take_answers(&letter.draft, outreach);
	str_addf(&handle, "o%lld", (long long)outreach->number);
	if (outreach->facts.busy && !outreach->contact)
		(void)cli_complain(cli, 0, "their inbox is crowded: few words, and patience");
	return letter_print(cli, &letter, str_text(&handle));
}

int letter_print_coffee(
	struct cli *cli, int64_t contact, const struct coffee *coffee, const char *language)
{
	_cleanup_(letter_done) struct letter letter = { 0 };
	_cleanup_outreaches_ struct outreaches found = { 0 };
	_cleanup_str_ struct str handle = STR_INIT, when = STR_INIT;
	int status = letter_begin(cli, &letter, contact, language), r;

	if (status)
		return status;
	r = outreaches_of(cli->store, contact, &found, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	letter.draft.kind = DRAFT_COFFEE;
	if (found.n)
		letter_take_answers(&letter.draft, &found.all[0]);
	if (coffee && coffee->facts.has_day) {
		_cleanup_lang_ char *before = lang_switch(
			wording_language(letter.draft.language, letter.draft.formal));

		wording_add_date(&when, coffee->facts.day);
		if (coffee->minute >= 0) {
			str_add(&when, ", ");
			wording_add_minute(&when, coffee->minute);
		}
		letter.draft.when = str_text(&when);
	}
	if (coffee) {
		letter.draft.place = coffee->place;
		str_addf(&handle, "c%lld", (long long)coffee->number);
	}
	return letter_print(cli, &letter, coffee ? str_text(&handle) : NULL);
}
