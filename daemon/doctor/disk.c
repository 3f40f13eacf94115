/* SPDX-License-Identifier: MIT */
/*
 * disk: what the state folder's disk and the database on it are like.
 */
#include "doctor/disk.h"

#include "format/shellword.h"

#include <errno.h>

/* "12 GB", by the powers of ten that disks are sold by. */
static void disk_add_size(struct str *out, uint64_t bytes)
{
	static const char units[][3] = { "kB", "MB", "GB", "TB" };
	uint64_t unit = 1000;
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(units) && bytes / unit >= 1000) {
		unit *= 1000;
		i++;
	}
	str_addf(out, "%llu %s", (unsigned long long)(bytes / unit), units[i]);
}

static void disk_judge_read_only(struct finding *ret, const struct disk *disk)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, disk->folder, SHELLWORD_SINGLE);
	finding_wrong(ret,
		"the disk of %s is read-only, so nothing can be recorded and no digest is sent",
		disk->folder);
	finding_remedy(ret,
		"Look for its fault with `dmesg`, then run: mount -o remount,rw \"$(findmnt -no TARGET -T '%s')\"",
		str_text(&quoted));
}

static void disk_judge_full(struct finding *ret, const struct disk *disk)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, disk->folder, SHELLWORD_SINGLE);
	finding_wrong(ret,
		"the disk of %s is full; a digest that cannot be recorded is not sent, and waits",
		disk->folder);
	finding_remedy(ret,
		"Make room; this shows where it went: du -xh --max-depth=2 '%s' | sort -h",
		str_text(&quoted));
}

void disk_judge_space(struct finding *ret, const struct disk *disk)
{
	_cleanup_str_ struct str free = STR_INIT, wanted = STR_INIT, quoted = STR_INIT;
	uint64_t room = disk->database + DISK_ROOM;

	shellword_add(&quoted, disk->folder, SHELLWORD_SINGLE);
	disk_add_size(&free, disk->free);
	disk_add_size(&wanted, room);
	if (disk->read_only || disk->error == EROFS)
		disk_judge_read_only(ret, disk);
	else if (disk->error == ENOSPC || disk->error == EDQUOT || disk->no_files)
		disk_judge_full(ret, disk);
	else if (disk->error) {
		finding_wrong(
			ret, "the disk of %s cannot be written: %s", disk->folder, disk->words);
		finding_remedy(ret,
			"Look for its fault with `dmesg`; as long as the book can be read, this saves it "
			"elsewhere: nudge export \"$HOME/book.json\"");
	} else if (disk->free < room) {
		finding_wrong(ret, "%s are left for %s; the day's backup and its work want %s",
			str_text(&free), disk->folder, str_text(&wanted));
		finding_remedy(ret,
			"Make room; this shows where it went: du -xh --max-depth=2 '%s' | sort -h",
			str_text(&quoted));
	} else
		finding_well(ret, "%s are free", str_text(&free));
}

/* --- the database --- */

static void disk_offer(struct finding *ret, const struct disk_database *database, const char *copy)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, copy, SHELLWORD_SINGLE);
	if (database->running && !database->systemctl)
		finding_remedy(ret,
			"Stop nudged, then run this, and start nudged again: nudge restore '%s'",
			str_text(&quoted));
	else if (database->running)
		finding_command(ret, "%1$s stop %3$s && nudge restore '%2$s' && %1$s start %3$s",
			database->systemctl, str_text(&quoted), database->unit);
	else
		finding_command(ret, "nudge restore '%s'", str_text(&quoted));
}

static void disk_offer_backup(struct finding *ret, const struct disk_database *database)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, database->path, SHELLWORD_SINGLE);
	if (database->backup)
		disk_offer(ret, database, database->backup);
	else
		finding_remedy(ret,
			"There is no backup; this saves what can be read: sqlite3 '%1$s' .recover | sqlite3 "
			"'%1$s.saved'",
			str_text(&quoted));
}

static void disk_judge_gone(
	struct finding *ret, const struct disk_database *database, const char *sentence)
{
	finding_wrong_by(ret, sentence);
	if (database->backup)
		disk_offer_backup(ret, database);
	else
		finding_remedy(ret,
			"See whether its disk is mounted; if it is lost, put a copy of yours back: "
			"nudge restore COPY");
}

/* A file that is sound may be another one than it was. */
static void disk_judge_sound(struct finding *ret, const struct disk_database *database)
{
	if (!database->backup) {
		finding_well(ret, "sound; the service makes the first backup");
	} else if (database->deserted) {
		finding_wrong(ret, "nobody is in the book any more, but people are in its copy %s",
			database->backup);
		disk_offer_backup(ret, database);
	} else {
		finding_well(ret, "sound; the latest backup is %s", database->backup);
	}
}

static void disk_judge_locked(struct finding *ret, const struct disk_database *database)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	if (!database->holder) {
		shellword_add(&quoted, database->path, SHELLWORD_SINGLE);
		finding_wrong(ret,
			"another process holds it, so nothing can be recorded and no digest is sent");
		finding_command(ret, "fuser -v '%s'", str_text(&quoted));
		return;
	}
	finding_wrong(ret,
		/* TRANSLATORS: a number, the name of a program */
		"process %d (%s) holds it, so nothing can be recorded and no digest is sent",
		database->holder, str_empty(database->holder_name) ? "?" : database->holder_name);
	finding_remedy(ret, "Let it come to its end, or end it: kill %d", database->holder);
}

void disk_judge_database(struct finding *ret, const struct disk_database *database)
{
	switch (database->code) {
	case 0:
		disk_judge_sound(ret, database);
		return;
	case -ENOENT:
		if (database->running)
			disk_judge_gone(ret, database, database->words);
		else
			finding_well(
				ret, "none yet: the first `nudge add`, or the service, makes it");
		return;
	case -ENODATA:
		disk_judge_gone(ret, database, database->words);
		return;
	case -EBUSY:
		disk_judge_locked(ret, database);
		return;
	case -ERANGE:
		finding_wrong(ret, "%s", database->words);
		disk_offer(ret, database, database->newer ? database->backup : database->path);
		return;
	case -EUCLEAN:
		finding_wrong(ret, "%s", database->words);
		disk_offer_backup(ret, database);
		return;
	case -EMEDIUMTYPE:
		finding_wrong_by(ret, database->words);
		if (database->backup)
			disk_offer_backup(ret, database);
		return;
	default:
		finding_wrong_by(ret, database->words);
	}
}
