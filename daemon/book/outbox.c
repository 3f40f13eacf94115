/* SPDX-License-Identifier: MIT */
/*
 * outbox: messages and their deliveries, one for each recipient.
 */
#include "book/outbox.h"

#include "agenda/retry.h"
#include "book/troubles.h"
#include "core/str.h"

#include <errno.h>
#include <string.h>

void delivery_done(struct delivery *delivery)
{
	free(delivery->digest_name);
	free(delivery->message_id);
	free(delivery->sender);
	free(delivery->recipient);
	free(delivery->body);
	*delivery = (struct delivery){ 0 };
}

int outbox_add(struct store *store, const struct outbox_message *message, int64_t now,
	int64_t *ret_id, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO message (digest, slot, message_id, sender, subject, body, composed_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		"iitttbi", message->digest, message->slot, message->message_id, message->sender,
		message->subject, message->body, message->size, now);

	if (r == 0)
		*ret_id = store_last_id(store);
	return r;
}

int outbox_add_mention(struct store *store, int64_t message, int64_t contact, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT OR IGNORE INTO mention (contact, message) VALUES (?, ?)", "ii", contact,
		message);
}

int outbox_add_delivery(struct store *store, int64_t message, const char *recipient, int64_t now,
	struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT INTO delivery (message, recipient, state, attempts, doubts, failing_since, next_try,"
		" changed_at) SELECT ?1, ?2, 'queued', 0, 0,"
		" (SELECT CASE old.state WHEN 'withdrawn' THEN old.failing_since END"
		"  FROM delivery old JOIN message m ON m.id=old.message"
		"  WHERE m.digest=(SELECT digest FROM message WHERE id=?1) AND old.recipient=?2"
		"  AND old.message<>?1 ORDER BY old.id DESC LIMIT 1), ?3, ?3",
		"iti", message, recipient, now);
}

static int outbox_withdraw_message(
	struct store *store, int64_t message, int64_t now, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE delivery SET state='withdrawn', changed_at=?2"
		" WHERE message=?1 AND state IN ('queued', 'in doubt')",
		"ii", message, now);

	return r < 0 ? r
		     : store_run(store, reterr, "DELETE FROM told WHERE message=?", "i", message);
}

/* The messages of which nothing has left, one after the other: each that is withdrawn leaves the set
 * that the question is asked of. */
static int outbox_withdraw_each(
	struct store *store, int64_t digest, int64_t now, const char *question, struct err *reterr)
{
	int64_t message = 0;
	int r;

