/* SPDX-License-Identifier: MIT */
/*
 * doctor-internal: what the looks have found so far.
 */
#ifndef NUDGE_DOCTOR_DOCTOR_INTERNAL_H
#define NUDGE_DOCTOR_DOCTOR_INTERNAL_H

#include "book/store.h"
#include "doctor/doctor.h"
#include "doctor/server.h"
#include "doctor/unit.h"

struct doctor {
	const struct doctor_options *options;
	struct conf *conf;   /* NULL: it cannot be read */
	struct store *store; /* NULL: it cannot be opened */
	struct unit unit;    /* asked before the first check */
	bool running;        /* a service holds the database */
	struct server server;
};

/* Each sets the finding. What a look needs of others is in the table of doctor.c. */
void doctor_look_configuration(struct doctor *doctor, struct finding *ret);
void doctor_look_permissions(struct doctor *doctor, struct finding *ret);
void doctor_look_space(struct doctor *doctor, struct finding *ret);
void doctor_look_database(struct doctor *doctor, struct finding *ret);
void doctor_look_clock(struct doctor *doctor, struct finding *ret);
void doctor_look_service(struct doctor *doctor, struct finding *ret);
void doctor_look_start(struct doctor *doctor, struct finding *ret);
void doctor_look_lingering(struct doctor *doctor, struct finding *ret);
void doctor_look_server(struct doctor *doctor, struct finding *ret);
void doctor_look_tls(struct doctor *doctor, struct finding *ret);
void doctor_look_login(struct doctor *doctor, struct finding *ret);
void doctor_look_mails(struct doctor *doctor, struct finding *ret);

/* Whether the service has a database open that is not there any more: as keepsake_ask_service() says. */
int doctor_check_absence(const struct doctor *doctor, struct err *reterr);

/* Asks systemd for the unit; or tells what takes its place. */
void doctor_ask_unit(struct doctor *doctor);
void doctor_do_without_unit(struct doctor *doctor);

#endif
