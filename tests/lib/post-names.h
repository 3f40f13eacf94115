/* SPDX-License-Identifier: MIT */
/*
 * post-names: what the outcomes and causes of post/result.h are called in tests.
 */
#ifndef NUDGE_TESTS_POST_NAMES_H
#define NUDGE_TESTS_POST_NAMES_H

#include "post/result.h"

static inline const char *post_outcome_name(enum post_outcome outcome)
{
	static const char *const names[POST_OUTCOME_COUNT] = {
		[POST_SENT] = "sent",
		[POST_REFUSED] = "refused",
		[POST_DEFERRED] = "deferred",
		[POST_SERVER] = "server",
		[POST_IN_DOUBT] = "in-doubt",
	};

	return names[outcome];
}

static inline const char *post_cause_name(enum post_cause cause)
{
	static const char *const names[POST_CAUSE_COUNT] = {
		[POST_CAUSE_NONE] = "none",
		[POST_CAUSE_RESOLVE] = "resolve",
		[POST_CAUSE_CONNECT] = "connect",
		[POST_CAUSE_GREETING] = "greeting",
		[POST_CAUSE_NO_TLS] = "no-tls",
		[POST_CAUSE_CERTIFICATE] = "certificate",
		[POST_CAUSE_TLS] = "tls",
		[POST_CAUSE_NO_AUTH] = "no-auth",
		[POST_CAUSE_LOGIN] = "login",
		[POST_CAUSE_SECRET] = "secret",
		[POST_CAUSE_SENDER] = "sender",
		[POST_CAUSE_RECIPIENT] = "recipient",
		[POST_CAUSE_CONTENT] = "content",
		[POST_CAUSE_SIZE] = "size",
		[POST_CAUSE_TIMEOUT] = "timeout",
		[POST_CAUSE_BROKEN] = "broken",
		[POST_CAUSE_PROGRAM] = "program",
		[POST_CAUSE_TURNED_AWAY] = "turned-away",
		[POST_CAUSE_LOGIN_LATER] = "login-later",
	};

	return names[cause];
}

#endif
