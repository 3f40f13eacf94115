/* SPDX-License-Identifier: MIT */
#include "service/desk.h"

#include "base/control.h"
#include "base/fd.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>

/* A clerk who writes down what they were asked, and the loop that brings visitors. */
struct office {
	struct loop *loop;
	struct loop_source *pause;
	struct desk *desk;
	struct desk_clerk clerk;
	struct str log;
	bool settled;
	pid_t lent;
};

static int office_send(void *userdata, const char *digest, int64_t *ret_message, struct str *ret_id,
	struct err *reterr)
{
	struct office *office = userdata;

	str_addf(&office->log, "[send %s]", digest);
	if (str_equal(digest, "unknown"))
		return err_set(reterr, EX_CONFIG, "there is none");
	*ret_message = 7;
	str_add(ret_id, "<7@x>");
	return 0;
}

static bool office_is_settled(void *userdata, int64_t message)
{
	struct office *office = userdata;

	CHECK_INT(message, 7);
	return office->settled;
}

static const char *office_trouble(void *userdata UNUSED)
{
	return "the disk is full";
}

static const char *office_status(void *userdata UNUSED, struct str *line)
{
	str_add(line, "All is well.");
	return "/var/n.db";
}

static void office_hurry(void *userdata)
{
	struct office *office = userdata;

	str_add(&office->log, "[hurry]");
}

static int office_lend(void *userdata, bool trace, pid_t *ret_pid, int *ret_fd, struct err *reterr)
{
	struct office *office = userdata;
	int fds[2];

	str_addf(&office->log, "[lend %d]", trace);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
		return err_set(reterr, EX_OSERR, "no socket");
	office->lent = fork();
	if (office->lent == 0) {
		char byte;

		(void)close(fds[0]);
		(void)!read(fds[1], &byte, 1); /* until the other end is closed */
		_exit(0);
	}
	(void)close(fds[1]);
	*ret_pid = office->lent;
	*ret_fd = fds[0];
	return 0;
}

static int on_pause(struct loop_source *source UNUSED, void *userdata UNUSED)
{
	return -ECANCELED;
}

static const char *office_path(void)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/control", test_folder());
	return path;
}

static void office_open(struct office *office)
{
	*office = (struct office){ .clerk = { office_send, office_is_settled, office_trouble,
					   office_status, office_hurry, office_lend, office } };
	if (loop_new(&office->loop) < 0 ||
		loop_add_timer(office->loop, &office->pause, CLOCK_BOOTTIME, on_pause, office) <
			0 ||
		desk_new(&office->desk, office->loop, office_path(), &office->clerk, NULL) < 0)
		abort();
}

static void office_close(struct office *office)
{
	desk_free(office->desk);
	loop_free(office->loop);
	str_done(&office->log);
}

/* Until all that waits by now has been looked after: what is ready comes before a timer of later. */
static void office_turn(struct office *office)
{
	CHECK_INT(loop_delay(office->pause, 20000), 0);
	CHECK_INT(loop_run(office->loop), -ECANCELED);
}

static int visit(const char *request, const char *argument)
{
	const char *words[] = { request, argument };
	int fd = control_connect(office_path(), NULL);

	if (fd < 0 || control_send(fd, words, 2, -1) < 0)
		abort();
	return fd;
}

static void questions_are_answered(void)
{
	static const struct {
		const char *request, *argument, *status, *text, *log;
	} rows[] = {
		{ "trouble", "", "0", "the disk is full", "" },
		{ "status", "", "0", "All is well.", "" },
		{ "hurry", "", "0", "", "[hurry]" },
		{ "send", "unknown", "78", "there is none", "[send unknown]" },
		{ "nonsense", "", "76", "this service does not know that request", "" },
		{ "", "", "76", "this service does not know that request", "" },
	};
	_cleanup_(office_close) struct office office;

	office_open(&office);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_fd_ int fd = visit(rows[i].request, rows[i].argument);
		struct control_packet reply;

		TEST_ROW("%s %s", rows[i].request, rows[i].argument);
		str_clear(&office.log);
		office_turn(&office);
		CHECK_TEXT(str_text(&office.log), rows[i].log);
		if (!CHECK(control_receive(fd, 0, &reply) == 0))
			continue;
		CHECK_TEXT(reply.words[0], rows[i].status);
		CHECK_TEXT(reply.words[1], rows[i].text);
		CHECK_TEXT(reply.words[2], str_equal(rows[i].request, "status") ? "/var/n.db" : "");
		CHECK_INT(control_receive(fd, 0, &reply), -EPIPE); /* one request a visit */
	}
}

