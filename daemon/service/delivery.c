/* SPDX-License-Identifier: MIT */
/*
 * delivery: the way of the outbox's mails through the sender.
 */
#include "service/delivery-internal.h"

#include "agenda/retry.h"
#include "agenda/throttle.h"
#include "book/hosted.h"
#include "book/outbox.h"
#include "book/troubles.h"
#include "core/str.h"
#include "post/route.h"
#include "service/journal.h"
#include "service/password.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#define DELIVERY_PER_CONNECTION 2 /* mails at the sender: one on its way, one waiting behind it */
/* Of more mails on their way the journal hears how many were sent. */
#define DELIVERY_TOLD_SINGLY 16

int delivery_new(struct delivery_round **ret, struct store *store, const struct conf *conf,
	const struct clock *clock, struct err *reterr)
{
	struct delivery_round *round = calloc(1, sizeof(*round));

	if (!round)
		return err_oom(reterr);
	round->store = store;
	round->conf = conf;
	round->clock = clock;
	*ret = round;
	return 0;
}

void delivery_free(struct delivery_round *round)
{
	if (!round)
		return;
	courier_free(round->courier);
	route_done(&round->route);
	for (size_t i = 0; i < round->n; i++)
		delivery_done(&round->mails[i].delivery);
	free(round->mails);
	throttle_done(&round->throttle);
	free(round);
}

/* Whether what is in doubt of the digest is held: 1, 0 or negative. */
static int delivery_holds(
	struct delivery_round *round, const struct delivery *delivery, struct err *reterr)
{
	const struct conf_digest *d = conf_find_digest(round->conf, delivery->digest_name);

	return d ? d->in_doubt == CONF_IN_DOUBT_HOLD
		 : hosted_holds(round->store, delivery->digest, reterr);
}

