/* SPDX-License-Identifier: MIT */
/* Every call into SQLite, and every allocation, fails once: the book says so in a sentence, and holds what it held before. */
#include "book-everything.h"
#include "book/aliases.h"
#include "book/archive.h"
#include "book/backups.h"
#include "book/candidates.h"
#include "book/coffees.h"
#include "book/digests.h"
#include "book/duplicates.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/history.h"
#include "book/keeping.h"
#include "book/keys.h"
#include "book/kin.h"
#include "book/known.h"
#include "book/ledger.h"
#include "book/mailed.h"
#include "book/merge.h"
#include "book/nearby.h"
#include "book/newcomers.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/outreaches.h"
#include "book/search.h"
#include "book/sights.h"
#include "book/sources.h"
#include "book/stage.h"
#include "book/suggestions.h"
#include "book/tags.h"
#include "book/touches.h"
#include "book/troubles.h"
#include "book/undo.h"
#include "book/wants.h"
#include "book/witness.h"
#include "breaker.h"

#include <unistd.h>

#define BOOK       1
#define ANNA       1
#define BEN        2
#define CARL       7
#define NOW        1795000000
#define BREAKS_MAX 2000 /* of one row: more are an endless loop */

/* Passes an error on; what is above 0 is an answer. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		int try_r = (call);                                                                \
		if (try_r < 0)                                                                     \
			return try_r;                                                              \
	} while (0)

/* --- the calls: each function stands in one of these --- */

static int each_book(void *userdata UNUSED, int64_t book UNUSED, const char *name UNUSED)
{
	return 0;
}

static int of_books(struct store *s, struct err *e)
{
	_cleanup_owner_ struct owner owner = { 0 };
	struct book_counts counts;
	int32_t until = TODAY;
	int64_t n;

	TRY(books_find(s, "main", &n, e));
	TRY(books_create(s, "another", e));
	TRY(books_each(s, each_book, NULL, e));
	TRY(books_load_owner(s, BOOK, &owner, e));
	TRY(books_set_owner(s, BOOK, "Jo", "Bonn", "hello", e));
	TRY(books_add_offer(s, BOOK, "bread", e));
	TRY(books_clear_offers(s, BOOK, e));
	TRY(books_set_pause(s, BOOK, &until, e));
	TRY(books_pause(s, "main", &until, e));
	TRY(books_next_number(s, BOOK, 'b', &n, e));
	return books_count(s, BOOK, &counts, e);
}

static int of_contacts(struct store *s, struct err *e)
{
	_cleanup_contact_ struct contact contact = { 0 };
	_cleanup_free_ char *name = NULL;
	int64_t id;

	TRY(contacts_load(s, BOOK, ANNA, &contact, e));
	TRY(contacts_name(s, ANNA, &name, e));
	TRY(contacts_add(s, BOOK, "Eve", CONTACT_HAND, TODAY, &id, e));
	TRY(contacts_set(s, ANNA, CONTACT_CITY, "Ulm", CONTACT_HAND, TODAY, e));
	TRY(contacts_set(s, ANNA, CONTACT_EVERY, "3m", CONTACT_HAND, TODAY, e));
	TRY(contacts_is_by_hand(s, ANNA, CONTACT_ORG, e));
	TRY(contacts_set_met(s, ANNA, TODAY, e));
	TRY(contacts_clear_met(s, ANNA, e));
	TRY(contacts_add_value(s, ANNA, CONTACT_TAG, "choir", NULL, CONTACT_HAND, TODAY, e));
	TRY(contacts_replace_value(
		s, ANNA, CONTACT_SEEKS, "a flat", "a house", CONTACT_HAND, TODAY, e));
	TRY(contacts_set_label(s, ANNA, CONTACT_EMAIL, "b@x.example", "home", e));
	TRY(contacts_remove_value(s, ANNA, CONTACT_EMAIL, "b@x.example", TODAY, e));
	TRY(contacts_clear_values(s, ANNA, CONTACT_EMAIL, TODAY, e));
	TRY(touches_add(s, BEN, TODAY, "met", "at the fair", e));
	TRY(touches_add_from(s, BEN, TODAY, "wrote", NULL, "LinkedIn", e));
	TRY(touches_add_with(s, BEN, TODAY, "introduced", NULL, CARL, e));
	return contacts_remove(s, BOOK, ANNA, e);
}

