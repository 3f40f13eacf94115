/* SPDX-License-Identifier: MIT */
/*
 * zonewatch: notices that the data of a digest's time zone, or the zone of the system, were changed.
 */
#include "service/zonewatch.h"

#include "base/file.h"
#include "base/zonefile.h"
#include "service/journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define ZONEWATCH_EVENTS (IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_ONLYDIR)

static void zonewatch_add_folder_of(int fd, const char *path)
{
	_cleanup_free_ char *folder = file_folder_of(path);

	if (folder)
		(void)inotify_add_watch(fd, folder, ZONEWATCH_EVENTS);
}

/* The folder of the name, and that of the file where the name is a link. */
static void zonewatch_add(int fd, const char *zone)
{
	_cleanup_free_ char *path = zonefile_path(zone), *real = path ? realpath(path, NULL) : NULL;

	if (path)
		zonewatch_add_folder_of(fd, path);
	if (real)
		zonewatch_add_folder_of(fd, real);
}

void zonewatch_follow(int fd, const struct conf *conf)
{
	for (size_t i = 0; i < conf->n_digests; i++) {
		const struct conf_digest *digest = &conf->digests[i];

		if (i == 0 || !str_equal(digest->timezone, conf->digests[i - 1].timezone))
			zonewatch_add(fd, digest->timezone);
		if (digest->system_timezone)
			zonewatch_add_folder_of(fd, "/etc/localtime");
	}
}

int zonewatch_open(struct conf *conf, struct err *reterr)
{
	_cleanup_str_ struct str errors = STR_INIT;
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd < 0)
		return err_set(reterr, -errno, "inotify: %s", strerror(errno));
	zonewatch_follow(fd, conf);
	(void)conf_reload_zones(conf, &errors);
	return fd;
}

void zonewatch_renew(int fd, struct conf *conf)
{
	_cleanup_str_ struct str errors = STR_INIT;

	if (conf_reload_zones(conf, &errors) < 0)
		journal_write(LOG_ERR, NULL, "%s", str_text(&errors));
	else
		journal_write(LOG_NOTICE, NULL, "the data of time zones were read again");
	zonewatch_follow(fd, conf);
}

static bool zonewatch_is_last_of(const char *name, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return path && str_equal(name, slash ? slash + 1 : path);
}

/* The zone's file, what it is a link to, or the system's choice. */
static bool zonewatch_is_of(const char *name, const struct conf_digest *digest)
{
	_cleanup_free_ char *path = zonefile_path(digest->timezone),
			    *real = path ? realpath(path, NULL) : NULL;

	if (digest->system_timezone &&
		(str_equal(name, "localtime") || str_equal(name, "timezone")))
		return true;
	return zonewatch_is_last_of(name, path) || zonewatch_is_last_of(name, real);
}

static bool zonewatch_concerns(const struct inotify_event *event, const struct conf *conf)
{
	if (event->mask & IN_Q_OVERFLOW)
		return true;
	for (size_t i = 0; event->len && i < conf->n_digests; i++)
		if (zonewatch_is_of(event->name, &conf->digests[i]))
			return true;
	return false;
}

int zonewatch_read(int fd, const struct conf *conf)
{
	char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	int concerned = 0;
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		for (char *p = buffer; p < buffer + n;) {
			const struct inotify_event *event = (const void *)p;

			concerned = concerned || zonewatch_concerns(event, conf);
			p += sizeof(*event) + event->len;
		}
	return concerned;
}
