/* SPDX-License-Identifier: MIT */
/*
 * dialogue: mail transactions on a connection that is greeted, encrypted and logged in.
 */
#include "post/dialogue.h"

#include "post/body.h"
#include "post/reply.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define DIALOGUE_ADDRESS_MAX 254         /* RFC 5321 section 4.5.3.1.3, without "<" and ">" */
#define DIALOGUE_CHUNK       (16 * 1024) /* bytes of a body that are made ready at a time */
#define DIALOGUE_AWAITED_MAX 4

/* What a reply belongs to. */
enum step {
	STEP_MAIL,
	STEP_RCPT,
	STEP_DATA,
	STEP_DOT,
	STEP_EMPTY_DOT, /* ends a DATA that was accepted although the mail was refused before it */
	STEP_RSET,
	STEP_QUIT,
};

enum phase {
	PHASE_COMMANDS, /* the mail's commands are sent, or nothing is */
	PHASE_BODY,
	PHASE_WITHHELD, /* the body is sent, the dot not released */
	PHASE_DOT,      /* released */
	PHASE_CLOSED,
};

struct dialogue {
	struct ehlo_offer offer;
	void (*trace)(void *userdata, const char *line);
	void *userdata;

	enum phase phase;
	struct {
		enum step step;
		uint64_t end;            /* what `handed` is when the command is sent whole */
	} awaited[DIALOGUE_AWAITED_MAX]; /* replies that must come, in their order */
	unsigned n_awaited;
	struct reply_reader reader;
	uint64_t progress;

	struct str out;
	size_t out_at;   /* bytes of `out` that were handed on */
	uint64_t handed; /* bytes since the beginning */

	bool busy; /* a mail is under way and not settled */
	struct dialogue_mail mail;
	struct body body;

	bool ready_event;
	bool settled_event;
	struct post_result result;
};

int dialogue_check_address(const char *address, const char *what, struct err *reterr)
{
	size_t n = address ? strlen(address) : 0;

	if (n == 0)
		return err_set(reterr, -EINVAL, "the %s's address is empty", err_translate(what));
	if (n > DIALOGUE_ADDRESS_MAX)
		return err_set(reterr, -EINVAL, "the %s's address has %zu bytes, at most %d may be",
			err_translate(what), n, DIALOGUE_ADDRESS_MAX);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)address[i];

		if (c <= ' ' || c == 0x7f || c == '<' || c == '>')
			return err_set(reterr, -EINVAL,
				"the %s's address has a character at place %zu that no address may have "
				"(a space, a control character, \"<\" or \">\")",
				err_translate(what), i + 1);
	}
	return 0;
}

int dialogue_new(struct dialogue **ret, const struct ehlo_offer *offer,
	void (*trace)(void *userdata, const char *line), void *userdata, struct err *reterr)
{
	struct dialogue *dialogue = calloc(1, sizeof(*dialogue));

	if (!dialogue)
		return err_oom(reterr);
	dialogue->offer = *offer;
	dialogue->trace = trace;
	dialogue->userdata = userdata;
	*ret = dialogue;
	return 0;
}

void dialogue_free(struct dialogue *dialogue)
{
	if (!dialogue)
		return;
	str_done(&dialogue->out);
	free(dialogue);
}

bool dialogue_is_idle(const struct dialogue *dialogue)
{
	return dialogue->phase == PHASE_COMMANDS && dialogue->n_awaited == 0 && !dialogue->busy;
}

bool dialogue_is_closed(const struct dialogue *dialogue)
{
	return dialogue->phase == PHASE_CLOSED;
}

const struct post_result *dialogue_result(const struct dialogue *dialogue)
{
	return &dialogue->result;
}

uint64_t dialogue_progress(const struct dialogue *dialogue)
{
	return dialogue->progress;
}

enum dialogue_wait dialogue_wait(const struct dialogue *dialogue)
{
	switch (dialogue->phase) {
	case PHASE_COMMANDS:
		if (dialogue->n_awaited == 0)
			return DIALOGUE_WAIT_NONE;
		return dialogue->awaited[0].step == STEP_QUIT ? DIALOGUE_WAIT_QUIT
							      : DIALOGUE_WAIT_REPLY;
	case PHASE_BODY:
		return DIALOGUE_WAIT_REPLY;
	case PHASE_DOT:
		return DIALOGUE_WAIT_DOT;
	default:
		return DIALOGUE_WAIT_NONE;
	}
}

