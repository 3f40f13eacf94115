/* SPDX-License-Identifier: MIT */
/*
 * sender: the process that speaks to the mail server for the courier.
 */
#include "post/sender.h"

#include "base/clock.h"
#include "conf/url.h"
#include "post/cage.h"
#include "post/connection.h"
#include "post/courier.h"
#include "post/frame.h"
#include "post/keeper.h"
#include "post/mask.h"
#include "post/queue.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#define SENDER_READ_SIZE (64 * 1024)

/* A place for a connection and the mail on it. */
struct sender_slot {
	struct connection *connection;
	struct queue_mail *mail;
};

struct sender {
	int fd;
	struct str in;
	struct str out;

	bool described; /* the server's frame came */
	char *text[SERVER_TEXTS];
	char **password_command; /* arguments inside text[] */
	char **token_command;
	unsigned connections;
	int64_t idle_msec;
	struct link_settings settings;
	int keeper;       /* who fetches the secret; -1: there is none */
	char *secret;     /* SECRET_MAX bytes while connections are being opened, else NULL */
	struct mask mask; /* of the secret, for what the server says */

	struct queue waiting; /* mails without a connection */
	struct sender_slot slots[COURIER_CONNECTIONS_MAX];
	unsigned limit;  /* connections that the server bears, at most `connections` */
	bool proven;     /* a login succeeded: more of them will not be mistaken for an attack */
	int64_t idle_at; /* when the last mail ended */
	bool spent;      /* no connection came about: the next attempt is a fresh sender's */
	bool idle_told;
	bool moved; /* a mail came to an end, or waits for another connection */
};

/* --- what the courier is told --- */

static void sender_say(struct sender *sender, const struct frame *frame)
{
	/* A frame that cannot be said must not be missed: sender_flush() ends the process. */
	if (frame_write(&sender->out, frame, NULL) < 0)
		sender->out.failed = true;
}

static void sender_say_settled(
	struct sender *sender, const struct queue_mail *mail, const struct post_result *result)
{
	struct frame frame = { .type = FRAME_SETTLED };
	char text[sizeof(result->text)];

	(void)strcpy(text, result->text);
	mask_apply(&sender->mask, text);
	frame.number[MAIL_NUMBER] = mail->number;
	frame.number[SETTLED_OUTCOME] = result->outcome;
	frame.number[SETTLED_CAUSE] = result->cause;
	frame.number[SETTLED_CODE] = (uint64_t)result->code;
	frame.text[SETTLED_TEXT] = frame_text(text);
	sender_say(sender, &frame);
	sender->idle_at = clock_monotonic_msec();
	sender->idle_told = false;
}

static void sender_on_trace(void *userdata, const char *line)
{
	struct sender *sender = userdata;
	_cleanup_free_ char *text = str_dup(line);
	struct frame frame = { .type = FRAME_TRACE };

	if (!text) {
		sender->out.failed = true;
		return;
	}
	mask_apply(&sender->mask, text);
	frame.text[0] = frame_text(text);
	sender_say(sender, &frame);
}

static int sender_flush(struct sender *sender, struct err *reterr)
{
	ssize_t n;

	if (sender->out.failed)
		return err_oom(reterr);
	if (sender->out.len == 0)
		return 0;
	n = send(sender->fd, sender->out.data, sender->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n < 0)
		return err_set(reterr, -errno, "the service cannot be told: %s", strerror(errno));
	sender->out.len -= (size_t)n;
	memmove(sender->out.data, sender->out.data + n, sender->out.len);
	return 0;
}

/* --- mails that wait --- */

static void sender_settle_waiting(struct sender *sender, const struct post_result *result)
{
	struct queue_mail *mail;

	while ((mail = queue_take(&sender->waiting)) != NULL) {
		sender_say_settled(sender, mail, result);
		free(mail);
	}
}

/* --- the secret --- */

static void sender_drop_secret(struct sender *sender)
{
	if (sender->secret)
		secret_wipe(sender->secret);
	free(TAKE_PTR(sender->secret));
}

