/* SPDX-License-Identifier: MIT */
#include "base/fd.h"
#include "base/file.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A path in the test's own folder: static buffers, two at a time. */
static const char *in_folder(const char *name)
{
	static char paths[2][256];
	static unsigned turn;
	char *path = paths[turn++ % 2];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", test_folder(), name);
	return path;
}

static void write_file(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "w");

	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static void file_reads_bytes(void)
{
	static const struct {
		const char *bytes;
		size_t n, max;
		int result;
	} rows[] = {
		{ "", 0, 0, 0 },
		{ "abc", 3, 3, 0 },
		{ "abc", 3, 2, -EFBIG },
		{ "a\0c\n", 4, 100, 0 },
		{ "abc", 3, 0, -EFBIG },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str found = STR_INIT;
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		write_file(in_folder("bytes"), rows[i].bytes, rows[i].n);
		str_add(&found, "what stood there before");
		CHECK_INT(file_read(in_folder("bytes"), rows[i].max, &found, &e), rows[i].result);
		CHECK_INT(found.len, rows[i].result == 0 ? rows[i].n : 0);
		CHECK(memcmp(str_text(&found), rows[i].bytes, found.len) == 0);
		CHECK((rows[i].result == 0) == (e.text[0] == '\0'));
	}
}

static void file_reads_large(void)
{
	_cleanup_str_ struct str found = STR_INIT;
	_cleanup_free_ char *bytes = malloc(100 * 1000);

	memset(bytes, 'x', 100 * 1000);
	write_file(in_folder("large"), bytes, 100 * 1000);
	CHECK_INT(file_read(in_folder("large"), 100 * 1000, &found, NULL), 0);
	CHECK_INT(found.len, 100 * 1000);
	CHECK_INT(file_read(in_folder("large"), 100 * 1000 - 1, &found, NULL), -EFBIG);
	CHECK(!found.data);
}

static void file_that_is_open_leaves_nothing_of_before(void)
{
	_cleanup_fd_ int fd = -1;
	_cleanup_str_ struct str found = STR_INIT;

	write_file(in_folder("open"), "abc", 3);
	fd = open(in_folder("open"), O_RDONLY);
	str_add(&found, "before");
	CHECK_INT(file_read_open(fd, "open", 2, &found, NULL), -EFBIG);
	CHECK_TEXT(str_text(&found), "");
	CHECK_INT(lseek(fd, 0, SEEK_SET), 0);
	CHECK_INT(file_read_open(fd, "open", 3, &found, NULL), 0);
	CHECK_TEXT(str_text(&found), "abc");
}

static void file_refuses_what_is_no_file(void)
{
	static const struct {
		const char *name;
		int result;
		const char *sentence;
	} rows[] = {
		{ "missing", -ENOENT, ": there is no such file or folder" },
		{ "folder", -EISDIR, ": is a folder, a file is needed" },
		{ "pipe", -EINVAL, ": is no regular file" },
		{ "file/below", -ENOTDIR, ": a part of the path is no folder" },
		{ "loop", -ELOOP, ": links lead in a circle" },
	};

	CHECK_INT(mkdir(in_folder("folder"), 0700), 0);
	CHECK_INT(mkfifo(in_folder("pipe"), 0600), 0);
	CHECK_INT(symlink("loop", in_folder("loop")), 0);
	write_file(in_folder("file"), "x", 1);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str found = STR_INIT;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].name);
		CHECK_INT(file_read(in_folder(rows[i].name), 10, &found, &e), rows[i].result);
		CHECK(str_starts(e.text, in_folder(rows[i].name)));
		CHECK_TEXT(e.text + strlen(in_folder(rows[i].name)), rows[i].sentence);
	}
}

static void file_makes_folders(void)
{
	struct stat status;
	struct err e;
	mode_t mask = umask(022);

	CHECK_INT(mkdir(in_folder("made"), 0755), 0);
	CHECK_INT(file_make_folder(in_folder("made/one/two"), 0700, &e), 0);
	CHECK_INT(stat(in_folder("made/one"), &status), 0);
	CHECK_INT(status.st_mode & 0777, 0700);
	CHECK_INT(stat(in_folder("made/one/two"), &status), 0);
	CHECK_INT(status.st_mode & 0777, 0700);
	CHECK_INT(stat(in_folder("made"), &status), 0);
	CHECK_INT(status.st_mode & 0777, 0755);
	CHECK_INT(file_make_folder(in_folder("made/one/two"), 0755, &e), 0);
	CHECK_INT(stat(in_folder("made/one/two"), &status), 0);
	CHECK_INT(status.st_mode & 0777, 0700);
	CHECK_INT(file_make_folder(in_folder("made/slash/"), 0700, &e), 0);
	CHECK_INT(file_make_folder("/", 0700, &e), 0);
	(void)umask(mask);
}