static int of_coffees(struct store *s, struct err *e)
{
	_cleanup_coffees_ struct coffees open = { 0 }, hers = { 0 }, one = { 0 };
	int64_t n;

	TRY(coffees_open(s, BOOK, &open, e));
	TRY(coffees_of(s, ANNA, &hers, e));
	TRY(coffees_by_number(s, BOOK, 1, &one, e));
	TRY(coffees_add(s, BOOK, CARL, TODAY, &n, e));
	TRY(coffees_move_meeting(s, BOOK, &one.all[0], TODAY + 3, 600, e));
	TRY(coffees_set_stage(s, BOOK, &one.all[0], COFFEE_MET, TODAY, e));
	TRY(coffees_add_note(s, &one.all[0], "bread", TODAY, e));
	TRY(coffees_set_day(s, BOOK, n, TODAY + 1, -1, e));
	TRY(coffees_set_place(s, BOOK, n, "there", e));
	TRY(coffees_set_outcome(s, BOOK, n, true, e));
	TRY(coffees_set_until(s, BOOK, n, TODAY + 9, e));
	return coffees_close(s, BOOK, n, e);
}

static int of_duplicates(struct store *s, struct err *e)
{
	_cleanup_duplicates_ struct duplicates all = { 0 }, some = { 0 };

	TRY(duplicates_list(s, BOOK, &all, e));
	TRY(duplicates_list_from(s, BOOK, CARL, &some, e));
	return duplicates_differ(s, ANNA, BEN, e);
}

static int of_follow_ups(struct store *s, struct err *e)
{
	_cleanup_followups_ struct followups due = { 0 }, hers = { 0 }, one = { 0 };
	const struct repeat repeat = { .days = 7 };
	int64_t n;

	TRY(followups_add(s, BOOK, BEN, "call", TODAY, -1, TODAY, &n, e));
	TRY(followups_set_repeat(s, BOOK, n, &repeat, e));
	TRY(followups_due(s, BOOK, TODAY + 99, &due, e));
	TRY(followups_of(s, ANNA, &hers, e));
	TRY(followups_by_number(s, BOOK, n, &one, e));
	TRY(followups_set_due(s, BOOK, n, TODAY + 5, -1, e));
	TRY(followups_next_day(s, BOOK, TODAY, &n, e));
	return followups_set_done(s, BOOK, 1, TODAY, "answer", e);
}

static int of_forums(struct store *s, struct err *e)
{
	_cleanup_forums_ struct forums all = { 0 }, found = { 0 }, one = { 0 }, via = { 0 };
	_cleanup_(forum_progress_done) struct forum_progress progress = { 0 };
	const struct goal goal = { 3, GOAL_WEEK };
	int64_t n;

	TRY(forums_list(s, BOOK, &all, e));
	TRY(forums_find(s, BOOK, "HR", &found, e));
	TRY(forums_by_number(s, BOOK, 1, &one, e));
	TRY(forums_set(s, BOOK, "HR", &goal, "https://h.example/x", NULL, &n, e));
	TRY(forums_set(s, BOOK, "New", &goal, NULL, "law", &n, e));
	TRY(forums_reply(s, BOOK, 1, TODAY, 2, ANNA, "note", e));
	TRY(forums_set_via(s, ANNA, 1, TODAY, e));
	TRY(forums_via(s, BOOK, ANNA, &via, e));
	TRY(forums_count_via(s, BOOK, 1, &n, e));
	TRY(forums_progress(s, BOOK, 1, TODAY - 9, TODAY + 9, &progress, e));
	return forums_drop(s, BOOK, 1, e);
}

static int of_ledger(struct store *s, struct err *e)
{
	_cleanup_ledger_ struct ledger all = { 0 }, offers = { 0 };
	_cleanup_thanks_ struct thanks_list waiting = { 0 }, one = { 0 };
	_cleanup_ids_ struct contact_ids helpers = { 0 };
	_cleanup_history_ struct history history = { 0 };
	int64_t n;

	TRY(history_of(s, ANNA, &history, e));
	TRY(ledger_add(s, BOOK, BEN, LEDGER_RECEIVED, "help", TODAY, TODAY, &n, e));
	TRY(ledger_add_received(s, BOOK, BEN, "advice", TODAY, TODAY, "LinkedIn", true, e));
	TRY(ledger_has(s, BEN, LEDGER_GAVE, "a book", TODAY, e));
	TRY(ledger_list(s, BOOK, 0, &all, e));
	TRY(ledger_offers(s, BOOK, TODAY - 30, &offers, e));
	TRY(ledger_helpers(s, BOOK, "a flat", &helpers, e));
	TRY(thanks_waiting(s, BOOK, TODAY + 1, &waiting, e));
	TRY(thanks_by_number(s, BOOK, 1, &one, e));
	TRY(thanks_set_day(s, BOOK, 1, TODAY + 7, e));
	return thanks_set_done(s, BOOK, 1, TODAY, e);
}

