/* SPDX-License-Identifier: MIT */
/*
 * edition: one digest at one moment.
 */
#include "digest/edition-internal.h"

#include "base/lang.h"
#include "book/search.h"
#include "conf/invoke.h"
#include "core/zone.h"
#include "digest/wording.h"
#include "format/link.h"

#include <errno.h>
#include <string.h>

#define EDITION_TEXT_COLUMNS 72

static void edition_file_done(struct edition_file *file)
{
	free(file->name);
	free(file->type);
	free(file->text);
}

void edition_done(struct edition *edition)
{
	agenda_done(&edition->agenda);
	document_done(&edition->document);
	free(edition->mentions);
	for (size_t i = 0; i < edition->n_files; i++)
		edition_file_done(&edition->files[i]);
	free(edition->files);
	for (size_t i = 0; i < edition->n_corrected; i++)
		free(edition->corrected[i].name);
	free(edition->corrected);
	*edition = (struct edition){ 0 };
}

/* Which kinds of item the configured sections are made of. */
static bool edition_kind_of(enum conf_section section, enum item_kind *ret)
{
	switch (section) {
	case CONF_SECTION_OCCASIONS:
		*ret = ITEM_OCCASION;
		return true;
	case CONF_SECTION_FOLLOW_UPS:
		*ret = ITEM_FOLLOW_UP;
		return true;
	case CONF_SECTION_THANKS:
		*ret = ITEM_THANKS;
		return true;
	case CONF_SECTION_COFFEE:
		*ret = ITEM_COFFEE;
		return true;
	case CONF_SECTION_FORUMS:
		*ret = ITEM_FORUM;
		return true;
	case CONF_SECTION_HELP:
		*ret = ITEM_HELP;
		return true;
	case CONF_SECTION_INTRODUCTIONS:
		*ret = ITEM_INTRODUCTION;
		return true;
	case CONF_SECTION_OUTREACH:
		*ret = ITEM_OUTREACH;
		return true;
	case CONF_SECTION_TOUCHES:
		*ret = ITEM_TOUCH;
		return true;
	default:
		return false;
	}
}

static size_t edition_order(const struct conf_digest *digest, enum item_kind order[ITEM_KIND_COUNT])
{
	size_t n = 0;

	for (size_t i = 0; i < digest->n_sections && n < ITEM_KIND_COUNT; i++)
		n += edition_kind_of(digest->sections[i], &order[n]);
	return n;
}

static void edition_collect_settings(struct collect *collect, const struct conf_digest *digest)
{
	enum item_kind order[ITEM_KIND_COUNT];
	size_t n = edition_order(digest, order);

	collect->lead_days = digest->lead_days;
	collect->touch_max = digest->touch_max;
	collect->introduction_max = digest->introduction_max;
	collect->help_max = digest->help_max;
	collect->leap = digest->leap_day;
	for (size_t i = 0; i < n; i++)
		collect->kinds[order[i]] = true;
}

/* The digest's next slot after `now`, and after a holiday, as the reader's clock shows it. 1, or 0 where
 * there is none. */
static int edition_next(struct store *store, const struct conf_digest *digest, int64_t now,
	struct civil *ret, struct err *reterr)
{
	int64_t next, back;
	int32_t until;
	int r = books_pause(store, digest->book, &until, reterr);

	if (r < 0)
		return r;
	back = r ? zone_instant(digest->zone, (struct civil){ until, 0 }, NULL) : now;
	if (cadence_next(digest->cadence, digest->zone, back > now ? back - 1 : now, &next) != 0)
		return 0;
	*ret = zone_civil(digest->zone, next);
	return 1;
}

/* Whom else the book knows by a name. What fails is told when all is asked. */
struct edition_asked {
	const struct collect *collect;
	int error;
	struct err err;
};

static bool edition_find_namesake(
	void *userdata, const char *start, int64_t except, struct contact *ret)
{
	struct edition_asked *asked = userdata;
	const struct collect *collect = asked->collect;
	int64_t id;
	int r = asked->error;

	if (r == 0)
		r = search_namesake(collect->store, collect->book, start, except, &id, &asked->err);
	if (r > 0 && ret) {
		r = contacts_load(collect->store, collect->book, id, ret, &asked->err);
		r = r < 0 ? r : 1;
	}
	asked->error = r < 0 ? r : 0;
	return r > 0;
}

