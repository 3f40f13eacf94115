/* SPDX-License-Identifier: MIT */
#include "format/csv_writer.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START                                                                                      \
	"First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Organization Name,"              \
	"Organization Title,Birthday,Notes,Labels"

#define ADDRESS                                                                                    \
	",Address 1 - Label,Address 1 - PO Box,Address 1 - Extended Address,"                      \
	"Address 1 - Street,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country"

/* A cell where a name without a blank stands. */
static void csv_writer_cells(void)
{
	static const struct {
		const char *text, *cell;
	} rows[] = {
		{ "Anna", "Anna" },
		{ "a,b", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"" },
		{ "a;b", "a;b" },
		{ "=cmd|'/c", "\"'=cmd|'/c\"" },
		{ "@SUM(1)", "\"'@SUM(1)\"" },
		{ "+x", "\"'+x\"" },
		{ "-x", "\"'-x\"" },
		{ "'=x", "\"''=x\"" },
		{ "'x", "'x" },
		{ "\tx", "\"'\tx\"" },
		{ "\rx", "\"'\rx\"" },
		{ "x=1", "x=1" },
		/* What a spreadsheet would reckon with, and no reader may lose. */
		{ "+49-30-1", "\" +49-30-1\"" },
		{ "--03-12", "\" --03-12\"" },
		{ "-2+3", "\" -2+3\"" },
		{ "🙂", "🙂" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct record record = { .name = rows[i].text };
		const struct csv_shape shape = { 0 };
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		csv_writer_add(&out, &shape, &record);
		str_addf(&expected, "%s,,,,,,,,,,\r\n", rows[i].cell);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

/* Lines that have columns of their own; what stands more than once, or oddly, is a line as vCard has it. */
static void csv_writer_lines(void)
{
	static const struct {
		const char *lines[3], *header, *cells;
	} rows[] = {
		{ { "NICKNAME:Annie" }, ",Nickname", ",Annie" },
		{ { "NICKNAME:Annie", "NICKNAME:An" }, ",Nudged vCard",
			",\"NICKNAME:Annie\nNICKNAME:An\"" },
		{ { "ORG:Acme;R\\, D" }, ",Organization Department", ",\"R, D\"" },
		{ { "ORG:Beta;Sales" }, ",Nudged vCard", ",ORG:Beta;Sales" },
		{ { "ORG:Acme;Sales;West" }, ",Nudged vCard", ",ORG:Acme;Sales;West" },
		{ { "item1.ADR;TYPE=home:;;Weg 1;Ulm;;89073;DE" }, ADDRESS,
			",Home,,,Weg 1,,89073,DE" },
		{ { "ADR;TYPE=WORK:;;Weg 1;Ulm;;;" }, ADDRESS, ",Work,,,Weg 1,,," },
		{ { "ADR;WORK:;;Weg 1;Ulm;;;" }, ADDRESS, ",Work,,,Weg 1,,," },
		{ { "ADR;type=HOME;type=pref:;;Weg 1;Ulm;;;" }, ADDRESS, ",* Home,,,Weg 1,,," },
		{ { "ADR;TYPE=\"intl,postal,parcel,work\";PREF=1:;;Weg 1;Ulm;;;" }, ADDRESS,
			",* Work,,,Weg 1,,," },
		{ { "ADR;TYPE=dom;PREF=1:;;Weg 1;Ulm;;;" }, ADDRESS, ",*,,,Weg 1,,," },
		{ { "ADR;TYPE=Other:;;Weg 1;Ulm;;;" }, ADDRESS, ",other,,,Weg 1,,," },
		{ { "item1.ADR:;;Weg 1;Ulm;;;", "ITEM1.X-ABLabel:Ferienhaus" }, ADDRESS,
			",Ferienhaus,,,Weg 1,,," },
		{ { "item1.X-ABLabel:_$!<School>!$_", "item1.ADR:;;Weg 1;Ulm;;;" }, ADDRESS,
			",School,,,Weg 1,,," },
		/* what would come back as something else is a line */
		{ { "item1.ADR:;;Weg 1;Ulm;;;", "item1.X-ABLabel:*eins" }, ADDRESS ",Nudged vCard",
			",,,,Weg 1,,,,item1.X-ABLabel:*eins" },
		{ { "item1.ADR;TYPE=work:;;Weg 1;Ulm;;;", "item2.X-ABLabel:Hof" },
			ADDRESS ",Nudged vCard", ",Work,,,Weg 1,,,,item2.X-ABLabel:Hof" },
		{ { "ADR:;;Weg 1;Bonn;;;" }, ",Nudged vCard", ",ADR:;;Weg 1;Bonn;;;" },
		{ { "ADR:;;Weg 1;Ulm; 1;;" }, ",Nudged vCard", ",ADR:;;Weg 1;Ulm; 1;;" },
		{ { "ADR:;;Weg 1;Ulm" }, ",Nudged vCard", ",ADR:;;Weg 1;Ulm" },
		{ { "ADR:;;Weg 1;Ulm;;;", "ADR:;;Hof 2;Ulm;;;" }, ",Nudged vCard",
			",\"ADR:;;Weg 1;Ulm;;;\nADR:;;Hof 2;Ulm;;;\"" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;
		struct csv_shape shape = { 0 };

		TEST_ROW("%s", rows[i].lines[0]);
		record.name = "Anna";
		record.org = "Acme";
		record.city = "Ulm";
		for (size_t k = 0; k < 3 && rows[i].lines[k]; k++)
			CHECK_INT(
				record_add_value(&record, RECORD_EXTRA, NULL, rows[i].lines[k]), 0);
		csv_shape_grow(&shape, &record);
		csv_writer_begin(&out, &shape);
		csv_writer_add(&out, &shape, &record);
		str_addf(&expected,
			"\xef\xbb\xbf" START ",Address 1 - City%s\r\nAnna,,,,,Acme,,,,,Ulm%s\r\n",
			rows[i].header, rows[i].cells);
		CHECK_TEXT(str_text(&out), str_text(&expected));
		csv_shape_done(&shape);
	}
}

/* Columns of other tables come back under their names, in one order whoever had them first. */
static void csv_writer_kept(void)
{
	static const char *const annas[] = { "X-SPOUSE;X-COLUMN=Spouse:Otto",
		"X-SHOE;X-COLUMN=Shoe:=1+2", "X-SHOE;X-COLUMN=Shoe:43", "X-SKYPE:anna.s",
		"N:Schmidt;Anna;;;" };
	static const char *const bens[] = { "X-CMD;X-COLUMN==cmd:a\\, b\\nc" };
	_cleanup_record_ struct record anna = RECORD_INIT, ben = RECORD_INIT;
	_cleanup_(csv_shape_done) struct csv_shape shape = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	anna.name = "Anna Schmidt";
	ben.name = "Ben";
	for (size_t i = 0; i < ARRAY_SIZE(annas); i++)
		CHECK_INT(record_add_value(&anna, RECORD_EXTRA, NULL, annas[i]), 0);
	for (size_t i = 0; i < ARRAY_SIZE(bens); i++)
		CHECK_INT(record_add_value(&ben, RECORD_EXTRA, NULL, bens[i]), 0);
	csv_shape_grow(&shape, &anna);
	csv_shape_grow(&shape, &ben);
	csv_writer_begin(&out, &shape);
	csv_writer_add(&out, &shape, &anna);
	csv_writer_add(&out, &shape, &ben);
	CHECK_TEXT(str_text(&out),
		"\xef\xbb\xbf" START ",Address 1 - City,\"'=cmd\",Shoe,Spouse,Nudged vCard\r\n"
		"Anna,,Schmidt,,,,,,,,,,\"'=1+2\",Otto,\"X-SHOE;X-COLUMN=Shoe:43\nX-SKYPE:anna.s\"\r\n"
		"Ben,,,,,,,,,,,\"a, b\nc\",,,\r\n");
}

/* Further columns are lines; what is too much for one cell goes into another. */
static void csv_writer_kept_at_its_limits(void)
{
	_cleanup_record_ struct record anna = RECORD_INIT;
	_cleanup_(csv_shape_done) struct csv_shape shape = { 0 };
	_cleanup_str_ struct str out = STR_INIT;
	char *text = malloc(40 * 1024);

	anna.name = "Anna";
	for (unsigned i = 0; i <= CSV_KEPT_MAX; i++) {
		char line[40];

		(void)snprintf(line, sizeof(line), "X-C-%u;X-COLUMN=c %u:1", i, i);
		CHECK_INT(record_add_value(&anna, RECORD_EXTRA, NULL, line), 0);
	}
	for (char c = 'A'; text && c <= 'B'; c++) {
		memset(text, c, 40 * 1024 - 1);
		memcpy(text, "X-A:", 4);
		text[40 * 1024 - 1] = '\0';
		CHECK_INT(record_add_value(&anna, RECORD_EXTRA, NULL, text), 0);
	}
	free(text);
	csv_shape_grow(&shape, &anna);
	CHECK_INT(shape.n_kept, CSV_KEPT_MAX);
	CHECK_INT(shape.lines, 2);
	csv_writer_begin(&out, &shape);
	CHECK(strstr(str_text(&out), ",c 99,Nudged vCard,Nudged vCard 2\r\n") != NULL);
	csv_writer_add(&out, &shape, &anna);
	CHECK(strstr(str_text(&out), ",1,\"X-C-400;X-COLUMN=c 400:1\nX-A:AAA") != NULL);
	CHECK(strstr(str_text(&out), "AAA\",X-A:BBB") != NULL);
}

static void csv_writer_names(void)
{
	static const struct {
		const char *name, *line, *cells;
	} rows[] = {
		{ "Anna Schmidt", NULL, "Anna,,Schmidt,," },
		{ "Anna Maria Schmidt", NULL, "Anna Maria,,Schmidt,," },
		{ "Dr. Anna M. Schmidt jr.", "N:Schmidt;Anna;M.;Dr.;jr.",
			"Anna,M.,Schmidt,Dr.,jr." },
		/* Parts that are not the name would change it at a re-import. */
		{ "Anna Müller", "N:Schmidt;Anna;;;", "Anna,,Müller,," },
		{ "Anna Schmidt", "N:Schmidt;Anna;;Ms.;", "Anna,,Schmidt,Ms.," },
		{ "Ms. Anna Schmidt", "N:Schmidt;Anna;;Ms.;", "Ms. Anna,,Schmidt,," },
		{ "Schmidt\\, Anna", "N:Schmidt;Anna;;;", "\"Schmidt\\,\",,Anna,," },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		const struct csv_shape shape = { 0 };
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("%s", rows[i].name);
		record.name = rows[i].name;
		if (rows[i].line)
			CHECK_INT(record_add_value(&record, RECORD_EXTRA, NULL, rows[i].line), 0);
		csv_writer_add(&out, &shape, &record);
		str_addf(&expected, "%s,,,,,,\r\n", rows[i].cells);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

/* What readers put into the name's place by themselves stands in its own column alone. */
static void csv_writer_without_a_name(void)
{
	static const struct {
		const char *name, *org, *email, *cells;
	} rows[] = {
		{ "Acme Co", "Acme Co", "a@example.org", ",,,,,Acme Co" },
		{ "a@example.org", NULL, "a@example.org", ",,,,," },
		{ "a@example.org", "Acme Co", "a@example.org", "a@example.org,,,,,Acme Co" },
		{ "a@example.org", NULL, "b@example.org", "a@example.org,,,,," },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		const struct csv_shape shape = { 0 };
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("row %zu", i);
		record.name = rows[i].name;
		record.org = rows[i].org;
		CHECK_INT(record_add_value(&record, RECORD_EMAIL, NULL, rows[i].email), 0);
		csv_writer_add(&out, &shape, &record);
		str_addf(&expected, "%s,,,,,\r\n", rows[i].cells);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

static void csv_writer_many_days(void)
{
	_cleanup_record_ struct record anna = RECORD_INIT;
	struct csv_shape shape = { 0 };
	_cleanup_str_ struct str out = STR_INIT;
	size_t days = 0;
	char name[16];

	anna.name = "Anna";
	for (int i = 0; i < CSV_EVENTS_MAX + 1; i++) {
		(void)snprintf(name, sizeof(name), "day %d", i);
		CHECK_INT(record_add_occasion(
				  &anna, RECORD_NAMED, name, &(struct date){ 2010, 6, 5 }),
			0);
	}
	csv_shape_grow(&shape, &anna);
	CHECK_INT(shape.events, CSV_EVENTS_MAX);
	csv_writer_add(&out, &shape, &anna);
	for (const char *p = out.data; (p = strstr(p, ",day ")); p++)
		days++;
	CHECK_INT(days, CSV_EVENTS_MAX);
}

/* Google's star stands before what is preferred. */
static void csv_writer_labels(void)
{
	static const struct {
		const char *label, *cell;
	} rows[] = {
		{ NULL, "" },
		{ "home", "home" },
		{ "home pref", "* home" },
		{ "pref", "*" },
		{ "spref", "spref" },
		{ "=x", "\"'=x\"" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		struct csv_shape shape = { 0 };
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("%s", rows[i].cell);
		record.name = "Anna";
		CHECK_INT(record_add_value(&record, RECORD_EMAIL, rows[i].label, "a@x"), 0);
		csv_shape_grow(&shape, &record);
		csv_writer_add(&out, &shape, &record);
		str_addf(&expected, "Anna,,,,,,,,,,%s,a@x,\r\n", rows[i].cell);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

static void csv_writer_tags(void)
{
	static const struct {
		const char *tags[2], *cell;
	} rows[] = {
		{ { "a", NULL }, "a" },
		{ { "a", "b" }, "a ::: b" },
		{ { "a, b", NULL }, "\"a, b ::: \"" },
		{ { "a;b", NULL }, "a;b ::: " },
		{ { "a, b", "c" }, "\"a, b ::: c\"" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		const struct csv_shape shape = { 0 };
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("%s", rows[i].cell);
		record.name = "Anna";
		for (size_t k = 0; k < 2 && rows[i].tags[k]; k++)
			CHECK_INT(record_add_value(&record, RECORD_TAG, NULL, rows[i].tags[k]), 0);
		csv_writer_add(&out, &shape, &record);
		str_addf(&expected, "Anna,,,,,,,,,%s,\r\n", rows[i].cell);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

/* Columns that nobody needs are left out; a cell of ours may be a formula too. */
static void csv_writer_own_columns(void)
{
	_cleanup_record_ struct record anna = RECORD_INIT;
	struct record ben = { .name = "Ben", .uid = "u:2" };
	struct csv_shape shape = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	anna.name = "Anna";
	anna.own[RECORD_SALUTATION] = "=1";
	CHECK_INT(record_add_value(&anna, RECORD_SEEKS, NULL, "a"), 0);
	CHECK_INT(record_add_value(&anna, RECORD_SEEKS, NULL, "b"), 0);
	csv_shape_grow(&shape, &anna);
	csv_shape_grow(&shape, &ben);
	csv_writer_begin(&out, &shape);
	csv_writer_add(&out, &shape, &anna);
	csv_writer_add(&out, &shape, &ben);
	CHECK_TEXT(str_text(&out),
		"\xef\xbb\xbf" START
		",Address 1 - City,Nudged Seeks,Nudged Salutation,Nudged UID\r\n"
		"Anna,,,,,,,,,,,a ::: b,\"'=1\",\r\n"
		"Ben,,,,,,,,,,,,,u:2\r\n");
}

static void csv_fill(struct record *record, size_t phones)
{
	char text[16];

	record->name = "Anna Schmidt";
	record->org = "Acme";
	record->title = "CEO";
	record->city = "Bonn";
	record->note = "1\n2";
	CHECK_INT(record_add_value(record, RECORD_EMAIL, "work", "a@example.org"), 0);
	CHECK_INT(record_add_value(record, RECORD_TAG, NULL, "x"), 0);
	CHECK_INT(record_add_value(record, RECORD_TAG, NULL, "y"), 0);
	CHECK_INT(record_add_value(record, RECORD_LINK, NULL, "https://a.example"), 0);
	for (size_t i = 1; i <= phones; i++) {
		(void)snprintf(text, sizeof(text), "%zu", i);
		CHECK_INT(record_add_value(record, RECORD_PHONE, i == 1 ? "cell" : NULL, text), 0);
	}
	CHECK_INT(
		record_add_occasion(record, RECORD_ANNIVERSARY, NULL, &(struct date){ 2010, 6, 5 }),
		0);
	CHECK_INT(record_add_occasion(record, RECORD_BIRTHDAY, NULL, &(struct date){ 1984, 3, 12 }),
		0);
	CHECK_INT(record_add_occasion(record, RECORD_NAMED, "name day", &(struct date){ 0, 7, 26 }),
		0);
}

static void csv_writer_columns(void)
{
	_cleanup_record_ struct record anna = RECORD_INIT;
	const struct record ben = { .name = "Ben" };
	struct csv_shape shape = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	csv_fill(&anna, 2);
	csv_shape_grow(&shape, &anna);
	csv_shape_grow(&shape, &ben);
	csv_writer_begin(&out, &shape);
	csv_writer_add(&out, &shape, &ben);
	csv_writer_add(&out, &shape, &anna);
	CHECK_TEXT(str_text(&out),
		"\xef\xbb\xbf" START
		",E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
		"Phone 2 - Label,Phone 2 - Value,Address 1 - City,Website 1 - Label,Website 1 - Value,"
		"Event 1 - Label,Event 1 - Value,Event 2 - Label,Event 2 - Value\r\n"
		"Ben,,,,,,,,,,,,,,,,,,,,,,\r\n"
		"Anna,,Schmidt,,,Acme,CEO,1984-03-12,\"1\n2\",x ::: y,work,a@example.org,cell,1,,2,Bonn,,"
		"https://a.example,Anniversary,2010-06-05,name day,\" --07-26\"\r\n");
}

static void csv_writer_more_than_columns(void)
{
	_cleanup_record_ struct record anna = RECORD_INIT;
	struct csv_shape shape = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	csv_fill(&anna, CSV_EACH_MAX + 2);
	csv_shape_grow(&shape, &anna);
	CHECK_INT(shape.phones, CSV_EACH_MAX);
	csv_writer_add(&out, &shape, &anna);
	CHECK(strstr(str_text(&out), ",cell,1,,2,,3,,4,,5,,6,,7,,8 ::: 9 ::: 10,Bonn,") != NULL);
}

TEST_MAIN(TEST(csv_writer_cells), TEST(csv_writer_lines), TEST(csv_writer_kept),
	TEST(csv_writer_kept_at_its_limits), TEST(csv_writer_names), TEST(csv_writer_columns),
	TEST(csv_writer_more_than_columns), TEST(csv_writer_without_a_name),
	TEST(csv_writer_many_days), TEST(csv_writer_labels), TEST(csv_writer_tags),
	TEST(csv_writer_own_columns))
