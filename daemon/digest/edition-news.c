/* SPDX-License-Identifier: MIT */
/*
 * edition-news: what an edition tells besides its agenda: a welcome, how to act on items, what went wrong.
 */
#include "digest/edition-internal.h"

#include "book/books.h"
#include "book/digests.h"
#include "book/search.h"

#define EDITION_WELCOME_ITEMS 5  /* of a welcome, where no more have their day */
#define EDITION_AHEAD_DAYS    30 /* what a welcome looks ahead */
#define EDITION_PAST_DAYS     7  /* how long a trouble that is over is worth a line */
#define EDITION_SILENT_DAYS   2  /* a silence that began so long ago is; a day's is not */

void edition_news_done(struct edition_news *news)
{
	agenda_done(&news->next);
	for (size_t i = 0; i < COMPOSE_CANDIDATES; i++)
		contact_done(&news->people[i]);
	for (size_t i = 0; i < ARRAY_SIZE(news->outbox_lost); i++) {
		outbox_lost_done(&news->outbox_lost[i]);
		str_done(&news->lost_words[i]);
	}
	trouble_past_done(&news->trouble);
}

int edition_mention(struct edition *edition, int64_t contact, struct err *reterr)
{
	int64_t *more = reallocarray(edition->mentions, edition->n_mentions + 1, sizeof(*more));

	if (!more)
		return err_oom(reterr);
	edition->mentions = more;
	more[edition->n_mentions++] = contact;
	return 0;
}

int edition_mention_agenda(struct edition *edition, const struct agenda *agenda, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < agenda->n; i++) {
		const struct item *item = &agenda->items[i];

		if (item->has_contact)
			r = edition_mention(edition, item->contact.id, reterr);
		if (r == 0 && item->mentioned)
			r = edition_mention(edition, item->mentioned, reterr);
	}
	return r;
}

static int edition_load_people(struct edition *edition, struct edition_news *ret,
	const struct collect *collect, struct err *reterr)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	int r = search_sample(collect->store, collect->book, COMPOSE_CANDIDATES, &ids, reterr);

	for (size_t i = 0; r == 0 && i < ids.n; i++) {
		r = contacts_load(
			collect->store, collect->book, ids.ids[i], &ret->people[i], reterr);
		if (r == 0)
			r = edition_mention(edition, ids.ids[i], reterr);
	}
	ret->welcome.n_people = ids.n;
	ret->welcome.people = ret->people;
	return r;
}

/* Told by the next one it would come late. */
static bool edition_cannot_wait(const struct item *item, const struct agenda *agenda)
{
	switch (item->kind) {
	case ITEM_OCCASION:
		return true;
	case ITEM_FOLLOW_UP:
		return item->day >= agenda->today;
	case ITEM_COFFEE:
		return item->task == COFFEE_PREPARE || item->task == COFFEE_MEET;
	case ITEM_FORUM:
		return item->day < agenda->cover.to; /* it is the last one for it */
	default:
		return false;
	}
}

/* Marks some of those in `agenda` that are not marked yet, up to `max` in all: the first of each kind, or any. */
static size_t edition_mark(
	const struct agenda *agenda, bool *kept, size_t n, size_t max, bool first_of_kind)
{
	bool has[ITEM_KIND_COUNT] = { false };

	for (size_t i = 0; i < agenda->n; i++)
		has[agenda->items[i].kind] |= first_of_kind && kept[i];
	for (size_t i = 0; i < agenda->n && n < max; i++) {
		if (kept[i] || has[agenda->items[i].kind])
			continue;
		has[agenda->items[i].kind] = first_of_kind;
		kept[i] = true;
		n++;
	}
	return n;
}

int edition_shorten(struct edition *edition, struct err *reterr)
{
	struct agenda *agenda = &edition->agenda;
	_cleanup_free_ bool *kept = calloc(agenda->n + 1, sizeof(*kept));
	size_t n = 0, front = 0;

	if (!kept)
		return err_oom(reterr);
	for (size_t i = 0; i < agenda->n; i++)
		n += kept[i] = edition_cannot_wait(&agenda->items[i], agenda);
	n = edition_mark(agenda, kept, n, EDITION_WELCOME_ITEMS, true);
	n = edition_mark(agenda, kept, n, EDITION_WELCOME_ITEMS, false);
	for (size_t i = 0; i < agenda->n; i++) {
		const struct item item = agenda->items[i];

		if (!kept[i])
			continue;
		agenda->items[i] = agenda->items[front];
		agenda->items[front++] = item;
	}
	edition->n_later = agenda->n - n;
	agenda_cut(agenda, n);
	return 0;
}

/* The next thirty days are told whole: an announcement would say the same twice. */
static int edition_load_welcome(struct edition *edition, struct edition_news *ret,
	const struct collect *collect, struct err *reterr)
{
	struct collect ahead = *collect;
	int r;

	ahead.digest = 0;
	ahead.brief = true; /* of whom it names first, the name is said */
	ahead.cover = (struct cover){ collect->cover.to, collect->cover.to + EDITION_AHEAD_DAYS };
	ahead.floor_day = ahead.cover.from;
	ahead.next_day = ahead.cover.to;
	ahead.lead_days = 0;
	/* What has a day of its own; the rest comes when its turn is. */
	for (size_t kind = 0; kind < ITEM_KIND_COUNT; kind++)
		ahead.kinds[kind] &= kind == ITEM_OCCASION || kind == ITEM_FOLLOW_UP ||
			kind == ITEM_COFFEE;
	r = collect_agenda(&ret->next, &ahead, reterr);
	if (r == 0)
		r = edition_mention_agenda(edition, &ret->next, reterr);
	if (r == 0)
		r = edition_load_people(edition, ret, collect, reterr);
	ret->welcome.next = &ret->next;
	ret->welcome.n_later = edition->n_later;
	return r;
}

