/* SPDX-License-Identifier: MIT */
#include "doctor/disk.h"

#include "test.h"

#include <errno.h>
#include <stdio.h>

#define MB UINT64_C(1000000)
#define GB UINT64_C(1000000000)

static void room_by_what_is_wanted(void)
{
	static const struct {
		const char *name;
		struct disk disk;
		enum finding_state state;
		const char *text, *remedy; /* parts */
	} rows[] = {
		{ "plenty", { .free = 12 * GB }, FINDING_WELL, "12 GB are free", "" },
		{ "a thousand", { .free = 1000 * GB }, FINDING_WELL, "1 TB are free", "" },
		{ "nearly", { .free = 1000 * GB - 1 }, FINDING_WELL, "999 GB are free", "" },
		{ "just enough", { .free = DISK_ROOM }, FINDING_WELL, "16 MB are free", "" },
		{ "one too few", { .free = DISK_ROOM - 1 }, FINDING_WRONG, "16 MB are left for /s",
			"du -xh" },
		{ "a copy has room", { .free = 300 * MB, .database = 200 * MB }, FINDING_WELL,
			"300 MB are free", "" },
		{ "a copy has none", { .free = 200 * MB, .database = 200 * MB }, FINDING_WRONG,
			"want 216 MB", "du -xh" },
		{ "none at all", { .free = 0 }, FINDING_WRONG, "0 kB are left", "du -xh" },
		{ "tried in vain", { .free = 12 * GB, .error = ENOSPC }, FINDING_WRONG,
			"of /s is full; a digest that cannot be recorded is not sent", "du -xh" },
		{ "a quota", { .free = 12 * GB, .error = EDQUOT }, FINDING_WRONG, "of /s is full",
			"du -xh" },
		{ "no files", { .free = 12 * GB, .no_files = true }, FINDING_WRONG, "of /s is full",
			"du -xh" },
		{ "read-only", { .free = 12 * GB, .read_only = true }, FINDING_WRONG, "read-only",
			"mount -o remount,rw" },
		{ "became so", { .free = 12 * GB, .error = EROFS }, FINDING_WRONG, "read-only",
			"mount -o remount,rw" },
		{ "failing", { .free = 12 * GB, .error = EIO, .words = "a broken one" },
			FINDING_WRONG, "of /s cannot be written: a broken one", "nudge export" },
		{ "huge", { .free = 5000000 * GB }, FINDING_WELL, "5000 TB are free", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		struct disk disk = rows[i].disk;

		TEST_ROW("%s", rows[i].name);
		disk.folder = "/s";
		disk_judge_space(&finding, &disk);
		CHECK_INT(finding.state, rows[i].state);
		CHECK(strstr(str_text(&finding.text), rows[i].text) != NULL);
		CHECK(strstr(str_text(&finding.remedy), rows[i].remedy) != NULL);
		CHECK((rows[i].state == FINDING_WELL) == !finding.remedy.len);
	}
}

#define LOST                                                                                       \
	"See whether its disk is mounted; if it is lost, put a copy of yours back: nudge restore COPY"

static void a_database_by_what_opening_it_says(void)
{
	static const char backup[] = "/s/backups/n-2026-11-22.db";
	static const char newer[] = "/s/backups/n-2026-11-23.db";
	static const struct {
		const char *name;
		int code;
		const char *backup;
		bool running;
		enum finding_state state;
		const char *text, *remedy;
	} rows[] = {
		{ "sound", 0, backup, true, FINDING_WELL,
			"sound; the latest backup is /s/backups/n-2026-11-22.db", "" },
		{ "new", 0, NULL, true, FINDING_WELL, "sound; the service makes the first backup",
			"" },
		{ "none yet", -ENOENT, NULL, false, FINDING_WELL,
			"none yet: the first `nudge add`, or the service, makes it", "" },
		{ "gone", -ENODATA, backup, false, FINDING_WRONG, "words",
			"nudge restore '/s/backups/n-2026-11-22.db'" },
		{ "gone under the service", -ENODATA, backup, true, FINDING_WRONG, "words",
			"ctl stop nudged && nudge restore '/s/backups/n-2026-11-22.db' && ctl start "
			"nudged" },
		{ "gone without a trace", -ENOENT, NULL, true, FINDING_WRONG, "words", LOST },
		{ "gone for good", -ENODATA, NULL, false, FINDING_WRONG, "words", LOST },
		{ "damaged", -EUCLEAN, backup, false, FINDING_WRONG, "words",
			"nudge restore '/s/backups/n-2026-11-22.db'" },
		{ "damaged under the service", -EUCLEAN, backup, true, FINDING_WRONG, "words",
			"ctl stop nudged && nudge restore '/s/backups/n-2026-11-22.db' && ctl start "
			"nudged" },
		{ "damaged for good", -EUCLEAN, NULL, true, FINDING_WRONG, "words",
			"There is no backup; this saves what can be read: sqlite3 '/s/n.db' .recover | "
			"sqlite3 '/s/n.db.saved'" },
		{ "an older one", -ERANGE, backup, false, FINDING_WRONG, "words",
			"nudge restore '/s/n.db'" },
		{ "an older one than the copy", -ERANGE, newer, false, FINDING_WRONG, "words",
			"nudge restore '/s/backups/n-2026-11-23.db'" },
		{ "an older one under the service", -ERANGE, NULL, true, FINDING_WRONG, "words",
			"ctl stop nudged && nudge restore '/s/n.db' && ctl start nudged" },
		{ "ruins", -EMEDIUMTYPE, backup, false, FINDING_WRONG, "words",
			"nudge restore '/s/backups/n-2026-11-22.db'" },
		{ "somebody else's", -EMEDIUMTYPE, NULL, false, FINDING_WRONG, "words", "" },
		{ "a link", -EMLINK, backup, false, FINDING_WRONG, "words", "" },
		{ "busy", -EBUSY, backup, true, FINDING_WRONG,
			"another process holds it, so nothing can be recorded and no digest is sent",
			"fuser -v '/s/n.db'" },
		{ "of a newer version", -ESTALE, backup, false, FINDING_WRONG, "words", "" },
		{ "failing", -EIO, backup, false, FINDING_WRONG, "words", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		const struct disk_database database = { .path = "/s/n.db",
			.code = rows[i].code,
			.words = "words",
			.backup = rows[i].backup,
			.newer = rows[i].backup == newer,
			.running = rows[i].running,
			.systemctl = "ctl",
			.unit = "nudged" };

		TEST_ROW("%s", rows[i].name);
		disk_judge_database(&finding, &database);
		CHECK_INT(finding.state, rows[i].state);
		CHECK_TEXT(str_text(&finding.text), rows[i].text);
		CHECK_TEXT(str_text(&finding.remedy), rows[i].remedy);
	}
}

static void who_holds_it_is_named(void)
{
	struct disk_database database = { .path = "/s/n.db", .code = -EBUSY, .holder = 1234 };
	const char *names[] = { "sqlite3", "" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		char text[100];

		database.holder_name = names[i];
		disk_judge_database(&finding, &database);
		(void)snprintf(text, sizeof(text),
			"process 1234 (%s) holds it, so nothing can be recorded and no digest is sent",
			names[i][0] ? names[i] : "?");
		CHECK_TEXT(str_text(&finding.text), text);
		CHECK_TEXT(
			str_text(&finding.remedy), "Let it come to its end, or end it: kill 1234");
	}
}

static void where_everybody_is_gone(void)
{
	struct disk_database database = { .path = "/s/n.db",
		.words = "words",
		.backup = "/s/b.db",
		.deserted = true,
		.running = true };
	_cleanup_finding_ struct finding finding = { 0 };

	disk_judge_database(&finding, &database);
	CHECK_INT(finding.state, FINDING_WRONG);
	CHECK_TEXT(str_text(&finding.text),
		"nobody is in the book any more, but people are in its copy /s/b.db");
	/* Without systemd there is no command that stops it. */
	CHECK_TEXT(str_text(&finding.remedy),
		"Stop nudged, then run this, and start nudged again: nudge restore '/s/b.db'");
	database.running = false;
	disk_judge_database(&finding, &database);
	CHECK_TEXT(str_text(&finding.remedy), "nudge restore '/s/b.db'");
}

/* What is to be pasted into a shell is one word there, whatever a folder is called. */
static void a_name_with_an_apostrophe(void)
{
	static const struct disk disks[] = { { .folder = "/it's", .read_only = true },
		{ .folder = "/it's", .error = ENOSPC }, { .folder = "/it's", .free = MB } };
	static const struct disk_database databases[] = {
		{ .path = "/it's", .words = "", .code = -EUCLEAN },
		{ .path = "/it's", .words = "", .code = -EBUSY },
		{ .path = "/n.db", .words = "", .code = -EUCLEAN, .backup = "/it's" },
		{ .path = "/n.db",
			.words = "",
			.code = -EUCLEAN,
			.backup = "/it's",
			.running = true },
	};
	_cleanup_finding_ struct finding finding = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(disks); i++) {
		TEST_ROW("disk %zu", i);
		disk_judge_space(&finding, &disks[i]);
		CHECK(strstr(str_text(&finding.remedy), " '/it'\\''s'"));
	}
	for (size_t i = 0; i < ARRAY_SIZE(databases); i++) {
		TEST_ROW("database %zu", i);
		disk_judge_database(&finding, &databases[i]);
		CHECK(strstr(str_text(&finding.remedy), " '/it'\\''s'"));
	}
}

TEST_MAIN(TEST(who_holds_it_is_named), TEST(room_by_what_is_wanted),
	TEST(a_database_by_what_opening_it_says), TEST(where_everybody_is_gone),
	TEST(a_name_with_an_apostrophe))