static int of_keeping(struct store *s, struct err *e)
{
	_cleanup_free_ struct touch_candidate *due = NULL;
	const int64_t two[] = { BEN, CARL };
	struct keeping keeping;
	size_t n;

	TRY(keeping_set_tag(s, BOOK, "choir", "6w", TODAY, &n, e));
	TRY(keeping_spread(s, two, ARRAY_SIZE(two), "1y", TODAY, e));
	TRY(keeping_refresh(s, ANNA, e));
	TRY(keeping_due(s, BOOK, 1, TODAY, TODAY + 400, &due, &n, e));
	TRY(keeping_by_number(s, BOOK, 3, &keeping, e));
	TRY(keeping_set_until(s, BOOK, 3, TODAY + 9, e));
	return keeping_skip(s, BOOK, 3, TODAY, e);
}

static int of_keys(struct store *s, struct err *e)
{
	static const struct kin_sign email = { BOOK, "anna", "0", "anna@example.org", 0, 0, 0 },
				     birthday = { BOOK, "anna", "0", NULL, 312, 0, 0 };
	_cleanup_free_ char *source = NULL, *uid = NULL, *given = NULL;
	_cleanup_(known_freep) struct known *known = NULL;
	struct kin kin;
	int64_t n;
	bool owns;

	TRY(keys_given(s, BEN, "x.vcf", "0", 0, &given, e));
	TRY(keys_is_given(s, BEN, "0", e));
	TRY(keys_has_merged(s, BEN, "x.vcf", e));
	TRY(keys_rename(s, BOOK, "uid:q", "uid:r", &owns, e));
	TRY(keys_is_forgotten_trait(s, BOOK, "phone", "0", "1", e));
	TRY(kin_by_email(s, &email, &kin, e));
	TRY(kin_by_name(s, &birthday, 0, &kin, e));
	TRY(kin_by_former_name(s, &birthday, &kin, e));
	TRY(keys_find(s, BOOK, "uid:u", &n, e));
	TRY(keys_is_merged(s, BOOK, "uid:v", e));
	TRY(keys_uid(s, ANNA, &uid, e));
	TRY(keys_set(s, BOOK, "uid:w", "x.vcf", BEN, &owns, e));
	TRY(keys_load(s, BOOK, "uid:w", BEN, &source, &owns, e));
	TRY(keys_count(s, BEN, "x.vcf", &n, e));
	TRY(keys_move(s, BOOK, "uid:y", "x.vcf", BEN, &owns, e));
	TRY(keys_is_forgotten(s, BOOK, "uid:z", e));
	TRY(known_load(&known, s, BOOK, e));
	return keys_forget(s, BOOK, ANNA, e);
}

static int of_newcomers(struct store *s, struct err *e)
{
	_cleanup_(newcomers_freep) struct newcomers *newcomers = NULL;
	_cleanup_record_ struct record record = { .name = "Eve", .city = "Ulm" };
	const struct date day = { 1984, 3, 12 };
	int64_t id;

	if (record_add_value(&record, RECORD_EMAIL, "work", "eve@example.org") < 0 ||
		record_add_occasion(&record, RECORD_BIRTHDAY, NULL, &day) < 0)
		return err_oom(e);
	TRY(newcomers_new(&newcomers, s, BOOK, "new", TODAY, e));
	TRY(newcomers_add(newcomers, &record, "uid:eve", "x.vcf", &id, e));
	return nearby_collect(s, BOOK, id, e);
}

static int of_merge(struct store *s, struct err *e)
{
	_cleanup_merge_report_ struct merge_report report = { 0 };
	_cleanup_aliases_ struct aliases aliases = { 0 };
	int64_t n;

	TRY(aliases_of(s, ANNA, &aliases, e));
	TRY(aliases_find(s, BOOK, 3, &n, e));
	TRY(aliases_find_now(s, BOOK, 3, &n, e));
	return merge_contacts(s, BOOK, BEN, ANNA, TODAY, &report, e);
}

