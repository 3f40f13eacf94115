/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "post/frame.h"
#include "test.h"

#include <errno.h>
#include <string.h>

static const struct frame frames[] = {
	{ FRAME_SERVER, { 4, 60, 0, 1 },
		{ { "smtp://localhost:25", 19 }, { "required", 8 }, { "", 0 }, { "anna", 4 },
			{ "", 0 }, { "pass\0mail\0", 10 }, { "", 0 } } },
	{ FRAME_MAIL, { UINT64_MAX }, { { "a@b", 3 }, { "c@d", 3 }, { "x\0y\r\n", 5 } } },
	{ FRAME_MAIL, { 0 }, { { "a@b", 3 }, { "c@d", 3 }, { "", 0 } } },
	{ FRAME_CONFIRM, { 0x0123456789abcdef }, { { NULL, 0 } } },
	{ FRAME_READY, { 1 }, { { NULL, 0 } } },
	{ FRAME_SETTLED, { 7, 2, 11, 550 }, { { "The server refuses it.", 22 } } },
	{ FRAME_TRACE, { 0 }, { { "> MAIL FROM:<a@b>", 17 } } },
	{ FRAME_IDLE, { 0 }, { { NULL, 0 } } },
	{ FRAME_WARNING, { 0 }, { { "this kernel has no Landlock", 27 } } },
	{ FRAME_PROBE, { 3 }, { { NULL, 0 } } },
};

static void frame_compare(const struct frame *found, const struct frame *expected)
{
	CHECK_INT(found->type, expected->type);
	for (size_t i = 0; i < FRAME_NUMBERS; i++)
		CHECK_INT(found->number[i], expected->number[i]);
	for (size_t i = 0; i < FRAME_TEXTS; i++) {
		CHECK_INT(found->text[i].size, expected->text[i].size);
		if (found->text[i].size != expected->text[i].size || !found->text[i].data)
			continue;
		CHECK(memcmp(found->text[i].data, expected->text[i].data, found->text[i].size) ==
			0);
		CHECK(found->text[i].data[found->text[i].size] == '\0');
	}
}

static void frame_there_and_back(void)
{
	struct str all = STR_INIT;
	size_t at = 0, used = 0;
	struct frame found;

	for (size_t i = 0; i < ARRAY_SIZE(frames); i++)
		CHECK_INT(frame_write(&all, &frames[i], NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(frames); i++) {
		TEST_ROW("frame %zu", i);
		if (!CHECK(frame_read(all.data + at, all.len - at, &found, &used, NULL) == 1))
			break;
		frame_compare(&found, &frames[i]);
		at += used;
	}
	CHECK_INT(at, all.len);
	str_done(&all);
}

static void frame_in_pieces_is_not_complete(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(frames); i++) {
		struct str s = STR_INIT;
		struct frame found;
		size_t used = 0;

		CHECK_INT(frame_write(&s, &frames[i], NULL), 0);
		for (size_t n = 0; n < s.len; n++) {
			TEST_ROW("frame %zu, %zu of %zu bytes", i, n, s.len);
			CHECK_INT(frame_read(s.data, n, &found, &used, NULL), 0);
		}
		str_done(&s);
	}
}

/* Each byte changed to each value: what is read at all is a frame within its bounds. */
static void frame_damage_is_noticed_or_harmless(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(frames); i++) {
		struct str s = STR_INIT;

		CHECK_INT(frame_write(&s, &frames[i], NULL), 0);
		for (size_t at = 0; at < s.len; at++)
			for (int bit = 0; bit < 8; bit++) {
				struct frame found;
				struct err e = { "" };
				size_t used = 0;
				int r;

				s.data[at] = (char)(s.data[at] ^ 1 << bit);
				TEST_ROW("frame %zu, byte %zu, bit %d", i, at, bit);
				r = frame_read(s.data, s.len, &found, &used, &e);
				CHECK(r == 1 || r == 0 || r == -EBADMSG);
				CHECK(r != 1 || used == s.len);
				CHECK((r == -EBADMSG) == (e.text[0] != '\0'));
				s.data[at] = (char)(s.data[at] ^ 1 << bit);
			}
		str_done(&s);
	}
}

