/* SPDX-License-Identifier: MIT */
#include "base/control.h"

#include "base/fd.h"
#include "core/str.h"
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

static const char *in_folder(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
	return path;
}

struct ends {
	int listener, client, server;
};

static void ends_open(struct ends *ends)
{
	ends->listener = control_listen(in_folder("control"), NULL);
	ends->client = control_connect(in_folder("control"), NULL);
	ends->server = control_accept(ends->listener);
	if (ends->listener < 0 || ends->client < 0 || ends->server < 0)
		abort();
}

static void ends_close(struct ends *ends)
{
	(void)close(ends->listener);
	(void)close(ends->client);
	(void)close(ends->server);
}

static void control_lies_beside_the_database(void)
{
	static const struct {
		const char *runtime, *database, *path;
	} rows[] = {
		{ NULL, "/data/nudged.db", "/data/nudged.socket" },
		{ "", "/data/nudged.db", "/data/nudged.socket" },
		{ "relative", "/data/book", "/data/book.socket" },
		{ "/run/nudged/~", "/data/nudged.db", "/run/nudged/~/control" },
		{ "/run/nudged/anna:/run/more", "/data/nudged.db", "/run/nudged/anna/control" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *path = NULL;

		TEST_ROW("row %zu", i);
		if (rows[i].runtime ? setenv("RUNTIME_DIRECTORY", rows[i].runtime, 1)
				    : unsetenv("RUNTIME_DIRECTORY"))
			abort();
		path = control_path_of(rows[i].database);
		CHECK_TEXT(path, rows[i].path);
	}
}

static void a_packet_arrives_as_it_was(void)
{
	static char longest[CONTROL_PACKET_MAX];
	static const struct {
		const char *words[CONTROL_WORDS];
		size_t n;
	} rows[] = {
		{ { "send", "morning" }, 2 },
		{ { "status" }, 1 },
		{ { "", "", "", "" }, 4 },
		{ { "a", "b", "c", "Grüße\nzwei" }, 4 },
		{ { longest }, 1 },
	};
	_cleanup_(ends_close) struct ends ends;

	memset(longest, 'x', sizeof(longest) - 1);
	ends_open(&ends);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct control_packet packet;

		TEST_ROW("row %zu", i);
		CHECK_INT(control_send(ends.client, rows[i].words, rows[i].n, -1), 0);
		CHECK_INT(control_receive(ends.server, 0, &packet), 0);
		CHECK_INT(packet.n, rows[i].n);
		CHECK_INT(packet.fd, -1);
		for (size_t j = 0; j < rows[i].n; j++)
			CHECK_TEXT(packet.words[j], rows[i].words[j]);
		for (size_t j = rows[i].n; j < CONTROL_WORDS; j++)
			CHECK_TEXT(packet.words[j], "");
	}
}

static void a_descriptor_comes_with_it(void)
{
	static const char *const words[] = { "0", "" };
	_cleanup_(ends_close) struct ends ends;
	struct control_packet packet;
	int fds[2];

	ends_open(&ends);
	if (pipe2(fds, O_CLOEXEC) < 0)
		abort();
	CHECK_INT(control_send(ends.server, words, 2, fds[1]), 0);
	(void)close(fds[1]);
	CHECK_INT(control_receive(ends.client, 0, &packet), 0);
	if (CHECK(packet.fd >= 0)) {
		char byte = 0;

		CHECK(fcntl(packet.fd, F_GETFD) & FD_CLOEXEC);
		CHECK_INT(write(packet.fd, "x", 1), 1);
		CHECK_INT(read(fds[0], &byte, 1), 1);
		(void)close(packet.fd);
	}
	(void)close(fds[0]);
}

static void what_is_no_packet_is_refused(void)
{
	static char large[CONTROL_PACKET_MAX + 1];
	static const struct {
		const char *bytes;
		size_t size;
	} rows[] = {
		{ "no end", 6 },
		{ "a\0b\0c\0d\0e", 10 }, /* one word too many */
		{ large, sizeof(large) },
	};
	_cleanup_(ends_close) struct ends ends;
	struct control_packet packet;

	ends_open(&ends);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(send(ends.client, rows[i].bytes, rows[i].size, 0), rows[i].size);
		CHECK_INT(control_receive(ends.server, 0, &packet), -EBADMSG);
	}
	memset(large, 'x', sizeof(large) - 1);
	CHECK_INT(control_send(ends.client, &(const char *){ large }, 1, -1), -EMSGSIZE);
}

static void silence_and_good_bye_are_told_apart(void)
{
	static const char *const words[] = { "x" };
	_cleanup_(ends_close) struct ends ends;
	struct control_packet packet;

	ends_open(&ends);
	CHECK_INT(control_receive(ends.server, 0, &packet), -EAGAIN);
	CHECK_INT(control_accept(ends.listener), -EAGAIN);
	(void)close(ends.client);
	ends.client = -1;
	CHECK_INT(control_receive(ends.server, 0, &packet), -EPIPE);
	CHECK_INT(control_send(ends.server, words, 1, -1), -EPIPE);
}

