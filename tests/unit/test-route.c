/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "post/route.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct conf conf_of(enum conf_tls tls)
{
	static char url[] = "smtps://mail.example.org:465", user[] = "me", file[] = "/etc/secret";

	return (struct conf){ .smtp = { .url = url,
				      .user = user,
				      .password_file = file,
				      .tls = tls,
				      .connections = 3 } };
}

static void route_says_what_the_configuration_says(void)
{
	static const struct {
		enum conf_tls tls;
		const char *said;
	} rows[] = { { CONF_TLS_REQUIRED, "required" }, { CONF_TLS_OPPORTUNISTIC, "opportunistic" },
		{ CONF_TLS_NONE, "none" } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_route_ struct route route = { 0 };
		struct conf conf = conf_of(rows[i].tls);

		TEST_ROW("%s", rows[i].said);
		if (!CHECK_INT(route_make(&route, &conf, NULL), 0))
			continue;
		CHECK_TEXT(route.server.tls, rows[i].said);
		CHECK_TEXT(route.server.url, "smtps://mail.example.org:465");
		CHECK_TEXT(route.server.user, "me");
		CHECK_TEXT(route.server.password_file, "/etc/secret");
		CHECK_INT(route.server.connections, 3);
		CHECK(strstr(route.server.program, "nudged-send"));
	}
}

/* systemd passes credentials in a folder; without one there is no password, and no mail without it. */
static void route_finds_the_credential(void)
{
	static const char *const folders[] = { NULL, "", "/run/credentials/nudged.service" };
	static char name[] = "smtp";

	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		_cleanup_route_ struct route route = { 0 };
		struct conf conf = conf_of(CONF_TLS_REQUIRED);
		struct err e = { "" };
		bool found = i == 2;

		TEST_ROW("row %zu", i);
		conf.smtp.password_credential = name;
		conf.smtp.password_file = NULL;
		if (folders[i])
			(void)setenv("CREDENTIALS_DIRECTORY", folders[i], 1);
		else
			(void)unsetenv("CREDENTIALS_DIRECTORY");
		CHECK_INT(route_make(&route, &conf, &e), found ? 0 : -ENOENT);
		CHECK_TEXT(route.server.password_file,
			found ? "/run/credentials/nudged.service/smtp" : NULL);
		CHECK(found || strstr(e.text, "\"smtp\""));
	}
}

TEST_MAIN(TEST(route_says_what_the_configuration_says), TEST(route_finds_the_credential))
