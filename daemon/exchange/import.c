/* SPDX-License-Identifier: MIT */
/*
 * import: an address book's file into a book, all of it or nothing.
 */
#include "exchange/import.h"

#include "book/contacts.h"
#include "book/keeping.h"
#include "book/keys.h"
#include "book/newcomers.h"
#include "book/occasions.h"
#include "book/undo.h"
#include "book/search.h"
#include "book/stage.h"
#include "core/likeness.h"
#include "core/str.h"
#include "exchange/doubles.h"
#include "exchange/events.h"
#include "exchange/match.h"
#include "exchange/ours.h"
#include "exchange/source.h"
#include "exchange/verdict.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define IMPORT_SOURCE    "vcard"
#define IMPORT_CACHE_KIB 65536 /* many pages are written again and again */
/* From this record of a file on, all that the book knows is looked through once for the others. */
#define IMPORT_MANY 256

struct import {
	struct store *store;
	int64_t book;
	const struct import_options *options;
	struct import_report *report;
	const char *path;
	size_t at;        /* the file's number */
	const char *name; /* the path's last part: what a re-export is called again */
	struct match_taken taken;
	struct newcomers *newcomers;
	int64_t *added; /* whose first days are spread */
	size_t n_added, added_size;
	size_t n_records; /* of the file */
	bool usable;      /* something in the file was */
	bool owns;        /* the record at hand is of its contact's first source */
	struct err *reterr;
};

void import_report_done(struct import_report *report)
{
	for (size_t i = 0; i < report->n_rejects; i++) {
		free(report->rejects[i].file);
		free(report->rejects[i].reason);
	}
	free(report->rejects);
	for (size_t i = 0; i < report->n_sources; i++)
		free(report->sources[i].file);
	free(report->sources);
	asides_done(&report->asides);
	*report = (struct import_report){ 0 };
}

static int import_reject(void *userdata, uint64_t line, const char *reason)
{
	struct import *import = userdata;
	struct import_report *report = import->report;
	struct import_reject *rejects;

	if (report->n_rejects == IMPORT_REJECTS_MAX) {
		report->unlisted++;
		return 0;
	}
	rejects = reallocarray(report->rejects, report->n_rejects + 1, sizeof(*rejects));
	if (!rejects)
		return err_oom(import->reterr);
	report->rejects = rejects;
	rejects += report->n_rejects++;
	*rejects = (struct import_reject){ str_dup(import->path), line,
		str_dup(err_translate(reason)) };
	return rejects->file && rejects->reason ? 0 : err_oom(import->reterr);
}

