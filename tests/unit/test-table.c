/* SPDX-License-Identifier: MIT */
#include "format/table.h"
#include "reader-fixture.h"

#include <errno.h>

static int read_bytes(struct seen *seen, const struct table_options *options, const char *bytes,
	size_t n, size_t piece)
{
	const struct record_handler handler = { seen_record, seen_reject, seen, seen_aside };
	_cleanup_(table_reader_freep) struct table_reader *reader = NULL;
	int result = 0;

	str_clear(&seen->text);
	seen->records = seen->rejects = 0;
	CHECK_INT(table_reader_new(&reader, &handler, options, NULL), 0);
	for (size_t at = 0; at < n && !result; at += piece)
		result = table_reader_push(reader, bytes + at, at + piece < n ? piece : n - at);
	return result ? result : table_reader_end(reader);
}

static void check_text(const struct table_options *options, const char *text, const char *expected)
{
	struct seen seen = { .text = STR_INIT };

	for (size_t piece = 1; piece <= 1000; piece = piece * 10 + 7) {
		CHECK_INT(read_bytes(&seen, options, text, strlen(text), piece), 0);
		CHECK_TEXT(str_text(&seen.text), expected);
	}
	str_done(&seen.text);
}

static void check_map(const char *map, const char *second, const char *text, const char *expected)
{
	const char *const maps[] = { map, second };
	const struct table_options options = { .maps = maps, .n_maps = second ? 2 : 1 };

	TEST_ROW("%s of %s", map, text);
	check_text(&options, text, expected);
}

#define GOOGLE_NEW                                                                                 \
	"First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,"   \
	"File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,"     \
	"Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,"        \
	"Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,"                 \
	"Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"               \
	"Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,"                \
	"Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Relation 1 - Label,"  \
	"Relation 1 - Value\n"

static void table_google_new(void)
{
	check_text(NULL,
		GOOGLE_NEW
		"Anna,Maria,Schmidt,,Dr.,,Änni,,Werft,Chefin,IT, --12-25,\"eins\nzwei\","
		"https://lh3.example/p.jpg,Chor ::: * starred ::: * myContacts,* Work,"
		"anna@example.org ::: a@example.org,,,Mobile,+49 173 1,Home,\"Weg 1\nBonn\",Weg 1,"
		"Bonn,,,53111,DE,,Profile,https://anna.example,Anniversary,2010-05-01,Spouse,Otto\n"
		",,,,,,,,Verein,,,,,,* myContacts,,,,,,,,,,,,,,,,,,,,,,\n"
		",,,,,,,,,,,,,,,,nur@example.org,,,,,,,,,,,,,,,,Kennenlerntag,--06-07,,\n",
		"2 Dr. Anna Maria Schmidt|org=Werft|title=Chefin|city=Bonn|note=eins\nzwei|"
		"x:NICKNAME:Änni|t:Chor|e:anna@example.org(work)|e:a@example.org(work)|"
		"p:+49 173 1(cell)|"
		"l:https://anna.example(profile)|x:X-RELATION-1-LABEL;X-COLUMN=Relation 1 - Label:Spouse|x:X-RELATION-1-VALUE;X-COLUMN=Relation 1 - Value:Otto|"
		"x:N:Schmidt;Anna;Maria;Dr.;|x:ORG:Werft;IT|x:ADR;TYPE=home:;;Weg 1;Bonn;;53111;DE|"
		"B:--12-25|A:2010-05-01|\n"
		"5 Verein|org=Verein|\n"
		"6 nur@example.org|e:nur@example.org|O:Kennenlerntag --06-07|\n");
}

/* What we wrote: nothing is a habit of somebody else's program. */
static void table_own(void)
{
	check_text(NULL,
		"First Name,Last Name,Name Prefix,Organization Name,Labels,E-mail 1 - Label,"
		"E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Nudged Offers,Nudged Every,"
		"Nudged Busy Inbox,Nudged UID\n"
		"Anna,Schmidt,Ms.,,\"a, b;c ::: \",\"'=x\",anna at work,Main,ask,\"a, b ::: c\",3m,yes,u:1\n"
		"Ben,Roth,,,* star ::: myContacts,* home,ben@example.org,,,,often,,u:2\n"
		",,,Verein,,,,,,,,,u:3\n",
		"2 Anna Schmidt|uid=u:1|X-NUDGE-EVERY=3m|X-NUDGE-BUSY-INBOX=yes|t:a, b;c|"
		"e:anna at work(=x)|p:ask(Main)|o:a, b|o:c|x:N:Schmidt;Anna;;Ms.;|\n"
		"3 Ben Roth|uid=u:2|t:* star|t:myContacts|e:ben@example.org(home pref)|"
		"x:X-NUDGED-EVERY:often|\n"
		"4 Verein|uid=u:3|org=Verein|\n");
}