	while ((r = store_ask(store, &message, reterr, question, "i", digest)) == 1) {
		r = outbox_withdraw_message(store, message, now, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

#define OUTBOX_NOTHING_LEFT                                                                        \
	" EXISTS (SELECT 1 FROM delivery d WHERE d.message=m.id AND +d.state='queued')"            \
	" AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.message=m.id"                           \
	" AND o.state IN ('attempting', 'in doubt', 'sent')) LIMIT 1"

int outbox_withdraw_unclaimed(struct store *store, int64_t digest, int64_t now, struct err *reterr)
{
	/* They are younger than the last claim, or that one has withdrawn them. */
	return outbox_withdraw_each(store, digest, now,
		"SELECT m.id FROM message m WHERE m.digest=?1 AND m.id>COALESCE((SELECT message"
		" FROM claim WHERE digest=?1 AND message IS NOT NULL ORDER BY slot DESC LIMIT 1), 0)"
		" AND" OUTBOX_NOTHING_LEFT,
		reterr);
}

int outbox_withdraw(struct store *store, int64_t digest, int64_t now, struct err *reterr)
{
	/* A message that waits has a claim that was not delivered; the digest's are few where all
	 * digests' deliveries may be many. */
	int r = outbox_withdraw_each(store, digest, now,
		"SELECT m.id FROM claim c INDEXED BY claim_undelivered JOIN message m ON m.id=c.message"
		" WHERE c.digest=? AND NOT c.delivered AND" OUTBOX_NOTHING_LEFT,
		reterr);

	return r < 0 ? r : outbox_withdraw_unclaimed(store, digest, now, reterr);
}

int outbox_erase_contact(struct store *store, int64_t contact, struct err *reterr)
{
	static const char *const statements[] = {
		"UPDATE delivery SET state='withdrawn' WHERE state IN ('queued', 'in doubt')"
		" AND message IN (SELECT message FROM mention WHERE contact=?)",
		/* Told to nobody: the next message tells what it told of others. */
		"DELETE FROM told WHERE message IN (SELECT message FROM mention WHERE contact=?) AND NOT EXISTS"
		" (SELECT 1 FROM delivery o WHERE o.message=told.message AND o.state NOT IN"
		" ('refused', 'withdrawn'))",
		"UPDATE message SET body=NULL, subject=''"
		" WHERE id IN (SELECT message FROM mention WHERE contact=?)",
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(statements); i++)
		r = store_run(store, reterr, statements[i], "i", contact);
	return r;
}

int outbox_waiting_of(struct store *store, int64_t contact, int64_t *ret, struct err *reterr)
{
	int r = store_ask(store, ret, reterr,
		"SELECT count(DISTINCT message) FROM delivery WHERE state IN ('queued', 'in doubt')"
		" AND message IN (SELECT message FROM mention WHERE contact=?)",
		"i", contact);

	return r < 0 ? r : 0;
}

static int outbox_read_delivery(struct store_rows *rows, struct delivery *ret, struct err *reterr)
{
	const void *body;
	int r;

	ret->id = store_int(rows, 0);
	ret->message = store_int(rows, 1);
	ret->digest = store_int(rows, 2);
	ret->attempts = store_int(rows, 3);
	ret->doubts = store_int(rows, 4);
	ret->failing_since = store_int(rows, 5);
	r = store_copy(rows, 6, &ret->digest_name, reterr);
	if (r == 0)
		r = store_copy(rows, 7, &ret->sender, reterr);
	if (r == 0)
		r = store_copy(rows, 8, &ret->recipient, reterr);
	if (r < 0)
		return r;
	r = store_copy(rows, 9, &ret->message_id, reterr);
	if (r < 0)
		return r;
	body = store_blob(rows, 10, &ret->size);
	if (!body)
		return err_set(
			reterr, -EUCLEAN, "message %lld has no body", (long long)ret->message);
	ret->body = malloc(ret->size);
	if (!ret->body)
		return err_oom(reterr);
	memcpy(ret->body, body, ret->size);
	return 1;
}

int outbox_next(struct store *store, int64_t now, struct delivery *ret, struct err *reterr)
{
	_cleanup_delivery_ struct delivery delivery = { 0 };
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT d.id, m.id, m.digest, d.attempts, d.doubts, d.failing_since, g.name, m.sender,"
		" d.recipient, m.message_id, m.body FROM delivery d INDEXED BY delivery_waiting"
		" JOIN message m ON m.id=d.message"
		" JOIN digest g ON g.id=m.digest"
		" WHERE d.state IN ('queued', 'in doubt') AND d.next_try<=? ORDER BY d.next_try, d.id LIMIT 1",
		"i", now);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r == 1)
		r = outbox_read_delivery(&rows, &delivery, reterr);
	if (r <= 0)
		return r;
	*ret = delivery;
	delivery = (struct delivery){ 0 };
	return 1;
}

int outbox_next_time(struct store *store, int64_t *ret, struct err *reterr)
{
	return store_ask(store, ret, reterr,
		"SELECT min(next_try) FROM delivery INDEXED BY delivery_waiting WHERE state IN ('queued', 'in doubt') AND next_try<?",
		"i", OUTBOX_NEVER);
}

int outbox_hasten(struct store *store, int64_t latest, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE delivery INDEXED BY delivery_waiting SET next_try=?1 WHERE state IN ('queued', 'in doubt')"
		" AND next_try>?1 AND next_try<?2",
		"ii", latest, OUTBOX_NEVER);
}

