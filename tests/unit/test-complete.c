/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/forums.h"
#include "book/outreaches.h"
#include "cli/complete-table.h"
#include "cli/complete.h"

#include <sys/stat.h>
#include <unistd.h>

/* A configuration and a book, by which everything here is completed. */
static void complete_setup(void)
{
	static const char *const names[] = { "Anna Schmidt", "Ben Schmidt", "J\303\266rg Klein",
		"Maria von Berg" };
	const struct goal goal = { 3, GOAL_WEEK };
	char path[512];
	struct store *store;
	struct err e = { "" };
	int64_t number;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/nudged.conf", test_folder());
	(void)setenv("NUDGED_CONFIG", path, 1);
	file = fopen(path, "we");
	CHECK(file && fchmod(fileno(file), 0600) == 0);
	(void)fputs(
		"database = \"n.db\"; smtp: { url = \"smtp://localhost\"; from = \"a@example.org\"; };"
		" digests: ( { name = \"morning\"; to = [ \"a@example.org\" ]; },"
		" { name = \"evening\"; to = [ \"a@example.org\" ]; } );",
		file);
	(void)fclose(file);
	(void)snprintf(path, sizeof(path), "%s/n.db", test_folder());
	store = book_open(path);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		(void)book_contact(store, 1, names[i], CONTACT_HAND);
	book_value(store, 1, CONTACT_EMAIL, "anna@example.org");
	book_value(store, 1, CONTACT_TAG, "friends");
	book_must(contacts_set(store, 1, CONTACT_CITY, "Bad Honnef", CONTACT_HAND, TODAY, &e), &e);
	book_must(search_index(store, 1, &e), &e);
	(void)book_contact(store, book_other(store), "Olga Other", CONTACT_HAND);
	book_must(forums_set(store, 1, "HR group", &goal, NULL, NULL, &number, &e), &e);
	book_must(outreaches_add(store, 1, 0, "Eva Kern", TODAY, &number, &e), &e);
	store_close(store);
}

static void check_complete(const char *words, const char *expected, bool loose)
{
	_cleanup_completion_ struct completion completion = { 0 };
	_cleanup_free_ char *copy = str_dup(words);
	_cleanup_str_ struct str found = STR_INIT;
	struct cli cli = { .language = "en" };
	const char *all[16];
	char *rest = copy;
	size_t n = 0;

	TEST_ROW("%s", words);
	while ((all[n] = strsep(&rest, "|")))
		n++;
	(void)complete(&cli, all, n, &completion);
	for (size_t i = 0; i < completion.found.n; i++)
		str_addf(&found, "%s%s", i ? "|" : "", completion.found.all[i].text);
	if (completion.files)
		str_add(&found, "FILES");
	CHECK_TEXT(str_text(&found), expected);
	CHECK_INT(completion.loose, loose);
	cli_done(&cli);
}