static int of_occasions(struct store *s, struct err *e)
{
	_cleanup_occasions_ struct occasions hers = { 0 }, some = { 0 }, back = { 0 }, one = { 0 };
	_cleanup_free_ int *years = NULL;
	const struct occasion_range range = { 2026, 101, 1231 };
	const struct date day = { 1990, 6, 1 }, other = { 1990, 6, 2 };
	struct occurrence occurrence;
	int64_t n;

	TRY(occasions_add(s, BOOK, BEN, OCCASION_BIRTHDAY, NULL, &day, CONTACT_HAND, TODAY, &n, e));
	TRY(occasions_move(s, BOOK, n, &other, CONTACT_HAND, e));
	TRY(occasions_add(
		s, BOOK, ANNA, OCCASION_NAMED, "wedding", &day, CONTACT_HAND, TODAY, &n, e));
	TRY(occasions_of(s, ANNA, &hers, e));
	TRY(occasions_in(s, BOOK, &range, &some, e));
	TRY(occasions_put_back(s, BOOK, TODAY, TODAY + 99, &back, &years, e));
	TRY(occasions_by_number(s, BOOK, 4, &one, e));
	TRY(occasions_occurrence(s, BOOK, 4, 2026, &occurrence, e));
	TRY(occasions_set_until(s, BOOK, 4, 2026, TODAY + 9, e));
	TRY(occasions_set_done(s, BOOK, 4, 2026, TODAY, e));
	TRY(occasions_drop(s, BOOK, 5, e));
	TRY(occasions_remove_met(s, ANNA, e));
	return occasions_remove_birthday(s, ANNA, TODAY, e);
}

static int mailed_one(void *userdata UNUSED, const struct mailed *mailed UNUSED)
{
	return 0;
}

/* A message on its way: of a slot that was taken, to two. */
static int add_message(struct store *s, int64_t digest, int64_t *ret, struct err *e)
{
	const struct outbox_message message = { .digest = digest,
		.slot = NOW,
		.message_id = "<1@example.org>",
		.sender = "nudged@example.org",
		.subject = "Anna",
		.body = "text",
		.size = 4 };
	const struct cover cover = { TODAY, TODAY + 1 };

	TRY(outbox_add(s, &message, NOW, ret, e));
	TRY(outbox_add_mention(s, *ret, ANNA, e));
	TRY(outbox_add_delivery(s, *ret, "me@example.org", NOW, e));
	TRY(outbox_add_delivery(s, *ret, "you@example.org", NOW, e));
	TRY(digests_claim(s, digest, NOW, &cover, TODAY, NOW, *ret, e));
	return digests_tell(s, digest, TOLD_OCCASION, 4, 2026, TODAY, *ret, e);
}

static int of_digests(struct store *s, struct err *e)
{
	struct digest_state state;
	int64_t message;
	int32_t day;

	TRY(digests_enter(s, "evening", "20:00", "UTC", 0, &state, e));
	TRY(add_message(s, state.id, &message, e));
	TRY(digests_is_told(s, state.id, TOLD_OCCASION, 4, 2026, &day, e));
	TRY(digests_enter(s, "evening", "21:00", "UTC", NOW, &state, e));
	TRY(digests_load(s, "evening", &state, e));
	TRY(digests_void_later(s, state.id, NOW - 9, TODAY, e));
	return digests_go_on(s, &state, NOW, TODAY, e);
}

static int of_lists_of_mails(struct store *s, struct err *e)
{
	_cleanup_outbox_errors_ struct outbox_errors errors = { 0 }, list = { 0 };
	_cleanup_outbox_lost_ struct outbox_lost lost = { 0 };
	_cleanup_free_ char *first = NULL, *last = NULL;
	struct outbox_counts counts;
	int64_t n;

	TRY(outbox_find_holding(s, &first, &last, e));
	TRY(outbox_list_errors(s, 9, &errors, e));
	TRY(outbox_list_message(s, "<1@example.org>", &list, e));
	TRY(outbox_count(s, &counts, e));
	TRY(outbox_count_untried(s, 1, &n, e));
	TRY(outbox_has_message(s, "<1@example.org>", e));
	TRY(outbox_find_lost(s, 1, false, &lost, e));
	TRY(outbox_waiting_of(s, ANNA, &n, e));
	TRY(outbox_next_time(s, &n, e));
	return mailed_each(s, 9, mailed_one, NULL, e);
}

