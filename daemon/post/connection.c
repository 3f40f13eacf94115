/* SPDX-License-Identifier: MIT */
/*
 * connection: one connection to the mail server and the mail that is on it: a link, the dialogue
 * over it, and their timeouts.
 */
#include "post/connection.h"

#include "base/clock.h"

#include <stdio.h>

#define CONNECTION_READ_SIZE  4096
#define CONNECTION_FRESH_MSEC 1000 /* no server gives up a connection that soon */

struct connection {
	const struct link_settings *settings;
	struct link *link;
	struct dialogue *dialogue; /* NULL until the link is open */
	struct post_result failure;
	bool failed;
	bool told; /* that it opened or failed */
	int64_t opened_msec;
	unsigned started; /* mails */
	bool rested;      /* before the last of them */

	bool blocked; /* bytes wait for the server to take more */
	uint64_t progress;
	int64_t due_msec; /* when the server's patience with us, or ours with it, is over; -1 */
};

int connection_new(struct connection **ret, const struct link_settings *settings,
	const char *secret, struct err *reterr)
{
	_cleanup_(connection_freep) struct connection *connection = calloc(1, sizeof(*connection));
	int r;

	if (!connection)
		return err_oom(reterr);
	connection->settings = settings;
	connection->due_msec = -1;
	r = link_new(&connection->link, settings, secret, reterr);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(connection);
	return 0;
}

void connection_free(struct connection *connection)
{
	if (!connection)
		return;
	dialogue_free(connection->dialogue);
	link_free(connection->link);
	free(connection);
}

bool connection_is_opening(const struct connection *connection)
{
	return !connection->dialogue && !connection->failed;
}

bool connection_is_free(const struct connection *connection)
{
	return connection->dialogue && dialogue_is_idle(connection->dialogue);
}

bool connection_is_over(const struct connection *connection)
{
	return connection->failed ||
		(connection->dialogue && dialogue_is_closed(connection->dialogue));
}

bool connection_has_rested(const struct connection *connection)
{
	return connection->rested;
}

const struct post_result *connection_result(const struct connection *connection)
{
	return connection->failed ? &connection->failure : dialogue_result(connection->dialogue);
}

enum connection_event connection_event(struct connection *connection)
{
	if (connection_is_opening(connection))
		return CONNECTION_NOTHING;
	if (!connection->told) {
		connection->told = true;
		return connection->failed ? CONNECTION_FAILED : CONNECTION_OPENED;
	}
	if (connection->failed)
		return CONNECTION_NOTHING;
	switch (dialogue_event(connection->dialogue)) {
	case DIALOGUE_READY:
		return CONNECTION_READY;
	case DIALOGUE_SETTLED:
		return CONNECTION_SETTLED;
	default:
		return CONNECTION_NOTHING;
	}
}

/* --- bytes --- */

/* Reads all there is. Returns false where the connection is gone, with a sentence. */
static bool connection_receive(struct connection *connection, struct err *reterr)
{
	char buffer[CONNECTION_READ_SIZE];
	ssize_t n;

	while (!dialogue_is_closed(connection->dialogue)) {
		n = link_receive(connection->link, buffer, sizeof(buffer), reterr);
		if (n <= 0)
			return n == 0;
		dialogue_input(connection->dialogue, buffer, (size_t)n);
		if ((size_t)n < sizeof(buffer) && link_is_plain(connection->link))
			break;
	}
	return true;
}

static bool connection_send(struct connection *connection, struct err *reterr)
{
	const char *bytes;
	size_t n;

	connection->blocked = false;
	while ((bytes = dialogue_output(connection->dialogue, &n)) != NULL) {
		ssize_t k = link_send(connection->link, bytes, n, reterr);

		if (k < 0)
			return false;
		if (k == 0) {
			connection->blocked = true;
			return true;
		}
		dialogue_sent(connection->dialogue, (size_t)k);
	}
	return true;
}

static void connection_break(struct connection *connection, const struct err *e)
{
	if (!dialogue_is_closed(connection->dialogue))
		dialogue_break(connection->dialogue, POST_CAUSE_BROKEN, e->text);
}

/* Where writing fails the server's last words may still be there to read: they tell more. */
static void connection_push(struct connection *connection)
{
	struct err e, ignored;

	if (connection_send(connection, &e))
		return;
	(void)connection_receive(connection, &ignored);
	connection_break(connection, &e);
}

