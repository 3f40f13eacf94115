/* SPDX-License-Identifier: MIT */
/*
 * zonefile: time zones of this system, by name.
 */
#ifndef NUDGE_BASE_ZONEFILE_H
#define NUDGE_BASE_ZONEFILE_H

#include "core/zone.h"

#define ZONEFILE_NAME_MAX 64 /* bytes of a name; the longest of tzdata has 32 */

/* Reads the zone from $TZDIR or /usr/share/zoneinfo; "UTC" and "Etc/UTC" need no file. Errors are
 * sentences about the zone: -EINVAL: no zone's name, or a damaged file; -ENOENT: no such zone, or
 * no time zone data at all. */
int zonefile_load(struct zone **ret, const char *name, struct err *reterr);

/* Where the zone's file lies; NULL where the name is none of a zone, or memory ran out. The caller frees. */
char *zonefile_path(const char *name);

/* The name of the system's own zone, by the link /etc/localtime, else /etc/timezone, else "UTC".
 * It may be one that zonefile_load() refuses. The caller frees; NULL where memory ran out. */
char *zonefile_system_name(void);
/* The same with both below another folder than the root. */
char *zonefile_system_name_below(const char *root);

#endif