static int of_outbox(struct store *s, struct err *e)
{
	_cleanup_delivery_ struct delivery one = { 0 }, other = { 0 };
	struct digest_state state;
	int64_t message;

	TRY(digests_enter(s, "morning", "07:00", "UTC", 0, &state, e));
	TRY(add_message(s, state.id, &message, e));
	TRY(outbox_next(s, NOW, &one, e));
	TRY(outbox_set_attempting(s, one.id, NOW, e));
	TRY(outbox_set_in_doubt(s, one.id, NOW, e));
	TRY(outbox_set_waiting(s, one.id, NOW, NOW + 60, true, "why", e));
	TRY(outbox_schedule_doubts(s, "morning", NOW + 70, e));
	TRY(outbox_set_attempting(s, one.id, NOW, e));
	TRY(outbox_recover(s, NOW, e));
	TRY(outbox_hasten(s, NOW, e));
	TRY(outbox_next(s, NOW + 99, &other, e));
	TRY(outbox_set_attempting(s, other.id, NOW, e));
	TRY(outbox_set_sent(s, other.id, NOW, e));
	TRY(outbox_set_refused(s, one.id, NOW, "550 no", e));
	TRY(of_lists_of_mails(s, e));
	TRY(outbox_forget_bodies(s, NOW + (int64_t)99 * 86400, e));
	return outbox_erase_contact(s, ANNA, e);
}

static int of_withdrawn_mails(struct store *s, struct err *e)
{
	struct digest_state state;
	int64_t message;

	TRY(digests_enter(s, "morning", "07:00", "UTC", 0, &state, e));
	TRY(add_message(s, state.id, &message, e));
	TRY(outbox_withdraw(s, state.id, NOW, e));
	return outbox_withdraw_unclaimed(s, state.id, NOW, e);
}

static int of_outreaches(struct store *s, struct err *e)
{
	_cleanup_outreaches_ struct outreaches open = { 0 }, one = { 0 }, his = { 0 }, eva = { 0 };
	const int32_t day = TODAY + 20;
	const struct outreach *o;
	int64_t n;

	TRY(outreaches_open(s, BOOK, &open, e));
	TRY(outreaches_by_number(s, BOOK, 1, &one, e));
	TRY(outreaches_of(s, BEN, &his, e));
	TRY(outreaches_find(s, BOOK, "ev", &eva, e));
	TRY(outreaches_add(s, BOOK, 0, "Fay", TODAY, &n, e));
	o = &one.all[0];
	TRY(outreaches_set_answer(s, o, OUTREACH_TODAY, "she bakes", TODAY, e));
	TRY(outreaches_set_answer(s, o, OUTREACH_HOPE, "", TODAY, e));
	TRY(outreaches_set_link(s, o, "https://f.example", e));
	TRY(outreaches_set_event(s, o, &day, e));
	TRY(outreaches_set_busy(s, o, false, e));
	TRY(outreaches_set_until(s, o, TODAY + 9, e));
	TRY(outreaches_has(s, BOOK, 0, "Eva", "https://f.example", TODAY, e));
	TRY(outreaches_set_stage(s, o, OUTREACH_SENT, TODAY, e));
	TRY(outreaches_accept(s, BOOK, o, "note", TODAY, &n, e));
	return outreaches_forget(s, TODAY + 400, e);
}

static int of_told_outreaches(struct store *s, struct err *e)
{
	_cleanup_outreaches_ struct outreaches one = { 0 }, other = { 0 };
	int64_t n;

	TRY(outreaches_by_number(s, BOOK, 1, &one, e));
	TRY(outreaches_by_number(s, BOOK, 2, &other, e));
	TRY(outreaches_tell_stage(s, &other.all[0], OUTREACH_DECLINED, TODAY, "LinkedIn", e));
	TRY(outreaches_settle(s, BOOK, BEN, "https://e.example", TODAY, e));
	return outreaches_make_contact(s, BOOK, &one.all[0], TODAY, &n, e);
}

static int of_search(struct store *s, struct err *e)
{
	_cleanup_ids_ struct contact_ids found = { 0 }, list = { 0 }, all = { 0 }, some = { 0 };

	TRY(search_index(s, ANNA, e));
	TRY(search_find(s, BOOK, "anna", 9, &found, e));
	TRY(search_list(s, BOOK, "flat", NULL, NULL, &list, e));
	TRY(search_all(s, BOOK, &all, e));
	return search_sample(s, BOOK, 3, &some, e);
}

static int of_search_by(struct store *s, struct err *e)
{
	_cleanup_ids_ struct contact_ids a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 }, f = { 0 };

	TRY(search_by_email(s, BOOK, "a@x.example", &a, e));
	TRY(search_by_link(s, BOOK, "https://e.example", &b, e));
	TRY(search_by_name(s, BOOK, "Ben", &c, e));
	TRY(search_by_birthday(s, BOOK, "Anna Müller", 312, 1984, &d, e));
	return search_list(s, BOOK, NULL, "x", "Köln", &f, e);
}