static int edition_compose(struct edition *edition, const struct collect *collect,
	const char *config, const struct conf_digest *digest, const struct digest_state *state,
	int64_t now, const struct civil *next, struct err *reterr)
{
	_cleanup_str_ struct str command = STR_INIT;
	_cleanup_edition_news_ struct edition_news news = { 0 };
	struct edition_asked asked = { .collect = collect };
	enum item_kind order[ITEM_KIND_COUNT];
	struct compose compose = {
		.agenda = &edition->agenda,
		.order = order,
		.n_order = edition_order(digest, order),
		.language = digest->language,
		.formal = digest->address == CONF_ADDRESS_SIE,
		.notes = digest->notes_in_mail,
		.names = digest->subject_names,
		.returned = edition->returned,
		.sends_empty = digest->send_empty,
		.corrected = edition->corrected,
		.n_corrected = edition->n_corrected,
		.find_namesake = edition_find_namesake,
		.userdata = &asked,
	};
	int r;

	if (!digest->notes_in_mail)
		agenda_hide_notes(&edition->agenda);
	if (next) {
		compose.has_next = true;
		compose.next_day = next->day;
		compose.next_minute = next->second / 60;
	}
	r = edition_load_news(&news, edition, collect, digest, state, now, reterr);
	if (r < 0)
		return r;
	edition_news_tell(&news, &compose);
	invoke_add_for_reader(&command, config, digest->book);
	r = str_check(&command, reterr);
	compose.command = str_text(&command);
	if (r == 0)
		r = compose_document(&edition->document, &compose, reterr);
	if (r == 0 && asked.error)
		return err_set(reterr, asked.error, "%s", asked.err.text);
	return r;
}

/* What a digest begins with, in each section: a coffee that is close, what is due, then what is late, then the
 * rest. */
static int edition_turn(const struct item *item)
{
	static const int turns[] = {
		[ITEM_DUE] = 0,
		[ITEM_PUT_BACK] = 0,
		[ITEM_MISSED] = 1,
		[ITEM_OVERDUE] = 1,
		[ITEM_LONG_PAST] = 2,
		[ITEM_WAITING] = 2,
		[ITEM_ANNOUNCED] = 2,
		[ITEM_PROGRESS] = 2,
	};

	if (item->task == COFFEE_PREPARE || item->task == COFFEE_MEET)
		return -1;
	return turns[item->why];
}

static int edition_compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (edition_turn(x) != edition_turn(y))
		return edition_turn(x) < edition_turn(y) ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static void edition_sort(struct agenda *agenda)
{
	if (agenda->n)
		qsort(agenda->items, agenda->n, sizeof(*agenda->items), edition_compare);
}

/* Whether a holiday has ended since the digest before. */
static int edition_find_return(struct edition *edition, struct store *store,
	const struct conf_digest *digest, const struct digest_state *state, int32_t today,
	struct err *reterr)
{
	int32_t until;
	int r = books_pause(store, digest->book, &until, reterr);

	edition->returned = r > 0 && until <= today &&
		zone_civil(digest->zone, state->last_claimed_at).day < until;
	return r < 0 ? r : 0;
}

