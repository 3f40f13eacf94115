/* SPDX-License-Identifier: MIT */
/*
 * location: where things lie by the mode nudged runs in, the system's or a user's own.
 *
 * Paths are the caller's to free; NULL means that memory ran out.
 */
#ifndef NUDGE_CONF_LOCATION_H
#define NUDGE_CONF_LOCATION_H

#include <stdbool.h>

#define LOCATION_SYSTEM_USER "nudged"

/* Whether this process is the service's own user. */
bool location_is_service_user(void);

/* Whether a configuration, found by conf_find(), is the system's: it lies in SYSCONFDIR/nudged, whatever
 * path leads there, and exists; where it does not, whether root or the service's user asks. */
bool location_is_system(const char *config);
/* The unit for a configuration: "nudged", of SYSCONFDIR/nudged/anna.conf "nudged@anna". */
char *location_unit(const char *config);

/* Whether this is nudged@nudged, which systemd starts as any other: the first's configuration, with a second book. */
bool location_is_twin(const char *config);

/* Whether a unit reads it, location_unit() or that of the user's own manager: it is the system's and has a name that
 * a unit can have, or it lies where a user's own is looked for. */
bool location_has_unit(const char *config);

/* Where the service answers that has read this configuration, found without reading it. NULL: there is none,
 * or no unit would have read it; the caller frees. */
char *location_find_socket(const char *config);

/* Whether a service has that database open that has read this configuration, or has its socket beside it: told
 * without the database, whose folder may be gone. */
bool location_is_served(const char *config, const char *database);

/* System: nudged.db in $STATE_DIRECTORY (systemd sets it), else in LOCALSTATEDIR/lib/nudged, of
 * SYSCONFDIR/nudged/anna.conf in LOCALSTATEDIR/lib/nudged/anna.
 * User: in $XDG_DATA_HOME/nudged, else in ~/.local/share/nudged. */
char *location_database(const char *config);

/* location_own_configuration() if it exists, or if root asks where neither LOCATION_SYSTEM_CONFIGURATION nor
 * LOCATION_SYSTEM_USER exists; else LOCATION_SYSTEM_CONFIGURATION. */
#define LOCATION_SYSTEM_CONFIGURATION PACKAGE_SYSCONFDIR "/nudged/nudged.conf"
char *location_configuration(void);
/* $XDG_CONFIG_HOME/nudged/nudged.conf, else the one in ~/.config. */
char *location_own_configuration(void);

/* `text` as a path: "~/" is the home folder, a relative one is below `folder`. */
char *location_path(const char *folder, const char *text);

#endif