static const char *import_too_long(const struct record *record)
{
	const struct {
		const char *text, *complaint;
	} texts[] = {
		{ record->name, ERR_TEXT("its name is too long") },
		{ record->org, ERR_TEXT("its organisation is too long") },
		{ record->title, ERR_TEXT("its title is too long") },
		{ record->city, ERR_TEXT("its city is too long") },
		{ record->note, ERR_TEXT("its note is too long") },
		{ record->uid, ERR_TEXT("its UID is too long") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (texts[i].text && strlen(texts[i].text) > CONTACT_TEXT_MAX)
			return texts[i].complaint;
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		if (record->own[i] && strlen(record->own[i]) > CONTACT_TEXT_MAX)
			return ERR_TEXT("one of its values is too long");
	for (size_t i = 0; i < record->n_values; i++)
		if (strlen(record->values[i].text) > CONTACT_TEXT_MAX)
			return ERR_TEXT("one of its values is too long");
	return NULL;
}

/* Sets a text that the record has and the contact has not; returns 1 where something changed. */
static int import_field(struct import *import, const struct contact *contact,
	enum contact_field field, const char *text)
{
	int r;

	if (str_empty(text) || str_equal(contact->field[field], text))
		return 0;
	if (field == CONTACT_NAME ? !match_may_rename(contact->field[field], text, import->owns)
				  : contact->field[field] && !import->owns)
		return 0;
	r = contacts_set(import->store, contact->id, field, text, IMPORT_SOURCE,
		import->options->today, import->reterr);
	return r < 0 ? r : r != CONTACT_KEPT;
}

static int import_fields(
	struct import *import, const struct contact *contact, const struct record *record)
{
	const struct {
		enum contact_field field;
		const char *text;
	} fields[] = {
		{ CONTACT_NAME, record->name },
		{ CONTACT_ORG, record->org },
		{ CONTACT_TITLE, record->title },
		{ CONTACT_CITY, record->city },
		{ CONTACT_NOTE, record->note },
	};
	int changed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		int r = import_field(import, contact, fields[i].field, fields[i].text);

		if (r < 0)
			return r;
		changed |= r;
	}
	return changed;
}

/* A number or page that stands there in another spelling: two who were merged had one each; or a line that
 * an export had to write in another. Within one card both are kept. */
static bool import_is_respelt(
	const struct contact *contact, enum contact_kind kind, const char *text)
{
	for (size_t i = 0; i < contact->n_values; i++) {
		const struct contact_value *v = &contact->values[i];

		if (v->kind != kind)
			continue;
		if (kind == CONTACT_PHONE              ? likeness_phones_as_written(v->text, text)
				: kind == CONTACT_LINK ? likeness_links_as_written(v->text, text)
						       : vcard_writer_is_same(v->text, text))
			return true;
	}
	return false;
}

/* The line of which a card has but one, where another stands; NULL: none does. */
static const char *import_find_rival(
	const struct contact *contact, enum contact_kind kind, const char *text)
{
	for (size_t i = 0; kind == CONTACT_EXTRA && i < contact->n_values; i++)
		if (contact->values[i].kind == kind &&
			vcard_writer_is_rival(contact->values[i].text, text))
			return contact->values[i].text;
	return NULL;
}

static int import_value(struct import *import, int64_t contact, enum contact_kind kind,
	const char *text, const char *label)
{
	int r = contacts_add_value(import->store, contact, kind, text, label, IMPORT_SOURCE,
		import->options->today, import->reterr);

	return r < 0 ? r : r != CONTACT_KEPT;
}

static int import_replace(struct import *import, int64_t contact, enum contact_kind kind,
	const char *old, const char *text)
{
	int r = contacts_replace_value(import->store, contact, kind, old, text, IMPORT_SOURCE,
		import->options->today, import->reterr);

	return r < 0 ? r : 1;
}

/* `contact` holds what was there before. 1 where that changed. */
static int import_record_value(
	struct import *import, const struct contact *contact, const struct record_value *v)
{
	enum contact_kind kind = newcomers_kind(v->kind);
	const char *rival;

	if ((v->kind == RECORD_PHONE || v->kind == RECORD_LINK || v->kind == RECORD_EXTRA) &&
		import_is_respelt(contact, kind, v->text))
		return 0;
	rival = import_find_rival(contact, kind, v->text);
	if (rival && !import->owns)
		return 0;
	return rival ? import_replace(import, contact->id, kind, rival, v->text)
		     : import_value(import, contact->id, kind, v->text, v->label);
}

static int import_values(
	struct import *import, const struct contact *contact, const struct record *record)
{
	int changed = 0, r;

	for (size_t i = 0; i < record->n_values; i++) {
		r = import_record_value(import, contact, &record->values[i]);
		if (r < 0)
			return r;
		changed |= r;
	}
	if (import->options->tag) {
		r = import_value(import, contact->id, CONTACT_TAG, import->options->tag, NULL);
		if (r < 0)
			return r;
		changed |= r;
	}
	return changed;
}

/* Whether a known contact's record has a say about a day: only the contact's first one corrects the birthday,
 * and a day without year is not new beside the same with one. */
static int import_may_set_day(
	struct import *import, int64_t contact, const struct record_occasion *o)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	struct newcomers_occasion kept = newcomers_occasion(o);
	bool is_birthday = o->kind == RECORD_BIRTHDAY, stands = false;
	int r;

	if (is_birthday ? import->owns : o->date.year != 0)
		return 1;
	r = occasions_of(import->store, contact, &occasions, import->reterr);
	for (size_t i = 0; i < occasions.n && !stands; i++) {
		const struct occasion *other = &occasions.all[i];

		stands = str_equal(other->kind, kept.kind) &&
			(is_birthday ||
				(str_equal(other->name, kept.name) &&
					other->date.month == o->date.month &&
					other->date.day == o->date.day));
	}
	return r < 0 ? r : !stands;
}

