/* SPDX-License-Identifier: MIT */
/*
 * delivery: the way of the outbox's mails through the sender.
 */
#include "service/delivery.h"

#include "agenda/retry.h"
#include "agenda/throttle.h"
#include "book/outbox.h"
#include "book/troubles.h"
#include "book/witness.h"
#include "core/str.h"
#include "post/route.h"
#include "service/journal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#define DELIVERY_PER_CONNECTION 2 /* mails at the sender: one on its way, one waiting behind it */
#define DELIVERY_TROUBLE        TROUBLES_SERVER

enum delivery_step {
	DELIVERY_SENDING, /* with the sender */
	DELIVERY_READY,   /* it waits for the final dot's release, which is to be recorded first */
	DELIVERY_RELEASED,
	DELIVERY_SETTLED, /* its end is to be recorded */
};

struct delivery_mail {
	struct delivery delivery; /* without its body */
	enum delivery_step step;
	bool hold; /* if it comes into doubt */
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

static bool delivery_holds(const struct conf *conf, const char *digest)
{
	const struct conf_digest *d = conf_find_digest(conf, digest);

	return d && d->in_doubt == CONF_IN_DOUBT_HOLD;
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

/* --- what is to be recorded --- */

static enum journal_event delivery_event(const struct delivery_mail *mail)
{
	switch (mail->result.outcome) {
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

static int delivery_record_all(struct delivery_round *round, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int64_t now = clock_now(round->clock);
	int r = store_begin(round->store, &transaction, reterr);

	for (size_t i = 0; r == 0 && i < round->n; i++) {
		struct delivery_mail *mail = &round->mails[i];

		if (mail->step == DELIVERY_READY)
			r = outbox_set_in_doubt(round->store, mail->delivery.id, now, reterr);
		else if (mail->step == DELIVERY_SETTLED)
			r = delivery_record_end(round, mail, now, reterr);
	}
	if (r == 0)
		r = witness_count(round->store, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

/* --- once it is recorded --- */

static void delivery_tell(struct delivery_round *round, const struct delivery_mail *mail)
{
	const struct post_result *result = &mail->result;

	switch (result->outcome) {
	case POST_SENT:
		round->failures = 0;
		round->paused_until = 0;
		round->trouble[0] = '\0';
		delivery_log(mail, LOG_INFO, "sent", "sent", "");
		break;
	case POST_REFUSED:
		delivery_log(mail, LOG_ERR, "refused", "refused for good", result->text);
		break;
	case POST_DEFERRED:
		delivery_log(mail, LOG_WARNING, "queued", "not taken yet, will be tried again",
			result->text);
		break;
	case POST_SERVER:
		round->failures++;
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

static void delivery_forget(struct delivery_round *round, size_t i)
{
	delivery_done(&round->mails[i].delivery);
	round->mails[i] = round->mails[--round->n];
}

/* Releases the dots and forgets what has ended. */
static void delivery_follow_up(struct delivery_round *round)
{
	for (size_t i = round->n; i-- > 0;) {
		struct delivery_mail *mail = &round->mails[i];
		struct err e;

		if (mail->step == DELIVERY_READY) {
			mail->step = DELIVERY_RELEASED;
			/* Not known to the courier any more: the dot never left. Where the sender has died
			 * the courier settles the mail itself. */
			if (courier_confirm(round->courier, (uint64_t)mail->delivery.id, &e) ==
				-ENOENT)
				delivery_settle(mail, POST_SERVER, POST_CAUSE_PROGRAM, e.text);
		} else if (mail->step == DELIVERY_SETTLED) {
			delivery_tell(round, mail);
			delivery_forget(round, i);
		}
	}
}

static bool delivery_has_reports(const struct delivery_round *round)
{
	for (size_t i = 0; i < round->n; i++)
		if (round->mails[i].step == DELIVERY_READY ||
			round->mails[i].step == DELIVERY_SETTLED)
			return true;
	return false;
}

static int delivery_record(struct delivery_round *round, struct err *reterr)
{
	int r = 0;

	/* A dot that could not be released is one more report. */
	while (r == 0 && delivery_has_reports(round)) {
		r = delivery_record_all(round, reterr);
		if (r == 0)
			delivery_follow_up(round);
	}
	return r;
}

/* Each sender that starts says it again: the journal hears it once. */
static void delivery_on_warning(void *userdata, const char *text)
{
	struct delivery_round *round = userdata;

	if (!round->warned)
		journal_tell(LOG_WARNING, JOURNAL_CAGE, "%s", text);
	round->warned = true;
}

/* --- handing over --- */

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

/* After a reload the mails on their way end with the old sender; the next goes by a new one. */
static void delivery_drop_stale(struct delivery_round *round)
{
	if (!round->stale || round->n)
		return;
	courier_free(round->courier);
	round->courier = NULL;
	round->stale = false;
}

static bool delivery_may_hand_over(const struct delivery_round *round, int64_t now)
{
	const struct conf_smtp *smtp = &round->conf->smtp;

	if (round->closed || round->held || round->stale || now < round->paused_until)
		return false;
	if (throttle_when(&round->throttle, now) > now)
		return false;
	/* A fault of the server is found out with one mail. */
	return round->n <
		(round->failures ? 1 : (size_t)smtp->connections * DELIVERY_PER_CONNECTION);
}

static int delivery_take(
	struct delivery_round *round, struct delivery *delivery, struct err *reterr)
{
	struct delivery_mail *mails = reallocarray(round->mails, round->n + 1, sizeof(*mails));

	if (!mails)
		return err_oom(reterr);
	round->mails = mails;
	mails[round->n++] = (struct delivery_mail){ .delivery = *delivery,
		.hold = delivery_holds(round->conf, delivery->digest_name) };
	*delivery = (struct delivery){ 0 };
	return 0;
}

/* Marks the next due delivery as attempting and takes it; 1, or 0 where none is due. */
static int delivery_pick(struct delivery_round *round, int64_t now, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_delivery_ struct delivery delivery = { 0 };
	int r = store_begin(round->store, &transaction, reterr);

	if (r == 0)
		r = outbox_next(round->store, now, &delivery, reterr);
	if (r <= 0)
		return r;
	r = outbox_set_attempting(round->store, delivery.id, now, reterr);
	if (r == 0)
		r = store_commit(&transaction, reterr);
	if (r == 0)
		r = delivery_take(round, &delivery, reterr);
	return r < 0 ? r : 1;
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
	int r = round->hurries ? outbox_hurry(round->store, now, reterr) : 0;

	if (r == 0)
		round->hurries = false;
	return r;
}

int delivery_work(struct delivery_round *round, struct err *reterr)
{
	int64_t now = clock_now(round->clock);
	int r = delivery_record(round, reterr);

	delivery_drop_stale(round);
	/* A clock that was set back must not make a pause of years out of one of minutes. */
	if (round->paused_until > now + RETRY_LONGEST_SECONDS)
		round->paused_until = now + RETRY_LONGEST_SECONDS;
	if (r == 0)
		r = delivery_limit(round, now, reterr);
	if (r == 0)
		r = delivery_maybe_hurry(round, now, reterr);
	while (r >= 0 && delivery_may_hand_over(round, now)) {
		r = delivery_pick(round, now, reterr);
		if (r <= 0)
			break;
		throttle_take(&round->throttle, now);
		delivery_hand_over(round, &round->mails[round->n - 1]);
		r = delivery_record(round, reterr);
	}
	return r < 0 ? r : 0;
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
	*ret = next <= now && round->n ? INT64_MAX : next;
	return 0;
}
