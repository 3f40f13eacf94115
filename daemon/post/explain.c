/* SPDX-License-Identifier: MIT */
/*
 * explain: why a connection to the mail server did not come about, in a sentence.
 */
#include "post/explain.h"

#include "core/str.h"
#include "format/base64.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#define PLACE_SIZE 128

/* "mail.example.org:587": the URL without its scheme and path. */
static const char *explain_place(const char *url, char place[PLACE_SIZE])
{
	const char *host = strstr(url, "://");

	(void)snprintf(place, PLACE_SIZE, "%s", host ? host + 3 : url);
	place[strcspn(place, "/")] = '\0';
	return place;
}

static bool explain_is_tls_first(const struct explain_facts *facts)
{
	return str_starts(facts->url, "smtps://");
}

static void explain_set(struct post_result *ret, enum post_cause cause,
	const struct explain_facts *facts, const char *sentence, const char *detail)
{
	char place[PLACE_SIZE];

	post_result_set(ret, POST_SERVER, cause, facts->reply.code >= 400 ? facts->reply.code : 0,
		"%s: %s%s%s", explain_place(facts->url, place), err_translate(sentence),
		str_empty(detail) ? "" : ": ", str_empty(detail) ? "" : detail);
}

static void explain_resolve(struct post_result *ret, const struct explain_facts *facts)
{
	explain_set(ret, POST_CAUSE_RESOLVE, facts, "the server's name could not be looked up",
		facts->error);
}

static void explain_connect(struct post_result *ret, const struct explain_facts *facts)
{
	explain_set(ret, POST_CAUSE_CONNECT, facts, "nobody answers there",
		facts->os_errno ? strerror((int)facts->os_errno) : facts->error);
}

/* The connection ended or said nothing: before a word was heard, the port is likely the wrong one.
 */
static void explain_silence(struct post_result *ret, const struct explain_facts *facts,
	enum post_cause cause, const char *what)
{
	char sentence[200];

	if (facts->replies == 0 && !explain_is_tls_first(facts))
		explain_set(ret, POST_CAUSE_GREETING, facts, what,
			err_translate(
				"a mail server would greet first; if this port wants TLS from the start, "
				"write smtps:// in the URL"));
	else if (facts->replies == 0) {
		explain_set(ret, cause, facts, what, facts->error);
	} else {
		(void)snprintf(sentence, sizeof(sentence), err_translate("%s, after it had said"),
			err_translate(what));
		explain_set(ret, cause, facts, sentence, facts->reply.text);
	}
}

static void explain_timeout(struct post_result *ret, const struct explain_facts *facts)
{
	char what[100];

	(void)snprintf(what, sizeof(what),
		err_translate("the server did not answer within %u seconds"), facts->seconds);
	if (facts->connected)
		explain_silence(ret, facts, POST_CAUSE_TIMEOUT, what);
	else
		explain_set(ret, POST_CAUSE_TIMEOUT, facts, what, "");
}

static void explain_greeting(struct post_result *ret, const struct explain_facts *facts)
{
	explain_set(ret, facts->reply.code >= 400 ? POST_CAUSE_TURNED_AWAY : POST_CAUSE_GREETING,
		facts, "the server turns us away", facts->reply.text);
}

static void explain_broken(struct post_result *ret, const struct explain_facts *facts)
{
	if (facts->reply.code >= 400)
		explain_greeting(ret, facts);
	else
		explain_silence(ret, facts, POST_CAUSE_BROKEN, ERR_TEXT("the server hung up"));
}

static void explain_tls(struct post_result *ret, const struct explain_facts *facts)
{
	/* OpenSSL's and GnuTLS's ways to say that what came was no TLS. */
	if (explain_is_tls_first(facts) &&
		(strstr(facts->error, "wrong version number") ||
			strstr(facts->error, "packet length") ||
			strstr(facts->error, "unexpected TLS packet")))
		explain_set(ret, POST_CAUSE_GREETING, facts,
			"this port does not begin with TLS, so the URL should begin with smtp://",
			facts->error);
	else
		explain_set(ret, POST_CAUSE_TLS, facts,
			"the encrypted connection could not be made", facts->error);
}

/* libcurl's word for a greeting or EHLO that is refused, and for bytes that came in the clear
 * behind the reply to STARTTLS. */
static void explain_weird(struct post_result *ret, const struct explain_facts *facts)
{
	if (facts->replies > 1 && facts->reply.code < 400)
		explain_tls(ret, facts);
	else
		explain_greeting(ret, facts);
}

/* Numbers of OpenSSL's x509_vfy.h, which libcurl hands through; with another TLS library they are
 * 0 and its words stand alone. */
static void explain_certificate(struct post_result *ret, const struct explain_facts *facts)
{
	static const struct {
		long verify;
		const char *sentence;
	} rows[] = {
		{ 9, ERR_TEXT("the server's certificate is not valid yet") },
		{ 10, ERR_TEXT("the server's certificate has expired") },
		{ 18, ERR_TEXT("the server's certificate is signed by itself and so not trusted") },
		{ 19, ERR_TEXT("the server's certificate comes from an authority that is not trusted here") },
		{ 20, ERR_TEXT("the server's certificate comes from an authority that is not trusted here") },
		{ 21, ERR_TEXT("the server's certificate comes from an authority that is not trusted here") },
		{ 23, ERR_TEXT("the server's certificate was revoked") },
	};
	const char *sentence = ERR_TEXT("the server's certificate is not trusted");

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].verify == facts->verify)
			sentence = rows[i].sentence;
	/* libcurl compares the names itself, which leaves no number. */
	if (strstr(facts->error, "subject name"))
		sentence = ERR_TEXT("the server's certificate is not one for this name");
	explain_set(ret, POST_CAUSE_CERTIFICATE, facts, sentence, facts->error);
}

