/* SPDX-License-Identifier: MIT */
/*
 * book-everything: a book that holds something of every kind.
 */
#ifndef NUDGE_TESTS_BOOK_EVERYTHING_H
#define NUDGE_TESTS_BOOK_EVERYTHING_H

#include "book-fixture.h"

/* Something in every column that an archive has, NULL or not. */
static const char *const book_everything[] = {
	"UPDATE book SET owner='Jo', city='Bonn', intro='I', paused_until=20800",
	"INSERT INTO offer SELECT id, 'PostgreSQL' FROM book",
	"INSERT INTO contact VALUES (1, 1, 'Anna Müller', 'anna mueller', 'Acme', 'CEO', 'Köln', 'de',"
	" 'Liebe Anna', 'a' || char(10) || 'b', '6w', 20000, 'Berlin', 'vcard', 20780, 20770, 'yes', 1)",
	"INSERT INTO contact (id, book, name, folded, source, entered_day)"
	" VALUES (2, 1, 'Ben', 'ben', 'hand', 20780), (7, 1, 'Carl', 'carl', 'hand', 20780),"
	" (9, 1, 'Dora', 'dora', 'hand', 20780)",
	"DELETE FROM contact WHERE id=9",
	"INSERT INTO counter VALUES (1, 'b', 9), (1, 't', 3), (1, 'h', 2)",
	"INSERT INTO tag_every VALUES (1, 'freunde', 'Freunde', '4w')",
	"INSERT INTO field_source VALUES (1, 'org', 'hand', 20781)",
	"INSERT INTO also_source VALUES (1, 'email:a@x.example', 'LinkedIn'), (1, 'b4', 'c.vcf')",
	"INSERT INTO contact_value VALUES (1, 'email', 1, 'A@x.example', 'work', 'a@x.example', 'vcard',"
	" 20780), (1, 'email', 3, 'b@x.example', NULL, 'b@x.example', 'hand', 20781),"
	" (1, 'seeks', 1, 'a flat', NULL, 'a flat', 'hand', 20781)",
	"INSERT INTO contact_key VALUES (1, 'uid:u', 1, 'a' || char(9) || 'b.vcf', 1, 0),"
	" (1, 'uid:v', 1, 'c.vcf', 0, 1)",
	"INSERT INTO occasion VALUES (1, 312, 4, 1, 'birthday', NULL, 1984, 'vcard', 20780, 0),"
	" (1, 229, 5, 1, 'named', 'first day', 0, 'hand', 20780, 1)",
	"INSERT INTO occurrence VALUES (1, 4, 2025, 20500, NULL), (1, 4, 2026, NULL, 20790)",
	"INSERT INTO keeping VALUES (1, 1, 3, 20800, 42, 20810), (2, 1, 2, NULL, 30, NULL)",
	"INSERT INTO touch (contact, day, kind, note, source) VALUES (1, 20780, 'met', 'fair', 'hand'),"
	" (1, 20779, 'wrote', NULL, 'LinkedIn'), (1, 20780, 'called', NULL, 'hand')",
	"INSERT INTO touch (contact, day, kind, note, other) VALUES (1, 20781, 'introduced', 'n', 2),"
	" (2, 20781, 'introduced', 'n', 1)",
	"INSERT INTO alias VALUES (1, 1, 1, 'Anna', 'anna', 'hand', 20700, 1, 20780),"
	" (3, 1, 1, 'A. Müller', 'a. mueller', 'vcard', 20700, 0, 20780)",
	"INSERT INTO handle_alias VALUES (1, 'b', 6, 4, 1)",
	"INSERT INTO differ VALUES (2, 7)",
	"INSERT INTO follow_up VALUES (1, 1, 1, 'slides', 20785, 900, 20780, NULL, NULL, NULL, 0, 0, 0),"
	" (1, 2, NULL, 'renew', 20790, NULL, 20780, 20781, 'done it', 20760, 1, 0, 1)",
	"INSERT INTO ledger (book, contact, kind, what, day, entered_day, source)"
	" VALUES (1, 2, 'gave', 'a book', 20780, 20780, 'hand'),"
	" (1, 1, 'asked', 'a flat', 20779, 20780, 'LinkedIn')",
	"INSERT INTO thanks VALUES (1, 1, 1, 'help', 20780, NULL, 'hand'),"
	" (1, 2, 2, 'help', 20770, 20780, 'LinkedIn')",
	"INSERT INTO coffee VALUES (1, 1, 1, 'agreed', 20780, 20790, 600, 'Café', 1, 1, 20785),"
	" (1, 2, 2, 'no answer', 20780, NULL, NULL, NULL, 0, 0, NULL)",
	"INSERT INTO suggestion VALUES (1, 'i', 1, 1, 2, 'asked', 20780, 20780, 20960, 'a', 'b', 'c', 20780),"
	" (1, 'h', 1, 2, NULL, 'suggested', 20780, NULL, 20780, NULL, NULL, NULL, 20780)",
	"INSERT INTO outreach (book, number, contact, name, folded, link, stage, stage_day, entered_day, open,"
	" event_day, busy, until_day) VALUES (1, 1, NULL, 'Eva', 'eva', 'https://e.example', 'draft', 20780,"
	" 20780, 1, 20790, 1, 20785), (1, 2, 2, NULL, NULL, NULL, 'no answer', 20780, 20780, 0, NULL, 0, NULL)",
	"UPDATE outreach SET source='LinkedIn' WHERE number=2",
	"INSERT INTO outreach_answer SELECT id, 'hope', 'a job', 20780 FROM outreach WHERE number=1",
	"INSERT INTO forum VALUES (1, 1, 'HR', 'hr', 'https://h.example', 'law', 3, 'week', 0),"
	" (1, 2, 'Old', 'old', NULL, NULL, 1, 'month', 1)",
	"INSERT INTO reply (book, forum, day, count, contact, note) VALUES (1, 1, 20780, 2, 1, 'n'),"
	" (1, 1, 20780, 1, NULL, NULL)",
	"INSERT INTO forgotten VALUES (1, zeroblob(32)), (1, randomblob(32))",
};

static inline void book_fill(struct store *store)
{
	struct err e = { "" };

	for (size_t i = 0; i < ARRAY_SIZE(book_everything); i++)
		book_must(store_run(store, &e, book_everything[i], ""), &e);
}

#endif