static int import_occasions(struct import *import, int64_t contact, const struct record *record)
{
	int changed = 0;

	for (size_t i = 0; i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];
		struct newcomers_occasion kept = newcomers_occasion(o);
		int64_t number;
		int r = import_may_set_day(import, contact, o);

		if (r == 0)
			continue;
		if (r > 0)
			r = occasions_add(import->store, import->book, contact, kept.kind,
				kept.name, &o->date, IMPORT_SOURCE, import->options->today, &number,
				import->reterr);

		if (r < 0)
			return r;
		changed |= r != OCCASION_KEPT;
	}
	return changed;
}

/* 1 where the contact changed. */
static int import_apply(struct import *import, int64_t id, const struct record *record)
{
	_cleanup_contact_ struct contact contact = { 0 };
	int fields, values = 0, occasions = 0, ours = 0, events = 0, r;

	r = contacts_load(import->store, import->book, id, &contact, import->reterr);
	if (r < 0)
		return r;
	fields = import_fields(import, &contact, record);
	if (fields >= 0)
		values = import_values(import, &contact, record);
	if (fields >= 0 && values >= 0)
		occasions = import_occasions(import, id, record);
	if (fields >= 0 && values >= 0 && occasions >= 0)
		ours = ours_apply(import->store, import->book, id, record, import->owns,
			IMPORT_SOURCE, import->options->today, import->reterr);
	if (fields >= 0 && values >= 0 && occasions >= 0 && ours >= 0)
		events = events_apply(import->store, import->book, id, record,
			import->options->today, import->reterr);
	if (fields < 0 || values < 0 || occasions < 0)
		return fields < 0 ? fields : values < 0 ? values : occasions;
	if (ours < 0 || events < 0)
		return ours < 0 ? ours : events;
	return fields | values | occasions | ours | events;
}

static int import_note_added(struct import *import, int64_t id)
{
	int64_t *more;

	import->report->added++;
	if (!import->report->first)
		import->report->first = id;
	if (!import->taken.first_new)
		import->taken.first_new = id;
	if (import->n_added == import->added_size) {
		size_t size = import->added_size ? import->added_size * 2 : 256;

		more = reallocarray(import->added, size, sizeof(*more));
		if (!more)
			return err_oom(import->reterr);
		import->added = more;
		import->added_size = size;
	}
	import->added[import->n_added++] = id;
	return 0;
}

static int import_add(struct import *import, const struct record *record, const char *key)
{
	int64_t id;
	int ours = 0,
	    r = newcomers_add(import->newcomers, record, key, import->name, &id, import->reterr);

	if (r == 0)
		r = ours = ours_apply(import->store, import->book, id, record, true, IMPORT_SOURCE,
			import->options->today, import->reterr);
	if (r >= 0)
		r = events_apply(import->store, import->book, id, record, import->options->today,
			import->reterr);
	if (r >= 0 && r + ours > 0)
		r = search_index(import->store, id, import->reterr);
	return r < 0 ? r : import_note_added(import, id);
}

static int import_update(
	struct import *import, const struct record *record, int64_t id, const char *key)
{
	int changed, r;