static int edition_make(struct edition *ret, struct store *store, const char *config,
	const struct conf_digest *digest, const struct digest_state *state, int64_t now,
	bool records, struct err *reterr)
{
	_cleanup_edition_ struct edition edition = { 0 };
	struct civil local = zone_civil(digest->zone, now), next;
	int has_next = edition_next(store, digest, now, &next, reterr);
	bool goes_on = state && state->has_claim;
	struct collect collect = { .store = store,
		.digest = state ? state->id : 0,
		.turns_of = state ? state->id : 0,
		.today = local.day,
		.records = records };
	int r;

	if (has_next < 0)
		return has_next;
	edition.is_welcome = state && !state->has_claim;
	edition.cover = cover_next(
		goes_on ? &state->last_cover.to : NULL, local.day, has_next ? &next.day : NULL);
	edition.floor_day = edition.cover.from;
	collect.next_day = cover_next(NULL, local.day, has_next ? &next.day : NULL).to;
	if (goes_on) {
		/* Empty covers, of a day's later slots, have looked at no day: what was entered after
		 * the slot that did is still to be told. */
		edition.floor_day = state->spoken_day;
		if (state->has_undelivered && state->undelivered_floor < edition.floor_day)
			edition.floor_day = state->undelivered_floor;
	}
	collect.cover = edition.cover;
	collect.floor_day = edition.floor_day;
	edition_collect_settings(&collect, digest);
	if (edition.is_welcome)
		collect.lead_days = 0;
	r = books_find(store, digest->book, &collect.book, reterr);
	if (r == 0 && goes_on)
		r = edition_find_return(&edition, store, digest, state, local.day, reterr);
	if (r == 0)
		r = collect_agenda(&edition.agenda, &collect, reterr);
	edition_sort(&edition.agenda);
	if (r == 0 && edition.is_welcome) {
		r = edition_shorten(&edition, reterr);
		edition_sort(&edition.agenda);
	}
	if (r == 0)
		r = edition_mention_agenda(&edition, &edition.agenda, reterr);
	if (r == 0 && digest->calendar)
		r = edition_add_invitations(&edition, &collect, digest, now, reterr);
	if (r == 0)
		r = edition_compose(&edition, &collect, config, digest, state, now,
			has_next ? &next : NULL, reterr);
	if (r < 0)
		return r;
	*ret = edition;
	edition = (struct edition){ 0 };
	return 0;
}

int edition_prepare(struct edition *ret, struct store *store, const char *config,
	const struct conf_digest *digest, const struct digest_state *state, int64_t now,
	struct err *reterr)
{
	return edition_make(ret, store, config, digest, state, now, false, reterr);
}

int edition_take(struct edition *ret, struct store *store, const char *config,
	const struct conf_digest *digest, const struct digest_state *state, int64_t now,
	struct err *reterr)
{
	return edition_make(ret, store, config, digest, state, now, true, reterr);
}

int edition_agenda(struct agenda *ret, struct store *store, const struct conf_digest *digest,
	int64_t now, const struct edition_wanted *wanted, struct err *reterr)
{
	struct civil local = zone_civil(digest->zone, now), next;
	int has_next = edition_next(store, digest, now, &next, reterr);
	struct collect collect = { .store = store, .today = local.day, .brief = wanted->brief };
	struct digest_state state;
	int r;

	if (has_next < 0)
		return has_next;
	collect.cover = cover_next(NULL, local.day, has_next ? &next.day : NULL);
	if (wanted->days > 0)
		collect.cover.to = local.day + wanted->days;
	collect.next_day = collect.cover.to;
	collect.floor_day = wanted->missed ? local.day - COVER_SINGLY_DAYS : local.day;
	edition_collect_settings(&collect, digest);
	for (size_t kind = 0; wanted->kinds && kind < ITEM_KIND_COUNT; kind++)
		collect.kinds[kind] &= wanted->kinds[kind];
	if (wanted->days > 0) {
		collect.lead_days = 0;
		/* So many digests as there may be. */
		collect.touch_max *= wanted->days;
	}
	r = books_find(store, digest->book, &collect.book, reterr);
	if (r == 0)
		r = digests_load(store, digest->name, &state, reterr);
	if (r < 0)
		return r;
	/* Whose turn is not today comes within those days. */
	collect.turns_of = wanted->days > 0 ? 0 : state.id;
	r = collect_agenda(ret, &collect, reterr);
	if (r == 0)
		edition_sort(ret);
	return r;
}

