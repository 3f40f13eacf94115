/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/merge.h"
#include "book/occasions.h"
#include "book/touches.h"
#include "exchange/import.h"
#include "exchange/uid.h"
#include "format/table.h"

#include <errno.h>
#include <sys/stat.h>

#define CARD(text) "BEGIN:VCARD\r\nVERSION:3.0\r\n" text "END:VCARD\r\n"
#define ANNA                                                                                       \
	CARD("UID:anna\r\nFN:Anna Müller\r\nEMAIL:anna@example.org\r\nBDAY:1984-03-12\r\n"        \
	     "ORG:Stadtwerke\r\nNOTE:Cello\r\nCATEGORIES:Chor\r\n")
#define BEN CARD("UID:ben\r\nFN:Ben Weiß\r\nEMAIL:ben@example.org\r\nTEL:+49 30 1\r\n")

static const char *write_cards(const char *text)
{
	static char paths[4][256];
	static unsigned turn;
	char *path = paths[turn % 4];
	FILE *f;

	(void)snprintf(path, sizeof(paths[0]), "%s/%u.vcf", test_folder(), turn++);
	f = fopen(path, "w");
	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
	return path;
}

static int import_two(struct store *store, const char *one, const char *two, bool dry_run,
	struct import_report *report, struct err *reterr)
{
	_cleanup_free_ char *first = str_dup(write_cards(one)),
			    *second = str_dup(write_cards(two ? two : ""));
	char *const paths[] = { first, second };
	const struct import_options options = { .dry_run = dry_run, .today = TODAY };

	return import_files(store, book_main(store), paths, two ? 2 : 1, &options, report, reterr);
}

/* Imports a file and checks the report: added, updated, unchanged, skipped, rejected. */
static void check_import(struct store *store, const char *cards, const char *expected)
{
	_cleanup_report_ struct import_report report = { 0 };
	char found[128];
	struct err e = { "" };

	CHECK_INT(import_two(store, cards, NULL, false, &report, &e), 0);
	CHECK_TEXT(e.text, "");
	(void)snprintf(found, sizeof(found), "+%d ~%d =%d -%d !%zu", (int)report.added,
		(int)report.updated, (int)report.unchanged, (int)report.skipped, report.n_rejects);
	CHECK_TEXT(found, expected);
}

static int64_t find(struct store *store, const char *name)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };

	CHECK_INT(search_find(store, book_main(store), name, 10, &ids, NULL), 0);
	CHECK_INT(ids.n, 1);
	return ids.n ? ids.ids[0] : 0;
}

static void import_twice_is_nothing(void)
{
	_cleanup_store_ struct store *store = book_new();

	check_import(store, ANNA BEN, "+2 ~0 =0 -0 !0");
	check_import(store, ANNA BEN, "+0 ~0 =2 -0 !0");
	check_import(store, BEN ANNA, "+0 ~0 =2 -0 !0");
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 2);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM occasion"), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value"), 4);
}

static void import_holds_what_the_card_says(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	_cleanup_occasions_ struct occasions occasions = { 0 };
	struct err e;

	check_import(store, ANNA, "+1 ~0 =0 -0 !0");
	CHECK_INT(contacts_load(store, book_main(store), find(store, "Anna Müller"), &c, &e), 0);
	CHECK_TEXT(c.field[CONTACT_ORG], "Stadtwerke");
	CHECK_TEXT(c.field[CONTACT_NOTE], "Cello");
	CHECK_TEXT(contact_first(&c, CONTACT_EMAIL), "anna@example.org");
	CHECK_TEXT(contact_first(&c, CONTACT_TAG), "Chor");
	CHECK_INT(occasions_of(store, c.id, &occasions, &e), 0);
	CHECK(occasions.n == 1 && occasions.all[0].date.year == 1984 &&
		occasions.all[0].date.month == 3);
}