static void words_become(void)
{
	static const struct {
		const char *words; /* joined by | */
		const char *found;
		bool loose;
	} rows[] = {
		{ "impo", "import", false },
		{ "re", "replied|received|reached|remove|resume|restore", false },
		{ "comp", "", false }, /* this one is for shells */
		{ "xyz", "", false },
		{ "xyz|", "", false },
		{ "--ver", "--version", false },
		{ "-b|", "main|other", false },
		{ "--book=o", "--book=other", false },
		{ "-c|x", "FILES", false },
		/* people */
		{ "show|", "Anna Schmidt|Ben Schmidt|J\303\266rg Klein|Maria von Berg", false },
		{ "show|A", "Anna Schmidt", false },
		{ "show|anna", "Anna Schmidt", false },
		{ "show|joe", "J\303\266rg Klein", false },
		{ "show|schm", "Anna Schmidt|Ben Schmidt", true },
		{ "show|klei", "J\303\266rg Klein", false },
		{ "show|anna@", "anna@example.org", false },
		{ "show|nobody", "", false },
		{ "show|#", "#1|#2|#3|#4", false },
		{ "show|#3", "#3", false },
		{ "show|#3x", "", false },
		{ "merge|#1|#2", "#2", false },
		{ "show|Anna|", "Schmidt", false },
		{ "show|Maria|v", "von Berg", false },
		{ "show|Maria von|B", "Berg", false },
		{ "show|Anna Schmidt|", "", false },
		{ "-b|other|show|", "Olga Other", false },
		{ "show|-b|other|", "Olga Other", false },
		{ "--book=other|show|", "Olga Other", false },
		{ "-bother|show|", "Olga Other", false },
		{ "-b|none|show|", "", false },
		{ "rm|An", "Anna Schmidt", false },
		{ "merge|Anna Schmidt|B", "Ben Schmidt", false },
		{ "merge|Maria|v", "", false },
		{ "show|--|A", "Anna Schmidt", false },
		{ "show|--|--", "", false },
		/* what stands behind a name */
		{ "coffee|Anna|i", "idea|invited", false },
		{ "coffee|Maria|", "idea|invited|agreed|met|thanked|declined|draft|von Berg",
			false },
		{ "log|Anna|m", "met", false },
		{ "introduce|Anna|a", "asked|Anna Schmidt", true },
		/* options and their values */
		{ "agenda|--mi", "--missed", false },
		{ "show|--", "--all|--json|--help|--version", false },
		{ "add|X|--nam", "", false },
		{ "edit|X|--nam", "--name", false },
		{ "list|--tag|", "friends", false },
		{ "list|--tag=fr", "--tag=friends", false },
		{ "list|--city|", "Bad Honnef", false },
		{ "add|X|--city|bad h", "Bad Honnef", false },
		{ "list|--city=b", "--city=Bad Honnef", false },
		{ "list|--city|x", "", false },
		{ "list|--nonsense=x", "", false },
		{ "add|X|--language|e", "en", false },
		{ "init|--language|d", "de", false },
		{ "replied|HR|--to|A", "Anna Schmidt", false },
		{ "add|X|--via|h", "HR group", false },
		{ "import|--format|go", "google-csv", false },
		{ "import|x.csv|", "FILES", false },
		{ "preview|--html|", "morning|evening", false },
		{ "preview|m", "morning", false },
		{ "forum|hr", "HR group", false },
		{ "outreach|", "o1|Eva Kern", false },
		{ "outreach|Eva|s", "sent", false },
		{ "done|", "o1|g1", false },
		{ "done|g", "g1", false },
		{ "done|sent it to A", "", false },
		{ "show|o1", "o1", false },
		{ "undo|", "", false },
	};

	complete_setup();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check_complete(rows[i].words, rows[i].found, rows[i].loose);
}

/* Whatever is typed, nothing is made: no book where there was none. */
static void nothing_is_made(void)
{
	char path[512];

	(void)snprintf(path, sizeof(path), "%s/nowhere/nudged.conf", test_folder());
	(void)setenv("NUDGED_CONFIG", path, 1);
	(void)snprintf(path, sizeof(path), "%s/nothing", test_folder());
	(void)setenv("XDG_DATA_HOME", path, 1);
	(void)setenv("HOME", path, 1);
	check_complete("show|A", "", false);
	CHECK(access(path, F_OK) < 0);
}

/* A verb that is asked for its options does nothing else, and what its usage begins with is completed. */
static void every_verb_is_in_the_table(void)
{
	static const struct {
		const char *word;
		enum complete_what what;
	} words[] = {
		{ "CONTACT", COMPLETE_CONTACT },
		{ "A B", COMPLETE_CONTACT },
		{ "HANDLE", COMPLETE_HANDLE },
		{ "FORUM", COMPLETE_FORUM },
		{ "DIGEST", COMPLETE_DIGEST },
		{ "PATH", COMPLETE_FILE },
	};
	const struct cli_verb *verb;

	for (size_t i = 0; (verb = verbs_at(i)); i++) {
		const struct complete_verb *row = complete_verb_find(verb->name);
		struct cli_syntax syntax = complete_syntax(verb);

		TEST_ROW("%s", verb->name);
		CHECK(!syntax.n == !syntax.options);
		for (size_t j = 0; j < ARRAY_SIZE(words); j++)
			if (str_starts(verb->synopsis + strspn(verb->synopsis, "["), words[j].word))
				CHECK(row && row->first.what & words[j].what);
		for (size_t j = 0; j < syntax.n; j++)
			CHECK(*syntax.options[j].name);
	}
}

/* No word is offered that the verb's help does not know. */
static void words_are_the_verbs_own(void)
{
	const struct cli_verb *verb;

	for (size_t i = 0; (verb = verbs_at(i)); i++) {
		const struct complete_verb *row = complete_verb_find(verb->name);
		_cleanup_free_ char *words = row ? str_dup(row->then.words) : NULL;
		char *rest = words, *word;

		TEST_ROW("%s", verb->name);
		while (rest && (word = strsep(&rest, "|")))
			CHECK(strstr(verb->synopsis, word) || strstr(verb->more, word) ||
				str_equal(verb->name, "snooze"));
	}
}

TEST_MAIN(TEST(words_become), TEST(nothing_is_made), TEST(every_verb_is_in_the_table),
	TEST(words_are_the_verbs_own))
