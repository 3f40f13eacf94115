/* SPDX-License-Identifier: MIT */
/*
 * archive-read: a book out of its JSON object.
 *
 * The document may have been changed by a person or made by a stranger: each value is checked against what
 * the programs rely on, texts are cleaned as those of any import are, and what contradicts itself is
 * refused by the database's own constraints.
 */
#include "book/archive.h"

#include "agenda/occasion.h"
#include "book/archive-internal.h"
#include "book/contacts.h"
#include "book/search.h"
#include "core/day.h"
#include "core/sha256.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

struct archive_reader {
	struct store *store;
	int64_t book;
	struct json_reader *json;
	struct archive_report *report;
	int64_t offset;       /* what contacts' numbers are raised by */
	int64_t digests;      /* and digests' */
	int64_t last_contact; /* as the document has them */
	bool adopted;         /* the database's identity is the document's */
	struct err *reterr;
};

/* A row under way: what is bound, from ?1 on. */
struct archive_row {
	const struct archive_table *table;
	struct store_value values[2 + ARCHIVE_COLUMNS_MAX];
	char *texts[ARCHIVE_COLUMNS_MAX]; /* of the columns */
	uint8_t hash[SHA256_SIZE];
	size_t n;
	bool stored;
};

static void archive_row_done(struct archive_row *row)
{
	for (size_t i = 0; i < ARCHIVE_COLUMNS_MAX; i++)
		free(row->texts[i]);
}

static int archive_bad(const struct archive_reader *a, const char *format, ...) PRINTF_LIKE(2, 3);
static int archive_bad(const struct archive_reader *a, const char *format, ...)
{
	_cleanup_str_ struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, err_translate(format), args);
	va_end(args);
	return err_set(a->reterr, -EBADMSG, "line %llu: %s", (unsigned long long)a->json->line,
		str_text(&text));
}

/* Where a column's value is bound. */
static size_t archive_place(const struct archive_table *table, const struct archive_column *column)
{
	size_t place = 2;

	for (const struct archive_column *c = table->columns; c < column; c++)
		place += c->type == ARCHIVE_YEARLY ? 2 : 1;
	return place;
}

static void archive_bind_number(struct archive_row *row, size_t place, int64_t number)
{
	row->values[place] = (struct store_value){ .type = 'i', .number = number };
}

static int archive_bind_text(struct archive_reader *a, struct archive_row *row,
	const struct archive_column *column, struct str *text)
{
	size_t number = (size_t)(column - row->table->columns);
	char *taken = text->failed ? NULL : str_dup(str_text(text));

	if (!taken)
		return err_oom(a->reterr);
	free(row->texts[number]);
	row->texts[number] = taken;
	row->values[archive_place(row->table, column)] = (struct store_value){ .type = 't',
		.bytes = taken };
	return 0;
}

static int archive_take_text(
	struct archive_reader *a, struct archive_row *row, const struct archive_column *column)
{
	_cleanup_str_ struct str text = STR_INIT;
	int r;

	utf8_add_clean(&text, a->json->text);
	r = str_check(&text, a->reterr);
	if (r < 0)
		return r;
	for (size_t i = 0; column->type == ARCHIVE_LINE && i < text.len; i++)
		if (text.data[i] == '\n' || text.data[i] == '\t')
			text.data[i] = ' ';
	if (text.len > CONTACT_TEXT_MAX)
		return archive_bad(
			a, "\"%s\" is longer than %d bytes", column->name, CONTACT_TEXT_MAX);
	if (!text.len && !column->optional)
		return archive_bad(a, "\"%s\" is empty", column->name);
	return archive_bind_text(a, row, column, &text);
}

static int archive_take_word(
	struct archive_reader *a, struct archive_row *row, const struct archive_column *column)
{
	_cleanup_str_ struct str word = STR_INIT;
	const char *text = a->json->text;
	size_t n = strlen(text);
	bool known = false;

	for (const char *p = column->words; *p && !known;) {
		size_t m = strcspn(p, "|");

		known = m == n && memcmp(p, text, n) == 0;
		p += m + (p[m] == '|');
	}
	if (!known)
		return archive_bad(a, "\"%s\" is none of %s", column->name, column->words);
	str_add(&word, text);
	return archive_bind_text(a, row, column, &word);
}

static int archive_take_hash(struct archive_reader *a, struct archive_row *row, size_t place)
{
	static const char digits[] = "0123456789abcdef";
	const char *text = a->json->text;

	if (strlen(text) != 2 * sizeof(row->hash) || strspn(text, digits) != 2 * sizeof(row->hash))
		return archive_bad(a, "a hash needs %zu hexadecimal digits", 2 * sizeof(row->hash));
	for (size_t i = 0; i < sizeof(row->hash); i++)
		row->hash[i] = (uint8_t)((strchr(digits, text[2 * i]) - digits) << 4 |
			(strchr(digits, text[2 * i + 1]) - digits));
	row->values[place] = (struct store_value){
		.type = 'b', .bytes = row->hash, .size = sizeof(row->hash)
	};
	return 0;
}

