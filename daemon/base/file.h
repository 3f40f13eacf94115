/* SPDX-License-Identifier: MIT */
/*
 * file: reading small files whole, folders, and the paths of things.
 *
 * Errors read "PATH: SENTENCE". Paths that are returned are the caller's to free; NULL means that
 * memory ran out.
 */
#ifndef NUDGE_BASE_FILE_H
#define NUDGE_BASE_FILE_H

#include "core/err.h"
#include "core/str.h"

#include <sys/stat.h>

/* "PATH: there is no such file" and the like in `reterr`; returns -errnum. */
int file_error(const char *path, int errnum, struct err *reterr);

/* Opens a regular file for reading and tells its status. Anything else is refused without waiting
 * for it (a pipe has perhaps no writer): -EISDIR for a folder, -ENXIO for a socket, -EINVAL for the
 * rest. Returns the descriptor. */
int file_open(const char *path, struct stat *ret_status, struct err *reterr);

/* Sets `ret` to the bytes of a regular file. -EFBIG: more than `max` of them; other negative errno
 * where it cannot be opened or read. `ret` is empty then. */
int file_read(const char *path, size_t max, struct str *ret, struct err *reterr);
/* The same for a descriptor that is open; `path` is for errors. It stays open. */
int file_read_open(int fd, const char *path, size_t max, struct str *ret, struct err *reterr);

/* Makes a folder and those above it that are missing, each with `mode`; existing ones stay as they
 * are. -ENOTDIR: something else is in the way. */
int file_make_folder(const char *path, mode_t mode, struct err *reterr);

/* Whether only this user and root can put things into the folder, or replace what lies in it: 0, or
 * -EPERM with the command that mends it. A group of root's counts as root. */
int file_check_folder(const char *path, struct err *reterr);
/* Both: a folder with mode 0700, if there is none, that is this user's alone. */
int file_make_own_folder(const char *path, struct err *reterr);

char *file_join(const char *folder, const char *name); /* `name` alone where it is absolute */
/* "a.db" to "a.lock"; without that ending, and of a file called ".db", the other is added. */
char *file_with_ending(const char *path, const char *ending, const char *other);
char *file_folder_of(const char *path); /* "." where there is no slash */
char *file_absolute(const char *path);  /* links are not followed; "" stays "" */
char *file_home(void); /* $HOME if absolute, else the user's home folder; "/" where there is none */

/* The path of a program that belongs to this one: installed_folder/name if this one runs from where
 * programs are installed, else beside this one, so that a build tree works as it stands. */
char *file_self_companion(const char *name, const char *installed_folder);

#endif