static int sender_fetch_secret(struct sender *sender, struct err *reterr)
{
	int r;

	if (sender->secret || sender->keeper < 0)
		return 0;
	sender->secret = calloc(1, SECRET_MAX);
	r = sender->secret ? keeper_ask(sender->keeper, sender->secret, reterr) : err_oom(reterr);
	if (r >= 0)
		mask_learn(&sender->mask, sender->secret);
	return r;
}

static int sender_start_keeper(struct sender *sender, struct err *reterr)
{
	unsigned seconds = sender->settings.timeout_seconds;
	const struct keeper_source source = {
		.command = sender->token_command ? sender->token_command : sender->password_command,
		.file = sender->text[SERVER_PASSWORD_FILE],
		.seconds = seconds ? seconds : SECRET_TIMEOUT_SECONDS,
	};

	if (!source.command && str_empty(source.file))
		return 0;
	return keeper_start(&sender->keeper, &source, reterr);
}

/* --- the cage --- */

/* Before the first mail, so before the first byte from the network. What cannot be closed is said,
 * and no reason to keep mails back. */
static int sender_close_cage(struct sender *sender, struct err *reterr)
{
	struct frame frame = { .type = FRAME_WARNING };
	struct url url = { 0 };
	struct err e = { "" };
	int r = url_parse(&url, sender->text[SERVER_URL], reterr), port = url.port;

	url_done(&url);
	if (r < 0)
		return r;
	/* Reads the catalogue of the person's language, which may lie out of reach afterwards. */
	(void)err_translate("out of memory");
	r = cage_close(sender->text[SERVER_CA_FILE], port, &e);
	if (r < 0)
		return err_set(reterr, r, "%s", e.text);
	if (r == CAGE_OPEN) {
		frame.text[WARNING_TEXT] = frame_text(e.text);
		sender_say(sender, &frame);
	}
	return 0;
}

/* --- connections --- */

static void sender_close_slot(struct sender_slot *slot)
{
	connection_free(TAKE_PTR(slot->connection));
	free(TAKE_PTR(slot->mail));
}

static unsigned sender_count(
	const struct sender *sender, bool (*has)(const struct connection *connection))
{
	unsigned n = 0;

	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		if (sender->slots[i].connection && (!has || has(sender->slots[i].connection)))
			n++;
	return n;
}

/* Opens one more connection; what fails here would fail for each mail. */
static bool sender_open(struct sender *sender)
{
	struct sender_slot *slot = sender->slots;
	struct post_result failure;
	struct err e;
	int r;

	while (slot->connection)
		slot++;
	r = sender_fetch_secret(sender, &e);
	if (r < 0) {
		sender_drop_secret(sender);
		post_result_set(&failure, POST_SERVER, POST_CAUSE_SECRET, 0, "%s.", e.text);
	} else {
		r = connection_new(&slot->connection, &sender->settings, sender->secret, &e);
		if (r >= 0)
			return true;
		post_result_set(&failure, POST_SERVER, POST_CAUSE_PROGRAM, 0, "%s.", e.text);
	}
	sender_settle_waiting(sender, &failure);
	return false;
}

/* As many as mails wait; but until one has logged in only that one, for a wrong password that is
 * tried four times at once may lock its owner out. */
static void sender_open_more(struct sender *sender)
{
	unsigned opening = sender_count(sender, connection_is_opening);
	unsigned open = sender_count(sender, NULL);
	unsigned limit = sender->proven ? sender->limit : 1;
	struct queue_mail *mail = sender->waiting.first;

	for (unsigned i = 0; i < opening && mail; i++)
		mail = mail->next;
	for (; mail && open < limit; open++, mail = mail->next)
		if (!sender_open(sender))
			return;
}

/* Who asks wants to know of a fresh connection, so this one says good-bye. */
static void sender_end_probe(
	struct sender *sender, struct sender_slot *slot, struct queue_mail *mail)
{
	struct post_result result;

	post_result_set(&result, POST_SENT, POST_CAUSE_NONE, 0, "The server lets us in.");
	sender_say_settled(sender, mail, &result);
	free(mail);
	connection_quit(slot->connection);
}

