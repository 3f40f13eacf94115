/* SPDX-License-Identifier: MIT */
/*
 * url: the mail server's address.
 */
#ifndef NUDGE_CONF_URL_H
#define NUDGE_CONF_URL_H

#include "core/err.h"
#include "core/str.h"

struct url {
	char *host; /* without brackets */
	int port;   /* as written, else 587 for smtp:// and 465 for smtps:// */
	bool implicit_tls;
};

/* smtp://HOST[:PORT] or smtps://HOST[:PORT]; HOST is a name or an address, an IPv6 one in brackets.
 * -EINVAL with a sentence, which does not repeat the text: it may hold a password. */
int url_parse(struct url *ret, const char *text, struct err *reterr);
void url_done(struct url *url);

/* The same as text, the port always written out. The caller frees; NULL where memory ran out. */
char *url_format(const struct url *url);

/* localhost, 127.0.0.0/8 or ::1. */
bool url_is_loopback(const struct url *url);

#endif
