/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "exchange/dissent.h"

static char acme[] = "Acme", other[] = "a.vcf", own[] = "b.csv", hand[] = CONTACT_HAND;
static struct record_value more[] = { { RECORD_EXTRA, NULL, "ORG:Beta;Sales", 0 },
	{ RECORD_EXTRA, NULL, "item1.ADR;TYPE=home:;;Weg 1;Ulm;;89073;", 0 },
	{ RECORD_EMAIL, NULL, "TITLE:CTO", 0 } };

/* The lines that are added for what a second source says. */
static void dissent_lines(void)
{
	static const struct {
		const char *label;
		char *stands, *source; /* of each of the four texts */
		struct record record;
		bool owns, merged;
		const char *lines;
	} rows[] = {
		{ "nothing is said", acme, other, { .name = "A" }, false, false, "" },
		{ "nothing stands", NULL, NULL, { .org = "Beta", .note = "n" }, false, false, "" },
		{ "the same", acme, other, { .org = "Acme", .note = "Acme" }, false, false, "" },
		{ "each otherwise", acme, other,
			{ .org = "Beta", .title = "CTO", .city = "Ulm", .note = "n" }, false, false,
			"ORG:Beta\nTITLE:CTO\nADR:;;;Ulm\nX-NOTE:n\n" },
		{ "escaped", acme, other, { .org = "B; C", .note = "one\ntwo, \\" }, false, false,
			"ORG:B\\; C\nX-NOTE:one\\ntwo\\, \\\\\n" },
		{ "typed", acme, hand, { .org = "Beta", .note = "n" }, false, false, "" },
		{ "its own", acme, own, { .org = "Beta", .note = "n" }, false, false, "" },
		{ "it owns", acme, other, { .org = "Beta", .note = "n" }, true, false, "" },
		{ "merged", acme, other, { .org = "Beta", .note = "n" }, false, true, "" },
	};
	static const enum contact_field fields[] = { CONTACT_ORG, CONTACT_TITLE, CONTACT_CITY,
		CONTACT_NOTE };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_dissent_ struct dissent dissent = { 0 };
		_cleanup_str_ struct str lines = STR_INIT;
		const struct speaker by = {
			.source = "b.csv", .owns = rows[i].owns, .merged = rows[i].merged
		};
		struct standing standing = { 0 };
		const struct record *record;

		TEST_ROW("%s", rows[i].label);
		for (size_t k = 0; k < ARRAY_SIZE(fields); k++) {
			standing.contact.field[fields[k]] = rows[i].stands;
			standing.sources[fields[k]] = rows[i].source;
		}
		CHECK_INT(dissent_read(&dissent, &by, &standing, &rows[i].record, &record), 0);
		for (size_t k = 0; k < record->n_values; k++)
			str_addf(&lines, "%s\n", record->values[k].text);
		CHECK_TEXT(str_text(&lines), rows[i].lines);
		CHECK_INT(record == &rows[i].record, !lines.len);
	}
}

/* What a line of the record says needs no other. */
static void dissent_beside_lines(void)
{
	_cleanup_dissent_ struct dissent dissent = { 0 };
	const struct speaker by = { .source = "b.csv" };
	struct standing standing = {
		.contact.field = { [CONTACT_ORG] = acme,
			[CONTACT_CITY] = acme,
			[CONTACT_TITLE] = acme },
	};
	const struct record said = { .org = "Beta",
		.city = "Ulm",
		.title = "CTO",
		.values = more,
		.n_values = ARRAY_SIZE(more) };
	const struct record *record;

	CHECK_INT(dissent_read(&dissent, &by, &standing, &said, &record), 0);
	CHECK_INT(record->n_values, 4);
	CHECK_TEXT(record->values[2].text, "TITLE:CTO");
	CHECK_INT(record->values[3].kind, RECORD_EXTRA);
	CHECK_TEXT(record->values[3].text, "TITLE:CTO");
	CHECK_TEXT(record->org, "Beta");
}

TEST_MAIN(TEST(dissent_lines), TEST(dissent_beside_lines))