enum dialogue_event dialogue_event(struct dialogue *dialogue)
{
	if (dialogue->settled_event) {
		dialogue->settled_event = dialogue->ready_event = false;
		return DIALOGUE_SETTLED;
	}
	if (dialogue->ready_event) {
		dialogue->ready_event = false;
		return DIALOGUE_READY;
	}
	return DIALOGUE_NOTHING;
}

static void dialogue_trace(const struct dialogue *dialogue, char direction, const char *text)
{
	char line[sizeof(((struct reply *)0)->text) + 400];

	if (!dialogue->trace)
		return;
	(void)snprintf(line, sizeof(line), "%c %s", direction, text);
	dialogue->trace(dialogue->userdata, line);
}

/* --- endings --- */

static void dialogue_settle(struct dialogue *dialogue, const struct post_result *result)
{
	if (!dialogue->busy)
		return;
	dialogue->busy = false;
	dialogue->mail = (struct dialogue_mail){ .from = NULL }; /* the caller's again */
	dialogue->result = *result;
	dialogue->settled_event = true;
}

/* Whether the server may have all of the mail: the dot was handed on whole. */
static bool dialogue_is_dot_sent(const struct dialogue *dialogue)
{
	return dialogue->phase == PHASE_DOT && dialogue->out_at == dialogue->out.len;
}

void dialogue_break(struct dialogue *dialogue, enum post_cause cause, const char *why)
{
	struct post_result result;

	if (dialogue_is_dot_sent(dialogue))
		post_result_set(&result, POST_IN_DOUBT, cause, 0,
			"The connection was lost between the mail's last line and the server's answer, "
			"so the mail may have been accepted or not: %s.",
			why);
	else
		post_result_set(&result, POST_DEFERRED, cause, 0,
			"The connection was lost before the mail was sent whole: %s.", why);
	dialogue_settle(dialogue, &result);
	dialogue->phase = PHASE_CLOSED;
	dialogue->n_awaited = 0;
	str_clear(&dialogue->out);
	dialogue->out_at = 0;
}

/* RFC 3463 section 3.4 and 3.3: x.3.4 and x.2.3 say that the message is too big; RFC 1870 section
 * 6.1 has 552 for it, which for a recipient means a full mailbox. */
static bool dialogue_is_about_size(enum step step, const struct reply *reply)
{
	if (reply->subject >= 0)
		return (reply->subject == 3 && reply->detail == 4) ||
			(reply->subject == 2 && reply->detail == 3);
	return reply->code == 552 && step != STEP_RCPT;
}

/* RFC 4954 section 6: the server wants a login, or does not like the one it had. */
static bool dialogue_is_about_login(const struct reply *reply)
{
	return reply->code == 530 || reply->code == 534 || reply->code == 535 ||
		reply->code == 538 || (reply->subject == 7 && reply->detail == 8);
}

/* Of an address, with the server's words: not now, and not at all. */
static const char *const dialogue_refusals[][2] = {
	{ ERR_TEXT("The server does not take the sender %s for now: %s"),
		ERR_TEXT("The server refuses the sender %s: %s") },
	{ ERR_TEXT("The server does not take the recipient %s for now: %s"),
		ERR_TEXT("The server refuses the recipient %s: %s") },
	{ ERR_TEXT("The server does not take the mail to %s for now: %s"),
		ERR_TEXT("The server refuses the mail to %s: %s") },
};

