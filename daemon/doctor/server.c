/* SPDX-License-Identifier: MIT */
/*
 * server: what an attempt to reach the mail server says of it, of the encryption and of the login.
 */
#include "doctor/server.h"

#include "doctor/unit.h"

void server_done(struct server *server)
{
	str_done(&server->experience);
}

enum server_stage { SERVER_PLACE, SERVER_TLS, SERVER_LOGIN };

/* Where an attempt came to its end. */
static enum server_stage server_stage(enum post_cause cause)
{
	switch (cause) {
	case POST_CAUSE_NO_TLS:
	case POST_CAUSE_CERTIFICATE:
	case POST_CAUSE_TLS:
		return SERVER_TLS;
	case POST_CAUSE_NO_AUTH:
	case POST_CAUSE_LOGIN:
	case POST_CAUSE_LOGIN_LATER:
	case POST_CAUSE_SECRET:
		return SERVER_LOGIN;
	default:
		return SERVER_PLACE;
	}
}

/* Whether it failed there; says so then. */
static bool server_failed(struct finding *ret, const struct server *server, enum server_stage stage)
{
	const struct post_result *reached = &server->reached;

	if (reached->outcome == POST_SENT || server_stage(reached->cause) != stage)
		return false;
	finding_wrong(ret, "%s", reached->text);
	finding_remedy(ret, "%s", err_translate(post_cause_advice(reached->cause)));
	return true;
}

void server_judge_place(struct finding *ret, const struct server *server)
{
	if (!server_failed(ret, server, SERVER_PLACE))
		finding_well(ret, "%s:%d answers", server->smtp->host, server->smtp->port);
}

void server_judge_tls(struct finding *ret, const struct server *server)
{
	if (server_failed(ret, server, SERVER_TLS))
		return;
	if (server->smtp->tls == CONF_TLS_REQUIRED || server->smtp->implicit_tls)
		finding_well(ret, "encrypted, and the certificate is trusted");
	else if (server->smtp->tls == CONF_TLS_OPPORTUNISTIC)
		finding_well(ret,
			"where the server offers it, and without a look at the certificate: "
			"tls = \"opportunistic\"");
	else
		finding_well(ret, "none: tls = \"none\"");
}

void server_judge_login(struct finding *ret, const struct server *server)
{
	if (server_failed(ret, server, SERVER_LOGIN))
		return;
	if (server->hidden && server->experience.len) {
		finding_wrong(ret,
			"the password is a credential (%s), which systemd shows to the service alone; that one "
			"met: %s",
			server->smtp->password_credential, str_text(&server->experience));
		if (server->running)
			finding_remedy(
				ret, "Mend what it met, then restart it: it tries again at once.");
		else if (server->timer)
			finding_remedy(
				ret, "Mend what it met; %s tries again by itself.", UNIT_TIMER);
		else
			finding_remedy(
				ret, "Mend what it met, then start it: it tries again at once.");
	} else if (server->hidden && server->timer && server->proven) {
		finding_well(ret,
			"as %s; the password is a credential (%s), which let the last mail through",
			server->smtp->user, server->smtp->password_credential);
	} else if (server->hidden) {
		finding_unclear(ret,
			"the password is a credential (%s), which systemd shows to the service alone",
			server->smtp->password_credential);
		finding_remedy(ret, "See whether mails go out: nudge status --history");
	} else if (server->secret[0]) {
		finding_wrong_by(ret, server->secret);
		if (!ret->remedy.len)
			finding_remedy(
				ret, "%s", err_translate(post_cause_advice(POST_CAUSE_SECRET)));
	} else if (!server->smtp->user)
		finding_well(ret, "none: no user is set");
	else
		finding_well(ret, "as %s", server->smtp->user);
}