static void sender_start(struct sender *sender, struct sender_slot *slot, struct queue_mail *mail)
{
	struct post_result result;
	struct err e;

	mail->ready = false;
	slot->mail = mail;
	if (connection_start(slot->connection, &mail->mail, &e) >= 0)
		return;
	post_result_set(&result, POST_REFUSED, POST_CAUSE_PROGRAM, 0, "%s.", e.text);
	sender_say_settled(sender, mail, &result);
	free(TAKE_PTR(slot->mail));
}

static void sender_schedule(struct sender *sender)
{
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++) {
		struct sender_slot *slot = &sender->slots[i];
		struct queue_mail *mail;

		if (!slot->connection || slot->mail || !connection_is_free(slot->connection))
			continue;
		mail = queue_take(&sender->waiting);
		if (!mail)
			break;
		(mail->probe ? sender_end_probe : sender_start)(sender, slot, mail);
	}
	if (sender->waiting.first)
		sender_open_more(sender);
	else
		sender->limit = sender->connections;
	if (sender->secret && sender_count(sender, connection_is_opening) == 0)
		sender_drop_secret(sender);
}

/* Where others are open, the server or its host merely bears no more of them. Else nothing can be
 * sent, and attempts under way would fail alike. */
static void sender_on_failure(struct sender *sender, const struct post_result *failure)
{
	unsigned open = sender_count(sender, NULL) - sender_count(sender, connection_is_opening) -
		sender_count(sender, connection_is_over);

	if (open > 0) {
		sender->limit = open;
		return;
	}
	sender->proven = false;
	sender->spent = true;
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		if (sender->slots[i].connection &&
			connection_is_opening(sender->slots[i].connection))
			sender_close_slot(&sender->slots[i]);
	sender_drop_secret(sender);
	sender_settle_waiting(sender, failure);
}

/* A connection that rested may have been given up by the server, which shows with the next mail:
 * that is no fault of the mail's, and it gets another. */
static bool sender_is_stale(const struct sender_slot *slot, const struct post_result *result)
{
	return !slot->mail->retried && !slot->mail->ready && result->cause == POST_CAUSE_BROKEN &&
		connection_has_rested(slot->connection) && connection_is_over(slot->connection);
}

static void sender_on_settled(struct sender *sender, struct sender_slot *slot)
{
	const struct post_result *result = connection_result(slot->connection);

	sender->moved = true;
	if (sender_is_stale(slot, result)) {
		slot->mail->retried = true;
		queue_put_back(&sender->waiting, TAKE_PTR(slot->mail));
		return;
	}
	sender_say_settled(sender, slot->mail, result);
	free(TAKE_PTR(slot->mail));
}

static void sender_on_ready(struct sender *sender, struct sender_slot *slot)
{
	struct frame frame = { .type = FRAME_READY, .number = { slot->mail->number } };

	slot->mail->ready = true;
	sender_say(sender, &frame);
}

static void sender_take_events(struct sender *sender, struct sender_slot *slot)
{
	enum connection_event event;

	while (slot->connection &&
		(event = connection_event(slot->connection)) != CONNECTION_NOTHING) {
		if (event == CONNECTION_OPENED)
			sender->proven = true, sender->spent = false;
		else if (event == CONNECTION_FAILED)
			sender_on_failure(sender, connection_result(slot->connection));
		else if (event == CONNECTION_READY && slot->mail)
			sender_on_ready(sender, slot);
		else if (event == CONNECTION_SETTLED && slot->mail)
			sender_on_settled(sender, slot);
	}
	if (slot->connection && connection_is_over(slot->connection))
		sender_close_slot(slot);
}

/* --- what the courier says --- */

