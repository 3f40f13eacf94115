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
#include "core/str.h"
#include "core/utf8.h"
#include "exchange/apply.h"
#include "exchange/dissent.h"
#include "exchange/doubles.h"
#include "exchange/early.h"
#include "exchange/events.h"
#include "exchange/match.h"
#include "exchange/origin.h"
#include "exchange/ours.h"
#include "exchange/source.h"
#include "exchange/sweep.h"
#include "exchange/uid.h"
#include "exchange/verdict.h"
#include "format/table.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define IMPORT_CACHE_KIB 65536 /* many pages are written again and again */
/* From this record of a file on, all that the book knows is looked through once for the others. */
#define IMPORT_MANY 256

struct import {
	struct store *store;
	int64_t book;
	const struct import_options *options;
	struct import_report *report;
	const char *path, *place; /* place: where it is read, or NULL */
	size_t at;                /* the file's number */
	const char *name;         /* the path's last part */
	char *source;             /* what a re-export is known again by */
	const char *program;      /* that the source's name was made with */
	struct sweep sweep;
	struct match_taken taken;
	struct numbers *changed; /* contacts that were known, and are not as they were */
	struct newcomers *newcomers;
	int64_t *added; /* whose first days are spread */
	size_t n_added, added_size;
	size_t n_records; /* of the file */
	bool usable;      /* something in the file was */
	bool table;       /* one of the files is */
	struct err *reterr;
};

