/* SPDX-License-Identifier: MIT */
#include "base/fd.h"
#include "core/str.h"
#include "service/notify.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The manager's end, at $NOTIFY_SOCKET. */
static int manager_listen(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", test_folder());
	(void)unlink(address.sun_path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		abort();
	(void)setenv("NOTIFY_SOCKET", address.sun_path, 1);
	return fd;
}

#if HAVE_SYSTEMD

static void check_heard(int manager, const char *begin)
{
	char text[512];
	ssize_t n = recv(manager, text, sizeof(text) - 1, 0);

	text[n < 0 ? 0 : n] = '\0';
	TEST_ROW("%s", begin);
	if (!CHECK(str_starts(text, begin)))
		CHECK_TEXT(text, begin);
}

static void a_manager_is_told(void)
{
	_cleanup_fd_ int manager = manager_listen();
	char text[512];

	notify_ready();
	check_heard(manager, "READY=1");
	notify_reloading();
	check_heard(manager, "RELOADING=1\nMONOTONIC_USEC=");
	notify_status("All is well.");
	check_heard(manager, "STATUS=All is well.");
	notify_alive();
	check_heard(manager, "WATCHDOG=1");
	notify_stopping();
	check_heard(manager, "STOPPING=1");
	CHECK(recv(manager, text, sizeof(text), 0) < 0);
}

#else

static void a_manager_is_told(void)
{
	test_skip("built without systemd");
}

#endif

/* And who has none is not kept waiting. */
static void nobody_is_told_where_nobody_asks(void)
{
	_cleanup_fd_ int manager = manager_listen();
	char text[512];

	(void)unsetenv("NOTIFY_SOCKET");
	notify_ready();
	notify_reloading();
	notify_status("All is well.");
	notify_alive();
	notify_stopping();
	CHECK(recv(manager, text, sizeof(text), 0) < 0);
}

static void the_watchdog_is_of_this_process(void)
{
	char pid[16];

	(void)unsetenv("WATCHDOG_USEC");
	CHECK_INT(notify_watchdog_usec(), 0);
	(void)setenv("WATCHDOG_USEC", "600000000", 1);
#if HAVE_SYSTEMD
	(void)snprintf(pid, sizeof(pid), "%d", (int)getpid());
	(void)setenv("WATCHDOG_PID", pid, 1);
	CHECK_INT(notify_watchdog_usec(), 600000000);
#endif
	(void)snprintf(pid, sizeof(pid), "%d", (int)getpid() + 1);
	(void)setenv("WATCHDOG_PID", pid, 1);
	CHECK_INT(notify_watchdog_usec(), 0);
}

TEST_MAIN(TEST(a_manager_is_told), TEST(nobody_is_told_where_nobody_asks),
	TEST(the_watchdog_is_of_this_process))
