/* SPDX-License-Identifier: MIT */
/*
 * desk: where the command asks the running service for something.
 */
#include "service/desk.h"

#include "base/control.h"
#include "base/fd.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <sysexits.h>

#define DESK_VISITORS_MAX 16 /* who comes when all are there takes the place of the first */
#define DESK_LENT_MAX     4  /* senders at the same time */

struct desk_visitor {
	struct desk *desk;
	struct loop_source *source; /* NULL: the place is free */
	int fd;
	uint64_t turn;   /* in which they came */
	int64_t message; /* whose end they wait for; 0: none */
	struct str id;   /* its Message-ID */
};

struct desk_lent {
	struct loop_source *source; /* of the process; NULL: the place is free */
	int pidfd;
	pid_t pid;
};

struct desk {
	struct loop *loop;
	const struct desk_clerk *clerk;
	struct loop_source *source;
	char *path;
	int fd;
	uint64_t turns;
	struct desk_visitor visitors[DESK_VISITORS_MAX];
	struct desk_lent lent[DESK_LENT_MAX];
};

/* --- visitors --- */

static void desk_dismiss(struct desk_visitor *visitor)
{
	if (!visitor->source)
		return;
	loop_remove(visitor->source);
	(void)close(visitor->fd);
	str_done(&visitor->id);
	*visitor = (struct desk_visitor){ .desk = visitor->desk };
}

/* Who does not read what they asked for has no use for it: nothing waits for them. */
static void desk_reply(struct desk_visitor *visitor, int status, const char *text, int fd)
{
	char number[16];
	const char *words[] = { number, text };

	(void)snprintf(number, sizeof(number), "%d", status);
	(void)control_send(visitor->fd, words, ARRAY_SIZE(words), fd);
	desk_dismiss(visitor);
}

static void desk_settle(struct desk_visitor *visitor)
{
	const struct desk_clerk *clerk = visitor->desk->clerk;

	if (visitor->message && clerk->is_settled(clerk->userdata, visitor->message))
		desk_reply(visitor, 0, str_text(&visitor->id), -1);
}

void desk_look(struct desk *desk)
{
	for (size_t i = 0; i < DESK_VISITORS_MAX; i++)
		desk_settle(&desk->visitors[i]);
}

/* --- what they ask for --- */

static void desk_on_send(struct desk_visitor *visitor, const char *digest)
{
	const struct desk_clerk *clerk = visitor->desk->clerk;
	struct err e = { "" };
	int status = clerk->send(clerk->userdata, digest, &visitor->message, &visitor->id, &e);

	if (status)
		desk_reply(visitor, status, e.text, -1);
	else
		desk_settle(visitor);
}

static void desk_on_trouble(struct desk_visitor *visitor, const char *argument UNUSED)
{
	const struct desk_clerk *clerk = visitor->desk->clerk;

	desk_reply(visitor, 0, clerk->trouble(clerk->userdata), -1);
}

static void desk_on_status(struct desk_visitor *visitor, const char *argument UNUSED)
{
	const struct desk_clerk *clerk = visitor->desk->clerk;
	_cleanup_str_ struct str line = STR_INIT;
	const char *database = clerk->status(clerk->userdata, &line);
	const char *words[] = { "0", str_text(&line), database };

	(void)control_send(visitor->fd, words, ARRAY_SIZE(words), -1);
	desk_dismiss(visitor);
}

static void desk_on_hurry(struct desk_visitor *visitor, const char *argument UNUSED)
{
	const struct desk_clerk *clerk = visitor->desk->clerk;

	clerk->hurry(clerk->userdata);
	desk_reply(visitor, 0, "", -1);
}

static void desk_take_back(struct desk_lent *lent, bool ends)
{
	if (!lent->source)
		return;
	if (ends)
		(void)kill(lent->pid, SIGKILL);
	while (waitpid(lent->pid, NULL, 0) < 0 && errno == EINTR)
		;
	loop_remove(lent->source);
	(void)close(lent->pidfd);
	lent->source = NULL;
}

static int on_lent_ended(struct loop_source *source UNUSED, void *userdata)
{
	desk_take_back(userdata, false);
	return 0;
}

static struct desk_lent *desk_free_place(struct desk *desk)
{
	for (size_t i = 0; i < DESK_LENT_MAX; i++)
		if (!desk->lent[i].source)
			return &desk->lent[i];
	return NULL;
}

/* The process is ours to wait for, whoever has its other end. */
static int desk_watch_lent(struct desk *desk, struct desk_lent *lent, pid_t pid)
{
	_cleanup_fd_ int pidfd = pidfd_open(pid, 0);
	int r = pidfd < 0
		? -errno
		: loop_add_fd(desk->loop, &lent->source, pidfd, EPOLLIN, on_lent_ended, lent);

	if (r < 0) {
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
		return r;
	}
	lent->pid = pid;
	lent->pidfd = TAKE_FD(pidfd);
	return 0;
}