static int of_candidates(struct store *s, struct err *e)
{
	_cleanup_candidates_ struct candidates all = { 0 };

	TRY(candidates_names(s, BOOK, "a", 9, &all, e));
	TRY(candidates_later_names(s, BOOK, "mue", 9, &all, e));
	TRY(candidates_emails(s, BOOK, "a", 9, &all, e));
	TRY(candidates_tags(s, BOOK, "", 9, &all, e));
	for (const char *letter = "bfyctihog"; *letter; letter++)
		TRY(candidates_handles(s, BOOK, *letter, "", TODAY, 9, &all, e));
	return 0;
}

static int of_sources(struct store *s, struct err *e)
{
	char *fields[CONTACT_FIELD_COUNT] = { 0 };
	_cleanup_alsos_ struct alsos alsos = { 0 };
	int r;

	TRY(sources_also(s, ANNA, &alsos, e));
	TRY(sources_add_also(s, ANNA, "org", "x.vcf", e));
	TRY(sources_drop_also(s, ANNA, "org", "x.vcf", e));
	r = sources_of_fields(s, ANNA, fields, e);
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		free(fields[i]);
	TRY(r);
	TRY(sources_rename(s, ANNA, "c.vcf", "d.vcf", e));
	TRY(sources_claim_value(s, ANNA, CONTACT_EMAIL, "b@x.example", "d.vcf", e));
	TRY(sources_claim_occasion(s, BOOK, 5, "d.vcf", e));
	TRY(sources_withdraw_value(s, ANNA, CONTACT_EMAIL, "A@x.example", "vcard", e));
	TRY(sources_withdraw_text(s, ANNA, CONTACT_CITY, "vcard", TODAY, e));
	return sources_withdraw_occasion(s, BOOK, ANNA, 4, "vcard", e);
}

static int of_suggestions(struct store *s, struct err *e)
{
	_cleanup_suggestions_ struct suggestions list = { 0 }, one = { 0 }, between = { 0 };
	const struct suggestion anew = { .letter = SUGGESTION_INTRODUCTION,
		.seeker = ANNA,
		.offerer = CARL,
		.stage = INTRODUCTION_SUGGESTED };
	int64_t n;

	TRY(suggestions_list(s, BOOK, SUGGESTION_HELP, &list, e));
	TRY(suggestions_by_number(s, BOOK, SUGGESTION_INTRODUCTION, 1, &one, e));
	TRY(suggestions_between(s, ANNA, BEN, &between, e));
	TRY(suggestions_add(s, BOOK, &anew, TODAY, &n, e));
	TRY(suggestions_is_wanted(s, BOOK, &one.all[0], e));
	TRY(suggestions_set_told(s, BOOK, &one.all[0], TODAY, e));
	TRY(suggestions_put_back(s, BOOK, SUGGESTION_INTRODUCTION, n, TODAY + 9, e));
	TRY(suggestions_set_because(s, BOOK, SUGGESTION_INTRODUCTION, n, "why", e));
	return suggestions_set_stage(s, BOOK, &one.all[0], INTRODUCTION_MADE, "note", TODAY, e);
}

static int of_small_things(struct store *s, struct err *e)
{
	_cleanup_tags_ struct tags tags = { 0 };
	_cleanup_(touches_done) struct touches touches = { 0 };
	_cleanup_troubles_ struct troubles troubles = { 0 };
	_cleanup_trouble_past_ struct trouble_past past = { 0 };
	_cleanup_wants_ struct wants mine = { 0 }, theirs = { 0 };
	struct trust_sight sight = { .boot = "b", .uptime = 1, .clock = NOW };
	int32_t day;

	TRY(tags_list(s, BOOK, &tags, e));
	TRY(touches_of(s, ANNA, &touches, e));
	TRY(touches_last(s, ANNA, &day, e));
	TRY(touches_has(s, ANNA, TODAY, "met", "fair", e));
	TRY(touches_add_note(s, ANNA, TODAY, "called", "more", e));
	TRY(touches_move(s, ANNA, TODAY, "met", TODAY - 1, e));
	TRY(troubles_set(s, TROUBLES_SERVER, NOW, "it is away", e));
	TRY(troubles_list(s, &troubles, e));
	TRY(troubles_clear(s, TROUBLES_SERVER, e));
	TRY(troubles_set_past(s, NOW, NOW + 9, "it was away", e));
	TRY(troubles_find_past(s, &past, e));
	TRY(sights_save(s, &sight, e));
	TRY(sights_load(s, &sight, e));
	TRY(sights_clear(s, e));
	TRY(wants_load(s, BOOK, true, &mine, e));
	TRY(wants_load(s, BOOK, false, &theirs, e));
	return store_check(s, e);
}

