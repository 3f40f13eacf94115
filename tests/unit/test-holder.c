/* SPDX-License-Identifier: MIT */
#include "book/holder.h"

#include "book-fixture.h"

#include <sys/wait.h>
#include <unistd.h>

static const char *database(void)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/n.db", test_folder());
	return path;
}

/* Another process that begins so; it has begun when this returns, and ends when *ret_fd is closed. */
static pid_t begin(const char *how, int *ret_fd)
{
	int begun[2], end[2];
	char byte = 0;
	pid_t pid;

	if (pipe(begun) < 0 || pipe(end) < 0 || (pid = fork()) < 0)
		abort();
	if (pid == 0) {
		struct store *store = book_open(database());

		(void)close(end[1]);
		byte = store_run(store, NULL, how, "") == 0 &&
			store_run(store, NULL, "SELECT 1", "") == 0;
		_exit(write(begun[1], &byte, 1) == 1 && read(end[0], &byte, 1) == 0 ? 0 : 1);
	}
	(void)close(begun[1]);
	(void)close(end[0]);
	CHECK(read(begun[0], &byte, 1) == 1 && byte);
	(void)close(begun[0]);
	*ret_fd = end[1];
	return pid;
}

static void who_writes_is_found(void)
{
	static const struct {
		const char *how;
		bool holds;
	} rows[] = {
		{ "BEGIN EXCLUSIVE", true },
		{ "BEGIN IMMEDIATE", true },
		{ "BEGIN", false },
	};

	store_close(book_open(database()));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct holder holder;
		int fd;
		pid_t pid = begin(rows[i].how, &fd);

		TEST_ROW("%s", rows[i].how);
		CHECK_INT(holder_find(database(), &holder), rows[i].holds);
		CHECK_INT(holder.pid, rows[i].holds ? pid : 0);
		if (rows[i].holds)
			CHECK(strstr("test-holder lt-test-holder", holder.name) && holder.name[0]);
		(void)close(fd);
		CHECK_INT(waitpid(pid, NULL, 0), pid);
		CHECK(!holder_find(database(), &holder));
	}
}

static void there_is_none(void)
{
	struct holder holder;

	CHECK(!holder_find("/no/such/n.db", &holder));
	CHECK_INT(holder.pid, 0);
	CHECK_TEXT(holder.name, "");
}

TEST_MAIN(TEST(who_writes_is_found), TEST(there_is_none))
