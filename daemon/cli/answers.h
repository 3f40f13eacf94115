/* SPDX-License-Identifier: MIT */
/*
 * answers: what a newcomer is asked for a first configuration.
 */
#ifndef NUDGE_CLI_ANSWERS_H
#define NUDGE_CLI_ANSWERS_H

#include "base/mx.h"
#include "conf/conf.h"
#include "conf/initial.h"

struct answers {
	char *address, *name; /* of the person; the name may be "" */
	char *url, *user;     /* of the server; the user is "" where it wants no login */
	char *tls;            /* a word of the setting; NULL: what it is by default */
	bool tried;           /* a test mail has failed: what is mostly right may not be */
	char *token_command;  /* "": a password */
	char *password;       /* as it was typed */
	char *password_file, *password_credential; /* where it is already, instead */
	int minute;                                /* of the day; -1: not answered */
	unsigned days;                             /* as rhythm.h has them; 0: not answered */
	char *timezone, *language, *address_form;
	/* Who takes the mail of a domain, as mx_look_up(); NULL: nobody is asked. */
	bool (*look_up)(const char *domain, char ret[MX_HOST_SIZE]);
	char exchange[MX_HOST_SIZE]; /* what it found for the address; "" */
};
#define ANSWERS_INIT      ((struct answers){ .minute = -1 })
#define _cleanup_answers_ _cleanup_(answers_done)
void answers_done(struct answers *answers);

enum answers_question {
	ANSWERS_ADDRESS,
	ANSWERS_NAME,
	ANSWERS_SERVER,
	ANSWERS_TLS,
	ANSWERS_USER,
	ANSWERS_TOKEN_COMMAND,
	ANSWERS_PASSWORD,
	ANSWERS_TIME,
	ANSWERS_DAYS,
	ANSWERS_TIMEZONE,
	ANSWERS_LANGUAGE,
	ANSWERS_ADDRESS_FORM,
	ANSWERS_COUNT,
};

/* The command's option for it; NULL for the password, which is nobody's to see. */
const char *answers_option(enum answers_question question);

/* Takes a text for an answer: 0, or -EINVAL with a sentence. */
int answers_take(struct answers *answers, enum answers_question question, const char *text,
	struct err *reterr);
/* Takes what would be proposed: 0, -EINVAL likewise, or -ENODATA where an answer is needed that
 * nobody else knows. */
int answers_settle(struct answers *answers, enum answers_question question, struct err *reterr);

/* Asks for it until an answer is good: 0, QUESTION_ENDED of question.h, or -ENOMEM. What is no
 * question any more after the answers before is settled. */
int answers_ask(struct answers *answers, enum answers_question question, struct err *reterr);

/* Proposes from now on what stands in a configuration; no secret is in one. 0 or -ENOMEM. */
int answers_prefill(struct answers *answers, const struct conf *conf, struct err *reterr);

/* What they make. It borrows from the answers, and its cadence from `cadence`. */
struct initial answers_initial(const struct answers *answers, struct str *cadence);

#endif
