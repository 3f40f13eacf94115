/* SPDX-License-Identifier: MIT */
#include "format/table.h"
#include "reader-fixture.h"

static void check_file(const char *file, const char *text, const char *expected)
{
	for (size_t piece = 1; piece <= 1000; piece = piece * 10 + 7) {
		struct seen seen = { .text = STR_INIT };
		const struct record_handler handler = { seen_record, seen_reject, &seen,
			seen_aside };
		const struct table_options options = { .file = file };
		_cleanup_(table_reader_freep) struct table_reader *reader = NULL;
		size_t n = strlen(text);

		TEST_ROW("%s in pieces of %zu", text, piece);
		CHECK_INT(table_reader_new(&reader, &handler, &options, NULL), 0);
		for (size_t at = 0; at < n; at += piece)
			CHECK_INT(table_reader_push(
					  reader, text + at, at + piece < n ? piece : n - at),
				0);
		CHECK_INT(table_reader_end(reader), 0);
		CHECK_TEXT(str_text(&seen.text), expected);
		str_done(&seen.text);
	}
}

#define CONNECTIONS                                                                                \
	"Notes:\n\"When exporting, data may be missing, see\nthe help.\"\n\n"                      \
	"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"

static void linkedin_connections(void)
{
	check_file("Connections.csv",
		CONNECTIONS
		"Anna,Schmidt,https://www.linkedin.com/in/anna-s,,Werft,\"Head, IT\",05 Oct 2020\n"
		",,,,,,30 Jan 2026\n,,,,,,\n"
		"Ben,Weiß,https://www.linkedin.com/in/Ben/,ben@example.org,,,1 Jan 2021\n",
		"advice: LinkedIn tells no birthdays.\n"
		"6 Anna Schmidt|uid=linkedin.com/in/anna-s|org=Werft|title=Head, IT|"
		"l:https://www.linkedin.com/in/anna-s|x:X-CONNECTED-ON:2020-10-05|x:N:Schmidt;Anna;;;|"
		"C 2020-10-05|\n"
		"skipped: profiles that their owners closed\n"
		"9 Ben Weiß|uid=linkedin.com/in/ben|l:https://www.linkedin.com/in/Ben/|"
		"e:ben@example.org|x:X-CONNECTED-ON:2021-01-01|x:N:Weiß;Ben;;;|C 2021-01-01|\n");
	/* an older export */
	check_file(NULL,
		"First Name,Last Name,Email Address,Company,Position,Connected On\n"
		"Anna,Schmidt,,,,\"5 Oct 2020, 10:03 AM\"\n",
		"advice: LinkedIn tells no birthdays.\n"
		"2 Anna Schmidt|uid=linkedin.com;2020-10-05;Anna Schmidt|x:X-CONNECTED-ON:2020-10-05|x:N:Schmidt;Anna;;;|C 2020-10-05|\n");
}

#define RECOMMENDATIONS "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"

static void linkedin_recommendations(void)
{
	static const char rows[] = RECOMMENDATIONS
		"Anna,Schmidt,Werft,Chefin,\"Fast, good\",05 Jun 2026,VISIBLE\n"
		",,,,x,05 Jun 2026,VISIBLE\nBen,,,,x,yesterday,VISIBLE\n";

	check_file("Recommendations_Received.csv", rows,
		"2 ~Anna Schmidt|org=Werft|title=Chefin|R 2026-06-05|\n"
		"3! has no name\n4! has no date that can be read\n");
	check_file("Recommendations_Given.csv", rows,
		"skipped: recommendations that you wrote\nskipped: recommendations that you wrote\n"
		"skipped: recommendations that you wrote\n");
}

static void linkedin_endorsements(void)
{
	check_file(NULL,
		"Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public "
		"Url,Endorsement Status\n"
		"05 Jun 2026,SQL,A,B,u,ACCEPTED\n05 Jun 2026,C,A,B,u,ACCEPTED\n"
		"05 Jun 2026,c,D,E,u,ACCEPTED\n05 Jun 2026,Golf,D,E,u,PENDING\n",
		"skipped: endorsements that you did not accept\nskill: C\nskill: SQL\n");
}