static int archive_take_day(
	struct archive_reader *a, struct archive_row *row, const struct archive_column *column)
{
	size_t place = archive_place(row->table, column);
	struct date date;
	bool yearly = column->type == ARCHIVE_YEARLY;

	if (!day_parse(a->json->text, &date) || (!yearly && !date.year))
		return archive_bad(a, "\"%s\" is no day such as %s", column->name,
			yearly ? "1984-03-12 or --03-12" : "2026-11-23");
	if (!yearly) {
		archive_bind_number(row, place, day_number(date.year, date.month, date.day));
		return 0;
	}
	archive_bind_number(row, place, date.year);
	archive_bind_number(row, place + 1, occasion_month_day(date.month, date.day));
	return 0;
}

static int archive_take_string(
	struct archive_reader *a, struct archive_row *row, const struct archive_column *column)
{
	switch (column->type) {
	case ARCHIVE_TEXT:
	case ARCHIVE_LINE:
		return archive_take_text(a, row, column);
	case ARCHIVE_WORD:
		return archive_take_word(a, row, column);
	case ARCHIVE_DAY:
	case ARCHIVE_YEARLY:
		return archive_take_day(a, row, column);
	case ARCHIVE_HASH:
		return archive_take_hash(a, row, archive_place(row->table, column));
	default:
		return archive_bad(a, "\"%s\" is no number", column->name);
	}
}

static int archive_take_number(
	struct archive_reader *a, struct archive_row *row, const struct archive_column *column)
{
	static const struct {
		enum archive_type type;
		int64_t min, max;
	} rows[] = {
		{ ARCHIVE_INT, 0, ARCHIVE_INT_MAX },
		{ ARCHIVE_POSITIVE, 1, ARCHIVE_COUNT_MAX },
		{ ARCHIVE_COUNT, 0, ARCHIVE_COUNT_MAX },
		{ ARCHIVE_MINUTE, 0, 24 * 60 - 1 },
		{ ARCHIVE_CONTACT, 1, ARCHIVE_INT_MAX },
		{ ARCHIVE_DIGEST, 1, ARCHIVE_INT_MAX },
	};
	int64_t number = a->json->number, raised = 0;

	if (column->type == ARCHIVE_CONTACT)
		raised = a->offset;
	else if (column->type == ARCHIVE_DIGEST)
		raised = a->digests;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].type != column->type)
			continue;
		if (number < rows[i].min || number > rows[i].max)
			return archive_bad(a, "\"%s\" is out of range", column->name);
		archive_bind_number(row, archive_place(row->table, column), number + raised);
		return 0;
	}
	return archive_bad(a, "\"%s\" is no text", column->name);
}

static int archive_take(
	struct archive_reader *a, struct archive_row *row, const struct archive_column *column)
{
	int r = json_reader_next(a->json, a->reterr);

	if (r < 0)
		return r;
	if (row->stored)
		return archive_bad(
			a, "\"%s\" stands behind a list of the same object", column->name);
	switch (a->json->token) {
	case JSON_STRING:
		return archive_take_string(a, row, column);
	case JSON_INT:
		return archive_take_number(a, row, column);
	case JSON_BOOL:
		if (column->type != ARCHIVE_BOOL)
			return archive_bad(a, "\"%s\" is neither true nor false", column->name);
		archive_bind_number(row, archive_place(row->table, column), a->json->number);
		return 0;
	default:
		return archive_bad(a, "\"%s\" has no value that it can have", column->name);
	}
}

/* What was not given: false, 0 or nothing, where that may be; and what follows from the column before. */
static int archive_complete(struct archive_reader *a, struct archive_row *row)
{
	const struct archive_table *table = row->table;

	for (const struct archive_column *c = table->columns; c->name; c++) {
		size_t place = archive_place(table, c);
		_cleanup_str_ struct str folded = STR_INIT;
		int r = 0;

		row->n = place + (c->type == ARCHIVE_YEARLY ? 2 : 1);
		if (c->type == ARCHIVE_FOLDED && row->values[place - 1].type) {
			utf8_add_folded(&folded, row->values[place - 1].bytes);
			r = archive_bind_text(a, row, c, &folded);
		} else if (!row->values[place].type &&
			(c->type == ARCHIVE_BOOL || c->type == ARCHIVE_COUNT)) {
			archive_bind_number(row, place, 0);
		} else if (!row->values[place].type && !c->optional && c->type != ARCHIVE_FOLDED) {
			r = archive_bad(a, "\"%s\" is missing in an object of \"%s\"", c->name,
				table->name);
		}
		if (r < 0)
			return r;
	}
	return 0;
}