/* A 4yz or 5yz to a step of the mail. */
static void dialogue_refuse(struct dialogue *dialogue, enum step step, const struct reply *reply)
{
	bool forever = reply->code >= 500;
	enum post_cause cause = step == STEP_MAIL ? POST_CAUSE_SENDER
		: step == STEP_RCPT               ? POST_CAUSE_RECIPIENT
						  : POST_CAUSE_CONTENT;
	struct post_result result;

	if (!dialogue->busy)
		return;
	/* RFC 3207 section 4 gives these very words. */
	if (reply->code == 530 && strstr(reply->text, "STARTTLS"))
		post_result_set(&result, POST_SERVER, POST_CAUSE_TLS, reply->code,
			"The server wants encryption before it takes mail: %s", reply->text);
	else if (dialogue_is_about_login(reply))
		post_result_set(&result, POST_SERVER, POST_CAUSE_LOGIN, reply->code,
			"The server wants another login before it takes mail: %s", reply->text);
	else if (reply->code == 421 && step == STEP_MAIL)
		post_result_set(&result, POST_SERVER, POST_CAUSE_BROKEN, reply->code,
			"The server ends the connection: %s", reply->text);
	else
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		/* The formats of the table take two texts. */
		post_result_set(&result, forever ? POST_REFUSED : POST_DEFERRED,
			dialogue_is_about_size(step, reply) ? POST_CAUSE_SIZE : cause, reply->code,
			dialogue_refusals[step == STEP_MAIL ? 0
					: step == STEP_RCPT ? 1
							    : 2][forever],
			step == STEP_MAIL ? dialogue->mail.from : dialogue->mail.to, reply->text);
#pragma GCC diagnostic pop
	dialogue_settle(dialogue, &result);
}

static void dialogue_close(struct dialogue *dialogue)
{
	dialogue_break(dialogue, POST_CAUSE_BROKEN, err_translate("the server ended it"));
}

/* A reply that has no meaning here. */
static void dialogue_lose_step(struct dialogue *dialogue, const struct reply *reply)
{
	char why[sizeof(reply->text) + 40];

	(void)snprintf(why, sizeof(why), err_translate("the server left the protocol with \"%s\""),
		reply->text);
	dialogue_break(dialogue, POST_CAUSE_BROKEN, why);
}

/* --- commands --- */

static void dialogue_command(struct dialogue *dialogue, enum step step, const char *text)
{
	if (dialogue->n_awaited == DIALOGUE_AWAITED_MAX)
		return;
	dialogue_trace(dialogue, '>', text);
	str_add(&dialogue->out, text);
	str_add(&dialogue->out, "\r\n");
	dialogue->awaited[dialogue->n_awaited].step = step;
	dialogue->awaited[dialogue->n_awaited++].end = dialogue->handed + dialogue->out.len -
		dialogue->out_at;
}

static void dialogue_command_rcpt(struct dialogue *dialogue)
{
	char text[DIALOGUE_ADDRESS_MAX + 16];

	(void)snprintf(text, sizeof(text), "RCPT TO:<%s>", dialogue->mail.to);
	dialogue_command(dialogue, STEP_RCPT, text);
}

static bool dialogue_has_utf8(const char *text)
{
	for (; *text; text++)
		if (*text & 0x80)
			return true;
	return false;
}

/* What this server cannot take needs no transaction to find out. */
static bool dialogue_fits(struct dialogue *dialogue, const struct body_facts *facts)
{
	const struct ehlo_offer *offer = &dialogue->offer;
	struct post_result result;

	if (offer->size_max > 0 && facts->size > offer->size_max)
		post_result_set(&result, POST_REFUSED, POST_CAUSE_SIZE, 0,
			"The mail has %ju bytes and the server takes no more than %ju.",
			(uintmax_t)facts->size, (uintmax_t)offer->size_max);
	else if (facts->eightbit && !offer->eightbit)
		post_result_set(&result, POST_REFUSED, POST_CAUSE_CONTENT, 0,
			"The mail holds 8-bit text and the server takes 7-bit text alone.");
	else if (!offer->smtputf8 && dialogue_has_utf8(dialogue->mail.from))
		post_result_set(&result, POST_REFUSED, POST_CAUSE_SENDER, 0,
			"The sender's address %s has letters that this server does not know.",
			dialogue->mail.from);
	else if (!offer->smtputf8 && dialogue_has_utf8(dialogue->mail.to))
		post_result_set(&result, POST_REFUSED, POST_CAUSE_RECIPIENT, 0,
			"The recipient's address %s has letters that this server does not know.",
			dialogue->mail.to);
	else
		return true;
	dialogue_settle(dialogue, &result);
	return false;
}

