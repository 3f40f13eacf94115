/* SPDX-License-Identifier: MIT */
/*
 * troubles: what is wrong now, kept where every program can show it.
 */
#ifndef NUDGE_BOOK_TROUBLES_H
#define NUDGE_BOOK_TROUBLES_H

#include "book/store.h"

struct trouble {
	int64_t since;
	char *kind, *text; /* text: a sentence */
};

struct troubles {
	struct trouble *all; /* the oldest first */
	size_t n;
};
void troubles_done(struct troubles *troubles);
#define _cleanup_troubles_ _cleanup_(troubles_done)

/* That of the mail server, while no mail gets through. */
#define TROUBLES_SERVER "server"
/* There is no password, as whoever sends nothing just now has seen. */
#define TROUBLES_PASSWORD "password"
/* A digest of the configuration that cannot be written, for what is wrong with it alone. */
#define TROUBLES_DIGEST "digest"

/* One trouble of each kind: a later sentence takes the earlier one's place, not its age. */
int troubles_set(
	struct store *store, const char *kind, int64_t now, const char *text, struct err *reterr);
int troubles_clear(struct store *store, const char *kind, struct err *reterr);
/* The latest that is over and could not be told while it lasted, for the disk was it: 1, or 0. */
struct trouble_past {
	int64_t since, until;
	char *text;
};
void trouble_past_done(struct trouble_past *past);
#define _cleanup_trouble_past_ _cleanup_(trouble_past_done)
int troubles_set_past(
	struct store *store, int64_t since, int64_t until, const char *text, struct err *reterr);
int troubles_find_past(struct store *store, struct trouble_past *ret, struct err *reterr);
int troubles_list(struct store *store, struct troubles *ret, struct err *reterr);

#endif
