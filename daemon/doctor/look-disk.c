/* SPDX-License-Identifier: MIT */
/*
 * look-disk: whether the disk that the database lies on has room, and can be written.
 */
#include "base/fd.h"
#include "base/file.h"
#include "doctor/disk.h"
#include "doctor/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LOOK_TRIAL (64 * 1024) /* bytes that are written to see whether they can be */

/* What no number tells: a quota, a disk that fails. In a file without a name, gone in any case. */
static int look_try_writing(const char *folder)
{
	_cleanup_fd_ int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	static const char zeros[LOOK_TRIAL];
	ssize_t n;

	if (fd <
		0) /* a file system without such files, or without the permission: not for us to say */
		return errno == ENOSPC || errno == EDQUOT || errno == EROFS || errno == EIO ? errno
											    : 0;
	n = pwrite(fd, zeros, sizeof(zeros), 0);
	if (n < 0 || fsync(fd) < 0)
		return errno;
	return n < (ssize_t)sizeof(zeros) ? ENOSPC : 0;
}

void doctor_look_disk(const char *database, struct finding *ret)
{
	_cleanup_free_ char *folder = file_folder_of(database);
	struct disk disk = { .folder = folder };
	struct statvfs fs;
	struct stat st;

	while (folder && statvfs(folder, &fs) < 0 && errno == ENOENT && strcmp(folder, "/") != 0) {
		char *above = file_folder_of(folder);

		free(folder);
		disk.folder = folder = above;
	}
	if (!folder || statvfs(folder, &fs) < 0) {
		finding_unclear(ret, "the disk cannot be asked: %s", strerror(errno));
		return;
	}
	disk.free = (uint64_t)fs.f_bavail * fs.f_frsize;
	disk.read_only = fs.f_flag & ST_RDONLY;
	disk.no_files = fs.f_files > 0 && fs.f_favail == 0;
	disk.database = stat(database, &st) == 0 ? (uint64_t)st.st_size : 0;
	disk.error = look_try_writing(folder);
	disk.words = strerror(disk.error);
	disk_judge_space(ret, &disk);
}
