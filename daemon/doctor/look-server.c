/* SPDX-License-Identifier: MIT */
/*
 * look-server: the mail server, reached as the mails reach it: by nudged-send, in its cage.
 *
 * Where the password is a credential, which systemd gives to the service alone, that one lends a sender; where it
 * does not run, the server is looked at without the login.
 */
#include "base/control.h"
#include "base/fd.h"
#include "base/lock.h"
#include "base/retell.h"
#include "book/outbox.h"
#include "book/troubles.h"
#include "doctor/doctor-internal.h"
#include "post/courier.h"
#include "post/route.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#define LOOK_NUMBER 1    /* of the one probe */
#define LOOK_MSEC   5000 /* for the service to lend a sender */

static void look_ready(void *userdata, uint64_t mail)
{
	(void)userdata;
	(void)mail;
}

static void look_settled(void *userdata, uint64_t mail, const struct post_result *result)
{
	struct post_result *ret = userdata;

	(void)mail;
	*ret = *result;
}

static int look_wait(struct courier *courier, struct err *reterr)
{
	int r = 0;

	while (r == 0 && courier_pending(courier) > 0) {
		struct pollfd p = { courier_fd(courier), courier_events(courier), 0 };

		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			return err_set(reterr, -errno, "cannot wait: %s", strerror(errno));
		r = courier_dispatch(courier, reterr);
	}
	return r;
}

/* By the service's own sender, where `lent`, else by one for that server. */
static int look_reach(
	const struct courier_server *server, int lent, struct post_result *ret, struct err *reterr)
{
	const struct courier_handler handler = {
		.ready = look_ready, .settled = look_settled, .userdata = ret
	};
	_cleanup_(courier_freep) struct courier *courier = NULL;
	int r = server ? courier_new(&courier, server, &handler, reterr)
		       : courier_adopt(&courier, lent, &handler, reterr);

	if (r == 0)
		r = courier_probe(courier, LOOK_NUMBER, reterr);
	return r < 0 ? r : look_wait(courier, reterr);
}

/* Asks the running service: 0 and its reply, or negative. */
static int look_ask(const struct doctor *doctor, const char *request, struct control_packet *ret)
{
	_cleanup_free_ char *socket = lock_socket_of(doctor->conf->database);

	return socket ? control_ask(socket, request, "", LOOK_MSEC, ret, NULL) : -ENOENT;
}

/* The same server without the login, of which it is known what is wrong. */
static int look_reach_without_login(struct doctor *doctor, struct err *reterr)
{
	struct conf anonymous = *doctor->conf;
	_cleanup_route_ struct route route = { 0 };
	int r;

	anonymous.smtp.user = NULL;
	anonymous.smtp.password_credential = anonymous.smtp.password_file = NULL;
	anonymous.smtp.password_command = anonymous.smtp.token_command = NULL;
	r = route_make(&route, &anonymous, reterr);
	return r < 0 ? r : look_reach(&route.server, -1, &doctor->server.reached, reterr);
}

/* What the service has recorded of it, in the reader's language. */
static void look_up_experience(struct doctor *doctor)
{
	_cleanup_troubles_ struct troubles troubles = { 0 };

	if (!doctor->store || troubles_list(doctor->store, &troubles, NULL) < 0)
		return;
	for (size_t i = 0; i < troubles.n; i++)
		if (!doctor->server.experience.len &&
			(str_equal(troubles.all[i].kind, TROUBLES_SERVER) ||
				str_equal(troubles.all[i].kind, TROUBLES_PASSWORD)))
			retell(&doctor->server.experience, troubles.all[i].text, err_translate);
}

/* A lent sender speaks as the service does. */
static void look_retell(struct post_result *result)
{
	_cleanup_str_ struct str text = STR_INIT;

	retell(&text, result->text, err_translate);
	post_result_set(
		result, result->outcome, result->cause, result->code, "%s", str_text(&text));
}

/* With the login, by whoever has the password. */
static int look_reach_with_login(struct doctor *doctor, struct err *reterr)
{
	struct server *server = &doctor->server;
	_cleanup_route_ struct route route = { 0 };
	struct control_packet reply;
	int r = route_make(&route, doctor->conf, reterr);

	if (r != -ENOENT)
		return r < 0 ? r : look_reach(&route.server, -1, &server->reached, reterr);
	server->hidden = look_ask(doctor, "sender", &reply) < 0 || reply.fd < 0;
	if (server->hidden)
		return 0;
	r = look_reach(NULL, reply.fd, &server->reached, reterr);
	if (r == 0)
		look_retell(&server->reached);
	return r;
}

static int look_at_server(struct doctor *doctor, struct err *reterr)
{
	struct server *server = &doctor->server;
	struct outbox_counts counts = { 0 };
	int r = look_reach_with_login(doctor, reterr);

	if (r < 0 || (!server->hidden && server->reached.cause != POST_CAUSE_SECRET))
		return r;
	if (server->hidden) {
		look_up_experience(doctor);
		server->proven = doctor->store && outbox_count(doctor->store, &counts, NULL) == 0 &&
			counts.sent > 0;
	} else
		(void)snprintf(server->secret, sizeof(server->secret), "%s", server->reached.text);
	return look_reach_without_login(doctor, reterr);
}

void doctor_look_server(struct doctor *doctor, struct finding *ret)
{
	struct control_packet reply;
	struct err e;

	doctor->server.smtp = &doctor->conf->smtp;
	doctor->server.running = doctor->running;
	doctor->server.timer = str_equal(doctor->unit.timer_active, "active");
	if (look_at_server(doctor, &e) < 0)
		post_result_set(
			&doctor->server.reached, POST_SERVER, POST_CAUSE_PROGRAM, 0, "%s.", e.text);
	else if (!doctor->server.hidden && !doctor->server.secret[0] &&
		doctor->server.reached.outcome == POST_SENT)
		/* What has just been found well, the service may go on with. */
		(void)look_ask(doctor, "hurry", &reply);
	server_judge_place(ret, &doctor->server);
}

void doctor_look_tls(struct doctor *doctor, struct finding *ret)
{
	server_judge_tls(ret, &doctor->server);
}

void doctor_look_login(struct doctor *doctor, struct finding *ret)
{
	server_judge_login(ret, &doctor->server);
}
