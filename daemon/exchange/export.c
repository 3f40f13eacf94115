/* SPDX-License-Identifier: MIT */
/*
 * export: a book given back, as a file that other programs read, or whole.
 */
#include "exchange/export.h"

#include "book/archive.h"
#include "book/contacts.h"
#include "exchange/export-part.h"
#include "format/csv_writer.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <string.h>

#define EXPORT_CHUNK ((size_t)256 * 1024)

static int export_write_out(struct exporter *e)
{
	int r = str_check(&e->out, e->reterr);

	if (r == 0)
		r = spool_write(&e->spool, str_text(&e->out), e->out.len, e->reterr);
	str_clear(&e->out);
	return r;
}

int export_flush(struct exporter *e)
{
	return e->out.len < EXPORT_CHUNK && !e->out.failed ? 0 : export_write_out(e);
}

/* Calls `add` for each contact, which stands in e->record. */
static int export_each(
	struct exporter *e, int (*add)(struct exporter *e, void *userdata), void *userdata)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	int r = search_all(e->store, e->book, &ids, e->reterr);

	for (size_t i = 0; r == 0 && i < ids.n; i++) {
		r = export_load(e, ids.ids[i]);
		if (r == 0)
			r = add(e, userdata);
		if (r == 0)
			r = export_flush(e);
	}
	e->n = (int64_t)ids.n;
	return r;
}

static int export_add_card(struct exporter *e, void *userdata UNUSED)
{
	vcard_writer_add(
		&e->out, &e->record, e->options->format == EXPORT_VCARD3 ? VCARD_3 : VCARD_4);
	return 0;
}

static int export_vcard(struct exporter *e)
{
	return export_each(e, export_add_card, NULL);
}

static int export_measure(struct exporter *e, void *userdata)
{
	csv_shape_grow(userdata, &e->record);
	return 0;
}

static int export_add_row(struct exporter *e, void *userdata)
{
	csv_writer_add(&e->out, userdata, &e->record);
	return 0;
}

/* How many columns there are is known when everybody was looked at. */
static int export_csv(struct exporter *e)
{
	_cleanup_(csv_shape_done) struct csv_shape shape = { 0 };
	int r = export_each(e, export_measure, &shape);

	csv_writer_begin(&e->out, &shape);
	return r < 0 ? r : export_each(e, export_add_row, &shape);
}

static int export_flush_archive(void *userdata)
{
	return export_flush(userdata);
}

static int export_json(struct exporter *e)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	struct json json = JSON_INIT(&e->out);
	int r = search_all(e->store, e->book, &ids, e->reterr);

	e->n = (int64_t)ids.n;
	return r < 0 ? r
		     : archive_write(e->store, e->book, &json, export_flush_archive, e, e->reterr);
}

static const struct {
	const char *name, *ending;
	int (*write)(struct exporter *e);
} export_formats[EXPORT_FORMAT_COUNT] = {
	[EXPORT_VCARD] = { "vcard", ".vcf", export_vcard },
	[EXPORT_VCARD3] = { "vcard3", "", export_vcard },
	[EXPORT_CSV] = { "csv", ".csv", export_csv },
	[EXPORT_ICS] = { "ics", ".ics", export_calendar },
	[EXPORT_JSON] = { "json", ".json", export_json },
};

const char *export_format_name(enum export_format format)
{
	return export_formats[format].name;
}

enum export_format export_format_of(const char *name)
{
	size_t i = 0;

	while (i < EXPORT_FORMAT_COUNT && !str_equal(export_formats[i].name, name))
		i++;
	return (enum export_format)i;
}

enum export_format export_format_of_path(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t i = 0;

	while (i < EXPORT_FORMAT_COUNT && (!dot || str_casecmp(export_formats[i].ending, dot) != 0))
		i++;
	return (enum export_format)i;
}

static void exporter_done(struct exporter *e)
{
	spool_done(&e->spool);
	str_done(&e->out);
	record_done(&e->record);
}

static int export_open(struct exporter *e)
{
	struct stat database;
	int r = spool_open(&e->spool, e->options->path, e->reterr);

	if (r < 0)
		return r;
	if (stat(store_path(e->store), &database) == 0 && spool_replaces(&e->spool, &database))
		return err_set(e->reterr, -EEXIST,
			"%s is the database of the book: name another file", e->options->path);
	return 0;
}

/* All of one moment; others may write again before the result is handed to who reads it. */
static int export_read(struct exporter *e)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin_reading(e->store, &transaction, e->reterr);

	if (r == 0)
		r = export_formats[e->options->format].write(e);
	return r < 0 ? r : export_write_out(e);
}

int export_book(struct store *store, int64_t book, const struct export_options *options,
	int64_t *ret_n, struct err *reterr)
{
	_cleanup_(exporter_done) struct exporter e = { .store = store,
		.book = book,
		.options = options,
		.spool = SPOOL_INIT,
		.reterr = reterr };
	int r = export_open(&e);

	if (r == 0)
		r = export_read(&e);
	if (r == 0)
		r = spool_commit(&e.spool, reterr);
	*ret_n = e.n;
	return r;
}
