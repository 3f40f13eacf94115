/* SPDX-License-Identifier: MIT */
/*
 * look-files: the configuration, and the database with its folder and its disk.
 */
#include "base/file.h"
#include "base/lock.h"
#include "book/backups.h"
#include "book/holder.h"
#include "book/witness.h"
#include "conf/location.h"
#include "doctor/disk.h"
#include "doctor/doctor-internal.h"
#include "format/shellword.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define LOOK_PATIENCE_MS 2000

/* --- the configuration --- */

static void look_strip(struct str *lines)
{
	while (lines->len && lines->data[lines->len - 1] == '\n')
		lines->data[--lines->len] = '\0';
}

/* Most who miss the system's file want one of their own. */
static void look_at_missing_configuration(
	const struct doctor *doctor, const char *path, struct finding *ret)
{
	bool own = !doctor->options->system && str_equal(path, LOCATION_SYSTEM_CONFIGURATION);
	_cleanup_free_ char *wanted = own ? location_own_configuration() : str_dup(path);
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, path, SHELLWORD_SINGLE);
	finding_wrong(ret, "there is none: %s", wanted);
	if (own || str_equal(path, LOCATION_SYSTEM_CONFIGURATION))
		finding_command(ret, "nudge init");
	else
		finding_command(ret, "nudge -c '%s' init", str_text(&quoted));
}

void doctor_look_configuration(struct doctor *doctor, struct finding *ret)
{
	_cleanup_str_ struct str errors = STR_INIT;
	const char *path = doctor->options->config_path;
	int r = conf_load(&doctor->conf, path, clock_now(&doctor->options->clock), &errors);

	look_strip(&errors);
	if (r == 0) {
		finding_well(ret, "%s", path);
	} else if (r == -ENOENT) {
		look_at_missing_configuration(doctor, path, ret);
	} else if (r == -EINVAL) {
		finding_wrong(ret, "%s", str_text(&errors));
		finding_remedy(ret,
			"Correct these lines; to see whether it is good: nudged --check-config");
	} else {
		finding_wrong_by(ret, str_text(&errors));
	}
}

/* --- permissions --- */

/* Where it is not there yet: whether it can be made. */
static void look_at_missing_folder(
	const struct doctor *doctor, struct finding *ret, const char *folder)
{
	_cleanup_free_ char *above = file_folder_of(folder);
	struct err e;

	if (doctor_check_absence(doctor, &e) < 0) {
		finding_wrong_by(ret, e.text);
		finding_remedy(ret,
			"See whether its disk is mounted; if it is lost, put a copy of yours back: "
			"nudge restore COPY");
		return;
	}
	while (above && access(above, F_OK) < 0 && errno == ENOENT && strcmp(above, ".") != 0) {
		char *next = file_folder_of(above);

		free(above);
		above = next;
	}
	if (!above || access(above, W_OK | X_OK) == 0) {
		finding_well(ret, "%s is not there yet; it is made as yours alone", folder);
		return;
	}
	finding_wrong(ret, "%s is not there, and you may not make it in %s", folder, above);
	finding_remedy(ret, "Name another file as `database` in the configuration.");
}

/* Root is let in everywhere, and would leave files behind that their owner cannot write. */
static void look_at_owner(
	const struct doctor *doctor, struct finding *ret, const char *database, uid_t owner)
{
	bool root = geteuid() == 0;
	/* What root has put there is the service's, or the user's who asks. */
	bool ours = doctor->options->system || owner == 0;
	const struct passwd *entry = getpwuid(root ? owner : geteuid());
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, database, SHELLWORD_SINGLE);
	finding_wrong(ret, "%s belongs to another user (%u)", database, (unsigned)owner);
	if (root && entry)
		finding_command(ret, "runuser -u %s -- nudge doctor", entry->pw_name);
	else if (ours && entry)
		/* TRANSLATORS: a user, a file */
		finding_remedy(ret, "As root: chown %s: '%s'", entry->pw_name, str_text(&quoted));
	else
		finding_remedy(ret, "Run this as that user, or name another file as `database`.");
}

static void look_at_access(struct finding *ret, const char *path, int mode, const char *letters)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, path, SHELLWORD_SINGLE);
	/* A disk that is read-only is another check's. */
	if (access(path, mode) == 0 || errno == EROFS || errno == ENOENT) {
		finding_well(ret, "what is in the book only you can read");
		return;
	}
	finding_wrong(ret, "%s: you may not use it: %s", path, strerror(errno));
	finding_command(ret, "chmod u+%s '%s'", letters, str_text(&quoted));
}

void doctor_look_permissions(struct doctor *doctor, struct finding *ret)
{
	const char *database = doctor->conf->database;
	_cleanup_free_ char *folder = file_folder_of(database);
	struct stat st;
	struct err e;

	if (!folder || (access(folder, F_OK) < 0 && errno == ENOENT)) {
		look_at_missing_folder(doctor, ret, folder ? folder : database);
		return;
	}
	/* The same that refuses it at the start. */
	if (file_check_folder(folder, &e) < 0) {
		finding_wrong_by(ret, e.text);
		return;
	}
	if (lstat(database, &st) == 0 && st.st_uid != geteuid()) {
		look_at_owner(doctor, ret, database, st.st_uid);
		return;
	}
	look_at_access(ret, folder, R_OK | W_OK | X_OK, "rwx");
	if (ret->state == FINDING_WELL)
		look_at_access(ret, database, R_OK | W_OK, "rw");
}

/* --- the disk --- */

void doctor_look_space(struct doctor *doctor, struct finding *ret)
{
	doctor_look_disk(doctor->conf->database, ret);
}

/* --- the database --- */

/* Who writes for long lets others read. */
static int look_at_lock(struct store *store, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;

	return store_begin(store, &transaction, reterr) == -EBUSY ? -EBUSY : 0;
}

void doctor_look_database(struct doctor *doctor, struct finding *ret)
{
	const struct store_options options = { .patience_ms = LOOK_PATIENCE_MS };
	const char *path = doctor->conf->database;
	_cleanup_free_ char *backup = NULL, *lock = lock_path_of(path);
	_cleanup_witness_ struct witness witness = { 0 };
	struct holder holder;
	struct err e = { "" };
	struct disk_database facts = { .path = path,
		.systemctl = doctor->unit.manager == UNIT_ABSENT ||
				doctor->unit.manager == UNIT_NONE
			? NULL
			: unit_systemctl(&doctor->unit),
		.unit = doctor->unit.word };

	facts.code = doctor_check_absence(doctor, &e);
	facts.running = (lock && lock_is_held(lock)) ||
		location_is_served(doctor->options->config_path, path);
	if (facts.code == 0)
		facts.code = store_open(&doctor->store, path, &options, &e);
	if (facts.code == 0)
		facts.code = store_check(doctor->store, &e);
	if (facts.code == 0)
		facts.code = witness_load(&witness, path, &e);
	if (facts.code == 0)
		facts.code = witness_compare(&witness, doctor->store, &e);
	if (backups_find_latest(path, &backup, NULL) == 1)
		facts.backup = backup;
	if (facts.code == 0)
		facts.code = look_at_lock(doctor->store, &e);
	if (facts.code == -EBUSY && holder_find(path, &holder)) {
		facts.holder = holder.pid;
		facts.holder_name = holder.name;
	}
	facts.newer = facts.code == -ERANGE && facts.backup &&
		backups_count_deeds(backup) > backups_count_deeds(path);
	facts.deserted = facts.code == 0 && facts.backup && !backups_knows_people(path) &&
		backups_knows_people(backup);
	facts.words = e.text;
	disk_judge_database(ret, &facts);
}
