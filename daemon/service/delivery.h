/* SPDX-License-Identifier: MIT */
/*
 * delivery: the way of the outbox's mails through the sender, recorded before and after each step
 * that matters.
 *
 * What the sender reports is gathered and recorded in one transaction for all; a final dot is
 * released only after "in doubt" is on the disk. Where the database cannot be written the reports
 * wait: nothing is released, nothing is forgotten.
 */
#ifndef NUDGE_SERVICE_DELIVERY_H
#define NUDGE_SERVICE_DELIVERY_H

#include "base/clock.h"
#include "book/store.h"
#include "conf/conf.h"

#include <stdbool.h>

struct delivery_round; /* all that is on its way */

int delivery_new(struct delivery_round **ret, struct store *store, const struct conf *conf,
	const struct clock *clock, struct err *reterr);
void delivery_free(struct delivery_round *round); /* NULL-safe; kills the sender */
DEFINE_CLEANUP(struct delivery_round *, delivery_free);

/* What a dead service left: nothing is being attempted; doubts are resent or held, by the digest. */
int delivery_recover(struct delivery_round *round, struct err *reterr);

/* A new configuration: mails on their way end by the old one, later ones go by the new. */
void delivery_reconfigure(struct delivery_round *round, const struct conf *conf);

/* Exchanges with the sender what can be without waiting; touches no database. */
int delivery_read(struct delivery_round *round, struct err *reterr);

/* Records what was reported, hands over what is due. -EBUSY and others: nothing is lost, call again. */
int delivery_work(struct delivery_round *round, struct err *reterr);

/* To poll: -1 while no sender runs. */
int delivery_fd(const struct delivery_round *round);
short delivery_events(const struct delivery_round *round);

/* When there is work again without an event: an instant, or INT64_MAX. */
int delivery_next_time(struct delivery_round *round, int64_t *ret, struct err *reterr);

/* Mails that are with the sender, or whose reports are not recorded. */
size_t delivery_on_the_way(const struct delivery_round *round);

/* While the clock is not believed nothing is handed over: what failed long ago would expire. */
void delivery_hold(struct delivery_round *round, bool holds);

/* A server that failed is tried again now, with what is due. */
void delivery_unpause(struct delivery_round *round);

/* A server that failed may be mended: it is tried again now, with what waits for its sake, not when its
 * time has come. */
void delivery_hurry(struct delivery_round *round);

/* Takes no further mail: for the end of the service. */
void delivery_close(struct delivery_round *round);

/* The last server-wide fault, "" where the server is well. */
const char *delivery_trouble(const struct delivery_round *round);

#endif
