/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/str.h"
#include "post/courier.h"
#include "post/frame.h"
#include "post-names.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The sender is a program of the shell's here: this test itself, started again by a script with a
 * role as its argument, which plays the sender's end of the socket.
 */
struct sink {
	struct courier *courier;
	struct str log; /* "ready 1, sent 2, ..." */
	bool confirm;
	uint64_t again; /* posted when another mail is settled; 0: none */
};

static void sink_on_ready(void *userdata, uint64_t mail)
{
	struct sink *sink = userdata;

	str_add_separator(&sink->log, ", ");
	str_addf(&sink->log, "ready %d", (int)mail);
	if (sink->confirm)
		CHECK_INT(courier_confirm(sink->courier, mail, NULL), 0);
}

static void sink_on_settled(void *userdata, uint64_t mail, const struct post_result *result)
{
	struct sink *sink = userdata;
	uint64_t again = sink->again;

	str_add_separator(&sink->log, ", ");
	str_addf(&sink->log, "%s/%s %d", post_outcome_name(result->outcome),
		post_cause_name(result->cause), (int)mail);
	CHECK(result->text[0] != '\0');
	sink->again = 0;
	if (again)
		CHECK_INT(courier_post(sink->courier, again, "a@x", "b@y", "x", 1, NULL), 0);
}

static void sink_on_trace(void *userdata, const char *line)
{
	struct sink *sink = userdata;

	str_add_separator(&sink->log, ", ");
	str_addf(&sink->log, "trace %s", line);
}

static const struct courier_server server_good = {
	.program = "/bin/false",
	.url = "smtp://localhost:25",
	.tls = "none",
	.connections = 1,
};

/* A script that becomes this program in that role; static buffer. */
static const char *courier_program(const char *role)
{
	static char path[200];
	char self[200];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	FILE *file;

	self[n > 0 ? n : 0] = '\0';
	(void)snprintf(path, sizeof(path), "%s/%s", test_folder(), role);
	file = fopen(path, "w");
	if (!file)
		return NULL;
	fprintf(file, "#!/bin/sh\nexec '%s' %s\n", self, role);
	(void)fclose(file);
	(void)chmod(path, 0700);
	return path;
}

static void sink_open(struct sink *sink, const char *role)
{
	const struct courier_handler handler = { sink_on_ready, sink_on_settled, sink_on_trace,
		NULL, sink };
	struct courier_server server = server_good;

	server.program = courier_program(role);
	CHECK_INT(courier_new(&sink->courier, &server, &handler, NULL), 0);
}

static void sink_close(struct sink *sink)
{
	courier_free(sink->courier);
	str_done(&sink->log);
}

static int sink_post(struct sink *sink, uint64_t mail)
{
	return courier_post(sink->courier, mail, "a@x", "b@y", "hello\r\n", 7, NULL);
}

/* Until `n` mails are left, or for ten seconds. */
static void sink_wait(struct sink *sink, size_t n)
{
	for (int i = 0; i < 100 && courier_pending(sink->courier) > n; i++) {
		struct pollfd fd = { courier_fd(sink->courier), courier_events(sink->courier), 0 };

		if (poll(&fd, 1, 100) > 0)
			CHECK_INT(courier_dispatch(sink->courier, NULL), 0);
	}
	CHECK_INT(courier_pending(sink->courier), n);
}

/* --- the sender's roles --- */

static void role_say(enum frame_type type, uint64_t mail, enum post_outcome outcome)
{
	struct frame frame = { .type = type, .number = { mail, outcome, 0, 250 } };
	struct str s = STR_INIT;

	frame.text[0] = frame_text("said by the test");
	if (frame_write(&s, &frame, NULL) == 0)
		(void)!write(3, s.data, s.len);
	str_done(&s);
}

/* Reads frames until one of that type and returns its mail; 0 at the end. */
static uint64_t role_hear(enum frame_type type)
{
	static struct str in;

	for (;;) {
		struct frame frame;
		char buffer[65536];
		size_t used = 0;
		ssize_t n;

		while (frame_read(in.data, in.len, &frame, &used, NULL) > 0) {
			uint64_t mail = frame.number[MAIL_NUMBER];
			bool found = frame.type == type;

			in.len -= used;
			memmove(in.data, in.data + used, in.len);
			if (found)
				return mail;
		}
		n = read(3, buffer, sizeof(buffer));
		if (n <= 0)
			return 0;
		str_add_bytes(&in, buffer, (size_t)n);
	}
}

