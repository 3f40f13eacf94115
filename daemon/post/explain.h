/* SPDX-License-Identifier: MIT */
/*
 * explain: why a connection to the mail server did not come about, in a sentence.
 */
#ifndef NUDGE_POST_EXPLAIN_H
#define NUDGE_POST_EXPLAIN_H

#include "post/ehlo.h"
#include "post/reply.h"
#include "post/result.h"

/* What is known of the attempt. */
struct explain_facts {
	const char *url;
	const char *user;
	const char *ca_file;
	const char *error; /* libcurl's own words, "" where none */
	unsigned seconds;  /* that were waited at most */
	bool connected;    /* TCP */
	bool logged_in;
	unsigned replies;   /* whole replies that came */
	struct reply reply; /* the last of them */
	struct ehlo_offer offer;
	long os_errno;
	long verify; /* OpenSSL's X509_V_ERR number, 0 where none */
};

/* `code` is a CURLcode that is not CURLE_OK. The outcome is POST_SERVER. */
void explain_failure(struct post_result *ret, int code, const struct explain_facts *facts);

/* What answered speaks no SMTP; `words` says how that showed. */
void explain_stranger(struct post_result *ret, const char *url, const char *words);

#endif