static int archive_store(struct archive_reader *a, struct archive_row *row)
{
	struct err e = { "" };
	int r;

	if (row->stored)
		return 0;
	r = archive_complete(a, row);
	if (r < 0)
		return r;
	row->stored = true;
	r = store_run_values(a->store, &e, row->table->insert, row->values, row->n);
	if (r == -EBADMSG)
		return archive_bad(a,
			"an object of \"%s\" contradicts another, or speaks of what is"
			" not there",
			row->table->name);
	if (r < 0)
		return err_set(a->reterr, r, "%s", e.text);
	a->report->contacts += str_equal(row->table->table, "contact");
	a->report->forgotten += str_equal(row->table->table, "forgotten");
	if (str_equal(row->table->table, "digest"))
		*(store_changes(a->store) ? &a->report->digests : &a->report->left) += 1;
	return 0;
}

static int archive_read_rows(
	struct archive_reader *a, const struct archive_table *table, int64_t parent);

static const struct archive_column *archive_find_column(
	const struct archive_table *table, const char *name)
{
	for (const struct archive_column *c = table->columns; c->name; c++)
		if (c->type != ARCHIVE_FOLDED && str_equal(c->name, name))
			return c;
	return NULL;
}

static const struct archive_table *archive_find_table(
	const struct archive_table *parent, const char *name)
{
	for (const struct archive_table *t = archive_tables; t->name; t++)
		if (t->parent == parent && str_equal(t->name, name))
			return t;
	return NULL;
}

/* A member of an object: a value of the row, or a list of what hangs on it. */
static int archive_read_member(struct archive_reader *a, struct archive_row *row)
{
	const struct archive_column *column = archive_find_column(row->table, a->json->text);
	const struct archive_table *child = archive_find_table(row->table, a->json->text);
	int r;

	if (column)
		return archive_take(a, row, column);
	if (!child)
		return archive_bad(a, "this version does not know \"%s\" in \"%s\"", a->json->text,
			row->table->name);
	r = archive_store(a, row);
	return r < 0 ? r : archive_read_rows(a, child, row->values[2].number);
}

static int archive_read_row(
	struct archive_reader *a, const struct archive_table *table, int64_t parent)
{
	_cleanup_(archive_row_done) struct archive_row row = { .table = table };
	int r;

	archive_bind_number(&row, 0, a->book);
	archive_bind_number(&row, 1, parent);
	while ((r = json_reader_next(a->json, a->reterr)) == 0 && a->json->token == JSON_KEY) {
		r = archive_read_member(a, &row);
		if (r < 0)
			return r;
	}
	if (r == 0)
		r = archive_store(a, &row);
	if (r == 0 && str_equal(table->table, "contact"))
		r = search_index(a->store, row.values[2].number, a->reterr);
	return r;
}

static int archive_read_rows(
	struct archive_reader *a, const struct archive_table *table, int64_t parent)
{
	int r = json_reader_next(a->json, a->reterr);

	if (r == 0 && a->json->token != JSON_ARRAY)
		return archive_bad(a, "\"%s\" is no list", table->name);
	while (r == 0 && (r = json_reader_next(a->json, a->reterr)) == 0) {
		if (a->json->token == JSON_ARRAY_END)
			return 0;
		if (a->json->token != JSON_OBJECT)
			return archive_bad(
				a, "\"%s\" holds something that is no object", table->name);
		r = archive_read_row(a, table, parent);
	}
	return r;
}

/* A database that has never held anything takes over who the book's one was: those who were erased are
 * known by hashes that are salted with it. */
static int archive_adopt(struct archive_reader *a, const char *identity)
{
	int64_t used = 0;
	int r;

	if (strlen(identity) != 16 || strspn(identity, "0123456789abcdef") != 16)
		return archive_bad(a, "the identity is not 16 hexadecimal digits");
	a->adopted = str_equal(identity, store_identity(a->store));
	r = store_ask(a->store, &used, a->reterr,
		"SELECT EXISTS (SELECT 1 FROM contact) OR EXISTS (SELECT 1 FROM forgotten)"
		" OR EXISTS (SELECT 1 FROM message)",
		"");
	if (r < 0 || used || a->adopted)
		return r < 0 ? r : 0;
	a->adopted = true;
	return store_set_identity(a->store, identity, a->reterr);
}