int edition_describe(struct document *ret, struct store *store, const struct agenda *agenda,
	const struct conf_digest *digest, const struct edition_reader *reader, struct err *reterr)
{
	enum item_kind order[ITEM_KIND_COUNT];
	struct civil next;
	int has_next = digest->n_to ? edition_next(store, digest, reader->now, &next, reterr) : 0;
	struct compose compose = {
		.agenda = agenda,
		.order = order,
		.n_order = edition_order(digest, order),
		.language = reader->language,
		.command = reader->command,
		.formal = digest->address == CONF_ADDRESS_SIE,
		.notes = true,
		.names = true,
		.ahead = reader->ahead,
		.sends_empty = digest->send_empty,
		.has_next = has_next > 0,
	};

	if (has_next < 0)
		return has_next;
	if (has_next) {
		compose.next_day = next.day;
		compose.next_minute = next.second / 60;
	}
	return compose_document(ret, &compose, reterr);
}

/* What they are made of are names that the configuration has checked: letters, digits, "-" and "_".
 * Unsubscribing writes to whom the digest comes from: a person, who is told what to do. No References:
 * a digest is news of its day, not the answer to an older one, and a mailbox that threads would hide it
 * under the first; List-Id gathers them for those who want that. */
static int edition_add_headers(struct str *list_id, struct str *unsubscribe,
	const struct conf *conf, const struct conf_digest *digest, struct err *reterr)
{
	const char *at = strchr(conf->smtp.from.address, '@');
	_cleanup_str_ struct str subject = STR_INIT, body = STR_INIT;
	_cleanup_lang_ char *before = lang_switch(
		wording_language(digest->language, digest->address == CONF_ADDRESS_SIE));

	str_addf(list_id, "<%s.%s.nudged.%s>", digest->name, digest->book,
		at ? at + 1 : "localhost");
	str_addf(&subject, "unsubscribe %s", digest->name);
	/* TRANSLATORS: a mail to whoever runs the service; %s is the name of a digest. Keep "to" */
	str_addf(&body,
		_("Please do not send me the digest \"%s\" any more. My address stands in its \"to\" in nudged.conf."),
		digest->name);
	str_add_char(unsubscribe, '<');
	link_add_mailto(unsubscribe, conf->smtp.from.address, str_text(&subject), str_text(&body));
	str_add_char(unsubscribe, '>');
	return !before || list_id->failed || unsubscribe->failed || subject.failed || body.failed
		? err_oom(reterr)
		: 0;
}

static int edition_attach(
	const struct edition *edition, struct mime_attachment **ret, struct err *reterr)
{
	*ret = calloc(edition->n_files + 1, sizeof(**ret));
	if (!*ret)
		return err_oom(reterr);
	for (size_t i = 0; i < edition->n_files; i++) {
		const struct edition_file *file = &edition->files[i];

		(*ret)[i] = (struct mime_attachment){ file->name, file->type, file->text };
	}
	return 0;
}

int edition_write_message(const struct edition *edition, const struct conf *conf,
	const struct conf_digest *digest, const char *message_id, int64_t now, struct str *out,
	struct err *reterr)
{
	_cleanup_str_ struct str text = STR_INIT, html = STR_INIT, list_id = STR_INIT,
				 unsubscribe = STR_INIT;
	_cleanup_free_ struct mime_attachment *attachments = NULL;
	int r;

	r = edition_attach(edition, &attachments, reterr);
	if (r == 0)
		r = document_write_text(&edition->document, EDITION_TEXT_COLUMNS, &text, reterr);
	if (r == 0)
		r = document_write_html(&edition->document, &html, reterr);
	if (r == 0)
		r = edition_add_headers(&list_id, &unsubscribe, conf, digest, reterr);
	if (r < 0)
		return r;
	return mime_write(out,
		&(struct mime_message){
			.from = &conf->smtp.from,
			.to = digest->to,
			.n_to = digest->n_to,
			.subject = edition->document.subject,
			.message_id = message_id,
			.date = now,
			.offset = zone_offset(digest->zone, now),
			.language = digest->language,
			.headers =
				(const struct mime_header[]){
					{ "Auto-Submitted", "auto-generated" },
					{ "List-Id", str_text(&list_id) },
					{ "List-Unsubscribe", str_text(&unsubscribe) },
				},
			.n_headers = 3,
			.text = str_text(&text),
			.html = str_text(&html),
			.attachments = attachments,
			.n_attachments = edition->n_files,
		},
		reterr);
}