int dialogue_start(struct dialogue *dialogue, const struct dialogue_mail *mail, struct err *reterr)
{
	_cleanup_str_ struct str text = STR_INIT;
	struct body_facts facts;
	int r;

	if (!dialogue_is_idle(dialogue))
		return err_set(reterr, -EBUSY, "the connection is busy with another mail");
	r = dialogue_check_address(mail->from, ERR_TEXT("sender"), reterr);
	if (r < 0)
		return r;
	r = dialogue_check_address(mail->to, ERR_TEXT("recipient"), reterr);
	if (r < 0)
		return r;
	dialogue->mail = *mail;
	dialogue->busy = true;
	dialogue->body = body_begin(mail->body, mail->size);
	facts = body_measure(mail->body, mail->size);
	if (!dialogue_fits(dialogue, &facts))
		return 0;

	str_addf(&text, "MAIL FROM:<%s>", mail->from);
	if (dialogue->offer.size)
		str_addf(&text, " SIZE=%ju", (uintmax_t)facts.size);
	if (facts.eightbit)
		str_add(&text, " BODY=8BITMIME");
	if (dialogue_has_utf8(mail->from) || dialogue_has_utf8(mail->to))
		str_add(&text, " SMTPUTF8");
	dialogue_command(dialogue, STEP_MAIL, str_text(&text));
	/* RFC 2920 section 3.1: MAIL and RCPT may stand anywhere in a group, DATA at its end. */
	if (dialogue->offer.pipelining) {
		dialogue_command_rcpt(dialogue);
		dialogue_command(dialogue, STEP_DATA, "DATA");
	}
	return 0;
}

void dialogue_quit(struct dialogue *dialogue)
{
	if (dialogue_is_idle(dialogue))
		dialogue_command(dialogue, STEP_QUIT, "QUIT");
}

void dialogue_release(struct dialogue *dialogue)
{
	if (dialogue->phase != PHASE_WITHHELD)
		return;
	dialogue->phase = PHASE_DOT;
	dialogue_command(dialogue, STEP_DOT, ".");
}

/* --- bytes out --- */

static void dialogue_begin_body(struct dialogue *dialogue)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "(the mail, %zu bytes)", dialogue->mail.size);
	dialogue_trace(dialogue, '>', text);
	dialogue->phase = dialogue->mail.size ? PHASE_BODY : PHASE_WITHHELD;
	dialogue->ready_event = dialogue->phase == PHASE_WITHHELD;
}

const char *dialogue_output(struct dialogue *dialogue, size_t *ret_n)
{
	*ret_n = 0;
	if (dialogue->out_at == dialogue->out.len && dialogue->phase == PHASE_BODY)
		body_add(&dialogue->body, &dialogue->out, DIALOGUE_CHUNK);
	if (dialogue->out.failed) {
		/* Bytes are missing: nothing that follows them may be sent. */
		str_clear(&dialogue->out);
		dialogue_break(dialogue, POST_CAUSE_PROGRAM, err_translate("memory ran out"));
	}
	*ret_n = dialogue->out.len - dialogue->out_at;
	return *ret_n ? dialogue->out.data + dialogue->out_at : NULL;
}

void dialogue_sent(struct dialogue *dialogue, size_t n)
{
	if (n == 0)
		return;
	dialogue->progress++;
	dialogue->out_at += n;
	dialogue->handed += n;
	if (dialogue->out_at < dialogue->out.len)
		return;
	str_clear(&dialogue->out);
	dialogue->out_at = 0;
	if (dialogue->phase == PHASE_BODY && body_is_done(&dialogue->body)) {
		dialogue->phase = PHASE_WITHHELD;
		dialogue->ready_event = true;
	}
}

/* --- replies in --- */

static void dialogue_on_mail(struct dialogue *dialogue, const struct reply *reply)
{
	if (reply->code / 100 != 2)
		dialogue_refuse(dialogue, STEP_MAIL, reply);
	if (dialogue->offer.pipelining)
		return;
	if (dialogue->busy)
		dialogue_command_rcpt(dialogue);
	else
		dialogue_command(dialogue, STEP_RSET, "RSET");
}

static void dialogue_on_rcpt(struct dialogue *dialogue, const struct reply *reply)
{
	if (reply->code / 100 != 2)
		dialogue_refuse(dialogue, STEP_RCPT, reply);
	if (dialogue->offer.pipelining)
		return;
	if (dialogue->busy)
		dialogue_command(dialogue, STEP_DATA, "DATA");
	else
		dialogue_command(dialogue, STEP_RSET, "RSET");
}

/* RFC 2920 section 3.1: a server may well accept DATA although it refused every recipient; then an
 * empty message ends it, whose fate is of no interest. */
