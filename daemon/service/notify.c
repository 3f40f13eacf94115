/* SPDX-License-Identifier: MIT */
/*
 * notify: what the service tells the manager that started it.
 */
#include "service/notify.h"

#include "core/mem.h"

#if HAVE_SYSTEMD

#include <systemd/sd-daemon.h>
#include <time.h>

void notify_ready(void)
{
	(void)sd_notify(0, "READY=1");
}

void notify_reloading(void)
{
	struct timespec now = { 0 };

	/* Type=notify-reload wants to know that this answers its signal, and no earlier one. */
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	(void)sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%llu",
		(unsigned long long)now.tv_sec * 1000000 + (unsigned long long)now.tv_nsec / 1000);
}

void notify_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1\nSTATUS=Ending.");
}

void notify_status(const char *line)
{
	(void)sd_notifyf(0, "STATUS=%s", line);
}

void notify_alive(void)
{
	(void)sd_notify(0, "WATCHDOG=1");
}

uint64_t notify_watchdog_usec(void)
{
	uint64_t usec = 0;

	return sd_watchdog_enabled(0, &usec) > 0 ? usec : 0;
}

#else

void notify_ready(void)
{
}

void notify_reloading(void)
{
}

void notify_stopping(void)
{
}

void notify_status(const char *line UNUSED)
{
}

void notify_alive(void)
{
}

uint64_t notify_watchdog_usec(void)
{
	return 0;
}

#endif
