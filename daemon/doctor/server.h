/* SPDX-License-Identifier: MIT */
/*
 * server: what an attempt to reach the mail server says of it, of the encryption and of the login.
 */
#ifndef NUDGE_DOCTOR_SERVER_H
#define NUDGE_DOCTOR_SERVER_H

#include "conf/conf.h"
#include "doctor/finding.h"
#include "post/result.h"

struct server {
	bool running, timer; /* a service; or the timer that starts one in time */
	const struct conf_smtp *smtp;
	/* Of a probe with the login, or without where that cannot be tried. POST_SENT: let in. */
	struct post_result reached;
	/* Why the login cannot be tried from here: the credential is the service's, or the password cannot
	 * be had. "" where it was tried. */
	bool hidden;
	bool proven; /* mails went out, though it is hidden */
	char secret[768];
	struct str experience; /* what the service met last, "" where its mails go out */
};
void server_done(struct server *server);

/* In this order; the later ones only where the ones before are well. */
void server_judge_place(struct finding *ret, const struct server *server);
void server_judge_tls(struct finding *ret, const struct server *server);
void server_judge_login(struct finding *ret, const struct server *server);

#endif