static void a_digest_is_answered_when_it_is_settled(void)
{
	_cleanup_(office_close) struct office office;
	_cleanup_fd_ int fd = -1, impatient = -1;
	struct control_packet reply;

	office_open(&office);
	fd = visit("send", "morning");
	impatient = visit("send", "morning");
	office_turn(&office);
	desk_look(office.desk);
	CHECK_INT(control_receive(fd, 0, &reply), -EAGAIN);
	(void)control_send(impatient, &(const char *){ "well?" }, 1, -1);
	office_turn(&office);
	CHECK_INT(control_receive(impatient, 0, &reply), -EPIPE);
	office.settled = true;
	desk_look(office.desk);
	if (CHECK(control_receive(fd, 0, &reply) == 0)) {
		CHECK_TEXT(reply.words[0], "0");
		CHECK_TEXT(reply.words[1], "<7@x>");
	}
}

static void a_sender_is_lent_and_taken_back(void)
{
	_cleanup_(office_close) struct office office;
	struct control_packet reply;
	int status;

	office_open(&office);
	for (int i = 0; i < 9; i++) { /* more than there are places: each comes back */
		_cleanup_fd_ int fd = visit("sender", i ? "trace" : "");

		str_clear(&office.log);
		office_turn(&office);
		CHECK_TEXT(str_text(&office.log), i ? "[lend 1]" : "[lend 0]");
		if (!CHECK(control_receive(fd, 0, &reply) == 0 && reply.fd >= 0))
			return;
		CHECK(waitpid(office.lent, &status, WNOHANG) == 0);
		(void)close(reply.fd);
		(void)waitid(P_PID, (id_t)office.lent, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
		office_turn(&office);
		CHECK(waitpid(office.lent, &status, WNOHANG) < 0); /* the desk has waited for it */
	}
}

static void so_many_are_lent_and_no_more(void)
{
	struct office office;
	struct control_packet replies[5];

	office_open(&office);
	for (int i = 0; i < 5; i++) {
		_cleanup_fd_ int fd = visit("sender", "");

		office_turn(&office);
		TEST_ROW("%d", i);
		CHECK_INT(control_receive(fd, 0, &replies[i]), 0);
		CHECK_TEXT(replies[i].words[0], i < 4 ? "0" : "75");
		CHECK_INT(replies[i].fd >= 0, i < 4);
	}
	office_close(&office); /* ends them though their other ends are open */
	CHECK(waitpid(office.lent, NULL, WNOHANG) < 0);
	for (int i = 0; i < 4; i++)
		(void)close(replies[i].fd);
}

/* Who comes and says nothing keeps nobody out. */
static void the_silent_make_room(void)
{
	_cleanup_(office_close) struct office office;
	_cleanup_fd_ int fd = -1;
	struct control_packet reply;
	int silent[16];

	office_open(&office);
	for (size_t i = 0; i < ARRAY_SIZE(silent); i++) {
		silent[i] = control_connect(office_path(), NULL);
		office_turn(&office);
	}
	fd = visit("trouble", "");
	office_turn(&office);
	CHECK_INT(control_receive(fd, 0, &reply), 0);
	CHECK_INT(control_receive(silent[0], 0, &reply), -EPIPE);
	CHECK_INT(control_receive(silent[1], 0, &reply), -EAGAIN);
	for (size_t i = 0; i < ARRAY_SIZE(silent); i++)
		(void)close(silent[i]);
}

static void at_the_end_the_socket_is_gone(void)
{
	struct office office;

	office_open(&office);
	office_close(&office);
	CHECK(access(office_path(), F_OK) < 0);
}

TEST_MAIN(TEST(questions_are_answered), TEST(a_digest_is_answered_when_it_is_settled),
	TEST(a_sender_is_lent_and_taken_back), TEST(so_many_are_lent_and_no_more),
	TEST(the_silent_make_room), TEST(at_the_end_the_socket_is_gone))