static void role_honest(void)
{
	uint64_t mail;

	while ((mail = role_hear(FRAME_MAIL)) != 0) {
		role_say(FRAME_TRACE, 0, 0);
		role_say(FRAME_READY, mail, 0);
		if (role_hear(FRAME_CONFIRM) == mail)
			role_say(FRAME_SETTLED, mail, POST_SENT);
		role_say(FRAME_IDLE, 0, 0);
	}
}

static void role_dies(void)
{
	(void)role_hear(FRAME_MAIL);
}

static void role_dies_ready(void)
{
	role_say(FRAME_READY, role_hear(FRAME_MAIL), 0);
	(void)role_hear(FRAME_CONFIRM);
}

/* Settles the mail in words that came before it died. */
static void role_last_words(void)
{
	role_say(FRAME_SETTLED, role_hear(FRAME_MAIL), POST_REFUSED);
}

static void role_stranger(void)
{
	role_say(FRAME_READY, role_hear(FRAME_MAIL) + 1, 0);
	(void)role_hear(FRAME_CONFIRM);
}

static void role_twice(void)
{
	uint64_t mail = role_hear(FRAME_MAIL);

	role_say(FRAME_READY, mail, 0);
	role_say(FRAME_READY, mail, 0);
	(void)role_hear(FRAME_TRACE);
}

static void role_outcome(void)
{
	role_say(FRAME_SETTLED, role_hear(FRAME_MAIL), (enum post_outcome)99);
	(void)role_hear(FRAME_TRACE);
}

static void role_noise(void)
{
	(void)!write(3, "\377\377\377\377\377\377", 6);
	(void)role_hear(FRAME_TRACE);
}

static void role_ours(void)
{
	struct frame frame = { .type = FRAME_CONFIRM };
	struct str s = STR_INIT;

	if (frame_write(&s, &frame, NULL) == 0)
		(void)!write(3, s.data, s.len);
	str_done(&s);
	(void)role_hear(FRAME_TRACE);
}

/* Checks what it was started with: descriptors 0 to 3 alone, and its end is a stream socket. */
static void role_descriptors(void)
{
	uint64_t mail = role_hear(FRAME_MAIL);
	bool good = true;

	for (int fd = 4; fd < 256; fd++)
		good = good && fcntl(fd, F_GETFD) < 0;
	role_say(FRAME_SETTLED, mail, good ? POST_SENT : POST_REFUSED);
}

/* Reads nothing until the courier has written far more than a socket holds. */
static void role_slow(void)
{
	uint64_t mail;

	(void)poll(NULL, 0, 50);
	while ((mail = role_hear(FRAME_MAIL)) != 0)
		role_say(FRAME_SETTLED, mail, POST_SENT);
}

static const struct {
	const char *role;
	void (*play)(void);
	const char *log;     /* of one mail, confirmed at once */
	const char *log_two; /* of two mails, not confirmed; NULL: not tried */
} roles[] = {
	{ "honest", role_honest, "trace said by the test, ready 1, sent/none 1", NULL },
	{ "dies", role_dies, "server/program 1", "server/program 1, server/program 2" },
	{ "dies-ready", role_dies_ready, "ready 1, in-doubt/program 1", NULL },
	{ "last-words", role_last_words, "refused/none 1", "refused/none 1, server/program 2" },
	{ "stranger", role_stranger, "server/program 1", NULL },
	{ "twice", role_twice, "ready 1, in-doubt/program 1",
		"ready 1, server/program 1, server/program 2" },
	{ "outcome", role_outcome, "server/program 1", "server/program 1, server/program 2" },
	{ "noise", role_noise, "server/program 1", "server/program 1, server/program 2" },
	{ "ours", role_ours, "server/program 1", "server/program 1, server/program 2" },
	{ "descriptors", role_descriptors, "sent/none 1", NULL },
	{ "slow", role_slow, "sent/none 1", "sent/none 1, sent/none 2" },
};

/* --- the tests --- */

static void courier_what_comes_of_a_mail(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		struct sink sink = { .confirm = true };

		TEST_ROW("%s", roles[i].role);
		sink_open(&sink, roles[i].role);
		CHECK_INT(sink_post(&sink, 1), 0);
		sink_wait(&sink, 0);
		CHECK_TEXT(str_text(&sink.log), roles[i].log);
		sink_close(&sink);
	}
}