static int archive_read_top(struct archive_reader *a)
{
	const struct archive_table *table = archive_find_table(NULL, a->json->text);
	bool identity = str_equal(a->json->text, "identity");
	int r;

	if (table)
		return archive_read_rows(a, table, 0);
	if (!identity && !str_equal(a->json->text, "last_contact"))
		return archive_bad(a, "this version does not know \"%s\"", a->json->text);
	r = json_reader_next(a->json, a->reterr);
	if (r < 0)
		return r;
	if (identity && a->json->token == JSON_STRING)
		return archive_adopt(a, a->json->text);
	if (identity || a->json->token != JSON_INT || a->json->number < 0 ||
		a->json->number > ARCHIVE_INT_MAX)
		return archive_bad(a, "\"%s\" has no value that it can have",
			identity ? "identity" : "last_contact");
	a->last_contact = a->json->number;
	return 0;
}

/* The version stands first, so that nothing of another one is taken for what it is not. */
static int archive_read_version(struct archive_reader *a)
{
	int r = json_reader_next(a->json, a->reterr);

	if (r == 0 && a->json->token == JSON_OBJECT)
		r = json_reader_next(a->json, a->reterr);
	if (r < 0)
		return r;
	if (a->json->token != JSON_KEY || !str_equal(a->json->text, "nudge"))
		return archive_bad(a, "this is no book that `nudge export --format json` wrote");
	r = json_reader_next(a->json, a->reterr);
	if (r < 0)
		return r;
	if (a->json->token != JSON_INT || a->json->number != ARCHIVE_VERSION)
		return archive_bad(a, "it was written by a newer nudge: this one knows version %d",
			ARCHIVE_VERSION);
	return 0;
}

/* Nothing a person would miss: an owner's name may stand there, and handles may have been given. */
static int archive_check_empty(struct archive_reader *a)
{
	int64_t used = 0;
	int r = store_ask(a->store, &used, a->reterr,
		"SELECT EXISTS (SELECT 1 FROM contact WHERE book=?1)"
		" OR EXISTS (SELECT 1 FROM follow_up WHERE book=?1)"
		" OR EXISTS (SELECT 1 FROM forum WHERE book=?1)"
		" OR EXISTS (SELECT 1 FROM outreach WHERE book=?1)"
		" OR EXISTS (SELECT 1 FROM tag_every WHERE book=?1)"
		" OR EXISTS (SELECT 1 FROM forgotten WHERE book=?1)",
		"i", a->book);

	if (r >= 0 && used)
		r = err_set(a->reterr, -ENOTEMPTY,
			"a book comes back into an empty one only, and this one holds something:"
			" `nudge book NAME --create` makes one, `nudge -b NAME import FILE` fills it");
	return r < 0 ? r : 0;
}

/* Numbers that people may have noted stay theirs: where the database has had contacts, these get others. */
static int archive_find_offset(struct archive_reader *a)
{
	int64_t used = 0;
	int r = store_ask(a->store, &used, a->reterr, "SELECT EXISTS (SELECT 1 FROM contact)", "");

	if (r >= 0)
		r = store_ask(a->store, &a->digests, a->reterr,
			"SELECT max(0, ifnull((SELECT seq FROM sqlite_sequence WHERE name='digest'), 0))",
			"");
	if (r < 0 || !used)
		return r < 0 ? r : 0;
	r = store_ask(a->store, &a->offset, a->reterr,
		"SELECT seq FROM sqlite_sequence WHERE name='contact'", "");
	a->report->renumbered = a->offset > 0;
	return r < 0 ? r : 0;
}

/* Numbers that the document's database had given to others are not given again. */
static int archive_raise_numbers(struct archive_reader *a)
{
	int64_t last = a->offset + a->last_contact;
	int r = store_run(a->store, a->reterr, archive_raise_counters, "i", a->book);

	if (r == 0)
		r = store_run(a->store, a->reterr,
			"INSERT INTO sqlite_sequence (name, seq) SELECT 'contact', 0 WHERE NOT EXISTS"
			" (SELECT 1 FROM sqlite_sequence WHERE name='contact')",
			"");
	return r < 0 ? r
		     : store_run(a->store, a->reterr,
			       "UPDATE sqlite_sequence SET seq=max(seq, ?1) WHERE name='contact'",
			       "i", last);
}

int archive_read(struct store *store, int64_t book, struct json_reader *reader,
	struct archive_report *report, struct err *reterr)
{
	struct archive_reader a = {
		.store = store, .book = book, .json = reader, .report = report, .reterr = reterr
	};
	int r = archive_check_empty(&a);

	*report = (struct archive_report){ 0 };
	if (r == 0)
		r = archive_find_offset(&a);
	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM offer WHERE book=?", "i", book);
	if (r == 0)
		r = archive_read_version(&a);
	while (r == 0 && (r = json_reader_next(reader, reterr)) == 0 && reader->token == JSON_KEY)
		r = archive_read_top(&a);
	if (r == 0)
		r = json_reader_next(reader, reterr);
	if (r == 0)
		r = archive_raise_numbers(&a);
	if (a.adopted)
		report->forgotten = 0;
	return r;
}
