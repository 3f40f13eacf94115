/* SPDX-License-Identifier: MIT */
/*
 * conf-internal: what conf.c, digest.c and hosted.c share; for no one else.
 */
#ifndef NUDGE_CONF_CONF_INTERNAL_H
#define NUDGE_CONF_CONF_INTERNAL_H

#include "base/zonecache.h"
#include "conf/conf.h"
#include "conf/option.h"

void conf_oom(struct option_reader *reader);

/* How a digest is finished whose settings were read. */
struct conf_finish {
	struct option_reader *reader;
	struct zonecache *zones; /* which lend the zone; NULL: it is the digest's own */
	const int64_t *now;      /* the cadence is checked from then on; NULL: not at all */
};

/* What has no row of the table: defaults of the system, zone and cadence. */
void conf_finish_digest(const struct conf_finish *finish, const config_setting_t *group,
	struct conf_digest *digest);
void conf_digest_done(struct conf_digest *digest);

#endif
