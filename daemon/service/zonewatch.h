/* SPDX-License-Identifier: MIT */
/*
 * zonewatch: notices that the data of a digest's time zone, or the zone of the system, were changed.
 *
 * The folders that they lie in are watched, as the package tzdata and timedatectl put new files in the
 * place of old ones. Where a folder itself is exchanged, the next reload or start notices.
 */
#ifndef NUDGE_SERVICE_ZONEWATCH_H
#define NUDGE_SERVICE_ZONEWATCH_H

#include "conf/conf.h"

/* Returns an inotify descriptor. What changed before it was there is read again. */
int zonewatch_open(struct conf *conf, struct err *reterr);
/* The zones are other ones now. A folder that cannot be watched is left out. */
void zonewatch_follow(int fd, const struct conf *conf);
/* Reads the zones again, all or none, which the journal hears, and follows them. */
void zonewatch_renew(int fd, struct conf *conf);
/* Reads all events that wait; 1 where one of them concerns a zone of `conf`, 0 otherwise. */
int zonewatch_read(int fd, const struct conf *conf);

#endif