/* Each row is imported after the one before it. */
static void import_updated_export(void)
{
	static const struct {
		const char *card, *report;
	} rows[] = {
		{ CARD("UID:a\r\nFN:Anna Müller\r\n"), "+1 ~0 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nORG:Werft\r\n"), "+0 ~1 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nORG:Werft\r\nEMAIL:a@example.org\r\n"),
			"+0 ~1 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nORG:Werft\r\nEMAIL:A@example.org\r\n"),
			"+0 ~0 =1 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nORG:Werft\r\n"), "+0 ~1 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\n"), "+0 ~1 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\n"), "+0 ~0 =1 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nBDAY:--0312\r\n"), "+0 ~1 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nBDAY:19840312\r\n"), "+0 ~1 =0 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Müller\r\nBDAY:--0312\r\n"), "+0 ~0 =1 -0 !0" },
		{ CARD("UID:a\r\nFN:Anna Schmidt\r\nBDAY:--0312\r\nEMAIL:a@example.org\r\n"),
			"+0 ~1 =0 -0 !0" }, /* she married */
		{ CARD("UID:new\r\nFN:Anna Schmidt\r\nEMAIL:a@example.org\r\n"), "+0 ~0 =1 -0 !0" },
		{ CARD("UID:new\r\nFN:Whoever\r\n"),
			"+0 ~0 =1 -0 !0" }, /* known by the new number too */
	};
	_cleanup_store_ struct store *store = book_new();

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		check_import(store, rows[i].card, rows[i].report);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE org IS NULL"), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value"), 1);
	CHECK_INT(book_ask(store, "SELECT year FROM occasion"), 1984);
}

