/* SPDX-License-Identifier: MIT */
/*
 * killer: loaded before a program (LD_PRELOAD), it ends it by SIGKILL at its n-th change of a file's
 * content: a write at an offset, a truncation, a synchronisation, a removal; or lets that fail.
 *
 *   NUDGED_KILL_AT=n    which one; 0 or unset: none, and NUDGED_KILL_COUNT=FILE gets their number;
 *                       "end": the program's own end, after all of them
 *   NUDGED_KILL_HOW=    "before": it is not begun; "half": half of a write is done;
 *                       "lost": as after a power cut, what was written since each file's last
 *                       synchronisation is not there, all of it or, by the bits of n, some of it
 *                       "full": from it on the disk is full; "broken": it fails with EIO, once;
 *                       "short": it writes the half of it and says so, once
 *
 * No configuration header: the names below are the C library's, whatever the size of off_t.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNSYNCED_MAX 65536

/* What a write or truncation replaced. */
struct unsynced {
	int fd;
	off64_t offset, old_size;
	size_t size;
	unsigned char *old;
};

static struct unsynced killer_unsynced[UNSYNCED_MAX];
static size_t killer_n_unsynced;
static unsigned long killer_count;

typedef ssize_t write_at(int, const void *, size_t, off64_t);
typedef int cut_at(int, off64_t);
typedef int sync_it(int);
typedef int remove_it(const char *);

static void *killer_next(const char *name)
{
	void *next = dlsym(RTLD_NEXT, name);

	if (!next)
		abort();
	return next;
}

/* dlsym() gives an object pointer; ISO C has no cast to a function's. */
#define NEXT(type, name) (*(type **)&(void *){ killer_next(name) })

static unsigned long killer_at(void)
{
	const char *text = getenv("NUDGED_KILL_AT");

	return text ? strtoul(text, NULL, 10) : 0;
}

static int killer_is_at_end(void)
{
	const char *text = getenv("NUDGED_KILL_AT");

	return text && strcmp(text, "end") == 0;
}

static int killer_is(const char *how)
{
	const char *text = getenv("NUDGED_KILL_HOW");

	return strcmp(text ? text : "before", how) == 0;
}

/* The last first. What is lost by halves is chosen by the bits of n, a new choice for each n. */
static void killer_lose(void)
{
	unsigned long bits = killer_at() * 2654435761UL;

	while (killer_n_unsynced > 0) {
		struct unsynced *u = &killer_unsynced[--killer_n_unsynced];

		bits = bits * 6364136223846793005UL + 1442695040888963407UL;
		if (killer_at() % 2 && bits >> 40 & 1)
			continue;
		if (u->size)
			(void)NEXT(write_at, "pwrite64")(u->fd, u->old, u->size, u->offset);
		(void)NEXT(cut_at, "ftruncate64")(u->fd, u->old_size);
	}
}

static void killer_kill(void)
{
	if (killer_is("lost"))
		killer_lose();
	(void)kill(getpid(), SIGKILL);
	(void)pause();
}

/* Whether this is the one. */
static int killer_step(void)
{
	return ++killer_count == killer_at();
}

/* Whether this one, which was counted, is to fail instead; sets errno. */
static int killer_fails(void)
{
	if (killer_is("full") && killer_at() && killer_count >= killer_at()) {
		errno = ENOSPC;
		return 1;
	}
	if (killer_is("broken") && killer_count == killer_at()) {
		errno = EIO;
		return 1;
	}
	return 0;
}

static int killer_kills(void)
{
	return !killer_is("full") && !killer_is("broken") && !killer_is("short");
}

static void killer_note(int fd, size_t size, off64_t offset)
{
	struct unsynced *u = &killer_unsynced[killer_n_unsynced];
	struct stat64 st;
	ssize_t n;

	if (!killer_is("lost"))
		return;
	if (killer_n_unsynced == UNSYNCED_MAX || fstat64(fd, &st) < 0 ||
		!(u->old = malloc(size + 1)))
		abort();
	n = pread64(fd, u->old, size, offset);
	*u = (struct unsynced){ fd, offset, st.st_size, n > 0 ? (size_t)n : 0, u->old };
	killer_n_unsynced++;
}

/* The oldest stay first: they are put back last. */
static void killer_forget(int fd)
{
	size_t kept = 0;

	for (size_t i = 0; i < killer_n_unsynced; i++) {
		if (killer_unsynced[i].fd == fd)
			free(killer_unsynced[i].old);
		else
			killer_unsynced[kept++] = killer_unsynced[i];
	}
	killer_n_unsynced = kept;
}

static ssize_t killer_write(int fd, const void *data, size_t size, off64_t offset)
{
	int now = killer_step();

	if (killer_fails())
		return -1;
	if (now && killer_is("short"))
		return NEXT(write_at, "pwrite64")(fd, data, size > 1 ? size / 2 : size, offset);
	if (now && killer_is("half"))
		(void)NEXT(write_at, "pwrite64")(fd, data, size / 2, offset);
	if (now && killer_kills())
		killer_kill();
	killer_note(fd, size, offset);
	return NEXT(write_at, "pwrite64")(fd, data, size, offset);
}

static int killer_cut(int fd, off64_t size)
{
	struct stat64 st;

	if (killer_step() && killer_kills())
		killer_kill();
	if (killer_fails() && errno == EIO) /* a full disk can be truncated */
		return -1;
	if (fstat64(fd, &st) == 0 && st.st_size > size)
		killer_note(fd, (size_t)(st.st_size - size), size);
	return NEXT(cut_at, "ftruncate64")(fd, size);
}

static int killer_sync(int fd, const char *name)
{
	int r;

	if (killer_step() && killer_kills())
		killer_kill();
	if (killer_fails())
		return -1;
	r = NEXT(sync_it, name)(fd);
	killer_forget(fd);
	return r;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset);
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset);
int ftruncate(int fd, off_t size);
int ftruncate64(int fd, off64_t size);
int fsync(int fd);
int fdatasync(int fd);
int unlink(const char *path);

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
	return killer_write(fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
	return killer_write(fd, data, size, offset);
}

int ftruncate(int fd, off_t size)
{
	return killer_cut(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return killer_cut(fd, size);
}

int fsync(int fd)
{
	return killer_sync(fd, "fsync");
}

int fdatasync(int fd)
{
	return killer_sync(fd, "fdatasync");
}

int unlink(const char *path)
{
	if (killer_step() && killer_kills())
		killer_kill();
	return NEXT(remove_it, "unlink")(path);
}

__attribute__((destructor)) static void killer_tell(void)
{
	const char *path = getenv("NUDGED_KILL_COUNT");
	FILE *f;

	if (killer_is_at_end())
		killer_kill();
	f = path ? fopen(path, "w") : NULL;
	if (f) {
		(void)fprintf(f, "%lu\n", killer_count);
		(void)fclose(f);
	}
}
