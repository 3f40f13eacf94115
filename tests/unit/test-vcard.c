/* SPDX-License-Identifier: MIT */
#include "format/vcard.h"
#include "reader-fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

READER_FIXTURE(vcard);

struct row {
	const char *card, *seen;
};

/* The body of one card, and what comes of it; in one piece and in small ones. */
static void check_bodies(const struct row *rows, size_t n)
{
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < n; i++)
		for (size_t piece = 1; piece <= 1000; piece = piece * 10 + 7) {
			_cleanup_str_ struct str card = STR_INIT;

			TEST_ROW("%s in pieces of %zu", rows[i].card, piece);
			str_addf(&card, "BEGIN:VCARD\nVERSION:3.0\n%s\nEND:VCARD\n", rows[i].card);
			CHECK_INT(vcard_read(&seen, card.data, card.len, piece), 0);
			CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		}
	str_done(&seen.text);
}

static void vcard_names(void)
{
	static const struct row rows[] = {
		{ "FN:Anna Schmidt", "1 Anna Schmidt|\n" },
		{ "fn:Anna\\, die Erste", "1 Anna, die Erste|\n" },
		{ "FN:\nN:Schmidt;Anna;Maria;Dr.;MdB",
			"1 Dr. Anna Maria Schmidt MdB|x:N:Schmidt;Anna;Maria;Dr.;MdB|\n" },
		{ "N:Schmidt;Anna;;;\nFN:A. Schmidt", "1 A. Schmidt|x:N:Schmidt;Anna;;;|\n" },
		{ "N:Madonna", "1 Madonna|x:N:Madonna|\n" },
		{ "N:;;;;\nORG:Verein e.V.;Vorstand",
			"1 Verein e.V.|org=Verein e.V.|x:ORG:Verein e.V.;Vorstand|\n" },
		{ "EMAIL:info@example.org", "1 info@example.org|e:info@example.org|\n" },
		{ "FN:A\nFN:B", "1 A|x:FN:B|\n" },
		{ "NOTE:x\nTEL:1", "1! has no name, no organisation and no e-mail address\n" },
		{ "FN: \nN: ; ;\nEMAIL: ",
			"1! has no name, no organisation and no e-mail address\n" },
		{ "FN:X\nKIND:group", "1! is a group of contacts, not a contact\n" },
		{ "FN:X\nX-ADDRESSBOOKSERVER-KIND:group",
			"1! is a group of contacts, not a contact\n" },
		{ "FN:X\nKIND:individual", "1 X|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

static void vcard_values(void)
{
	static const struct row rows[] = {
		{ "FN:X\nEMAIL;TYPE=INTERNET;TYPE=HOME:x@y.z\nEMAIL;PREF:x@y.z",
			"1 X|e:x@y.z(home)|\n" },
		{ "FN:X\nTEL;WORK;FAX:1\nTEL;TYPE=\"cell\",voice:+49 2",
			"1 X|p:1(work fax)|p:+49 2(cell)|\n" },
		{ "FN:X\nTEL;VALUE=uri;TYPE=cell:tel:+1-418;ext=102",
			"1 X|p:+1-418;ext=102(cell)|\n" },
		{ "FN:X\nEMAIL:MAILTO:x@y.z", "1 X|e:x@y.z|\n" },
		{ "FN:X\nTEL:\xe2\x80\xad+49 173\xe2\x80\xac", "1 X|p:+49 173|\n" },
		{ "FN:X\nitem1.TEL:5\nitem1.X-ABLabel:_$!<Main>!$_", "1 X|p:5(Main)|\n" },
		{ "FN:X\nitem1.X-ABLabel:Skihütte\nITEM1.TEL:5", "1 X|p:5(Skihütte)|\n" },
		{ "FN:X\nitem1.EMAIL;TYPE=work,cell:a\\,b@x\nitem1.X-ABLabel:Boot\nitem1.X-ABLabel:Yacht",
			"1 X|e:a,b@x(Yacht)|x:EMAIL;TYPE=work,cell:a\\,b@x|\n" },
		{ "FN:X\nitem1.TEL;TYPE=\"a:b\":1\nitem1.X-ABLabel:Boot", "1 X|p:1(Boot)|\n" },
		/* where no mail goes is no address */
		{ "FN:X\nEMAIL;TYPE=HOME:kein mail\nEMAIL;ENCODING=QUOTED-PRINTABLE:a=40x",
			"1 X|x:EMAIL;TYPE=HOME:kein mail|e:a@x|\n" },
		{ "FN:X\nitem1.EMAIL:none\nitem1.X-ABLabel:L",
			"1 X|x:item1.EMAIL:none|x:item1.X-ABLabel:L|\n" },
		{ "FN:X\nitem1.X-FOO:1\nitem1.X-ABLabel:L",
			"1 X|x:item1.X-FOO:1|x:item1.X-ABLabel:L|\n" },
		{ "FN:X\nURL:http\\://a.b/\nX-SOCIALPROFILE;type=twitter:https://t.co/x",
			"1 X|l:http://a.b/|l:https://t.co/x(twitter)|\n" },
		{ "FN:X\nX-SOCIALPROFILE;type=myspace:x-apple:anna",
			"1 X|x:X-SOCIALPROFILE;type=myspace:x-apple:anna|\n" },
		{ "FN:X\nADR;TYPE=HOME:;;Weg 1;Köln;;5;D\nADR:;;;Bonn;;;",
			"1 X|city=Köln|x:ADR;TYPE=HOME:;;Weg 1;Köln;;5;D|x:ADR:;;;Bonn;;;|\n" },
		{ "FN:X\nADR:;;;Bonn;;;", "1 X|city=Bonn|\n" },
		/* Components that say nothing are none; what stands beside the one that is a field keeps the line. */
		{ "FN:X\nORG:A;;\nADR:;;;Ort", "1 X|org=A|city=Ort|\n" },
		{ "FN:X\nORG: ;B\nADR:;;;;;;Land", "1 X|x:ORG: ;B|x:ADR:;;;;;;Land|\n" },
		{ "FN:X\nADR:a;b\nADR:;;; ;\nADR:;;;Ort;\\;",
			"1 X|city=Ort|x:ADR:a;b|x:ADR:;;;Ort;\\;|\n" },
		{ "FN:X\nORG:A\nORG:A\nTITLE:T\nTITLE: T \nTITLE:Ti",
			"1 X|org=A|title=T|x:ORG:A|x:TITLE:Ti|\n" },
		{ "FN:X\nORG:A\nORG:B\nTITLE:T\nTITLE:U\nUID:u",
			"1 X|uid=u|org=A|title=T|x:ORG:B|x:TITLE:U|\n" },
		{ "FN:X\nNOTE:a\\nb\nNOTE:c", "1 X|note=a\nb\nc|\n" },
		{ "FN:X\nNICKNAME:N\nX-Y;Z=\"q:r\":v\nREV:1\nPRODID:p",
			"1 X|x:NICKNAME:N|x:X-Y;Z=\"q:r\":v|\n" },
		{ "FN:X\nNICKNAME:", "1 X|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

/* The preferred one comes first, and says so where there are others. */
static void vcard_preferences(void)
{
	static const struct row rows[] = {
		{ "FN:X\nEMAIL;PREF=2:b@x\nEMAIL;TYPE=home;PREF=1:a@x\nEMAIL:c@x",
			"1 X|e:a@x(home pref)|e:b@x|e:c@x|\n" },
		{ "FN:X\nEMAIL:b@x\nTEL;HOME:1\nEMAIL:c@x\nTEL;CELL;PREF:2\nEMAIL;TYPE=INTERNET,pref:a@x",
			"1 X|e:a@x(pref)|e:b@x|p:2(cell pref)|p:1(home)|e:c@x|\n" },
		{ "FN:X\nURL:b\nURL;PREF=100:a", "1 X|l:a(pref)|l:b|\n" },
		/* as they come, where several are equal */
		{ "FN:X\nEMAIL;PREF=1:a@x\nEMAIL;TYPE=pref:b@x", "1 X|e:a@x(pref)|e:b@x|\n" },
		{ "FN:X\nEMAIL:a@x\nEMAIL;PREF=0:b@x\nEMAIL;PREF=101:c@x\nEMAIL;PREF=x:d@x",
			"1 X|e:a@x|e:b@x|e:c@x|e:d@x|\n" },
		{ "FN:X\nEMAIL;PREF=1:a@x\nTEL:1", "1 X|e:a@x|p:1|\n" },
		{ "FN:X\nEMAIL:b@x\nitem1.EMAIL;type=pref:a@x\nitem1.X-ABLabel:Büro",
			"1 X|e:a@x(Büro pref)|e:b@x|\n" },
		{ "FN:X\nEMAIL;PREF=1:a@x\nEMAIL:a@x\nEMAIL:b@x", "1 X|e:a@x(pref)|e:b@x|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

static void vcard_tags(void)
{
	static const struct row rows[] = {
		{ "FN:X\nCATEGORIES:a,b ,a,,myContacts", "1 X|t:a|t:b|\n" },
		{ "FN:X\nCATEGORIES:a,b c\\, d\\;e\\\\", "1 X|t:a|t:b c, d;e\\|\n" },
		/* The whole list was escaped. */
		{ "FN:X\nCATEGORIES:a\\, b\\,c", "1 X|t:a|t:b|t:c|\n" },
		{ "FN:X\nCATEGORIES:a\\\\\\,\\,b\\", "1 X|t:a\\|t:b\\|\n" },
		{ "FN:X\nCATEGORIES:a\nCATEGORIES:b,c", "1 X|t:a|t:b|t:c|\n" },
		{ "PRODID:" OWN_PRODID "\nFN:X\nCATEGORIES:a\\,b\nCATEGORIES:My Contacts",
			"1 X|t:a,b|t:My Contacts|\n" },
		{ "PRODID:-//else\nFN:X\nCATEGORIES:a\\,b", "1 X|t:a|t:b|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

/* What our exports alone say; of others it is kept as a line. */
static void vcard_own(void)
{
	static const struct row rows[] = {
		{ "PRODID:" OWN_PRODID "\nFN:X\nX-NUDGE-EVERY:3m\nX-NUDGE-LANGUAGE:de\n"
		  "X-NUDGE-SALUTATION:Dear\\, X\nX-NUDGE-MET-PLACE:Kiel\nX-NUDGE-BUSY-INBOX:yes\n"
		  "X-NUDGE-OFFERS:a\\, b\nX-NUDGE-OFFERS:c\nX-NUDGE-SEEKS:d",
			"1 X|X-NUDGE-LANGUAGE=de|X-NUDGE-SALUTATION=Dear, X|X-NUDGE-EVERY=3m|"
			"X-NUDGE-MET-PLACE=Kiel|X-NUDGE-BUSY-INBOX=yes|o:a, b|o:c|s:d|\n" },
		{ "PRODID:" OWN_PRODID "\nFN:X\nX-NUDGE-EVERY:soon\nX-NUDGE-BUSY-INBOX:no\n"
		  "X-NUDGE-EVERY:never\nX-NUDGE-EVERY:1d",
			"1 X|X-NUDGE-EVERY=never|x:X-NUDGE-EVERY:soon|x:X-NUDGE-BUSY-INBOX:no|"
			"x:X-NUDGE-EVERY:1d|\n" },
		{ "FN:X\nX-NUDGE-EVERY:1d\nX-NUDGE-OFFERS:a",
			"1 X|x:X-NUDGE-EVERY:1d|x:X-NUDGE-OFFERS:a|\n" },
		{ "PRODID:-//else\nFN:X\nX-NUDGE-SALUTATION:Darling",
			"1 X|x:X-NUDGE-SALUTATION:Darling|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

/* One card's maker is not the next one's. */
static void vcard_own_ends_with_the_card(void)
{
	static const char cards[] = "BEGIN:VCARD\nPRODID:" OWN_PRODID
				    "\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nX-NUDGE-EVERY:1d\n"
				    "END:VCARD\n";
	struct seen seen = { .text = STR_INIT };

	CHECK_INT(vcard_read(&seen, cards, strlen(cards), 7), 0);
	CHECK_TEXT(str_text(&seen.text), "1 A|\n5 B|x:X-NUDGE-EVERY:1d|\n");
	str_done(&seen.text);
}

static void vcard_days(void)
{
	static const struct row rows[] = {
		{ "FN:X\nBDAY:19800322", "1 X|B:1980-03-22|\n" },
		{ "FN:X\nBDAY;VALUE=date:1980-03-22\nBDAY:19800322", "1 X|B:1980-03-22|\n" },
		{ "FN:X\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-01-22", "1 X|B:--01-22|\n" },
		{ "FN:X\nBDAY;X-APPLE-OMIT-YEAR=1900:1900-01-22", "1 X|B:--01-22|\n" },
		{ "FN:X\nBDAY:1604-01-22", "1 X|B:--01-22|\n" },
		{ "FN:X\nBDAY:\nBDAY:0000-00-00", "1 X|\n" },
		{ "FN:X\nBDAY:22.3.1980", "1 X|B:1980-03-22|\n" },
		{ "FN:X\nBDAY:22/03/1980", "1 X|B:1980-03-22|\n" },
		{ "FN:X\nBDAY:1980/03/22", "1 X|B:1980-03-22|\n" },
		{ "FN:X\nBDAY:March 22\\, 1980", "1 X|B:1980-03-22|\n" },
		{ "FN:X\nBDAY:3/4/1980", "1 X|note=Birthday: 3/4/1980|\n" },
		{ "FN:X\nBDAY:30.2.1980", "1 X|note=Birthday: 30.2.1980|\n" },
		{ "FN:X\nBDAY;VALUE=text:circa 1800", "1 X|note=Birthday: circa 1800|\n" },
		{ "FN:X\nBDAY;ALTID=1:20160801\nBDAY;ALTID=1;VALUE=text:2016-08-01",
			"1 X|B:2016-08-01|\n" },
		{ "FN:X\nBDAY:--0801\nBDAY:20160801", "1 X|B:2016-08-01|\n" },
		{ "FN:X\nBDAY:20160801\nBDAY:20170801",
			"1 X|note=Birthday: 20170801|B:2016-08-01|\n" },
		{ "FN:X\nANNIVERSARY:20090808T1430-0500\nX-MS-ANNIVERSARY:20090808\nX-EVOLUTION-ANNIVERSARY:2010-01-02",
			"1 X|A:2009-08-08|A:2010-01-02|\n" },
		{ "FN:X\nitem1.X-ABDATE:20140310\nitem1.X-ABLabel:_$!<Anniversary>!$_",
			"1 X|A:2014-03-10|\n" },
		{ "FN:X\nitem1.X-ABLabel:Namenstag\nitem1.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-07-26",
			"1 X|O:Namenstag --07-26|\n" },
		{ "FN:X\nX-ABDATE:1776-07-04", "1 X|x:X-ABDATE:1776-07-04|\n" },
		{ "FN:X\nX-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1980-03-22;3;;;",
			"1 X|B:1980-03-22|\n" },
		{ "FN:X\nX-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;--07-26;0;Namenstag;;",
			"1 X|O:Namenstag --07-26|\n" },
		{ "FN:X\nX-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Bob;1;;",
			"1 X|x:X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Bob;1;;|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

static void vcard_encodings(void)
{
	static const struct row rows[] = {
		{ "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96zil;=\n=C3=84nne",
			"1 Änne Özil|x:N:Özil;Änne|\n" },
		{ "fn;quoted-printable:J=F6rg", "1 Jörg|\n" },
		{ "FN:J\xf6rg \x80", "1 Jörg €|\n" },
		{ "FN:X\nNOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=\nb", "1 X|note=a\nb|\n" },
		{ "FN:X\nX-Q;ENCODING=QUOTED-PRINTABLE;W=1:=41=0Ab", "1 X|x:X-Q;W=1:A\\nb|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

static void vcard_bulk_is_dropped(void)
{
	static const struct row rows[] = {
		{ "FN:X\nPHOTO;ENCODING=b:AAAA\n BBBB\n CCCC\nTEL:1", "1 X|p:1|\n" },
		{ "FN:X\nX-KADDRESSBOOK-X-Anniversary:2010-01-02", "1 X|A:2010-01-02|\n" },
		{ "FN:X\nNOTE;ENCODING=BASE64:R3LDvMOfZQ==\n\nTEL:1", "1 X|note=Grüße|p:1|\n" },
		{ "FN:X\nNOTE;BASE64;CHARSET=ISO-8859-1:\n R3L832U=\n\nTEL:1",
			"1 X|note=Grüße|p:1|\n" },
		{ "FN:X\nNOTE;ENCODING=b:YQpiXCxj", "1 X|note=a\nb,c|\n" },
		{ "FN:X\nX-A;ENCODING=BASE64:R3LDvMOfZQ==", "1 X|x:X-A:Grüße|\n" },
		/* what is none is what it says, and bytes are no text */
		{ "FN:X\nNOTE;ENCODING=BASE64:not base64", "1 X|note=not base64|\n" },
		{ "FN:X\nNOTE;ENCODING=BASE64:AAEC", "1 X|note=AAEC|\n" },
		{ "FN:X\nPHOTO;ENCODING=BASE64:\nAAAA\nBBBB=\n\nTEL:1", "1 X|p:1|\n" },
		{ "FN:X\nitem1.LOGO:x\nSOUND:y\nKEY:z", "1 X|\n" },
		{ "FN:X\nNOTE:one\ntwo lines unfolded", "1 X|note=one\ntwo lines unfolded|\n" },
		{ "FN:X\nAGENT:\nBEGIN:VCARD\nFN:Y\nTEL:2\nEND:VCARD\nTEL:1", "1 X|p:1|\n" },
		{ "FN:X\nAGENT:BEGIN:VCARD\\nFN:Y\\nEND:VCARD\nTEL:1", "1 X|p:1|\n" },
		{ "FN:X\nBEGIN:VEVENT\nFN:Y\nEND:VEVENT\nTEL:1", "1 X|p:1|\n" },
	};

	check_bodies(rows, ARRAY_SIZE(rows));
}

static void vcard_files(void)
{
	static const struct row rows[] = {
		{ "begin:vcard\r\nfn:A\r\nversion:2.1\r\nend:vcard\r\nBEGIN:VCARD\r\nFN:B\r\nEND:VCARD\r\n",
			"1 A|\n5 B|\n" },
		{ "\xef\xbb\xbf"
		  "BEGIN:VCARD\rFN:A\rEND:VCARD\r\xef\xbb\xbf"
		  "BEGIN:vCard \rFN:B\rEND:VCARD",
			"1 A|\n4 B|\n" },
		/* files that were joined, without the end of a line between them */
		{ "BEGIN:VCARD\nFN:A\nEND:VCARDBEGIN:VCARD\nFN:B\nend:vcardbegin:vcard \nFN:C\nEND:VCARD",
			"1 A|\n3 B|\n5 C|\n" },
		{ "BEGIN:VCARD\nFN:A\nEND:VCARDBEGIN:VCARD\nEND:VCARD",
			"1 A|\n3! has no name, no organisation and no e-mail address\n" },
		{ "BEGIN:VCARD\nFN:A\nEND:VCARDBEGIN:VCARDS\nFN:B\nEND:VCARD", "1 A|x:FN:B|\n" },
		{ "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
			"1! has no END:VCARD\n3 B|\n" },
		{ "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n",
			"1 A|\n4! has no END:VCARD\n" },
		{ "<html>\n<p>\nBEGIN:VCARD\nFN:A\nEND:VCARD\n\nx\ny\n",
			"1! is no vCard: no BEGIN:VCARD stands before it\n3 A|\n7! is no vCard: no BEGIN:VCARD stands before it\n" },
		{ "\n\nBEGIN:VCARD\nFN:A\nEND:VCARD\nEND:VCARD\n\n", "3 A|\n" },
		{ "BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD",
			"1! has no name, no organisation and no e-mail address\n3 A|\n" },
		{ "", "" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t piece = 1; piece < 40; piece += 3) {
			TEST_ROW("row %zu in pieces of %zu", i, piece);
			CHECK_INT(vcard_read(&seen, rows[i].card, strlen(rows[i].card), piece), 0);
			CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		}
	str_done(&seen.text);
}

static void add_repeated(struct str *out, const char *text, size_t times)
{
	while (times--)
		str_add(out, text);
}

/* A card with `head`, `times` times `piece`, and `tail`; then a good one, which must come through.
 */
static void check_limit(
	const char *head, const char *piece, size_t times, const char *tail, const char *expected)
{
	_cleanup_str_ struct str file = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	str_addf(&file, "BEGIN:VCARD\nFN:X\n%s", head);
	add_repeated(&file, piece, times);
	str_addf(&file, "%s\nEND:VCARD\nBEGIN:VCARD\nFN:Good\nEND:VCARD\n", tail);
	CHECK_INT(vcard_read(&seen, file.data, file.len, 65536), 0);
	CHECK(strstr(str_text(&seen.text), " Good|\n") != NULL);
	if (expected)
		CHECK(str_starts(str_text(&seen.text), expected));
	else
		CHECK_INT(seen.records, 2);
	str_done(&seen.text);
}

static void vcard_limits(void)
{
	/* "NOTE:" and 26,213 times ten bytes are one line of 262,135; ten more are over 262,144 */
	check_limit("NOTE:", "0123456789", 26213, "", NULL);
	check_limit("NOTE:", "0123456789", 26214, "", "1! has a line of more than 256 KiB\n");
	check_limit("NOTE:", "01234567\n 9", 40000, "", "1! has a line of more than 256 KiB\n");
	check_limit("PHOTO:", "0123456789", 300000, "", NULL);
	check_limit("PHOTO:x", "\n 123456789", 300000, "", NULL);
	check_limit("", "NOTE:0123456789012345678901234567890123456789\n", 30000, "",
		"1! holds more than 1 MiB of text\n");
	check_limit("", "TEL:1\n", 3000, "", NULL);
}

static void vcard_too_many_values(void)
{
	_cleanup_str_ struct str file = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	for (int n = VCARD_VALUES_MAX; n <= VCARD_VALUES_MAX + 1; n++) {
		str_clear(&file);
		seen.records = seen.rejects = 0;
		str_add(&file, "BEGIN:VCARD\nFN:X\n");
		for (int i = 0; i < n; i++)
			str_addf(&file, "TEL:%d\n", i);
		str_add(&file, "END:VCARD\n");
		CHECK_INT(vcard_read(&seen, file.data, file.len, 4096), 0);
		CHECK_INT(seen.records, n <= VCARD_VALUES_MAX);
		CHECK_INT(seen.rejects, n > VCARD_VALUES_MAX);
	}
	str_done(&seen.text);
}

/* Within one line too, which may hold a hundred thousand. */
static void vcard_too_many_tags(void)
{
	_cleanup_str_ struct str file = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	str_add(&file, "BEGIN:VCARD\nFN:X\nCATEGORIES:0");
	for (int i = 1; i <= VCARD_VALUES_MAX; i++)
		str_addf(&file, ",%d", i);
	str_add(&file, "\nEND:VCARD\n");
	CHECK_INT(vcard_read(&seen, file.data, file.len, 4096), 0);
	CHECK_INT(seen.records, 0);
	CHECK_INT(seen.rejects, 1);
	str_done(&seen.text);
}

static void vcard_handler_ends_the_reading(void)
{
	static const char file[] = "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n";
	struct seen seen = { .text = STR_INIT, .stop_at = 1 };

	CHECK_INT(vcard_read(&seen, file, strlen(file), 5), -5);
	CHECK_TEXT(str_text(&seen.text), "1 A|\n");
	str_done(&seen.text);
}

/* Files as programs wrote them are not ours to pass on: they are read where somebody has them. */
static void vcard_real_files(void)
{
	const char *corpus = getenv("NUDGED_CORPUS");
	_cleanup_str_ struct str folder = STR_INIT;
	struct dirent *entry;
	DIR *dir;
	int files = 0;

	str_addf(&folder, "%s/vcard", corpus ? corpus : "");
	dir = corpus ? opendir(folder.data) : NULL;
	if (!dir) {
		test_skip("NUDGED_CORPUS names no folder with real export files in vcard/");
		return;
	}
	while ((entry = readdir(dir))) {
		_cleanup_str_ struct str path = STR_INIT, file = STR_INIT;
		struct seen seen = { .text = STR_INIT };
		char chunk[4096];
		size_t n;
		FILE *f;

		str_addf(&path, "%s/%s", folder.data, entry->d_name);
		if (!strstr(entry->d_name, ".vcf") || !(f = fopen(path.data, "rb")))
			continue;
		while ((n = fread(chunk, 1, sizeof(chunk), f)))
			str_add_bytes(&file, chunk, n);
		(void)fclose(f);
		TEST_ROW("%s", entry->d_name);
		CHECK_INT(vcard_read(&seen, str_text(&file), file.len, 1000), 0);
		CHECK(seen.records > 0);
		CHECK_INT(seen.rejects, 0);
		str_done(&seen.text);
		files++;
	}
	(void)closedir(dir);
	CHECK(files > 0);
}

TEST_MAIN(TEST(vcard_names), TEST(vcard_values), TEST(vcard_preferences), TEST(vcard_tags),
	TEST(vcard_own), TEST(vcard_own_ends_with_the_card), TEST(vcard_days),
	TEST(vcard_encodings), TEST(vcard_bulk_is_dropped), TEST(vcard_files), TEST(vcard_limits),
	TEST(vcard_too_many_values), TEST(vcard_too_many_tags),
	TEST(vcard_handler_ends_the_reading), TEST(vcard_real_files))