static int of_undo(struct store *s, struct err *e)
{
	_cleanup_(undo_freep) struct undo *undo = NULL;
	_cleanup_free_ char *what = NULL, *final = NULL;

	TRY(undo_begin(&undo, s, e));
	TRY(books_set_owner(s, BOOK, "Jill", NULL, NULL, e));
	TRY(contacts_set(s, BEN, CONTACT_NOTE, "kind", CONTACT_HAND, TODAY, e));
	TRY(undo_keep(undo, BOOK, "me", NOW, e));
	undo_free(TAKE_PTR(undo));
	TRY(undo_forget(s, BOOK, ANNA, e));
	TRY(undo_keep_final(s, BOOK, "import", NOW, e));
	TRY(undo_last(s, BOOK, &final, e));
	return undo_last(s, BOOK, &what, e);
}

static int no_flush(void *userdata UNUSED)
{
	return 0;
}

static int of_writing_an_archive(struct store *s, struct err *e)
{
	_cleanup_str_ struct str text = STR_INIT;
	struct json json = JSON_INIT(&text);

	TRY(archive_write(s, BOOK, &json, no_flush, NULL, e));
	return str_check(&text, e);
}

static int read_text(void *userdata, char *buffer, size_t size, size_t *ret_n, struct err *e UNUSED)
{
	const char **text = userdata;

	*ret_n = strnlen(*text, size);
	memcpy(buffer, *text, *ret_n);
	*text += *ret_n;
	return 0;
}

/* The archive of the book, into another one. */
static int of_reading_an_archive(struct store *s, struct err *e)
{
	_cleanup_str_ struct str text = STR_INIT;
	_cleanup_(json_reader_done) struct json_reader reader = { 0 };
	struct json json = JSON_INIT(&text);
	struct archive_report report;
	const char *rest;
	int64_t book;

	TRY(archive_write(s, BOOK, &json, no_flush, NULL, e));
	TRY(str_check(&text, e));
	rest = str_text(&text);
	TRY(json_reader_init(&reader, read_text, &rest, e));
	TRY(books_create(s, "copy", e));
	TRY(books_find(s, "copy", &book, e));
	return archive_read(s, book, &reader, &report, e);
}

/* --- what has transactions of its own --- */

static bool nobody_is_ours(const void *userdata UNUSED, int64_t contact UNUSED)
{
	return false;
}

/* Others write meanwhile: their changes are done to the copy. */
static int of_a_stage(struct store *s, struct err *e)
{
	_cleanup_(stage_freep) struct stage *stage = NULL;
	_cleanup_(store_rollback) struct store *transaction = NULL, *copied = NULL;

	TRY(stage_new(&stage, s, true, e));
	TRY(store_begin(s, &transaction, e));
	TRY(contacts_set(s, BEN, CONTACT_NOTE, "kind", CONTACT_HAND, TODAY, e));
	TRY(store_commit(&transaction, e));
	TRY(store_begin(stage_store(stage), &copied, e));
	TRY(contacts_set(stage_store(stage), CARL, CONTACT_NOTE, "funny", CONTACT_HAND, TODAY, e));
	TRY(store_commit(&copied, e));
	return stage_publish(stage, nobody_is_ours, NULL, e);
}

static int of_a_witness(struct store *s, struct err *e)
{
	_cleanup_witness_ struct witness witness = { 0 };

	TRY(witness_load(&witness, store_path(s), e));
	TRY(witness_count(s, e));
	TRY(witness_look(&witness, s, e));
	TRY(witness_overtake(s, &witness, e));
	return witness_compare(&witness, s, e);
}

static int of_a_backup(struct store *s, struct err *e)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/copy.db", test_folder());
	(void)unlink(path);
	return backups_write(s, path, e);
}

static int of_opening(struct store *s, struct err *e)
{
	const struct store_options options = { .patience_ms = 0 };
	_cleanup_store_ struct store *again = NULL;

	return store_open(&again, store_path(s), &options, e);
}

/* --- each of their calls fails in turn --- */

struct breaks {
	const char *name;
	int (*run)(struct store *store, struct err *reterr);
	bool commits; /* by itself: what it wrote before it failed is whole */
};
#define BREAKS(function)                                                                           \
	{                                                                                          \
#function, function, false                                                         \
	}
#define BREAKS_ALONE(function)                                                                     \
	{                                                                                          \
#function, function, true                                                          \
	}

