/* SPDX-License-Identifier: MIT */
/*
 * disk: what the state folder's disk and the database on it are like.
 */
#ifndef NUDGE_DOCTOR_DISK_H
#define NUDGE_DOCTOR_DISK_H

#include "doctor/finding.h"

/* Room that is wanted besides that for a copy of the database: a journal, and what comes by mail. */
#define DISK_ROOM (UINT64_C(16) * 1024 * 1024)

struct disk {
	const char *folder;
	uint64_t free;     /* bytes that this user may still use */
	uint64_t database; /* bytes of it */
	bool read_only;
	bool no_files;     /* no further file can be made */
	int error;         /* why a trial of writing failed: an errno, or 0 */
	const char *words; /* of that errno */
};
void disk_judge_space(struct finding *ret, const struct disk *disk);

struct disk_database {
	const char *path;
	int code; /* of opening and checking it: as book/store.h says, 0 where it is sound */
	const char *words;            /* the sentence with it */
	const char *backup;           /* the latest copy that knows people, else any; or NULL */
	bool deserted;                /* it knows people, and the database nobody */
	bool newer;                   /* it is newer than the database */
	bool running;                 /* a service has it open */
	int holder;                   /* the process that has it locked; 0: not known */
	const char *holder_name;      /* its program's, perhaps "" */
	const char *systemctl, *unit; /* how to stop that one; NULL where systemd is not here */
};
void disk_judge_database(struct finding *ret, const struct disk_database *database);

#endif
