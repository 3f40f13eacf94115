/* SPDX-License-Identifier: MIT */
/*
 * notify: what the service tells the manager that started it, by sd_notify(3).
 *
 * Where nobody wants to be told, and in a build without systemd, nothing happens.
 */
#ifndef NUDGE_SERVICE_NOTIFY_H
#define NUDGE_SERVICE_NOTIFY_H

#include <stdint.h>

void notify_ready(void);
void notify_reloading(void); /* notify_ready() ends it */
void notify_stopping(void);
void notify_status(const char *line); /* what `systemctl status` shows */
void notify_alive(void);              /* the watchdog's ping */

/* How often the manager wants a ping at least, in microseconds; 0: it has no watchdog. */
uint64_t notify_watchdog_usec(void);

#endif
