/* SPDX-License-Identifier: MIT */
/*
 * verbs: the table of nudge's verbs.
 */
#include "cli/verbs.h"

#include "cli/guess.h"

#include <string.h>

/* What add and edit take, where their help has the mark. */
#define VERBS_MARK "{OPTIONS OF A CONTACT}\n"
static const char verbs_contact_options[] = N_(
	"  --email A --phone P --link URL   may be given several times\n"
	"  --org O --title T --city C --note N --language de --salutation \"Liebe Anna,\"\n"
	"  --birthday 12.3.1984             or 12.3. where the year is unknown\n"
	"  --tag T --offers X --seeks X     may be given several times\n"
	"  --every 6w                       how long one may stay silent; never\n"
	"  --met DATE --met-place WHERE     when and where you met\n"
	"  --via FORUM                      who wrote to you after reading you there\n"
	"  --busy-inbox                     many want something of them; --no-busy-inbox\n");

/* The everyday ones first: this is the order of --help. */
static const struct cli_verb verbs[] = {
	{ "agenda", NULL, verb_agenda, N_("[--days N] [--missed] [--kind KIND]"),
		N_("what is due (also without a verb)"),
		N_("  --days N    the next N days\n"
		   "  --missed    with what fell into the last two weeks\n"
		   "  --kind K    of one kind only, or of several: occasion, follow-up, thanks, coffee,\n"
		   "              touch, help, introduction, outreach, forum\n\n"
		   "  nudge\n"
		   "  nudge agenda --days 7\n") },
	{ "done", NULL, verb_done, N_("HANDLE... [NOTE]"), N_("mark items as done"),
		N_("A greeting done counts as a contact with the person.\n\n"
		   "  nudge done b7\n"
		   "  nudge done f3 f4 \"sent by post\"\n") },
	{ "snooze", NULL, verb_snooze, N_("HANDLE... WHEN"), N_("put items back to another day"),
		N_("  nudge snooze f3 friday\n"
		   "  nudge snooze b7 \"in 2 days\"\n") },
	{ "add", "new", verb_add, N_("NAME [OPTION]..."), N_("a new contact"),
		N_("{OPTIONS OF A CONTACT}\n"
		   "\n  nudge add Anna Schmidt --birthday 12.3.1984 --email anna@example.org\n") },
	{ "follow-up", NULL, verb_follow_up, N_("[[CONTACT] WHAT --on DATE]"),
		N_("something to do by a day; alone: what is open"),
		N_("  --on DATE      28.11., friday, +3d, \"in 2 weeks\", \"2026-11-28 15:00\"\n"
		   "  --repeat 6w    again after so long: 6w, monthly, yearly\n"
		   "  --after-done   counted from the day it was done, else from the day it was due\n"
		   "The first words are CONTACT as far as they are somebody's name, the others WHAT;\n"
		   "quotes around WHAT leave no doubt. Without a contact it needs them.\n\n"
		   "  nudge follow-up Ben Bauer call him --on friday\n"
		   "  nudge follow-up Ben \"send the slides\" --on friday\n"
		   "  nudge follow-up \"renew the passport\" --on 1.3.\n") },
	{ "log", NULL, verb_log, N_("CONTACT [met|called|wrote|congratulated] [--on DATE] [NOTE]"),
		N_("a contact you had with somebody; alone: the history"),
		N_("  --offers X --seeks X   what you learned\n\n"
		   "  nudge log Anna met \"at the fair\" --on yesterday --seeks \"a designer\"\n") },
	{ "show", NULL, verb_show, N_("CONTACT [--all]"), N_("what the book holds of somebody"),
		N_("CONTACT is a part of a name, an e-mail address, a handle or #ID.\n"
		   "  --all       with source and day of everything\n\n"
		   "  nudge show Anna\n"
		   "  nudge show b7 --all\n") },
	{ "list", "ls", verb_list, N_("[WORDS] [--tag T] [--city C]"),
		N_("contacts; WORDS search everything"),
		N_("  nudge list sailing\n"
		   "  nudge list --city Bonn --tag friends\n") },
	{ "edit", NULL, verb_edit, N_("CONTACT [OPTION]..."), N_("change a contact"),
		N_("Without an option your $EDITOR opens. An empty text takes a field away, an empty\n"
		   "--email and the like all values of that kind.\n"
		   "  --name N\n"
		   "{OPTIONS OF A CONTACT}\n"
		   "  --untag T\n\n"
		   "  nudge edit Anna\n"
		   "  nudge edit Anna --city Bonn --seeks \"a flat\" --untag colleagues\n") },
	{ "occasion", NULL, verb_occasion, N_("[CONTACT NAME DATE]"),
		N_("a yearly day of somebody; alone: all of them, as they come"),
		N_("NAME is birthday, name-day, anniversary, or any other.\n\n"
		   "  nudge occasion Anna name-day 26.7.\n"
		   "  nudge occasion Ben \"first day at Acme\" 1.4.2019\n") },
	{ "coffee", NULL, verb_coffee,
		N_("[CONTACT [idea|invited|agreed|met|thanked|declined|draft]] [--on \"DATE TIME\"] [--place P]"
		   " [--outcome]"),
		N_("an informal meeting; alone: those that are planned"),
		N_("  --on \"DATE TIME\"  when it is agreed for; with met, thanked, declined when it\n"
		   "                    was; with invited when you wrote, or what you proposed\n"
		   "  --place P         where\n"
		   "  --outcome         ask in three months to tell what came of it\n"
		   "  draft             a first message to edit; --language de or en\n\n"
		   "  nudge coffee Anna invited\n"
		   "  nudge coffee Anna agreed --on \"friday 15:00\" --place \"Café Central\"\n") },
	{ "introduce", NULL, verb_introduce,
		N_("[A B [--because WHY] | HANDLE asked|made|helped|known]"),
		N_("two people who should meet; alone: who could"),
		N_("  --because WHY   in your words, where theirs do not say it\n"
		   "known: they know each other already. `nudge drop i3`: never suggest it again.\n\n"
		   "  nudge introduce Anna Ben --because \"both restore old boats\"\n"
		   "  nudge introduce i3 asked\n") },
	{ "outreach", NULL, verb_outreach, N_("[NAME [sent|accepted|declined|draft]] [OPTION]..."),
		N_("a request to somebody new; alone: those under way"),
		N_("A request is ready when four questions are answered:\n"
		   "  --today T        what do they do today\n"
		   "  --common T       what do you have in common\n"
		   "  --fascinates T   what fascinates you in their CV\n"
		   "  --hope T         what do you hope for\n"
		   "  --link URL       their profile\n"
		   "  --event DATE     you will meet there: wait for the day after it\n"
		   "  --busy-inbox     many want something of them: four weeks for an answer, not two\n"
		   "                   (--no-busy-inbox: not any more)\n"
		   "  draft            a first message to edit; --language de or en\n"
		   "NAME may be a part of it, the handle, or a contact. An empty text takes it away.\n\n"
		   "  nudge outreach Eva Kern --link https://example.org/eva --common \"both from Kiel\"\n"
		   "  nudge outreach Eva draft\n"
		   "  nudge outreach Eva sent\n") },
	{ "forum", NULL, verb_forum, N_("[NAME [--goal 3/week] [--url U] [--topics T]]"),
		N_("a group with a goal of answers; alone: all of them"),
		N_("  nudge forum \"HR group\" --goal 3/week --topics contracts\n") },
	{ "replied", NULL, verb_replied, N_("FORUM [COUNT] [--on DATE] [--to CONTACT] [NOTE]"),
		N_("answers you gave there"),
		N_("--to somebody who is not in the book yet, by a name or an e-mail address, makes\n"
		   "them a contact.\n\n"
		   "  nudge replied HR contracts --to \"Jana Roth\"\n") },
	{ "gave", NULL, verb_gave, N_("CONTACT WHAT [--on DATE]"), N_("what you gave somebody"),
		N_("A memory, never a score.\n\n  nudge gave Ben \"the PostgreSQL book\"\n") },
	{ "received", NULL, verb_received, N_("CONTACT WHAT [--on DATE]"),
		N_("what you received: a thank-you waits"),
		N_("  nudge received Petra \"an introduction to Carl\"\n") },
	{ "asked", NULL, verb_asked, N_("CONTACT WHAT [--on DATE]"),
		N_("what you asked somebody for"), N_("  nudge asked Petra \"a flat in Bonn\"\n") },
	{ "offered", NULL, verb_offered, N_("CONTACT WHAT [--on DATE]"),
		N_("who asked what they can do for you"),
		N_("The next digest mentions it once.\n\n  nudge offered Petra \"help with the move\"\n") },
	{ "ledger", NULL, verb_ledger, N_("[CONTACT]"),
		N_("what was given, received, asked for, offered"),
		N_("  nudge ledger\n"
		   "  nudge ledger Petra\n") },
	{ "reached", NULL, verb_reached, N_("GOAL"),
		N_("a goal is reached: tell everyone who helped or was asked"),
		N_("GOAL is words of what you asked for. Each gets a follow-up, so that they stop looking.\n\n"
		   "  nudge reached flat\n") },
	{ "skip", NULL, verb_skip, N_("HANDLE..."), N_("leave items out this time"),
		N_("  nudge skip b7\n") },
	{ "drop", NULL, verb_drop, N_("HANDLE..."), N_("never mention items again"),
		N_("  nudge drop b7\n") },
	{ "undo", NULL, verb_undo, "", N_("take back the last change"),
		N_("Up to 50 changes, one at a time. Imports, removals and new books are not taken\n"
		   "back: it says so, and once more takes back the change before.\n\n"
		   "  nudge undo\n") },
	{ "tag", NULL, verb_tag, N_("[NAME --every 6w]"),
		N_("how long one may stay silent, by tag; alone: the tags"),
		N_("A contact's own --every wins; the shortest of several tags counts; \"\" takes it away.\n\n"
		   "  nudge tag friends --every 6w\n") },
	{ "remove", "rm", verb_remove, N_("CONTACT [--yes]"), N_("erase somebody from the book"),
		N_("An import does not bring them back.\n"
		   "  --yes       do not ask\n\n"
		   "  nudge remove Anna Schmidt\n") },
	{ "merge", NULL, verb_merge, N_("A B"), N_("make one contact of two"),
		N_("A stays: its texts win, and what it has not comes from B, with all that hangs on B.\n"
		   "Either name, number and handle finds it afterwards. `nudge undo` makes them two again.\n\n"
		   "  nudge merge Anna \"A. Schmidt\"\n"
		   "  nudge merge '#12' '#40'\n") },
	{ "duplicates", NULL, verb_duplicates, N_("[--all] [--differ A B]"),
		N_("who is perhaps in the book twice"),
		N_("The most certain first, with the reason; `nudge merge` makes them one.\n"
		   "  --all           more than the first 20\n"
		   "  --differ A B    they are two people: not listed again\n\n"
		   "  nudge duplicates\n  nudge duplicates --differ '#12' '#40'\n") },
	{ "init", NULL, verb_init, N_("[OPTION]..."),
		N_("the first step: asks, tries it out, starts the service"),
		N_("Nothing is written before a test mail. An option answers a question.\n"
		   "  --to ADDRESS                who gets the mail: anna@example.org\n"
		   "  --name NAME\n"
		   "  --server SERVER             mail.example.org, HOST:PORT, gmail, gmx, ...\n"
		   "  --tls WORD                  required, opportunistic or none, as in nudged.conf\n"
		   "  --user LOGIN                \"-\" for a server without a login\n"
		   "  --password-file FILE        where the password is already\n"
		   "  --password-credential NAME  the same, a credential of systemd\n"
		   "  --token-command COMMAND     prints an OAuth 2 token\n"
		   "  --at 7:00 --days weekdays   when the mail comes\n"
		   "  --timezone Europe/Berlin    else the system's\n"
		   "  --language en               or de; then also --address du or sie\n"
		   "  --no-test                   write it without a test mail\n"
		   "  --no-enable                 leave the service alone\n"
		   "  --yes                       ask nothing, take what would be proposed\n\n"
		   "  nudge init\n"
		   "  nudge init --yes --to anna@example.org --password-file /run/secrets/mail\n") },
	{ "me", NULL, verb_me, N_("[--name N] [--city C] [--intro TEXT] [--offers X]..."),
		N_("the book's owner"),
		N_("What you offer is compared with what others seek. An empty text takes it away.\n\n"
		   "  nudge me --name \"Anna Schmidt\" --city Bonn --offers PostgreSQL\n") },
	{ "import", NULL, verb_import,
		N_("PATH... [--format F] [--tag T] [--every 1y] [--map FIELD=COLUMN] [--dry-run]"
		   " [--rejects FILE]"),
		N_("address books: vCard, CSV, LDIF, iCalendar; files or folders"),
		N_("  -               as a PATH: what comes from standard input\n"
		   "  --format F      what the files are, where it is not found out: vcard, ldif, ics, csv,\n"
		   "                  or the table of one program: google-csv, outlook-csv,\n"
		   "                  thunderbird-csv, linkedin; json: a book that `nudge export` wrote\n"
		   "  --tag T         give this tag to everybody in the file\n"
		   "  --every 1y      be in touch with the new ones so often; their first days are spread\n"
		   "  --map F=COLUMN  of a CSV file: which column is the name, the email, ...;\n"
		   "                  \"name=Vorname + Nachname\"\n"
		   "  --dry-run       tell what would happen\n"
		   "  --rejects FILE  write the records that could not be used there, and why to\n"
		   "                  FILE.reasons\n\n"
		   "  nudge import contacts.vcf\n  nudge import birthdays.ics --dry-run\n") },
	{ "export", NULL, verb_export, N_("[--format vcard|vcard3|csv|ics|json] [FILE]"),
		N_("everything back, for other programs or another machine"),
		N_("Without FILE it is printed. A FILE that exists is replaced; its ending tells\n"
		   "the format: .vcf, .csv, .ics or .json.\n"
		   "  --format vcard    vCard 4.0, the default; vcard3 is what Google and Outlook take\n"
		   "           csv      a table with the columns of Google's contacts\n"
		   "           ics      birthdays, other days and follow-ups as a calendar\n"
		   "           json     all of the book: `nudge import` of it makes the same book again\n\n"
		   "  nudge export contacts.vcf\n"
		   "  nudge export --format vcard3 for-google.vcf\n"
		   "  nudge export birthdays.ics\n"
		   "  nudge export book.json\n") },
	{ "book", NULL, verb_book, N_("[NAME [--create | --remove [--yes]]]"),
		N_("the books in the database; -b NAME uses one"),
		N_("  nudge book work --create\n  nudge -b work add Ben\n") },
	{ "digest", NULL, verb_digest,
		N_("[list | show | add | edit | remove | pause | resume] [NAME]"),
		N_("digests in the database, for many members on one host"),
		N_("Beside the digests of nudged.conf, which stay there. -b BOOK says which book\n"
		   "one speaks for. The service goes by what is changed here without a reload.\n"
		   "  --to ADDRESS  who gets it; several: once for each\n"
		   "  --yes         remove: do not ask\n"
		   "as in nudged.conf, \"\" is the default:\n"
		   "  --cadence, --timezone, --language, --address, --sections, --lead-days,\n"
		   "  --leap-day, --touch-max, --introduction-max, --help-max, --send-empty,\n"
		   "  --notes-in-mail, --subject-names, --calendar, --in-doubt\n\n"
		   "  nudge -b anna digest add anna --to anna@example.org --cadence \"Mon 7:00\"\n"
		   "  nudge digest edit anna --lead-days 14\n"
		   "  nudge digest pause anna\n") },
	{ "pause", NULL, verb_pause, N_("UNTIL"), N_("a holiday: no digest before that day"),
		N_("  nudge pause 24.8.\n") },
	{ "resume", NULL, verb_resume, "", N_("the holiday is over"), N_("  nudge resume\n") },
	{ "preview", NULL, verb_preview, N_("[DIGEST] [--text|--html|--eml] [--on DATE]"),
		N_("a digest as it would be; nothing is recorded"),
		N_("What the digest has told before is left out, as in the mail.\n"
		   "  --text      as plain text, as it is without an option\n"
		   "  --html      the other part of the mail\n"
		   "  --eml       the whole message\n"
		   "  --on DATE   as it would be then\n\n"
		   "  nudge preview\n"
		   "  nudge preview --on monday\n"
		   "  nudge preview --html >digest.html\n") },
	{ "test-send", NULL, verb_test_send, N_("[DIGEST] [--to ADDRESS] [-v]"),
		N_("one real mail now"),
		N_("  --to ADDRESS  instead of the digest's recipients\n"
		   "  -v, --verbose show the dialogue with the server, without secrets\n\n"
		   "  nudge test-send\n"
		   "  nudge test-send --to me@example.org -v\n") },
	{ "send", NULL, verb_send, N_("[DIGEST] [--arrived | --again]"),
		N_("the running service sends a digest now"),
		N_("It says what the next one would, which comes all the same at its hour.\n\n"
		   "  --arrived   mails that are held in doubt are in the mailbox, as you found\n"
		   "  --again     they are not: they are sent once more\n\n"
		   "  nudge send\n"
		   "  nudge send morning\n"
		   "  nudge send --again\n") },
	{ "status", NULL, verb_status, N_("[--history]"),
		N_("service, next digests, deliveries, errors"),
		N_("  --history   the latest mails: when, to whom, which items\n\n"
		   "  nudge status\n"
		   "  nudge --json status\n") },
	{ "doctor", NULL, verb_doctor, "",
		N_("what is wrong between the book and the mailbox, and what mends it"),
		N_("Looks at the configuration, permissions, the disk, the database, the clock, the service,\n"
		   "the mail server, its encryption and the login; sends no mail. The status is 0 only where\n"
		   "all is well.\n\n"
		   "  nudge doctor\n"
		   "  nudge --json doctor\n") },
	{ "backup", NULL, verb_backup, N_("FILE"), N_("a copy of all books, while they are in use"),
		N_("The service makes one a day in the folder backups beside the database, and keeps\n"
		   "seven.\n\n"
		   "  nudge backup /media/stick/nudged.db\n") },
	{ "restore", NULL, verb_restore, N_("FILE [--yes]"), N_("go back to a copy"),
		N_("All books are as they were then. Mails that it does not know as sent become in\n"
		   "doubt.\n"
		   "  --yes       do not ask\n\n"
		   "  nudge restore /media/stick/nudged.db\n") },
	{ "config", NULL, verb_config, "", N_("the configuration in force"),
		N_("Defaults stand in it too; secrets are masked.\n\n"
		   "  nudge config\n"
		   "  nudge -c other.conf config\n") },
	{ "complete", NULL, verb_complete, N_("SHELL [WORD...]"), NULL,
		N_("Prints what the last WORD may become, for the completions of bash, zsh and fish.\n") },
};

