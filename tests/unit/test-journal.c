/* SPDX-License-Identifier: MIT */
#include "service/journal.h"

#include "base/file.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a line becomes where stderr is a file. */
static void journal_into(struct str *out, int priority, const char *text)
{
	const struct journal_fields fields = {
		.digest = "d", .recipient = "anna@example.org", .state = "sent"
	};
	_cleanup_str_ struct str path = STR_INIT;
	int saved = dup(STDERR_FILENO), fd;

	str_addf(&path, "%s/stderr", test_folder());
	fd = open(str_text(&path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || saved < 0 || dup2(fd, STDERR_FILENO) < 0)
		abort();
	journal_write(priority, &fields, "%s", text);
	(void)fflush(stderr);
	(void)dup2(saved, STDERR_FILENO);
	(void)close(saved);
	(void)close(fd);
	CHECK_INT(file_read(str_text(&path), 100000, out, NULL), 0);
}

static void without_a_journal_it_goes_to_stderr(void)
{
	_cleanup_str_ struct str out = STR_INIT;

	(void)unsetenv("JOURNAL_STREAM");
	journal_into(&out, LOG_WARNING, "100% of it");
	CHECK_TEXT(str_text(&out), "<4>100% of it\n");
}

/* The variable is inherited by programs whose stderr goes elsewhere. */
static void another_ones_journal_is_not_ours(void)
{
	static const char *const streams[] = { "1:1", "", "nonsense", "1:1:1" };

	for (size_t i = 0; i < ARRAY_SIZE(streams); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", streams[i]);
		(void)setenv("JOURNAL_STREAM", streams[i], 1);
		journal_into(&out, LOG_ERR, "x");
		CHECK_TEXT(str_text(&out), "<3>x\n");
	}
}

static void long_sentences_are_whole(void)
{
	_cleanup_str_ struct str text = STR_INIT, out = STR_INIT, expected = STR_INIT;

	(void)unsetenv("JOURNAL_STREAM");
	for (int i = 0; i < 1000; i++)
		str_add(&text, "word ");
	str_addf(&expected, "<6>%s\n", str_text(&text));
	journal_into(&out, LOG_INFO, str_text(&text));
	CHECK_TEXT(str_text(&out), str_text(&expected));
}

/* A server's words may hold the whole address. */
static void of_a_recipient_the_domain_is_left(void)
{
	_cleanup_str_ struct str out = STR_INIT;

	(void)unsetenv("JOURNAL_STREAM");
	journal_into(
		&out, LOG_ERR, "550 <anna@example.org>: who is anna@example.org? ben@example.org");
	CHECK_TEXT(str_text(&out),
		"<3>550 <...@example.org>: who is ...@example.org? ben@example.org\n");
}

/* The catalog finds its text by them: sd-id128(3) wants 32 digits. */
static void each_event_has_an_id_of_its_own(void)
{
	CHECK(journal_message_id(JOURNAL_PLAIN) == NULL);
	for (int i = JOURNAL_PLAIN + 1; i < JOURNAL_EVENT_COUNT; i++) {
		const char *id = journal_message_id((enum journal_event)i);

		TEST_ROW("%d", i);
		if (!CHECK(id && strlen(id) == 32 && strspn(id, "0123456789abcdef") == 32))
			continue;
		for (int j = JOURNAL_PLAIN + 1; j < i; j++)
			CHECK(!str_equal(id, journal_message_id((enum journal_event)j)));
	}
}

TEST_MAIN(TEST(without_a_journal_it_goes_to_stderr), TEST(another_ones_journal_is_not_ours),
	TEST(long_sentences_are_whole), TEST(of_a_recipient_the_domain_is_left),
	TEST(each_event_has_an_id_of_its_own))
