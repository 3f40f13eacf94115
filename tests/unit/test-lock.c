/* SPDX-License-Identifier: MIT */
#include "base/fd.h"
#include "base/lock.h"
#include "core/str.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *in_folder(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
	return path;
}

static void lock_beside_the_database(void)
{
	static const struct {
		const char *database, *lock;
	} rows[] = {
		{ "/var/lib/nudged/nudged.db", "/var/lib/nudged/nudged.lock" },
		{ "nudged.db", "nudged.lock" },
		{ "book", "book.lock" },
		{ "book.sqlite", "book.sqlite.lock" },
		{ "my.db.old", "my.db.old.lock" },
		{ ".db", ".db.lock" }, /* a hidden file that is called so has no ending */
		{ "db", "db.lock" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *path = lock_path_of(rows[i].database);

		CHECK_TEXT(path, rows[i].lock);
	}
}

static void lock_is_taken_once(void)
{
	_cleanup_fd_ int first = -1, second = -1;
	struct err e = { "" };
	char holder[64];
	struct stat st;

	CHECK(!lock_is_held(in_folder("once.lock")));
	first = lock_take(in_folder("once.lock"), &e);
	CHECK(first >= 0);
	CHECK(lock_is_held(in_folder("once.lock")));
	CHECK(stat(in_folder("once.lock"), &st) == 0 && (st.st_mode & 0777) == 0600);
	second = lock_take(in_folder("once.lock"), &e);
	CHECK_INT(second, -EBUSY);
	(void)snprintf(holder, sizeof(holder), "(process %d)", (int)getpid());
	CHECK(strstr(e.text, holder) && strstr(e.text, in_folder("once.lock")));
	fd_close(&first);
	CHECK(!lock_is_held(in_folder("once.lock")));
	second = lock_take(in_folder("once.lock"), &e);
	CHECK(second >= 0);
}

/* The number of an earlier holder, which may have been longer, does not stand in the way. */
static void lock_names_the_holder_of_today(void)
{
	_cleanup_fd_ int fd = -1,
			 old = open(in_folder("old.lock"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct err e = { "" };
	char holder[64];

	CHECK(write(old, "4194304123456789\nrest", 21) == 21);
	fd = lock_take(in_folder("old.lock"), &e);
	CHECK(fd >= 0);
	CHECK_INT(lock_take(in_folder("old.lock"), &e), -EBUSY);
	(void)snprintf(holder, sizeof(holder), "(process %d)", (int)getpid());
	CHECK(strstr(e.text, holder));
	/* On a full disk it could not write its number. */
	CHECK_INT(truncate(in_folder("old.lock"), 0), 0);
	CHECK_INT(lock_take(in_folder("old.lock"), &e), -EBUSY);
	CHECK(strstr(e.text, "(process ?)"));
}

static void lock_ends_with_its_process(void)
{
	_cleanup_fd_ int fd = -1;
	int pipes[2], status = 0;
	struct err e = { "" };
	char byte;
	pid_t child;

	CHECK_INT(pipe(pipes), 0);
	child = fork();
	if (child == 0) {
		bool taken = lock_take(in_folder("child.lock"), NULL) >= 0;

		(void)!write(pipes[1], taken ? "y" : "n", 1);
		(void)pause();
		_exit(0);
	}
	CHECK(read(pipes[0], &byte, 1) == 1 && byte == 'y');
	CHECK(lock_is_held(in_folder("child.lock")));
	CHECK_INT(kill(child, SIGKILL), 0);
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK(!lock_is_held(in_folder("child.lock")));
	fd = lock_take(in_folder("child.lock"), &e);
	CHECK(fd >= 0);
	(void)close(pipes[0]);
	(void)close(pipes[1]);
}

/* Whoever asks must not be taken for a holder by a service that starts just then. */
static void lock_is_asked_after_without_being_taken(void)
{
	struct err e = { "" };
	int refused = 0, status = 0;
	pid_t child;

	fd_closep(&(int){ lock_take(in_folder("asked.lock"), &e) });
	child = fork();
	if (child == 0)
		for (;;)
			(void)lock_is_held(in_folder("asked.lock"));
	for (int i = 0; i < 20000; i++) {
		int fd = lock_take(in_folder("asked.lock"), &e);

		refused += fd < 0;
		fd_closep(&fd);
	}
	/* Thousands where asking took it. Whoever looks through /proc/PID/fd just then keeps a closed file open for a moment. */
	CHECK(refused < 100);
	CHECK_INT(kill(child, SIGKILL), 0);
	CHECK_INT(waitpid(child, &status, 0), child);
}

static void lock_follows_no_link(void)
{
	struct err e = { "" };

	CHECK_INT(symlink("elsewhere", in_folder("link.lock")), 0);
	CHECK_INT(lock_take(in_folder("link.lock"), &e), -ELOOP);
	CHECK(strstr(e.text, "cannot open") && strstr(e.text, "link.lock"));
	CHECK(access(in_folder("elsewhere"), F_OK) < 0);
	CHECK(!lock_is_held(in_folder("link.lock")));
	CHECK_INT(lock_ask(in_folder("link.lock")), -ELOOP);
	CHECK_INT(lock_ask(in_folder("no/such/folder.lock")), 0);
	CHECK_INT(lock_take(in_folder("no/such/folder.lock"), &e), -ENOENT);
	CHECK(!lock_is_held(in_folder("no/such/folder.lock")));
}

/* As long as it is held, and no longer. */
static void lock_tells_the_socket(void)
{
	static const struct {
		const char *written, *found;
	} rows[] = {
		{ "/run/nudged/~/control", "/run/nudged/~/control" },
		{ NULL, NULL },
		{ "", NULL },
		{ "relative", NULL },
	};
	char path[256];

	(void)snprintf(path, sizeof(path), "%s", in_folder("socket.lock"));
	CHECK(lock_socket(path) == NULL);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_fd_ int fd = lock_take(path, NULL);
		_cleanup_free_ char *found = NULL, *of = NULL, *left = NULL;

		TEST_ROW("row %zu", i);
		CHECK_INT(lock_write_holder(fd, rows[i].written), 0);
		found = lock_socket(path);
		CHECK_TEXT(found, rows[i].found);
		of = lock_socket_of(in_folder("socket.db"));
		CHECK_TEXT(of, rows[i].found);
		CHECK_INT(lock_holder(path), getpid());
		fd_close(&fd);
		left = lock_socket(path);
		CHECK(left == NULL);
		CHECK_INT(lock_holder(path), 0);
		CHECK_INT(lock_was_served(path), rows[i].found != NULL);
	}
}

static void lock_that_was_deleted_is_none(void)
{
	_cleanup_fd_ int fd = lock_take(in_folder("deleted.lock"), NULL);

	CHECK_INT(lock_check_place(fd, NULL), 0);
	CHECK_INT(unlink(in_folder("deleted.lock")), 0);
	CHECK_INT(lock_check_place(fd, NULL), -ESTALE);
}

/* As on a disk that is read-only: others see it, two may wait, and none may while another works. */
static void lock_is_awaited(void)
{
	const char *path = in_folder("awaited.lock");
	_cleanup_fd_ int held = -1, waits = -1, other = -1;
	struct err e = { "" };

	CHECK_INT(lock_await(path, &e), -ENOENT);
	held = lock_take(path, &e);
	CHECK(held >= 0);
	CHECK_INT(lock_await(path, &e), -EBUSY);
	CHECK(strstr(e.text, "at work on this database") != NULL);
	fd_close(&held);
	waits = lock_await(path, &e);
	CHECK(waits >= 0 && lock_is_held(path));
	other = lock_take(path, &e);
	CHECK_INT(other, -EBUSY);
	fd_close(&waits);
	CHECK(!lock_is_held(path));
}

TEST_MAIN(TEST(lock_is_awaited), TEST(lock_that_was_deleted_is_none),
	TEST(lock_beside_the_database), TEST(lock_is_taken_once),
	TEST(lock_names_the_holder_of_today), TEST(lock_ends_with_its_process),
	TEST(lock_is_asked_after_without_being_taken), TEST(lock_follows_no_link),
	TEST(lock_tells_the_socket))