const struct cli_verb *verbs_at(size_t place)
{
	return place < ARRAY_SIZE(verbs) ? &verbs[place] : NULL;
}

const struct cli_verb *verbs_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (str_equal(verbs[i].name, name) || str_equal(verbs[i].alias, name))
			return &verbs[i];
	return NULL;
}

void verbs_help(struct str *out)
{
	str_add(out,
		_("Usage: nudge [-c FILE] [-b BOOK] [--json] [--now TIME] VERB ...\n"
		  "A friend with a good memory for the people you know.\n\n"));
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (verbs[i].summary)
			str_addf(out, "  " CLI_BOLD "%-10s" CLI_PLAIN " %s\n", verbs[i].name,
				_(verbs[i].summary));
	str_add(out,
		_("\nThe first step is `nudge init`. `nudge VERB --help` tells more of each.\n"));
}

void verbs_help_one(struct str *out, const struct cli_verb *verb)
{
	const char *more, *mark;

	str_addf(out, "%s " CLI_BOLD "%s" CLI_PLAIN " %s\n", _("Usage: nudge"), verb->name,
		*verb->synopsis ? _(verb->synopsis) : "");
	if (verb->alias)
		str_addf(out, _("       (or: nudge %s)\n"), verb->alias);
	if (verb->summary)
		str_addf(out, "%s\n", _(verb->summary));
	if (!verb->more)
		return;
	more = _(verb->more);
	mark = strstr(more, VERBS_MARK);
	str_add_char(out, '\n');
	if (mark) {
		str_add_bytes(out, more, (size_t)(mark - more));
		str_add(out, _(verbs_contact_options));
		more = mark + strlen(VERBS_MARK);
	}
	str_add(out, more);
}

int verbs_unknown(const struct cli *cli, const char *name)
{
	const char *best = NULL;
	size_t distance = 3;

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t d = guess_distance(name, verbs[i].name);

		/* Of a word of which every letter is to be changed nothing was meant. */
		if (verbs[i].summary && d < distance && d < strlen(name)) {
			distance = d;
			best = verbs[i].name;
		}
	}
	if (best)
		return cli_usage(
			cli, "there is no verb \"%s\"; did you mean `nudge %s`?", name, best);
	return cli_usage(cli, "there is no verb \"%s\"; see `nudge --help`", name);
}
