/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "core/utf8.h"
#include "format/vcard.h"
#include "format/vcard_writer.h"
#include "test.h"

#include <string.h>

#define HEAD  "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//nudged//nudge//EN\r\n"
#define HEAD3 "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//nudged//nudge//EN\r\n"
#define TAIL  "END:VCARD\r\n"
#define NAME  "FN:Anna Schmidt\r\nN:Schmidt;Anna;;;\r\n"

struct writing {
	struct str *out;
	enum vcard_version version;
	int cards, rejects;
};

static int write_record(void *userdata, const struct record *record)
{
	struct writing *w = userdata;

	vcard_writer_add(w->out, record, w->version);
	w->cards++;
	return 0;
}

static int write_reject(void *userdata, uint64_t line, const char *reason)
{
	struct writing *w = userdata;

	(void)line;
	(void)reason;
	w->rejects++;
	return 0;
}

/* What is read from `cards`, written; how many cards. */
static int rewrite(const char *cards, enum vcard_version version, struct str *out)
{
	struct writing w = { .out = out, .version = version };
	const struct record_handler handler = { write_record, write_reject, &w, NULL };
	_cleanup_(vcard_reader_freep) struct vcard_reader *reader = NULL;

	CHECK_INT(vcard_reader_new(&reader, &handler, NULL), 0);
	CHECK_INT(vcard_reader_push(reader, cards, strlen(cards)), 0);
	CHECK_INT(vcard_reader_end(reader), 0);
	CHECK_INT(w.rejects, 0);
	return w.cards;
}

/* `given` between BEGIN and END of a card comes out as `expected` behind the head, and as the same once
 * more from what came out. */
static void check_card(const char *given, enum vcard_version version, const char *expected)
{
	_cleanup_str_ struct str card = STR_INIT, out = STR_INIT, again = STR_INIT,
				 whole = STR_INIT;

	TEST_ROW("%s in %s", given, version == VCARD_3 ? "3.0" : "4.0");
	str_addf(&card, "BEGIN:VCARD\r\n%s" TAIL, given);
	str_addf(&whole, "%s%s" TAIL, version == VCARD_3 ? HEAD3 : HEAD, expected);
	CHECK_INT(rewrite(str_text(&card), version, &out), 1);
	CHECK_TEXT(str_text(&out), str_text(&whole));
	CHECK_INT(rewrite(str_text(&out), version, &again), 1);
	CHECK_TEXT(str_text(&again), str_text(&out));
}

