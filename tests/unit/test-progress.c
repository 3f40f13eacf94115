/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"
#include "core/str.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* What is written to stderr while it is a terminal. */
static int open_terminal(int *ret_saved)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave;
	struct termios raw;

	if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
		return -1;
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	if (slave < 0 || tcgetattr(slave, &raw) < 0)
		return -1;
	cfmakeraw(&raw);
	(void)tcsetattr(slave, TCSANOW, &raw);
	*ret_saved = dup(STDERR_FILENO);
	(void)dup2(slave, STDERR_FILENO);
	(void)close(slave);
	return master;
}

static void take(int master, char *out, size_t size)
{
	struct pollfd p = { .fd = master, .events = POLLIN };
	ssize_t n = poll(&p, 1, 0) == 1 ? read(master, out, size - 1) : 0;

	out[n > 0 ? n : 0] = '\0';
}

static void close_terminal(int master, int saved)
{
	(void)dup2(saved, STDERR_FILENO);
	(void)close(saved);
	(void)close(master);
}

static void progress_on_a_terminal(void)
{
	struct progress p;
	char text[200];
	int saved, master;

	(void)setenv("TERM", "xterm", 1);
	master = open_terminal(&saved);
	if (master < 0) {
		test_skip("there is no terminal to be had");
		return;
	}
	progress_begin(&p, "Reading", 200);
	progress_tell(&p, 50);
	progress_end(&p);
	take(master, text, sizeof(text));
	CHECK_TEXT(text, ""); /* it is too early */
	p.next_ms = 0;
	progress_tell(&p, 50);
	progress_tell(&p, 100); /* too soon after the last */
	take(master, text, sizeof(text));
	CHECK_TEXT(text, "\rReading: 25%\033[K");
	p.next_ms = 0;
	progress_tell(&p, 300);
	take(master, text, sizeof(text));
	CHECK_TEXT(text, "\rReading: 100%\033[K");
	progress_end(&p);
	progress_end(&p);
	take(master, text, sizeof(text));
	CHECK_TEXT(text, "\r\033[K");
	progress_begin(&p, "Reading", 0);
	p.next_ms = 0;
	progress_tell(&p, 10);
	take(master, text, sizeof(text));
	CHECK_TEXT(text, ""); /* of nothing there is no part */
	(void)setenv("TERM", "dumb", 1);
	progress_begin(&p, "Reading", 200);
	CHECK(!p.terminal);
	close_terminal(master, saved);
}

static void progress_elsewhere(void)
{
	struct progress p;
	char text[200];
	int pipes[2], saved = dup(STDERR_FILENO);

	(void)setenv("TERM", "xterm", 1);
	CHECK_INT(pipe(pipes), 0);
	(void)dup2(pipes[1], STDERR_FILENO);
	progress_begin(&p, "Reading", 200);
	p.next_ms = 0;
	progress_tell(&p, 50);
	progress_end(&p);
	take(pipes[0], text, sizeof(text));
	close_terminal(pipes[0], saved);
	(void)close(pipes[1]);
	CHECK_TEXT(text, "");
}

TEST_MAIN(TEST(progress_on_a_terminal), TEST(progress_elsewhere))
