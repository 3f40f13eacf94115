/* SPDX-License-Identifier: MIT */
/*
 * slot: when a digest is due, and taking the slot: claim, message, told marks and deliveries in one
 * transaction, so that a slot yields at most one digest whatever happens between.
 */
#ifndef NUDGE_DIGEST_SLOT_H
#define NUDGE_DIGEST_SLOT_H

#include "agenda/trust.h"
#include "conf/conf.h"
#include "book/store.h"
#include "digest/edition.h"

/* Whether the digest believes a clock that says `now`. Reads only. */
int slot_trust(struct store *store, const struct conf_digest *digest, int64_t now, enum trust *ret,
	struct err *reterr);
/* Believes it from here on: what was claimed later is void, and covers begin today. In a transaction;
 * does nothing where the clock is trusted. */
int slot_believe(
	struct store *store, const struct conf_digest *digest, int64_t now, struct err *reterr);

/* When the digest is due: an instant, at or before `now` where it is due already. 0, or SLOT_NEVER
 * where its cadence is over. Reads only. */
#define SLOT_NEVER 1
int slot_due(struct store *store, const struct conf_digest *digest, int64_t now, int64_t *ret,
	struct err *reterr);

struct slot_outcome {
	bool claimed;    /* it was due */
	bool distrusted; /* the clock is not believed, and nothing was claimed */
	bool written;    /* and there was something to say: a message waits in the outbox */
	int64_t slot;
	int64_t next; /* when it is due again, or for the first time; SLOT_NO_TIME: never. Not where distrusted */
};
#define SLOT_NO_TIME INT64_MAX

/* Takes the latest slot that is due at `now`, if one is. Earlier ones that were missed are told by
 * this one. */
int slot_take(struct store *store, const struct conf *conf, const struct conf_digest *digest,
	int64_t now, struct slot_outcome *ret, struct err *reterr);

/* The same within the caller's transaction, which may take many; of one that fails nothing may be kept.
 * slot_forget() is the caller's to call. */
int slot_take_within(struct store *store, const struct conf *conf, const struct conf_digest *digest,
	int64_t now, struct slot_outcome *ret, struct err *reterr);
/* What is kept for a time only goes: each time that slots are taken, in their transaction. */
int slot_forget(struct store *store, int64_t now, int32_t today, struct err *reterr);

/* The edition that the digest would write next, at `now`; nothing is recorded. A mail that still waits to
 * be sent gives way to it, and what that one had to tell is told anew. `skips`: as if it had gone out
 * up to that day; it is no welcome then. */
int slot_preview(struct edition *ret, struct store *store, const struct conf *conf,
	const struct conf_digest *digest, int64_t now, bool skips, struct err *reterr);

/* A digest that a person asked for: it says what the next one would, belongs to no slot, and moves
 * neither a cover nor a mark. Also where there is nothing to tell. `ret_message` is its number,
 * `ret_id` its Message-ID. */
int slot_send_now(struct store *store, const struct conf *conf, const struct conf_digest *digest,
	int64_t now, int64_t *ret_message, struct str *ret_id, struct err *reterr);

#endif
