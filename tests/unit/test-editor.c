/* SPDX-License-Identifier: MIT */
#include "cli/editor.h"

#include "network.h"

#include <string.h>

static void parse(const char *text, struct person *ret, char **ret_text, int expected)
{
	struct cli cli = { 0 };

	*ret_text = str_dup(text);
	CHECK_INT(editor_read(&cli, *ret_text, ret), expected);
}

static void read_back(const char *language)
{
	static char name[] = "Anna: \"the\" #1", note[] = "one\n\n  two: three\n# four",
		    city[] = "Köln", a[] = "a@example.org", b[] = "b@example.org",
		    tag[] = "old friends", extra[] = "X-A:1";
	struct contact_value values[] = { { .kind = CONTACT_EMAIL, .text = a },
		{ .kind = CONTACT_EMAIL, .text = b }, { .kind = CONTACT_TAG, .text = tag },
		{ .kind = CONTACT_EXTRA, .text = extra } };
	const struct contact contact = {
		.field = { [CONTACT_NAME] = name, [CONTACT_NOTE] = note, [CONTACT_CITY] = city },
		.values = values,
		.n_values = ARRAY_SIZE(values),
	};
	_cleanup_str_ struct str text = STR_INIT;
	_cleanup_person_ struct person person = { 0 };
	_cleanup_free_ char *copy = NULL;

	TEST_ROW("%s", language);
	network_speak(language);
	editor_write(
		&text, &contact, &(struct editor_facts){ "1984-03-12", "2026-11-01", "HR group" });
	parse(str_text(&text), &person, &copy, 0);
	CHECK_TEXT(person.text[CONTACT_NAME], name);
	CHECK_TEXT(person.text[CONTACT_NOTE], note);
	CHECK_TEXT(person.text[CONTACT_CITY], city);
	CHECK_TEXT(person.text[CONTACT_ORG], "");
	CHECK_TEXT(person.birthday, "1984-03-12");
	CHECK_TEXT(person.met, "2026-11-01");
	CHECK_TEXT(person.via, "HR group");
	CHECK_INT(person.values[CONTACT_EMAIL].n, 2);
	CHECK_TEXT(person.values[CONTACT_EMAIL].all[1], b);
	CHECK_TEXT(person.values[CONTACT_TAG].all[0], tag);
	CHECK_INT(person.values[CONTACT_PHONE].n, 0);
	CHECK_INT(person.values[CONTACT_EXTRA].n, 0);
}

static void what_is_written_reads_back(void)
{
	read_back("en");
	read_back("de");
}

/* Fields go by the names of options, and by the words of the person's language; yes is a word of it. */
static void fields_in_german(void)
{
	static char yes[] = "yes";
	const struct contact contact = { .field = { [CONTACT_BUSY_INBOX] = yes } };
	_cleanup_str_ struct str text = STR_INIT;
	_cleanup_person_ struct person person = { 0 };
	_cleanup_free_ char *copy = NULL;

	network_speak("de");
	parse("Name: Anna\ncity: Bonn\nOrganisation: Acme\nGeburtstag: 12.3.\nSchlagwort: alt\n"
	      "tag: neu\nNotiz: eins\n  zwei\n",
		&person, &copy, 0);
	CHECK_TEXT(person.text[CONTACT_NAME], "Anna");
	CHECK_TEXT(person.text[CONTACT_CITY], "Bonn");
	CHECK_TEXT(person.text[CONTACT_ORG], "Acme");
	CHECK_TEXT(person.text[CONTACT_NOTE], "eins\nzwei");
	CHECK_TEXT(person.birthday, "12.3.");
	CHECK_INT(person.values[CONTACT_TAG].n, 2);
	editor_write(&text, &contact, &(struct editor_facts){ 0 });
	CHECK(strstr(str_text(&text), "\nvolles Postfach: ja\n") != NULL);
	network_speak("en");
	str_clear(&text);
	editor_write(&text, &contact, &(struct editor_facts){ 0 });
	CHECK(strstr(str_text(&text), "\nbusy-inbox: yes\n") != NULL);
}

static void texts_of_people(void)
{
	static const struct {
		const char *text, *name, *note;
		int status;
	} rows[] = {
		{ "name: Anna\n", "Anna", "", 0 },
		{ "name: Anna", "Anna", "", 0 },
		{ "name:Anna\r\n", "Anna", "", 0 },
		{ "name: \t Anna \t\n", "Anna", "", 0 },
		{ "# note: no\n\n  \nname: Anna\n", "Anna", "", 0 },
		{ "name: Anna\nnote: one\n  two\n  three", "Anna", "one\ntwo\nthree", 0 },
		{ "name: Anna\nnote: one\n  \n  three\n", "Anna", "one\n\nthree", 0 },
		{ "name: Anna\n  Schmidt\n", "Anna Schmidt", "", 0 },
		{ "name:\u00a0A\u202e\033\177nna\a\n", "Anna", "", 0 },
		{ "note: a\r\n  b\r\n  \r\n", "", "a\nb", 0 },
		{ "name: A\xffnna\n", "", "", EX_DATAERR },
		{ "", "", "", 0 },
		{ "nonsense: x\n", "", "", EX_DATAERR },
		{ "name Anna\n", "", "", EX_DATAERR },
		{ "Name: Anna\n", "", "", EX_DATAERR },
		{ ": Anna\n", "", "", EX_DATAERR },
		{ "name: Anna\nextra: X\n", "Anna", "", EX_DATAERR },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_person_ struct person person = { 0 };
		_cleanup_free_ char *text = NULL;

		TEST_ROW("%s", rows[i].text);
		parse(rows[i].text, &person, &text, rows[i].status);
		CHECK_TEXT(person.text[CONTACT_NAME], rows[i].name);
		CHECK_TEXT(person.text[CONTACT_NOTE], rows[i].note);
	}
}

static void empty_values_are_none(void)
{
	_cleanup_person_ struct person person = { 0 };
	_cleanup_free_ char *text = NULL, *again = NULL;

	parse("email:\nemail: a@example.org\nemail:  \ntag:\n", &person, &text, 0);
	CHECK_INT(person.values[CONTACT_EMAIL].n, 1);
	CHECK_INT(person.values[CONTACT_TAG].n, 0);
	parse("tag: \u2066\u00a0\ntag: two\n  words\n", &person, &again, 0);
	CHECK_INT(person.values[CONTACT_TAG].n, 1);
	CHECK_TEXT(person.values[CONTACT_TAG].all[0], "two words");
}

/* The lines below stay where they were. */
static void complaints_stand_at_the_top(void)
{
	static const struct {
		const char *complaints, *text, *expected;
	} rows[] = {
		{ "line 3: no\n", "# one\n# two\nname: A\n", "# line 3: no\n# two\nname: A\n" },
		{ "line 1: no\n", "name: A\n", "# line 1: no\nname: A\n" },
		{ "one\ntwo\n", "# a\nname: A", "# one\n# two\nname: A" },
		{ "one", "# a", "# one\n" },
		{ "one", "", "# one\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		editor_add_complaints(&out, rows[i].complaints, rows[i].text);
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

TEST_MAIN(TEST(what_is_written_reads_back), TEST(fields_in_german), TEST(texts_of_people),
	TEST(empty_values_are_none), TEST(complaints_stand_at_the_top))
