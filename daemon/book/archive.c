/* SPDX-License-Identifier: MIT */
/*
 * archive: a whole book as one JSON object.
 */
#include "book/archive.h"

#include "agenda/occasion.h"
#include "book/archive-internal.h"
#include "core/day.h"
#include "core/str.h"

#include <string.h>

struct archive_writer {
	struct store *store;
	int64_t book;
	struct json *json;
	int (*flush)(void *userdata);
	void *userdata;
	struct err *reterr;
};

bool archive_knows(const char *table, const char *column)
{
	for (const struct archive_table *t = archive_tables; t->name; t++) {
		size_t n = strlen(column);

		if (!str_equal(t->table, table))
			continue;
		for (const char *p = t->insert; (p = strstr(p, column)); p += n)
			if (strchr(" (", p[-1]) && strchr(",=)", p[n]))
				return true;
	}
	return false;
}

static void archive_write_hash(struct json *json, const char *key, const uint8_t *bytes, size_t n)
{
	_cleanup_str_ struct str text = STR_INIT;

	for (size_t i = 0; i < n; i++)
		str_addf(&text, "%02x", bytes[i]);
	json_add_string(json, key, str_text(&text));
	json->out->failed |= text.failed;
}

/* One column from place *at on, which moves behind it. */
static void archive_write_column(struct json *json, const struct archive_column *column,
	const struct store_rows *rows, int *at)
{
	int place = *at, month_day;
	char text[DAY_TEXT_SIZE];
	struct date date;
	size_t n;

	if (column->type == ARCHIVE_FOLDED)
		return;
	*at += column->type == ARCHIVE_YEARLY ? 2 : 1;
	if (store_is_null(rows, place))
		return;
	switch (column->type) {
	case ARCHIVE_TEXT:
	case ARCHIVE_LINE:
	case ARCHIVE_WORD:
		json_add_string(json, column->name, store_text(rows, place));
		break;
	case ARCHIVE_BOOL:
		if (store_int(rows, place))
			json_add_bool(json, column->name, true);
		break;
	case ARCHIVE_COUNT:
		if (store_int(rows, place))
			json_add_int(json, column->name, store_int(rows, place));
		break;
	case ARCHIVE_INT:
	case ARCHIVE_POSITIVE:
	case ARCHIVE_MINUTE:
	case ARCHIVE_CONTACT:
	case ARCHIVE_DIGEST:
		json_add_int(json, column->name, store_int(rows, place));
		break;
	case ARCHIVE_DAY:
		date = day_date(store_day(rows, place));
		json_add_string(json, column->name, day_format(&date, text));
		break;
	case ARCHIVE_YEARLY:
		month_day = (int)store_int(rows, place + 1);
		date = (struct date){ (int)store_int(rows, place), month_day / 100,
			month_day % 100 };
		json_add_string(json, column->name, day_format(&date, text));
		break;
	case ARCHIVE_HASH: {
		const uint8_t *bytes = store_blob(rows, place, &n);

		archive_write_hash(json, column->name, bytes, n);
		break;
	}
	case ARCHIVE_FOLDED:
		break;
	}
}

static int archive_write_table(
	struct archive_writer *w, const struct archive_table *table, int64_t parent);

static bool archive_has_children(const struct archive_table *table)
{
	for (const struct archive_table *t = table + 1; t->name; t++)
		if (t->parent == table)
			return true;
	return false;
}

/* A row on which nothing hangs is a line. */
static int archive_write_row(
	struct archive_writer *w, const struct archive_table *table, const struct store_rows *rows)
{
	int64_t number = store_int(rows, 0);
	int at = 0, r = 0;

	w->json->flat = archive_has_children(table) ? 0 : w->json->depth + 1;
	json_object_begin(w->json);
	for (const struct archive_column *c = table->columns; c->name; c++)
		archive_write_column(w->json, c, rows, &at);
	for (const struct archive_table *t = table + 1; r == 0 && t->name; t++)
		if (t->parent == table)
			r = archive_write_table(w, t, number);
	json_object_end(w->json);
	w->json->flat = 0;
	return r;
}

/* An array that would be empty is not begun. */
static int archive_write_table(
	struct archive_writer *w, const struct archive_table *table, int64_t parent)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	bool begun = false;
	int r = store_query(&rows, w->store, w->reterr, table->select,
		strstr(table->select, "?2") ? "ii" : "i", w->book, parent);

	while (r == 0 && (r = store_next(&rows, w->reterr)) == 1) {
		if (!begun) {
			json_key(w->json, table->name);
			json_array_begin(w->json);
			begun = true;
		}
		r = archive_write_row(w, table, &rows);
		if (r == 0 && !table->parent)
			r = w->flush(w->userdata);
	}
	if (begun)
		json_array_end(w->json);
	return r;
}

int archive_write(struct store *store, int64_t book, struct json *json,
	int (*flush)(void *userdata), void *userdata, struct err *reterr)
{
	struct archive_writer w = { store, book, json, flush, userdata, reterr };
	int64_t last = 0;
	int r = store_ask(
		store, &last, reterr, "SELECT seq FROM sqlite_sequence WHERE name='contact'", "");

	if (r < 0)
		return r;
	r = 0;
	json_object_begin(json);
	json_add_int(json, "nudge", ARCHIVE_VERSION);
	json_add_string(json, "identity", store_identity(store));
	json_add_int(json, "last_contact", last);
	for (const struct archive_table *t = archive_tables; r == 0 && t->name; t++)
		if (!t->parent)
			r = archive_write_table(&w, t, 0);
	json_object_end(json);
	return r < 0 ? r : flush(userdata);
}
