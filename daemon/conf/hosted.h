/* SPDX-License-Identifier: MIT */
/*
 * hosted: the settings of a digest that lives in the database: lines in the syntax of nudged.conf, one a
 * setting, without its name and its book.
 */
#ifndef NUDGE_CONF_HOSTED_H
#define NUDGE_CONF_HOSTED_H

#include "base/zonecache.h"
#include "conf/conf.h"

#define HOSTED_SETTINGS_MAX (16 * 1024) /* bytes of the lines */

/* Reads them with the checks of nudged.conf. The zone is lent by `zones`. With `now` (else NULL) the cadence
 * is checked from then on, as it is when it is written. -EINVAL: `*reterrors` holds a line an error, "KEY:
 * SENTENCE". */
int hosted_settings_read(struct conf_digest *ret, const char *name, const char *book,
	const char *settings, struct zonecache *zones, const int64_t *now, struct str *reterrors);
void hosted_settings_done(struct conf_digest *digest);
#define _cleanup_hosted_settings_ _cleanup_(hosted_settings_done)

/* The keys that may stand there, in their order: NULL behind the last. */
const char *hosted_settings_key(size_t i);
/* Sets one of these keys to what a person wrote, of a list all its values; none, or an empty one: back to the
 * default. -ENOMEM. Whether it is possible says hosted_settings_read(). */
int hosted_settings_set(struct str *settings, const char *key, const char *const *values, size_t n,
	struct err *reterr);
/* All that is in force, defaults included: lines "KEY = VALUE;". */
void hosted_settings_write(const struct conf_digest *digest, struct str *out);
/* The same as members of a JSON object. */
void hosted_settings_write_json(const struct conf_digest *digest, struct json *json);

#endif
