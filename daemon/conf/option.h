/* SPDX-License-Identifier: MIT */
/*
 * option: the settings of nudged.conf as rows, and what is done with a group of them by these rows:
 * defaults, reading, writing, freeing.
 */
#ifndef NUDGE_CONF_OPTION_H
#define NUDGE_CONF_OPTION_H

#include "conf/conf.h"
#include "conf/report.h"
#include "format/json.h"

#include <libconfig.h>

enum option_kind {
	OPTION_GROUP,     /* { }: read by a table of its own */
	OPTION_GROUPS,    /* ( { }, { } ) */
	OPTION_TEXT,      /* char * */
	OPTION_PATH,      /* char *, absolute */
	OPTION_NUMBER,    /* int */
	OPTION_SWITCH,    /* bool */
	OPTION_CHOICE,    /* an enum, by its name in `words` */
	OPTION_ADDRESS,   /* struct mime_address */
	OPTION_ADDRESSES, /* struct mime_address *, and their number */
	OPTION_WORDS,     /* char **, NULL-terminated: a command */
	OPTION_CHOICES,   /* an array of enums with room for all, and their number */
};

struct option {
	const char *name;
	enum option_kind kind;
	bool required;
	size_t offset;       /* of the value in its struct */
	size_t count_offset; /* of its size_t, where there is one */
	const char *allowed; /* what may stand here; NULL: by min and max, or by words */
	int min, max;        /* of a number, or of how many a list has */
	int fallback;        /* of a number, switch or choice */
	const char *fallback_text;
	const char *const *words;       /* NULL-terminated */
	bool (*fits)(const char *text); /* of a text, beyond what every text must be */
};

struct option_table {
	const char *prefix; /* "smtp." */
	const struct option *options;
	size_t n;
};

extern const struct option_table option_root;   /* struct conf */
extern const struct option_table option_smtp;   /* struct conf_smtp */
extern const struct option_table option_digest; /* struct conf_digest */

/* Where errors go, and what relative paths are below. */
struct option_reader {
	struct report report;
	const char *folder;
};

/* Sets the defaults in `*into`, which is zeroed, then reads the group over them. What is wrong is
 * in the report; the value then is the default. Required settings that are missing are there too.
 */
void option_read(struct option_reader *reader, const struct option_table *table,
	const config_setting_t *group, void *into);
void option_free(const struct option_table *table, void *from);
/* Adds "NAME = VALUE;" lines for all that is set but groups. */
void option_write(
	const struct option_table *table, const void *from, const char *indent, struct str *out);

/* The same as members of a JSON object: a value is written alike in both, "a", 1, true, [ "a", "b" ]. */
void option_write_json(const struct option_table *table, const void *from, struct json *json);

const struct option *option_find(const struct option_table *table, const char *name);
/* NULL where it is not set. */
config_setting_t *option_setting(const config_setting_t *group, const char *name);
/* Reports an error about `name`, at its line or else at the group's. */
void option_complain(struct option_reader *reader, const struct option_table *table,
	const config_setting_t *group, const char *name, const char *format, ...) PRINTF_LIKE(5, 6);
/* Adds what may stand there: "a whole number from 0 to 60". */
void option_add_allowed(struct str *out, const struct option *option);

#endif
