/* SPDX-License-Identifier: MIT */
/*
 * keeper: a process outside the sender's cage that fetches the secret, each time it is asked.
 */
#include "post/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEEPER_FD 3 /* its end of the socket, the only descriptor besides the standard ones */

_Static_assert(sizeof(struct err) <= SECRET_MAX, "a sentence fits where the secret does");

/* One packet: what fetching returned, and the secret or the sentence. */
struct keeper_answer {
	int result;
	char text[SECRET_MAX];
};

/* Both are done once more where they were interrupted, as by a debugger that lets go. */
static ssize_t keeper_send(int fd, const void *bytes, size_t n)
{
	ssize_t sent;

	do
		sent = send(fd, bytes, n, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent;
}

static ssize_t keeper_receive(int fd, void *buffer, size_t size)
{
	ssize_t n;

	do
		n = recv(fd, buffer, size, 0);
	while (n < 0 && errno == EINTR);
	return n;
}

static void keeper_fetch(struct keeper_answer *answer, const struct keeper_source *source)
{
	struct err e = { "" };

	explicit_bzero(answer, sizeof(*answer));
	answer->result = source->command
		? secret_run_command(answer->text, source->command, source->seconds, &e)
		: secret_read_file(answer->text, source->file, getenv("CREDENTIALS_DIRECTORY"), &e);
	if (answer->result < 0)
		memcpy(answer->text, e.text, sizeof(e.text));
}

/* The courier must see the sender's end of its socket closed as soon as that dies: none of the
 * sender's descriptors stays open here. */
static void __attribute__((noreturn))
keeper_serve(int fd, const struct keeper_source *source, pid_t parent)
{
	struct keeper_answer answer;
	char request[2]; /* one byte asks; anything else is no question */

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
		_exit(EXIT_FAILURE);
	if (fd != KEEPER_FD && dup3(fd, KEEPER_FD, O_CLOEXEC) < 0)
		_exit(EXIT_FAILURE);
	(void)close_range(KEEPER_FD + 1, ~0U, 0);
	while (keeper_receive(KEEPER_FD, request, sizeof(request)) == 1) {
		keeper_fetch(&answer, source);
		if (keeper_send(KEEPER_FD, &answer, sizeof(answer)) < 0)
			break;
		explicit_bzero(&answer, sizeof(answer));
	}
	_exit(EXIT_SUCCESS);
}

int keeper_start(int *ret, const struct keeper_source *source, struct err *reterr)
{
	pid_t parent = getpid(), pid;
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0)
		return err_set(reterr, -errno, "no socket for the password: %s", strerror(errno));
	pid = fork();
	if (pid == 0)
		keeper_serve(fds[1], source, parent);
	(void)close(fds[1]);
	if (pid < 0) {
		(void)close(fds[0]);
		return err_set(reterr, -errno, "no process for the password: %s", strerror(errno));
	}
	*ret = fds[0];
	return 0;
}

int keeper_ask(int fd, char ret[SECRET_MAX], struct err *reterr)
{
	struct keeper_answer answer;
	ssize_t n = -1;
	int r;

	if (keeper_send(fd, "", 1) == 1)
		n = keeper_receive(fd, &answer, sizeof(answer));
	if (n != sizeof(answer))
		return err_set(reterr, -EPIPE, "the process that fetches the password has ended");
	r = answer.result;
	if (r < 0 && reterr)
		memcpy(reterr->text, answer.text, sizeof(reterr->text));
	else if (r >= 0)
		memcpy(ret, answer.text, SECRET_MAX);
	explicit_bzero(&answer, sizeof(answer));
	return r;
}
