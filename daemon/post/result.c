/* SPDX-License-Identifier: MIT */
/*
 * result: how the sending of one mail ended.
 */
#include "post/result.h"

#include "core/utf8.h"

#include <stdio.h>
#include <string.h>

static const char *const post_advice[POST_CAUSE_COUNT] = {
	[POST_CAUSE_NONE] = "",
	[POST_CAUSE_RESOLVE] = ERR_TEXT(
		"Check the server's name in smtp.url, and whether this machine is online."),
	[POST_CAUSE_CONNECT] = ERR_TEXT(
		"Check host and port in smtp.url (587 with smtp://, 465 with smtps://); some "
		"networks block these ports."),
	[POST_CAUSE_GREETING] = ERR_TEXT(
		"Check host, port and scheme in smtp.url: smtps:// goes with port 465, smtp:// with "
		"port 587 or 25."),
	[POST_CAUSE_NO_TLS] = ERR_TEXT(
		"The server offers no STARTTLS on this port: use smtps:// with port 465, or another "
		"port (587); only for a server on your own machine set tls = \"none\"."),
	[POST_CAUSE_CERTIFICATE] = ERR_TEXT(
		"Write the server's name in smtp.url as its certificate has it; name the "
		"certificate of a private authority in smtp.ca_file; check this machine's clock."),
	[POST_CAUSE_TLS] = ERR_TEXT(
		"Check that smtps:// goes with port 465 and smtp:// with 587, and that tls is "
		"\"required\" where the server wants encryption; else ask its operator which "
		"versions of TLS it speaks."),
	[POST_CAUSE_NO_AUTH] = ERR_TEXT(
		"The server offers no login on this port or without TLS: use port 587 or 465 with "
		"tls = \"required\", or remove smtp.user for a server that wants no login."),
	[POST_CAUSE_LOGIN] = ERR_TEXT(
		"Check smtp.user and where its password comes from; with two-factor login most "
		"providers want a password made for this program, or a token_command."),
	[POST_CAUSE_SECRET] = ERR_TEXT(
		"Check smtp.password_credential, password_file, password_command or token_command: "
		"run the command by hand as the service's user; the file wants mode 0600; for a new credential the "
		"service is started anew."),
	[POST_CAUSE_SENDER] = ERR_TEXT(
		"Set smtp.from to an address that this login may send from."),
	[POST_CAUSE_RECIPIENT] = ERR_TEXT(
		"Check the address under `to` of this digest, and whether the server sends to other "
		"domains only after a login."),
	[POST_CAUSE_CONTENT] = ERR_TEXT(
		"The server takes this mail for unwanted or faulty: its words above say why; a "
		"provider may want smtp.from to be the address of the login."),
	[POST_CAUSE_SIZE] = ERR_TEXT(
		"The mail is larger than the server takes: shorten the digest by its `sections` or "
		"send it more often."),
	[POST_CAUSE_TIMEOUT] = ERR_TEXT(
		"The server is slow or the network loses packets: try it again; check host and "
		"port in smtp.url if it never works."),
	[POST_CAUSE_BROKEN] = ERR_TEXT(
		"The server or the network ended the connection: try it again; fewer "
		"smtp.connections may help."),
	[POST_CAUSE_PROGRAM] = ERR_TEXT(
		"Check that nudged is installed completely and that memory has not run out; the "
		"journal says more."),
	[POST_CAUSE_TURNED_AWAY] = ERR_TEXT(
		"The server's words above say why: it may pass by itself; else ask its operator "
		"whether it takes mail from this machine."),
	[POST_CAUSE_LOGIN_LATER] = ERR_TEXT(
		"The server's words above say why it lets nobody in for now: it may pass by itself; "
		"where it stays, check smtp.user and where its password comes from."),
};

void post_result_set(struct post_result *ret, enum post_outcome outcome, enum post_cause cause,
	int code, const char *format, ...)
{
	struct err sentence;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(sentence.text, sizeof(sentence.text), err_translate(format), args);
	va_end(args);
	*ret = (struct post_result){ .outcome = outcome, .cause = cause, .code = code };
	memcpy(ret->text, sentence.text, utf8_cut(sentence.text, sizeof(ret->text) - 1));
}

bool post_cause_is_login(enum post_cause cause)
{
	return cause == POST_CAUSE_LOGIN || cause == POST_CAUSE_NO_AUTH ||
		cause == POST_CAUSE_SECRET || cause == POST_CAUSE_LOGIN_LATER;
}

const char *post_cause_advice(enum post_cause cause)
{
	return (unsigned)cause < POST_CAUSE_COUNT ? post_advice[cause] : "";
}