static int sender_on_server(struct sender *sender, const struct frame *frame, struct err *reterr)
{
	uint64_t connections = frame->number[SERVER_CONNECTIONS];
	int r;

	if (sender->described || connections < 1 || connections > COURIER_CONNECTIONS_MAX)
		return err_set(reterr, -EBADMSG, "the service describes no server or a second one");
	for (unsigned i = 0; i < SERVER_TEXTS; i++) {
		sender->text[i] = malloc(frame->text[i].size + 1);
		if (!sender->text[i])
			return err_oom(reterr);
		memcpy(sender->text[i], frame->text[i].data, frame->text[i].size + 1);
	}
	r = frame_split_words(sender->text[SERVER_PASSWORD_COMMAND],
		frame->text[SERVER_PASSWORD_COMMAND].size, &sender->password_command, reterr);
	if (r < 0)
		return r;
	r = frame_split_words(sender->text[SERVER_TOKEN_COMMAND],
		frame->text[SERVER_TOKEN_COMMAND].size, &sender->token_command, reterr);
	if (r < 0)
		return r;
	sender->described = true;
	sender->connections = sender->limit = (unsigned)connections;
	sender->idle_msec = (int64_t)(frame->number[SERVER_IDLE_SECONDS] % 1000000000) * 1000;
	sender->settings = (struct link_settings){
		.url = sender->text[SERVER_URL],
		.tls = sender->text[SERVER_TLS],
		.ca_file = sender->text[SERVER_CA_FILE],
		.user = sender->text[SERVER_USER],
		.token = sender->token_command != NULL,
		.timeout_seconds = (unsigned)(frame->number[SERVER_TIMEOUT_SECONDS] % 1000000),
		.trace = frame->number[SERVER_TRACE] ? sender_on_trace : NULL,
		.userdata = sender,
	};
	r = sender_start_keeper(sender, reterr);
	return r < 0 ? r : sender_close_cage(sender, reterr);
}

static int sender_on_mail(struct sender *sender, const struct frame *frame, struct err *reterr)
{
	struct queue_mail *mail = NULL;
	int r;

	if (!sender->described)
		return err_set(
			reterr, -EBADMSG, "the service hands over a mail and names no server");
	r = queue_mail_new(&mail, frame, reterr);
	if (r < 0)
		return r;
	queue_add(&sender->waiting, mail);
	sender->idle_told = false;
	return 0;
}

/* No mail of that number: it was settled while the confirmation was on its way. */
static int sender_on_confirm(
	struct sender *sender, const struct frame *frame, struct err *reterr UNUSED)
{
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++) {
		struct sender_slot *slot = &sender->slots[i];

		if (slot->mail && slot->mail->ready &&
			slot->mail->number == frame->number[MAIL_NUMBER])
			connection_release(slot->connection);
	}
	return 0;
}

static int sender_take_frames(struct sender *sender, struct err *reterr)
{
	static int (*const on[FRAME_TYPE_COUNT])(
		struct sender *, const struct frame *, struct err *) = {
		[FRAME_SERVER] = sender_on_server,
		[FRAME_MAIL] = sender_on_mail,
		[FRAME_PROBE] = sender_on_mail,
		[FRAME_CONFIRM] = sender_on_confirm,
	};
	struct frame frame;
	size_t at = 0, used = 0;
	int r;

	while ((r = frame_read(sender->in.data + at, sender->in.len - at, &frame, &used, reterr)) >
		0) {
		if (!on[frame.type])
			return err_set(reterr, -EBADMSG, "the service sent a frame of type %u",
				(unsigned)frame.type);
		r = on[frame.type](sender, &frame, reterr);
		if (r < 0)
			return r;
		at += used;
	}
	if (at == 0)
		return r;
	sender->in.len -= at;
	memmove(sender->in.data, sender->in.data + at, sender->in.len);
	return r;
}

/* Returns 1 to go on, 0 where the service hung up. */
static int sender_listen(struct sender *sender, struct err *reterr)
{
	char buffer[SENDER_READ_SIZE];
	ssize_t n = recv(sender->fd, buffer, sizeof(buffer), MSG_DONTWAIT);
	int r;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 1;
	if (n <= 0)
		return 0;
	str_add_bytes(&sender->in, buffer, (size_t)n);
	r = str_check(&sender->in, reterr);
	if (r < 0)
		return r;
	r = sender_take_frames(sender, reterr);
	return r < 0 ? r : 1;
}

/* --- the loop --- */

static void sender_quit(struct sender *sender)
{
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		if (sender->slots[i].connection)
			connection_quit(sender->slots[i].connection);
}

