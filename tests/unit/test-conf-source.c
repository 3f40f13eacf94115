/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "conf-text.h"
#include "conf/scan.h"
#include "conf/source.h"
#include "test.h"

#include <errno.h>

#define ADVICE                                                                                     \
	"syntax error here or just before: look for a missing quote, bracket or semicolon, or a "  \
	"comma too many\n"
#define INCLUDE_FORM                                                                               \
	"@include takes a file's name in quotes, and nothing after it, as in @include "            \
	"\"smtp.conf\"\n"

static void write_text(const char *name, const char *text)
{
	conf_text_write(name, text, strlen(text));
}

static void check_load(int result, const char *expected)
{
	_cleanup_(conf_freep) struct conf *conf = NULL;
	_cleanup_str_ struct str errors = STR_INIT;

	CHECK_INT(conf_load(&conf, "nudged.conf", 1795000000, &errors), result);
	CHECK_TEXT(str_text(&errors), expected);
	CHECK((conf == NULL) == (result != 0));
}

static void source_syntax_errors(void)
{
	static const struct {
		const char *text, *errors;
	} rows[] = {
		{ CONF_TEXT_SMTP CONF_TEXT_DIGESTS "a = ;\n", "nudged.conf:3: " ADVICE },
		{ "smtp: {\n", "nudged.conf:1: " ADVICE },
		{ "smtp: {\n\n\n", "nudged.conf:3: " ADVICE },
		{ "a = 1;\na = 2;\n", "nudged.conf:2: this key stands twice in its group\n" },
		{ "a = [ 1,\n\"x\" ];\n",
			"nudged.conf:2: a list in [ ] has entries of one kind only, all texts or "
			"all numbers\n" },
		{ CONF_TEXT_SMTP "a = \"x\nb = 1;\n",
			"nudged.conf:2: the text that begins here has no closing quote\n" },
		{ "\n/* x\n", "nudged.conf:2: the comment that begins here has no end, */\n" },
		{ "\na = \"\\x00\";\n", "nudged.conf:2: \\x00 may not stand in a text\n" },
		{ "\na = 1; @include \"x\"\n",
			"nudged.conf:2: \"@\" stands outside of a text; @include has a line of its "
			"own, as in @include \"smtp.conf\"\n" },
		{ "@include\n", "nudged.conf:1: " INCLUDE_FORM },
		{ "@include x\n", "nudged.conf:1: " INCLUDE_FORM },
		{ "@include \"\"\n", "nudged.conf:1: " INCLUDE_FORM },
		{ "@include \"x\n", "nudged.conf:1: " INCLUDE_FORM },
		{ "@include \"x\" a = 1;\n", "nudged.conf:1: " INCLUDE_FORM },
		{ "@include \"a\\\"b\"\n", "nudged.conf:1: " INCLUDE_FORM },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		write_text("nudged.conf", rows[i].text);
		check_load(-EINVAL, rows[i].errors);
	}
}

/* What libconfig takes for code, comment or text is taken for the same before it. */
static void source_good_texts(void)
{
	static const char *const rows[] = {
		CONF_TEXT_SMTP CONF_TEXT_DIGESTS,
		"\xef\xbb\xbf" CONF_TEXT_SMTP CONF_TEXT_DIGESTS,
		CONF_TEXT_SMTP
		"# @include \"x\" \"\n// /* \"\n/* @include\n@include \"x\"\n*/" CONF_TEXT_DIGESTS,
		"smtp: { url = \"smtp://h\"; # \"\r\nfrom = \"n@h.org\"; };\r\n" CONF_TEXT_DIGESTS,
		CONF_TEXT_SMTP "database = \"/a\\\"\n@include \\\\\" \"b\";" CONF_TEXT_DIGESTS,
		"  @include \"inner.conf\" # a comment\n" CONF_TEXT_DIGESTS,
		"@include\t\"inner.conf\"// a comment\n" CONF_TEXT_DIGESTS,
		"@include \"inner.conf\"\r\n" CONF_TEXT_DIGESTS,
		"smtp: {\n@include \"smtp-inner.conf\"\n};" CONF_TEXT_DIGESTS,
	};

	conf_text_write(
		"inner.conf", CONF_TEXT_SMTP, strlen(CONF_TEXT_SMTP) - 1); /* without a line end */
	write_text("smtp-inner.conf", "url = \"smtp://h\"; from = \"n@example.org\"\n");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i]);
		write_text("nudged.conf", rows[i]);
		if (i == 4) /* a text over two lines is one, but no path */
			check_load(-EINVAL,
				"nudged.conf:2: database: the text has a line end, a tab or another "
				"control character; allowed is a file's path\n");
		else
			check_load(0, "");
	}
}

