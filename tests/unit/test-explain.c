/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/str.h"
#include "post/explain.h"
#include "post-names.h"
#include "test.h"

#include <curl/curl.h>
#include <errno.h>
#include <string.h>

#define SMTP  "smtp://mail.example.org:587"
#define SMTPS "smtps://mail.example.org:465"
/* {"status":"400","schemes":"Bearer"}, { "scope" : "x", "status" : "invalid_token" }, {"status":"S3CRET"} */
#define STATUS_400    "334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0="
#define INVALID_TOKEN "334 eyAic2NvcGUiIDogIngiLCAic3RhdHVzIiA6ICJpbnZhbGlkX3Rva2VuIiB9"
#define STATUS_SECRET "334 eyJzdGF0dXMiOiJTM0NSRVQifQ=="

static void explain_rows(void)
{
	static const struct {
		CURLcode code;
		struct explain_facts facts;
		enum post_cause cause;
		const char *words;
	} rows[] = {
		{ CURLE_COULDNT_RESOLVE_HOST, { SMTP, .error = "Could not resolve host: x" },
			POST_CAUSE_RESOLVE, "could not be looked up" },
		{ CURLE_COULDNT_CONNECT, { SMTP, .error = "x", .os_errno = ECONNREFUSED },
			POST_CAUSE_CONNECT, "Connection refused" },
		{ CURLE_COULDNT_CONNECT, { SMTP, .error = "no luck" }, POST_CAUSE_CONNECT,
			"no luck" },
		{ CURLE_OPERATION_TIMEDOUT, { SMTP, .error = "", .seconds = 30 },
			POST_CAUSE_TIMEOUT, "within 30 seconds" },
		{ CURLE_OPERATION_TIMEDOUT, { SMTP, .error = "", .seconds = 30, .connected = true },
			POST_CAUSE_GREETING, "smtps://" },
		{ CURLE_OPERATION_TIMEDOUT,
			{ SMTPS, .error = "", .seconds = 30, .connected = true },
			POST_CAUSE_TIMEOUT, "within 30 seconds" },
		{ CURLE_OPERATION_TIMEDOUT,
			{ SMTP, .error = "", .connected = true, .replies = 2,
				.reply = { 250, -1, -1, "250 hi" } },
			POST_CAUSE_TIMEOUT, "after it had said: 250 hi" },
		{ CURLE_GOT_NOTHING, { SMTP, .error = "" }, POST_CAUSE_GREETING, "smtps://" },
		{ CURLE_RECV_ERROR,
			{ SMTP, .error = "", .replies = 1, .reply = { 220, -1, -1, "220 hi" } },
			POST_CAUSE_BROKEN, "220 hi" },
		{ CURLE_RECV_ERROR,
			{ SMTP, .error = "", .replies = 1, .reply = { 421, -1, -1, "421 bye" } },
			POST_CAUSE_TURNED_AWAY, "421 bye" },
		{ CURLE_WEIRD_SERVER_REPLY,
			{ SMTP, .error = "", .replies = 1,
				.reply = { 554, -1, -1, "554 not you" } },
			POST_CAUSE_TURNED_AWAY, "554 not you" },
		{ CURLE_WEIRD_SERVER_REPLY,
			{ SMTP, .error = "", .replies = 3, .reply = { 220, -1, -1, "220 go" } },
			POST_CAUSE_TLS, "encrypted" },
		{ CURLE_SSL_CONNECT_ERROR, { SMTP, .error = "wrong version number" },
			POST_CAUSE_TLS, "wrong version" },
		{ CURLE_SSL_CONNECT_ERROR, { SMTPS, .error = "SSL: wrong version number" },
			POST_CAUSE_GREETING, "should begin with smtp://" },
		{ CURLE_PEER_FAILED_VERIFICATION, { SMTP, .error = "e", .verify = 10 },
			POST_CAUSE_CERTIFICATE, "expired" },
		{ CURLE_PEER_FAILED_VERIFICATION, { SMTP, .error = "e", .verify = 20 },
			POST_CAUSE_CERTIFICATE, "not trusted here" },
		{ CURLE_PEER_FAILED_VERIFICATION, { SMTP, .error = "e", .verify = 18 },
			POST_CAUSE_CERTIFICATE, "by itself" },
		{ CURLE_PEER_FAILED_VERIFICATION,
			{ SMTP, .error = "certificate subject name x does not match", .verify = 1 },
			POST_CAUSE_CERTIFICATE, "not one for this name" },
		{ CURLE_PEER_FAILED_VERIFICATION, { SMTP, .error = "something else", .verify = 77 },
			POST_CAUSE_CERTIFICATE, "not trusted: something else" },
		{ CURLE_SSL_CACERT_BADFILE, { SMTP, .error = "", .ca_file = "/ca.pem" },
			POST_CAUSE_CERTIFICATE, "/ca.pem" },
		{ CURLE_USE_SSL_FAILED, { SMTP, .error = "" }, POST_CAUSE_NO_TLS, "STARTTLS" },
		{ CURLE_USE_SSL_FAILED,
			{ SMTP, .error = "", .offer = { .starttls = true },
				.reply = { 454, 7, 0, "454 4.7.0 no" } },
			POST_CAUSE_TLS, "454 4.7.0 no" },
		{ CURLE_LOGIN_DENIED, { SMTP, .error = "", .reply = { 535, 7, 8, "535 5.7.8 no" } },
			POST_CAUSE_LOGIN, "535 5.7.8 no" },
		{ CURLE_LOGIN_DENIED, { SMTP, .error = "", .reply = { 334, -1, -1, "334 eyJ9" } },
			POST_CAUSE_LOGIN, "refuses the login" },
		{ CURLE_LOGIN_DENIED,
			{ SMTP, .error = "", .reply = { 454, 7, 0, "454 4.7.0 later" } },
			POST_CAUSE_LOGIN_LATER, "for now: 454 4.7.0 later" },
		{ CURLE_LOGIN_DENIED, { SMTP, .error = "", .reply = { 334, -1, -1, STATUS_400 } },
			POST_CAUSE_LOGIN, "refuses the login: 400" },
		{ CURLE_LOGIN_DENIED,
			{ SMTP, .error = "", .reply = { 334, -1, -1, INVALID_TOKEN } },
			POST_CAUSE_LOGIN, "refuses the login: invalid_token" },
		{ CURLE_LOGIN_DENIED,
			{ SMTP, .error = "", .reply = { 334, -1, -1, STATUS_SECRET } },
			POST_CAUSE_LOGIN, "587: the server refuses the login" },
		{ CURLE_LOGIN_DENIED, { SMTP, .error = "", .reply = { 334, -1, -1, "334 ====" } },
			POST_CAUSE_LOGIN, "587: the server refuses the login" },
		{ CURLE_LOGIN_DENIED, { SMTP, .error = "", .reply = { 250, -1, -1, "250 x" } },
			POST_CAUSE_NO_AUTH, "AUTH" },
		{ CURLE_LOGIN_DENIED,
			{ SMTP, .error = "", .offer = { .auth = true },
				.reply = { 250, -1, -1, "" } },
			POST_CAUSE_NO_AUTH, "kind of login" },
		{ CURLE_OUT_OF_MEMORY, { SMTP, .error = "" }, POST_CAUSE_PROGRAM, "memory" },
		{ CURLE_URL_MALFORMAT, { "smtp://", .error = "bad" }, POST_CAUSE_CONNECT,
			"no address" },
		{ CURLE_SEND_ERROR, { SMTPS, .error = "reset by peer" }, POST_CAUSE_BROKEN,
			"reset" },
		{ CURLE_FAILED_INIT, { SMTPS, .error = "" }, POST_CAUSE_BROKEN, "hung up" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct post_result result;

		TEST_ROW("row %zu, code %d", i, (int)rows[i].code);
		explain_failure(&result, (int)rows[i].code, &rows[i].facts);
		CHECK_INT(result.outcome, POST_SERVER);
		CHECK_TEXT(post_cause_name(result.cause), post_cause_name(rows[i].cause));
		if (!strstr(result.text, rows[i].words))
			CHECK_TEXT(result.text, rows[i].words);
		CHECK_INT(result.code,
			rows[i].facts.reply.code >= 400 ? rows[i].facts.reply.code : 0);
		if (str_starts(rows[i].facts.url, SMTP))
			CHECK(str_starts(result.text, "mail.example.org:587: "));
	}
}

static void explain_strangers(void)
{
	struct post_result result;

	explain_stranger(&result, "smtp://h:22/", "\"SSH-2.0-x\" is no reply");
	CHECK_INT(result.cause, POST_CAUSE_GREETING);
	CHECK_TEXT(
		result.text, "h:22: what answers there speaks no SMTP: \"SSH-2.0-x\" is no reply");
}

TEST_MAIN(TEST(explain_rows), TEST(explain_strangers))
