/* SPDX-License-Identifier: MIT */
/*
 * conf: nudged.conf, read whole, checked whole, then in force.
 */
#ifndef NUDGE_CONF_CONF_H
#define NUDGE_CONF_CONF_H

#include "agenda/cadence.h"
#include "agenda/occasion.h"
#include "core/err.h"
#include "core/str.h"
#include "format/json.h"
#include "format/mime.h"

enum conf_tls { CONF_TLS_REQUIRED, CONF_TLS_OPPORTUNISTIC, CONF_TLS_NONE };
enum conf_in_doubt { CONF_IN_DOUBT_RESEND, CONF_IN_DOUBT_HOLD };
enum conf_address { CONF_ADDRESS_DU, CONF_ADDRESS_SIE };

/* What a digest may be made of, in the order of the default. */
enum conf_section {
	CONF_SECTION_OCCASIONS,
	CONF_SECTION_FOLLOW_UPS,
	CONF_SECTION_THANKS,
	CONF_SECTION_COFFEE,
	CONF_SECTION_TOUCHES,
	CONF_SECTION_HELP,
	CONF_SECTION_INTRODUCTIONS,
	CONF_SECTION_OUTREACH,
	CONF_SECTION_FORUMS,
	CONF_SECTION_COUNT,
};

struct conf_smtp {
	char *url;         /* smtp://HOST:PORT or smtps://HOST:PORT, the port always written out */
	char *host;        /* of the URL, without brackets */
	int port;          /* of the URL, else 587 and 465 */
	bool implicit_tls; /* smtps:// */
	enum conf_tls tls;
	char *ca_file; /* NULL: the system's */
	struct mime_address from;
	char *user; /* NULL: no login */
	/* At most one of these is set. Commands are NULL-terminated argument lists. */
	char *password_credential;
	char *password_file;
	char **password_command;
	char **token_command;
	int connections;
	int max_per_minute; /* 0: no limit */
};

struct conf_digest {
	char *name, *book;
	struct mime_address *to;
	size_t n_to;
	char *cadence_text;
	struct cadence *cadence;
	char *timezone;
	bool system_timezone; /* it is not configured: it is the system's */
	struct zone *zone;
	bool lent_zone; /* it belongs to somebody else */
	char *language; /* "en", "de" */
	enum conf_address address;
	enum conf_section sections[CONF_SECTION_COUNT];
	size_t n_sections;
	int lead_days;
	enum occasion_leap leap_day;
	int touch_max, introduction_max, help_max;
	bool send_empty, notes_in_mail, subject_names, calendar;
	enum conf_in_doubt in_doubt;
};

#define CONF_DIGESTS_MAX 10000 /* in the file; more belong into the database */
struct conf {
	char *path; /* of the file it was read from, absolute */
	char *database;
	struct conf_smtp smtp;
	struct conf_digest *digests; /* none where all are in the database: `digests: ( )` */
	size_t n_digests;
};

/* Where a configuration is looked for: `path` if not NULL, else $NUDGED_CONFIG, else
 * $XDG_CONFIG_HOME/nudged/nudged.conf (or ~/.config) if it exists, else
 * SYSCONFDIR/nudged/nudged.conf. NULL where memory ran out; the caller frees. */
char *conf_find(const char *path);

/* Reads and checks the file. `now` (seconds since 1970) is what cadences are checked from.
 * -EINVAL: `*reterrors` holds one line an error, "FILE:LINE: KEY: SENTENCE", all errors of meaning
 * at once (the first hundred), or the first syntax error, without KEY. -EPERM (others may write the
 * file), -ENOENT, -EACCES and others: one such line without LINE. `*ret` is not touched then.
 * Relative paths are below the file's folder. */
int conf_load(struct conf **ret, const char *path, int64_t now, struct str *reterrors);
/* Reads the data of all digests' time zones again, and which zone the system is in. Where one cannot be
 * read all stay as they are: negative, and `*reterrors` holds a sentence. */
int conf_reload_zones(struct conf *conf, struct str *reterrors);
void conf_free(struct conf *conf); /* NULL-safe */
DEFINE_CLEANUP(struct conf *, conf_free);

/* The effective configuration in the file's own syntax, defaults included; it reads back to an
 * equal one. No secret is in it: a configuration tells only where one comes from. */
void conf_write(const struct conf *conf, struct str *out);
/* The same by the keys of the file, and the file's "path". */
void conf_write_json(const struct conf *conf, struct json *json);

const struct conf_digest *conf_find_digest(const struct conf *conf, const char *name);

#endif