static void frame_bytes_that_are_none(void)
{
	static const struct {
		const char *bytes;
		size_t n;
		int expected;
	} rows[] = {
		{ "", 0, 0 },
		{ "\0\0\0\0", 4, 0 },
		{ "\0\0\0\0\7", 5, -EBADMSG },   /* size 0 */
		{ "\1\0\0\0\0", 5, -EBADMSG },   /* type 0 */
		{ "\1\0\0\0\7", 5, 1 },          /* idle */
		{ "\2\0\0\0\7\0", 6, -EBADMSG }, /* bytes too many */
		{ "\1\0\0\0\11", 5, -EBADMSG },  /* no such type */
		{ "\1\0\0\0\377", 5, -EBADMSG },
		{ "\377\377\377\377\2", 5, -EBADMSG }, /* over the limit */
		{ "\21\0\0\0\3", 5, -EBADMSG },        /* over confirm's */
		{ "\5\0\0\0\3\0\0\0\0", 9, -EBADMSG }, /* half a number */
		{ "\6\0\0\0\6\0\0\0\0\0", 10, 1 },     /* an empty trace */
		{ "\7\0\0\0\6\1\0\0\0a\0", 11, 1 },
		{ "\7\0\0\0\6\1\0\0\0ab", 11, -EBADMSG },          /* no NUL behind it */
		{ "\7\0\0\0\6\1\0\0\0\0\0", 11, -EBADMSG },        /* a NUL within */
		{ "\7\0\0\0\6\377\377\377\377a\0", 11, -EBADMSG }, /* longer than the frame */
		{ "\5\0\0\0\6\0\0\0\0", 9, -EBADMSG },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct frame found;
		size_t used = 0;

		TEST_ROW("row %zu", i);
		CHECK_INT(frame_read(rows[i].bytes, rows[i].n, &found, &used, NULL),
			rows[i].expected);
	}
}

static void frame_limits_hold_when_writing(void)
{
	static const char large[5000];
	struct frame trace = { .type = FRAME_TRACE, .text = { { large, sizeof(large) } } };
	struct frame none = { .type = FRAME_TYPE_COUNT };
	struct str s = STR_INIT;
	struct err e = { "" };

	str_add(&s, "before");
	CHECK_INT(frame_write(&s, &trace, &e), -EMSGSIZE);
	CHECK(e.text[0]);
	CHECK_INT(frame_write(&s, &none, NULL), -EBADMSG);
	trace.text[0].size = SIZE_MAX;
	CHECK_INT(frame_write(&s, &trace, NULL), -EMSGSIZE);
	CHECK_TEXT(str_text(&s), "before");
	str_done(&s);
	CHECK_INT(frame_text(NULL).size, 0);
	CHECK_TEXT(frame_text(NULL).data, "");
}

static void frame_of_the_largest_mail(void)
{
	char *body = calloc(1, FRAME_BODY_MAX + 1024);
	struct frame mail = { FRAME_MAIL, { 1 },
		{ { "a", 1 }, { "b", 1 }, { body, FRAME_BODY_MAX } } };
	struct str s = STR_INIT;
	struct frame found;
	size_t used = 0;

	CHECK_INT(frame_write(&s, &mail, NULL), 0);
	CHECK_INT(frame_read(s.data, s.len, &found, &used, NULL), 1);
	CHECK_INT(found.text[MAIL_BODY].size, FRAME_BODY_MAX);
	mail.text[MAIL_BODY].size = FRAME_BODY_MAX + 1024;
	CHECK_INT(frame_write(&s, &mail, NULL), -EMSGSIZE);
	str_done(&s);
	free(body);
}

static void frame_words_there_and_back(void)
{
	char *none[] = { NULL },
	     *words[] = { (char[]){ "pass" }, (char[]){ "" }, (char[]){ "mail server" }, NULL },
	     **found;
	struct str s = STR_INIT;

	CHECK_INT(frame_add_words(&s, NULL, NULL), 0);
	CHECK_INT(frame_add_words(&s, none, NULL), 0);
	CHECK_INT(frame_split_words(s.data, s.len, &found, NULL), 0);
	CHECK(!found);
	CHECK_INT(frame_add_words(&s, words, NULL), 0);
	CHECK_INT(frame_split_words(s.data, s.len, &found, NULL), 0);
	if (CHECK(found))
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			CHECK_TEXT(found[i], words[i]);
	free(found);
	str_done(&s);
}

TEST_MAIN(TEST(frame_there_and_back), TEST(frame_in_pieces_is_not_complete),
	TEST(frame_damage_is_noticed_or_harmless), TEST(frame_bytes_that_are_none),
	TEST(frame_limits_hold_when_writing), TEST(frame_of_the_largest_mail),
	TEST(frame_words_there_and_back))
