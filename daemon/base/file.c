/* SPDX-License-Identifier: MIT */
/*
 * file: reading small files whole, folders, and the paths of things.
 */
#include "base/file.h"

#include "base/fd.h"
#include "format/shellword.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

int file_error(const char *path, int errnum, struct err *reterr)
{
	static const struct {
		int errnum;
		const char *sentence;
	} rows[] = {
		{ ENOENT, ERR_TEXT("there is no such file or folder") },
		{ EACCES, ERR_TEXT("permission denied to this user") },
		{ EISDIR, ERR_TEXT("is a folder, a file is needed") },
		{ ENOTDIR, ERR_TEXT("a part of the path is no folder") },
		{ ELOOP, ERR_TEXT("links lead in a circle") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].errnum == errnum)
			return err_set(
				reterr, -errnum, "%s: %s", path, err_translate(rows[i].sentence));
	return err_set(reterr, -errnum, "%s: %s", path, strerror(errnum));
}

int file_open(const char *path, struct stat *ret_status, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 || fstat(fd, ret_status) < 0)
		return file_error(path, errno, reterr);
	if (S_ISDIR(ret_status->st_mode))
		return file_error(path, EISDIR, reterr);
	if (!S_ISREG(ret_status->st_mode))
		return err_set(reterr, -EINVAL, "%s: is no regular file", path);
	return TAKE_FD(fd);
}

int file_read_open(int fd, const char *path, size_t max, struct str *ret, struct err *reterr)
{
	_cleanup_str_ struct str bytes = STR_INIT;
	char buffer[16 * 1024];

	str_done(ret);
	for (;;) {
		ssize_t n = read(fd, buffer, sizeof(buffer));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_error(path, errno, reterr);
		if (n == 0)
			break;
		str_add_bytes(&bytes, buffer, (size_t)n);
		if (bytes.len > max)
			return err_set(reterr, -EFBIG, "%s: is larger than %zu bytes", path, max);
	}
	if (str_check(&bytes, reterr) < 0)
		return -ENOMEM;
	*ret = bytes;
	bytes = STR_INIT;
	return 0;
}

int file_read(const char *path, size_t max, struct str *ret, struct err *reterr)
{
	struct stat status;
	_cleanup_fd_ int fd = file_open(path, &status, reterr);

	str_done(ret);
	return fd < 0 ? fd : file_read_open(fd, path, max, ret, reterr);
}

static int file_make_one_folder(const char *path, mode_t mode, struct err *reterr)
{
	struct stat status;
	int errnum;

	if (mkdir(path, mode) == 0)
		return 0;
	errnum = errno;
	/* A file system mounted read-only says EROFS for a folder that exists: look for it first.
	 */
	if (stat(path, &status) < 0)
		return file_error(path, errnum == EEXIST ? errno : errnum, reterr);
	if (!S_ISDIR(status.st_mode))
		return err_set(reterr, -ENOTDIR, "%s: is no folder, a folder is needed", path);
	return 0;
}

int file_make_folder(const char *path, mode_t mode, struct err *reterr)
{
	_cleanup_free_ char *part = str_dup(path);

	if (!part)
		return err_oom(reterr);
	for (char *slash = strchr(part + (*part == '/'), '/'); slash;
		slash = strchr(slash + 1, '/')) {
		int r;

		*slash = '\0';
		r = file_make_one_folder(part, mode, reterr);
		*slash = '/';
		if (r < 0)
			return r;
	}
	return file_make_one_folder(part, mode, reterr);
}

static int file_refuse_open_folder(const char *path, struct err *reterr)
{
	_cleanup_str_ struct str quoted = STR_INIT;
	int r;

	shellword_add(&quoted, path, SHELLWORD_SINGLE);
	r = str_check(&quoted, reterr);
	return r < 0
		? r
		: err_set(reterr, -EPERM,
			  "%s: others may write to this folder, and so replace the files in it: "
			  "`chmod go-w '%s'` mends it",
			  path, str_text(&quoted));
}

int file_check_folder(const char *path, struct err *reterr)
{
	struct stat status;

	if (stat(path, &status) < 0)
		return file_error(path, errno, reterr);
	if (status.st_uid != geteuid() && status.st_uid != 0)
		return err_set(reterr, -EPERM,
			"%s: the folder belongs to another user (%u), who could replace the files "
			"in it: choose one of your own",
			path, (unsigned)status.st_uid);
	if (status.st_mode & S_ISVTX && status.st_mode & S_IWOTH)
		return err_set(reterr, -EPERM,
			"%s: everyone may put files into this folder: choose one of your own",
			path);
	if (status.st_mode & S_IWOTH || (status.st_mode & S_IWGRP && status.st_gid != 0))
		return file_refuse_open_folder(path, reterr);
	return 0;
}

int file_make_own_folder(const char *path, struct err *reterr)
{
	int r = file_make_folder(path, 0700, reterr);

	return r < 0 ? r : file_check_folder(path, reterr);
}

char *file_join(const char *folder, const char *name)
{
	_cleanup_str_ struct str path = STR_INIT;

	if (*name != '/' && *folder) {
		str_add(&path, folder);
		if (folder[strlen(folder) - 1] != '/')
			str_add_char(&path, '/');
	}
	str_add(&path, name);
	return str_take(&path);
}

char *file_with_ending(const char *path, const char *ending, const char *other)
{
	size_t n = strlen(path), size = strlen(ending);
	struct str out = STR_INIT;

	if (n > size && str_equal(path + n - size, ending))
		n -= size;
	str_add_bytes(&out, path, n);
	str_add(&out, other);
	return str_take(&out);
}

char *file_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return str_dup(".");
	return slash == path ? str_dup("/") : str_ndup(path, (size_t)(slash - path));
}

char *file_absolute(const char *path)
{
	char folder[PATH_MAX];

	if (!*path || !getcwd(folder, sizeof(folder)))
		return str_dup(path);
	while (str_starts(path, "./"))
		path += 1 + strspn(path + 1, "/");
	return file_join(folder, path);
}

char *file_home(void)
{
	const char *home = getenv("HOME");
	struct passwd entry, *found = NULL;
	char buffer[16 * 1024];

	if (home && *home == '/')
		return str_dup(home);
	if (getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) == 0 && found)
		return str_dup(found->pw_dir);
	return str_dup("/");
}

/* The running executable's folder has its links resolved; an installed one may have some. */
static bool file_is_folder(const char *folder, const char *resolved)
{
	_cleanup_free_ char *real = realpath(folder, NULL);

	return str_equal(real, resolved);
}

char *file_self_companion(const char *name, const char *installed_folder)
{
	_cleanup_free_ char *folder = NULL;
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n <= 0) /* no /proc: a container at its strictest, where things are installed */
		return file_join(installed_folder, name);
	self[n] = '\0';
	folder = file_folder_of(self);
	if (!folder)
		return NULL;
	if (file_is_folder(PACKAGE_BINDIR, folder) || file_is_folder(PACKAGE_SBINDIR, folder))
		return file_join(installed_folder, name);
	return file_join(folder, name);
}
