/* SPDX-License-Identifier: MIT */
/*
 * round: what is exported comes back as what it was, said of books of made-up people.
 *
 * Each book is written as cards of both versions, as a table and as a calendar. Into the same book nothing of
 * it is new; in an empty one the next export has the same bytes. NUDGED_SEED=... repeats another run than
 * the usual one, NUDGED_BOOKS=... makes that many.
 */
#include "base/file.h"
#include "book-fixture.h"
#include "book/occasions.h"
#include "core/utf8.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "format/line_writer.h"
#include "format/table-keep.h"

#include <stdlib.h>

#define BOOKS  3
#define PEOPLE 40

static uint64_t round_state;

static unsigned round_random(unsigned below)
{
	round_state = round_state * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(round_state >> 33) % below;
}

static uint64_t round_setting(const char *name, uint64_t usual)
{
	const char *text = getenv(name);
	uint64_t n;

	return text && str_number(text, UINT64_MAX, &n) ? n : usual;
}

/* A text of one to five pieces that mean something to some format; as a person may have typed it. */
static const char *round_text(bool lines)
{
	static const char *const pieces[] = { "Anna", "Ben", "x", "7", "ß", "🙂", "שלום", " ",
		" ", "  ", ",", ";", ":", "\\", "\\n", "\\,", "\"", "'", "=", "+", "-", "@", "*",
		"%", "^n", "pref", "(1984)", "home", "N:", "END:VCARD", "|", "._$!<Work>!$_", "\n",
		"\t" };
	static char text[512];

	do {
		text[0] = '\0';
		for (unsigned n = 1 + round_random(5); n; n--)
			strcat(text, pieces[round_random(ARRAY_SIZE(pieces))]);
		utf8_tidy(text, lines);
	} while (!*text);
	return text;
}

/* Some have it. */
static bool round_maybe(void)
{
	return round_random(3) == 0;
}

static void round_add_fields(struct store *store, int64_t id)
{
	static const char *const spans[] = { "30d", "6w", "3m", "1y", "never" };
	struct err e = { "" };

	for (int field = CONTACT_ORG; field < CONTACT_FIELD_COUNT; field++) {
		const char *text = field == CONTACT_EVERY ? spans[round_random(ARRAY_SIZE(spans))]
			: field == CONTACT_BUSY_INBOX     ? CONTACT_YES
							  : round_text(field == CONTACT_NOTE);

		if (round_maybe())
			book_must(contacts_set(store, id, (enum contact_field)field, text,
					  CONTACT_HAND, TODAY, &e),
				&e);
	}
}

/* The first of several may be preferred. */
static const char *round_label(enum contact_kind kind, bool first, bool several)
{
	static const char *const labels[] = { NULL, "home", "work", "Büro", "Work", "x:y;z", "cell",
		"work fax" };
	static char label[64];
	const char *text = labels[round_random(ARRAY_SIZE(labels))];

	if (kind > CONTACT_LINK)
		return NULL;
	if (!first || !several || !round_maybe())
		return text;
	(void)snprintf(label, sizeof(label), "%s%spref", text ? text : "", text ? " " : "");
	return label;
}

static void round_add_values(struct store *store, int64_t id)
{
	struct err e = { "" };

	for (int kind = CONTACT_EMAIL; kind < CONTACT_EXTRA; kind++) {
		unsigned n = round_maybe() ? 1 + round_random(3) : 0;

		for (unsigned i = 0; i < n; i++) {
			const char *text = round_text(false);
			const char *label = round_label((enum contact_kind)kind, i == 0, n > 1);

			book_must(contacts_add_value(store, id, (enum contact_kind)kind, text,
					  label, CONTACT_HAND, TODAY, &e),
				&e);
		}
	}
}

/* A cell of a column that was called as a person may have called it. */
static void round_add_cell(struct str *line)
{
	_cleanup_str_ struct str property = STR_INIT, column = STR_INIT;

	str_add(&column, round_text(false));
	table_keep_add_property(&property, str_text(&column));
	table_keep_add(line, str_text(&property), str_text(&column), round_text(true));
}

/* What other programs know: columns of a table, and lines of a card. */
static void round_add_extras(struct store *store, int64_t id)
{
	static const char *const heads[] = { "X-SKYPE", "item1.X-KIN;TYPE=home", "ROLE" };
	struct err e = { "" };

	for (unsigned n = round_random(4); n; n--) {
		_cleanup_str_ struct str line = STR_INIT;

		if (round_maybe()) {
			round_add_cell(&line);
		} else {
			str_addf(&line, "%s:", heads[round_random(ARRAY_SIZE(heads))]);
			line_add_text(&line, round_text(false));
		}
		book_must(contacts_add_value(store, id, CONTACT_EXTRA, str_text(&line), NULL,
				  CONTACT_HAND, TODAY, &e),
			&e);
	}
}

