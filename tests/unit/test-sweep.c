/* SPDX-License-Identifier: MIT */
/*
 * An address book is imported, things happen, and it comes again: what stands then, and who says it.
 */
#include "book-fixture.h"
#include "book/history.h"
#include "book/merge.h"
#include "book/occasions.h"
#include "exchange/import.h"
#include "exchange/sweep.h"

#define CARD(text)     "BEGIN:VCARD\r\nVERSION:3.0\r\n" text "END:VCARD\r\n"
#define OLGA(text)     CARD("UID:o\r\nFN:Olga Orth\r\n" text)
#define LINKEDIN       "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
#define OLGA_IN(rest)  "Olga,Orth,https://www.linkedin.com/in/olga," rest ",05 Oct 2020\r\n"
#define LINKEDIN_LINES " extra=N:Orth;Olga;;;<LinkedIn> extra=X-CONNECTED-ON:2020-10-05<LinkedIn>"
#define GOOGLE         "Name,Given Name,Family Name,Group Membership,E-mail 1 - Value,Phone 1 - Value\r\n"

/* One thing after another: a file comes, or a hand is at work. */
struct step {
	const char *file, *text;
	const char *report; /* added, updated, unchanged; NULL: is not looked at */
	void (*hand)(struct store *store, int64_t id);
	const char *tag; /* of the import */
};

