/* SPDX-License-Identifier: MIT */
#include "doctor/server.h"

#include "post-names.h"
#include "test.h"

static char host[] = "mail.example.org", user[] = "anna", credential[] = "smtp-password";

/* What the three say, each by its state: "well wrong unclear"; those behind a failure are not asked. */
static void judge(const struct server *server, struct str *states, struct finding *last)
{
	static void (*const judges[])(struct finding *, const struct server *) = {
		server_judge_place, server_judge_tls, server_judge_login
	};

	for (size_t i = 0; i < ARRAY_SIZE(judges); i++) {
		judges[i](last, server);
		str_add_separator(states, " ");
		str_add(states, finding_state_name(last->state));
		if (last->state != FINDING_WELL)
			return;
	}
}

/* Every cause that can end an attempt is one of the three's. */
static void each_cause_has_its_place(void)
{
	static const struct {
		enum post_cause cause;
		const char *states;
	} rows[] = {
		{ POST_CAUSE_RESOLVE, "wrong" },
		{ POST_CAUSE_CONNECT, "wrong" },
		{ POST_CAUSE_GREETING, "wrong" },
		{ POST_CAUSE_TIMEOUT, "wrong" },
		{ POST_CAUSE_BROKEN, "wrong" },
		{ POST_CAUSE_PROGRAM, "wrong" },
		{ POST_CAUSE_NO_TLS, "well wrong" },
		{ POST_CAUSE_CERTIFICATE, "well wrong" },
		{ POST_CAUSE_TLS, "well wrong" },
		{ POST_CAUSE_NO_AUTH, "well well wrong" },
		{ POST_CAUSE_LOGIN, "well well wrong" },
		{ POST_CAUSE_SECRET, "well well wrong" },
	};
	const struct conf_smtp smtp = { .host = host, .port = 587, .user = user };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		_cleanup_str_ struct str states = STR_INIT;
		struct server server = { .smtp = &smtp };

		TEST_ROW("%s", post_cause_name(rows[i].cause));
		post_result_set(&server.reached, POST_SERVER, rows[i].cause, 0, "%s", "why");
		judge(&server, &states, &finding);
		CHECK_TEXT(str_text(&states), rows[i].states);
		CHECK_TEXT(str_text(&finding.text), "why");
		CHECK_TEXT(str_text(&finding.remedy), post_cause_advice(rows[i].cause));
	}
}

static void what_is_well_says_how(void)
{
	static const struct {
		enum conf_tls tls;
		bool implicit, has_user;
		const char *encryption, *login;
	} rows[] = {
		{ CONF_TLS_REQUIRED, false, true, "encrypted, and the certificate is trusted",
			"as anna" },
		{ CONF_TLS_REQUIRED, true, false, "encrypted, and the certificate is trusted",
			"none: no user is set" },
		{ CONF_TLS_OPPORTUNISTIC, false, true,
			"where the server offers it, and without a look at the certificate: tls = "
			"\"opportunistic\"",
			"as anna" },
		{ CONF_TLS_NONE, false, false, "none: tls = \"none\"", "none: no user is set" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		const struct conf_smtp smtp = { .host = host,
			.port = 587,
			.tls = rows[i].tls,
			.implicit_tls = rows[i].implicit,
			.user = rows[i].has_user ? user : NULL };
		const struct server server = { .smtp = &smtp, .reached = { .outcome = POST_SENT } };

		TEST_ROW("%zu", i);
		server_judge_place(&finding, &server);
		CHECK_TEXT(str_text(&finding.text), "mail.example.org:587 answers");
		server_judge_tls(&finding, &server);
		CHECK_TEXT(str_text(&finding.text), rows[i].encryption);
		server_judge_login(&finding, &server);
		CHECK_TEXT(str_text(&finding.text), rows[i].login);
	}
}

#define MET                                                                                        \
	"the password is a credential (smtp-password), which systemd shows to the service alone; " \
	"that one met: it was refused"

/* The rest was looked at without it. */
static void a_login_that_could_not_be_tried(void)
{
	static const struct {
		bool hidden, running, timer, proven;
		const char *secret, *experience;
		const char *states, *text, *remedy;
	} rows[] = {
		{ true, false, false, false, "", "", "well well unclear",
			"the password is a credential (smtp-password), which systemd shows to the "
			"service alone",
			"See whether mails go out: nudge status --history" },
		{ true, true, false, false, "", "it was refused", "well well wrong", MET,
			"Mend what it met, then restart it: it tries again at once." },
		{ true, false, false, false, "", "it was refused", "well well wrong", MET,
			"Mend what it met, then start it: it tries again at once." },
		{ true, false, true, false, "", "it was refused", "well well wrong", MET,
			"Mend what it met; nudged-once.timer tries again by itself." },
		{ true, false, true, true, "", "it was refused", "well well wrong", MET,
			"Mend what it met; nudged-once.timer tries again by itself." },
		{ true, false, true, true, "", "", "well well well",
			"as anna; the password is a credential (smtp-password), which let the last mail "
			"through",
			"" },
		{ false, false, false, false,
			"others may use f, which holds a password: `chmod 600 'f'` mends it.", "",
			"well well wrong", "others may use f, which holds a password",
			"chmod 600 'f'" },
		{ false, false, false, false, "pass ended with status 2.", "", "well well wrong",
			"pass ended with status 2.", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		_cleanup_str_ struct str states = STR_INIT;
		const struct conf_smtp smtp = {
			.host = host, .port = 587, .user = user, .password_credential = credential
		};
		struct server server = { .smtp = &smtp,
			.reached = { .outcome = POST_SENT },
			.hidden = rows[i].hidden,
			.running = rows[i].running,
			.timer = rows[i].timer,
			.proven = rows[i].proven };

		TEST_ROW("%zu", i);
		strcpy(server.secret, rows[i].secret);
		str_add(&server.experience, rows[i].experience);
		judge(&server, &states, &finding);
		CHECK_TEXT(str_text(&states), rows[i].states);
		CHECK_TEXT(str_text(&finding.text), rows[i].text);
		CHECK_TEXT(str_text(&finding.remedy),
			rows[i].remedy ? rows[i].remedy : post_cause_advice(POST_CAUSE_SECRET));
		server_done(&server);
	}
}

TEST_MAIN(TEST(each_cause_has_its_place), TEST(what_is_well_says_how),
	TEST(a_login_that_could_not_be_tried))
