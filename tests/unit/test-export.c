/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "book-fixture.h"
#include "book/followups.h"
#include "book/occasions.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "exchange/restore.h"
#include "exchange/uid.h"

#include <errno.h>
#include <stdio.h>

static char *path_new(const char *ending)
{
	static unsigned count;
	struct str path = STR_INIT;

	str_addf(&path, "%s/export-%u%s", test_folder(), ++count, ending);
	return str_take(&path);
}

static int64_t export_to(
	struct store *store, enum export_format format, enum occasion_leap leap, struct str *ret)
{
	_cleanup_free_ char *path = path_new("");
	const struct export_options options = { .format = format, .path = path, .leap_day = leap };
	struct err e = { "" };
	int64_t n = 0;

	book_must(export_book(store, 1, &options, &n, &e), &e);
	book_must(file_read(path, (size_t)64 << 20, ret, &e), &e);
	return n;
}

static void import_from(struct store *store, const char *text, struct import_report *report)
{
	_cleanup_free_ char *path = path_new(".vcf");
	const struct import_options options = { .today = TODAY };
	struct err e = { "" };
	FILE *f = fopen(path, "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
	book_must(import_files(store, 1, &path, 1, &options, report, &e), &e);
}

static void book_day(struct store *store, int64_t contact, const char *kind, const char *name,
	const struct date *date)
{
	struct err e = { "" };
	int64_t number;

	book_must(occasions_add(
			  store, 1, contact, kind, name, date, CONTACT_HAND, TODAY, &number, &e),
		&e);
}

/* Anna, of whom everything is known, typed by hand; Ben, by name alone; a leap day. */
static struct store *book_full(void)
{
	struct store *store = book_new();
	int64_t anna = book_contact(store, 1, "Anna Schmidt", CONTACT_HAND), ben;
	struct err e = { "" };

	book_must(contacts_set(store, anna, CONTACT_ORG, "Acme; Co", CONTACT_HAND, TODAY, &e), &e);
	book_must(contacts_set(store, anna, CONTACT_CITY, "Köln", CONTACT_HAND, TODAY, &e), &e);
	book_must(contacts_set(store, anna, CONTACT_NOTE, "1\nBEGIN:VCARD\n\\n,;\"", CONTACT_HAND,
			  TODAY, &e),
		&e);
	book_must(contacts_set(store, anna, CONTACT_LANGUAGE, "de", CONTACT_HAND, TODAY, &e), &e);
	book_value(store, anna, CONTACT_EMAIL, "anna@example.org");
	book_value(store, anna, CONTACT_PHONE, "+49 30 1");
	book_value(store, anna, CONTACT_TAG, "friends");
	book_value(store, anna, CONTACT_OFFERS, "PostgreSQL, all of it");
	book_day(store, anna, OCCASION_BIRTHDAY, NULL, &(struct date){ 1984, 2, 29 });
	book_day(store, anna, OCCASION_NAME_DAY, NULL, &(struct date){ 0, 7, 26 });
	book_day(store, anna, OCCASION_NAMED, "first day, Acme", &(struct date){ 2019, 4, 1 });
	ben = book_contact(store, 1, "🙂 מיכל; =cmd", CONTACT_HAND);
	book_day(store, ben, OCCASION_BIRTHDAY, NULL, &(struct date){ 0, 3, 12 });
	return store;
}

static void export_cards_come_back(void)
{
	for (int format = EXPORT_VCARD; format <= EXPORT_VCARD3; format++) {
		_cleanup_store_ struct store *store = book_full(), *fresh = book_new();
		_cleanup_str_ struct str first = STR_INIT, second = STR_INIT, third = STR_INIT;
		_cleanup_report_ struct import_report report = { 0 }, again = { 0 };

		TEST_ROW("%s", export_format_name((enum export_format)format));
		CHECK_INT(export_to(store, (enum export_format)format, 0, &first), 2);
		import_from(fresh, str_text(&first), &report);
		CHECK_INT(report.added, 2);
		export_to(fresh, (enum export_format)format, 0, &second);
		CHECK_TEXT(str_text(&second), str_text(&first));
		/* Where they came from they are known, and nothing is new. */
		import_from(store, str_text(&first), &again);
		CHECK_INT(again.added, 0);
		export_to(store, (enum export_format)format, 0, &third);
		CHECK_TEXT(str_text(&third), str_text(&first));
	}
}

/* What the book has no field for, in the spellings of those who write cards. */
static void export_keeps_what_was_brought(void)
{
	static const char cards[] =
		"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;A=\r\n"
		"nna;;Dr.;\r\nFN:Dr. Anna Mueller\r\nTEL;HOME;VOICE:1\r\nADR;WORK;PREF:;;Weg 1;Bonn;;53111;D\r\n"
		"LABEL;WORK:Weg 1=0D=0ABonn\r\nX-SKYPE:anna\r\nBDAY:circa 1800\r\nEND:VCARD\r\n"
		"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:b-1\r\nFN:Ben\r\nitem1.ADR:;;Weg 2;;;;\r\n"
		"item1.X-ABLabel:Boot\r\nitem2.EMAIL:b@example.org\r\nitem2.X-ABLabel:Büro\r\n"
		"IMPP;X-SERVICE-TYPE=\"a;b\":xmpp:b\r\nNICKNAME:B,Benny\r\nEND:VCARD\r\n";
	static const char *const kept[] = { "N:Müller;Anna;;Dr.;\r\n", "FN:Dr. Anna Mueller\r\n",
		"TEL;TYPE=home:1\r\n", "ADR;TYPE=WORK;PREF=1:;;Weg 1;Bonn;;53111;D\r\n",
		"X-LABEL;TYPE=WORK:", "X-SKYPE:anna\r\n", "NOTE:Birthday: circa 1800\r\n",
		"UID;VALUE=text:b-1\r\n", "item1.ADR:;;Weg 2;;;;\r\n", "item1.X-ABLabel:Boot\r\n",
		"item2.EMAIL:b@example.org\r\n", "item2.X-ABLabel:Büro\r\n",
		"IMPP;X-SERVICE-TYPE=\"a;b\":xmpp:b\r\n", "NICKNAME:B,Benny\r\n" };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_report_ struct import_report report = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	import_from(store, cards, &report);
	CHECK_INT(export_to(store, EXPORT_VCARD, 0, &out), 2);
	for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
		TEST_ROW("%s", kept[i]);
		CHECK(strstr(str_text(&out), kept[i]) != NULL);
	}
}

