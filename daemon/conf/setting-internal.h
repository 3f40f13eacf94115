/* SPDX-License-Identifier: MIT */
/*
 * setting: what setting.c and setting-list.c share; for no one else.
 */
#ifndef NUDGE_CONF_SETTING_INTERNAL_H
#define NUDGE_CONF_SETTING_INTERNAL_H

#include "conf/setting.h"

/* "SENTENCE; allowed is ...": what every error of a value looks like. Returns -EINVAL. */
int setting_refuse(const struct option *option, struct err *reterr, const char *format, ...)
	PRINTF_LIKE(3, 4);
int setting_refuse_type(
	const struct option *option, const config_setting_t *setting, struct err *reterr);
/* How many bytes of a text an error shows: whole characters, and not a page of them. */
int setting_shown(const char *text);

/* The setting's text if it is one that may stand anywhere at all; borrowed. */
int setting_text(const struct option *option, const config_setting_t *setting, const char **ret,
	struct err *reterr);
/* Which of the option's words it is. */
int setting_choice(
	const struct option *option, const config_setting_t *setting, int *ret, struct err *reterr);

void *setting_at(void *into, size_t offset);
const void *setting_from(const void *from, size_t offset);
/* Quoted as libconfig reads it back; control characters never get so far. */
void setting_write_quoted(struct str *out, const char *text);

/* Readers, writers and the like by kind, as setting.h describes them. */
#define SETTING_KIND(kind)                                                                         \
	int setting_read_##kind(const struct option *option, const char *folder,                   \
		const config_setting_t *setting, void *into, struct err *reterr);                  \
	void setting_free_##kind(const struct option *option, void *from);                         \
	bool setting_write_##kind(const struct option *option, const void *from, struct str *out)

int setting_read_choices(const struct option *option, const char *folder,
	const config_setting_t *setting, void *into, struct err *reterr);
bool setting_write_choices(const struct option *option, const void *from, struct str *out);
SETTING_KIND(words);
SETTING_KIND(address);
SETTING_KIND(addresses);

#endif