static void dialogue_on_data(struct dialogue *dialogue, const struct reply *reply)
{
	if (reply->code / 100 != 3) {
		dialogue_refuse(dialogue, STEP_DATA, reply);
		dialogue_command(dialogue, STEP_RSET, "RSET");
	} else if (dialogue->busy) {
		dialogue_begin_body(dialogue);
	} else {
		dialogue_command(dialogue, STEP_EMPTY_DOT, ".");
	}
}

/* RFC 5321 section 4.1.1.4: the dot ends the transaction, whatever the reply. */
static void dialogue_on_dot(struct dialogue *dialogue, const struct reply *reply)
{
	struct post_result result;

	if (reply->code / 100 != 2) {
		dialogue_refuse(dialogue, STEP_DOT, reply);
	} else {
		post_result_set(&result, POST_SENT, POST_CAUSE_NONE, reply->code,
			"The server accepted the mail to %s: %s", dialogue->mail.to, reply->text);
		dialogue_settle(dialogue, &result);
	}
	dialogue->phase = PHASE_COMMANDS;
}

static void dialogue_on_rset(struct dialogue *dialogue, const struct reply *reply)
{
	if (reply->code / 100 != 2)
		dialogue_close(dialogue);
}

static void dialogue_on_empty_dot(
	struct dialogue *dialogue UNUSED, const struct reply *reply UNUSED)
{
}

static void dialogue_on_quit(struct dialogue *dialogue, const struct reply *reply UNUSED)
{
	dialogue_close(dialogue);
}

static const struct dialogue_row {
	int good; /* first digit that means yes; 4 and 5 are known everywhere */
	void (*on)(struct dialogue *dialogue, const struct reply *reply);
} dialogue_rows[] = {
	[STEP_MAIL] = { 2, dialogue_on_mail },
	[STEP_RCPT] = { 2, dialogue_on_rcpt },
	[STEP_DATA] = { 3, dialogue_on_data },
	[STEP_DOT] = { 2, dialogue_on_dot },
	[STEP_EMPTY_DOT] = { 2, dialogue_on_empty_dot },
	[STEP_RSET] = { 2, dialogue_on_rset },
	[STEP_QUIT] = { 2, dialogue_on_quit },
};

/* No reply is due, or to a command that is not sent yet. Before the dot the server can only have
 * given up on the mail, and as it is still in our DATA there is no way back to commands; between
 * mails it says good-bye. */
static void dialogue_on_early(struct dialogue *dialogue, const struct reply *reply)
{
	if (reply->code < 400) {
		dialogue_lose_step(dialogue, reply);
		return;
	}
	dialogue_refuse(
		dialogue, dialogue->n_awaited ? dialogue->awaited[0].step : STEP_DOT, reply);
	dialogue_close(dialogue);
}

static bool dialogue_is_due(const struct dialogue *dialogue)
{
	return dialogue->n_awaited > 0 && dialogue->handed >= dialogue->awaited[0].end;
}

static void dialogue_on_reply(struct dialogue *dialogue, const struct reply *reply)
{
	enum step step;
	int digit = reply->code / 100;

	dialogue_trace(dialogue, '<', reply->text);
	dialogue->progress++;
	if (!dialogue_is_due(dialogue)) {
		dialogue_on_early(dialogue, reply);
		return;
	}
	step = dialogue->awaited[0].step;
	if (digit < 4 && digit != dialogue_rows[step].good) {
		dialogue_lose_step(dialogue, reply);
		return;
	}
	dialogue->n_awaited--;
	memmove(dialogue->awaited, dialogue->awaited + 1,
		dialogue->n_awaited * sizeof(dialogue->awaited[0]));
	/* RFC 5321 section 3.8: 421 may answer any command, and the connection ends with it. */
	if (reply->code == 421) {
		dialogue_refuse(dialogue, step, reply);
		dialogue_close(dialogue);
		return;
	}
	dialogue_rows[step].on(dialogue, reply);
}

void dialogue_input(struct dialogue *dialogue, const char *bytes, size_t n)
{
	while (n > 0 && dialogue->phase != PHASE_CLOSED) {
		struct reply reply;
		struct err e;
		size_t used = 0;
		int r = reply_read(&dialogue->reader, bytes, n, &used, &reply, &e);

		if (r < 0)
			dialogue_break(dialogue, POST_CAUSE_BROKEN, e.text);
		else if (r > 0)
			dialogue_on_reply(dialogue, &reply);
		bytes += used;
		n -= used;
	}
}