static void import_keeps_what_was_typed(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	const struct date date = { 1983, 3, 12 };
	int64_t book = book_main(store), anna, n;
	struct err e;

	check_import(store, ANNA, "+1 ~0 =0 -0 !0");
	anna = find(store, "Anna Müller");
	CHECK_INT(contacts_set(store, anna, CONTACT_NAME, "Änne", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(contacts_set(store, anna, CONTACT_ORG, "Werft", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(contacts_set(store, anna, CONTACT_NOTE, "", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(occasions_add(store, book, anna, OCCASION_BIRTHDAY, NULL, &date, CONTACT_HAND,
			  TODAY, &n, &e),
		0);
	check_import(store, ANNA, "+0 ~0 =1 -0 !0");
	CHECK_INT(contacts_load(store, book, anna, &c, &e), 0);
	CHECK_TEXT(c.field[CONTACT_NAME], "Änne");
	CHECK_TEXT(c.field[CONTACT_ORG], "Werft");
	CHECK_TEXT(c.field[CONTACT_NOTE], NULL);
	CHECK_INT(book_ask(store, "SELECT year FROM occasion"), 1983);
}

/* Whom a person entered without more is filled in. */
static void import_fills_in_what_nobody_typed(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);

	book_value(store, anna, CONTACT_EMAIL, "anna@example.org");
	check_import(store, ANNA, "+0 ~1 =0 -0 !0");
	CHECK_INT(book_ask(store,
			  "SELECT count(*) FROM contact WHERE name='Anna' AND org='Stadtwerke'"),
		1);
	check_import(store, ANNA, "+0 ~0 =1 -0 !0");
}

static void import_couples_stay_two(void)
{
	static const char couple[] = CARD("UID:1\r\nFN:Cora Weiß\r\nEMAIL:we@example.org\r\n")
		CARD("UID:2\r\nFN:Ben Weiß\r\nEMAIL:we@example.org\r\n");
	static const char moved[] = CARD("UID:3\r\nFN:Ben Weiß\r\nEMAIL:we@example.org\r\n")
		CARD("UID:4\r\nFN:Cora Weiß\r\nEMAIL:we@example.org\r\n");
	_cleanup_store_ struct store *store = book_new();

	check_import(store, couple, "+2 ~0 =0 -0 !0");
	check_import(store, couple, "+0 ~0 =2 -0 !0");
	check_import(store, moved, "+0 ~0 =2 -0 !0"); /* another address book, the same people */
	CHECK(find(store, "Ben Weiß") != find(store, "Cora Weiß"));
}

/* Two files tell of one person, each in its own way: the first has the say, the other fills in, and
 * nothing changes any more however often they are imported. */
static void import_two_sources_of_one(void)
{
	static const char phone[] = CARD(
		"UID:phone-7\r\nFN:Anna Müller\r\nEMAIL:anna@example.org\r\n"
		"ORG:SW\r\nTITLE:Ingenieurin\r\nBDAY:--0312\r\n");
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact anna = { 0 };
	struct err e;

	check_import(store, ANNA, "+1 ~0 =0 -0 !0");
	check_import(store, phone, "+0 ~1 =0 -0 !0");
	for (int i = 0; i < 2; i++) {
		check_import(store, ANNA, "+0 ~0 =1 -0 !0");
		check_import(store, phone, "+0 ~0 =1 -0 !0");
	}
	book_must(contacts_load(store, book_main(store), find(store, "anna"), &anna, &e), &e);
	CHECK_TEXT(anna.field[CONTACT_ORG], "Stadtwerke");
	CHECK_TEXT(anna.field[CONTACT_TITLE], "Ingenieurin");
	CHECK_INT(book_ask(store, "SELECT year FROM occasion"), 1984);
}

/* An export without UIDs, under its old name: what was changed in it changes here. */
static void import_of_the_same_source(void)
{
	_cleanup_store_ struct store *store = book_new();
	static const char *const orgs[] = { "Werft", "Hafen", "Hafen" };
	static const char *const reports[] = { "1 0 0", "0 1 0", "0 0 1" };
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/contacts.vcf", test_folder());
	for (size_t i = 0; i < ARRAY_SIZE(orgs); i++) {
		_cleanup_report_ struct import_report report = { 0 };
		const struct import_options options = { .today = TODAY };
		char *const paths[] = { path };
		char found[64];
		struct err e = { "" };
		FILE *f = fopen(path, "w");

		if (!f ||
			fprintf(f, CARD("FN:Anna Werner\r\nEMAIL:anna@example.org\r\nORG:%s\r\n"),
				orgs[i]) < 0 ||
			fclose(f) != 0)
			abort();
		CHECK_INT(
			import_files(store, book_main(store), paths, 1, &options, &report, &e), 0);
		(void)snprintf(found, sizeof(found), "%d %d %d", (int)report.added,
			(int)report.updated, (int)report.unchanged);
		CHECK_TEXT(found, reports[i]);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE org='Hafen'"), 1);
}

static void import_same_card_twice(void)
{
	static const char card[] = CARD("FN:Anna\r\nEMAIL:a@example.org\r\n");
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str both = STR_INIT;

	str_addf(&both, "%s%s", card, card);
	check_import(store, both.data, "+2 ~0 =0 -0 !0");
	check_import(store, both.data, "+0 ~0 =2 -0 !0");
	check_import(store, card, "+0 ~0 =1 -0 !0");
	check_import(store, ANNA ANNA, "+2 ~0 =0 -0 !0");
	check_import(store, ANNA ANNA ANNA, "+1 ~0 =2 -0 !0");
}

/* In two files of one import a person is one. */
static void import_two_files(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_report_ struct import_report report = { 0 };
	struct err e;

	CHECK_INT(import_two(store, ANNA, BEN ANNA, false, &report, &e), 0);
	CHECK(report.added == 2 && report.unchanged == 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 2);
}

static void import_removed_stay_away(void)
{
	static const char other[] = CARD("UID:other\r\nFN:Anna M\r\nEMAIL:Anna@Example.org\r\n");
	_cleanup_store_ struct store *store = book_new();
	struct err e;

	check_import(store, ANNA BEN, "+2 ~0 =0 -0 !0");
	CHECK_INT(contacts_remove(store, book_main(store), find(store, "Anna Müller"), &e), 0);
	check_import(store, ANNA BEN, "+0 ~0 =1 -1 !0");
	check_import(store, other, "+0 ~0 =0 -1 !0");
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
}

/* Typed by hand, without an address: the name is all that is known of them. */
static void import_removed_by_name_stay_away(void)
{
	static const char namesake[] = CARD("FN:ANNA MUELLER\r\nEMAIL:new@example.org\r\n");
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store),
		anna = book_contact(store, book, "Anna Müller", CONTACT_HAND);
	struct err e;

	CHECK_INT(contacts_remove(store, book, anna, &e), 0);
	check_import(store, ANNA BEN, "+1 ~0 =0 -1 !0");
	check_import(store, namesake, "+0 ~0 =0 -1 !0");
}

static void import_rejects_one_among_good_ones(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_report_ struct import_report report = { 0 };
	struct err e;

	CHECK_INT(import_two(store, ANNA CARD("NOTE:nobody\r\n") BEN, NULL, false, &report, &e), 0);
	CHECK_INT(report.added, 2);
	CHECK_INT(report.n_rejects, 1);
	if (report.n_rejects != 1)
		return;
	CHECK_INT(report.rejects[0].line, 11);
	CHECK(strstr(report.rejects[0].file, ".vcf"));
	CHECK(strstr(report.rejects[0].reason, "no name"));
}

static void import_rejects_what_is_too_long(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_free_ char *big = malloc(CONTACT_TEXT_MAX + 2);
	_cleanup_str_ struct str cards = STR_INIT;

	memset(big, 'x', CONTACT_TEXT_MAX + 1);
	big[CONTACT_TEXT_MAX + 1] = '\0';
	str_addf(&cards, ANNA "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Big\r\nNOTE:%s\r\nEND:VCARD\r\n",
		big);
	check_import(store, cards.data, "+1 ~0 =0 -0 !1");
	big[CONTACT_TEXT_MAX] = '\0';
	str_clear(&cards);
	str_addf(&cards, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Big\r\nNOTE:%s\r\nEND:VCARD\r\n", big);
	check_import(store, cards.data, "+1 ~0 =0 -0 !0");
}

static void import_of_nothing_is_an_error(void)
{
	static const char none[] =
		".vcf: no usable record was found in it (vCard); nothing was imported";
	static const struct {
		const char *file, *sentence;
	} rows[] = {
		{ "", ".vcf: is empty" },
		{ "\r\n\r\n", ".vcf: is empty" },
		{ "\xff\xfe\0B", ".vcf: is empty" },
		/* a single reason is the answer */
		{ "Dear diary\r\n", ".vcf:1: " },
		{ CARD("NOTE:nobody\r\n"),
			".vcf:1: has no name, no organisation and no e-mail address; nothing was imported" },
		{ "BEGIN:VCARD\r\nFN:cut off", ".vcf:1: " },
		{ "\xff\xfe\xfd\xfc\n\n", ".vcf:1: " },
		{ CARD("NOTE:nobody\r\n") CARD("NOTE:nobody\r\n"), none },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_report_ struct import_report report = { 0 }, second = { 0 };
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(import_two(store, rows[i].file, NULL, false, &report, &e), -EBADMSG);
		CHECK(strstr(e.text, rows[i].sentence));
		/* One bad file among good ones: all or nothing. */
		CHECK_INT(import_two(store, ANNA, rows[i].file, false, &second, &e), -EBADMSG);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	}
}

/* --map beside cards alone, which have no columns, is a misunderstanding; beside a table it is of that. */
static void import_maps_columns(void)
{
	static const char *const maps[] = { "name=Wer" };
	static const struct table_options table = { .maps = maps, .n_maps = 1 };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_report_ struct import_report report = { 0 }, second = { 0 };
	_cleanup_free_ char *card = str_dup(write_cards(ANNA)),
			    *rows = str_dup(write_cards("Wer,x\nBen,1\n"));
	char *const paths[] = { card, rows };
	const struct import_options options = { .today = TODAY, .table = &table };
	struct err e = { "" };

	CHECK_INT(import_files(store, book_main(store), paths, 1, &options, &report, &e), -EINVAL);
	CHECK(strstr(e.text, ".vcf: is no table"));
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	CHECK_INT(import_files(store, book_main(store), paths, 2, &options, &second, &e), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 2);
}

static void import_of_no_file(void)
{
	static const struct {
		const char *path;
		int result;
	} rows[] = { { "/nonexistent/x.vcf", -ENOENT }, { "/", -EISDIR },
		{ "/dev/null", -EINVAL } };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_free_ char *good = str_dup(write_cards(ANNA));
	const struct import_options options = { .today = TODAY };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_report_ struct import_report report = { 0 };
		_cleanup_free_ char *path = str_dup(rows[i].path);
		char *const paths[] = { good, path };
		struct err e = { "" };

		TEST_ROW("%s", path);
		CHECK_INT(import_files(store, book_main(store), paths, 2, &options, &report, &e),
			rows[i].result);
		CHECK(strstr(e.text, path));
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	}
}

static void import_dry_run(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_report_ struct import_report report = { 0 };
	int64_t version = store_data_version(store);
	struct err e;

	CHECK_INT(import_two(store, ANNA BEN, NULL, true, &report, &e), 0);
	CHECK_INT(report.added, 2);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	CHECK_INT(store_data_version(store), version);
	check_import(store, ANNA BEN, "+2 ~0 =0 -0 !0");
}

static void import_tags_all(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_free_ char *path = str_dup(write_cards(ANNA BEN));
	char *const paths[] = { path };
	const struct import_options options = { .tag = "Chor", .today = TODAY };
	_cleanup_report_ struct import_report report = { 0 };
	struct err e;

	check_import(store, BEN, "+1 ~0 =0 -0 !0");
	CHECK_INT(import_files(store, book_main(store), paths, 1, &options, &report, &e), 0);
	CHECK(report.added == 1 && report.updated == 1);
	CHECK_INT(book_ask(store,
			  "SELECT count(*) FROM contact_value WHERE kind='tag' AND folded='chor'"),
		2);
}

/* What the book has written is no source of what it says: its sources may still take it out. */
static void import_of_the_book_itself(void)
{
#define OURS                                                                                       \
	"BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//nudged//nudge//EN\r\nUID:%s\r\nFN:Anna\r\n"       \
	"EMAIL:a@example.org\r\nTITLE:%s\r\nTEL:1\r\n%sEND:VCARD\r\n"
	static const struct {
		const char *title, *more, *report;
		int64_t sources;
	} rows[] = {
		{ "CEO", "", "+0 ~0 =1 -0 !0", 1 },
		{ "CEO", "TEL:2\r\n", "+0 ~1 =0 -0 !0", 2 },
		{ "Boss", "TEL:2\r\n", "+0 ~1 =0 -0 !0", 2 },
	};
	_cleanup_store_ struct store *store = book_new();
	char uid[UID_SIZE];

	check_import(store, CARD("FN:Anna\r\nEMAIL:a@example.org\r\nTITLE:CEO\r\nTEL:1\r\n"),
		"+1 ~0 =0 -0 !0");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str card = STR_INIT;

		TEST_ROW("row %zu", i);
		str_addf(&card, OURS, uid_of_contact(store, find(store, "Anna"), uid),
			rows[i].title, rows[i].more);
		check_import(store, str_text(&card), rows[i].report);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM also_source"), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_key"), 1);
		CHECK_INT(book_ask(store, "SELECT count(DISTINCT source) FROM contact_value"),
			rows[i].sources);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE title='Boss'"), 1);
#undef OURS
}

static void import_while_another_writes(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(store_rollback) struct store *theirs = NULL;
	_cleanup_report_ struct import_report report = { 0 };
	struct err e;

	CHECK_INT(store_begin(other, &theirs, &e), 0);
	CHECK_INT(import_two(store, ANNA, NULL, false, &report, &e), -EBUSY);
	CHECK_INT(report.added, 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
}

/* Many made-up people with German names, in each of the versions; found by every spelling. */
static void import_many(void)
{
	static const char *const first[] = { "Jürgen", "Zoë", "Änne", "Groß", "Ölaf", "Łukasz",
		"İrem", "Anna" };
	static const char *const last[] = { "Müller", "Weiß", "Schäfer", "Köhler", "Günther",
		"Straße", "Ångström" };
	static const char *const versions[] = { "2.1", "3.0", "4.0" };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_ids_ struct contact_ids folded = { 0 };
	_cleanup_str_ struct str cards = STR_INIT;

	for (int i = 0; i < 1000; i++)
		str_addf(&cards,
			"BEGIN:VCARD\r\nVERSION:%s\r\nUID:n%d\r\nFN:%s %s %d\r\nN:%s;%s;;;\r\n"
			"EMAIL:person%d@example.org\r\nBDAY:%04d%02d%02d\r\nEND:VCARD\r\n",
			versions[i % 3], i, first[i % 8], last[i % 7], i, last[i % 7], first[i % 8],
			i, 1940 + i % 60, 1 + i % 12, 1 + i % 28);
	check_import(store, cards.data, "+1000 ~0 =0 -0 !0");
	check_import(store, cards.data, "+0 ~0 =1000 -0 !0");
	CHECK_INT(book_ask(store, "SELECT count(*) FROM occasion WHERE year BETWEEN 1940 AND 1999"),
		1000);
	CHECK(find(store, "juergen mueller 0") > 0);
	CHECK(find(store, "Jürgen Müller 56") > 0);
	CHECK(find(store, "person777@example.org") > 0);
	CHECK_INT(search_list(store, book_main(store), "schaef", NULL, NULL, &folded, NULL), 0);
	CHECK_INT(folded.n, 143);
	CHECK_INT(store_check(store, NULL), 0);
}

/* Cards that nothing tells apart are as many people as there are cards, at each import. */
static void import_of_the_same_card_many_times(void)
{
	static const struct {
		int anna, ben;
		const char *outcome;
	} rows[] = {
		{ 3, 1, "+4 ~0 =0 -0 !0" },
		{ 3, 1, "+0 ~0 =4 -0 !0" },
		{ 2, 3, "+2 ~0 =3 -0 !0" },
		{ 300, 300, "+594 ~0 =6 -0 !0" },
		{ 301, 300, "+1 ~0 =600 -0 !0" },
	};
	_cleanup_store_ struct store *store = book_new();

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str cards = STR_INIT;

		TEST_ROW("%zu", i);
		for (int k = 0; k < 301; k++) {
			str_add(&cards, k < rows[i].anna ? CARD("FN:Anna Same\r\n") : "");
			str_add(&cards, k < rows[i].ben ? CARD("UID:ben\r\nFN:Ben\r\n") : "");
		}
		check_import(store, str_text(&cards), rows[i].outcome);
	}
}

/* So large a file that it is worked on aside; most of it a photograph. */
static const char *write_large(const char *cards)
{
	_cleanup_str_ struct str text = STR_INIT;
	const size_t n = 5 * 1024 * 1024;

	str_add(&text,
		"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:large\r\nFN:Large Photo\r\nPHOTO;ENCODING=b:");
	memset(str_extend(&text, n), 'x', n);
	str_addf(&text, "\r\nEND:VCARD\r\n%s", cards);
	return write_cards(str_text(&text));
}

static int import_large(struct store *store, const char *path, bool dry_run,
	struct import_report *report, struct err *reterr)
{
	_cleanup_free_ char *copy = str_dup(path);
	char *const paths[] = { copy };
	const struct import_options options = { .dry_run = dry_run, .today = TODAY };

	return import_files(store, book_main(store), paths, 1, &options, report, reterr);
}

static void import_of_a_large_file(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	const char *path = write_large(ANNA BEN);
	struct err e = { "" };

	check_import(store, BEN, "+1 ~0 =0 -0 !0");
	for (int round = 0; round < 3; round++) {
		_cleanup_report_ struct import_report report = { 0 };

		TEST_ROW("round %d", round);
		CHECK_INT(import_large(store, path, round == 0, &report, &e), 0);
		CHECK_INT(report.added, round == 2 ? 0 : 2);
		CHECK_INT(report.unchanged, round == 2 ? 3 : 1);
		CHECK_INT(book_ask(other, "SELECT count(*) FROM contact"), round == 0 ? 1 : 3);
	}
	CHECK(find(other, "Large Photo") > 0);
	CHECK_INT(store_check(other, &e), 0);
}

/* Writes whenever the import says how far it is. */
struct beside {
	struct store *other;
	const char *sql; /* once; NULL: a touch of contact 1 each time */
	int written, rounds;
	uint64_t at; /* in the file */
};

static void write_beside(void *userdata, size_t file UNUSED, uint64_t bytes)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct beside *beside = userdata;
	struct err e = { "" };

	beside->rounds += bytes <= beside->at;
	beside->at = bytes;
	if (beside->sql && beside->written)
		return;
	book_must(store_begin(beside->other, &transaction, &e), &e);
	if (beside->sql)
		book_must(store_run(beside->other, &e, beside->sql, ""), &e);
	else
		book_must(touches_add(beside->other, 1, TODAY, "wrote", NULL, &e), &e);
	book_must(store_commit(&transaction, &e), &e);
	beside->written++;
}

/* Whoever writes beside it makes an import neither wait nor, as a rule, begin anew: what was read of the file
 * by then was read once. Where both changed the same contact, it does. */
static void import_of_a_large_file_beside_a_writer(void)
{
	static const struct {
		const char *sql;
		int rounds;
	} rows[] = {
		{ NULL, 1 },
		{ "UPDATE contact SET language='fr' WHERE name='Anna Müller'", 2 },
		{ "UPDATE contact SET language='fr' WHERE name='Other Person'", 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new(),
					     *other = book_open(store_path(store));
		_cleanup_report_ struct import_report report = { 0 };
		_cleanup_free_ char *path = str_dup(write_large(ANNA BEN));
		struct beside beside = { other, rows[i].sql, 0, 0, UINT64_MAX };
		char *const paths[] = { path };
		const struct import_options options = {
			.today = TODAY, .progress = write_beside, .userdata = &beside
		};
		struct err e = { "" };

		TEST_ROW("%zu", i);
		(void)book_contact(store, book_main(store), "Other Person", CONTACT_HAND);
		check_import(store,
			CARD("UID:anna\r\nFN:Anna Müller\r\nEMAIL:anna@example.org\r\n"),
			"+1 ~0 =0 -0 !0");
		CHECK_INT(
			import_files(store, book_main(store), paths, 1, &options, &report, &e), 0);
		CHECK_INT(report.added, 2);
		CHECK_INT(report.updated, 1);
		CHECK(beside.written > 0);
		CHECK_INT(book_ask(other, "SELECT count(*) FROM contact"), 4);
		CHECK_INT(book_ask(other, "SELECT count(*) FROM touch"),
			rows[i].sql ? 0 : beside.written);
		CHECK_INT(book_ask(other, "SELECT count(*) FROM contact WHERE language='fr'"),
			rows[i].sql != NULL);
		CHECK_INT(beside.rounds, rows[i].rounds);
		CHECK_INT(store_check(other, &e), 0);
	}
}

static void import_of_a_large_file_that_is_none(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_report_ struct import_report report = { 0 };
	_cleanup_free_ char *large = str_dup(write_large(ANNA)),
			    *none = str_dup(write_cards("Dear diary\r\n"));
	char *const paths[] = { large, none };
	const struct import_options options = { .today = TODAY };
	struct err e = { "" };

	CHECK_INT(import_files(store, book_main(store), paths, 2, &options, &report, &e), -EBADMSG);
	CHECK_INT(report.n_rejects, 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	book_contact(store, 1, "Anna", CONTACT_HAND);
}

static void import_of_a_large_file_while_another_writes(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(store_rollback) struct store *theirs = NULL;
	_cleanup_report_ struct import_report report = { 0 };
	struct err e = { "" };

	CHECK_INT(store_begin(other, &theirs, &e), 0);
	CHECK_INT(import_large(store, write_large(ANNA), false, &report, &e), -EBUSY);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
}

/* From some number of cards on all that the book knows is looked through once: that changes no answer. */
static void import_many_that_are_known_otherwise(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str first = STR_INIT, second = STR_INIT, third = STR_INIT;
	struct err e;

	for (int i = 0; i < 900; i++) {
		str_addf(&first,
			CARD("UID:a%d\r\nFN:Änne Nr%d\r\nEMAIL:p%d@example.org\r\nBDAY:19%02d-03-12\r\n"),
			i, i, i, i % 90 + 10);
		/* Another book: a third by address, a third by birthday, the others are new. */
		str_addf(&second,
			CARD("UID:b%d\r\nFN:AENNE NR%d\r\n%s%d@example.org\r\nBDAY:%s%02d03%s\r\n"),
			i, i, i % 3 == 0 ? "EMAIL:P" : "EMAIL:q", i, i % 2 ? "19" : "--",
			i % 2 ? i % 90 + 10 : 3, i % 2 ? "12" : "");
		str_addf(&third, CARD("UID:a%d\r\nFN:Änne Nr%d\r\n"), i / 2, i);
	}
	check_import(store, first.data, "+900 ~0 =0 -0 !0");
	CHECK_INT(contacts_remove(store, book_main(store), find(store, "Änne Nr899"), &e), 0);
	/* Whoever was removed has the birthday there. */
	check_import(store, second.data, "+300 ~299 =300 -1 !0");
	check_import(store, second.data, "+0 ~0 =899 -1 !0");
	/* Two cards of one number: the second is somebody else. */
	check_import(store, third.data, "+450 ~449 =1 -0 !0");
}

/* Two cards whose contacts were merged are one contact at every further import, in any order. */
static void import_knows_the_merged(void)
{
	static const char anna[] = CARD(
		"UID:anna\r\nFN:Anna Müller\r\nTEL:0173 5098235\r\nORG:Werft\r\n"
		"EMAIL:anna@example.org\r\nNOTE:Cello\r\nBDAY:1984-03-12\r\n"),
			  twin[] = CARD(
				  "UID:twin\r\nFN:A. Weber\r\nTEL:+49 173 5098235\r\nORG:Bank\r\n"
				  "NOTE:Chor\r\nBDAY:1984-03-13\r\nANNIVERSARY:--06-01\r\n"),
			  more[] = CARD(
				  "UID:twin\r\nFN:A. Weber\r\nTEL:+49 30 7654321\r\nTITLE:CEO\r\n");
	_cleanup_store_ struct store *store = book_new();
	_cleanup_merge_report_ struct merge_report report = { 0 };
	_cleanup_report_ struct import_report imported = { 0 };
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store), first, second;
	struct date day = { 2010, 6, 1 };
	struct err e;

	CHECK_INT(import_two(store, anna, twin, false, &imported, &e), 0);
	first = find(store, "Anna");
	second = find(store, "Weber");
	book_must(occasions_add(store, book, first, OCCASION_ANNIVERSARY, NULL, &day, CONTACT_HAND,
			  TODAY, &(int64_t){ 0 }, &e),
		&e);
	book_must(merge_contacts(store, book, first, second, TODAY, &report, &e), &e);
	check_import(store, anna, "+0 ~0 =1 -0 !0");
	check_import(store, twin, "+0 ~0 =1 -0 !0");
	for (int order = 0; order < 2; order++) {
		_cleanup_str_ struct str both = STR_INIT;

		str_addf(&both, "%s%s", order ? twin : anna, order ? anna : twin);
		TEST_ROW("order %d", order);
		check_import(store, str_text(&both), "+0 ~0 =2 -0 !0");
	}
	check_import(store, more, "+0 ~1 =0 -0 !0");
	book_must(contacts_load(store, book, first, &c, &e), &e);
	CHECK_TEXT(c.field[CONTACT_NAME], "Anna Müller");
	CHECK_TEXT(c.field[CONTACT_ORG], "Werft");
	CHECK_TEXT(c.field[CONTACT_TITLE], "CEO");
	CHECK_TEXT(c.field[CONTACT_NOTE], "Cello\n\nChor");
	CHECK_INT(c.n_values, 3);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM occasion"), 3);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
}

/* Of a merged contact without a key its names are known, with an address or a birthday. */
static void import_knows_the_merged_by_name(void)
{
	static const struct {
		const char *card, *report;
	} rows[] = {
		{ CARD("UID:1\r\nFN:Anni Weber\r\nEMAIL:a@example.org\r\n"), "+0 ~0 =1 -0 !0" },
		{ CARD("UID:2\r\nFN:Anni Weber\r\nBDAY:1984-03-12\r\n"), "+0 ~0 =1 -0 !0" },
		{ CARD("UID:3\r\nFN:Anni Weber\r\nBDAY:1984-03-13\r\n"), "+1 ~0 =0 -0 !0" },
		{ CARD("UID:4\r\nFN:Anni Weber\r\n"), "+1 ~0 =0 -0 !0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_merge_report_ struct merge_report report = { 0 };
		int64_t book = book_main(store), n,
			anna = book_contact(store, book, "Anna Müller", CONTACT_HAND),
			anni = book_contact(store, book, "Anni Weber", CONTACT_HAND);
		const struct date date = { 1984, 3, 12 };
		struct err e;

		TEST_ROW("row %zu", i);
		book_value(store, anna, CONTACT_EMAIL, "a@example.org");
		book_must(occasions_add(store, book, anni, OCCASION_BIRTHDAY, NULL, &date,
				  CONTACT_HAND, TODAY, &n, &e),
			&e);
		book_must(merge_contacts(store, book, anna, anni, TODAY, &report, &e), &e);
		check_import(store, rows[i].card, rows[i].report);
	}
}

TEST_MAIN(TEST(import_knows_the_merged), TEST(import_knows_the_merged_by_name),
	TEST(import_twice_is_nothing), TEST(import_holds_what_the_card_says),
	TEST(import_updated_export), TEST(import_keeps_what_was_typed),
	TEST(import_fills_in_what_nobody_typed), TEST(import_couples_stay_two),
	TEST(import_two_sources_of_one), TEST(import_of_the_same_source),
	TEST(import_same_card_twice), TEST(import_two_files), TEST(import_removed_stay_away),
	TEST(import_removed_by_name_stay_away), TEST(import_rejects_one_among_good_ones),
	TEST(import_rejects_what_is_too_long), TEST(import_of_nothing_is_an_error),
	TEST(import_maps_columns), TEST(import_of_no_file), TEST(import_dry_run),
	TEST(import_tags_all), TEST(import_of_the_book_itself), TEST(import_while_another_writes),
	TEST(import_many), TEST(import_many_that_are_known_otherwise),
	TEST(import_of_the_same_card_many_times), TEST(import_of_a_large_file),
	TEST(import_of_a_large_file_beside_a_writer), TEST(import_of_a_large_file_that_is_none),
	TEST(import_of_a_large_file_while_another_writes))
