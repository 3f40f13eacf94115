/* SPDX-License-Identifier: MIT */
#include "service/watch.h"

#include "base/fd.h"
#include "core/str.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static void path_of(struct str *out, const char *name)
{
	str_clear(out);
	str_addf(out, "%s/%s", test_folder(), name);
}

static void touch(const char *name)
{
	_cleanup_str_ struct str path = STR_INIT;
	int fd;

	path_of(&path, name);
	fd = open(str_text(&path), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	CHECK(fd >= 0 && close(fd) == 0);
}

static void changes_of_the_database_concern(void)
{
	static const struct {
		const char *name;
		int concerns;
	} rows[] = {
		{ "n.db-journal", 1 },
		{ "n.db", 1 },
		{ "other", 0 },
		{ "n.lock", 0 },
		{ "xn.db", 0 },
		{ "n.d", 0 },
	};
	_cleanup_str_ struct str database = STR_INIT;
	_cleanup_fd_ int fd = -1;

	path_of(&database, "n.db");
	touch("n.db");
	fd = watch_open(str_text(&database), NULL);
	if (!CHECK(fd >= 0))
		return;
	CHECK_INT(watch_read(fd, str_text(&database)), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].name);
		touch(rows[i].name);
		CHECK_INT(watch_read(fd, str_text(&database)), rows[i].concerns);
		CHECK_INT(watch_read(fd, str_text(&database)), 0); /* read once */
	}
}

static void one_of_many_is_found(void)
{
	_cleanup_str_ struct str database = STR_INIT;
	_cleanup_fd_ int fd = -1;

	path_of(&database, "n.db");
	fd = watch_open(str_text(&database), NULL);
	for (int i = 0; i < 600; i++) /* more than fit into a read */
		touch(i == 300 ? "n.db-journal" : "a-file-of-somebody-else-in-the-same-folder");
	CHECK_INT(watch_read(fd, str_text(&database)), 1);
	CHECK_INT(watch_read(fd, str_text(&database)), 0);
}

static void replacing_and_deleting_concern(void)
{
	_cleanup_str_ struct str database = STR_INIT, other = STR_INIT;
	_cleanup_fd_ int fd = -1;

	path_of(&database, "n.db");
	path_of(&other, "restored");
	touch("restored");
	fd = watch_open(str_text(&database), NULL);
	CHECK(rename(str_text(&other), str_text(&database)) == 0);
	CHECK_INT(watch_read(fd, str_text(&database)), 1);
	CHECK(unlink(str_text(&database)) == 0);
	CHECK_INT(watch_read(fd, str_text(&database)), 1);
}

static void no_folder_is_an_error(void)
{
	_cleanup_str_ struct str database = STR_INIT;
	struct err e = { "" };

	path_of(&database, "none/n.db");
	CHECK_INT(watch_open(str_text(&database), &e), -ENOENT);
	CHECK(e.text[0]);
}

TEST_MAIN(TEST(changes_of_the_database_concern), TEST(one_of_many_is_found),
	TEST(replacing_and_deleting_concern), TEST(no_folder_is_an_error))