	r = keys_set(
		import->store, import->book, key, import->name, id, &import->owns, import->reterr);
	/* The card of somebody who was merged into the contact leaves it to its own. */
	if (r == 0)
		r = keys_is_merged(import->store, import->book, key, import->reterr);
	if (r == 0)
		r = match_take(&import->taken, id, import->reterr);
	if (r < 0)
		return r;
	changed = import_apply(import, id, record);
	if (changed < 0)
		return changed;
	if (changed)
		import->report->updated++;
	else
		import->report->unchanged++;
	return changed ? search_index(import->store, id, import->reterr) : 0;
}

static int import_aside(void *userdata, enum record_aside kind, const char *text)
{
	struct import *import = userdata;

	import->usable |= kind == RECORD_SKIPPED || kind == RECORD_SKILL;
	import->report->skipped += kind == RECORD_SKIPPED;
	return asides_add(&import->report->asides, kind, text, import->reterr);
}

static int import_skip_erased(struct import *import)
{
	import->report->erased++;
	return import_aside(import, RECORD_SKIPPED, ERR_TEXT("you erased them earlier"));
}

/* What is told of somebody in passing: 1 where they are to be added as any other. */
static int import_passing(struct import *import, const struct record *record)
{
	struct import_report *report = import->report;
	int64_t contact = 0;
	int changed, r;

	import->usable = true;
	r = events_find(import->store, import->book, record, &contact, import->reterr);
	if (r < 0 || r == EVENTS_NEW)
		return r < 0 ? r : 1;
	if (r == EVENTS_AMBIGUOUS)
		return import_reject(import, record->line,
			ERR_TEXT("speaks of a name that several people of the book bear"));
	if (r == EVENTS_NOBODY)
		return import_aside(
			import, RECORD_SKIPPED, ERR_TEXT("people who are not in the book"));
	if (r == EVENTS_FORGOTTEN)
		return import_skip_erased(import);
	changed = events_apply(import->store, import->book, contact, record, import->options->today,
		import->reterr);
	if (changed < 0)
		return changed;
	*(!changed ? &report->unchanged : contact ? &report->updated : &report->added) += 1;
	if (changed && !contact)
		*(events_waits(record->events[0].day, import->options->today)
				? &report->requests
				: &report->past_requests) += 1;
	return 0;
}

static int import_record(void *userdata, const struct record *record)
{
	struct import *import = userdata;
	_cleanup_free_ char *key = NULL;
	const char *complaint = import_too_long(record);
	int64_t contact = 0;
	bool known;
	int r = 0;

	if (complaint)
		return import_reject(import, record->line, complaint);
	if (record->passing) {
		r = import_passing(import, record);
		if (r <= 0)
			return r;
	}
	if (++import->n_records == IMPORT_MANY)
		r = known_load(&import->taken.known, import->store, import->book, import->reterr);
	if (r < 0)
		return r;
	r = match_record(import->store, import->book, record, &import->taken, &contact, &key,
		import->reterr);
	if (r < 0)
		return r;
	import->usable = true;
	if (r == MATCH_FORGOTTEN)
		return import_skip_erased(import);
	known = r == MATCH_KNOWN;
	r = known ? import_update(import, record, contact, key) : import_add(import, record, key);
	return r < 0 || !import->taken.known
		? r
		: known_add_key(import->taken.known, key, import->reterr);
}

static void import_progress(void *userdata, uint64_t bytes)
{
	const struct import *import = userdata;

	import->options->progress(import->options->userdata, import->at, bytes);
}

static int import_add_source(struct import *import, const struct source_found *found)
{
	struct import_report *report = import->report;
	struct import_source *sources = reallocarray(
		report->sources, report->n_sources + 1, sizeof(*sources));

	if (!sources)
		return err_oom(import->reterr);
	report->sources = sources;
	sources += report->n_sources;
	*sources = (struct import_source){ str_dup(import->path), *found };
	if (!sources->file)
		return err_oom(import->reterr);
	report->n_sources++;
	return 0;
}