static void file_makes_no_folder_over_a_file(void)
{
	struct err e = { "" };

	write_file(in_folder("way"), "x", 1);
	CHECK_INT(file_make_folder(in_folder("way"), 0700, &e), -ENOTDIR);
	CHECK(strstr(e.text, "is no folder, a folder is needed"));
	CHECK_INT(file_make_folder(in_folder("way/below"), 0700, &e), -ENOTDIR);
	CHECK_INT(file_make_folder("", 0700, &e), -ENOENT);
}

static void file_paths_joined_and_split(void)
{
	static const struct {
		const char *folder, *name, *joined;
	} joins[] = {
		{ "/a", "b", "/a/b" },
		{ "/a/", "b", "/a/b" },
		{ "/", "b", "/b" },
		{ "", "b", "b" },
		{ "/a", "/b", "/b" },
		{ ".", "b/c", "./b/c" },
	};
	static const struct {
		const char *path, *folder;
	} splits[] = { { "/a/b", "/a" }, { "/a", "/" }, { "a", "." }, { "a/b/c", "a/b" },
		{ "/", "/" } };

	for (size_t i = 0; i < ARRAY_SIZE(joins); i++) {
		_cleanup_free_ char *found = file_join(joins[i].folder, joins[i].name);

		CHECK_TEXT(found, joins[i].joined);
	}
	for (size_t i = 0; i < ARRAY_SIZE(splits); i++) {
		_cleanup_free_ char *found = file_folder_of(splits[i].path);

		CHECK_TEXT(found, splits[i].folder);
	}
}

static void file_absolute_paths(void)
{
	static const struct {
		const char *path, *below; /* NULL: as it is */
	} rows[] = {
		{ "a/b", "a/b" },
		{ "./a/b", "a/b" },
		{ ".//a/b", "a/b" },
		{ "././/./a", "a" },
		{ "./", "" },
		{ ".a/b", ".a/b" },
		{ "../a", "../a" },
		{ "/a/./b", NULL },
		{ "", NULL },
	};
	_cleanup_free_ char *folder = getcwd(NULL, 0);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *found = file_absolute(rows[i].path);
		_cleanup_free_ char *below = file_join(folder, rows[i].below ? rows[i].below : "");

		TEST_ROW("%s", rows[i].path);
		CHECK_TEXT(found, rows[i].below ? below : rows[i].path);
	}
}

static void file_home_of_the_user(void)
{
	_cleanup_free_ char *by_variable = NULL, *by_user = NULL;

	CHECK_INT(setenv("HOME", "/home/anna", 1), 0);
	by_variable = file_home();
	CHECK_TEXT(by_variable, "/home/anna");
	CHECK_INT(setenv("HOME", "relative", 1), 0);
	by_user = file_home();
	CHECK(by_user && *by_user == '/');
}

static void file_companion_in_a_build_tree(void)
{
	_cleanup_free_ char *found = file_self_companion("nudged-send", "/opt/libexec"),
			    *folder = found ? file_folder_of(found) : NULL;
	char self[PATH_MAX] = "";

	CHECK(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	CHECK(folder && str_starts(self, folder));
	CHECK(found && str_equal(strrchr(found, '/'), "/nudged-send"));
	CHECK(found && !str_starts(found, "/opt/libexec"));
}

static void file_folders_that_others_may_write_to(void)
{
	static const struct {
		mode_t mode;
		const char *words; /* NULL: taken */
	} rows[] = {
		{ 0700, NULL },
		{ 0755, NULL },
		{ 0500, NULL },
		{ 0770, "/it'\\''s'` mends it" },
		{ 0702, "`chmod go-w '" },
		{ 01777, "everyone may put files into this folder: choose one of your own" },
	};
	const char *path = in_folder("it's");
	struct err e;

	CHECK_INT(mkdir(path, 0700), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%o", (unsigned)rows[i].mode);
		/* A group of root's is root: for the others any group will do. */
		CHECK(geteuid() != 0 || chown(path, (uid_t)-1, 12345) == 0);
		CHECK_INT(chmod(path, rows[i].mode), 0);
		e.text[0] = '\0';
		CHECK_INT(file_check_folder(path, &e), rows[i].words ? -EPERM : 0);
		CHECK(strstr(e.text, rows[i].words ? rows[i].words : "") != NULL);
	}
	CHECK_INT(chmod(path, 0700), 0);
	CHECK_INT(file_check_folder(in_folder("nowhere"), &e), -ENOENT);
	if (geteuid() == 0 && CHECK_INT(chown(path, 12345, 0), 0)) {
		CHECK_INT(file_check_folder(path, &e), -EPERM);
		CHECK(strstr(e.text, "belongs to another user (12345)") != NULL);
	}
}

TEST_MAIN(TEST(file_folders_that_others_may_write_to), TEST(file_reads_bytes),
	TEST(file_reads_large), TEST(file_that_is_open_leaves_nothing_of_before),
	TEST(file_refuses_what_is_no_file), TEST(file_makes_folders),
	TEST(file_makes_no_folder_over_a_file), TEST(file_paths_joined_and_split),
	TEST(file_absolute_paths), TEST(file_home_of_the_user),
	TEST(file_companion_in_a_build_tree))
