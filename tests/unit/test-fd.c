/* SPDX-License-Identifier: MIT */
#include "base/fd.h"
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

static bool is_null(int fd)
{
	struct stat st, null;

	return fstat(fd, &st) == 0 && stat("/dev/null", &null) == 0 && st.st_rdev == null.st_rdev;
}

/* The lowest number from 3 on that is free. */
static int lowest_free(int any)
{
	int fd = fcntl(any, F_DUPFD, 3);

	(void)close(fd);
	return fd;
}

/* 0 where the missing ones lead to /dev/null, the others where they did, and nothing else is open. */
static int fill(unsigned missing)
{
	int pipes[2], before;

	if (pipe(pipes) < 0)
		return 1;
	for (int fd = 0; fd < 3; fd++) {
		(void)dup2(pipes[0], fd);
		if (missing & 1u << fd)
			(void)close(fd);
	}
	before = lowest_free(pipes[0]);
	fd_fill_standard();
	for (int fd = 0; fd < 3; fd++)
		if (is_null(fd) != ((missing & 1u << fd) != 0))
			return 2;
	return lowest_free(pipes[0]) == before ? 0 : 3;
}

static void standard_descriptors_are_filled(void)
{
	for (unsigned missing = 0; missing < 8; missing++) {
		pid_t child = fork();
		int status = -1;

		TEST_ROW("without %u", missing);
		if (child == 0)
			_exit(fill(missing));
		CHECK(child > 0 && waitpid(child, &status, 0) == child);
		CHECK_INT(status, 0);
	}
}

TEST_MAIN(TEST(standard_descriptors_are_filled))
