/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "post/keeper.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[240];

static void keeper_write(const char *words)
{
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/password", test_folder());
	file = fopen(path, "w");
	if (!CHECK(file != NULL))
		return;
	(void)fputs(words, file);
	(void)fclose(file);
	(void)chmod(path, 0600);
}

/* The keeper ends when its socket is closed; it is this process's child. */
static void keeper_end(int fd)
{
	int status = -1;

	(void)close(fd);
	CHECK(wait(&status) > 0);
	CHECK_INT(status, 0);
}

static void each_question_fetches_anew(void)
{
	char *const command[] = { (char[]){ "cat" }, path, NULL };
	char secret[SECRET_MAX];

	for (int by_file = 0; by_file < 2; by_file++) {
		const struct keeper_source source = {
			.command = by_file ? NULL : command, .file = path, .seconds = 30
		};
		struct err e;
		int fd = -1;

		TEST_ROW("%s", by_file ? "file" : "command");
		keeper_write("first\n");
		CHECK_INT(keeper_start(&fd, &source, &e), 0);
		CHECK_INT(keeper_ask(fd, secret, &e), 0);
		CHECK_TEXT(secret, "first");
		keeper_write("second\n");
		CHECK_INT(keeper_ask(fd, secret, &e), 0);
		CHECK_TEXT(secret, "second");
		keeper_end(fd);
	}
}

static void what_fails_is_told_in_words(void)
{
	char *const command[] = { (char[]){ "false" }, NULL };
	const struct keeper_source by_command = { .command = command, .seconds = 30 };
	const struct keeper_source by_file = { .file = "/nonexistent/password" };
	char secret[SECRET_MAX];
	struct err e;
	int fd = -1;

	CHECK_INT(keeper_start(&fd, &by_command, &e), 0);
	CHECK_INT(keeper_ask(fd, secret, &e), -EIO);
	CHECK_TEXT(e.text, "false, which should print the password, ended with status 1");
	keeper_end(fd);

	CHECK_INT(keeper_start(&fd, &by_file, &e), 0);
	CHECK_INT(keeper_ask(fd, secret, &e), -ENOENT);
	CHECK(strstr(e.text, "/nonexistent/password") != NULL);
	CHECK_INT(keeper_ask(fd, secret, &e), -ENOENT);
	keeper_end(fd);
}

/* The courier notices the sender's end by its socket: no copy of it may live on here. */
static void it_keeps_no_descriptor_open(void)
{
	const struct keeper_source source = { .file = "/nonexistent/password" };
	char secret[SECRET_MAX], byte;
	int fd = -1, pipes[2];
	struct err e;

	CHECK_INT(pipe(pipes), 0);
	CHECK_INT(keeper_start(&fd, &source, &e), 0);
	CHECK_INT(keeper_ask(fd, secret, &e), -ENOENT); /* it has settled in */
	(void)close(pipes[1]);
	CHECK_INT(fcntl(pipes[0], F_SETFL, O_NONBLOCK), 0);
	CHECK_INT(read(pipes[0], &byte, 1), 0);
	(void)close(pipes[0]);
	keeper_end(fd);
}

static void a_keeper_that_is_gone(void)
{
	const struct keeper_source source = { .file = "/nonexistent/password" };
	char secret[SECRET_MAX];
	struct err e;
	int fd = -1;

	CHECK_INT(keeper_start(&fd, &source, &e), 0);
	(void)send(fd, "ab", 2, MSG_NOSIGNAL); /* no question: it takes leave */
	CHECK(wait(NULL) > 0);
	CHECK_INT(keeper_ask(fd, secret, &e), -EPIPE);
	CHECK_TEXT(e.text, "the process that fetches the password has ended");
	(void)close(fd);
}

TEST_MAIN(TEST(each_question_fetches_anew), TEST(what_fails_is_told_in_words),
	TEST(it_keeps_no_descriptor_open), TEST(a_keeper_that_is_gone))
