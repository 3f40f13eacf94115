/* SPDX-License-Identifier: MIT */
#include "exchange/origin.h"
#include "test.h"

static void origin_names(void)
{
	static const struct {
		const char *file, *program, *name;
	} rows[] = {
		{ "contacts.vcf", NULL, "contacts.vcf" },
		{ "/home/anna/contacts.vcf", NULL, "contacts.vcf" },
		{ "contacts-2026-11-23.vcf", NULL, "contacts.vcf" },
		{ "contacts_20261123.vcf", NULL, "contacts.vcf" },
		{ "contacts_20261123_101500.vcf", NULL, "contacts.vcf" },
		{ "contacts-2026-11-23T10:15.vcf", NULL, "contacts.vcf" },
		{ "Kontakte 23.11.2026.vcf", NULL, "Kontakte.vcf" },
		{ "Contacts - 11-23-2026.vcf", NULL, "Contacts.vcf" },
		{ "2026-11-23 Kontakte.vcf", NULL, "Kontakte.vcf" },
		{ "20261123-Anna-all.vcf", NULL, "Anna-all.vcf" },
		{ "book-2026-11-23-work.vcf", NULL, "book-work.vcf" },
		{ "contacts (1).vcf", NULL, "contacts.vcf" },
		{ "contacts(12).vcf", NULL, "contacts.vcf" },
		{ "contacts-2026-11-23 (2).vcf", NULL, "contacts.vcf" },
		{ "contacts - Copy.vcf", NULL, "contacts.vcf" },
		{ "Kontakte - Kopie (2).vcf", NULL, "Kontakte.vcf" },
		/* No dates, and numbers that tell one file from another. */
		{ "2026-11-23.vcf", NULL, "2026-11-23.vcf" },
		{ "(1).vcf", NULL, "(1).vcf" },
		{ "00001.vcf", NULL, "00001.vcf" },
		{ "club 1984.vcf", NULL, "club 1984.vcf" },
		{ "friends (old).vcf", NULL, "friends (old).vcf" },
		{ "book-2026-13-45.vcf", NULL, "book-2026-13-45.vcf" },
		{ "4930123456.vcf", NULL, "4930123456.vcf" },
		{ "20261123456.vcf", NULL, "20261123456.vcf" },
		{ "2026--11--23x.vcf", NULL, "2026--11--23x.vcf" },
		{ ".vcf", NULL, ".vcf" },
		{ "contacts", NULL, "contacts" },
		{ "contacts-2026-11-23", NULL, "contacts" },
		{ "contacts.csv", "Google", "contacts.csv (Google)" },
		{ "contacts (3).csv", "Outlook", "contacts.csv (Outlook)" },
		{ "Connections.csv", "LinkedIn", "LinkedIn" },
		{ "Invitations 2026-11-23.csv", "LinkedIn", "LinkedIn" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str name = STR_INIT;

		TEST_ROW("%s", rows[i].file);
		origin_add_name(&name, rows[i].file, rows[i].program);
		CHECK_TEXT(str_text(&name), rows[i].name);
	}
}

TEST_MAIN(TEST(origin_names))