int delivery_recover(struct delivery_round *round, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int64_t now = clock_now(round->clock);
	int r = store_begin(round->store, &transaction, reterr);

	if (r == 0)
		r = outbox_recover(round->store, now, reterr);
	if (r == 0)
		r = outbox_hasten(round->store, now + RETRY_LONGEST_SECONDS, reterr);
	for (size_t i = 0; r == 0 && i < round->conf->n_digests; i++) {
		const struct conf_digest *d = &round->conf->digests[i];

		r = outbox_schedule_doubts(round->store, d->name,
			d->in_doubt == CONF_IN_DOUBT_HOLD ? OUTBOX_NEVER : now, reterr);
	}
	if (r == 0)
		r = outbox_schedule_hosted_doubts(round->store, now, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

void delivery_reconfigure(struct delivery_round *round, const struct conf *conf)
{
	round->conf = conf;
	round->stale = true;
	round->paused_until = 0;
	round->hurries = true;
}

void delivery_hold(struct delivery_round *round, bool holds)
{
	round->held = holds;
}

void delivery_unpause(struct delivery_round *round)
{
	round->paused_until = 0;
	round->trouble[0] = '\0';
}

void delivery_hurry(struct delivery_round *round)
{
	delivery_unpause(round);
	round->hurries = true;
}

void delivery_close(struct delivery_round *round)
{
	round->closed = true;
}

const char *delivery_trouble(const struct delivery_round *round)
{
	return round->trouble;
}

size_t delivery_on_the_way(const struct delivery_round *round)
{
	return round->n;
}

int delivery_fd(const struct delivery_round *round)
{
	return round->courier ? courier_fd(round->courier) : -1;
}

short delivery_events(const struct delivery_round *round)
{
	return round->courier ? courier_events(round->courier) : 0;
}

static struct delivery_mail *delivery_find(struct delivery_round *round, uint64_t mail)
{
	for (size_t i = 0; i < round->n; i++)
		if ((uint64_t)round->mails[i].delivery.id == mail)
			return &round->mails[i];
	return NULL;
}

static void delivery_on_ready(void *userdata, uint64_t mail)
{
	struct delivery_mail *m = delivery_find(userdata, mail);

	if (m)
		m->step = DELIVERY_READY;
}

static void delivery_on_settled(void *userdata, uint64_t mail, const struct post_result *result)
{
	struct delivery_mail *m = delivery_find(userdata, mail);

	if (!m)
		return;
	m->step = DELIVERY_SETTLED;
	m->result = *result;
}

static void delivery_settle(struct delivery_mail *mail, enum post_outcome outcome,
	enum post_cause cause, const char *text)
{
	mail->step = DELIVERY_SETTLED;
	mail->result = (struct post_result){ .outcome = outcome, .cause = cause };
	(void)snprintf(mail->result.text, sizeof(mail->result.text), "%.*s",
		(int)sizeof(mail->result.text) - 1, text);
}

static enum post_outcome delivery_outcome(const struct delivery_mail *mail)
{
	if (!mail->given_up)
		return mail->result.outcome;
	return mail->delivery.doubts ? POST_IN_DOUBT : POST_REFUSED;
}

static enum journal_event delivery_event(const struct delivery_mail *mail)
{
	switch (delivery_outcome(mail)) {
	case POST_REFUSED:
		return JOURNAL_REFUSED;
	case POST_SERVER:
		return post_cause_is_login(mail->result.cause) ? JOURNAL_LOGIN : JOURNAL_SERVER;
	case POST_IN_DOUBT:
		return mail->hold ? JOURNAL_HELD : JOURNAL_PLAIN;
	default:
		return JOURNAL_PLAIN;
	}
}

static void delivery_log(const struct delivery_mail *mail, int priority, const char *state,
	const char *what, const char *why)
{
	const struct journal_fields fields = {
		.event = delivery_event(mail),
		.digest = mail->delivery.digest_name,
		.message_id = mail->delivery.message_id,
		.recipient = mail->delivery.recipient,
		.state = state,
	};

	journal_write(priority, &fields, "digest %s: %s%s%s", mail->delivery.digest_name, what,
		*why ? ": " : "", why);
}

/* --- once it is recorded --- */

/* `singly`: what went well is told of each mail. */
static void delivery_tell(
	struct delivery_round *round, const struct delivery_mail *mail, bool singly)
{
	const struct post_result *result = &mail->result;

	switch (delivery_outcome(mail)) {
	case POST_SENT:
		round->failures = 0;
		round->paused_until = 0;
		round->trouble[0] = '\0';
		if (singly)
			delivery_log(mail, LOG_INFO, "sent", "sent", "");
		break;
	case POST_REFUSED:
		delivery_log(mail, LOG_ERR, "refused",
			mail->given_up ? "not delivered" : "refused for good", result->text);
		break;
	case POST_DEFERRED:
		delivery_log(mail, LOG_WARNING, "queued", "not taken yet, will be tried again",
			result->text);
		break;
	case POST_SERVER:
		/* The server's fault is one for all mails: it is said when it changes. */
		if (!str_equal(round->trouble, result->text))
			delivery_log(mail, LOG_ERR, "queued", "not sent, will be tried again",
				result->text);
		(void)snprintf(round->trouble, sizeof(round->trouble), "%s", result->text);
		break;
	case POST_IN_DOUBT:
		delivery_log(mail, LOG_WARNING, "in doubt",
			mail->hold ? "perhaps sent; held until you decide"
				   : "perhaps sent; will be sent again",
			result->text);
		break;
	case POST_OUTCOME_COUNT:
		break;
	}
}

/* Each sender that starts says it again: the journal hears it once. */
static void delivery_on_warning(void *userdata, const char *text)
{
	struct delivery_round *round = userdata;

	if (!round->warned)
		journal_tell(LOG_NOTICE, JOURNAL_CAGE, "%s", text);
	round->warned = true;
}

static int delivery_open_courier(struct delivery_round *round, struct err *reterr)
{
	const struct courier_handler handler = { delivery_on_ready, delivery_on_settled, NULL,
		delivery_on_warning, round };
	int r;

	if (round->courier)
		return 0;
	route_done(&round->route);
	r = route_make(&round->route, round->conf, reterr);
	return r < 0 ? r : courier_new(&round->courier, &round->route.server, &handler, reterr);
}

static void delivery_hand_over(struct delivery_round *round, struct delivery_mail *mail)
{
	struct delivery *d = &mail->delivery;
	struct err e;
	int r = delivery_open_courier(round, &e);

	if (r < 0) {
		delivery_settle(mail, POST_SERVER, POST_CAUSE_PROGRAM, e.text);
	} else {
		r = courier_post(round->courier, (uint64_t)d->id, d->sender, d->recipient, d->body,
			d->size, &e);
		if (r == -EINVAL || r == -EMSGSIZE)
			delivery_settle(mail, POST_REFUSED, POST_CAUSE_RECIPIENT, e.text);
		else if (r < 0)
			delivery_settle(mail, POST_SERVER, POST_CAUSE_PROGRAM, e.text);
	}
	free(d->body);
	d->body = NULL;
}

static void delivery_release(struct delivery_round *round, struct delivery_mail *mail)
{
	struct err e;

	mail->step = DELIVERY_RELEASED;
	/* Not known to the courier any more: the dot never left. Where the sender has died the courier
	 * settles the mail itself. */
	if (courier_confirm(round->courier, (uint64_t)mail->delivery.id, &e) == -ENOENT)
		delivery_settle(mail, POST_SERVER, POST_CAUSE_PROGRAM, e.text);
}

/* Releases the dots and hands over what was taken, in its order. */
static void delivery_go_on(struct delivery_round *round)
{
	for (size_t i = 0; i < round->n; i++) {
		struct delivery_mail *mail = &round->mails[i];

		if (mail->step == DELIVERY_READY) {
			delivery_release(round, mail);
		} else if (mail->step == DELIVERY_TAKEN) {
			mail->step = DELIVERY_SENDING;
			delivery_hand_over(round, mail);
		}
	}
}

/* Forgets what has ended; the others stay in the order they were taken in. However many mails a fault of the
 * server meets at once, it is one. */
static void delivery_end(struct delivery_round *round)
{
	bool singly = round->n <= DELIVERY_TOLD_SINGLY, failed = false;
	size_t sent = 0, kept = 0;

	for (size_t i = 0; i < round->n; i++) {
		struct delivery_mail *mail = &round->mails[i];

		if (mail->step != DELIVERY_SETTLED) {
			round->mails[kept++] = *mail;
			continue;
		}
		failed |= mail->result.outcome == POST_SERVER;
		sent += mail->result.outcome == POST_SENT;
		delivery_tell(round, mail, singly);
		delivery_done(&mail->delivery);
	}
	round->n = kept;
	round->failures += failed;
	for (size_t i = 0; i < kept; i++)
		round->mails[i].earlier |= failed;
	if (sent && !singly)
		journal_write(LOG_INFO, NULL, "%zu mails sent", sent);
}

static bool delivery_has_reports(const struct delivery_round *round)
{
	for (size_t i = 0; i < round->n; i++)
		if (round->mails[i].step == DELIVERY_READY ||
			round->mails[i].step == DELIVERY_SETTLED)
			return true;
	return false;
}

/* --- what is sent next --- */

/* After a reload the mails on their way end with the old sender; the next goes by a new one. */
static void delivery_drop_stale(struct delivery_round *round)
{
	if (!round->stale || round->n)
		return;
	courier_free(round->courier);
	round->courier = NULL;
	round->stale = false;
}

/* What waits for an answer since before the server failed says nothing of how it is now. */
static size_t delivery_with_sender(const struct delivery_round *round)
{
	size_t n = 0;

	for (size_t i = 0; i < round->n; i++)
		n += round->mails[i].step != DELIVERY_SETTLED &&
			!(round->failures && round->mails[i].earlier);
	return n;
}

static bool delivery_may_hand_over(const struct delivery_round *round, int64_t now)
{
	const struct conf_smtp *smtp = &round->conf->smtp;

	if (round->closed || round->held || round->stale || now < round->paused_until)
		return false;
	if (throttle_when(&round->throttle, now) > now)
		return false;
	/* A fault of the server is found out with one mail. */
	return delivery_with_sender(round) <
		(round->failures ? 1 : (size_t)smtp->connections * DELIVERY_PER_CONNECTION);
}

static int delivery_take(
	struct delivery_round *round, struct delivery *delivery, bool hold, struct err *reterr)
{
	struct delivery_mail *mails = reallocarray(round->mails, round->n + 1, sizeof(*mails));

	if (!mails)
		return err_oom(reterr);
	round->mails = mails;
	mails[round->n++] = (struct delivery_mail){ .delivery = *delivery, .hold = hold };
	*delivery = (struct delivery){ 0 };
	return 0;
}

/* Whether it goes to somebody who is to have that digest still; what may have arrived is not asked about. */
static int delivery_is_wanted(
	struct delivery_round *round, const struct delivery *delivery, struct err *reterr)
{
	const struct conf_digest *d = conf_find_digest(round->conf, delivery->digest_name);

	if (delivery->doubts)
		return 1;
	if (!d)
		return hosted_is_there(round->store, delivery->digest, reterr);
	for (size_t i = 0; i < d->n_to; i++)
		if (str_equal(d->to[i].address, delivery->recipient))
			return 1;
	return 0;
}

static int delivery_withdraw(struct delivery_round *round, const struct delivery *delivery,
	int64_t now, struct err *reterr)
{
	const struct delivery_mail mail = { .delivery = *delivery };
	int r = outbox_set_withdrawn(round->store, delivery->id, now, reterr);

	if (r < 0)
		return r;
	delivery_log(&mail, LOG_NOTICE, "withdrawn", "withdrawn",
		"the configuration does not name the recipient any more");
	return 1;
}

/* Marks the next due delivery as attempting and takes it; 1, or 0 where none is due. */
static int delivery_pick(struct delivery_round *round, int64_t now, struct err *reterr)
{
	_cleanup_delivery_ struct delivery delivery = { 0 };
	int r = outbox_next(round->store, now, &delivery, reterr), hold;

	if (r <= 0)
		return r;
	r = delivery_is_wanted(round, &delivery, reterr);
	if (r <= 0)
		return r < 0 ? r : delivery_withdraw(round, &delivery, now, reterr);
	hold = delivery_holds(round, &delivery, reterr);
	r = hold < 0 ? hold : outbox_set_attempting(round->store, delivery.id, now, reterr);
	if (r == 0)
		r = delivery_take(round, &delivery, hold, reterr);
	return r < 0 ? r : 1;
}

static int delivery_pick_all(struct delivery_round *round, int64_t now, struct err *reterr)
{
	int r = 1;

	while (r == 1 && delivery_may_hand_over(round, now)) {
		r = delivery_pick(round, now, reterr);
		if (r == 1)
			throttle_take(&round->throttle, now);
	}
	return r < 0 ? r : 0;
}

/* The transaction that took them, the last ones, was not kept. */
static void delivery_give_back(struct delivery_round *round)
{
	while (round->n > 0 && round->mails[round->n - 1].step == DELIVERY_TAKEN)
		delivery_done(&round->mails[--round->n].delivery);
}

/* What was reported and what is taken next, of all mails, in one transaction. */
static int delivery_step(struct delivery_round *round, int64_t now, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(round->store, &transaction, reterr);

	if (r == 0)
		r = delivery_record_all(round, now, reterr);
	if (r == 0)
		r = delivery_pick_all(round, now, reterr);
	if (r == 0)
		r = store_commit(&transaction, reterr);
	if (r < 0) {
		delivery_give_back(round);
		return r;
	}
	delivery_end(round);
	delivery_go_on(round);
	return 0;
}

int delivery_read(struct delivery_round *round, struct err *reterr)
{
	if (!round->courier || courier_fd(round->courier) < 0)
		return 0;
	return courier_dispatch(round->courier, reterr);
}

static void delivery_on_attempt(void *userdata, int64_t at)
{
	throttle_take(userdata, at);
}

/* A limit that is new here counts what went before, be it by a service that has died since. */
static int delivery_limit(struct delivery_round *round, int64_t now, struct err *reterr)
{
	size_t max = round->throttle.max;
	int r = throttle_set(&round->throttle, round->conf->smtp.max_per_minute, reterr);

	if (r < 0 || round->throttle.max == max)
		return r;
	r = outbox_each_attempt(round->store, now - THROTTLE_SECONDS, delivery_on_attempt,
		&round->throttle, reterr);
	if (r < 0)
		throttle_done(&round->throttle);
	return r;
}

static int delivery_maybe_hurry(struct delivery_round *round, int64_t now, struct err *reterr)
{
	struct err missing;
	int r = round->hurries ? outbox_hurry(round->store, now, reterr) : 0;

	/* That the next mail could not log in is known before its hour. */
	if (r == 0 && round->hurries &&
		password_look(round->store, round->conf, now, &missing) == EX_NOPERM)
		(void)snprintf(round->trouble, sizeof(round->trouble), "%s", missing.text);
	if (r == 0)
		round->hurries = false;
	return r;
}

int delivery_work(struct delivery_round *round, struct err *reterr)
{
	int64_t now = clock_now(round->clock);
	bool more;
	int r;

	delivery_drop_stale(round);
	/* A clock that was set back must not make a pause of years out of one of minutes. */
	if (round->paused_until > now + RETRY_LONGEST_SECONDS)
		round->paused_until = now + RETRY_LONGEST_SECONDS;
	r = delivery_limit(round, now, reterr);
	if (r == 0)
		r = delivery_maybe_hurry(round, now, reterr);
	/* A dot that could not be released is one more report, as is a mail that could not be handed over. */
	more = delivery_has_reports(round) || delivery_may_hand_over(round, now);
	for (; r == 0 && more; more = delivery_has_reports(round))
		r = delivery_step(round, now, reterr);
	return r;
}

int delivery_next_time(struct delivery_round *round, int64_t *ret, struct err *reterr)
{
	int64_t next = INT64_MAX, now = clock_now(round->clock), throttled;
	int r = round->closed || round->held ? 0 : outbox_next_time(round->store, &next, reterr);

	if (r <= 0) {
		*ret = INT64_MAX;
		return r;
	}
	if (next < round->paused_until)
		next = round->paused_until;
	throttled = throttle_when(&round->throttle, now);
	if (throttled > now && next < throttled)
		next = throttled;
	/* What is due but has no room waits for a mail's end, not for the clock. */
	*ret = next <= now && round->n && (round->stale || delivery_with_sender(round)) ? INT64_MAX
											: next;
	return 0;
}