static void linkedin_invitations(void)
{
	check_file(NULL,
		"From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
		"Me,Anna Schmidt,2026-10-05 11:00:00 UTC,Hello,OUTGOING,https://x.y/me,"
		"https://www.linkedin.com/in/anna\n"
		"Ben,Me,2026-10-05 11:00:00 UTC,,INCOMING,https://x.y/b,https://x.y/me\n"
		"Me,Carl,\"10/5/26, 3:04 PM\",,OUTGOING,,\nMe,,2026-10-05,,OUTGOING,,\n"
		"Me,Dora,soon,,OUTGOING,,\n",
		"2 ~Anna Schmidt|uid=linkedin.com/in/anna|l:https://www.linkedin.com/in/anna|"
		"I 2026-10-05|\nskipped: invitations from others\n4 ~Carl|I 2026-10-05|\n"
		"skipped: invitations to profiles that were closed\n"
		"6! has no date that can be read\n");
}

#define MESSAGES                                                                                   \
	"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "         \
	"URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
#define ME        "https://www.linkedin.com/in/me"
#define ANNA      "https://www.linkedin.com/in/anna"
#define BEN       "https://www.linkedin.com/in/ben"
#define SEEN_ANNA " ~Anna|uid=linkedin.com/in/anna|l:" ANNA "|M "
#define SEEN_BEN  " ~Ben|uid=linkedin.com/in/ben|l:" BEN "|M "

/* The last day of each partner; the one who is in all of them is the owner. */
static void linkedin_messages(void)
{
	check_file(NULL,
		MESSAGES "1,,Me," ME ",Anna," ANNA
			 ",2026-05-01 14:22:10 UTC,,\"secret\nwords\",INBOX\n"
			 "1,,Anna," ANNA ",Me," ME ",2026-05-03 14:22:10 UTC,,,INBOX\n"
			 "1,,Me," ME ",Anna," ANNA ",2026-04-01 14:22:10 UTC,,,INBOX\n"
			 "2,,Ben," BEN ",Me," ME ",2025-04-01 14:22:10 UTC,,,ARCHIVE\n"
			 "3,,Spam," BEN ",Me," ME ",2026-11-01 14:22:10 UTC,,,SPAM\n"
			 "4,,LinkedIn Member,,Me," ME ",2026-11-01 14:22:10 UTC,,,INBOX\n",
		"skipped: messages to many, or from nobody\n4" SEEN_ANNA "2026-05-03|\n6" SEEN_BEN
		"2025-04-01|\n");
	/* two who are in all of them: the book will tell */
	check_file(NULL, MESSAGES "1,,Ben," BEN ",Anna," ANNA ",2026-05-01 14:22:10 UTC,,x,INBOX\n",
		"2 ?~Ben|uid=linkedin.com/in/ben|l:" BEN "|M 2026-05-01|\n"
		"2 ?~Anna|uid=linkedin.com/in/anna|l:" ANNA "|M 2026-05-01|\n");
	/* several recipients */
	check_file(NULL,
		MESSAGES "1,,Me," ME ",\"Anna, Ben\",\"" ANNA "," BEN
			 "\",2026-05-01 14:22:10 UTC,,x,INBOX\n"
			 "1,,Me," ME ",Ben," BEN ",2026-05-02 14:22:10 UTC,,x,INBOX\n"
			 "1,,Me," ME ",Anna," ANNA ",2026-05-02 14:22:10 UTC,,x,INBOX\n",
		"4" SEEN_ANNA "2026-05-02|\n3" SEEN_BEN "2026-05-02|\n");
	check_file(NULL, MESSAGES "1,,Me," ME ",Anna," ANNA ",today,,x,INBOX\n",
		"2! has no date that can be read\n");
}

/* More partners than are held at once. */
static void linkedin_many_partners(void)
{
	struct seen seen = { .text = STR_INIT };
	const struct record_handler handler = { seen_record, seen_reject, &seen, seen_aside };
	_cleanup_(table_reader_freep) struct table_reader *reader = NULL;
	_cleanup_str_ struct str text = STR_INIT;

	str_add(&text, MESSAGES);
	for (size_t i = 0; i < 10000; i++)
		str_addf(&text,
			"1,,Me," ME ",P%zu,https://l.example/%zu,2026-05-01 14:22:10 UTC,,,\n", i,
			i);
	CHECK_INT(table_reader_new(&reader, &handler, NULL, NULL), 0);
	CHECK_INT(table_reader_push(reader, text.data, text.len), 0);
	CHECK_INT(table_reader_end(reader), 0);
	CHECK_INT(seen.records, 10000);
	str_done(&seen.text);
}

TEST_MAIN(TEST(linkedin_connections), TEST(linkedin_recommendations), TEST(linkedin_endorsements),
	TEST(linkedin_invitations), TEST(linkedin_messages), TEST(linkedin_many_partners))