static void vcard_writer_fields(void)
{
	static const struct {
		const char *given, *expected;
	} rows[] = {
		{ "FN:Anna Schmidt\r\n", NAME },
		{ "FN:Anna Maria Schmidt\r\n",
			"FN:Anna Maria Schmidt\r\nN:Schmidt;Anna Maria;;;\r\n" },
		{ "FN:Anna\r\n", "FN:Anna\r\nN:;Anna;;;\r\n" },
		/* The parts that were given are kept, also those the name does not tell. */
		{ "FN:Schmidt\\, A.\r\nN:Schmidt;Anna;M.;Dr.;\r\n",
			"FN:Schmidt\\, A.\r\nN:Schmidt;Anna;M.;Dr.;\r\n" },
		{ "ORG:Acme\\, Inc.;Sales\r\n",
			"FN:Acme\\, Inc.\r\nN:;;;;\r\nORG:Acme\\, Inc.;Sales\r\n" },
		{ "EMAIL:a@example.org\r\n",
			"FN:a@example.org\r\nN:;;;;\r\nEMAIL:a@example.org\r\n" },
		{ "FN:Anna Schmidt\r\nORG:Acme\\; Co\r\nTITLE:CEO\\, boss\r\n",
			NAME "ORG:Acme\\; Co\r\nTITLE:CEO\\, boss\r\n" },
		{ "FN:Anna Schmidt\r\nADR:;;;Bonn;;;\r\n", NAME "ADR:;;;Bonn;;;\r\n" },
		{ "FN:Anna Schmidt\r\nADR;TYPE=home:;;Weg 1;Bonn;;53111;\r\n",
			NAME "ADR;TYPE=home:;;Weg 1;Bonn;;53111;\r\n" },
		{ "FN:Anna Schmidt\r\nCATEGORIES:b,a\r\n", NAME "CATEGORIES:b,a\r\n" },
		{ "FN:Anna Schmidt\r\nNOTE:1\\n2\\, 3\\; 4 \\\\n\r\n",
			NAME "NOTE:1\\n2\\, 3\\; 4 \\\\n\r\n" },
		/* What looks like a card is a text, and no line begins with it. */
		{ "FN:Anna Schmidt\r\nNOTE:\\nBEGIN:VCARD\\nEND:VCARD\r\n",
			NAME "NOTE:\\nBEGIN:VCARD\\nEND:VCARD\r\n" },
		{ "FN:Anna Schmidt\r\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\n",
			"UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\n" NAME },
		{ "FN:Anna Schmidt\r\nUID:12\\,3\r\n", "UID;VALUE=text:12\\,3\r\n" NAME },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check_card(rows[i].given, VCARD_4, rows[i].expected);
}

static void vcard_writer_values(void)
{
	static const struct {
		const char *given, *in_4, *in_3; /* in_3 NULL: the same */
	} rows[] = {
		{ "EMAIL;TYPE=INTERNET,WORK:a@example.org\r\n", "EMAIL;TYPE=work:a@example.org\r\n",
			NULL },
		{ "TEL;TYPE=home,fax:+49 30 1\r\n", "TEL;TYPE=home,fax:+49 30 1\r\n", NULL },
		{ "TEL;TYPE=car:1\r\n", "item1.TEL:1\r\nitem1.X-ABLabel:car\r\n",
			"TEL;TYPE=car:1\r\n" },
		/* A label that is no type of that property stands beside it. */
		{ "EMAIL;TYPE=cell:a@example.org\r\n",
			"item1.EMAIL:a@example.org\r\nitem1.X-ABLabel:cell\r\n", NULL },
		{ "x.TEL:1\r\nx.X-ABLabel:Büro\\, 2. Stock\r\n",
			"item1.TEL:1\r\nitem1.X-ABLabel:Büro\\, 2. Stock\r\n", NULL },
		{ "item5.URL:http://a.example\r\nitem5.X-ABLabel:_$!<HomePage>!$_\r\n",
			"item1.URL:http://a.example\r\nitem1.X-ABLabel:_$!<HomePage>!$_\r\n",
			NULL },
		{ "URL:http://a.example/?b=1\\,2;c\\\\d\r\n",
			"URL:http://a.example/?b=1\\,2;c%5Cd\r\n", NULL },
		/* Groups of what is preserved stay, ours begin behind them. */
		{ "item1.X-FOO:1\r\nITEM7.X-BAR:2\r\ny.TEL:1\r\ny.X-ABLabel:z\r\n",
			"item8.TEL:1\r\nitem8.X-ABLabel:z\r\nitem1.X-FOO:1\r\nITEM7.X-BAR:2\r\n",
			NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int version = VCARD_3; version <= VCARD_4; version++) {
			_cleanup_str_ struct str given = STR_INIT, expected = STR_INIT;
			const char *in_3 = rows[i].in_3 ? rows[i].in_3 : rows[i].in_4;

			str_addf(&given, "FN:Anna Schmidt\r\n%s", rows[i].given);
			str_addf(&expected, NAME "%s", version == VCARD_3 ? in_3 : rows[i].in_4);
			check_card(
				str_text(&given), (enum vcard_version)version, str_text(&expected));
		}
}

static void vcard_writer_days(void)
{
	static const struct {
		const char *given, *in_4, *in_3;
	} rows[] = {
		{ "BDAY:1984-03-12\r\n", "BDAY:19840312\r\n", "BDAY:1984-03-12\r\n" },
		{ "BDAY:--0229\r\n", "BDAY:--0229\r\n",
			"BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n" },
		{ "ANNIVERSARY:20100605\r\n", "ANNIVERSARY:20100605\r\n",
			"item1.X-ABDATE:2010-06-05\r\nitem1.X-ABLabel:_$!<Anniversary>!$_\r\n" },
		{ "ANNIVERSARY:--0605\r\nX-ANNIVERSARY:2011-01-01\r\n",
			"ANNIVERSARY:--0605\r\nitem1.X-ABDATE:2011-01-01\r\n"
			"item1.X-ABLabel:_$!<Anniversary>!$_\r\n",
			"item1.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-06-05\r\n"
			"item1.X-ABLabel:_$!<Anniversary>!$_\r\n"
			"item2.X-ABDATE:2011-01-01\r\nitem2.X-ABLabel:_$!<Anniversary>!$_\r\n" },
		{ "a.X-ABDATE:--07-26\r\na.X-ABLabel:Namenstag\\; Anna\r\n",
			"item1.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-07-26\r\n"
			"item1.X-ABLabel:Namenstag\\; Anna\r\n",
			"item1.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-07-26\r\n"
			"item1.X-ABLabel:Namenstag\\; Anna\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str given = STR_INIT, in_4 = STR_INIT, in_3 = STR_INIT;

		str_addf(&given, "FN:Anna Schmidt\r\n%s", rows[i].given);
		str_addf(&in_4, NAME "%s", rows[i].in_4);
		str_addf(&in_3, NAME "%s", rows[i].in_3);
		check_card(str_text(&given), VCARD_4, str_text(&in_4));
		check_card(str_text(&given), VCARD_3, str_text(&in_3));
	}
}

/* What no field holds is valid in the version that is written, whatever it was. */
static void vcard_writer_preserved(void)
{
	static const struct {
		const char *given, *in_4, *in_3;
	} rows[] = {
		{ "X-SKYPE;TYPE=home:anna\r\n", "X-SKYPE;TYPE=home:anna\r\n",
			"X-SKYPE;TYPE=home:anna\r\n" },
		{ "NICKNAME:Ännchen,Anni\r\n", "NICKNAME:Ännchen,Anni\r\n",
			"NICKNAME:Ännchen,Anni\r\n" },
		/* vCard 2.1 names no parameter. */
		{ "IMPP;HOME;PREF:xmpp:a@example.org\r\n",
			"IMPP;TYPE=HOME;PREF=1:xmpp:a@example.org\r\n",
			"IMPP;TYPE=HOME;TYPE=PREF:xmpp:a@example.org\r\n" },
		{ "IMPP;PREF=2:a\r\n", "IMPP;PREF=2:a\r\n", "IMPP;TYPE=pref:a\r\n" },
		{ "X-A;B=\"c;d:e\",f:1\r\n", "X-A;B=\"c;d:e\",f:1\r\n", "X-A;B=\"c;d:e\",f:1\r\n" },
		{ "X-A;B=:1\r\n", "X-A;B=:1\r\n", "X-A;B=:1\r\n" },
		/* What 4.0 has dropped, and what frames a card or is there already. */
		{ "LABEL:Weg 1\\nBonn\r\n", "X-LABEL:Weg 1\\nBonn\r\n", "LABEL:Weg 1\\nBonn\r\n" },
		{ "PROFILE:vCard\r\n", "X-PROFILE:vCard\r\n", "X-PROFILE:vCard\r\n" },
		{ "FN:Annie\r\n", "FN:Annie\r\n", "X-FN:Annie\r\n" },
		/* An organisation's comma is none of a list. */
		{ "ORG:A, B;C\r\n", "ORG:A\\, B;C\r\n", "ORG:A\\, B;C\r\n" },
		{ "ADR:;;Weg 1;;;;\r\n", "ADR:;;Weg 1;;;;\r\n", "ADR:;;Weg 1;;;;\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str given = STR_INIT, in_4 = STR_INIT, in_3 = STR_INIT;

		str_addf(&given, "FN:Anna Schmidt\r\n%s", rows[i].given);
		str_addf(&in_4, NAME "%s", rows[i].in_4);
		str_addf(&in_3, NAME "%s", rows[i].in_3);
		check_card(str_text(&given), VCARD_4, str_text(&in_4));
		check_card(str_text(&given), VCARD_3, str_text(&in_3));
	}
}

static void vcard_writer_preferences(void)
{
	static const struct {
		const char *given, *in_4, *in_3;
	} rows[] = {
		{ "EMAIL;PREF=7:b@x\r\nEMAIL;TYPE=home;PREF=1:a@x\r\n",
			"EMAIL;TYPE=home;PREF=1:a@x\r\nEMAIL:b@x\r\n",
			"EMAIL;TYPE=home;TYPE=pref:a@x\r\nEMAIL:b@x\r\n" },
		{ "TEL:2\r\nTEL;PREF:1\r\n", "TEL;PREF=1:1\r\nTEL:2\r\n",
			"TEL;TYPE=pref:1\r\nTEL:2\r\n" },
		{ "URL:b\r\nitem2.URL;PREF=1:a\r\nitem2.X-ABLabel:Büro\r\n",
			"item1.URL;PREF=1:a\r\nitem1.X-ABLabel:Büro\r\nURL:b\r\n",
			"item1.URL;TYPE=pref:a\r\nitem1.X-ABLabel:Büro\r\nURL:b\r\n" },
		/* A type beside a label. */
		{ "item2.EMAIL;TYPE=work:a@x\r\nitem2.X-ABLabel:Boot\r\nEMAIL;PREF=1:b@x\r\n",
			"EMAIL;PREF=1:b@x\r\nitem1.EMAIL;TYPE=work:a@x\r\nitem1.X-ABLabel:Boot\r\n",
			"EMAIL;TYPE=pref:b@x\r\nitem1.EMAIL;TYPE=work:a@x\r\nitem1.X-ABLabel:Boot\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str given = STR_INIT, in_4 = STR_INIT, in_3 = STR_INIT;

		str_addf(&given, "FN:Anna Schmidt\r\n%s", rows[i].given);
		str_addf(&in_4, NAME "%s", rows[i].in_4);
		str_addf(&in_3, NAME "%s", rows[i].in_3);
		check_card(str_text(&given), VCARD_4, str_text(&in_4));
		check_card(str_text(&given), VCARD_3, str_text(&in_3));
	}
}

/* Two were preferred, of which one is left in its place; and a type whose value is gone. */
static void vcard_writer_of_what_is_left(void)
{
	_cleanup_record_ struct record record = RECORD_INIT;
	_cleanup_str_ struct str out = STR_INIT;

	record.name = "Anna Schmidt";
	CHECK_INT(record_add_value(&record, RECORD_EMAIL, NULL, "a@x"), 0);
	CHECK_INT(record_add_value(&record, RECORD_EMAIL, "home pref", "b@x"), 0);
	CHECK_INT(record_add_value(&record, RECORD_EXTRA, NULL, "EMAIL;TYPE=work:c@x"), 0);
	vcard_writer_add(&out, &record, VCARD_4);
	CHECK_TEXT(str_text(&out), HEAD NAME "EMAIL:a@x\r\nEMAIL;TYPE=home:b@x\r\n" TAIL);
}

static void vcard_writer_own(void)
{
	static const struct {
		const char *given, *expected;
	} rows[] = {
		{ "PRODID:-//nudged//nudge//EN\r\nFN:Anna Schmidt\r\nX-NUDGE-EVERY:6w\r\n"
		  "X-NUDGE-SEEKS:a\\, b\r\nCATEGORIES:a\\,b\r\n",
			NAME "CATEGORIES:a\\,b\r\nX-NUDGE-SEEKS:a\\, b\r\nX-NUDGE-EVERY:6w\r\n" },
		/* What a stranger says is not said in our name. */
		{ "FN:Anna Schmidt\r\nX-NUDGE-EVERY:6w\r\nX-NUDGE-SEEKS:a\r\nX-NUDGE-NEW:b\r\n",
			NAME "X-X-NUDGE-EVERY:6w\r\nX-X-NUDGE-SEEKS:a\r\nX-NUDGE-NEW:b\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check_card(rows[i].given, VCARD_4, rows[i].expected);
		check_card(rows[i].given, VCARD_3, rows[i].expected);
	}
}

/* Lines that no reader made, as another format's reader may hand them over. */
static void vcard_writer_strange_lines(void)
{
	static const struct {
		const char *line, *expected;
	} rows[] = {
		{ "no property at all", "X-EXTRA:no property at all\r\n" },
		{ "BEGIN:VCARD", "X-BEGIN:VCARD\r\n" },
		{ "END:VCARD", "X-END:VCARD\r\n" },
		{ "VERSION:2.1", "X-VERSION:2.1\r\n" },
		{ "X-A:1\r\nEND:VCARD", "X-A:1END:VCARD\r\n" },
		{ "UID:other", "X-UID:other\r\n" },
		{ "X-A;B\x01=c:1", "X-A:1\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("%s", rows[i].line);
		record.name = "Anna Schmidt";
		CHECK_INT(record_add_value(&record, RECORD_EXTRA, NULL, rows[i].line), 0);
		vcard_writer_add(&out, &record, VCARD_4);
		str_addf(&expected, HEAD NAME "%s" TAIL, rows[i].expected);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

static void vcard_writer_folds(void)
{
	_cleanup_str_ struct str given = STR_INIT, out = STR_INIT, again = STR_INIT;
	size_t column = 0;

	str_add(&given, "BEGIN:VCARD\r\nFN:");
	for (int i = 0; i < 300; i++)
		str_add(&given, i % 3 ? "é" : "🙂");
	str_add(&given, "\r\nNOTE:");
	for (int i = 0; i < 200; i++)
		str_add(&given, i % 2 ? "؟שלום " : "aé€");
	str_add(&given, "\r\n" TAIL);
	CHECK_INT(rewrite(str_text(&given), VCARD_4, &out), 1);
	for (const char *p = str_text(&out), *line = p; *p; p++) {
		column++;
		if (*p != '\n')
			continue;
		CHECK(column <= 77 && utf8_valid(line, column));
		line = p + 1;
		column = 0;
	}
	CHECK_INT(rewrite(str_text(&out), VCARD_4, &again), 1);
	CHECK_TEXT(str_text(&again), str_text(&out));
}

static void vcard_writer_lines_that_are_the_same(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "ADR;HOME;PREF:;;Weg 1;;;;", "ADR;TYPE=HOME;PREF=1:;;Weg 1;;;;", true },
		{ "LABEL:x", "X-LABEL:x", true },
		{ "ORG:A, B;C", "ORG:A\\, B;C", true },
		{ "X-A:1", "X-A:2", false },
		{ "X-A:1", "X-B:1", false },
		{ "X-COLUMN;X-COLUMN=a:1", "X-COLUMN;X-COLUMN=b:1", false },
		{ "X-A;X-COLUMN=a:1", "X-A;X-COLUMN=\"a\":1", true },
		{ "X-A;X-COLUMN=a:1", "X-A:1", true },
		{ "none", "none", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s and %s", rows[i].a, rows[i].b);
		CHECK_INT(vcard_writer_is_same(rows[i].a, rows[i].b), rows[i].same);
	}
}

static void vcard_writer_names_worth_keeping(void)
{
	static const struct {
		const char *name, *org, *line;
		bool makes;
	} rows[] = {
		{ "Anna Schmidt", NULL, "N:Schmidt;Anna;;;", true },
		{ "Anna", NULL, "N:;Anna;;;", true },
		{ "Anna M. Schmidt", NULL, "N:Schmidt;Anna M.;;;", true },
		{ "Anna M. Schmidt", NULL, "N:Schmidt;Anna;M.;;", false },
		{ "Anna Schmidt", NULL, "N:Anna;Schmidt;;;", false },
		{ "Anna Schmidt", NULL, "N;CHARSET=x:Schmidt;Anna;;;", false },
		{ "Anna Schmidt", NULL, "N:Schmidt;Anna;;;;", false },
		{ "Acme Ltd", "Acme Ltd", "N:Ltd;Acme;;;", false },
		{ "A;B C", NULL, "N:C;A;B;;;", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct record record = { .name = rows[i].name, .org = rows[i].org };

		TEST_ROW("%s: %s", rows[i].name, rows[i].line);
		CHECK_INT(vcard_writer_makes_name(&record, rows[i].line), rows[i].makes);
	}
}

static void vcard_writer_lines_of_which_there_is_one(void)
{
	static const struct {
		const char *a, *b;
		bool rival;
	} rows[] = {
		{ "N:Schmidt;Anna;;;", "N:Weber;Anna;;;", true },
		{ "item1.n;LANGUAGE=de:Schmidt;Anna;;;", "N:Weber;Anna;;;", true },
		{ "GENDER:F", "GENDER:M", true },
		{ "NICKNAME:Anni", "NICKNAME:Änne", false },
		{ "N:Schmidt;Anna;;;", "KIND:individual", false },
		{ "X-N:a", "X-N:b", false },
		{ "no line", "N:Weber;Anna;;;", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s, %s", rows[i].a, rows[i].b);
		CHECK_INT(vcard_writer_is_rival(rows[i].a, rows[i].b), rows[i].rival);
		CHECK_INT(vcard_writer_is_rival(rows[i].b, rows[i].a), rows[i].rival);
	}
}

TEST_MAIN(TEST(vcard_writer_fields), TEST(vcard_writer_values), TEST(vcard_writer_days),
	TEST(vcard_writer_preserved), TEST(vcard_writer_preferences),
	TEST(vcard_writer_of_what_is_left), TEST(vcard_writer_own),
	TEST(vcard_writer_strange_lines), TEST(vcard_writer_folds),
	TEST(vcard_writer_lines_that_are_the_same), TEST(vcard_writer_names_worth_keeping),
	TEST(vcard_writer_lines_of_which_there_is_one))
