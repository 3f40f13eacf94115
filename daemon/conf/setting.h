/* SPDX-License-Identifier: MIT */
/*
 * setting: one setting's value, by the kind of its option.
 */
#ifndef NUDGE_CONF_SETTING_H
#define NUDGE_CONF_SETTING_H

#include "conf/option.h"

/* Reads `setting` into the struct `into`. -EINVAL: a sentence without its place; -ENOMEM. The
 * struct is unchanged then. */
int setting_read(const struct option *option, const char *folder, const config_setting_t *setting,
	void *into, struct err *reterr);
/* Sets the default; nothing for what has none. */
int setting_set_default(const struct option *option, void *into, struct err *reterr);
void setting_free(const struct option *option, void *from);
/* Adds the value in the file's syntax; false where nothing is set. */
bool setting_write(const struct option *option, const void *from, struct str *out);

#endif