static void connection_move(struct connection *connection)
{
	struct err e;

	if (connection_receive(connection, &e))
		connection_push(connection);
	else
		connection_break(connection, &e);
}

/* --- time --- */

static unsigned connection_patience(const struct connection *connection)
{
	static const unsigned seconds[] = {
		[DIALOGUE_WAIT_NONE] = 0,
		[DIALOGUE_WAIT_REPLY] = CONNECTION_REPLY_SECONDS,
		[DIALOGUE_WAIT_DOT] = CONNECTION_DOT_SECONDS,
		[DIALOGUE_WAIT_QUIT] = CONNECTION_QUIT_SECONDS,
	};
	enum dialogue_wait wait = dialogue_wait(connection->dialogue);

	if (wait != DIALOGUE_WAIT_NONE && connection->settings->timeout_seconds)
		return connection->settings->timeout_seconds;
	return seconds[wait];
}

/* Every reply and every byte taken starts the time anew, half a reply does not. */
static void connection_watch(struct connection *connection)
{
	uint64_t progress = dialogue_progress(connection->dialogue);
	unsigned seconds = connection_patience(connection);
	int64_t now = clock_monotonic_msec();
	char why[80];

	if (seconds == 0) {
		connection->due_msec = -1;
	} else if (connection->due_msec < 0 || progress != connection->progress) {
		connection->due_msec = now + (int64_t)seconds * 1000;
	} else if (now >= connection->due_msec) {
		(void)snprintf(why, sizeof(why),
			err_translate("the server did not answer within %u seconds"), seconds);
		dialogue_break(connection->dialogue, POST_CAUSE_TIMEOUT, why);
		connection->due_msec = -1;
	}
	connection->progress = progress;
}

/* --- driving --- */

static void connection_fail(struct connection *connection, const struct post_result *failure)
{
	connection->failed = true;
	connection->failure = *failure;
}

static void connection_open(struct connection *connection)
{
	struct post_result failure;

	connection->opened_msec = clock_monotonic_msec();
	if (link_state(connection->link) == LINK_FAILED) {
		connection_fail(connection, link_failure(connection->link));
	} else if (link_state(connection->link) == LINK_OPEN &&
		dialogue_new(&connection->dialogue, link_offer(connection->link),
			connection->settings->trace, connection->settings->userdata, NULL) < 0) {
		post_result_set(&failure, POST_SERVER, POST_CAUSE_PROGRAM, 0, "Memory ran out.");
		connection_fail(connection, &failure);
	}
}

int connection_start(
	struct connection *connection, const struct dialogue_mail *mail, struct err *reterr)
{
	int r = dialogue_start(connection->dialogue, mail, reterr);

	if (r < 0)
		return r;
	connection->rested = connection->started++ > 0 ||
		clock_monotonic_msec() - connection->opened_msec >= CONNECTION_FRESH_MSEC;
	connection_move(connection);
	connection_watch(connection);
	return 0;
}

void connection_release(struct connection *connection)
{
	dialogue_release(connection->dialogue);
	/* What came to read has been read: poll() told. */
	connection_push(connection);
	connection_watch(connection);
}

void connection_quit(struct connection *connection)
{
	if (!connection_is_free(connection))
		return;
	dialogue_quit(connection->dialogue);
	connection_move(connection);
	connection_watch(connection);
}

size_t connection_poll(
	const struct connection *connection, struct pollfd fds[LINK_POLL_MAX], int *ret_msec)
{
	int64_t left;

	if (connection_is_opening(connection))
		return link_poll(connection->link, fds, ret_msec);
	left = connection->due_msec - clock_monotonic_msec();
	*ret_msec = connection->due_msec < 0 ? -1 : left < 0 ? 0 : (int)left;
	fds[0] = (struct pollfd){ .fd = link_fd(connection->link),
		.events = connection->blocked ? POLLIN | POLLOUT : POLLIN };
	return 1;
}

void connection_dispatch(struct connection *connection, const struct pollfd *fds, size_t n)
{
	if (connection->failed)
		return;
	if (connection_is_opening(connection)) {
		link_dispatch(connection->link, fds, n);
		connection_open(connection);
		return;
	}
	if (n > 0 && fds[0].revents)
		connection_move(connection);
	if (!dialogue_is_closed(connection->dialogue))
		connection_watch(connection);
}