static void source_places_in_several_files(void)
{
	static const char outer[] = "a = 1;\n"
				    "@include \"sub/one.conf\"\n"
				    "b = 1;\n"
				    "@include \"empty.conf\"\n"
				    "c = 1;\n" CONF_TEXT_SMTP CONF_TEXT_DIGESTS;

	write_text("empty.conf", "");
	CHECK_INT(file_make_folder("sub", 0700, NULL), 0);
	write_text("sub/one.conf", "\nd = 1;\n@include \"two.conf\"\n\ne = 1;");
	write_text("sub/two.conf", "f = 1;\n\ng = 1;\n");
	write_text("nudged.conf", outer);
#define UNKNOWN ": unknown key; allowed here are database, smtp, digests\n"
	check_load(-EINVAL,
		"nudged.conf:1: a" UNKNOWN "sub/one.conf:2: d" UNKNOWN "sub/two.conf:1: f" UNKNOWN
		"sub/two.conf:3: g" UNKNOWN "sub/one.conf:5: e" UNKNOWN "nudged.conf:3: b" UNKNOWN
		"nudged.conf:5: c" UNKNOWN);
#undef UNKNOWN
}

static void source_includes_that_fail(void)
{
	static const struct {
		const char *text, *errors;
	} rows[] = {
		{ "\n@include \"missing.conf\"\n",
			"nudged.conf:2: @include: missing.conf: there is no such file or folder\n" },
		{ "@include \"folder\"\n",
			"nudged.conf:1: @include: folder: is a folder, a file is needed\n" },
		{ "@include \".\"\n",
			"nudged.conf:1: @include: .: is a folder, a file is needed\n" },
		{ "@include \"pipe\"\n", "nudged.conf:1: @include: pipe: is no regular file\n" },
		{ "@include \"/dev/zero\"\n",
			"nudged.conf:1: @include: /dev/zero: is no regular file\n" },
		{ "@include \"open.conf\"\n",
			"nudged.conf:1: @include: open.conf: others may write this file, and "
			"commands in it are run: `chmod go-w 'open.conf'` mends it\n" },
		{ "@include \"nudged.conf\"\n",
			"nudged.conf:1: @include more than 8 deep: does a file include itself?\n" },
		{ "\n@include \"broken.conf\"\n",
			"broken.conf:2: the text that begins here has no closing quote\n" },
	};

	write_text("open.conf", "");
	CHECK_INT(chmod("open.conf", 0602), 0);
	write_text("broken.conf", "\na = \"");
	CHECK_INT(mkdir("folder", 0700), 0);
	CHECK_INT(mkfifo("pipe", 0600), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		write_text("nudged.conf", rows[i].text);
		check_load(-EINVAL, rows[i].errors);
	}
}

static void source_first_file_that_fails(void)
{
	write_text("nudged.conf", "");
	CHECK_INT(unlink("nudged.conf"), 0);
	check_load(-ENOENT,
		"nudged.conf: there is no such file; `nudge -c nudged.conf init` makes it, or name "
		"another with --config\n");
	CHECK_INT(mkdir("nudged.conf", 0700), 0);
	check_load(-EISDIR, "nudged.conf: is a folder, a file is needed\n");
	CHECK_INT(rmdir("nudged.conf"), 0);
	conf_text_write("nudged.conf", "a\0b", 3);
	check_load(-EINVAL, "nudged.conf:1: a NUL byte: this is no text file\n");
}

#define KEEP ((gid_t)-1)

static void source_who_may_write(void)
{
	static const struct {
		mode_t mode;
		gid_t group;
		int result;
	} rows[] = {
		{ 0600, 0, 0 },
		{ 0644, 1, 0 },
		{ 0660, 0, 0 },
		{ 0664, 0, 0 },
		{ 0660, 1, -EPERM },
		{ 0602, KEEP, -EPERM },
		{ 0666, KEEP, -EPERM },
	};

	write_text("nudged.conf", CONF_TEXT_SMTP CONF_TEXT_DIGESTS);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%03o of group %u", (unsigned)rows[i].mode, (unsigned)rows[i].group);
		if (chown("nudged.conf", geteuid(), rows[i].group) < 0)
			continue; /* only root may give a file to any group */
		CHECK_INT(chmod("nudged.conf", rows[i].mode), 0);
		check_load(rows[i].result,
			rows[i].result == 0
				? ""
				: "nudged.conf: others may write this file, and commands in it are "
				  "run: `chmod go-w 'nudged.conf'` mends it\n");
	}
}