/* The kind of an address, in Google's words or one's own. */
static void table_addresses(void)
{
	static const struct {
		const char *label, *seen;
	} rows[] = {
		{ "", "x:ADR:;;Weg 1;Ulm;;;" },
		{ "WORK", "x:ADR;TYPE=work:;;Weg 1;Ulm;;;" },
		{ "* Home", "x:ADR;TYPE=home;PREF=1:;;Weg 1;Ulm;;;" },
		{ "*", "x:ADR;PREF=1:;;Weg 1;Ulm;;;" },
		{ "other", "x:ADR;TYPE=other:;;Weg 1;Ulm;;;" },
		{ "Other", "x:address2.ADR:;;Weg 1;Ulm;;;|x:address2.X-ABLabel:_$!<Other>!$_" },
		{ "Hof; Ulm", "x:address2.ADR:;;Weg 1;Ulm;;;|x:address2.X-ABLabel:Hof\\; Ulm" },
		{ "* Hof", "x:address2.ADR;PREF=1:;;Weg 1;Ulm;;;|x:address2.X-ABLabel:Hof" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT, seen = STR_INIT;

		TEST_ROW("%s", rows[i].label);
		str_addf(&text,
			"First Name,Address 1 - City,Address 1 - Label,Address 1 - Street,Nudged UID\n"
			"Anna,Ulm,%s,Weg 1,u:1\n",
			rows[i].label);
		str_addf(&seen, "2 Anna|uid=u:1|city=Ulm|%s|\n", rows[i].seen);
		check_text(NULL, text.data, str_text(&seen));
	}
	check_text(NULL,
		"First Name,E-mail 1 - Value,Address 1 - Label,Address 1 - Street\nAnna,a@b.c,* Hof,Weg 1\n",
		"2 Anna|e:a@b.c|x:N:;Anna;;;|x:address2.ADR:;;Weg 1;;;;|x:address2.X-ABLabel:Hof|\n");
}

/* What the book has no field for comes back out of its columns; a column of that name is ours in a table of ours. */
static void table_own_lines(void)
{
	check_text(NULL,
		"First Name,\"'=cmd\",Shoe,Nudged vCard,Nudged vCard 2,Nudged UID\n"
		"Anna,\"'=1+2\",\"4\n3\",\"X-SKYPE:a\n\nitem1.X-B;TYPE=c:d\ne;f\tg\nno line\",N:Roth;Anna;;;,u:1\n",
		"2 Anna|uid=u:1|x:X-CMD;X-COLUMN==cmd:=1+2|x:X-SHOE;X-COLUMN=Shoe:4\\n3|x:X-SKYPE:a|"
		"x:item1.X-B;TYPE=c:d|x:X-NUDGED-VCARD:e\\;f g|x:X-NUDGED-VCARD:no line|x:N:Roth;Anna;;;|\n");
	check_text(NULL, "First Name,E-mail,Nudged vCard\nAnna,a@b.c,X-SKYPE:a\n",
		"columns: name from First Name, email from E-mail; --map changes that\n"
		"2 Anna|e:a@b.c|x:X-NUDGED-VCARD:X-SKYPE:a|x:N:;Anna;;;|\n");
}

static void table_google_old(void)
{
	check_text(NULL,
		"Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Notes,Group "
		"Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
		"Organization 1 - Type,Organization 1 - Name,Organization 1 - Title\n"
		"Anna S.,Anna,,Schmidt,,1984-03-12,,* My Contacts ::: Chor,* Home,a@b.c,Mobile,"
		"1 ::: 2,,Werft,Chefin\n",
		"2 Anna S.|org=Werft|title=Chefin|t:Chor|e:a@b.c(home)|p:1(cell)|p:2(cell)|"
		"x:N:Schmidt;Anna;;;|B:1984-03-12|\n");
}

static void table_outlook_english(void)
{
	static const char header[] =
		"First Name,Middle Name,Last Name,Title,Suffix,Web Page,Gender,Birthday,"
		"Anniversary,Notes,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 "
		"Address,Home Phone,Mobile Phone,Home Street,Home Street 2,Home City,Spouse,"
		"Company,Job Title,Department,Business Phone,Business Fax,Business City,"
		"Categories,Priority,Private\r\n";
	_cleanup_str_ struct str text = STR_INIT;

	str_addf(&text, "%s%s", header,
		"Anna,M.,Schmidt,Dr.,,https://a.example,Unspecified,12/28/1969,0/0/00,"
		"\"eins\r\nzwei\",anna@example.org,SMTP,Anna,/o=X/cn=a,+49 1,0173,Weg 1,Hof,Bonn,"
		"Otto,Werft,Chefin,IT,2,3,Kiel,Chor;Club,Normal,False\r\n"
		"Ben,,Weiß,Mr.,,,,3/4/1980,5/6/2001,,b@c.d,,,,,,,,,,,,,,,,,,\r\n"
		"\r\n,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n");
	check_text(NULL, text.data,
		"2 Dr. Anna M. Schmidt|org=Werft|title=Chefin|city=Bonn|note=eins\nzwei|"
		"l:https://a.example|e:anna@example.org|x:X-E-MAIL-2-ADDRESS:/o=X/cn=a|"
		"p:+49 1(home)|p:0173(cell)|x:X-SPOUSE;X-COLUMN=Spouse:Otto|p:2(work)|p:3(work fax)|t:Chor|t:Club|"
		"x:N:Schmidt;Anna;M.;Dr.;|x:ORG:Werft;IT|x:ADR;TYPE=home:;;Weg 1\\, Hof;Bonn;;;|"
		"x:ADR;TYPE=work:;;;Kiel;;;|B:1969-12-28|\n"
		"4 Ben Weiß|e:b@c.d|x:N:Weiß;Ben;;Mr.;|B:1980-03-04|A:2001-05-06|\n");
}

/* In the other order of columns, by semicolons, and as Windows writes it. */
static void table_outlook_german(void)
{
	check_text(NULL,
		"\"Anrede\";\"Vorname\";\"Weitere Vornamen\";\"Nachname\";\"Firma\";\"Stra\xdf"
		"e gesch\xe4"
		"ftlich\";\"Ort gesch\xe4"
		"ftlich\";\"Fax privat\";\"Telefon gesch\xe4"
		"ftlich\";\"Weiteres Telefon\";\"Geburtstag\";\"Jahrestag\";\"E-Mail-Adresse\";"
		"\"E-Mail-Typ\";\"E-Mail: Angezeigter Name\";\"E-Mail 2: Adresse\";\"Privat\"\r\n"
		"\"Frau\";\"\xc4nne\";\"\";\"M\xfcller\";\"Stadtwerke\";\"Ring 1\";\"K\xf6ln\";"
		"\"1\";\"2\";\"3\";\"28.12.1969\";\"0.0.00\";\"a@b.c\";\"SMTP\";\"x\";\"d@e.f\";"
		"\"Falsch\"\r\n",
		"2 Änne Müller|org=Stadtwerke|city=Köln|p:1(home fax)|p:2(work)|p:3|e:a@b.c|e:d@e.f|"
		"x:N:Müller;Änne;;Frau;|x:ADR;TYPE=work:;;Ring 1;Köln;;;|B:1969-12-28|\n");
}

#define THUNDERBIRD                                                                                \
	"First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,"    \
	"Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address "   \
	"2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,"  \
	"Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web "   \
	"Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes,\n"
#define THUNDERBIRD_ANNA                                                                           \
	"Anna,Schmidt,Anna S.,Änni,a@b.c,d@e.f,annas,1,2,3,,4,Weg 1,Hof,Bonn,,53111,DE,,,,,,,"    \
	"Chefin,,Werft,https://a.example,,1984,3,12,eins,,,,Cello,\n"
#define THUNDERBIRD_SEEN                                                                                         \
	" Anna S.|org=Werft|title=Chefin|city=Bonn|note=Cello|x:NICKNAME:Änni|e:a@b.c|e:d@e.f|"                 \
	"x:X-SCREEN-NAME;X-COLUMN=Screen Name:annas|p:1(work)|p:2(home)|p:3(fax)|p:4(cell)|l:https://a.example|" \
	"x:X-CUSTOM-1;X-COLUMN=Custom 1:eins|x:N:Schmidt;Anna;;;|x:ADR;TYPE=home:;;Weg 1\\, Hof;Bonn;;53111;DE|" \
	"B:1984-03-12|\n"

static void table_thunderbird(void)
{
	static const char german[] = "Vorname;Nachname;Anzeigename;Primäre E-Mail-Adresse;"
				     "Telefon dienstlich;Mobil-Tel.-Nr.;Wohnort privat;"
				     "Geburtsjahr;Geburtsmonat;Geburtstag;Notizen\n"
				     "Anna;Schmidt;;a@b.c;1;2;Bonn;;3;12;\n"
				     "Ben;Weiß;;d@e.f;;;;1984;;;\n";

	check_text(NULL, THUNDERBIRD THUNDERBIRD_ANNA, "2" THUNDERBIRD_SEEN);
	check_text(
		NULL, THUNDERBIRD_ANNA THUNDERBIRD_ANNA, "1" THUNDERBIRD_SEEN "2" THUNDERBIRD_SEEN);
	check_text(NULL, german,
		"2 Anna Schmidt|city=Bonn|e:a@b.c|p:1(work)|p:2(cell)|x:N:Schmidt;Anna;;;|"
		"B:--03-12|\n"
		"3 Ben Weiß|note=Birthday: 1984-0-0|e:d@e.f|x:N:Weiß;Ben;;;|\n");
}

static void table_guesses(void)
{
	static const struct {
		const char *text, *seen;
	} rows[] = {
		{ "Name,Mail\nA,a@b.c; d@b.c\nB,Hugo <h@b.c>\nC,\"mailto:c@b.c,Kahl <k@b.c>\"\nD,<@\nE,kein\n",
			"columns: name from Name, email from Mail; --map changes that\n"
			"2 A|e:a@b.c|e:d@b.c|\n3 B|e:h@b.c|\n4 C|e:c@b.c|e:k@b.c|\n5 D|e:<@|\n"
			"6 E|x:X-MAIL:kein|\n" },
		{ "Vorname;Name;Mail;Handy;Farbe\nAnna;Schmidt;a@b.c;0173;blau\n",
			"columns: name from Vorname + Name, email from Mail, phone from Handy; no field for: Farbe (kept with the contact); --map "
			"changes that\n"
			"2 Anna Schmidt|e:a@b.c|p:0173(cell)|x:X-FARBE;X-COLUMN=Farbe:blau|x:N:Schmidt;Anna;;;|\n" },
		{ "Kunde|Wohnort|Mail|Tel|Geb.|Bemerkung\nAnna|Bonn|a@b.c|1|1.2.1990|hi\n",
			"columns: name from Kunde, email from Mail, phone from Tel, city from Wohnort, "
			"birthday from Geb., note from Bemerkung; --map changes that\n"
			"2 Anna|city=Bonn|note=hi|e:a@b.c|p:1|B:1990-02-01|\n" },
		{ "Client,Residence,E-Mail-Adr.,Tel.-Nr.,Geb. am,Remark\nAnna,Bonn,a@b.c,1,1.2.1990,hi\n",
			"columns: name from Client, email from E-Mail-Adr., phone from Tel.-Nr., city from "
			"Residence, birthday from Geb. am, note from Remark; --map changes that\n"
			"2 Anna|city=Bonn|note=hi|e:a@b.c|p:1|B:1990-02-01|\n" },
		{ "| Name | E-Mail |\n|------|:-----:|\n| Anna | a@b.c |\n| -- | b@b.c |\n",
			"columns: name from Name, email from E-Mail; --map changes that\n"
			"3 Anna|e:a@b.c|\n4 --|e:b@b.c|\n" },
		{ "title,firstName,jobTitle\nDr.,Anna,Dev\n",
			"columns: name from title + firstName, title from jobTitle; --map changes that\n"
			"2 Dr. Anna|title=Dev|x:N:;Anna;;Dr.;|\n" },
		/* the family's first, where the header says it */
		{ "Name, Vorname;Tel\nRoth, Anna;1\nBen Weiß;2\n,Carl;3\nDorn,;4\n",
			"columns: name from Name, Vorname, phone from Tel; --map changes that\n"
			"2 Anna Roth|p:1|x:N:Roth;Anna;;;|\n3 Ben Weiß|p:2|\n4 Carl|p:3|x:N:;Carl;;;|\n"
			"5 Dorn|p:4|x:N:Dorn;;;;|\n" },
		/* a customer has people */
		{ "Kunde,Ansprechpartner\nWerft,Anna\n",
			"columns: name from Ansprechpartner, org from Kunde; --map changes that\n"
			"2 Anna|org=Werft|\n" },
		{ "Kunde,Vorname,Nachname,Firma\nx,Anna,Roth,Werft\n",
			"columns: name from Vorname + Nachname, org from Firma; no field for: Kunde (kept "
			"with the contact); --map changes that\n"
			"2 Anna Roth|org=Werft|x:X-KUNDE:x|x:N:Roth;Anna;;;|\n" },
		{ "Name,a,b,c,d,e,f,g,h,i,\nAnna,,,,,,,,,,\n",
			"columns: name from Name; no field for: a, b, c, d, e, f, g, h and 1 more (kept "
			"with the contact); --map changes that\n2 Anna|\n" },
		{ "Name\nAnna\n", "columns: name from Name; --map changes that\n2 Anna|\n" },
		{ "E-Mail,Tags,Straße\na@b.c,\"Chor, Club\",Weg 1\n",
			"columns: email from E-Mail, tag from Tags, address from Straße; --map changes that\n"
			"2 a@b.c|e:a@b.c|t:Chor|t:Club|x:ADR:;;Weg 1;;;;|\n" },
		/* rows that are no header stand before it */
		{ "My contacts,\nas of May,\n\nName,City\nAnna,Bonn\n",
			"columns: name from Name, city from City; --map changes that\n"
			"5 Anna|city=Bonn|\n" },
		/* two files in one */
		{ "Name,City\nAnna,Bonn\nName,City\nBen,Kiel\n",
			"columns: name from Name, city from City; --map changes that\n"
			"2 Anna|city=Bonn|\n4 Ben|city=Kiel|\n" },
		{ "Name,City,Org\nAnna,Bonn\nBen\n,,\nCarl,,Werft,x\n,Bonn,\nDora,,,,\n",
			"columns: name from Name, org from Org, city from City; --map changes that\n"
			"2 Anna|city=Bonn|\n"
			"3! has a single field: part of another row, or cut off\n"
			"5! has more fields than there are columns\n"
			"6! has no name, no organisation and no e-mail address\n"
			"7 Dora|\n" },
		{ "Name,Farbe\nAnna,\"rot,\tblau;\ngrün\\\"\n",
			"columns: name from Name; no field for: Farbe (kept with the contact); --map changes that\n"
			"2 Anna|x:X-FARBE;X-COLUMN=Farbe:rot\\, blau\\;\\ngrün\\\\|\n" },
		{ "Vor- und Nachname;Tel. gesch.;Geburtstag (TT.MM.JJJJ);Mobil (privat)\n"
		  "Anna;1;12.3.1984;2\n",
			"columns: name from Vor- und Nachname, phone from Tel. gesch. + Mobil (privat), "
			"birthday from Geburtstag (TT.MM.JJJJ); --map changes that\n"
			"2 Anna|p:1(work)|p:2(cell)|B:1984-03-12|\n" },
		/* an address in one text and in parts */
		{ "Name,Home Address,Home Street,Home City\nA,\"Weg 1, Bonn\",Weg 1,Bonn\nB,Ring 2,,\n",
			"columns: name from Name, city from Home City, address from Home Address + Home Street; --map changes that\n"
			"2 A|city=Bonn|x:ADR;TYPE=home:;;Weg 1;Bonn;;;|\n"
			"3 B|x:ADR;TYPE=home:;;Ring 2;;;;|\n" },
		/* what the cells say against the names of columns */
		{ "Mitglied;Funktion;Kontakt\nLena Ohm;Kassier;lena@o.de\nBen Roth;;\n",
			"columns: name from Mitglied, email from Kontakt, title from Funktion; --map changes that\n"
			"2 Lena Ohm|title=Kassier|e:lena@o.de|\n3 Ben Roth|\n" },
		{ "Mitglied;Kontakt\nVerein;lena@o.de\nClub;Lena @ Ohm\n",
			"columns: name from Kontakt, org from Mitglied; --map changes that\n"
			"2 lena@o.de|org=Verein|\n3 Lena @ Ohm|org=Club|\n" },
		{ "Kontakt;Mobil\nlena@o.de;1\n",
			"columns: email from Kontakt, phone from Mobil; --map changes that\n"
			"2 lena@o.de|e:lena@o.de|p:1(cell)|\n" },
		/* all are told of */
		{ "Name;Abteilung;PLZ;Ort\nAnna;Chor;1;Ulm\n",
			"columns: name from Name, department from Abteilung, city from Ort, address from PLZ; --map changes that\n"
			"2 Anna|city=Ulm|x:ORG:;Chor|x:ADR:;;;Ulm;;1;|\n" },
		{ "Spalte,x\nAnna,y\n",
			"1! has no column that is known to name people; say which one does with --map "
			"name=COLUMN; this line reads: Spalte, x\n" },
		{ "", "" },
		{ "\n\n\n", "" },
		{ "Name,E-Mail\n",
			"columns: name from Name, email from E-Mail; --map changes that\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		check_text(NULL, rows[i].text, rows[i].seen);
	}
}

static void table_maps(void)
{
	static const struct {
		const char *maps[2], *says; /* NULL: nothing is wrong */
	} checks[] = {
		{ { "email=E-Mail 2" }, NULL },
		{ { "email=E-Mail", "email=E-Mail 2" }, NULL },
		{ { "skip=A", "skip=B" }, NULL },
		{ { "first-name=A", "last-name=A" }, NULL },
		{ { "mail=x" }, "\"mail=x\": --map takes FIELD=COLUMN" },
		{ { "name=" }, "\"name=\": --map" },
		{ { "name" }, "\"name\": --map" },
		{ { "email=x", "city" }, "\"city\": --map" },
		{ { "name=Vorname", "name=Nachname" }, "--map names name twice" },
	};
	struct err e;

	check_map("name=Spalte", "email=x", "Spalte,x\nAnna,a@b.c\n",
		"columns: name from Spalte, email from x; --map changes that\n2 Anna|e:a@b.c|\n");
	check_map("name=spalte", NULL, "Spalte,E-Mail\nAnna,a@b.c\n",
		"columns: name from Spalte, email from E-Mail; --map changes that\n2 Anna|e:a@b.c|\n");
	check_map("name=x + y", NULL, "x,y\nAnna,Schmidt\n",
		"columns: name from x + y; --map changes that\n"
		"2 Anna Schmidt|x:N:Schmidt;Anna;;;|\n");
	check_map("name=Firma", NULL, "Name,Firma\nAnna,Werft\n",
		"columns: name from Firma; no field for: Name (kept with the contact); --map changes that\n2 Werft|x:X-NAME:Anna|\n");
	check_map("skip=Notiz", NULL, "Name,Notiz\nAnna,geheim\n",
		"columns: name from Name; --map changes that\n2 Anna|\n");
	check_map("birthday=Tag", "name=Wer", "Tag;Wer\n12.3.1984;Anna\n",
		"columns: name from Wer, birthday from Tag; --map changes that\n2 Anna|B:1984-03-12|\n");
	check_map("name=Mitglied", NULL, "Mitglied;Kontakt\nLena;lena@o.de\n",
		"columns: name from Mitglied, email from Kontakt; --map changes that\n2 Lena|e:lena@o.de|\n");
	check_map("name=Kontakt", NULL, "Mitglied;Kontakt\nLena;lena@o.de\n",
		"columns: name from Kontakt, org from Mitglied; --map changes that\n2 lena@o.de|org=Lena|\n");
	/* by number, where there is no header */
	check_map("name=1+2", "email=3", "Anna,Schmidt,a@b.c,x\nBen,Weiß,d@e.f\n",
		"columns: name from column 1 + column 2, email from column 3; no field for: column 4 (kept with the contact); --map changes that\n"
		"1 Anna Schmidt|e:a@b.c|x:X-COLUMN-4;X-COLUMN=column 4:x|x:N:Schmidt;Anna;;;|\n"
		"2 Ben Weiß|e:d@e.f|x:N:Weiß;Ben;;;|\n");
	check_map("name=Spalte", "org=Firm", "Spalte,E-Mail\nAnna,a@b.c\n",
		"1! has no column \"Firm\"; this line reads: Spalte, E-Mail\n");
	check_map("name=Sp", NULL, "Spalte,E-Mail\nAnna,a@b.c\n",
		"1! has no column \"Sp\"; this line reads: Spalte, E-Mail\n");
	/* the header that would be found without it, else the first row that is no narrow heading */
	check_map("org=Wohnortx", NULL,
		"SV Bübingen e.V.;;;\nStand 01.03.2026;;;\n\nNr.;Nachname;Vorname;Wohnort\n1;Böhm;Käthe;Ulm\n",
		"4! has no column \"Wohnortx\"; this line reads: Nr., Nachname, Vorname, Wohnort\n");
	check_map("name=Wer", NULL, "Verein\nwie,wo\nAnna,Ulm\nanna@ulm.de,Ulm,x\n",
		"2! has no column \"Wer\"; this line reads: wie, wo\n");
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++) {
		size_t n = checks[i].maps[1] ? 2 : 1;

		TEST_ROW("%s", checks[i].maps[n - 1]);
		CHECK_INT(table_check_maps(checks[i].maps, n, &e), checks[i].says ? -EINVAL : 0);
		CHECK(!checks[i].says || strstr(e.text, checks[i].says));
	}
}

#define ENGLISH "First Name,Last Name,E-mail Address,Mobile Phone,Birthday\n"
#define AMBIGUOUS(day)                                                                             \
	"its day " day " may be two, for the file does not tell which is the month; the person "   \
	"was taken without it\n"

/* Which of two numbers is the month. */
static void table_days(void)
{
	static const struct {
		const char *text, *seen;
	} rows[] = {
		/* as the writer's country has it, where nothing speaks against it */
		{ ENGLISH "A,,,,3/4/1980\n", "2 A|x:N:;A;;;|B:1980-03-04|\n" },
		{ ENGLISH "A,,,,3/4/1980\nB,,,,5/31/1980\n",
			"2 A|x:N:;A;;;|B:1980-03-04|\n3 B|x:N:;B;;;|B:1980-05-31|\n" },
		/* a British Outlook: a later row tells */
		{ ENGLISH "A,,,,3/4/1980\nB,,,,31/5/1980\n",
			"2 A|x:N:;A;;;|B:1980-04-03|\n3 B|x:N:;B;;;|B:1980-05-31|\n" },
		/* of both kinds: only what can be one day alone */
		{ ENGLISH "A,,,,3/4/1980\nB,,,,31/5/1980\nC,,,,5/31/1980\nD,,,,5/5/1980\n",
			"2! " AMBIGUOUS(
				"3/4/1980") "2 A|note=Birthday: 3/4/1980|x:N:;A;;;|\n"
					    "3 B|x:N:;B;;;|B:1980-05-31|\n4 C|x:N:;C;;;|B:1980-05-31|\n"
					    "5 D|x:N:;D;;;|B:1980-05-05|\n" },
		{ ENGLISH
			"A,,,,0/0/00\nB,,,,00/00/0000\nC,,,,\nD,,,,1969-12-28\nE,,,,28.12.1969\n"
			"F,,,,\"December 28, 1969\"\nG,,,,28. Dez. 1969\nH,,,,12/28/69\n"
			"I,,,,circa 1800\nJ,,,,--12-28\nK,,,,12/28/1969 00:00:00\nL,,,,13/13/1980\n"
			"M,,,,1604-12-28\nN,,,,1/1/4501\nO,,,,1/0/1900\nP,,,,4501-01-01\n",
			"2 A|x:N:;A;;;|\n3 B|x:N:;B;;;|\n4 C|x:N:;C;;;|\n"
			"5 D|x:N:;D;;;|B:1969-12-28|\n6 E|x:N:;E;;;|B:1969-12-28|\n"
			"7 F|x:N:;F;;;|B:1969-12-28|\n8 G|x:N:;G;;;|B:1969-12-28|\n"
			"9 H|note=Birthday: 12/28/69|x:N:;H;;;|B:--12-28|\n"
			"10 I|note=Birthday: circa 1800|x:N:;I;;;|\n"
			"11 J|x:N:;J;;;|B:--12-28|\n12 K|x:N:;K;;;|B:1969-12-28|\n"
			"13 L|note=Birthday: 13/13/1980|x:N:;L;;;|\n14 M|x:N:;M;;;|B:--12-28|\n"
			"15 N|x:N:;N;;;|\n16 O|x:N:;O;;;|\n17 P|x:N:;P;;;|\n" },
		{ "Vorname,Nachname,Geburtstag\nA,,3/4/1980\n",
			"columns: name from Vorname + Nachname, birthday from Geburtstag; --map changes "
			"that\n2 A|x:N:;A;;;|B:1980-04-03|\n" },
		{ "Name,Birthday\nA,3/4/1980\n",
			"columns: name from Name, birthday from Birthday; --map changes that\n"
			"2! " AMBIGUOUS("3/4/1980") "2 A|note=Birthday: 3/4/1980|\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		check_text(NULL, rows[i].text, rows[i].seen);
	}
}

static void table_recognises(void)
{
	static const struct {
		const char *text;
		enum table_format format;
	} rows[] = {
		{ GOOGLE_NEW, TABLE_GOOGLE },
		{ "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type\n", TABLE_GOOGLE },
		{ ENGLISH, TABLE_OUTLOOK },
		{ "Vorname;Nachname;E-Mail-Adresse\n", TABLE_CSV },
		{ "Vorname;Nachname;E-Mail-Adresse;Mobiltelefon\n", TABLE_OUTLOOK },
		{ THUNDERBIRD, TABLE_THUNDERBIRD },
		{ THUNDERBIRD_ANNA, TABLE_THUNDERBIRD },
		{ "First Name,Last Name,Email Address,Company,Position,Connected On\n",
			TABLE_LINKEDIN },
		{ "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name\n",
			TABLE_LINKEDIN },
		{ "Vorname;Name\n", TABLE_CSV },
		{ "Name,Email\n", TABLE_CSV },
		{ "", TABLE_NONE },
		{ "Dear Anna, how are you?\nYours, Ben\n", TABLE_NONE },
		{ "BEGIN:VCARD\nVERSION:3.0\nFN:x\nEND:VCARD\n", TABLE_NONE },
		{ "a,b,c\n1,2,3\n", TABLE_NONE },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char separator = 0;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(table_recognise(rows[i].text, strlen(rows[i].text), &separator),
			rows[i].format);
		CHECK(separator == ',' || separator == ';');
	}
	for (int f = TABLE_CSV; f <= TABLE_LINKEDIN; f++)
		CHECK_INT(table_format_of(table_format_name((enum table_format)f)), f);
	CHECK_INT(table_format_of("vcard"), TABLE_NONE);
	CHECK_INT(table_format_of(NULL), TABLE_NONE);
}

/* "First Name" to "Notes", as Thunderbird names them in a language that is not known. */
#define TABLE_WIDE                                                                                       \
	"Prénom,Nom,Nom affiché,Surnom,Première adresse,Seconde adresse,a,b,c,d,e,f,g,h,i,j,k,l,m,n," \
	"o,p,q,r,s,t,u,v,w,x,y,z,1,2,3,4,Notes\n"
#define TABLE_WIDE_ROW "Anna,Roth,Anna Roth,,a@b.c,,,,,,,,,,Bonn,,,,,,,,,,,,,,,1984,3,12,,,,,hi\n"

static void table_format_is_named(void)
{
	static const char google[] = "Name,Labels,E-mail 1 - Value\nAnna,Chor,a@b.c\n",
			  outlook[] = "First Name,E-mail Address,Birthday\nAnna,a@b.c,3/4/1980\n",
			  mine[] = "First Name,Email,Birthday\nAnna,a@b.c,3/4/1980\n",
			  linkedin[] = "Notes:\n\"x\"\n\nFirst Name,Last Name,Connected On\n"
				       "Anna,Roth,05 Oct 2020\n",
			  invitations[] = "From,To,Sent At,Direction\n";
	static const struct {
		enum table_format format;
		const char *text, *seen;
	} rows[] = {
		{ TABLE_GOOGLE, google, "2 Anna|t:Chor|e:a@b.c|\n" },
		{ TABLE_CSV, google,
			"columns: name from Name, email from E-mail 1 - Value, tag from Labels; --map "
			"changes that\n2 Anna|t:Chor|e:a@b.c|\n" },
		{ TABLE_GOOGLE, outlook,
			"1! is no Google CSV, it has no column E-mail 1 - Value, Phone 1 - Value, Group "
			"Membership; it looks like Outlook CSV: leave --format out\n" },
		{ TABLE_THUNDERBIRD, outlook,
			"1! is no Thunderbird CSV, it has no column Primary Email; it looks like Outlook "
			"CSV: leave --format out\n" },
		{ TABLE_LINKEDIN, google,
			"1! is no LinkedIn CSV, it has no column Last Name, Connected On; it looks like "
			"Google CSV: leave --format out\n" },
		{ TABLE_OUTLOOK, invitations,
			"1! is no Outlook CSV, it has no column First Name, E-mail Address; it looks "
			"like LinkedIn CSV: leave --format out\n" },
		{ TABLE_GOOGLE, linkedin,
			"4! is no Google CSV, it has no column E-mail 1 - Value, Phone 1 - Value, Group "
			"Membership; it looks like LinkedIn CSV: leave --format out\n" },
		{ TABLE_LINKEDIN, linkedin,
			"advice: LinkedIn tells no birthdays.\n"
			"5 Anna Roth|uid=linkedin.com;2020-10-05;Anna Roth|x:X-CONNECTED-ON:2020-10-05|x:N:Roth;Anna;;;|C 2020-10-05|\n" },
		/* a table of no program may be anybody's: Outlook's months come first */
		{ TABLE_OUTLOOK, mine,
			"columns: name from First Name, email from Email, birthday from Birthday; --map "
			"changes that\n2 Anna|e:a@b.c|x:N:;Anna;;;|B:1980-03-04|\n" },
		{ TABLE_LINKEDIN, mine,
			"1! is no LinkedIn CSV, it has no column Last Name, Connected On; this line "
			"reads: First Name, Email, Birthday\n" },
		{ TABLE_GOOGLE, "a,b\n1,2\n",
			"1! is no Google CSV, it has no column E-mail 1 - Value, Phone 1 - Value, Group "
			"Membership; this line reads: a, b\n" },
		{ TABLE_THUNDERBIRD, TABLE_WIDE TABLE_WIDE_ROW,
			"2 Anna Roth|city=Bonn|note=hi|e:a@b.c|x:N:Roth;Anna;;;|B:1984-03-12|\n" },
		{ TABLE_THUNDERBIRD, TABLE_WIDE_ROW,
			"1 Anna Roth|city=Bonn|note=hi|e:a@b.c|x:N:Roth;Anna;;;|B:1984-03-12|\n" },
		{ TABLE_CSV, TABLE_WIDE_ROW,
			"1 Anna Roth|city=Bonn|note=hi|e:a@b.c|x:N:Roth;Anna;;;|B:1984-03-12|\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct table_options options = { .format = rows[i].format };

		TEST_ROW("%s: %s", table_format_name(rows[i].format), rows[i].text);
		check_text(&options, rows[i].text, rows[i].seen);
	}
}

static void table_hostile(void)
{
	struct seen seen = { .text = STR_INIT };
	_cleanup_str_ struct str text = STR_INIT;

	/* a field has no end to the eye of C, a name no line end, a line no escape sequence */
	check_text(NULL, "Name,Beruf\n\"A\nB\",\"x\x1b[2Jy\"\n",
		"columns: name from Name, title from Beruf; --map changes that\n"
		"2 A B|title=x[2Jy|\n");
	CHECK_INT(read_bytes(&seen, NULL, "Name\nA\0B\n", 9, 100), 0);
	CHECK_TEXT(str_text(&seen.text), "columns: name from Name; --map changes that\n2 AB|\n");
	/* a formula that its writer had neutralised */
	check_text(NULL, "Name,Phone\n'=cmd|x,\" +49 1\"\n'n Abend,1\n",
		"columns: name from Name, phone from Phone; --map changes that\n"
		"2 =cmd|x|p:+49 1|\n3 'n Abend|p:1|\n");
	/* ten thousand columns */
	str_add(&text, "Name");
	for (size_t i = 0; i < 10000; i++)
		str_add(&text, ",Mail");
	CHECK_INT(read_bytes(&seen, NULL, text.data, text.len, 4096), 0);
	CHECK_TEXT(str_text(&seen.text), "1! has more than 1,000 fields\n");
	/* two thousand tags */
	str_clear(&text);
	str_add(&text, "Name,Tags\nAnna,\"");
	for (size_t i = 0; i < 2000; i++)
		str_addf(&text, "%zu,", i);
	str_add(&text, "\"\nBen,x\n");
	CHECK_INT(read_bytes(&seen, NULL, text.data, text.len, 4096), 0);
	CHECK_INT(seen.records, 1);
	CHECK(strstr(seen.text.data,
		"2! has more than 1,000 addresses, numbers and other entries\n3 Ben|t:x|\n"));
	str_done(&seen.text);
}

/* Beyond what is looked at first, in pieces of any size. */
/* Nothing stands before the header, as long as it likes; lines are counted all the same. */
static void table_behind_empty_lines(void)
{
	_cleanup_str_ struct str text = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	check_text(NULL, "\r\n\n\rName,E-mail\n\nAnna,a@b.c\n,,,x\n",
		"columns: name from Name, email from E-mail; --map changes that\n"
		"6 Anna|e:a@b.c|\n7! has more fields than there are columns\n");
	for (int i = 0; i < 2 * TABLE_LOOK; i++)
		str_add_char(&text, '\n');
	str_add(&text, "Name,E-mail\nAnna,a@b.c\n");
	CHECK_INT(read_bytes(&seen, NULL, text.data, text.len, 1000), 0);
	CHECK(strstr(str_text(&seen.text), "\n524290 Anna|") != NULL);
	str_done(&seen.text);
}

static void table_long(void)
{
	struct seen seen = { .text = STR_INIT };
	_cleanup_str_ struct str text = STR_INIT;

	str_add(&text, "Name,E-Mail\n");
	for (size_t i = 0; i < 20000; i++)
		str_addf(&text, "Person %zu,p%zu@example.org\n", i, i);
	CHECK(text.len > 2 * (size_t)TABLE_LOOK);
	for (size_t piece = 1000; piece < 1000000; piece += 500000) {
		CHECK_INT(read_bytes(&seen, NULL, text.data, text.len, piece), 0);
		CHECK_INT(seen.records, 20000);
		CHECK_INT(seen.rejects, 0);
	}
	str_clear(&text);
	for (size_t i = 0; i < 1000000; i++)
		str_add(&text, "\r\n");
	CHECK_INT(read_bytes(&seen, NULL, text.data, text.len, 65536), 0);
	CHECK_INT(seen.records + seen.rejects, 0);
	str_done(&seen.text);
}

static void table_a_handler_ends_it(void)
{
	struct seen seen = { .text = STR_INIT, .stop_at = 2 };

	CHECK_INT(read_bytes(&seen, NULL, "Name\nA\nB\nC\n", 11, 1), -5);
	CHECK_INT(seen.records, 2);
	str_done(&seen.text);
}

TEST_MAIN(TEST(table_google_new), TEST(table_own), TEST(table_addresses), TEST(table_own_lines),
	TEST(table_google_old), TEST(table_outlook_english), TEST(table_outlook_german),
	TEST(table_thunderbird), TEST(table_guesses), TEST(table_maps), TEST(table_days),
	TEST(table_recognises), TEST(table_format_is_named), TEST(table_hostile), TEST(table_long),
	TEST(table_behind_empty_lines), TEST(table_a_handler_ends_it))