/* The parts of a name that is another one now are not those of the name. */
static void export_of_a_changed_name(void)
{
	static const struct {
		const char *name, *expected;
	} rows[] = {
		{ "Anna Müller", "FN:Anna Müller\r\nN:Müller;Anna;;;\r\n" },
		{ "Anna Schmidt", "FN:Anna Schmidt\r\nN:Schmidt;Anna;Maria;;\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_report_ struct import_report report = { 0 };
		_cleanup_str_ struct str out = STR_INIT;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].name);
		import_from(store,
			"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sandy\r\nN:Schmidt;Anna;Maria;;\r\nEND:VCARD\r\n",
			&report);
		export_to(store, EXPORT_VCARD, 0, &out);
		CHECK(strstr(str_text(&out), "FN:Sandy\r\nN:Schmidt;Anna;Maria;;\r\n") != NULL);
		book_must(
			contacts_set(store, 1, CONTACT_NAME, rows[i].name, CONTACT_HAND, TODAY, &e),
			&e);
		export_to(store, EXPORT_VCARD, 0, &out);
		CHECK(strstr(str_text(&out), rows[i].expected) != NULL);
	}
}

static void export_calendar_of_days(void)
{
	_cleanup_store_ struct store *store = book_full();
	_cleanup_str_ struct str out = STR_INIT, march = STR_INIT;
	struct err e = { "" };
	int64_t number;

	book_must(
		followups_add(store, 1, 1, "slides, all", TODAY + 5, 900, TODAY, &number, &e), &e);
	book_must(followups_add(store, 1, 0, "done", TODAY, -1, TODAY, &number, &e), &e);
	book_must(followups_set_done(store, 1, number, TODAY, NULL, &e), &e);
	book_must(occasions_drop(store, 1, 2, &e), &e);
	CHECK_INT(export_to(store, EXPORT_ICS, OCCASION_LEAP_FEB28, &out), 4);
	CHECK(strstr(str_text(&out),
		      "DTSTART;VALUE=DATE:19840229\r\nDURATION:P1D\r\n"
		      "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\n"
		      "SUMMARY:Anna Schmidt's birthday (1984)\r\n") != NULL);
	CHECK(strstr(str_text(&out), "SUMMARY:Anna Schmidt: first day\\, Acme (2019)\r\n") != NULL);
	CHECK(strstr(str_text(&out),
		      "DTSTART:20261128T150000\r\nDURATION:PT30M\r\nSUMMARY:Anna Schmidt: slides\\, all\r\n"
		      "DESCRIPTION:nudge done f1\r\n") != NULL);
	CHECK(strstr(str_text(&out), "name day") == NULL);
	export_to(store, EXPORT_ICS, OCCASION_LEAP_MAR1, &march);
	CHECK(strstr(str_text(&march), "RRULE:FREQ=YEARLY;BYYEARDAY=60\r\n") != NULL);
}

