/* SPDX-License-Identifier: MIT */
/*
 * delivery-internal: what delivery.c and delivery-record.c share; for no one else.
 */
#ifndef NUDGE_SERVICE_DELIVERY_INTERNAL_H
#define NUDGE_SERVICE_DELIVERY_INTERNAL_H

#include "agenda/throttle.h"
#include "book/outbox.h"
#include "post/route.h"
#include "service/delivery.h"

enum delivery_step {
	DELIVERY_TAKEN,   /* in the transaction under way: to be handed over after it */
	DELIVERY_SENDING, /* with the sender */
	DELIVERY_READY,   /* it waits for the final dot's release, which is to be recorded first */
	DELIVERY_RELEASED,
	DELIVERY_SETTLED, /* its end is to be recorded */
};

struct delivery_mail {
	struct delivery delivery; /* without its body */
	enum delivery_step step;
	bool hold;     /* if it comes into doubt */
	bool given_up; /* after days: it ended otherwise than its last attempt */
	bool earlier; /* it was on its way when the server failed another: no trial of whether it is well again */
	struct post_result result;
};

struct delivery_round {
	struct store *store;
	const struct conf *conf;
	const struct clock *clock;
	struct courier *courier;
	struct route route;
	bool stale;   /* the courier is of an older configuration */
	bool warned;  /* what is wrong with the sender was said */
	bool held;    /* for now */
	bool closed;  /* nothing more is handed over */
	bool hurries; /* what waits for the server's sake is to be due now */
	struct delivery_mail *mails;
	size_t n;
	int64_t paused_until; /* for the server's sake */
	unsigned failures;    /* of the server, in a row */
	char trouble[768];
	struct throttle throttle; /* for max_per_minute */
};

/* Records all that was reported, in the caller's transaction. */
int delivery_record_all(struct delivery_round *round, int64_t now, struct err *reterr);

#endif