static const struct breaks breaks_all[] = {
	BREAKS(of_books),
	BREAKS(of_contacts),
	BREAKS(of_candidates),
	BREAKS(of_coffees),
	BREAKS(of_duplicates),
	BREAKS(of_follow_ups),
	BREAKS(of_forums),
	BREAKS(of_ledger),
	BREAKS(of_keeping),
	BREAKS(of_keys),
	BREAKS(of_newcomers),
	BREAKS(of_merge),
	BREAKS(of_occasions),
	BREAKS(of_digests),
	BREAKS(of_outbox),
	BREAKS(of_withdrawn_mails),
	BREAKS(of_outreaches),
	BREAKS(of_told_outreaches),
	BREAKS(of_search),
	BREAKS(of_search_by),
	BREAKS(of_sources),
	BREAKS(of_suggestions),
	BREAKS(of_small_things),
	BREAKS(of_undo),
	BREAKS(of_a_witness),
	BREAKS(of_writing_an_archive),
	BREAKS(of_reading_an_archive),
	BREAKS_ALONE(of_a_stage),
	BREAKS_ALONE(of_a_backup),
	BREAKS_ALONE(of_opening),
};

static void breaks_path(char path[static 256], const char *name)
{
	(void)snprintf(path, 256, "%s/%s", test_folder(), name);
}

static void breaks_read(const char *path, struct str *ret)
{
	char buffer[65536];
	FILE *file = fopen(path, "re");
	size_t n;

	if (!file)
		abort();
	str_clear(ret);
	while ((n = fread(buffer, 1, sizeof(buffer), file)) > 0)
		str_add_bytes(ret, buffer, n);
	(void)fclose(file);
}

static void breaks_write(const char *path, const struct str *bytes)
{
	FILE *file = fopen(path, "we");

	if (!file || fwrite(bytes->data, 1, bytes->len, file) != bytes->len)
		abort();
	(void)fclose(file);
}

/* In a transaction that is rolled back. */
static int breaks_run(const struct breaks *row, struct store *store, enum breaker what, unsigned at,
	bool *ret_broke, struct err *e)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r;

	breaker_arm(what, at);
	r = row->commits ? 0 : store_begin(store, &transaction, e);
	if (r >= 0)
		r = row->run(store, e);
	*ret_broke = breaker_broke();
	breaker_arm(what, 0);
	return r;
}

/* Whether the call after this one is worth a try. */
static bool breaks_at(const struct breaks *row, enum breaker what, unsigned at, const char *path,
	const struct str *before, struct str *after)
{
	_cleanup_store_ struct store *store = book_open(path);
	struct err e = { "" };
	bool broke;
	int r;

	book_must(store_run(store, &e, "PRAGMA synchronous=OFF", ""), &e);
	r = breaks_run(row, store, what, at, &broke, &e);
	TEST_ROW("%s, %s %u: %d %s", row->name, what == BREAKER_SQLITE ? "call" : "allocation", at,
		r, e.text);
	if (!broke) {
		CHECK(r >= 0);
		return false;
	}
	CHECK(r < 0);
	CHECK(e.text[0]);
	CHECK_INT(store_check(store, &e), 0);
	breaks_read(path, after);
	if (!row->commits)
		CHECK(after->len == before->len &&
			memcmp(after->data, before->data, before->len) == 0);
	return true;
}

static void each_fails(enum breaker what)
{
	_cleanup_str_ struct str before = STR_INIT, after = STR_INIT;
	_cleanup_store_ struct store *store = NULL;
	char path[256], copy[256];

	breaks_path(path, what == BREAKER_SQLITE ? "calls.db" : "memory.db");
	breaks_path(copy, "broken.db");
	store = book_open(path);
	book_fill(store);
	/* The letters whose numbers were given by hand. */
	(void)book_ask(store,
		"INSERT OR REPLACE INTO counter SELECT 1, value, 9 FROM json_each('[\"b\",\"c\","
		"\"f\",\"g\",\"h\",\"i\",\"o\",\"t\",\"y\"]') RETURNING 1");
	store_close(TAKE_PTR(store));
	breaks_read(path, &before);
	for (size_t i = 0; i < ARRAY_SIZE(breaks_all); i++) {
		unsigned at = 0;

		do
			breaks_write(copy, &before);
		while (++at < BREAKS_MAX &&
			breaks_at(&breaks_all[i], what, at, copy, &before, &after));
		CHECK(at > 1 && at < BREAKS_MAX);
	}
}

static void every_call_fails(void)
{
	each_fails(BREAKER_SQLITE);
}

static void every_allocation_fails(void)
{
	each_fails(BREAKER_MEMORY);
}

TEST_MAIN(TEST(every_call_fails), TEST(every_allocation_fails))