static void explain_ca_file(struct post_result *ret, const struct explain_facts *facts)
{
	char sentence[300];

	(void)snprintf(sentence, sizeof(sentence),
		err_translate(
			"the file of trusted authorities %s cannot be read or holds no certificate"),
		str_empty(facts->ca_file) ? err_translate("of this system") : facts->ca_file);
	explain_set(ret, POST_CAUSE_CERTIFICATE, facts, sentence, "");
}

static void explain_no_tls(struct post_result *ret, const struct explain_facts *facts)
{
	if (facts->offer.starttls)
		explain_set(ret, POST_CAUSE_TLS, facts, "the server offers STARTTLS but refuses it",
			facts->reply.text);
	else
		explain_set(ret, POST_CAUSE_NO_TLS, facts,
			"the server offers no encryption (STARTTLS), which tls = \"required\" wants",
			"");
}

/* Why a token is refused stands in a challenge (334), as JSON in base64: {"status":"400",...} by XOAUTH2,
 * {"status":"invalid_token",...} by RFC 7628, section 3.2.2. It may hold what we sent: only words that are known
 * are repeated. */
static const char *explain_challenge(const struct reply *reply)
{
	static const char *const known[] = { "invalid_token", "invalid_request",
		"insufficient_scope", "400", "401", "403", "500", "503" };
	_cleanup_str_ struct str json = STR_INIT;
	const char *status;

	if (str_starts(reply->text, "334 "))
		base64_add_decoded(&json, reply->text + 4, strlen(reply->text + 4));
	status = str_check(&json, NULL) < 0 ? NULL : strstr(str_text(&json), "\"status\"");
	if (!status)
		return "";
	status += strlen("\"status\"");
	status += strspn(status, " :\"");
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (strcspn(status, "\", }") == strlen(known[i]) && str_starts(status, known[i]))
			return known[i];
	return "";
}

/* libcurl reports a login refused and a login that it could not even try with the same code. */
static void explain_login(struct post_result *ret, const struct explain_facts *facts)
{
	if (facts->reply.code / 100 == 4)
		explain_set(ret, POST_CAUSE_LOGIN_LATER, facts, "the server lets nobody in for now",
			facts->reply.text);
	else if (facts->reply.code > 400)
		explain_set(ret, POST_CAUSE_LOGIN, facts, "the server refuses the login",
			facts->reply.text);
	else if (facts->reply.code / 100 == 3)
		explain_set(ret, POST_CAUSE_LOGIN, facts, "the server refuses the login",
			explain_challenge(&facts->reply));
	else if (facts->offer.auth)
		explain_set(ret, POST_CAUSE_NO_AUTH, facts,
			"the server offers no kind of login that fits the user and secret set", "");
	else
		explain_set(ret, POST_CAUSE_NO_AUTH, facts,
			"a user is set, but the server offers no login (AUTH) here", "");
}

static void explain_memory(struct post_result *ret, const struct explain_facts *facts)
{
	explain_set(ret, POST_CAUSE_PROGRAM, facts, "memory ran out while connecting", "");
}

static void explain_url(struct post_result *ret, const struct explain_facts *facts)
{
	explain_set(ret, POST_CAUSE_CONNECT, facts, "this is no address of a mail server",
		facts->error);
}

void explain_stranger(struct post_result *ret, const char *url, const char *words)
{
	const struct explain_facts facts = { .url = url };

	explain_set(ret, POST_CAUSE_GREETING, &facts, "what answers there speaks no SMTP", words);
}

void explain_failure(struct post_result *ret, int code, const struct explain_facts *facts)
{
	static const struct {
		CURLcode code;
		void (*explain)(struct post_result *ret, const struct explain_facts *facts);
	} rows[] = {
		{ CURLE_COULDNT_RESOLVE_HOST, explain_resolve },
		{ CURLE_COULDNT_CONNECT, explain_connect },
		{ CURLE_OPERATION_TIMEDOUT, explain_timeout },
		{ CURLE_WEIRD_SERVER_REPLY, explain_weird },
		{ CURLE_REMOTE_ACCESS_DENIED, explain_greeting },
		{ CURLE_SSL_CONNECT_ERROR, explain_tls },
		{ CURLE_SSL_CIPHER, explain_tls },
		{ CURLE_PEER_FAILED_VERIFICATION, explain_certificate },
		{ CURLE_SSL_ISSUER_ERROR, explain_certificate },
		{ CURLE_SSL_CACERT_BADFILE, explain_ca_file },
		{ CURLE_USE_SSL_FAILED, explain_no_tls },
		{ CURLE_LOGIN_DENIED, explain_login },
		{ CURLE_AUTH_ERROR, explain_login },
		{ CURLE_OUT_OF_MEMORY, explain_memory },
		{ CURLE_URL_MALFORMAT, explain_url },
		{ CURLE_UNSUPPORTED_PROTOCOL, explain_url },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if ((int)rows[i].code == code) {
			rows[i].explain(ret, facts);
			return;
		}
	explain_broken(ret, facts);
}