int outbox_next_time_after(struct store *store, int64_t now, int64_t *ret, struct err *reterr)
{
	return store_ask(store, ret, reterr,
		"SELECT min(next_try) FROM delivery INDEXED BY delivery_waiting WHERE state IN ('queued', 'in doubt')"
		" AND next_try>? AND next_try<?",
		"ii", now, OUTBOX_NEVER);
}

int outbox_hurry(struct store *store, int64_t now, struct err *reterr)
{
	/* What failed with the very words of the server's trouble failed with the server. */
	return store_run(store, reterr,
		"UPDATE delivery INDEXED BY delivery_waiting SET next_try=min(next_try, CASE"
		" WHEN error=(SELECT text FROM trouble WHERE kind='" TROUBLES_SERVER "') THEN ?1"
		" WHEN state='queued' THEN max(?1, changed_at+?2) ELSE next_try END)"
		" WHERE state IN ('queued', 'in doubt') AND next_try>?1 AND next_try<?3",
		"iii", now, (int64_t)RETRY_GREYLIST_SECONDS, OUTBOX_NEVER);
}

int outbox_each_attempt(struct store *store, int64_t since,
	void (*each)(void *userdata, int64_t at), void *userdata, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT changed_at FROM delivery WHERE changed_at>=? AND attempts>0 AND state<>'withdrawn'"
		" ORDER BY changed_at",
		"i", since);

	if (r < 0)
		return r;
	while ((r = store_next(&rows, reterr)) == 1)
		each(userdata, store_int(&rows, 0));
	return r;
}

int outbox_has_message(struct store *store, const char *message_id, struct err *reterr)
{
	int64_t found;

	return store_ask(
		store, &found, reterr, "SELECT 1 FROM message WHERE message_id=?", "t", message_id);
}

void outbox_lost_done(struct outbox_lost *lost)
{
	free(lost->recipient);
	free(lost->error);
	*lost = (struct outbox_lost){ 0 };
}

static int outbox_copy_lost(
	const struct store_rows *rows, struct outbox_lost *ret, struct err *reterr)
{
	int r = store_copy(rows, 3, &ret->error, reterr);

	ret->slot = store_int(rows, 1);
	ret->refused = store_int(rows, 2) != 0;
	return r < 0 ? r : store_copy(rows, 4, &ret->recipient, reterr);
}

int outbox_find_lost(
	struct store *store, int64_t digest, bool held, struct outbox_lost *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int64_t message = 0;
	int r = store_query(&rows, store, reterr,
		"SELECT m.id, m.slot, d.state='refused', d.error, d.recipient"
		" FROM message m JOIN delivery d ON d.message=m.id"
		" WHERE m.digest=?1 AND CASE WHEN ?3 THEN d.state='in doubt' AND d.next_try=?2"
		" ELSE d.state IN ('refused', 'withdrawn') END AND d.error IS NOT NULL"
		" AND m.id>=COALESCE((SELECT o.id FROM message o WHERE o.digest=?1"
		" AND EXISTS (SELECT 1 FROM delivery s WHERE s.message=o.id AND +s.state='sent')"
		" ORDER BY o.id DESC LIMIT 1), 0) ORDER BY m.id DESC, d.id",
		"iii", digest, OUTBOX_NEVER, held);

	while (r >= 0 && (r = store_next(&rows, reterr)) == 1) {
		if (!ret->n)
			r = outbox_copy_lost(&rows, ret, reterr);
		ret->n += message != store_int(&rows, 0);
		message = store_int(&rows, 0);
		ret->first_slot = store_int(&rows, 1);
	}
	return r < 0 ? r : ret->n > 0;
}

int outbox_set_attempting(struct store *store, int64_t id, int64_t now, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE delivery SET state='attempting', attempts=attempts+1, changed_at=?2 WHERE id=?1",
		"ii", id, now);
}

