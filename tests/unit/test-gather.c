/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "exchange/gather.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CARD "BEGIN:VCARD\nFN:Anna\nEND:VCARD\n"

static char *in_folder(const char *name)
{
	static char paths[4][300];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", test_folder(), name);
	return path;
}

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(in_folder(name), "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

/* The paths taken, then those left and why, without the folder's name. */
static void describe(const struct gather *gather, struct str *out)
{
	size_t skip = strlen(test_folder()) + 1;

	str_clear(out);
	for (size_t i = 0; i < gather->n; i++)
		str_addf(out, "%s %d\n", gather->paths[i] + skip, (int)gather->sizes[i]);
	for (size_t i = 0; i < gather->n_left; i++)
		str_addf(out, "- %s: %s\n", gather->left[i].path + skip, gather->left[i].why);
}

static void gather_folders(void)
{
	_cleanup_gather_ struct gather gather = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(mkdir(in_folder("f"), 0700), 0);
	CHECK_INT(mkdir(in_folder("f/inside"), 0700), 0);
	write_file("f/b.vcf", CARD);
	write_file("f/a.txt", CARD CARD);
	write_file("f/connections.csv", "dn: x\ncn: X\n");
	write_file("f/readme", "hello\n");
	write_file("f/empty.vcf", "");
	write_file("f/x.zip", "PK\003\004");
	CHECK_INT(symlink("b.vcf", in_folder("f/link")), 0);
	CHECK_INT(symlink("nothing", in_folder("f/lost")), 0);
	CHECK_INT(symlink("circle", in_folder("f/circle")), 0);
	CHECK_INT(mkfifo(in_folder("f/pipe"), 0600), 0);
	CHECK_INT(gather_add(&gather, in_folder("f"), &e), 0);
	CHECK(gather.folder);
	describe(&gather, &text);
	CHECK_TEXT(text.data,
		"f/connections.csv 12\nf/a.txt 60\nf/b.vcf 30\nf/link 30\n"
		"- f/circle: Too many levels of symbolic links\n"
		"- f/empty.vcf: is empty\n"
		"- f/inside: is a folder\n"
		"- f/lost: is a link to nowhere\n"
		"- f/pipe: is no regular file\n"
		"- f/readme: is no address book that is known here\n"
		"- f/x.zip: is a ZIP archive; unpack it and import the folder: nudge import FOLDER\n");
}

static void gather_files(void)
{
	_cleanup_gather_ struct gather gather = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	/* A file that is named is taken whatever it is: reading it says what is wrong. */
	write_file("z.vcf", CARD);
	write_file("a", "hello\n");
	CHECK_INT(gather_add(&gather, in_folder("z.vcf"), &e), 0);
	CHECK_INT(gather_add(&gather, in_folder("a"), &e), 0);
	CHECK(!gather.folder);
	describe(&gather, &text);
	CHECK_TEXT(text.data, "z.vcf 30\na 6\n");
	CHECK_INT(gather_add(&gather, in_folder("none"), &e), -ENOENT);
	CHECK(strstr(e.text, "none: there is no such file or folder") != NULL);
}

static void gather_nothing(void)
{
	_cleanup_gather_ struct gather gather = { 0 };
	struct err e = { "" };

	CHECK_INT(mkdir(in_folder("e"), 0700), 0);
	CHECK_INT(gather_add(&gather, in_folder("e"), &e), -EBADMSG);
	CHECK(strstr(e.text, "e: the folder is empty") != NULL);
	write_file("e/readme", "hello\n");
	CHECK_INT(gather_add(&gather, in_folder("e"), &e), -EBADMSG);
	CHECK(strstr(e.text, "no file in this folder is an address book") != NULL);
	CHECK(strstr(e.text, "name one") == NULL);
	CHECK_INT(mkdir(in_folder("e/inside"), 0700), 0);
	CHECK_INT(gather_add(&gather, in_folder("e"), &e), -EBADMSG);
	CHECK(strstr(e.text, "/e/inside\"") != NULL);
	CHECK_INT(gather.n, 0);
}

TEST_MAIN(TEST(gather_folders), TEST(gather_files), TEST(gather_nothing))