static void desk_on_sender(struct desk_visitor *visitor, const char *argument)
{
	struct desk *desk = visitor->desk;
	struct desk_lent *lent = desk_free_place(desk);
	_cleanup_fd_ int fd = -1;
	struct err e = { "" };
	pid_t pid;
	int status;

	if (!lent) {
		desk_reply(visitor, EX_TEMPFAIL, "too many are testing at the same time", -1);
		return;
	}
	status = desk->clerk->lend(
		desk->clerk->userdata, str_equal(argument, "trace"), &pid, &fd, &e);
	if (status == 0 && desk_watch_lent(desk, lent, pid) < 0) {
		(void)err_set(&e, 0, "nudged-send cannot be watched");
		status = EX_OSERR;
	}
	desk_reply(visitor, status, e.text, status ? -1 : fd);
}

static void desk_answer(struct desk_visitor *visitor, const struct control_packet *packet)
{
	static const struct {
		const char *name;
		void (*answer)(struct desk_visitor *visitor, const char *argument);
	} requests[] = {
		{ "send", desk_on_send },
		{ "trouble", desk_on_trouble },
		{ "status", desk_on_status },
		{ "hurry", desk_on_hurry },
		{ "sender", desk_on_sender },
	};

	for (size_t i = 0; i < ARRAY_SIZE(requests); i++)
		if (str_equal(packet->words[0], requests[i].name)) {
			requests[i].answer(visitor, packet->words[1]);
			return;
		}
	desk_reply(visitor, EX_PROTOCOL, "this service does not know that request", -1);
}

/* --- coming and going --- */

static int on_visitor(struct loop_source *source UNUSED, void *userdata)
{
	struct desk_visitor *visitor = userdata;
	struct control_packet packet;
	int r = control_receive(visitor->fd, 0, &packet);

	if (r == -EAGAIN)
		return 0;
	/* Who speaks while they wait, or is gone, has not understood, or no longer wants to know. */
	if (r < 0 || visitor->message) {
		desk_dismiss(visitor);
		return 0;
	}
	if (packet.fd >= 0)
		(void)close(packet.fd);
	desk_answer(visitor, &packet);
	return 0;
}

static struct desk_visitor *desk_seat(struct desk *desk)
{
	struct desk_visitor *first = &desk->visitors[0];

	for (size_t i = 0; i < DESK_VISITORS_MAX; i++) {
		if (!desk->visitors[i].source)
			return &desk->visitors[i];
		if (desk->visitors[i].turn < first->turn)
			first = &desk->visitors[i];
	}
	desk_dismiss(first);
	return first;
}

static int on_knock(struct loop_source *source UNUSED, void *userdata)
{
	struct desk *desk = userdata;
	_cleanup_fd_ int fd = control_accept(desk->fd);
	struct desk_visitor *visitor;

	if (fd < 0)
		return 0;
	visitor = desk_seat(desk);
	if (loop_add_fd(desk->loop, &visitor->source, fd, EPOLLIN, on_visitor, visitor) < 0)
		return 0;
	visitor->turn = ++desk->turns;
	visitor->fd = TAKE_FD(fd);
	return 0;
}

int desk_new(struct desk **ret, struct loop *loop, const char *path, const struct desk_clerk *clerk,
	struct err *reterr)
{
	_cleanup_(desk_freep) struct desk *desk = calloc(1, sizeof(*desk));
	int r;

	if (!desk)
		return err_oom(reterr);
	desk->loop = loop;
	desk->clerk = clerk;
	for (size_t i = 0; i < DESK_VISITORS_MAX; i++)
		desk->visitors[i].desk = desk;
	desk->fd = control_listen(path, reterr);
	if (desk->fd < 0)
		return desk->fd;
	desk->path = str_dup(path);
	r = desk->path ? loop_add_fd(loop, &desk->source, desk->fd, EPOLLIN, on_knock, desk)
		       : -ENOMEM;
	if (r < 0)
		return err_set(reterr, r, "cannot listen at %s: %s", path, strerror(-r));
	*ret = TAKE_PTR(desk);
	return 0;
}

void desk_free(struct desk *desk)
{
	if (!desk)
		return;
	for (size_t i = 0; i < DESK_VISITORS_MAX; i++)
		desk_dismiss(&desk->visitors[i]);
	for (size_t i = 0; i < DESK_LENT_MAX; i++)
		desk_take_back(&desk->lent[i], true);
	loop_remove(desk->source);
	if (desk->fd >= 0)
		(void)close(desk->fd);
	if (desk->path)
		(void)unlink(desk->path);
	free(desk->path);
	free(desk);
}
