/* SPDX-License-Identifier: MIT */
/*
 * delivery-record: what the sender reported, in the database.
 */
#include "service/delivery-internal.h"

#include "agenda/retry.h"
#include "book/outbox.h"
#include "book/troubles.h"
#include "book/witness.h"

#include <errno.h>
#include <sys/random.h>

#define DELIVERY_TROUBLE TROUBLES_SERVER

static uint32_t delivery_random(void)
{
	uint32_t random = 0;

	(void)getrandom(&random, sizeof(random), GRND_NONBLOCK);
	return random;
}

static int delivery_record_sent(
	struct delivery_round *round, struct delivery_mail *mail, int64_t now, struct err *reterr)
{
	int r = outbox_set_sent(round->store, mail->delivery.id, now, reterr);

	/* The others wait no longer for what is over. */
	if (r == 0 && round->failures)
		r = outbox_hurry(round->store, now, reterr);
	if (r == 0)
		r = troubles_clear(round->store, TROUBLES_PASSWORD, reterr);
	return r < 0 ? r : troubles_clear(round->store, DELIVERY_TROUBLE, reterr);
}

/* A mail that may have arrived: sent again or, at last, left to the person. */
static int delivery_record_doubt(
	struct delivery_round *round, struct delivery_mail *mail, int64_t now, struct err *reterr)
{
	int64_t since = mail->delivery.failing_since ? mail->delivery.failing_since : now;
	unsigned copies = (unsigned)mail->delivery.doubts + 1;

	mail->hold = mail->hold || retry_is_doubtful(copies, since, now);
	return outbox_set_waiting(round->store, mail->delivery.id, now,
		mail->hold ? OUTBOX_NEVER : now + retry_wait_doubt(copies, delivery_random()), true,
		mail->result.text, reterr);
}

/* Given up after days. Of what may have arrived it cannot be said that it was refused. */
static int delivery_record_over(
	struct delivery_round *round, struct delivery_mail *mail, int64_t now, struct err *reterr)
{
	if (!mail->delivery.doubts && !mail->given_up)
		post_result_set(&mail->result, mail->result.outcome, mail->result.cause,
			mail->result.code, "It was tried for %d days and given up: %s",
			RETRY_GIVE_UP_SECONDS / (24 * 60 * 60), mail->result.text);
	mail->given_up = true;
	if (!mail->delivery.doubts)
		return outbox_set_refused(
			round->store, mail->delivery.id, now, mail->result.text, reterr);
	mail->hold = true;
	return outbox_set_waiting(round->store, mail->delivery.id, now, OUTBOX_NEVER, false,
		mail->result.text, reterr);
}

static int delivery_record_retry(
	struct delivery_round *round, struct delivery_mail *mail, int64_t now, struct err *reterr)
{
	bool server = mail->result.outcome == POST_SERVER;
	int64_t since = mail->delivery.failing_since ? mail->delivery.failing_since : now;
	int64_t next = now +
		retry_wait(server ? RETRY_SERVER : RETRY_RECIPIENT,
			server ? round->failures + 1 : (unsigned)mail->delivery.attempts + 1,
			delivery_random());
	int r = 0;

	if (retry_is_over(since, now))
		return delivery_record_over(round, mail, now, reterr);
	if (server) {
		round->paused_until = next;
		r = troubles_set(round->store, DELIVERY_TROUBLE, now, mail->result.text, reterr);
		if (r == 0)
			r = troubles_clear(round->store, TROUBLES_PASSWORD, reterr);
	}
	return r < 0 ? r
		     : outbox_set_waiting(round->store, mail->delivery.id, now, next, false,
			       mail->result.text, reterr);
}

static int delivery_record_end(
	struct delivery_round *round, struct delivery_mail *mail, int64_t now, struct err *reterr)
{
	switch (mail->result.outcome) {
	case POST_SENT:
		return delivery_record_sent(round, mail, now, reterr);
	case POST_REFUSED:
		return outbox_set_refused(
			round->store, mail->delivery.id, now, mail->result.text, reterr);
	case POST_IN_DOUBT:
		return delivery_record_doubt(round, mail, now, reterr);
	case POST_DEFERRED:
	case POST_SERVER:
		return delivery_record_retry(round, mail, now, reterr);
	case POST_OUTCOME_COUNT:
		break;
	}
	return err_set(
		reterr, -EPROTO, "the sender reported an outcome %d", (int)mail->result.outcome);
}

int delivery_record_all(struct delivery_round *round, int64_t now, struct err *reterr)
{
	bool any = false;
	int r = 0;

	for (size_t i = 0; r == 0 && i < round->n; i++) {
		struct delivery_mail *mail = &round->mails[i];

		if (mail->step == DELIVERY_READY)
			r = outbox_set_in_doubt(round->store, mail->delivery.id, now, reterr);
		else if (mail->step == DELIVERY_SETTLED)
			r = delivery_record_end(round, mail, now, reterr);
		any |= mail->step == DELIVERY_READY || mail->step == DELIVERY_SETTLED;
	}
	return r == 0 && any ? witness_count(round->store, reterr) : r;
}