/* 1: nothing in it is usable. */
static int import_file(struct import *import)
{
	size_t before = import->report->n_rejects;
	const struct record_handler handler = { import_record, import_reject, import,
		import_aside };
	const struct source_options options = { .format = import->options->format,
		.table = import->options->table,
		.progress = import->options->progress ? import_progress : NULL,
		.userdata = import };
	struct source_found found = { 0 };
	int r;

	import->usable = false;
	import->n_records = 0;
	r = source_read(import->path, &options, &handler, &found, import->reterr);
	match_taken_done(&import->taken);
	if (r == 0 || found.format)
		r = import_add_source(import, &found) < 0 ? -ENOMEM : r;
	if (r < 0 || import->usable)
		return r;
	r = verdict_of_file(import->report, import->path, found.format,
		import->report->n_rejects - before, import->reterr);
	return import->options->lenient ? 1 : r;
}

static void import_done(struct import *import)
{
	match_taken_done(&import->taken);
	newcomers_free(import->newcomers);
	free(import->added);
}

/* All files in one transaction of the store, which may be the book's own or a copy. */
static int import_into(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_(import_done) struct import import = {
		.store = store, .book = book, .options = options, .report = report, .reterr = reterr
	};
	bool usable = false;
	int r;

	store_set_cache(store, IMPORT_CACHE_KIB);
	r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = newcomers_new(&import.newcomers, store, book, IMPORT_SOURCE, options->tag,
			options->today, reterr);
	for (size_t i = 0; r >= 0 && i < n; i++) {
		const char *slash = strrchr(paths[i], '/');

		import.path = paths[i];
		import.at = i;
		import.name = slash ? slash + 1 : paths[i];
		r = import_file(&import);
		usable |= r == 0;
	}
	if (r == 1)
		r = usable ? 0 : -EBADMSG;
	if (r == 0)
		r = verdict_of_all(report, paths[0], reterr);
	/* Hundreds at once are not all due on one day. */
	if (r == 0)
		r = keeping_spread(store, import.added, import.n_added, options->every,
			options->today, reterr);
	if (r == 0 && options->dry_run)
		r = doubles_count(
			store, book, report->first, report->added, &report->doubles, reterr);
	if (r < 0 || options->dry_run)
		return r;
	if (report->added + report->updated > 0)
		r = undo_keep_final(
			store, book, UNDO_IMPORT, options->today * INT64_C(86400), reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

/* What a book grows by is two to four times the files; what is written in place keeps others from
 * writing for as long as the whole import takes, what is staged for as long as all pages take. */
#define IMPORT_STAGED_MIN   (4 * 1024 * 1024)
#define IMPORT_STAGED_SHARE 32
#define IMPORT_STAGED_TRIES 3

static bool import_is_staged(struct store *store, char *const *paths, size_t n)
{
	int64_t bytes = 0;
	struct stat st;

	for (size_t i = 0; i < n; i++)
		if (stat(paths[i], &st) == 0)
			bytes += st.st_size;
	return bytes >= IMPORT_STAGED_MIN && stat(store_path(store), &st) == 0 &&
		bytes > st.st_size / IMPORT_STAGED_SHARE;
}

/* STAGE_STALE: somebody else has changed the book in the meantime. */
static int import_staged(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr)
{
	_cleanup_(stage_freep) struct stage *stage = NULL;
	int r = stage_new(&stage, store, reterr);

	if (r == 0)
		r = import_into(stage_store(stage), book, paths, n, options, report, reterr);
	return r != 0 || options->dry_run ? r : stage_publish(stage, reterr);
}

int import_files(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr)
{
	bool staged = import_is_staged(store, paths, n);
	int r = STAGE_STALE;

	for (int i = 0; r == STAGE_STALE && staged && i < IMPORT_STAGED_TRIES; i++) {
		import_report_done(report);
		r = import_staged(store, book, paths, n, options, report, reterr);
	}
	if (r != STAGE_STALE)
		return r;
	/* In a book that is written to all the time it is done in place after all; that can be more than
	 * memory holds. */
	import_report_done(report);
	store_hold_pages(store, !staged);
	return import_into(store, book, paths, n, options, report, reterr);
}