static void a_left_over_socket_is_replaced(void)
{
	_cleanup_fd_ int first = control_listen(in_folder("left"), NULL);
	_cleanup_fd_ int second = -1, client = -1, server = -1;
	struct stat st;

	fd_closep(&first);
	first = -1;
	CHECK(control_connect(in_folder("left"), NULL) < 0);
	second = control_listen(in_folder("left"), NULL);
	client = control_connect(in_folder("left"), NULL);
	server = control_accept(second);
	CHECK(second >= 0 && client >= 0 && server >= 0);
	CHECK(stat(in_folder("left"), &st) == 0 && (st.st_mode & 0777) == 0600);
}

static void a_path_has_its_limit(void)
{
	struct err e = { "" };
	char path[200];

	memset(path, 'x', sizeof(path));
	path[0] = '/';
	path[108] = '\0';
	CHECK_INT(control_listen(path, &e), -ENAMETOOLONG);
	CHECK(strstr(e.text, "107"));
	CHECK_INT(control_connect(path, &e), -ENAMETOOLONG);
}

static void who_hangs_is_told_from_who_is_gone(void)
{
	int listener = control_listen(in_folder("control"), NULL);
	struct control_packet reply;
	struct err e = { "" };

	CHECK(listener >= 0);
	CHECK(control_is_silent(in_folder("control"), 0));
	CHECK_INT(control_ask(in_folder("control"), "send", "morning", 0, &reply, &e), -EAGAIN);
	CHECK(strstr(e.text, "did not answer in time"));
	(void)close(listener);
	CHECK(!control_is_silent(in_folder("control"), 0));
	CHECK_INT(control_ask(in_folder("control"), "send", "", 0, &reply, &e), -ECONNREFUSED);
	CHECK(!control_is_silent(in_folder("nowhere"), 0));
	CHECK_INT(control_ask(in_folder("nowhere"), "send", "", 0, &reply, &e), -ENOENT);
}

/* Answers one visitor: the words it was asked with, or nothing. */
static void *answer_one(void *userdata)
{
	const int *listener = userdata;
	struct pollfd p = { .fd = listener[0], .events = POLLIN };
	struct control_packet request;
	int fd = -1;

	if (poll(&p, 1, -1) > 0)
		fd = control_accept(listener[0]);
	if (fd >= 0 && control_receive(fd, -1, &request) == 0 && listener[1])
		(void)control_send(fd, request.words, request.n, -1);
	(void)close(fd);
	return NULL;
}

static void a_question_has_its_answer(void)
{
	for (int answers = 0; answers < 2; answers++) {
		int listener[] = { control_listen(in_folder("control"), NULL), answers };
		struct control_packet reply;
		struct err e = { "" };
		pthread_t thread;
		int r;

		TEST_ROW("answers: %d", answers);
		if (!CHECK(pthread_create(&thread, NULL, answer_one, listener) == 0))
			return;
		r = control_ask(in_folder("control"), "send", "morning", -1, &reply, &e);
		(void)pthread_join(thread, NULL);
		(void)close(listener[0]);
		if (answers && CHECK_INT(r, 0)) {
			CHECK_INT(reply.n, 2);
			CHECK_TEXT(reply.words[0], "send");
			CHECK_TEXT(reply.words[1], "morning");
		}
		if (!answers) {
			CHECK_INT(r, -EPIPE);
			CHECK(strstr(e.text, "ended before it answered"));
		}
	}
}

static void who_listens_is_known_without_the_file(void)
{
	_cleanup_fd_ int listener = -1;

	CHECK(!control_is_bound(in_folder("gone.socket")));
	listener = control_listen(in_folder("gone.socket"), NULL);
	CHECK(listener >= 0);
	CHECK(control_is_bound(in_folder("gone.socket")));
	CHECK(!control_is_bound(in_folder("gone.sock")));
	CHECK(!control_is_bound("gone.socket"));
	CHECK(unlink(in_folder("gone.socket")) == 0);
	CHECK(control_is_bound(in_folder("gone.socket")));
	fd_closep(&listener);
	listener = -1;
	CHECK(!control_is_bound(in_folder("gone.socket")));
}

TEST_MAIN(TEST(who_listens_is_known_without_the_file), TEST(who_hangs_is_told_from_who_is_gone),
	TEST(a_question_has_its_answer), TEST(control_lies_beside_the_database),
	TEST(a_packet_arrives_as_it_was), TEST(a_descriptor_comes_with_it),
	TEST(what_is_no_packet_is_refused), TEST(silence_and_good_bye_are_told_apart),
	TEST(a_left_over_socket_is_replaced), TEST(a_path_has_its_limit))