static void round_add_days(struct store *store, int64_t id)
{
	static const char *const kinds[] = { OCCASION_BIRTHDAY, OCCASION_ANNIVERSARY,
		OCCASION_NAME_DAY, OCCASION_MET, OCCASION_NAMED };
	struct err e = { "" };
	int64_t number;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		bool met = str_equal(kinds[i], OCCASION_MET);
		struct date date = { round_maybe() && !met ? 0 : 1900 + (int)round_random(126),
			1 + (int)round_random(12), 1 + (int)round_random(29) };

		if (!round_maybe() || !day_is_date(&date))
			continue;
		book_must(occasions_add(store, 1, id, kinds[i],
				  str_equal(kinds[i], OCCASION_NAMED) ? round_text(false) : NULL,
				  &date, CONTACT_HAND, TODAY, &number, &e),
			&e);
		if (met)
			book_must(contacts_set_met(store, id,
					  day_number(date.year, date.month, date.day), &e),
				&e);
	}
}

static struct store *round_book(void)
{
	struct store *store = book_new(), *transaction = NULL;
	struct err e = { "" };

	book_must(store_begin(store, &transaction, &e), &e);
	for (int i = 0; i < PEOPLE; i++) {
		int64_t id = book_contact(store, 1, round_text(false), CONTACT_HAND);

		round_add_fields(store, id);
		round_add_values(store, id);
		round_add_extras(store, id);
		round_add_days(store, id);
		book_must(search_index(store, id, &e), &e);
	}
	book_must(store_commit(&transaction, &e), &e);
	return store;
}

static char *round_export(struct store *store, enum export_format format, struct str *ret)
{
	static unsigned count;
	struct str path = STR_INIT;
	struct err e = { "" };
	int64_t n;

	str_addf(&path, "%s/round-%u", test_folder(), ++count);
	book_must(export_book(store, 1,
			  &(struct export_options){ .format = format, .path = str_text(&path) }, &n,
			  &e),
		&e);
	str_clear(ret);
	book_must(file_read(str_text(&path), (size_t)1 << 24, ret, &e), &e);
	return str_take(&path);
}

/* What it says, and no more. */
static void round_read(struct store *store, enum export_format format, struct str *ret)
{
	free(round_export(store, format, ret));
}

static void round_import(struct store *store, char *path, struct import_report *report)
{
	const struct import_options options = { .today = TODAY };
	struct err e = { "" };

	book_must(import_files(store, 1, &path, 1, &options, report, &e), &e);
}

/* Into the book that it came from: nothing is new, and nothing is changed. */
static bool round_stands(struct store *store, char *path)
{
	_cleanup_str_ struct str before = STR_INIT, after = STR_INIT;
	_cleanup_report_ struct import_report report = { 0 };
	bool good;

	round_read(store, EXPORT_VCARD, &before);
	round_import(store, path, &report);
	good = CHECK_INT(report.added, 0) && CHECK_INT(report.updated, 0) &&
		CHECK_INT(report.n_rejects, 0) && CHECK(report.unchanged > 0);
	round_read(store, EXPORT_VCARD, &after);
	return CHECK_TEXT(str_text(&after), str_text(&before)) && good;
}

/* Into an empty one: the next export has the same bytes. */
static bool round_comes_back(enum export_format format, char *path, const struct str *text)
{
	_cleanup_store_ struct store *fresh = book_new();
	_cleanup_str_ struct str after = STR_INIT;
	_cleanup_report_ struct import_report report = { 0 };

	round_import(fresh, path, &report);
	round_read(fresh, format, &after);
	return CHECK_INT(report.n_rejects, 0) && CHECK_TEXT(str_text(&after), str_text(text)) &&
		round_stands(fresh, path);
}

static bool round_of(struct store *store, enum export_format format)
{
	_cleanup_str_ struct str text = STR_INIT;
	_cleanup_free_ char *path = round_export(store, format, &text);
	bool good = round_stands(store, path);

	/* Events are numbered by the book that they stand in. */
	return (format == EXPORT_ICS || round_comes_back(format, path, &text)) && good;
}

static void round_of_made_up_people(void)
{
	static const enum export_format formats[] = { EXPORT_VCARD, EXPORT_VCARD3, EXPORT_CSV,
		EXPORT_ICS };
	uint64_t seed = round_setting("NUDGED_SEED", 1),
		 books = round_setting("NUDGED_BOOKS", BOOKS);

	for (uint64_t i = 0; i < books; i++) {
		round_state = (seed << 32) + i;
		for (size_t k = 0; k < ARRAY_SIZE(formats); k++) {
			_cleanup_store_ struct store *store = NULL;

			TEST_ROW("seed %llu, book %llu as %s", (unsigned long long)seed,
				(unsigned long long)i, export_format_name(formats[k]));
			store = round_book();
			if (!round_of(store, formats[k]))
				return;
		}
	}
}

TEST_MAIN(TEST(round_of_made_up_people))