static void courier_what_comes_of_two(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		struct sink sink = { .confirm = false };

		if (!roles[i].log_two)
			continue;
		TEST_ROW("%s", roles[i].role);
		sink_open(&sink, roles[i].role);
		CHECK_INT(sink_post(&sink, 1), 0);
		CHECK_INT(sink_post(&sink, 2), 0);
		sink_wait(&sink, 0);
		CHECK_TEXT(str_text(&sink.log), roles[i].log_two);
		sink_close(&sink);
	}
}

static void courier_starts_again_after_death_and_rest(void)
{
	struct sink sink = { .confirm = true, .again = 2 };

	sink_open(&sink, "dies");
	CHECK_INT(courier_fd(sink.courier), -1);
	CHECK_INT(sink_post(&sink, 1), 0);
	CHECK(courier_fd(sink.courier) >= 0);
	sink_wait(&sink, 0);
	CHECK_TEXT(str_text(&sink.log), "server/program 1, server/program 2");
	CHECK_INT(courier_fd(sink.courier), -1);
	CHECK_INT(courier_dispatch(sink.courier, NULL), 0);
	sink_close(&sink);

	sink = (struct sink){ .confirm = true };
	sink_open(&sink, "honest");
	for (uint64_t mail = 1; mail <= 3; mail++) {
		CHECK_INT(sink_post(&sink, mail), 0);
		sink_wait(&sink, 0);
		for (int i = 0; i < 100 && courier_fd(sink.courier) >= 0; i++) {
			struct pollfd fd = { courier_fd(sink.courier), POLLIN, 0 };

			(void)poll(&fd, 1, 100);
			CHECK_INT(courier_dispatch(sink.courier, NULL), 0);
		}
		CHECK_INT(courier_fd(sink.courier), -1);
	}
	sink_close(&sink);
}

static void courier_confirms_only_what_is_ready(void)
{
	struct sink sink = { .confirm = false };

	sink_open(&sink, "honest");
	CHECK_INT(courier_confirm(sink.courier, 1, NULL), -ENOENT);
	CHECK_INT(sink_post(&sink, 1), 0);
	CHECK_INT(sink_post(&sink, 1), -EEXIST);
	CHECK_INT(courier_confirm(sink.courier, 1, NULL), -ENOENT);
	for (int i = 0; i < 100 && !strstr(str_text(&sink.log), "ready"); i++) {
		struct pollfd fd = { courier_fd(sink.courier), courier_events(sink.courier), 0 };

		(void)poll(&fd, 1, 100);
		CHECK_INT(courier_dispatch(sink.courier, NULL), 0);
	}
	CHECK_INT(courier_confirm(sink.courier, 1, NULL), 0);
	CHECK_INT(courier_confirm(sink.courier, 1, NULL), -ENOENT);
	sink_wait(&sink, 0);
	CHECK_INT(courier_confirm(sink.courier, 1, NULL), -ENOENT);
	sink_close(&sink);
}

/* More than a socket takes at once: posting does not wait, and nothing is lost. */
static void courier_never_waits(void)
{
	const size_t size = 4000000;
	char *body = malloc(size);
	struct sink sink = { .confirm = true };

	memset(body, 'x', size);
	sink_open(&sink, "slow");
	CHECK_INT(courier_post(sink.courier, 1, "a@x", "b@y", body, size, NULL), 0);
	CHECK(courier_events(sink.courier) == (POLLIN | POLLOUT));
	CHECK_INT(courier_post(sink.courier, 2, "a@x", "b@y", body, size, NULL), 0);
	CHECK_INT(courier_pending(sink.courier), 2);
	sink_wait(&sink, 0);
	CHECK_TEXT(str_text(&sink.log), "sent/none 1, sent/none 2");
	CHECK(courier_events(sink.courier) == POLLIN);
	sink_close(&sink);
	free(body);
}