int outbox_set_in_doubt(struct store *store, int64_t id, int64_t now, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE delivery SET state='in doubt', doubts=doubts+1, next_try=?3, changed_at=?2, error=NULL"
		" WHERE id=?1",
		"iii", id, now, OUTBOX_NEVER);
}

/* A message that arrived has spoken for its cover, and for the undelivered ones it took over. */
static int outbox_settle_covers(struct store *store, int64_t delivery, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE claim SET delivered=1 WHERE message=(SELECT message FROM delivery WHERE id=?)"
		" AND NOT delivered",
		"i", delivery);
}

int outbox_set_sent(struct store *store, int64_t id, int64_t now, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE delivery SET state='sent', doubts=max(doubts-1, 0), failing_since=NULL, error=NULL,"
		" changed_at=?2 WHERE id=?1",
		"ii", id, now);

	return r < 0 ? r : outbox_settle_covers(store, id, reterr);
}

/* Told to nobody: the next message tells it. */
static int outbox_untell(struct store *store, int64_t delivery, struct err *reterr)
{
	return store_run(store, reterr,
		"DELETE FROM told WHERE message=(SELECT message FROM delivery WHERE id=?1) AND NOT EXISTS"
		" (SELECT 1 FROM delivery o WHERE o.message=told.message AND o.state NOT IN"
		" ('refused', 'withdrawn'))",
		"i", delivery);
}

int outbox_set_refused(
	struct store *store, int64_t id, int64_t now, const char *error, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE delivery SET state='refused', error=?3, changed_at=?2 WHERE id=?1", "iit",
		id, now, error);

	if (r < 0)
		return r;
	return outbox_untell(store, id, reterr);
}

int outbox_set_withdrawn(struct store *store, int64_t id, int64_t now, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE delivery SET state='withdrawn', changed_at=?2 WHERE id=?1", "ii", id, now);

	return r < 0 ? r : outbox_untell(store, id, reterr);
}

/* What was being attempted when its message was erased has nothing left to send. */
static int outbox_withdraw_erased(struct store *store, int64_t id, int64_t now, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE delivery SET state='withdrawn', changed_at=?2 WHERE id=?1 AND state IN"
		" ('queued', 'in doubt') AND (SELECT body IS NULL FROM message m WHERE m.id=delivery.message)",
		"ii", id, now);

	return r < 0 || !store_changes(store) ? r : outbox_untell(store, id, reterr);
}

int outbox_set_waiting(struct store *store, int64_t id, int64_t now, int64_t next_try,
	bool in_doubt, const char *error, struct err *reterr)
{
	/* An earlier attempt's doubt is not resolved by a later one that was certainly not accepted. */
	int r = store_run(store, reterr,
		"UPDATE delivery SET doubts=max(doubts - (state='in doubt' AND NOT ?4), 0),"
		" state=CASE WHEN doubts - (state='in doubt' AND NOT ?4) > 0 THEN 'in doubt' ELSE 'queued' END,"
		" failing_since=COALESCE(failing_since, ?2), next_try=?3, error=?5, changed_at=?2 WHERE id=?1",
		"iiiit", id, now, next_try, (int64_t)in_doubt, error);

	return r < 0 ? r : outbox_withdraw_erased(store, id, now, reterr);
}

/* Its answer came, if it did, to a service that was not there any more. */
static int outbox_explain_doubts(struct store *store, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE delivery SET error=? WHERE state='in doubt' AND error IS NULL", "t",
		ERR_TEXT("The service ended before it knew whether the server took the mail."));
}

