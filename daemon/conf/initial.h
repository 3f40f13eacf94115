/* SPDX-License-Identifier: MIT */
/*
 * initial: a first configuration, made of what a newcomer was asked.
 */
#ifndef NUDGE_CONF_INITIAL_H
#define NUDGE_CONF_INITIAL_H

#include "core/str.h"

/* Where the login's secret comes from. */
enum initial_secret {
	INITIAL_NO_LOGIN,
	INITIAL_PASSWORD_FILE,
	INITIAL_PASSWORD_CREDENTIAL,
	INITIAL_TOKEN_COMMAND,
};

/* Texts are UTF-8 of one line; what is NULL or "" is left out. */
struct initial {
	const char *database; /* default: by mode */
	const char *address;  /* of the person, who gets the mail and by whose login it is sent */
	const char *name;
	const char *url, *user;
	const char *tls; /* "required", "opportunistic", "none"; default: by the url */
	enum initial_secret secret;
	/* The file, the credential's name, or the command: its words, split at blanks. */
	const char *secret_text;
	const char *digest; /* its name, which every digest has */
	const char *cadence, *timezone;
	const char *language;     /* "en", "de" */
	const char *address_form; /* "du", "sie" */
};

/* Adds the file's text; its few comments are in the person's language. What conf_load() makes of it
 * is what stands here, if each is what its setting allows. */
void initial_write(struct str *out, const struct initial *initial);

#endif
