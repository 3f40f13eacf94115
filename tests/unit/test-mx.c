/* SPDX-License-Identifier: MIT */
#include "base/mx.h"
#include "core/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define QUESTION        "\7schmidt\2de\0\0\17\0\1"
#define HEADER(answers) "\0\7\x81\x80\0\1\0" answers "\0\0\0\0" QUESTION
/* The question's name again, a record's kind, class IN, and a minute to live. */
#define RECORD(kind, size) "\xc0\x0c\0" kind "\0\1\0\0\0\x3c\0" size
#define OF_A               "\2mx\1a\2de"

static void mx_of_answers(void)
{
	static const struct {
		const char *name;
		const char *answer;
		size_t n;
		const char *host; /* NULL: none */
	} rows[] = {
#define ROW(name, answer, host) { name, answer, sizeof(answer) - 1, host }
		ROW("one", HEADER("\1") RECORD("\17", "\13") "\0\5" OF_A "\0", "mx.a.de"),
		ROW("letters", HEADER("\1") RECORD("\17", "\13") "\0\5\2MX\1A\2De\0", "mx.a.de"),
		ROW("the least",
			HEADER("\2") RECORD("\17", "\13") "\0\6\2mx\1b\2de\0" RECORD(
				"\17", "\13") "\0\5" OF_A "\0",
			"mx.a.de"),
		ROW("the first of two",
			HEADER("\2") RECORD("\17", "\13") "\0\5" OF_A "\0" RECORD(
				"\17", "\13") "\0\5\2mx\1b\2de\0",
			"mx.a.de"),
		ROW("compressed", HEADER("\1") RECORD("\17", "\7") "\0\5\2mx\xc0\x0c",
			"mx.schmidt.de"),
		ROW("an alias before it",
			HEADER("\2") RECORD("\5", "\6") "\1a\2de\0" RECORD("\17", "\13") "\0\5" OF_A
											 "\0",
			"mx.a.de"),
		ROW("the rest is cut",
			HEADER("\2") RECORD("\17", "\13") "\0\5" OF_A
							  "\0" RECORD("\17", "\13") "\0\1",
			"mx.a.de"),
		ROW("none", HEADER("\0"), NULL),
		ROW("another kind", HEADER("\1") RECORD("\5", "\6") "\1a\2de\0", NULL),
		ROW("no mail wanted", HEADER("\1") RECORD("\17", "\3") "\0\0\0",
			NULL), /* RFC 7505 */
		ROW("a loop", HEADER("\1") RECORD("\17", "\4") "\0\5\xc0\x2a", NULL),
		ROW("a size beyond", HEADER("\1") RECORD("\17", "\xff") "\0\5" OF_A "\0", NULL),
		ROW("a cut name", HEADER("\1") RECORD("\17", "\5") "\0\5\2mx", NULL),
		ROW("a cut question", "\0\7\x81\x80\0\1\0\1\0\0\0\0\7schm", NULL),
		ROW("a cut header", "\0\7\x81\x80\0\1", NULL),
		ROW("nothing", "", NULL),
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char host[MX_HOST_SIZE] = "";
		/* Of the very size, so that a sanitizer sees what reads further. */
		_cleanup_free_ unsigned char *answer = malloc(rows[i].n + !rows[i].n);

		TEST_ROW("%s", rows[i].name);
		if (!answer)
			abort();
		memcpy(answer, rows[i].answer, rows[i].n);
		CHECK_INT(mx_parse(answer, rows[i].n, host), rows[i].host != NULL);
		if (rows[i].host)
			CHECK_TEXT(host, rows[i].host);
	}
}

/* Nobody is asked for them. */
static void mx_of_names_that_are_none(void)
{
	static const char *const names[] = { "example.org", "mail.example.org", "EXAMPLE.com",
		"a.test", "invalid", "a.invalid", "localhost", "printer.local", "intranet", "" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char host[MX_HOST_SIZE];

		TEST_ROW("%s", names[i]);
		CHECK(!mx_look_up(names[i], host));
	}
}

TEST_MAIN(TEST(mx_of_answers), TEST(mx_of_names_that_are_none))
