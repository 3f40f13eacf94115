/* SPDX-License-Identifier: MIT */
/*
 * outbox: messages and their deliveries, one for each recipient. It loses nothing and hides nothing.
 *
 *     queued -> attempting -> in doubt -> sent | refused
 *        ^          |            |
 *        +----------+------------+   withdrawn: in favour of a newer message
 *
 * "in doubt" is recorded before the final dot may be sent, and stays until a clear reply; a delivery
 * that was attempting when the service died was certainly not accepted.
 */
#ifndef NUDGE_BOOK_OUTBOX_H
#define NUDGE_BOOK_OUTBOX_H

#include "book/store.h"

#define OUTBOX_NEVER        INT64_MAX /* as next_try: held for the person */
#define OUTBOX_FORGET_MAX   256
#define OUTBOX_KEEP_SECONDS (30 * 24 * 60 * 60) /* bodies of what is settled */

struct outbox_message {
	int64_t digest, slot;
	const char *message_id, *sender, *subject;
	const void *body;
	size_t size;
};
int outbox_add(struct store *store, const struct outbox_message *message, int64_t now,
	int64_t *ret_id, struct err *reterr);
int outbox_add_mention(struct store *store, int64_t message, int64_t contact, struct err *reterr);
/* How long the recipient has been failing is carried over from a withdrawn message's delivery. */
int outbox_add_delivery(struct store *store, int64_t message, const char *recipient, int64_t now,
	struct err *reterr);

/* Withdraws the digest's messages of which no delivery is attempting, in doubt or sent: what they told
 * is untold, and the next message tells it. Those that belong to no slot as well. */
int outbox_withdraw(struct store *store, int64_t digest, int64_t now, struct err *reterr);
/* Only those that belong to no slot: the next one that a person asks for says it all. */
int outbox_withdraw_unclaimed(struct store *store, int64_t digest, int64_t now, struct err *reterr);
/* Blanks the stored messages that speak of the contact. What still waits of them is withdrawn; what is
 * being attempted is so once it would wait again. */
int outbox_erase_contact(struct store *store, int64_t contact, struct err *reterr);
/* How many messages wait that speak of the contact. */
int outbox_waiting_of(struct store *store, int64_t contact, int64_t *ret, struct err *reterr);

struct delivery {
	int64_t id, message, digest;
	char *digest_name, *message_id, *sender, *recipient;
	void *body;
	size_t size;
	int64_t attempts, doubts, failing_since; /* failing_since 0: it has not failed */
};
void delivery_done(struct delivery *delivery);
#define _cleanup_delivery_ _cleanup_(delivery_done)

/* The delivery that has waited longest of those due at `now`; 1, or 0. */
int outbox_next(struct store *store, int64_t now, struct delivery *ret, struct err *reterr);
/* No next try is later than `latest`, which a clock set back would make it. */
int outbox_hasten(struct store *store, int64_t latest, struct err *reterr);
/* Whatever was wrong with the server may be mended: what waits for its sake is due now, a mail that was
 * not taken at the soonest RETRY_GREYLIST_SECONDS after that. A further copy is not sent earlier. */
int outbox_hurry(struct store *store, int64_t now, struct err *reterr);
/* Calls `each` for when deliveries that were attempted since then changed last, the oldest first. */
int outbox_each_attempt(struct store *store, int64_t since,
	void (*each)(void *userdata, int64_t at), void *userdata, struct err *reterr);
/* 1 where a message of that Message-ID was written before. */
int outbox_has_message(struct store *store, const char *message_id, struct err *reterr);
/* Messages of the digest that did not reach somebody though they were tried, since one of its messages last did;
 * or, `held`, of those the ones that are held in doubt, for perhaps they did: the person is to look. 1, or 0. */
struct outbox_lost {
	int64_t slot, first_slot; /* of the latest, and of the first */
	int n;                    /* how many messages */
	bool refused;             /* the latest, for good; else another took its place */
	char *recipient, *error;  /* of the latest; a sentence */
};
void outbox_lost_done(struct outbox_lost *lost);
#define _cleanup_outbox_lost_ _cleanup_(outbox_lost_done)
int outbox_find_lost(struct store *store, int64_t digest, bool held, struct outbox_lost *ret,
	struct err *reterr);

