/* SPDX-License-Identifier: MIT */
/*
 * conf-text: configurations out of a test's own text.
 */
#ifndef NUDGE_TESTS_CONF_TEXT_H
#define NUDGE_TESTS_CONF_TEXT_H

#include "conf/conf.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONF_TEXT_NOW     INT64_C(1795000000) /* in November 2026 */
#define CONF_TEXT_SERVER  "url = \"smtp://mail.example.org\"; from = \"n@example.org\";"
#define CONF_TEXT_SMTP    "smtp: { " CONF_TEXT_SERVER " };\n"
#define CONF_TEXT_DIGEST  "name = \"d\"; to = [ \"a@example.org\" ];"
#define CONF_TEXT_DIGESTS "digests: ( { " CONF_TEXT_DIGEST " } );\n"

/* Writes a file in the test's folder, which becomes the working one. */
static inline void conf_text_write(const char *name, const char *bytes, size_t n)
{
	FILE *f;

	if (chdir(test_folder()) < 0)
		abort();
	f = fopen(name, "w");
	if (!f || fwrite(bytes, 1, n, f) != n || fchmod(fileno(f), 0600) < 0 || fclose(f) != 0)
		abort();
}

/* Loads it as nudged.conf, in an environment that says nothing. */
static inline int conf_text_load(struct conf **ret, const char *text, struct str *errors)
{
	static const char *const unset[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "NUDGED_CONFIG",
		"STATE_DIRECTORY", "LC_ALL", "LC_MESSAGES", "LANG", "TZDIR" };

	for (size_t i = 0; i < ARRAY_SIZE(unset); i++)
		(void)unsetenv(unset[i]);
	(void)setenv("HOME", "/home/anna", 1);
	conf_text_write("nudged.conf", text, strlen(text));
	return conf_load(ret, "nudged.conf", CONF_TEXT_NOW, errors);
}

#endif