static void export_json_comes_back(void)
{
	_cleanup_store_ struct store *store = book_full(), *fresh = book_new();
	_cleanup_free_ char *path = path_new(".json");
	const struct export_options options = { .format = EXPORT_JSON, .path = path };
	_cleanup_str_ struct str first = STR_INIT, second = STR_INIT;
	struct archive_report report;
	struct err e = { "" };
	int64_t n;

	book_must(export_book(store, 1, &options, &n, &e), &e);
	CHECK_INT(file_read(path, 1 << 20, &first, &e), 0);
	CHECK_INT(restore_is_json(path, &e), 1);
	CHECK_INT(restore_book(fresh, 1, path, NULL, true, &report, &e), 0);
	CHECK_INT(report.contacts, 2);
	CHECK_INT(book_ask(fresh, "SELECT count(*) FROM contact"), 0);
	CHECK_INT(restore_book(fresh, 1, path, NULL, false, &report, &e), 0);
	CHECK_TEXT(e.text, "");
	export_to(fresh, EXPORT_JSON, 0, &second);
	CHECK_TEXT(str_text(&second), str_text(&first));
	CHECK_INT(restore_book(fresh, 1, path, NULL, false, &report, &e), -ENOTEMPTY);
	CHECK(str_starts(e.text, path));
}

/* The half of a document is nothing. */
static void export_json_cut_off(void)
{
	_cleanup_store_ struct store *store = book_full();
	_cleanup_free_ char *path = path_new(".json");
	_cleanup_str_ struct str whole = STR_INIT;

	export_to(store, EXPORT_JSON, 0, &whole);
	for (size_t n = 1; n + 2 < whole.len; n += 97) {
		_cleanup_store_ struct store *fresh = book_new();
		struct archive_report report;
		struct err e = { "" };
		FILE *f = fopen(path, "w");

		TEST_ROW("%zu bytes", n);
		if (!f || fwrite(whole.data, 1, n, f) != n || fclose(f) != 0)
			abort();
		CHECK_INT(restore_book(fresh, 1, path, NULL, false, &report, &e), -EBADMSG);
		CHECK_INT(
			book_ask(fresh,
				"SELECT (SELECT count(*) FROM contact) +"
				" (SELECT count(*) FROM counter) + (SELECT count(*) FROM search)"),
			0);
	}
}

static void export_leaves_the_database(void)
{
	_cleanup_store_ struct store *store = book_full();
	const struct export_options options = { .format = EXPORT_CSV, .path = store_path(store) };
	struct err e = { "" };
	int64_t n;

	CHECK_INT(export_book(store, 1, &options, &n, &e), -EEXIST);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 2);
}

/* Whoever reads slowly does not keep others from writing: nothing is read any more then. */
static void export_ends_its_reading_first(void)
{
	_cleanup_store_ struct store *store = book_full();
	_cleanup_str_ struct str out = STR_INIT;
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };

	export_to(store, EXPORT_VCARD, 0, &out);
	CHECK_INT(store_begin(store, &transaction, &e), 0);
}

static void export_formats_by_name(void)
{
	static const struct {
		const char *path;
		enum export_format format;
	} rows[] = {
		{ "a.vcf", EXPORT_VCARD },
		{ "a.b/c.CSV", EXPORT_CSV },
		{ "a.ics", EXPORT_ICS },
		{ "a.json", EXPORT_JSON },
		{ "a.txt", EXPORT_FORMAT_COUNT },
		{ "vcf", EXPORT_FORMAT_COUNT },
		{ "", EXPORT_FORMAT_COUNT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].path);
		CHECK_INT(export_format_of_path(rows[i].path), rows[i].format);
	}
	for (int i = 0; i < EXPORT_FORMAT_COUNT; i++)
		CHECK_INT(export_format_of(export_format_name((enum export_format)i)), i);
	CHECK_INT(export_format_of("pdf"), EXPORT_FORMAT_COUNT);
}

static void uid_names_its_contact(void)
{
	static const int64_t numbers[] = { 1, 15, 4096, ((int64_t)1 << 53) + 7 };
	_cleanup_store_ struct store *store = book_new(), *other = book_new();
	char uid[UID_SIZE];

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		TEST_ROW("%lld", (long long)numbers[i]);
		(void)uid_of_contact(store, numbers[i], uid);
		CHECK_INT(strlen(uid), 45);
		CHECK_INT(uid[9 + 14], '8');
		CHECK_INT(uid_contact(store, uid), numbers[i]);
		CHECK_INT(uid_contact(other, uid), 0);
		uid[44] = 'x';
		CHECK_INT(uid_contact(store, uid), 0);
	}
	CHECK_INT(uid_contact(store, ""), 0);
	CHECK_INT(uid_contact(store, "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"), 0);
}

TEST_MAIN(TEST(export_cards_come_back), TEST(export_keeps_what_was_brought),
	TEST(export_of_a_changed_name), TEST(export_calendar_of_days), TEST(export_json_comes_back),
	TEST(export_json_cut_off), TEST(export_leaves_the_database),
	TEST(export_ends_its_reading_first), TEST(export_formats_by_name),
	TEST(uid_names_its_contact))
