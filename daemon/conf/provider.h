/* SPDX-License-Identifier: MIT */
/*
 * provider: the mail servers of the big providers, and what a login there needs.
 */
#ifndef NUDGE_CONF_PROVIDER_H
#define NUDGE_CONF_PROVIDER_H

#include "core/err.h"

enum provider_login {
	PROVIDER_PASSWORD,     /* the mailbox's own */
	PROVIDER_APP_PASSWORD, /* one made for a program, in the account's settings */
	PROVIDER_TOKEN,        /* an OAuth 2 access token: passwords are refused */
};

struct provider {
	const char *name; /* as a person calls it: "Gmail" */
	const char *url;  /* for smtp.url */
	enum provider_login login;
	/* What to know before the first login, sentences that err_translate() knows; NULL: nothing. */
	const char *advice;
	/* Names and mail domains, in lower case, a blank between them. */
	const char *words;
	/* Likewise what the hosts end with that take the mail of domains it keeps; NULL: it keeps none. */
	const char *exchanges;
};

/* By the domain of an address, or by the name of the provider; letter case, blanks and hyphens are
 * no matter ("Microsoft 365", "T-Online"). NULL: none that is known. */
const struct provider *provider_of_address(const char *address);
const struct provider *provider_named(const char *name);
/* By the host that takes a domain's mail, in lower case, as mx.h has it. */
const struct provider *provider_of_exchange(const char *host);
/* The first whose server that is, as "smtp://HOST:PORT". */
const struct provider *provider_of_url(const char *url);

/* What a person answers to "which server": a provider's name, a host, a host and port, or a URL; to
 * smtp.url with its port (465 is TLS from the first byte). The caller frees. -EINVAL with a sentence. */
int provider_read_server(char **ret_url, const char *text, struct err *reterr);
/* The likeliest server of an address, of whatever domain; `exchange`: the host that takes the domain's mail, or NULL.
 * The caller frees; NULL: out of memory. */
char *provider_guess_server(const char *address, const char *exchange);

#endif