/* Nothing has been to do for long: says good-bye to the server and asks the courier to be ended.
 * Returns milliseconds until that, -1 where there is something to do. */
static int sender_rest(struct sender *sender)
{
	int64_t left = sender->spent ? 0
				     : sender->idle_at + sender->idle_msec - clock_monotonic_msec();

	if (!sender->described || sender->idle_told || sender->waiting.first)
		return -1;
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		if (sender->slots[i].mail)
			return -1;
	if (left > 0)
		return left > 3600000 ? 3600000 : (int)left;
	sender_quit(sender);
	sender_say(sender, &(struct frame){ .type = FRAME_IDLE });
	sender->idle_told = true;
	return -1;
}

static int sender_sooner(int a, int b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* One turn: waits, then lets everyone move what can be moved. Returns as sender_listen(). */
static int sender_turn(struct sender *sender, struct err *reterr)
{
	struct pollfd fds[1 + COURIER_CONNECTIONS_MAX * LINK_POLL_MAX];
	size_t at[COURIER_CONNECTIONS_MAX + 1], n = 1;
	int msec = sender_rest(sender);

	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++) {
		int due = -1;

		at[i] = n;
		if (sender->slots[i].connection)
			n += connection_poll(sender->slots[i].connection, fds + n, &due);
		msec = sender_sooner(msec, due);
	}
	at[COURIER_CONNECTIONS_MAX] = n;
	fds[0] = (struct pollfd){ .fd = sender->fd,
		.events = sender->out.len > 0 ? POLLIN | POLLOUT : POLLIN };
	if (poll(fds, n, msec) < 0)
		return errno == EINTR ? 1 : err_set(reterr, -errno, "poll: %s", strerror(errno));

	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		if (sender->slots[i].connection)
			connection_dispatch(
				sender->slots[i].connection, fds + at[i], at[i + 1] - at[i]);
	return fds[0].revents ? sender_listen(sender, reterr) : 1;
}

static void sender_take_all_events(struct sender *sender)
{
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		sender_take_events(sender, &sender->slots[i]);
}

/* A mail may come to an end, or its connection turn out to be gone, as soon as it is put on it: poll() would not
 * tell of those that wait. Each ends or is put back once, so this ends. */
static void sender_go_on(struct sender *sender)
{
	do {
		sender->moved = false;
		sender_take_all_events(sender);
		sender_schedule(sender);
		sender_take_all_events(sender);
	} while (sender->moved && sender->waiting.first);
}

static int sender_loop(struct sender *sender, struct err *reterr)
{
	int r;

	for (;;) {
		r = sender_turn(sender, reterr);
		if (r <= 0)
			return r;
		sender_go_on(sender);
		r = sender_flush(sender, reterr);
		if (r < 0)
			return r;
	}
}

static void sender_free(struct sender *sender)
{
	sender_quit(sender);
	for (unsigned i = 0; i < COURIER_CONNECTIONS_MAX; i++)
		sender_close_slot(&sender->slots[i]);
	for (struct queue_mail *mail; (mail = queue_take(&sender->waiting)) != NULL;)
		free(mail);
	sender_drop_secret(sender);
	for (unsigned i = 0; i < SERVER_TEXTS; i++)
		free(sender->text[i]);
	free(sender->password_command);
	free(sender->token_command);
	if (sender->keeper >= 0)
		(void)close(sender->keeper);
	str_done(&sender->in);
	str_done(&sender->out);
	free(sender);
}
DEFINE_CLEANUP(struct sender *, sender_free);

int sender_run(int fd, struct err *reterr)
{
	_cleanup_(sender_freep) struct sender *sender = NULL;
	int r;

	r = cage_prepare(reterr);
	if (r < 0)
		return r;
	r = link_global_init(reterr);
	if (r < 0)
		return r;
	sender = calloc(1, sizeof(*sender));
	if (!sender)
		return err_oom(reterr);
	sender->fd = fd;
	sender->keeper = -1;
	(void)getrandom(&sender->mask.key, sizeof(sender->mask.key), GRND_NONBLOCK);
	queue_init(&sender->waiting);
	sender->idle_at = clock_monotonic_msec();
	return sender_loop(sender, reterr);
}
