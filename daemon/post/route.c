/* SPDX-License-Identifier: MIT */
/*
 * route: from the configuration to what the sender must know.
 */
#include "post/route.h"

#include "base/file.h"
#include "core/str.h"

#include <errno.h>

void route_done(struct route *route)
{
	free(route->program);
	free(route->credential);
	*route = (struct route){ 0 };
}

static int route_find_credential(struct route *route, const char *name, struct err *reterr)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	if (str_empty(folder))
		return err_set(reterr, -ENOENT,
			"password_credential = \"%s\": systemd gave no credential to this process; its unit needs "
			"LoadCredential=%s:FILE, or use password_file",
			name, name);
	route->credential = file_join(folder, name);
	return route->credential ? 0 : err_oom(reterr);
}

int route_make(struct route *ret, const struct conf *conf, struct err *reterr)
{
	static const char *const tls[] = {
		[CONF_TLS_REQUIRED] = "required",
		[CONF_TLS_OPPORTUNISTIC] = "opportunistic",
		[CONF_TLS_NONE] = "none",
	};
	_cleanup_route_ struct route route = { 0 };
	const struct conf_smtp *smtp = &conf->smtp;
	int r = 0;

	route.program = file_self_companion("nudged-send", PACKAGE_LIBEXECDIR);
	if (!route.program)
		return err_oom(reterr);
	if (smtp->password_credential)
		r = route_find_credential(&route, smtp->password_credential, reterr);
	if (r < 0)
		return r;
	route.server = (struct courier_server){
		.program = route.program,
		.url = smtp->url,
		.tls = tls[smtp->tls],
		.ca_file = smtp->ca_file,
		.user = smtp->user,
		.password_file = route.credential ? route.credential : smtp->password_file,
		.password_command = smtp->password_command,
		.token_command = smtp->token_command,
		.connections = (unsigned)smtp->connections,
		.idle_seconds = ROUTE_IDLE_SECONDS,
	};
	*ret = route;
	route = (struct route){ 0 };
	return 0;
}
