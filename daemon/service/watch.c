/* SPDX-License-Identifier: MIT */
/*
 * watch: notices that another process has changed the database.
 */
#include "service/watch.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

int watch_open(const char *database, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(database);
	int fd;

	if (!folder)
		return err_oom(reterr);
	fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (fd < 0)
		return err_set(reterr, -errno, "inotify: %s", strerror(errno));
	if (inotify_add_watch(fd, folder,
		    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR) < 0) {
		int r = err_set(reterr, -errno, "cannot watch %s: %s", folder, strerror(errno));

		(void)close(fd);
		return r;
	}
	return fd;
}

/* The database itself, or a file named after it, such as its journal. */
static bool watch_concerns(const struct inotify_event *event, const char *name)
{
	return event->mask & IN_Q_OVERFLOW || (event->len && str_starts(event->name, name));
}

int watch_read(int fd, const char *database)
{
	const char *slash = strrchr(database, '/'), *name = slash ? slash + 1 : database;
	char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	int concerned = 0;
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		for (char *p = buffer; p < buffer + n;) {
			struct inotify_event event;

			memcpy(&event, p, sizeof(event));
			if (watch_concerns((const struct inotify_event *)(const void *)p, name))
				concerned = 1;
			p += sizeof(event) + event.len;
		}
	return concerned;
}