int outbox_recover(struct store *store, int64_t now, struct err *reterr)
{
	/* What was erased meanwhile is withdrawn: of that message nothing was told. */
	int r = store_run(store, reterr,
		"DELETE FROM told WHERE message IN (SELECT d.message FROM delivery d JOIN message m"
		" ON m.id=d.message WHERE d.state='attempting' AND m.body IS NULL) AND NOT EXISTS"
		" (SELECT 1 FROM delivery o WHERE o.message=told.message AND o.state NOT IN"
		" ('attempting', 'refused', 'withdrawn'))",
		"");

	if (r == 0)
		r = store_run(store, reterr,
			"UPDATE delivery SET changed_at=?, state=CASE"
			" WHEN (SELECT body IS NULL FROM message m WHERE m.id=delivery.message) THEN 'withdrawn'"
			" WHEN doubts>0 THEN 'in doubt' ELSE 'queued' END WHERE state='attempting'",
			"i", now);
	return r < 0 ? r : outbox_explain_doubts(store, reterr);
}

int outbox_schedule_doubts(
	struct store *store, const char *digest, int64_t next_try, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE delivery SET next_try=?2 WHERE state='in doubt' AND (?2=?3 OR (next_try=?3 AND doubts<?4))"
		" AND message IN (SELECT m.id FROM message m JOIN digest g ON g.id=m.digest WHERE g.name=?1)",
		"tiii", digest, next_try, OUTBOX_NEVER, (int64_t)RETRY_COPIES_MAX);
}

int outbox_schedule_hosted_doubts(struct store *store, int64_t now, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE delivery SET next_try=CASE WHEN h.holds THEN ?2 ELSE ?1 END"
		" FROM message m, hosted h WHERE delivery.state='in doubt' AND m.id=delivery.message"
		" AND h.digest=m.digest AND (h.holds OR (delivery.next_try=?2 AND delivery.doubts<?3))",
		"iii", now, OUTBOX_NEVER, (int64_t)RETRY_COPIES_MAX);
}

/* The first that is held: 1, or 0. One whose dot is on its way has no error yet. */
static int outbox_find_held(
	struct store *store, const char *digest, int64_t *ret, struct err *reterr)
{
	return store_ask(store, ret, reterr,
		"SELECT d.id FROM delivery d JOIN message m ON m.id=d.message JOIN digest g ON g.id=m.digest"
		" WHERE d.state='in doubt' AND d.next_try=?1 AND d.error IS NOT NULL AND (?2 IS NULL OR g.name=?2)"
		" ORDER BY d.id LIMIT 1",
		"it", OUTBOX_NEVER, digest);
}

int outbox_find_holding(struct store *store, char **ret_first, char **ret_last, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_free_ char *first = NULL;
	int r = store_query(&rows, store, reterr,
		"SELECT min(g.name), max(g.name) FROM delivery d JOIN message m ON m.id=d.message"
		" JOIN digest g ON g.id=m.digest"
		" WHERE d.state='in doubt' AND d.next_try=? AND d.error IS NOT NULL HAVING count(*)",
		"i", OUTBOX_NEVER);

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r == 1 &&
		(store_copy(&rows, 0, &first, reterr) < 0 ||
			store_copy(&rows, 1, ret_last, reterr) < 0))
		return -ENOMEM;
	*ret_first = TAKE_PTR(first);
	return r;
}

int outbox_settle_held(
	struct store *store, const char *digest, bool arrived, int64_t now, struct err *reterr)
{
	int64_t id;
	int n = 0, r;

	while ((r = outbox_find_held(store, digest, &id, reterr)) == 1) {
		r = arrived ? outbox_set_sent(store, id, now, reterr)
			    : store_run(store, reterr, "UPDATE delivery SET next_try=? WHERE id=?",
				      "ii", now, id);
		if (r < 0)
			return r;
		n++;
	}
	return r < 0 ? r : n;
}

int outbox_forget_bodies(struct store *store, int64_t now, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE message SET body=NULL WHERE id IN (SELECT m.id FROM message m"
		" WHERE m.body IS NOT NULL AND m.composed_at<?1 AND NOT EXISTS"
		" (SELECT 1 FROM delivery d WHERE d.message=m.id"
		" AND (d.state IN ('queued', 'attempting', 'in doubt') OR d.changed_at>=?1)) LIMIT ?2)",
		"ii", now - OUTBOX_KEEP_SECONDS, (int64_t)OUTBOX_FORGET_MAX);
}