static void write_file(char *path, size_t size, const char *name, const char *text)
{
	FILE *f;

	(void)snprintf(path, size, "%s/%s", test_folder(), name);
	f = fopen(path, "w");
	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

static void take_step(struct store *store, const struct step *step)
{
	char path[256], found[64];

	if (step->hand) {
		step->hand(store, 1);
		return;
	}
	write_file(path, sizeof(path), step->file, step->text);
	/* What a dry run says is what is done. */
	for (int dry = 1; dry >= 0; dry--) {
		_cleanup_report_ struct import_report report = { 0 };
		const struct import_options options = {
			.today = TODAY, .dry_run = dry, .tag = step->tag
		};
		char *const paths[] = { path };
		struct err e = { "" };

		CHECK_INT(
			import_files(store, book_main(store), paths, 1, &options, &report, &e), 0);
		CHECK_TEXT(e.text, "");
		(void)snprintf(found, sizeof(found), "+%d ~%d =%d", (int)report.added,
			(int)report.updated, (int)report.unchanged);
		if (step->report)
			CHECK_TEXT(found, step->report);
	}
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "email=a@x.org<a.vcf>" and so on, by the alphabet. */
static void tell_contact(struct store *store, int64_t id, struct str *out)
{
	_cleanup_history_ struct history history = { 0 };
	char *lines[64] = { NULL };
	struct err e;
	size_t n = 0;

	book_must(history_of(store, id, &history, &e), &e);
	for (size_t i = 0; i < history.n && n < ARRAY_SIZE(lines); i++) {
		const struct history_entry *h = &history.all[i];

		if (!str_equal(h->what, "contact") &&
			asprintf(&lines[n++], "%s=%s<%s>", h->what, h->text, h->source) < 0)
			abort();
	}
	qsort(lines, n, sizeof(*lines), compare_lines);
	for (size_t i = 0; i < n; i++) {
		str_add_separator(out, " ");
		str_add(out, lines[i]);
		free(lines[i]);
	}
}

static void hand_types_phone(struct store *store, int64_t id)
{
	book_value(store, id, CONTACT_PHONE, "111");
}

static void hand_removes_phone(struct store *store, int64_t id)
{
	struct err e;

	book_must(contacts_remove_value(store, id, CONTACT_PHONE, "111", TODAY, &e), &e);
}

static void hand_edits(struct store *store, int64_t id)
{
	const struct date date = { 1981, 3, 4 };
	int64_t number;
	struct err e;

	book_must(contacts_set(store, id, CONTACT_ORG, "Hafen", CONTACT_HAND, TODAY, &e), &e);
	book_must(occasions_add(store, book_main(store), id, OCCASION_BIRTHDAY, NULL, &date,
			  CONTACT_HAND, TODAY, &number, &e),
		&e);
}

static void hand_drops_anniversary(struct store *store, int64_t id UNUSED)
{
	struct err e;

	book_must(occasions_drop(store, book_main(store), 1, &e), &e);
}

static void hand_greets(struct store *store, int64_t id UNUSED)
{
	struct err e;

	book_must(occasions_set_done(store, book_main(store), 1, 2026, TODAY, &e), &e);
}

static void hand_untags(struct store *store, int64_t id)
{
	struct err e;

	book_must(contacts_remove_value(store, id, CONTACT_TAG, "club", TODAY, &e), &e);
}

static void hand_merges(struct store *store, int64_t id)
{
	_cleanup_merge_report_ struct merge_report report = { 0 };
	struct err e;

	book_must(merge_contacts(store, book_main(store), id, id + 1, TODAY, &report, &e), &e);
}

/* As a book of an older version has it where two sources know the contact. */
static void nobody_knows(struct store *store, int64_t id UNUSED)
{
	struct err e;

	book_must(store_run(store, &e, "UPDATE contact_value SET source='vcard'", ""), &e);
	book_must(store_run(store, &e, "UPDATE occasion SET source='vcard'", ""), &e);
	book_must(store_run(store, &e, "UPDATE contact SET source='vcard'", ""), &e);
}

#define FULL                                                                                       \
	OLGA("ORG:Werft\r\nTITLE:Chefin\r\nNOTE:Cello\r\nTEL:111\r\nEMAIL:a@x.org\r\n"             \
	     "URL:https://x.org\r\nCATEGORIES:chor,segeln\r\nADR:;;Weg 1;Bonn;;;\r\n"              \
	     "NICKNAME:Olli\r\nBDAY:1980-02-03\r\nX-ANNIVERSARY:2001-01-01\r\n")

static const struct {
	const char *what;
	struct step steps[6];
	const char *stands;
} stories[] = {
	{ "all that changed is replaced, and the day keeps its handle",
		{ { "a.vcf", FULL, "+1 ~0 =0", NULL, NULL },
			{ "a.vcf",
				OLGA("ORG:Hafen\r\nTEL:222\r\nEMAIL:b@x.org\r\nCATEGORIES:chor\r\n"
				     "ADR:;;Weg 2;Ulm;;;\r\nBDAY:1980-02-04\r\n"
				     "X-ANNIVERSARY:2002-02-02\r\n"),
				"+0 ~1 =0", NULL, NULL } },
		"anniversary=2002-02-02 b2<a.vcf> birthday=1980-02-04 b1<a.vcf> city=Ulm<a.vcf>"
		" email=b@x.org<a.vcf> extra=ADR:;;Weg 2;Ulm;;;<a.vcf> org=Hafen<a.vcf>"
		" phone=222<a.vcf> tag=chor<a.vcf>" },
	{ "nothing but the name is left",
		{ { "a.vcf", FULL, NULL, NULL, NULL },
			{ "a.vcf", OLGA(""), "+0 ~1 =0", NULL, NULL },
			{ "a.vcf", OLGA(""), "+0 ~0 =1", NULL, NULL } },
		"" },
	{ "a UID is of one source, whatever the file is called",
		{ { "a.vcf", OLGA("TEL:111\r\n"), NULL, NULL, NULL },
			{ "Olga and 7 others.vcf", OLGA("TEL:222\r\n"), "+0 ~1 =0", NULL, NULL } },
		"phone=222<a.vcf>" },
	{ "what is typed stays",
		{ { "a.vcf", FULL, NULL, NULL, NULL }, { .hand = hand_types_phone },
			{ .hand = hand_edits },
			{ "a.vcf", OLGA("ORG:Bank\r\nBDAY:1980-02-05\r\n"), "+0 ~1 =0", NULL,
				NULL },
			{ "a.vcf", OLGA(""), "+0 ~0 =1", NULL, NULL } },
		"birthday=1981-03-04 b1<hand> org=Hafen<hand> phone=111<hand>" },
	{ "what was removed by hand stays away, and the rest goes",
		{ { "a.vcf", OLGA("TEL:111\r\nTEL:333\r\n"), NULL, NULL, NULL },
			{ .hand = hand_removes_phone },
			{ "a.vcf", OLGA("TEL:111\r\nTEL:222\r\n"), "+0 ~1 =0", NULL, NULL },
			{ "a.vcf", OLGA("TEL:111\r\nTEL:222\r\n"), "+0 ~0 =1", NULL, NULL } },
		"phone=222<a.vcf>" },
	{ "what another source says too is theirs then",
		{ { "a.vcf", FULL, NULL, NULL, NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\nTEL:111\r\n"
				     "ORG:Werft\r\nBDAY:1980-02-03\r\n"),
				"+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA("TEL:111\r\n"), "+0 ~1 =0", NULL, NULL } },
		"birthday=1980-02-03 b1<b.vcf> email=a@x.org<b.vcf> org=Werft<b.vcf>"
		" phone=111<a.vcf, b.vcf>" },
	{ "and when they do not say it either, it goes",
		{ { "a.vcf", OLGA("EMAIL:a@x.org\r\nTEL:111\r\nORG:Werft\r\n"), NULL, NULL, NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\nTEL:111\r\n"
				     "ORG:Werft\r\n"),
				"+0 ~0 =1", NULL, NULL },
			{ "b.vcf", CARD("UID:b\r\nFN:Olga Orth\r\n"), "+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA("EMAIL:a@x.org\r\n"), "+0 ~1 =0", NULL, NULL } },
		"email=a@x.org<a.vcf>" },
	{ "each source changes what it has said, and the first one all but what is typed",
		{ { "a.vcf", OLGA("EMAIL:a@x.org\r\nORG:Werft\r\n"), NULL, NULL, NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\nORG:Bank\r\n"
				     "TITLE:Chefin\r\nTEL:1\r\nTEL:2\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\nORG:Bank\r\n"
				     "TITLE:Rat\r\nTEL:2\r\nTEL:3\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ "a.vcf", OLGA("EMAIL:a@x.org\r\nORG:Werft\r\nTITLE:Boss\r\n"), "+0 ~1 =0",
				NULL, NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nORG:Bank\r\nTITLE:Rat\r\nTEL:3\r\n"),
				"+0 ~1 =0", NULL, NULL } },
		"email=a@x.org<a.vcf> extra=ORG:Bank<b.vcf> extra=TITLE:Rat<b.vcf>"
		" org=Werft<a.vcf> phone=3<b.vcf> title=Boss<a.vcf>" },
	{ "a guess takes nothing out",
		{ { "a.vcf", OLGA("EMAIL:a@x.org\r\nTEL:111\r\n"), NULL, NULL, NULL },
			{ "b.vcf", CARD("UID:b\r\nFN:Olga\r\nEMAIL:a@x.org\r\n"), "+0 ~0 =1", NULL,
				NULL } },
		"email=a@x.org<a.vcf, b.vcf> phone=111<a.vcf>" },
	{ "without a UID the person's name, the file's and the address tell who it is",
		{ { "a-2026-11-01.vcf", CARD("FN:Olga Orth\r\nEMAIL:a@x.org\r\nTEL:111\r\n"), NULL,
			  NULL, NULL },
			{ "a-2026-11-23.vcf", CARD("FN:Olga Orth\r\nEMAIL:a@x.org\r\nTEL:222\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ "a (1).vcf", CARD("FN:Olga Orth\r\nEMAIL:a@x.org\r\nTEL:333\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ "a.vcf", CARD("FN:Olga Orth\r\nEMAIL:a@x.org\r\nTEL:333\r\n"), "+0 ~0 =1",
				NULL, NULL } },
		"email=a@x.org<a.vcf> phone=333<a.vcf>" },
	{ "tables of two programs are two sources under one file's name",
		{ { "contacts.csv", GOOGLE "Olga Orth,Olga,Orth,chor,a@x.org,111\r\n", "+1 ~0 =0",
			  NULL, NULL },
			{ "contacts.csv",
				"First Name,Last Name,E-mail Address,Business Phone,Home Phone\r\n"
				"Olga,Orth,a@x.org,222,\r\n",
				"+0 ~1 =0", NULL, NULL },
			{ "contacts.csv", GOOGLE "Olga Orth,Olga,Orth,,a@x.org,333\r\n", "+0 ~1 =0",
				NULL, NULL } },
		"email=a@x.org<contacts.csv (Google), contacts.csv (Outlook)>"
		" extra=N:Orth;Olga;;;<contacts.csv (Google), contacts.csv (Outlook)>"
		" phone=222<contacts.csv (Outlook)> phone=333<contacts.csv (Google)>" },
	{ "what a table has no column for stays",
		{ { "c.csv", "name,email,phone,city\r\nOlga Orth,a@x.org,1,Bonn\r\n", NULL, NULL,
			  NULL },
			{ "c.csv", "name,email,phone\r\nOlga Orth,a@x.org,1\r\n", "+0 ~0 =1", NULL,
				NULL },
			{ "c.csv", "name,email,phone,city\r\nOlga Orth,a@x.org,1,\r\n", "+0 ~1 =0",
				NULL, NULL } },
		"email=a@x.org<c.csv> phone=1<c.csv>" },
	{ "a day that cannot be read is not gone",
		{ { "a.vcf", OLGA("BDAY:1980-02-03\r\nANNIVERSARY:2001-01-01\r\n"), NULL, NULL,
			  NULL },
			{ "a.vcf", OLGA("BDAY:spring\r\n"), "+0 ~1 =0", NULL, NULL },
			{ "a.vcf", OLGA("BDAY:spring\r\nANNIVERSARY:summer\r\n"), "+0 ~1 =0", NULL,
				NULL } },
		"birthday=1980-02-03 b1<a.vcf> note=Birthday: spring\nAnniversary: summer<a.vcf>" },
	{ "nor one of which the table does not tell the month",
		{ { "c.csv", "name,email,birthday\r\nOlga Orth,a@x.org,13/02/1980\r\n", NULL, NULL,
			  NULL },
			{ "c.csv", "name,email,birthday\r\nOlga Orth,a@x.org,03/02/1980\r\n",
				"+0 ~1 =0", NULL, NULL } },
		"birthday=1980-02-13 b1<c.csv> email=a@x.org<c.csv> note=Birthday: 03/02/1980<c.csv>" },
	{ "an address that LinkedIn does not show any more stays",
		{ { "Connections.csv", LINKEDIN OLGA_IN("a@x.org,Werft,Chefin"), "+1 ~0 =0", NULL,
			  NULL },
			{ "Connections (1).csv", LINKEDIN OLGA_IN(",Hafen,"), "+0 ~1 =0", NULL,
				NULL },
			{ "Connections (2).csv", LINKEDIN OLGA_IN("b@x.org,Hafen,"), "+0 ~1 =0",
				NULL, NULL } },
		"email=b@x.org<LinkedIn>" LINKEDIN_LINES
		" link=https://www.linkedin.com/in/olga<LinkedIn> org=Hafen<LinkedIn>" },
	{ "an N that anybody would make stays, where a card leaves it out",
		{ { "Connections.csv", LINKEDIN OLGA_IN("a@x.org,Werft,Chefin"), "+1 ~0 =0", NULL,
			  NULL },
			{ "ours.vcf",
				CARD("UID:linkedin.com/in/olga\r\nFN:Olga Orth\r\nN:Orth;Olga;;;\r\n"
				     "URL:https://www.linkedin.com/in/olga\r\nEMAIL:a@x.org\r\n"
				     "X-CONNECTED-ON:2020-10-05\r\nORG:Werft\r\nTITLE:Chefin\r\n"),
				"+0 ~0 =1", NULL, NULL },
			{ "Connections.csv", LINKEDIN OLGA_IN("a@x.org,Werft,Chefin"), "+0 ~0 =1",
				NULL, NULL } },
		"email=a@x.org<LinkedIn>" LINKEDIN_LINES
		" link=https://www.linkedin.com/in/olga<LinkedIn> org=Werft<LinkedIn>"
		" title=Chefin<LinkedIn>" },
	{ "two sources that were merged change each their own",
		{ { "a.vcf", OLGA("TEL:111\r\nORG:Werft\r\n"), NULL, NULL, NULL },
			{ "Connections.csv", LINKEDIN OLGA_IN("b@x.org,Bank,Chefin"), "+1 ~0 =0",
				NULL, NULL },
			{ .hand = hand_merges },
			{ "Connections.csv", LINKEDIN OLGA_IN("c@x.org,Bank,Boss"), "+0 ~1 =0",
				NULL, NULL },
			{ "a.vcf", OLGA("TEL:222\r\nORG:Hafen\r\n"), "+0 ~1 =0", NULL, NULL } },
		"email=c@x.org<LinkedIn>" LINKEDIN_LINES
		" link=https://www.linkedin.com/in/olga<LinkedIn>"
		" merged=Olga Orth #2<hand> org=Hafen<a.vcf> phone=222<a.vcf> title=Boss<LinkedIn>" },
	{ "two cards of one source that were merged are swept together",
		{ { "a.vcf",
			  OLGA("TEL:111\r\n") CARD("UID:p\r\nFN:O. Orth\r\nTEL:222\r\nTEL:333\r\n"),
			  "+2 ~0 =0", NULL, NULL },
			{ .hand = hand_merges },
			{ "a.vcf", OLGA("TEL:444\r\n"), "+0 ~1 =0", NULL, NULL },
			{ "a.vcf", OLGA("TEL:444\r\n") CARD("UID:p\r\nFN:O. Orth\r\nTEL:333\r\n"),
				"+0 ~1 =1", NULL, NULL },
			{ "a.vcf", CARD("UID:p\r\nFN:O. Orth\r\nTEL:333\r\n") OLGA("TEL:444\r\n"),
				"+0 ~0 =2", NULL, NULL } },
		"merged=O. Orth #2<hand> phone=333<a.vcf> phone=444<a.vcf>" },
	{ "a day that was dropped by hand keeps the next one away",
		{ { "a.vcf", OLGA("X-ANNIVERSARY:2001-01-01\r\n"), NULL, NULL, NULL },
			{ .hand = hand_drops_anniversary },
			{ "a.vcf", OLGA(""), "+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA("X-ANNIVERSARY:2002-02-02\r\n"), "+0 ~1 =0", NULL, NULL } },
		"anniversary=2002-02-02 b1<a.vcf>" },
	{ "a day gets its year, and goes with what was done of it",
		{ { "a.vcf", OLGA("X-ANNIVERSARY:--01-01\r\nBDAY:--0203\r\n"), NULL, NULL, NULL },
			{ "a.vcf", OLGA("X-ANNIVERSARY:2001-01-01\r\nBDAY:1980-02-03\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ .hand = hand_greets },
			{ "a.vcf", OLGA("BDAY:--0203\r\n"), "+0 ~1 =0", NULL, NULL } },
		"birthday=1980-02-03 b2<a.vcf>" },
	{ "a day that another source says too is theirs, beside the one that was corrected",
		{ { "a.vcf", OLGA("EMAIL:a@x.org\r\nX-ANNIVERSARY:2001-01-01\r\n"), NULL, NULL,
			  NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\n"
				     "X-ANNIVERSARY:2001-01-01\r\n"),
				"+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA("EMAIL:a@x.org\r\nX-ANNIVERSARY:2002-02-02\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ "b.vcf",
				CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\n"
				     "X-ANNIVERSARY:2001-01-01\r\n"),
				"+0 ~0 =1", NULL, NULL } },
		"anniversary=2001-01-01 b1<b.vcf> anniversary=2002-02-02 b2<a.vcf>"
		" email=a@x.org<a.vcf, b.vcf>" },
	{ "a label is the source's too",
		{ { "a.vcf", OLGA("TEL;TYPE=WORK:111\r\n"), NULL, NULL, NULL },
			{ "a.vcf", OLGA("TEL;TYPE=HOME:111\r\n"), "+0 ~1 =0", NULL, NULL },
			{ "a.vcf", OLGA("TEL;TYPE=HOME:111\r\n"), "+0 ~0 =1", NULL, NULL } },
		"phone=111<a.vcf>" },
	{ "of an older book a source takes what it says again, and the rest stays",
		{ { "a.vcf",
			  OLGA("ORG:Werft\r\nTITLE:Rat\r\nTEL:111\r\nTEL:222\r\n"
			       "X-ANNIVERSARY:2001-01-01\r\n"),
			  NULL, NULL, NULL },
			{ .hand = nobody_knows },
			{ "a.vcf", OLGA("ORG:Werft\r\nTEL:111\r\nX-ANNIVERSARY:2001-01-01\r\n"),
				"+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA("TEL:333\r\nX-ANNIVERSARY:2001-01-01\r\n"), "+0 ~1 =0",
				NULL, NULL } },
		"anniversary=2001-01-01 b1<a.vcf> name=Olga Orth<a.vcf> phone=222<vcard>"
		" phone=333<a.vcf> title=Rat<vcard>" },
	{ "what another says otherwise goes with it",
		{ { "a.vcf", OLGA("EMAIL:a@x.org\r\nNOTE:one\r\n"), NULL, NULL, NULL },
			{ "b.vcf", CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\nNOTE:other\r\n"),
				"+0 ~1 =0", NULL, NULL },
			{ "b.vcf", CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\nNOTE:other\r\n"),
				"+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA("EMAIL:a@x.org\r\nNOTE:one\r\n"), "+0 ~0 =1", NULL, NULL },
			{ "b.vcf", CARD("UID:b\r\nFN:Olga Orth\r\nEMAIL:a@x.org\r\n"), "+0 ~1 =0",
				NULL, NULL } },
		"email=a@x.org<a.vcf, b.vcf> note=one<a.vcf>" },
	{ "the tag of an import is typed",
		{ { "a.vcf", OLGA("CATEGORIES:Club,chor\r\n"), NULL, NULL, "club" },
			{ "a.vcf", OLGA(""), "+0 ~1 =0", NULL, NULL } },
		"tag=Club<hand>" },
	{ "a tag that was taken away is typed again",
		{ { "a.vcf", OLGA(""), "+1 ~0 =0", NULL, "club" },
			{ "a.vcf", OLGA(""), "+0 ~0 =1", NULL, "club" }, { .hand = hand_untags },
			{ "a.vcf", OLGA(""), "+0 ~0 =1", NULL, NULL },
			{ "a.vcf", OLGA(""), "+0 ~1 =0", NULL, "club" },
			{ "a.vcf", OLGA(""), "+0 ~1 =0", NULL, "chor" } },
		"tag=chor<hand> tag=club<hand>" },
};

static void sweep_stories(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(stories); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_str_ struct str told = STR_INIT;

		for (size_t k = 0; k < ARRAY_SIZE(stories[i].steps); k++) {
			const struct step *step = &stories[i].steps[k];

			TEST_ROW("%s, step %zu", stories[i].what, k + 1);
			if (step->file || step->hand)
				take_step(store, step);
		}
		tell_contact(store, 1, &told);
		CHECK_TEXT(str_text(&told), stories[i].stands);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM occurrence"), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	}
}

/* What a file has of nobody at all is not gone from it: it is not all of the address book. */
static void sweep_of_a_part(void)
{
	static const struct {
		int people;
		bool last; /* somebody at the end of the file has one */
		const char *report;
		int phones;
		const char *sentence;
	} rows[] = {
		{ SWEEP_MANY - 1, false, "~9 =0", 0, NULL },
		{ SWEEP_MANY, false, "~0 =10", 10,
			"part.vcf has no telephone numbers any more; those of 10 people were kept" },
		{ SWEEP_MANY + 1, true, "~10 =1", 1, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_report_ struct import_report report = { 0 };
		_cleanup_str_ struct str before = STR_INIT, after = STR_INIT, told = STR_INIT;
		const struct import_options options = { .today = TODAY };
		struct step first = { "part.vcf", NULL, NULL, NULL, NULL };
		char path[256], found[64];
		char *const paths[] = { path };
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		for (int k = 1; k <= rows[i].people; k++) {
			bool keeps = rows[i].last && k == rows[i].people;

			str_addf(&before, CARD("UID:%d\r\nFN:P%d\r\nTEL:%d\r\n"), k, k, k);
			if (keeps)
				str_addf(&after, CARD("UID:%d\r\nFN:P%d\r\nTEL:%d\r\n"), k, k, k);
			else
				str_addf(&after, CARD("UID:%d\r\nFN:P%d\r\n"), k, k);
		}
		first.text = str_text(&before);
		take_step(store, &first);
		write_file(path, sizeof(path), "part.vcf", str_text(&after));
		CHECK_INT(
			import_files(store, book_main(store), paths, 1, &options, &report, &e), 0);
		(void)snprintf(found, sizeof(found), "~%d =%d", (int)report.updated,
			(int)report.unchanged);
		CHECK_TEXT(found, rows[i].report);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value WHERE kind='phone'"),
			rows[i].phones);
		asides_tell(&report.asides, NULL, 0, &told);
		CHECK(rows[i].sentence ? strstr(str_text(&told), rows[i].sentence) != NULL
				       : !told.len);
	}
}

TEST_MAIN(TEST(sweep_stories), TEST(sweep_of_a_part))
