/* SPDX-License-Identifier: MIT */
/*
 * courier: starts the sender process and hands mails to it.
 */
#include "post/courier.h"

#include "base/fd.h"
#include "post/dialogue.h"
#include "post/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define COURIER_READ_SIZE     (16 * 1024)   /* bytes of one read() */
#define COURIER_KEEP_SIZE     (1024 * 1024) /* a buffer that grew larger is given back when empty */
#define COURIER_PATIENCE_MSEC 200 /* for a sender that has nothing to do, to end by itself */
#define COURIER_SENDER_FD     3   /* where nudged-send finds its end */

_Static_assert(COURIER_BODY_MAX == FRAME_BODY_MAX, "a body fits its frame");

struct courier_mail {
	uint64_t number;
	bool ready;
	bool confirmed;
};

struct courier {
	struct courier_handler handler;
	char *program;    /* NULL: the sender is a lent one */
	struct str hello; /* the server's frame, for every sender that is started */

	pid_t pid; /* 0: none runs */
	int fd;    /* -1: none runs */
	struct str in;
	struct str out;
	size_t out_at; /* bytes of `out` that were written */

	struct courier_mail *mails;
	size_t n_mails;
	size_t size_mails;
};

static int courier_check_server(const struct courier_server *server, struct err *reterr)
{
	static const char *const words[] = { "required", "opportunistic", "none" };
	size_t i = 0;

	if (str_empty(server->program))
		return err_set(reterr, -EINVAL, "the path of nudged-send is missing");
	if (str_empty(server->url) ||
		!(str_starts(server->url, "smtp://") || str_starts(server->url, "smtps://")))
		return err_set(reterr, -EINVAL,
			"the server's URL must begin with smtp:// or smtps://, as in "
			"\"smtp://mail.example.org:587\"");
	if (strchr(server->url, '@'))
		return err_set(reterr, -EINVAL,
			"the server's URL must not hold a user or password: they have keys of their own");
	while (i < ARRAY_SIZE(words) && !str_equal(server->tls, words[i]))
		i++;
	if (i == ARRAY_SIZE(words))
		return err_set(
			reterr, -EINVAL, "tls must be \"required\", \"opportunistic\" or \"none\"");
	if (!str_empty(server->password_file) + !!server->password_command +
			!!server->token_command >
		1)
		return err_set(reterr, -EINVAL,
			"password file, password command and token command exclude each other");
	if (server->connections < 1 || server->connections > COURIER_CONNECTIONS_MAX)
		return err_set(
			reterr, -EINVAL, "connections must be 1 to %d", COURIER_CONNECTIONS_MAX);
	return 0;
}

static int courier_write_hello(
	struct courier *courier, const struct courier_server *server, struct err *reterr)
{
	_cleanup_str_ struct str password = STR_INIT, token = STR_INIT;
	struct frame frame = { .type = FRAME_SERVER };
	int r;

	r = frame_add_words(&password, server->password_command, reterr);
	if (r < 0)
		return r;
	r = frame_add_words(&token, server->token_command, reterr);
	if (r < 0)
		return r;
	frame.number[SERVER_CONNECTIONS] = server->connections;
	frame.number[SERVER_IDLE_SECONDS] = server->idle_seconds;
	frame.number[SERVER_TIMEOUT_SECONDS] = server->timeout_seconds;
	frame.number[SERVER_TRACE] = server->trace;
	frame.text[SERVER_URL] = frame_text(server->url);
	frame.text[SERVER_TLS] = frame_text(server->tls);
	frame.text[SERVER_CA_FILE] = frame_text(server->ca_file);
	frame.text[SERVER_USER] = frame_text(server->user);
	frame.text[SERVER_PASSWORD_FILE] = frame_text(server->password_file);
	frame.text[SERVER_PASSWORD_COMMAND] = (struct frame_text){ password.data, password.len };
	frame.text[SERVER_TOKEN_COMMAND] = (struct frame_text){ token.data, token.len };
	return frame_write(&courier->hello, &frame, reterr);
}

int courier_new(struct courier **ret, const struct courier_server *server,
	const struct courier_handler *handler, struct err *reterr)
{
	_cleanup_(courier_freep) struct courier *courier = NULL;
	int r;

	r = courier_check_server(server, reterr);
	if (r < 0)
		return r;
	courier = calloc(1, sizeof(*courier));
	if (!courier)
		return err_oom(reterr);
	courier->handler = *handler;
	courier->fd = -1;
	courier->program = str_dup(server->program);
	if (!courier->program)
		return err_oom(reterr);
	r = courier_write_hello(courier, server, reterr);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(courier);
	return 0;
}