static int import_reject(void *userdata, uint64_t line, const char *reason)
{
	struct import *import = userdata;

	return import_report_reject(import->report, import->path, line, reason, import->reterr);
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

/* A tag of all whom one imports counts as typed: from whom it was taken away by hand, they have it again. */
static int import_tag(struct import *import, int64_t id)
{
	const char *tag = import->options->tag;
	int r;

	if (!tag)
		return 0;
	r = contacts_add_value(import->store, id, CONTACT_TAG, tag, NULL, CONTACT_HAND,
		import->options->today, import->reterr);
	return r < 0 ? r : r != CONTACT_KEPT;
}

/* 1 where the contact changed. `records`: how many the source has of them, 0: they are known by a guess. */
static int import_apply(struct import *import, const struct speaker *by, int64_t id,
	const struct record *record, int64_t records)
{
	_cleanup_standing_ struct standing standing = { 0 };
	_cleanup_dissent_ struct dissent dissent = { .lines = RECORD_INIT };
	int changed, tagged = 0, ours = 0, events = 0, swept = 0;
	int r = standing_load(&standing, import->store, import->book, id, import->reterr);

	if (r == 0)
		r = dissent_read(&dissent, by, &standing, record, &record);
	changed = r < 0 ? r : apply_record(by, &standing, record);
	if (changed >= 0)
		tagged = import_tag(import, id);
	if (changed >= 0 && tagged >= 0)
		ours = ours_apply(import->store, import->book, id, record, by->owns, by->source,
			import->options->today, import->reterr);
	if (changed >= 0 && tagged >= 0 && ours >= 0)
		events = events_apply(import->store, import->book, id, record,
			import->options->today, import->reterr);
	if (changed < 0 || tagged < 0)
		return changed < 0 ? changed : tagged;
	if (ours < 0 || events < 0)
		return ours < 0 ? ours : events;
	changed |= tagged | ours | events;
	import->report->beside += changed && dissent.lines.n_values;
	if (records)
		swept = sweep_record(&import->sweep, by, &standing, record, records, changed != 0);
	return swept < 0 ? swept : changed | swept;
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
	    r = newcomers_add(import->newcomers, record, key, import->source, &id, import->reterr);

	if (r == 0)
		r = ours = ours_apply(import->store, import->book, id, record, true, import->source,
			import->options->today, import->reterr);
	if (r >= 0)
		r = events_apply(import->store, import->book, id, record, import->options->today,
			import->reterr);
	if (r >= 0 && r + ours > 0)
		r = search_index(import->store, id, import->reterr);
	return r < 0 ? r : import_note_added(import, id);
}

/* Whether a source that knows the contact is the one at hand, which goes by a name without date now, and with
 * its program: 1, and it is called so in what it has said. */
static int import_adopt(struct import *import, int64_t id, const char *source)
{
	_cleanup_str_ struct str name = STR_INIT;
	int r;

	if (str_equal(source, import->source))
		return 1;
	origin_add_name(&name, source, import->program);
	r = str_check(&name, import->reterr);
	if (r < 0 || !str_equal(str_text(&name), import->source))
		return r;
	r = sources_rename(import->store, id, source, import->source, import->reterr);
	return r < 0 ? r : 1;
}

/* Somebody without a UID whose address or number has changed: where the file's own name, the very name that it gave
 * before or the person's, and another address or the birthday agree, it is no guess. */
static int import_move_key(struct import *import, struct speaker *by, const struct record *record,
	int64_t id, const char *key)
{
	_cleanup_free_ char *name = NULL, *former = NULL;
	_cleanup_str_ struct str one = STR_INIT, other = STR_INIT;
	int64_t n = 0;
	int r = contacts_name(import->store, id, &name, import->reterr);

	if (r == 0)
		r = keys_count(import->store, id, import->name, &n, import->reterr);
	if (r == 0 && n)
		r = import_adopt(import, id, import->name);
	if (r < 0 || !str_empty(record->uid))
		return r < 0 ? r : 0;
	r = match_former_key(
		import->store, &import->taken, id, record->name, &former, import->reterr);
	if (r == 1)
		r = keys_rename(
			import->store, import->book, former, key, &by->owns, import->reterr);
	if (r < 0 || former)
		return r < 0 ? r : 1;
	utf8_add_folded(&one, name);
	utf8_add_folded(&other, record->name);
	if (one.failed || other.failed)
		return err_oom(import->reterr);
	if (!str_equal(str_text(&one), str_text(&other)))
		return 0;
	return keys_move(
		import->store, import->book, key, import->source, id, &by->owns, import->reterr);
}

/* Who speaks: 1 where they know the contact by a key of their own, 0 where they do from now on. A UID is one
 * address book's, whatever its file is called today; a digest of fields may be that of two. What this book has written
 * is no source beside those that it has. */
static int import_know(struct import *import, struct speaker *by, const struct record *record,
	int64_t id, const char *key, char **source)
{
	int known, r;

	known = r = keys_load(
		import->store, import->book, key, id, source, &by->owns, import->reterr);
	if (r == 1) {
		r = known = import_adopt(import, id, *source);
		if (r == 0 && !str_empty(record->uid)) {
			by->source = *source;
			known = 1;
		}
		by->ours = record->ours;
		return r < 0 ? r : known;
	}
	if (r == 0 && record->ours && record->uid && uid_contact(import->store, record->uid)) {
		by->ours = by->owns = true;
		return 0;
	}
	if (r == 0)
		r = import_move_key(import, by, record, id, key);
	if (r != 0)
		return r;
	return keys_set(
		import->store, import->book, key, by->source, id, &by->owns, import->reterr);
}

static int import_update(
	struct import *import, const struct record *record, int64_t id, const char *key)
{
	_cleanup_free_ char *source = NULL;
	struct speaker by = { .store = import->store,
		.book = import->book,
		.source = import->source,
		.today = import->options->today,
		.reterr = import->reterr };
	int64_t records = 0;
	int changed, known = import_know(import, &by, record, id, key, &source), r = known;

	if (r >= 0)
		r = keys_count(import->store, id, by.source, &records, import->reterr);
	if (r >= 0 && records > 1)
		r = match_use_key(&import->taken, key, import->reterr);
	if (r == 0)
		r = keys_is_merged(import->store, import->book, key, import->reterr);
	/* The card of somebody who was merged into the contact leaves it to its own. */
	by.merged = r == 1;
	if (r == 0)
		r = match_take(&import->taken, id, import->reterr);
	if (r < 0)
		return r;
	by.sole = records <= 1;
	changed = import_apply(import, &by, id, record, known ? records : 0);
	if (changed <= 0) {
		import->report->unchanged += changed == 0;
		return changed;
	}
	import->report->updated++;
	r = numbers_add(import->changed, (uint64_t)id, import->reterr);
	return r < 0 ? r : search_index(import->store, id, import->reterr);
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
		return import_aside(import, RECORD_SKIPPED,
			record->perhaps_owner
				? ERR_TEXT("perhaps you: all messages are between two")
				: ERR_TEXT("people who are not in the book"));
	if (r == EVENTS_FORGOTTEN)
		return import_skip_erased(import);
	changed = events_apply(import->store, import->book, contact, record, import->options->today,
		import->reterr);
	if (changed > 0 && contact)
		r = numbers_add(import->changed, (uint64_t)contact, import->reterr);
	if (changed < 0 || r < 0)
		return changed < 0 ? changed : r;
	*(!changed ? &report->unchanged : contact ? &report->updated : &report->added) += 1;
	if (changed && !contact)
		*(events_waits(record->events[0].day, import->options->today)
				? &report->requests
				: &report->past_requests) += 1;
	return 0;
}

static int import_name_source(struct import *import, const char *program)
{
	_cleanup_str_ struct str name = STR_INIT;
	int r;

	origin_add_name(&name, import->path, program);
	r = str_check(&name, import->reterr);
	if (r < 0)
		return r;
	free(import->source);
	import->source = str_take(&name);
	import->program = program;
	return 0;
}

static int import_record(void *userdata, const struct record *record)
{
	struct import *import = userdata;
	_cleanup_early_ struct early early = { 0 };
	_cleanup_free_ char *key = NULL;
	const char *complaint;
	int64_t contact = 0;
	bool known;
	int r = early_read(&early, record, import->options->today, &record, import->reterr);

	if (r < 0)
		return r;
	complaint = import_too_long(record);
	if (complaint)
		return import_reject(import, record->line, complaint);
	if (!import->source || !str_equal(record->program, import->program))
		r = import_name_source(import, record->program);
	if (r < 0)
		return r;
	sweep_see(&import->sweep, record);
	if (record->passing) {
		r = import_passing(import, record);
		if (r <= 0)
			return r;
	}
	if (++import->n_records == IMPORT_MANY)
		r = known_load(&import->taken.known, import->store, import->book, import->reterr);
	if (r < 0)
		return r;
	import->taken.source = import->source;
	r = match_record(import->store, import->book, record, &import->taken, &contact, &key,
		import->reterr);
	if (r < 0)
		return r;
	import->usable = true;
	if (r == MATCH_FORGOTTEN)
		return import_skip_erased(import);
	import->report->unread += record->unread;
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

/* What the file has of nobody any more. */
static int import_sweep(struct import *import)
{
	const struct speaker by = { .store = import->store,
		.book = import->book,
		.today = import->options->today,
		.reterr = import->reterr };
	struct sweep_report swept;
	int r = sweep_end(&import->sweep, &by, &swept);

	if (r < 0)
		return r;
	import->report->updated += swept.changed;
	import->report->unchanged -= swept.changed;
	return asides_keep(&import->report->asides, import->path, swept.kept, import->reterr);
}

/* 1: nothing in it is usable. */
static int import_file(struct import *import)
{
	size_t before = import->report->n_rejects;
	const struct record_handler handler = { import_record, import_reject, import,
		import_aside };
	const struct source_options options = { .format = import->options->format,
		.place = import->place,
		.table = import->options->table,
		.progress = import->options->progress ? import_progress : NULL,
		.userdata = import };
	struct source_found found = { 0 };
	int r;

	import->usable = false;
	import->n_records = 0;
	free(import->source);
	import->source = NULL;
	r = source_read(import->path, &options, &handler, &found, import->reterr);
	import->table |= found.separator != '\0';
	match_taken_done(&import->taken);
	if (r == 0)
		r = import_sweep(import);
	sweep_done(&import->sweep);
	if ((r == 0 || found.format) &&
		import_report_add_source(
			import->report, import->path, import->place, &found, import->reterr) < 0)
		return -ENOMEM;
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
	sweep_done(&import->sweep);
	free(import->source);
	free(import->added);
}

/* All files in one transaction of the store, which may be the book's own or a copy. */
static int import_into(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct numbers *changed,
	struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_(import_done) struct import import = { .store = store,
		.book = book,
		.options = options,
		.report = report,
		.changed = changed,
		.reterr = reterr };
	bool usable = false;
	int r;

	store_set_cache(store, IMPORT_CACHE_KIB);
	r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = newcomers_new(
			&import.newcomers, store, book, options->tag, options->today, reterr);
	for (size_t i = 0; r >= 0 && i < n; i++) {
		const char *slash = strrchr(paths[i], '/');

		import.path = paths[i];
		import.place = options->places ? options->places[i] : NULL;
		import.at = i;
		import.name = slash ? slash + 1 : paths[i];
		r = import_file(&import);
		usable |= r == 0;
	}
	if (r == 1)
		r = usable ? 0 : -EBADMSG;
	if (r == 0)
		r = verdict_of_all(report, paths[0], reterr);
	if (r == 0 && options->table && options->table->n_maps && !import.table)
		r = err_set(reterr, -EINVAL,
			"%s: is no table, so --map has no column to name; leave it out", paths[0]);
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

static bool import_is_staged(struct store *store, char *const *paths, size_t n, char *const *places)
{
	int64_t bytes = 0;
	struct stat st;

	for (size_t i = 0; i < n; i++)
		if (stat(places && places[i] ? places[i] : paths[i], &st) == 0)
			bytes += st.st_size;
	return bytes >= IMPORT_STAGED_MIN && stat(store_path(store), &st) == 0 &&
		bytes > st.st_size / IMPORT_STAGED_SHARE;
}

static bool import_has_changed(const void *userdata, int64_t contact)
{
	return numbers_has(userdata, (uint64_t)contact);
}

/* STAGE_STALE: somebody else has changed what the import has looked at. */
static int import_staged(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr)
{
	_cleanup_(stage_freep) struct stage *stage = NULL;
	_cleanup_numbers_ struct numbers changed = { 0 };
	int r = stage_new(&stage, store, !options->dry_run, reterr);

	if (r == 0)
		r = import_into(
			stage_store(stage), book, paths, n, options, report, &changed, reterr);
	return r != 0 || options->dry_run
		? r
		: stage_publish(stage, import_has_changed, &changed, reterr);
}

int import_files(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr)
{
	_cleanup_numbers_ struct numbers changed = { 0 };
	bool staged = import_is_staged(store, paths, n, options->places);
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
	return import_into(store, book, paths, n, options, report, &changed, reterr);
}
