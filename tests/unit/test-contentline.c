/* SPDX-License-Identifier: MIT */
#include "format/contentline.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void add_slice(struct str *out, const char *prefix, struct slice s)
{
	if (s.at) {
		str_add(out, prefix);
		str_add_bytes(out, s.at, s.n);
	}
}

/* "group|NAME|param=value|:value" */
static void add_parts(struct str *out, const struct contentline *line)
{
	if (!line->name.at) {
		str_add(out, "none");
		return;
	}
	add_slice(out, "", line->group);
	add_slice(out, "|", line->name);
	for (size_t i = 0; i < line->n_params; i++) {
		add_slice(out, "|", line->params[i].name);
		add_slice(out, "=", line->params[i].value);
	}
	add_slice(out, "|:", line->value);
}

static void add_parsed(struct str *out, const char *text)
{
	struct contentline line;

	CHECK(contentline_parse(&line, text, strlen(text)) == (line.name.at != NULL));
	add_parts(out, &line);
}

static void contentline_parts(void)
{
	static const struct {
		const char *text, *parts;
	} rows[] = {
		{ "FN:Anna", "|FN|:Anna" },
		{ "FN:", "|FN|:" },
		{ "\xef\xbb\xbf"
		  "BEGIN:VCARD",
			"|BEGIN|:VCARD" },
		{ "item1.EMAIL;type=pref:a@b", "item1|EMAIL|type=pref|:a@b" },
		{ "a.b.TEL:1", "b|TEL|:1" },
		{ "TEL;HOME;VOICE:(1) 2", "|TEL|HOME|VOICE|:(1) 2" },
		{ "X;A=\"b:c;d\",e:v:w", "|X|A=\"b:c;d\",e|:v:w" },
		{ "X;A=\"b;C=d:e", "|X|A=\"b|C=d|:e" },
		{ "X;;A=:e", "|X|A=|:e" },
		{ "no line at all", "none" },
		{ "no:", "|no|:" },
		{ ":value", "none" },
		{ "NAME", "none" },
		{ "NAME;A=b", "none" },
		{ "two words:x", "none" },
		{ "", "none" },
		{ "g.:x", "none" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		add_parsed(&s, rows[i].text);
		CHECK_TEXT(str_text(&s), rows[i].parts);
	}
}

static void contentline_params(void)
{
	static const char text[] =
		"TEL;TYPE=\"work,cell\",Fax;PREF;type=home;X=\"^'a,^nb^^^c^'\":1";
	_cleanup_str_ struct str all = STR_INIT, x = STR_INIT;
	struct contentline line;
	struct slice value;
	size_t at = 0;

	CHECK(contentline_parse(&line, text, strlen(text)));
	while (contentline_param_next(&line, "TYPE", &at, &value))
		add_slice(&all, "/", value);
	CHECK_TEXT(str_text(&all), "/work/cell/Fax/PREF/home");
	CHECK(contentline_param_has(&line, "TYPE", "cell"));
	CHECK(contentline_param_has(&line, "type", "FAX"));
	CHECK(contentline_param_has(&line, "TYPE", "pref"));
	CHECK(!contentline_param_has(&line, "TYPE", "1"));
	CHECK(contentline_param_add(&line, "x", &x));
	CHECK_TEXT(str_text(&x), "\"a,\nb^^c\"");
	CHECK(!contentline_param_add(&line, "ALTID", &x));
}

struct seen {
	struct str text;
	int stop_at, lines;
};

static int seen_line(void *userdata, const struct contentline *line)
{
	struct seen *seen = userdata;

	str_addf(&seen->text, "%d:", (int)line->line);
	add_slice(&seen->text, "", line->text);
	str_add(&seen->text, line->too_long ? "!|" : "|");
	return ++seen->lines == seen->stop_at ? 7 : 0;
}

static bool seen_wanted(void *userdata, struct slice name)
{
	(void)userdata;
	return !slice_is(name, "PHOTO");
}

/* Pushes `text` in pieces of `piece` bytes and gives all lines. */
static const char *unfold(struct seen *seen, const char *text, size_t piece, size_t max)
{
	const struct contentline_handler handler = { seen_wanted, seen_line, seen };
	struct contentline_reader reader;
	size_t n = strlen(text);

	str_clear(&seen->text);
	contentline_reader_init(&reader, &handler, max);
	for (size_t at = 0; at < n; at += piece)
		CHECK_INT(contentline_reader_push(
				  &reader, text + at, at + piece < n ? piece : n - at),
			0);
	CHECK_INT(contentline_reader_end(&reader), 0);
	contentline_reader_done(&reader);
	return str_text(&seen->text);
}

static void contentline_unfolding_in_pieces_of_any_size(void)
{
	static const struct {
		const char *text, *lines;
	} rows[] = {
		{ "A:1\nB:2\n", "1:A:1|2:B:2|" },
		{ "A:1\r\nB:2", "1:A:1|2:B:2|" },
		{ "A:1\rB:2\r", "1:A:1|2:B:2|" },
		{ "A:1\r\rB:2\n\n", "1:A:1|2:|3:B:2|4:|" },
		{ "A:1\n 2\n\t3\nB:4\n", "1:A:123|4:B:4|" },
		{ "A:1\r\n  2\r\nB:4\r\n", "1:A:1 2|3:B:4|" },
		{ "N;QUOTED-PRINTABLE:a=\nb=\r\nc\nB:1\n", "1:N;QUOTED-PRINTABLE:abc|4:B:1|" },
		{ "N;ENCODING=quoted-printable:a=\n b\n", "1:N;ENCODING=quoted-printable:a b|" },
		{ "N:a=\nB:1\n", "1:N:a=|2:B:1|" },
		{ "", "" },
		{ "\n", "1:|" },
		{ " A:1\n", "1: A:1|" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t piece = 1; piece < 12; piece++) {
			TEST_ROW("row %zu in pieces of %zu", i, piece);
			CHECK_TEXT(unfold(&seen, rows[i].text, piece, 1000), rows[i].lines);
		}
	str_done(&seen.text);
}

static void contentline_long_lines(void)
{
	struct seen seen = { .text = STR_INIT };

	/* exactly as long as may be; one more */
	CHECK_TEXT(unfold(&seen, "A:345678\n", 3, 8), "1:A:345678|");
	CHECK_TEXT(unfold(&seen, "A:3456789\nB:1\n", 3, 8), "1:A:345678!|2:B:1|");
	CHECK_TEXT(unfold(&seen, "A:3456789\nB:1\n", 100, 8), "1:A:345678!|2:B:1|");
	CHECK_TEXT(unfold(&seen, "A:34\n 567\n 89\nB:1\n", 100, 8), "1:A:345678!|4:B:1|");
	/* an unwanted one is no error, whole or folded */
	CHECK_TEXT(unfold(&seen, "PHOTO:3456789\nB:1\n", 100, 8), "1:PHOTO:|2:B:1|");
	CHECK_TEXT(
		unfold(&seen, "PHOTO;QUOTED-PRINTABLE:3=\n4=\n5\nB:1\n", 4, 30), "1:PHOTO:|4:B:1|");
	/* as long as it may be no content line at all nothing is thrown away */
	CHECK_TEXT(unfold(&seen, "PHOTO;\nB:1\n", 2, 30), "1:PHOTO;|2:B:1|");
	CHECK_TEXT(unfold(&seen, "a photo:1\nB:1\n", 2, 30), "1:a photo:1|2:B:1|");
	CHECK_TEXT(unfold(&seen, "i.PHOTO:3\n 456\n 789\nB:1\n", 100, 10), "1:i.PHOTO:|4:B:1|");
	str_done(&seen.text);
}

static void contentline_handler_ends_the_reading(void)
{
	struct seen seen = { .text = STR_INIT, .stop_at = 2 };
	const struct contentline_handler handler = { NULL, seen_line, &seen };
	struct contentline_reader reader;

	contentline_reader_init(&reader, &handler, 100);
	CHECK_INT(contentline_reader_push(&reader, "A:1\nB:2\nC:3\n", 12), 7);
	CHECK_TEXT(str_text(&seen.text), "1:A:1|2:B:2|");
	contentline_reader_done(&reader);
	str_done(&seen.text);
}

/* The lines that the next test reads: which come again, which only begin alike. */
#define BOM "\xef\xbb\xbf"
static const char *const repeated[] = { "BEGIN:VCARD", "EMAIL;TYPE=INTERNET:a@b",
	"EMAIL;TYPE=INTERNET:c", "EMAIL;TYPE=INTERNET:", "item1.EMAIL;TYPE=INTERNET:c",
	"EMAIL;TYPE=WORK:c", "EMAIL;TYPE=work:c", (BOM "BEGIN:VCARD"), "a.b.TEL:1", "a.b.TEL:2",
	/* Which colon it is depends on what follows. */
	"X;A=\"b:c\":d", "X;A=\"b:c", "X;A=\"b;C=d:e", "X;A=\"b;C=d:e\":f", "X;A=\"b,c\":d:e",
	"X;A=\"b,c\":f", "X;A=\"\":\"", "no line", ":x", "two words:x", "two words:y", "FN:Änne",
	"FN:B\\n", "N", "N:", "N:a;b", "END:VCARD",
	"X-A-NAME-THAT-IS-LONGER-THAN-THOSE-OF-WHICH-MANY-WILL-COME-AGAIN:1",
	"X-A-NAME-THAT-IS-LONGER-THAN-THOSE-OF-WHICH-MANY-WILL-COME-AGAIN:2" };

struct repeat {
	size_t lines;
	struct str heads[1000]; /* by number: what came with it */
};

static int repeat_line(void *userdata, const struct contentline *line)
{
	struct repeat *repeat = userdata;
	const char *text = repeated[repeat->lines++ % ARRAY_SIZE(repeated)];
	_cleanup_str_ struct str found = STR_INIT, expected = STR_INIT, head = STR_INIT;
	struct contentline alone;

	TEST_ROW("line %zu, %s", repeat->lines, text);
	(void)contentline_parse(&alone, text, strlen(text));
	add_parts(&found, line);
	add_parts(&expected, &alone);
	CHECK_TEXT(str_text(&found), str_text(&expected));
	CHECK_INT(line->clean.n, alone.clean.n);
	CHECK(line->clean.n == 0 || memcmp(line->clean.at, alone.clean.at, alone.clean.n) == 0);
	CHECK(line->text.n == strlen(text) && memcmp(line->text.at, text, line->text.n) == 0);
	CHECK(contentline_is_plain(line->text.at, line->plain));
	CHECK_INT(line->line, repeat->lines);
	if (!line->number || line->number >= ARRAY_SIZE(repeat->heads))
		return 0;
	str_add_bytes(&head, line->text.at, line->text.n - line->value.n);
	if (!repeat->heads[line->number].len)
		str_add(&repeat->heads[line->number], str_text(&head));
	CHECK_TEXT(str_text(&head), str_text(&repeat->heads[line->number]));
	return 0;
}

/* A line is split as if it were the only one, whatever came before it; in pieces of any size. */
static void contentline_after_others(void)
{
	_cleanup_str_ struct str all = STR_INIT;

	for (int round = 0; round < 20; round++)
		for (size_t i = 0; i < ARRAY_SIZE(repeated); i++)
			str_addf(&all, "%s%s", repeated[i],
				round % 3 == 0           ? "\r\n"
					: round % 3 == 1 ? "\n"
							 : "\r");
	for (size_t piece = 1; piece < 2000; piece = piece * 3 + 1) {
		struct repeat repeat = { 0 };
		const struct contentline_handler handler = { NULL, repeat_line, &repeat };
		struct contentline_reader reader;

		contentline_reader_init(&reader, &handler, 1000);
		for (size_t at = 0; at < all.len; at += piece)
			CHECK_INT(contentline_reader_push(&reader, all.data + at,
					  all.len - at < piece ? all.len - at : piece),
				0);
		CHECK_INT(contentline_reader_end(&reader), 0);
		contentline_reader_done(&reader);
		CHECK_INT(repeat.lines, 20 * ARRAY_SIZE(repeated));
		CHECK(repeat.heads[1].len > 0);
		for (size_t i = 0; i < ARRAY_SIZE(repeat.heads); i++)
			str_done(&repeat.heads[i]);
	}
}

/* More ways of beginning than are kept in mind. */
static void contentline_of_many_beginnings(void)
{
	_cleanup_str_ struct str all = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 3000; i++)
			str_addf(&all, "X-%d;TYPE=%d:%d\n", i, i % 7, i);
	CHECK_INT(strlen(unfold(&seen, str_text(&all), 4096, 1000)) > all.len, true);
	CHECK_INT(seen.lines, 6000);
	str_done(&seen.text);
}

/* Each byte at each place, also at the ends of what is looked at as one. */
static void contentline_plain(void)
{
	for (size_t n = 0; n < 40; n++)
		for (size_t at = 0; at < n; at++)
			for (int c = 0; c < 256; c++) {
				bool plain = c >= ' ' && c < 0x7f && c != '\\';
				char text[40];

				memset(text, 'x', sizeof(text));
				text[at] = (char)c;
				if (contentline_is_plain(text, n) != plain) {
					TEST_ROW("%d at %zu of %zu", c, at, n);
					CHECK(false);
					return;
				}
			}
	CHECK(contentline_is_plain("", 0));
}

/* Two bytes at each place: plain where they are a character that is. */
static void contentline_plain_letters(void)
{
	static const unsigned char second[] = { 'x', 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc0, 0xc3,
		0xff };

	for (size_t n = 2; n < 40; n++)
		for (size_t at = 0; at + 1 < n; at++)
			for (int c = 0x7e; c < 256; c++)
				for (size_t k = 0; k < ARRAY_SIZE(second); k++) {
					bool letter = c >= 0xc3 && c < 0xe0 &&
						(second[k] & 0xc0) == 0x80;
					char text[40];

					memset(text, 'x', sizeof(text));
					text[at] = (char)c;
					text[at + 1] = (char)second[k];
					if (contentline_is_plain(text, n) !=
						(letter || (c == 0x7e && second[k] == 'x'))) {
						TEST_ROW(
							"%x %x at %zu of %zu", c, second[k], at, n);
						CHECK(false);
						return;
					}
				}
}

TEST_MAIN(TEST(contentline_parts), TEST(contentline_after_others),
	TEST(contentline_of_many_beginnings), TEST(contentline_plain),
	TEST(contentline_plain_letters), TEST(contentline_params),
	TEST(contentline_unfolding_in_pieces_of_any_size), TEST(contentline_long_lines),
	TEST(contentline_handler_ends_the_reading))