/* Gives the sender a moment to say good-bye to the server after it saw our end closed. */
static void courier_await_exit(const struct courier *courier)
{
	_cleanup_fd_ int end = pidfd_open(courier->pid, 0);
	struct pollfd exited = { .fd = end, .events = POLLIN };

	if (end >= 0)
		(void)poll(&exited, 1, COURIER_PATIENCE_MSEC);
}

/* Ends the sender. What it had sent but we had not read is gone: read first. A kill is safe at any
 * moment, and after it waitpid() returns at once. */
static int courier_end_sender(struct courier *courier)
{
	int status = 0;

	fd_close(&courier->fd);
	if (courier->pid > 0) {
		if (courier->n_mails == 0)
			courier_await_exit(courier);
		(void)kill(courier->pid, SIGKILL);
		while (waitpid(courier->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	courier->pid = 0;
	str_done(&courier->in);
	str_done(&courier->out);
	courier->out_at = 0;
	return status;
}

void courier_free(struct courier *courier)
{
	if (!courier)
		return;
	(void)courier_end_sender(courier);
	str_done(&courier->hello);
	free(courier->mails);
	free(courier->program);
	free(courier);
}

/* The sender's descriptors are its end of the socket pair and the standard ones; it takes no signal
 * mask and no handlers from a service that may block signals for its loop. */
static int courier_spawn(struct courier *courier, int fd)
{
	char *argv[] = { courier->program, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int r;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	r = posix_spawn_file_actions_init(&files);
	if (r != 0)
		return -r;
	r = posix_spawnattr_init(&attributes);
	if (r != 0) {
		(void)posix_spawn_file_actions_destroy(&files);
		return -r;
	}
	r = posix_spawn_file_actions_adddup2(&files, fd, COURIER_SENDER_FD);
	r = r ? r : posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	r = r ? r : posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	r = r ? r : posix_spawn_file_actions_addclosefrom_np(&files, COURIER_SENDER_FD + 1);
	r = r ? r : posix_spawnattr_setsigmask(&attributes, &none);
	r = r ? r : posix_spawnattr_setsigdefault(&attributes, &all);
	r = r ? r
	      : posix_spawnattr_setflags(
			&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	r = r ? r
	      : posix_spawn(&courier->pid, courier->program, &files, &attributes, argv, environ);
	if (r != 0)
		courier->pid = 0;
	(void)posix_spawnattr_destroy(&attributes);
	(void)posix_spawn_file_actions_destroy(&files);
	return -r;
}

static int courier_start_sender(struct courier *courier, struct err *reterr)
{
	int fds[2], r;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
		return err_set(reterr, -errno, "no socket for nudged-send: %s", strerror(errno));
	r = courier_spawn(courier, fds[1]);
	(void)close(fds[1]);
	if (r < 0) {
		(void)close(fds[0]);
		return err_set(reterr, r, "nudged-send could not be started from %s: %s",
			courier->program, strerror(-r));
	}
	courier->fd = fds[0];
	str_add_bytes(&courier->out, courier->hello.data, courier->hello.len);
	r = str_check(&courier->out, reterr);
	if (r < 0)
		(void)courier_end_sender(courier);
	return r;
}

/* Writes what can be without waiting. A sender that is gone is noticed, and settled, by reading. */
static void courier_flush(struct courier *courier)
{
	while (courier->out_at < courier->out.len) {
		ssize_t n = send(courier->fd, courier->out.data + courier->out_at,
			courier->out.len - courier->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return;
		courier->out_at += (size_t)n;
	}
	courier->out_at = 0;
	if (courier->out.size > COURIER_KEEP_SIZE)
		str_done(&courier->out);
	else
		str_clear(&courier->out);
}

int courier_lend(
	const struct courier_server *server, pid_t *ret_pid, int *ret_fd, struct err *reterr)
{
	static const struct courier_handler nobody = { 0 };
	_cleanup_(courier_freep) struct courier *courier = NULL;
	int r = courier_new(&courier, server, &nobody, reterr);

	if (r == 0)
		r = courier_start_sender(courier, reterr);
	if (r < 0)
		return r;
	courier_flush(courier);
	if (courier->out_at < courier->out.len)
		return err_set(reterr, -EIO, "nudged-send does not listen");
	*ret_pid = courier->pid;
	*ret_fd = courier->fd;
	courier->pid = 0;
	courier->fd = -1;
	return 0;
}

int courier_adopt(
	struct courier **ret, int fd, const struct courier_handler *handler, struct err *reterr)
{
	struct courier *courier = calloc(1, sizeof(*courier));

	if (!courier) {
		(void)close(fd);
		return err_oom(reterr);
	}
	courier->handler = *handler;
	courier->fd = fd;
	*ret = courier;
	return 0;
}

static struct courier_mail *courier_find(struct courier *courier, uint64_t number)
{
	for (size_t i = 0; i < courier->n_mails; i++)
		if (courier->mails[i].number == number)
			return &courier->mails[i];
	return NULL;
}

static int courier_remember(struct courier *courier, uint64_t number, struct err *reterr)
{
	if (courier->n_mails == courier->size_mails) {
		size_t size = courier->size_mails ? courier->size_mails * 2 : 16;
		struct courier_mail *mails = reallocarray(courier->mails, size, sizeof(*mails));

		if (!mails)
			return err_oom(reterr);
		courier->mails = mails;
		courier->size_mails = size;
	}
	courier->mails[courier->n_mails++] = (struct courier_mail){ .number = number };
	return 0;
}

static void courier_forget(struct courier *courier, struct courier_mail *mail)
{
	*mail = courier->mails[--courier->n_mails];
}

static int courier_check_mail(
	const char *from, const char *to, const void *body, size_t size, struct err *reterr)
{
	int r;

	r = dialogue_check_address(from, ERR_TEXT("sender"), reterr);
	if (r < 0)
		return r;
	r = dialogue_check_address(to, ERR_TEXT("recipient"), reterr);
	if (r < 0)
		return r;
	if (size > COURIER_BODY_MAX)
		return err_set(reterr, -EMSGSIZE, "the mail has %zu bytes, at most %zu may be",
			size, COURIER_BODY_MAX);
	if (size > 0 && memchr(body, '\0', size))
		return err_set(reterr, -EINVAL, "the mail holds a NUL byte, which no mail may");
	return 0;
}

/* Hands the sender, which is started where none runs, a frame that will be settled. */
static int courier_hand_over(
	struct courier *courier, uint64_t mail, struct frame *frame, struct err *reterr)
{
	int r;

	if (courier_find(courier, mail))
		return err_set(reterr, -EEXIST, "mail %ju is under way already", (uintmax_t)mail);
	if (courier->fd < 0 && !courier->program)
		return err_set(reterr, -EPIPE, "the service's nudged-send has ended");
	if (courier->fd < 0) {
		r = courier_start_sender(courier, reterr);
		if (r < 0)
			return r;
	}
	r = courier_remember(courier, mail, reterr);
	if (r < 0)
		return r;
	frame->number[MAIL_NUMBER] = mail;
	r = frame_write(&courier->out, frame, reterr);
	if (r < 0) {
		courier->n_mails--;
		return r;
	}
	courier_flush(courier);
	return 0;
}

int courier_post(struct courier *courier, uint64_t mail, const char *from, const char *to,
	const void *body, size_t size, struct err *reterr)
{
	struct frame frame = { .type = FRAME_MAIL };
	int r;

	r = courier_check_mail(from, to, body, size, reterr);
	if (r < 0)
		return r;
	frame.text[MAIL_FROM] = frame_text(from);
	frame.text[MAIL_TO] = frame_text(to);
	frame.text[MAIL_BODY] = (struct frame_text){ body, size };
	return courier_hand_over(courier, mail, &frame, reterr);
}

int courier_probe(struct courier *courier, uint64_t number, struct err *reterr)
{
	struct frame frame = { .type = FRAME_PROBE };

	return courier_hand_over(courier, number, &frame, reterr);
}

int courier_confirm(struct courier *courier, uint64_t number, struct err *reterr)
{
	struct courier_mail *mail = courier_find(courier, number);
	struct frame frame = { .type = FRAME_CONFIRM, .number = { number } };
	int r;

	if (!mail || !mail->ready || mail->confirmed)
		return err_set(
			reterr, -ENOENT, "no mail %ju waits for its last line", (uintmax_t)number);
	r = frame_write(&courier->out, &frame, reterr);
	if (r < 0)
		return r;
	mail->confirmed = true;
	courier_flush(courier);
	return 0;
}

int courier_fd(const struct courier *courier)
{
	return courier->fd;
}

short courier_events(const struct courier *courier)
{
	return courier->out_at < courier->out.len ? POLLIN | POLLOUT : POLLIN;
}

size_t courier_pending(const struct courier *courier)
{
	return courier->n_mails;
}

/* The sender is gone, or must be: every mail gets its end. The handlers may post again, to a sender
 * that is started anew, so all that belonged to the old one is put away first. */
static void courier_bury(struct courier *courier, const char *why)
{
	_cleanup_free_ struct courier_mail *mails = TAKE_PTR(courier->mails);
	size_t n = courier->n_mails;
	int status = courier_end_sender(courier);
	struct err reason;

	courier->n_mails = courier->size_mails = 0;
	if (why)
		(void)err_set(&reason, 0, "%s", why);
	else if (WIFSIGNALED(status))
		(void)err_set(&reason, 0, "nudged-send was ended by signal %d", WTERMSIG(status));
	else
		(void)err_set(&reason, 0, "nudged-send ended with status %d", WEXITSTATUS(status));
	for (size_t i = 0; i < n; i++) {
		struct post_result result;

		post_result_set(&result, mails[i].confirmed ? POST_IN_DOUBT : POST_SERVER,
			POST_CAUSE_PROGRAM, 0, "%s %s.", reason.text,
			mails[i].confirmed
				? err_translate(
					  "before it could tell whether the server took the mail")
				: err_translate("before the mail was sent"));
		courier->handler.settled(courier->handler.userdata, mails[i].number, &result);
	}
}

/* The frames' functions return 1 to go on, 0 where the sender was ended, -EBADMSG where the frame
 * does not fit what we know. */
static int courier_on_ready(struct courier *courier, const struct frame *frame)
{
	struct courier_mail *mail = courier_find(courier, frame->number[MAIL_NUMBER]);

	if (!mail || mail->ready)
		return -EBADMSG;
	mail->ready = true;
	courier->handler.ready(courier->handler.userdata, frame->number[MAIL_NUMBER]);
	return 1;
}

static int courier_on_settled(struct courier *courier, const struct frame *frame)
{
	struct courier_mail *mail = courier_find(courier, frame->number[MAIL_NUMBER]);
	uint64_t outcome = frame->number[SETTLED_OUTCOME], cause = frame->number[SETTLED_CAUSE];
	struct post_result result;

	if (!mail || outcome < POST_SENT || outcome >= POST_OUTCOME_COUNT ||
		cause >= POST_CAUSE_COUNT)
		return -EBADMSG;
	post_result_set(&result, (enum post_outcome)outcome, (enum post_cause)cause,
		(int)(frame->number[SETTLED_CODE] % 1000), "%s", frame->text[SETTLED_TEXT].data);
	courier_forget(courier, mail);
	courier->handler.settled(courier->handler.userdata, frame->number[MAIL_NUMBER], &result);
	return 1;
}

static int courier_on_trace(struct courier *courier, const struct frame *frame)
{
	if (courier->handler.trace)
		courier->handler.trace(courier->handler.userdata, frame->text[TRACE_LINE].data);
	return 1;
}

static int courier_on_warning(struct courier *courier, const struct frame *frame)
{
	if (courier->handler.warning)
		courier->handler.warning(courier->handler.userdata, frame->text[WARNING_TEXT].data);
	return 1;
}

/* The sender asks and does not end by itself: a mail may be on its way to it. */
static int courier_on_idle(struct courier *courier, const struct frame *frame UNUSED)
{
	if (courier->n_mails > 0)
		return 1;
	(void)courier_end_sender(courier);
	return 0;
}

static int courier_take_frames(struct courier *courier)
{
	static int (*const on[FRAME_TYPE_COUNT])(struct courier *, const struct frame *) = {
		[FRAME_READY] = courier_on_ready,
		[FRAME_SETTLED] = courier_on_settled,
		[FRAME_TRACE] = courier_on_trace,
		[FRAME_WARNING] = courier_on_warning,
		[FRAME_IDLE] = courier_on_idle,
	};
	size_t at = 0, used = 0;
	struct frame frame;
	int r;

	while ((r = frame_read(courier->in.data + at, courier->in.len - at, &frame, &used, NULL)) >
		0) {
		r = on[frame.type] ? on[frame.type](courier, &frame) : -EBADMSG;
		if (r <= 0)
			return r;
		at += used;
	}
	if (at > 0) {
		courier->in.len -= at;
		memmove(courier->in.data, courier->in.data + at, courier->in.len);
	}
	return r < 0 ? r : 1;
}

/* Returns 1 with bytes, 0 where none wait, -EPIPE where the sender is gone, -ENOMEM. */
static int courier_read(struct courier *courier)
{
	char buffer[COURIER_READ_SIZE];
	ssize_t n;

	do
		n = recv(courier->fd, buffer, sizeof(buffer), MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 0;
	if (n <= 0)
		return -EPIPE;
	str_add_bytes(&courier->in, buffer, (size_t)n);
	return str_check(&courier->in, NULL) < 0 ? -ENOMEM : 1;
}

int courier_dispatch(struct courier *courier, struct err *reterr)
{
	int r = 1;

	if (courier->fd < 0)
		return 0;
	courier_flush(courier);
	while (r > 0) {
		r = courier_read(courier);
		if (r > 0)
			r = courier_take_frames(courier);
	}
	if (r == -EPIPE)
		courier_bury(courier, NULL);
	else if (r == -EBADMSG)
		courier_bury(courier,
			err_translate("nudged-send said what nobody understands, was ended"));
	else if (r == -ENOMEM)
		courier_bury(courier, err_translate("memory ran out, nudged-send was ended"));
	return r == -ENOMEM ? err_oom(reterr) : 0;
}