/* When the next one is due: 1, or 0 where none waits. */
int outbox_next_time(struct store *store, int64_t *ret, struct err *reterr);
/* The first next try that is later than `now`, likewise. */
int outbox_next_time_after(struct store *store, int64_t now, int64_t *ret, struct err *reterr);

int outbox_set_attempting(struct store *store, int64_t id, int64_t now, struct err *reterr);
/* The final dot may be sent next; nothing tries it again until its end is recorded. */
int outbox_set_in_doubt(struct store *store, int64_t id, int64_t now, struct err *reterr);
int outbox_set_sent(struct store *store, int64_t id, int64_t now, struct err *reterr);
int outbox_set_refused(
	struct store *store, int64_t id, int64_t now, const char *error, struct err *reterr);
/* One that waits, and may not have arrived. */
int outbox_set_withdrawn(struct store *store, int64_t id, int64_t now, struct err *reterr);
/* Certainly not accepted: tried again at next_try. `in_doubt`: its last doubt was not resolved. */
int outbox_set_waiting(struct store *store, int64_t id, int64_t now, int64_t next_try,
	bool in_doubt, const char *error, struct err *reterr);

/* At the service's start: nothing is being attempted. */
int outbox_recover(struct store *store, int64_t now, struct err *reterr);
/* When those of the digest's that are in doubt are sent again: an instant, for those that nothing else
 * was recorded of and of which fewer than RETRY_COPIES_MAX may have arrived; or OUTBOX_NEVER, for all. */
int outbox_schedule_doubts(
	struct store *store, const char *digest, int64_t next_try, struct err *reterr);
/* The same for all digests that live in the database, each by its own setting. */
int outbox_schedule_hosted_doubts(struct store *store, int64_t now, struct err *reterr);
/* Removes the bodies of what was settled OUTBOX_KEEP_SECONDS ago, OUTBOX_FORGET_MAX of them at a time. */
int outbox_forget_bodies(struct store *store, int64_t now, struct err *reterr);

/* The digests of which something is held in doubt, the first and the last by their names: 1, or 0. */
int outbox_find_holding(struct store *store, char **ret_first, char **ret_last, struct err *reterr);
/* What is held in doubt, of one digest by its name or of all (NULL), has arrived, as a person says, or is
 * to be sent once more: their number, or negative. */
int outbox_settle_held(
	struct store *store, const char *digest, bool arrived, int64_t now, struct err *reterr);

struct outbox_counts {
	int64_t queued, attempting, in_doubt, sent, refused, withdrawn;
	int64_t twice; /* of those sent: perhaps more than once, for a first answer was lost */
};
int outbox_count(struct store *store, struct outbox_counts *ret, struct err *reterr);

/* Open deliveries with an error, and refused ones, the newest first; `text` is a sentence. */
struct outbox_error {
	int64_t since;
	int64_t slot;
	char *digest, *recipient, *state, *text;
	bool held;             /* in doubt, and not tried again by itself */
	int64_t awaited_since; /* in doubt for a dot that the server has not answered yet; else 0 */
};
struct outbox_errors {
	struct outbox_error *all;
	size_t n;
};
void outbox_errors_done(struct outbox_errors *errors);
#define _cleanup_outbox_errors_ _cleanup_(outbox_errors_done)
int outbox_list_errors(
	struct store *store, size_t max, struct outbox_errors *ret, struct err *reterr);
/* All deliveries of a message, by the order of its recipients; `text` is "" where nothing went wrong. */
int outbox_list_message(
	struct store *store, const char *message_id, struct outbox_errors *ret, struct err *reterr);
/* How many of a message's deliveries were not tried yet, or are just being tried. */
int outbox_count_untried(struct store *store, int64_t message, int64_t *ret, struct err *reterr);

#endif
