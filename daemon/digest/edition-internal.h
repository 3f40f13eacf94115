/* SPDX-License-Identifier: MIT */
/*
 * edition-internal: what an edition tells and brings besides its agenda.
 */
#ifndef NUDGE_DIGEST_EDITION_INTERNAL_H
#define NUDGE_DIGEST_EDITION_INTERNAL_H

#include "book/outbox.h"
#include "book/troubles.h"
#include "digest/edition.h"

struct edition_news {
	struct welcome welcome; /* of the first edition */
	struct agenda next;     /* and what it is made of */
	struct contact people[COMPOSE_CANDIDATES];
	bool has_past, has_silence;
	struct outbox_lost outbox_lost[2]; /* and those that are held */
	struct trouble_past trouble;
	struct str lost_words[2];
	struct compose_lost lost[2];
	size_t n_lost;
	struct compose_past past;
	struct compose_silence silence;
	struct book_counts counts; /* where it explains how to act on items, */
	bool is_welcome, is_guide; /* which a welcome does anyway */
};
void edition_news_done(struct edition_news *news);
#define _cleanup_edition_news_ _cleanup_(edition_news_done)

/* A welcome is read by who knows nothing of it yet: of a sorted agenda that is long it keeps what has its day
 * before the next digest, and as many others as make a handful, of many kinds first. The rest is not told, so
 * it is due in the next one. The order is lost. */
int edition_shorten(struct edition *edition, struct err *reterr);

/* Sets in `edition` what of it is a reason to send, what is to be remembered as told, and whom it names. */
int edition_load_news(struct edition_news *ret, struct edition *edition,
	const struct collect *collect, const struct conf_digest *digest,
	const struct digest_state *state, int64_t now, struct err *reterr);

/* What is composed points into the news from here on. */
void edition_news_tell(const struct edition_news *news, struct compose *compose);

/* The calendar's entries: of the coffees on the agenda, and of those that were moved or have fallen through since
 * a mail of this digest had theirs. The latter are no reason to send. */
int edition_add_invitations(struct edition *edition, const struct collect *collect,
	const struct conf_digest *digest, int64_t now, struct err *reterr);

int edition_mention(struct edition *edition, int64_t contact, struct err *reterr);
int edition_mention_agenda(
	struct edition *edition, const struct agenda *agenda, struct err *reterr);

#endif
