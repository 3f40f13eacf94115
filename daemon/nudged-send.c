/* SPDX-License-Identifier: MIT */
/*
 * nudged-send: the program that speaks to the mail server; nudged and nudge start it.
 */
#include "post/sender.h"

#include "base/lang.h"
#include "core/str.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sysexits.h>

#define SEND_FD 3 /* where the courier puts its socket */

static const char send_help[] =
	"nudged-send is started by nudged and nudge, which tell it over a socket what to send.\n"
	"It is of no use by hand: try `nudge test-send` instead.\n"
	"\n"
	"  --help     shows this\n"
	"  --version  shows the version\n";

/* Only a stream socket can be the courier's. */
static int send_is_socket(int fd)
{
	int type = 0;
	socklen_t size = sizeof(type);

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

int main(int argc, char **argv)
{
	struct err e;

	if (argc == 2 && str_equal(argv[1], "--version")) {
		(void)puts("nudged-send " PACKAGE_VERSION);
		return EX_OK;
	}
	if (argc == 2 && str_equal(argv[1], "--help")) {
		(void)fputs(send_help, stdout);
		return EX_OK;
	}
	if (argc != 1 || !send_is_socket(SEND_FD)) {
		(void)fputs(send_help, stderr);
		return EX_USAGE;
	}
	/* Its sentences are read by whoever started it: nudge has told in which language. */
	lang_init();
	if (sender_run(SEND_FD, &e) < 0) {
		(void)fprintf(stderr, "nudged-send: %s\n", e.text);
		return EX_SOFTWARE;
	}
	return EX_OK;
}