int outbox_count(struct store *store, struct outbox_counts *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	const struct {
		const char *state;
		int64_t *count;
	} states[] = {
		{ "queued", &ret->queued },
		{ "attempting", &ret->attempting },
		{ "in doubt", &ret->in_doubt },
		{ "sent", &ret->sent },
		{ "refused", &ret->refused },
		{ "withdrawn", &ret->withdrawn },
	};
	int r;

	*ret = (struct outbox_counts){ 0 };
	r = store_query(&rows, store, reterr,
		"SELECT state, count(*), sum(doubts>0) FROM delivery GROUP BY state", "");
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		for (size_t i = 0; i < ARRAY_SIZE(states); i++)
			if (str_equal(store_text(&rows, 0), states[i].state))
				*states[i].count = store_int(&rows, 1);
		if (str_equal(store_text(&rows, 0), "sent"))
			ret->twice = store_int(&rows, 2);
		r = 0;
	}
	return r;
}

void outbox_errors_done(struct outbox_errors *errors)
{
	for (size_t i = 0; i < errors->n; i++) {
		free(errors->all[i].digest);
		free(errors->all[i].recipient);
		free(errors->all[i].state);
		free(errors->all[i].text);
	}
	free(errors->all);
	*errors = (struct outbox_errors){ 0 };
}

static int outbox_read_errors(
	struct store_rows *rows, struct outbox_errors *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct outbox_error *e = reallocarray(ret->all, ret->n + 1, sizeof(*e));

		if (!e)
			return err_oom(reterr);
		ret->all = e;
		e += ret->n++;
		*e = (struct outbox_error){ .since = store_int(rows, 0),
			.held = store_int(rows, 4) != 0,
			.slot = store_int(rows, 5),
			.awaited_since = store_int(rows, 7) };
		r = store_copy(rows, 1, &e->recipient, reterr);
		if (r == 0)
			r = store_copy(rows, 2, &e->state, reterr);
		if (r == 0)
			r = store_copy(rows, 3, &e->text, reterr);
		if (r == 0)
			r = store_copy(rows, 6, &e->digest, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

#define OUTBOX_ERRORS                                                                              \
	"SELECT COALESCE(d.failing_since, d.changed_at), d.recipient, d.state,"                    \
	" COALESCE(d.error, ''), d.state='in doubt' AND d.next_try=9223372036854775807"            \
	" AND d.error IS NOT NULL, m.slot, g.name,"                                                \
	" CASE WHEN d.state='in doubt' AND d.error IS NULL THEN d.changed_at ELSE 0 END"           \
	" FROM delivery d JOIN message m ON m.id=d.message JOIN digest g ON g.id=m.digest"

int outbox_list_errors(
	struct store *store, size_t max, struct outbox_errors *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		OUTBOX_ERRORS " WHERE (d.state IN ('queued', 'attempting') AND d.error IS NOT NULL)"
			      " OR d.state IN ('in doubt', 'refused') ORDER BY d.id DESC LIMIT ?",
		"i", (int64_t)max);

	return r < 0 ? r : outbox_read_errors(&rows, ret, reterr);
}

int outbox_list_message(
	struct store *store, const char *message_id, struct outbox_errors *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		OUTBOX_ERRORS " WHERE m.message_id=? ORDER BY d.id", "t", message_id);

	return r < 0 ? r : outbox_read_errors(&rows, ret, reterr);
}

int outbox_count_untried(struct store *store, int64_t message, int64_t *ret, struct err *reterr)
{
	int r = store_ask(store, ret, reterr,
		"SELECT count(*) FROM delivery WHERE message=? AND (state='attempting'"
		" OR (state='queued' AND error IS NULL) OR (state='in doubt' AND error IS NULL))",
		"i", message);

	return r < 0 ? r : 0;
}