/* How to act on items is explained in the first digest that tells of any: a welcome to an empty book does
 * not, and what reached nobody has explained nothing. */
static int edition_load_guide(struct edition *edition, struct edition_news *ret,
	const struct collect *collect, struct err *reterr)
{
	int r = books_count(collect->store, collect->book, &ret->counts, reterr);

	if (r < 0)
		return r;
	ret->welcome.counts = ret->counts;
	if (edition->is_welcome || !edition->agenda.n)
		return 0;
	r = digests_has_spoken(collect->store, collect->digest, reterr);
	ret->is_guide = r == 0;
	return r < 0 ? r : 0;
}

/* Who reads it need not be who did not get the other: of a mailbox of somebody else its owner is left out. */
static void edition_add_why(
	struct str *out, const struct conf_digest *digest, const struct outbox_lost *lost)
{
	if (digest->n_to == 1 && str_equal(digest->to[0].address, lost->recipient))
		str_add(out, lost->error);
	else
		mime_address_hide(out, lost->error, lost->recipient);
}

/* What was refused for good is told beside other things: what it told is due again, and an address
 * that is gone gets no mail for that alone. */
static int edition_load_lost(struct edition *edition, struct edition_news *ret,
	const struct collect *collect, const struct conf_digest *digest, bool held,
	struct err *reterr)
{
	struct outbox_lost *lost = &ret->outbox_lost[ret->n_lost];
	struct str *words = &ret->lost_words[ret->n_lost];
	int r = outbox_find_lost(collect->store, collect->digest, held, lost, reterr);

	if (r <= 0)
		return r;
	edition->tells_trouble |= !lost->refused;
	edition_add_why(words, digest, lost);
	ret->lost[ret->n_lost++] = (struct compose_lost){ zone_civil(digest->zone, lost->slot).day,
		str_text(words), held, lost->n - 1,
		zone_civil(digest->zone, lost->first_slot).day };
	return str_check(words, reterr);
}

/* Once a digest, and only while it is fresh: the digests that were missed are told of anyway. */
static int edition_load_past(struct edition *edition, struct edition_news *ret,
	const struct collect *collect, const struct conf_digest *digest, struct err *reterr)
{
	struct compose_past *past = &ret->past;
	int r = edition->is_welcome ? 0 : troubles_find_past(collect->store, &ret->trouble, reterr);

	if (r <= 0)
		return r;
	*past = (struct compose_past){ zone_civil(digest->zone, ret->trouble.since),
		zone_civil(digest->zone, ret->trouble.until), ret->trouble.text };
	if (past->until.day > collect->today ||
		past->until.day < collect->today - EDITION_PAST_DAYS)
		return 0;
	r = digests_is_told(
		collect->store, collect->digest, TOLD_PAST, ret->trouble.until, 0, NULL, reterr);
	ret->has_past = r == 0;
	edition->tells_past = r == 0 ? ret->trouble.until : 0;
	return r < 0 ? r : 0;
}

/* Slots that nobody took, before the one that is due now or due next: the service did not run. Who was on
 * holiday, and whoever reads of a trouble, knows why. */
static void edition_find_silence(struct edition_news *ret, const struct edition *edition,
	const struct collect *collect, const struct conf_digest *digest,
	const struct digest_state *state, int64_t now)
{
	int64_t since = state->since > state->last_slot ? state->since : state->last_slot;
	int64_t first, last, due;

	if (!state->has_claim || edition->returned || ret->has_past ||
		cadence_last(digest->cadence, digest->zone, since, now, &due) != 0 ||
		cadence_next(digest->cadence, digest->zone, since, &first) != 0 ||
		cadence_last(digest->cadence, digest->zone, since, due - 1, &last) != 0)
		return;
	ret->silence = (struct compose_silence){ zone_civil(digest->zone, first).day,
		zone_civil(digest->zone, last).day };
	ret->has_silence = ret->silence.from <= collect->today - EDITION_SILENT_DAYS;
}

int edition_load_news(struct edition_news *ret, struct edition *edition,
	const struct collect *collect, const struct conf_digest *digest,
	const struct digest_state *state, int64_t now, struct err *reterr)
{
	int r = 0;

	ret->is_welcome = edition->is_welcome;
	if (collect->digest)
		r = edition_load_lost(edition, ret, collect, digest, false, reterr);
	if (r == 0 && collect->digest)
		r = edition_load_lost(edition, ret, collect, digest, true, reterr);
	if (r == 0 && collect->digest)
		r = edition_load_past(edition, ret, collect, digest, reterr);
	if (r == 0 && (collect->digest || edition->is_welcome))
		r = edition_load_guide(edition, ret, collect, reterr);
	if (r == 0 && edition->is_welcome)
		r = edition_load_welcome(edition, ret, collect, reterr);
	if (r == 0 && collect->digest)
		edition_find_silence(ret, edition, collect, digest, state, now);
	return r;
}

void edition_news_tell(const struct edition_news *news, struct compose *compose)
{
	compose->welcome = news->is_welcome ? &news->welcome : NULL;
	compose->guide = news->is_guide ? &news->counts : NULL;
	compose->lost = news->lost;
	compose->n_lost = news->n_lost;
	compose->past = news->has_past ? &news->past : NULL;
	compose->silence = news->has_silence ? &news->silence : NULL;
}