static void courier_mails_that_are_refused(void)
{
	static const struct {
		const char *from, *to, *body;
		size_t size;
		int expected;
	} rows[] = {
		{ "a@x\r\nRCPT TO:<c@z>", "b@y", "x", 1, -EINVAL },
		{ "a@x", "b@y>", "x", 1, -EINVAL },
		{ "", "b@y", "x", 1, -EINVAL },
		{ "a@x", NULL, "x", 1, -EINVAL },
		{ "a@x", "b@y", "x\0y", 3, -EINVAL },
		{ "a@x", "b@y", "x", COURIER_BODY_MAX + 1, -EMSGSIZE },
	};
	struct sink sink = { .confirm = true };

	sink_open(&sink, "honest");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(courier_post(sink.courier, 1, rows[i].from, rows[i].to, rows[i].body,
				  rows[i].size, &e),
			rows[i].expected);
		CHECK(e.text[0] != '\0');
		CHECK_INT(courier_fd(sink.courier), -1);
		CHECK_INT(courier_pending(sink.courier), 0);
	}
	sink_close(&sink);
}

static void courier_servers_that_are_refused(void)
{
	static const struct courier_handler handler = { sink_on_ready, sink_on_settled, NULL, NULL,
		NULL };
	char word[] = "pass", *command[] = { word, NULL };
	struct courier_server rows[] = { server_good, server_good, server_good, server_good,
		server_good, server_good, server_good, server_good, server_good, server_good };

	rows[0].url = "http://localhost/";
	rows[1].url = NULL;
	rows[2].url = "smtp://anna:secret@localhost";
	rows[3].tls = "perhaps";
	rows[4].tls = NULL;
	rows[5].connections = 0;
	rows[6].connections = COURIER_CONNECTIONS_MAX + 1;
	rows[7].password_file = "/x";
	rows[7].password_command = command;
	rows[8].password_command = command;
	rows[8].token_command = command;
	rows[9].program = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct courier *courier = NULL;
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(courier_new(&courier, &rows[i], &handler, &e), -EINVAL);
		CHECK(!courier && e.text[0] && !strstr(e.text, "secret"));
	}
}

static void courier_program_that_is_missing(void)
{
	const struct courier_handler handler = { sink_on_ready, sink_on_settled, NULL, NULL, NULL };
	struct courier_server server = server_good;
	struct courier *courier = NULL;
	struct err e = { "" };

	server.program = "/nowhere/nudged-send";
	CHECK_INT(courier_new(&courier, &server, &handler, NULL), 0);
	CHECK_INT(courier_post(courier, 1, "a@x", "b@y", "x", 1, &e), -ENOENT);
	CHECK(strstr(e.text, "/nowhere/nudged-send") != NULL);
	CHECK_INT(courier_pending(courier), 0);
	courier_free(courier);
}

/* Lent by one, used by another: when it ends there is no other. */
static void courier_of_a_lent_sender(void)
{
	struct sink sink = { .confirm = true };
	const struct courier_handler handler = { sink_on_ready, sink_on_settled, sink_on_trace,
		NULL, &sink };
	struct courier_server server = server_good;
	struct err e = { "" };
	pid_t pid = 0;
	int fd = -1;

	server.program = courier_program("honest");
	CHECK_INT(courier_lend(&server, &pid, &fd, NULL), 0);
	CHECK(pid > 0 && fd >= 0);
	CHECK_INT(courier_adopt(&sink.courier, fd, &handler, NULL), 0);
	CHECK_INT(sink_post(&sink, 1), 0);
	sink_wait(&sink, 0);
	CHECK(str_starts(str_text(&sink.log), "trace said by the test, ready 1, sent/none 1"));
	CHECK_INT(kill(pid, SIGKILL), 0);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
	CHECK_INT(courier_dispatch(sink.courier, NULL), 0);
	CHECK_INT(courier_fd(sink.courier), -1);
	CHECK_INT(courier_post(sink.courier, 2, "a@x", "b@y", "x", 1, &e), -EPIPE);
	sink_close(&sink);
	server.program = "/nonexistent";
	CHECK(courier_lend(&server, &pid, &fd, NULL) < 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(courier_what_comes_of_a_mail),
		TEST(courier_what_comes_of_two), TEST(courier_starts_again_after_death_and_rest),
		TEST(courier_confirms_only_what_is_ready), TEST(courier_never_waits),
		TEST(courier_mails_that_are_refused), TEST(courier_servers_that_are_refused),
		TEST(courier_program_that_is_missing), TEST(courier_of_a_lent_sender) };

	for (size_t i = 0; argc == 2 && i < ARRAY_SIZE(roles); i++)
		if (str_equal(argv[1], roles[i].role)) {
			roles[i].play();
			return 0;
		}
	return test_main(tests, ARRAY_SIZE(tests));
}
