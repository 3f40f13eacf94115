/* SPDX-License-Identifier: MIT */
/*
 * service-internal: what the loop of nudged knows, for the files it is written in.
 */
#ifndef NUDGE_SERVICE_SERVICE_INTERNAL_H
#define NUDGE_SERVICE_SERVICE_INTERNAL_H

#include "book/witness.h"
#include "conf/conf.h"
#include "core/str.h"
#include "service/delivery.h"
#include "service/desk.h"
#include "service/loop.h"
#include "service/patience.h"
#include "service/service.h"
#include "service/slots.h"
#include "service/tenure.h"

/* Milliseconds for which the loop stands still at a lock. While it waits to commit nobody begins to read (SQLite's
 * PENDING lock), so that readers who come and go cannot keep it from writing; each of them is done within less. */
#define SERVICE_PATIENCE_MS 200

struct service {
	struct service_options options;
	struct conf *conf;
	struct tenure tenure;
	struct slots slots;
	struct witness witness;
	struct delivery_round *delivery; /* NULL: the database is not there to work with yet */
	bool recovered;                  /* what a dead service left was seen to */
	int clock, zones;
	struct loop *loop;
	struct loop_source *timer; /* the next slot or try, by the wall clock */
	struct loop_source *wait;  /* for a clock that is not believed yet */
	struct loop_source *again; /* the same look once more, soon */
	struct loop_source *farewell;
	struct loop_source *alive;  /* the watchdog's */
	struct loop_source *sender; /* the courier's descriptor */
	int sender_fd;
	struct desk *desk; /* NULL: nobody can ask for anything */
	struct desk_clerk clerk;
	int64_t data_version;
	uint64_t told_at_usec; /* when the status line was written last */
	bool ending;
	int32_t backup_day;       /* of the last backup that was tried */
	bool doubts_clock;        /* no slot is taken, nothing is handed over */
	bool zones_changed;       /* and are to be read again */
	struct patience patience; /* with a lock of another process */
	struct err answer;        /* to who asks meanwhile */
	bool stumbled;            /* the last look did not come to its end */
	bool asked;               /* the service itself has written what the next look is to send */
	struct err trouble;       /* of the database, "" where it is well */
	struct str reload_error;  /* of the last reload, "" where it went well */
};

/* What is wrong with the service itself, "" where nothing is: no database has it on record. */
const char *service_own_trouble(const struct service *service);

/* Adds the line that `systemctl status` shows. */
void service_write_status(struct service *service, struct str *out);

/* The exit status that stands for a negative errno of the book's. */
int service_status_of(int r);

/* Opens the desk at which the command asks. Without it the service does its work all the same. */
void service_open_desk(struct service *service);

#endif