/* Who may read it all the same is told how to go on, and never to take the file from its owner. */
static void source_of_another_user(void)
{
	static const struct {
		uid_t owner;
		const char *advice;
	} rows[] = { { 65534, "`runuser -u nobody -- nudge` works as that user" },
		{ 54321,
			"(54321), and commands in it are run: `chown 0 'nudged.conf'` mends it" } };

	if (geteuid() != 0) {
		test_skip("only root can give a file away");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str errors = STR_INIT;

		TEST_ROW("%u", (unsigned)rows[i].owner);
		write_text("nudged.conf", CONF_TEXT_SMTP CONF_TEXT_DIGESTS);
		CHECK_INT(chown("nudged.conf", rows[i].owner, (gid_t)-1), 0);
		CHECK_INT(conf_load(&conf, "nudged.conf", 0, &errors), -EPERM);
		CHECK(strstr(str_text(&errors), rows[i].advice));
		CHECK_INT(unlink("nudged.conf"), 0);
	}
}

static void source_too_large(void)
{
	_cleanup_str_ struct str text = STR_INIT;

	str_add(&text, CONF_TEXT_SMTP CONF_TEXT_DIGESTS);
	while (text.len < SOURCE_SIZE_MAX)
		str_add(&text, "#\n");
	text.len = SOURCE_SIZE_MAX;
	conf_text_write("nudged.conf", text.data, text.len);
	check_load(0, "");
	str_add(&text, "#");
	conf_text_write("nudged.conf", text.data, text.len);
	check_load(-EFBIG, "nudged.conf: the configuration is larger than 1048576 bytes\n");
	write_text("nudged.conf", "@include \"half.conf\"\n@include \"half.conf\"\n");
	conf_text_write("half.conf", text.data, SOURCE_SIZE_MAX / 2);
	check_load(-EINVAL,
		"nudged.conf:2: @include: half.conf: the configuration is larger than "
		"1048576 bytes\n");
}

static void source_too_many_files(void)
{
	_cleanup_str_ struct str text = STR_INIT;

	str_add(&text, CONF_TEXT_SMTP CONF_TEXT_DIGESTS);
	for (int i = 1; i < SOURCE_FILES_MAX; i++)
		str_add(&text, "@include \"empty.conf\"\n");
	write_text("empty.conf", "");
	conf_text_write("nudged.conf", text.data, text.len);
	check_load(0, "");
	str_add(&text, "@include \"empty.conf\"\n");
	conf_text_write("nudged.conf", text.data, text.len);
	check_load(
		-EINVAL, "nudged.conf:66: @include: empty.conf: more than 64 files are included\n");
}

static void source_nesting_and_width(void)
{
	_cleanup_str_ struct str deep = STR_INIT, wide = STR_INIT;

	for (int i = 0; i < 100 * 1000; i++)
		str_add(&deep, i ? "(" : "a = (");
	conf_text_write("nudged.conf", deep.data, deep.len);
	check_load(-EINVAL, "nudged.conf:1: brackets are nested more than 16 deep\n");
	for (int i = 0; i <= SCAN_SETTINGS_MAX; i++)
		str_addf(&wide, "a%d = 1;\n", i);
	conf_text_write("nudged.conf", wide.data, wide.len);
	check_load(-EINVAL, "nudged.conf:1001: more than 1000 settings in one group\n");
}

/* Integers that libconfig 1.5 would cut to 32 bits leave with an L. */
static void scan_numbers(void)
{
	static const struct {
		const char *text, *out;
	} rows[] = {
		{ "a=999999999;", "a=999999999;" },
		{ "a=1000000000;", "a=1000000000L;" },
		{ "a=-4294967300", "a=-4294967300L" },
		{ "a=4294967300L;", "a=4294967300L;" },
		{ "a=0xfffffff;", "a=0xfffffff;" },
		{ "a=0x10000000;", "a=0x10000000L;" },
		{ "a=0x100000000L;", "a=0x100000000L;" },
		{ "a=1234567890.5;", "a=1234567890.5;" },
		{ "a=.1234567890123;", "a=.1234567890123;" },
		{ "a=1.5e12345678901;", "a=1.5e12345678901;" },
		{ "a1234567890=1;", "a1234567890=1;" },
		{ "a_1234567890-x=1;", "a_1234567890-x=1;" },
		{ "a=\"1234567890\";", "a=\"1234567890\";" },
		{ "# 1234567890", "# 1234567890" },
		{ "/* 1234567890 */[1234567890,1]", "/* 1234567890 */[1234567890L,1]" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;
		_cleanup_free_ char *name = NULL;
		struct scan scan = { 0 };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(
			scan_line(&scan, 1, rows[i].text, strlen(rows[i].text), &out, &name, NULL),
			0);
		CHECK_TEXT(str_text(&out), rows[i].out);
	}
}

TEST_MAIN(TEST(source_syntax_errors), TEST(source_good_texts), TEST(source_places_in_several_files),
	TEST(source_includes_that_fail), TEST(source_first_file_that_fails),
	TEST(source_who_may_write), TEST(source_of_another_user), TEST(source_too_large),
	TEST(source_too_many_files), TEST(source_nesting_and_width), TEST(scan_numbers))
