/* SPDX-License-Identifier: MIT */
/*
 * retell-known: the sentences that a delivery, the disk and the clock fail with, as they stand where they
 * are made; tests/integration/test-catalogue.py holds that none is missing.
 */
#include "base/retell.h"

const char *const retell_known[] = {
	/* post/connection.c */
	ERR_TEXT("the server did not answer within %u seconds"),
	ERR_TEXT("Memory ran out."),
	/* post/courier.c */
	ERR_TEXT("the path of nudged-send is missing"),
	ERR_TEXT(
		"the server's URL must begin with smtp:// or smtps://, as in \"smtp://mail.example.org:587\""),
	ERR_TEXT("the server's URL must not hold a user or password: they have keys of their own"),
	ERR_TEXT("tls must be \"required\", \"opportunistic\" or \"none\""),
	ERR_TEXT("password file, password command and token command exclude each other"),
	ERR_TEXT("connections must be 1 to %d"),
	ERR_TEXT("no socket for nudged-send: %s"),
	ERR_TEXT("nudged-send could not be started from %s: %s"),
	ERR_TEXT("the mail has %zu bytes, at most %zu may be"),
	ERR_TEXT("the mail holds a NUL byte, which no mail may"),
	ERR_TEXT("mail %ju is under way already"),
	ERR_TEXT("no mail %ju waits for its last line"),
	ERR_TEXT("nudged-send does not listen"),
	ERR_TEXT("the service's nudged-send has ended"),
	ERR_TEXT("nudged-send was ended by signal %d"),
	ERR_TEXT("nudged-send ended with status %d"),
	ERR_TEXT("before it could tell whether the server took the mail"),
	ERR_TEXT("before the mail was sent"),
	ERR_TEXT("nudged-send said what nobody understands, was ended"),
	ERR_TEXT("memory ran out, nudged-send was ended"),
	/* post/dialogue.c */
	ERR_TEXT("the %s's address is empty"),
	ERR_TEXT("the %s's address has %zu bytes, at most %d may be"),
	ERR_TEXT(
		"the %s's address has a character at place %zu that no address may have (a space, a control character, \"<\" or \">\")"),
	ERR_TEXT(
		"The connection was lost between the mail's last line and the server's answer, so the mail may have been accepted or not: %s."),
	ERR_TEXT("The connection was lost before the mail was sent whole: %s."),
	ERR_TEXT("The server does not take the sender %s for now: %s"),
	ERR_TEXT("The server refuses the sender %s: %s"),
	ERR_TEXT("The server does not take the recipient %s for now: %s"),
	ERR_TEXT("The server refuses the recipient %s: %s"),
	ERR_TEXT("The server does not take the mail to %s for now: %s"),
	ERR_TEXT("The server refuses the mail to %s: %s"),
	ERR_TEXT("The server wants encryption before it takes mail: %s"),
	ERR_TEXT("The server wants another login before it takes mail: %s"),
	ERR_TEXT("The server ends the connection: %s"),
	ERR_TEXT("the server ended it"),
	ERR_TEXT("the server left the protocol with \"%s\""),
	ERR_TEXT("The mail has %ju bytes and the server takes no more than %ju."),
	ERR_TEXT("The mail holds 8-bit text and the server takes 7-bit text alone."),
	ERR_TEXT("The sender's address %s has letters that this server does not know."),
	ERR_TEXT("The recipient's address %s has letters that this server does not know."),
	ERR_TEXT("memory ran out"),
	/* post/explain.c */
	ERR_TEXT("the server's name could not be looked up"),
	ERR_TEXT("nobody answers there"),
	ERR_TEXT(
		"a mail server would greet first; if this port wants TLS from the start, write smtps:// in the URL"),
	ERR_TEXT("%s, after it had said"),
	ERR_TEXT("the server turns us away"),
	ERR_TEXT("the server hung up"),
	ERR_TEXT("this port does not begin with TLS, so the URL should begin with smtp://"),
	ERR_TEXT("the encrypted connection could not be made"),
	ERR_TEXT("the server's certificate is not valid yet"),
	ERR_TEXT("the server's certificate has expired"),
	ERR_TEXT("the server's certificate is signed by itself and so not trusted"),
	ERR_TEXT("the server's certificate comes from an authority that is not trusted here"),
	ERR_TEXT("the server's certificate was revoked"),
	ERR_TEXT("the server's certificate is not trusted"),
	ERR_TEXT("the server's certificate is not one for this name"),
	ERR_TEXT("the file of trusted authorities %s cannot be read or holds no certificate"),
	ERR_TEXT("of this system"),
	ERR_TEXT("the server offers STARTTLS but refuses it"),
	ERR_TEXT("the server offers no encryption (STARTTLS), which tls = \"required\" wants"),
	ERR_TEXT("the server refuses the login"),
	ERR_TEXT("the server lets nobody in for now"),
	ERR_TEXT("the server offers no kind of login that fits the user and secret set"),
	ERR_TEXT("a user is set, but the server offers no login (AUTH) here"),
	ERR_TEXT("memory ran out while connecting"),
	ERR_TEXT("this is no address of a mail server"),
	ERR_TEXT("what answers there speaks no SMTP"),
	/* post/keeper.c */
	ERR_TEXT("no socket for the password: %s"),
	ERR_TEXT("no process for the password: %s"),
	ERR_TEXT("the process that fetches the password has ended"),
	/* post/link.c */
	ERR_TEXT("libcurl could not be started"),
	ERR_TEXT("libcurl does not take an option: %s"),
	/* post/reply.c */
	ERR_TEXT("\"%s\" is no reply of a mail server"),
	ERR_TEXT("the server's reply changes its code from %d to %d midway"),
	ERR_TEXT("the server's reply has over %d lines"),
	ERR_TEXT("the server's reply has over %d bytes"),
	/* post/route.c */
	ERR_TEXT(
		"password_credential = \"%s\": systemd gave no credential to this process; its unit needs LoadCredential=%s:FILE, or use password_file"),
	/* post/secret.c */
	ERR_TEXT("is too long"),
	ERR_TEXT("holds a NUL byte"),
	ERR_TEXT("is empty"),
	ERR_TEXT("the password from %s %s"),
	ERR_TEXT("%s is no regular file, so no password is read from it"),
	ERR_TEXT("%s belongs to another user (%u), so no password is read from it"),
	ERR_TEXT("others may use %s, which holds a password: `chmod 600 '%s'` mends it"),
	ERR_TEXT(
		"systemd gave no credential %s to the service: its unit needs LoadCredential=%s:FILE"),
	ERR_TEXT(
		"systemd gave no credential %s to the service: it is looked for in /etc/credstore/%s.%s, when the service starts"),
	ERR_TEXT(
		"systemd gave no credential %s to the service: it is looked for in /etc/credstore.encrypted/%s.%s, when the service starts"),
	ERR_TEXT("the password cannot be read from %s: %s"),
	ERR_TEXT("no pipe for %s: %s"),
	ERR_TEXT("%s could not be started: %s"),
	ERR_TEXT("%s, which should print the password, was ended by signal %d"),
	ERR_TEXT("%s, which should print the password, could not be run: is it installed?"),
	ERR_TEXT("%s, which should print the password, ended with status %d"),
	ERR_TEXT("%s did not print the password within %u seconds; it must not ask"),
	/* book/outbox.c */
	ERR_TEXT("The service ended before it knew whether the server took the mail."),
	/* book/witness.c: before another that it would fit */
	ERR_TEXT(
		"database %s is an older copy of what was here: no mail is sent from it; put the right one back, or the latest backup: `nudge restore '%s'`"),
	ERR_TEXT(
		"database %s is an older copy of what was here: no mail is sent from it; put the right one back, or take it as it is: `nudge restore '%s'`"),
	/* service/slots.c */
	ERR_TEXT(
		"digest %s: the configuration has one of that name too, and goes first: name one of them anew"),
	/* service/patience.c */
	ERR_TEXT("another process has held database %s for %u seconds: no digest is written and no "
		 "mail sent until it lets go; `fuser -v '%s'` names it"),
	/* book/store.c */
	ERR_TEXT("another process is writing to it; try again in a moment"),
	ERR_TEXT("the disk is full; make room"),
	ERR_TEXT("it cannot be written; check the permissions of the file and its folder"),
	ERR_TEXT("its disk is read-only"),
	ERR_TEXT("the file is damaged; restore a backup"),
	ERR_TEXT("the file is no database, or damaged"),
	ERR_TEXT("it cannot be opened; check the permissions of the file and its folder"),
	ERR_TEXT("permission denied"),
	ERR_TEXT(
		"%s is not a database of nudged: it was left untouched; name another file as `database`"),
	ERR_TEXT(
		"%s is not a database of nudged, or not any more, and was left untouched; the latest backup brings it back: `nudge restore '%s'`"),
	ERR_TEXT("database %s: %s"),
	ERR_TEXT("cannot open database %s: %s"),
	ERR_TEXT("cannot read database %s: %s"),
	ERR_TEXT("database %s is not a regular file"),
	ERR_TEXT(
		"database %s has another name, a hard link, under which it could be damaged: remove "
		"one of them; `find / -xdev -samefile '%s'` shows all"),
	ERR_TEXT("database %s belongs to another user (%u): run this as that user"),
	ERR_TEXT("cannot create database %s: %s"),
	ERR_TEXT("there is no database %s yet"),
	ERR_TEXT("database %s is not there any more: %s"),
	ERR_TEXT("database %s was replaced by another file"),
	ERR_TEXT(
		"database %s was brought to version %lld of its tables by a newer nudged; this program, which was started before, knows version %d and has to be started anew"),
	ERR_TEXT("database %s is empty now; restore a backup"),
	ERR_TEXT("database %s is a link that leads nowhere: is its disk mounted?"),
	ERR_TEXT(
		"database %s is a link, which is not followed: write database = \"%s\" in the configuration"),
	ERR_TEXT("database %s: its tables are gone; restore a backup"),
	ERR_TEXT("database %s has no identity"),
	ERR_TEXT("database %s is damaged (%s): restore a backup"),
	ERR_TEXT("no answer"),
	/* book/backups.c */
	ERR_TEXT("The copy that was restored does not know whether the mail was sent since."),
	ERR_TEXT("%s is damaged: %s"),
	/* base/file.c */
	ERR_TEXT("there is no such file or folder"),
	ERR_TEXT("permission denied to this user"),
	ERR_TEXT("is a folder, a file is needed"),
	ERR_TEXT("a part of the path is no folder"),
	ERR_TEXT("links lead in a circle"),
	ERR_TEXT("%s: is no regular file"),
	ERR_TEXT("%s: is larger than %zu bytes"),
	ERR_TEXT("%s: is no folder, a folder is needed"),
	ERR_TEXT(
		"%s: the folder belongs to another user (%u), who could replace the files in it: choose one of your own"),
	ERR_TEXT("%s: everyone may put files into this folder: choose one of your own"),
	ERR_TEXT(
		"%s: others may write to this folder, and so replace the files in it: `chmod go-w '%s'` mends it"),
	/* service/delivery-record.c */
	ERR_TEXT("It was tried for %d days and given up: %s"),
	/* service/daily.c */
	ERR_TEXT("no backup was made"),
	/* service/clockwatch.c */
	ERR_TEXT(
		"the clock says %s, but digest %s was last due on %s: no digest is sent for %d minutes; "
		"set the clock (`timedatectl`), or it is believed then"),
	ERR_TEXT(
		"the clock says %s, but the last digest was due on %s: no digest is sent for %d minutes; "
		"set the clock (`timedatectl`), or it is believed then"),
	/* what these are called, and what can fail anywhere */
	ERR_TEXT("sender"),
	ERR_TEXT("recipient"),
	ERR_TEXT("out of memory"),
	NULL,
};
