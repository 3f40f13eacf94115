/* SPDX-License-Identifier: MIT */
/*
 * place: where a first configuration and its password go, and who reads them there.
 */
#ifndef NUDGE_CLI_PLACE_H
#define NUDGE_CLI_PLACE_H

#include "core/err.h"

#include <stdbool.h>

#define PLACE_CREDENTIAL    "smtp-password" /* as the units call it */
#define PLACE_PASSWORD_FILE "smtp-password" /* beside a configuration of one's own */

struct place {
	char *config; /* absolute */
	char *secret; /* the file of the password: a credential of the system's service, else password_file */
	char *unit; /* that reads this configuration: "nudged", "nudged@anna"; NULL: none does */
	bool system;
};
void place_done(struct place *place);
#define _cleanup_place_ _cleanup_(place_done)

/* `path` NULL: where it is looked for; root's is the system's where that has been installed. */
int place_find(struct place *ret, const char *path, struct err *reterr);

/* Each is whole on the disk afterwards, or not there. The folder is made; what else lies in it may not
 * be open to others. A configuration that is replaced is kept as FILE.old. */
int place_write_secret(const struct place *place, const char *secret, struct err *reterr);
int place_write_config(const struct place *place, const char *text, struct err *reterr);

#endif
