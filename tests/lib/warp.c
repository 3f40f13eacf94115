/* SPDX-License-Identifier: MIT */
/*
 * warp: loaded before a program (LD_PRELOAD), it gives it a time of its own: one that runs faster, and
 * that jumps where a test says so, as on a machine that was suspended or whose clock was set.
 *
 *   NUDGED_WARP=FILE  six numbers of 8 bytes, shared with the test that writes them: see struct warp
 *
 * After a jump the process is to get SIGURG, which does nothing to others: timers are set anew, and
 * those that ask for it (TFD_TIMER_CANCEL_ON_SET) fire, as the kernel does it.
 *
 * No configuration header, as in killer.c.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define WARP_TIMERS 256
#define NSEC        INT64_C(1000000000)

enum warp_clock { WARP_REAL, WARP_BOOT, WARP_MONOTONIC, WARP_CLOCKS };

struct warp {
	int64_t speed;    /* seconds of the program that pass in one, at least 1 */
	int64_t jumps[2]; /* seconds that CLOCK_REALTIME and CLOCK_BOOTTIME are ahead by */
	int64_t origin[WARP_CLOCKS]; /* nanoseconds: from here on they run faster */
};

struct warp_timer {
	bool used;
	clockid_t clock;
	int flags;
	struct itimerspec when; /* by the program's time; 0: not armed */
};

static const volatile struct warp *warp;
static struct warp_timer warp_timers[WARP_TIMERS]; /* by descriptor */

static int64_t warp_ns(const struct timespec *t)
{
	return (int64_t)t->tv_sec * NSEC + t->tv_nsec;
}

static struct timespec warp_ts(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / NSEC, .tv_nsec = ns % NSEC };
}

static enum warp_clock warp_of(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_REALTIME_ALARM:
		return WARP_REAL;
	case CLOCK_BOOTTIME:
	case CLOCK_BOOTTIME_ALARM:
		return WARP_BOOT;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
		return WARP_MONOTONIC;
	default:
		return WARP_CLOCKS;
	}
}

/* Nanoseconds by which the program's clock is ahead for its jumps. */
static int64_t warp_jump(enum warp_clock clock)
{
	return clock == WARP_MONOTONIC ? 0 : warp->jumps[clock] * NSEC;
}

static int warp_arm(int fd)
{
	const struct warp_timer *timer = &warp_timers[fd];
	struct itimerspec when = timer->when;
	enum warp_clock clock = warp_of(timer->clock);
	int64_t ns = warp_ns(&when.it_value);

	if (ns && timer->flags & TFD_TIMER_ABSTIME) {
		ns -= warp_jump(clock) + warp->origin[clock];
		ns = ns / warp->speed + warp->origin[clock];
		ns = ns > 0 ? ns : 1;
	} else if (ns) {
		ns = ns / warp->speed + 1;
	}
	when.it_value = warp_ts(ns);
	return (int)syscall(SYS_timerfd_settime, fd, timer->flags, &when, NULL);
}

static void warp_on_jump(int number)
{
	static const struct itimerspec at_once = { .it_value.tv_nsec = 1 };

	(void)number;
	for (int fd = 0; fd < WARP_TIMERS; fd++) {
		if (!warp_timers[fd].used || !warp_ns(&warp_timers[fd].when.it_value))
			continue;
		if (warp_timers[fd].flags & TFD_TIMER_CANCEL_ON_SET)
			(void)syscall(SYS_timerfd_settime, fd, 0, &at_once, NULL);
		else
			(void)warp_arm(fd);
	}
}

__attribute__((constructor)) static void warp_begin(void)
{
	const struct sigaction action = { .sa_handler = warp_on_jump, .sa_flags = SA_RESTART };
	const char *path = getenv("NUDGED_WARP");
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	void *map;

	if (fd < 0)
		return;
	map = mmap(NULL, sizeof(*warp), PROT_READ, MAP_SHARED, fd, 0);
	(void)close(fd);
	if (map == MAP_FAILED)
		return;
	warp = map;
	(void)sigaction(SIGURG, &action, NULL);
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
	enum warp_clock which = warp_of(clock);
	int r = (int)syscall(SYS_clock_gettime, clock, ret);
	int64_t ns;

	if (r < 0 || !warp || which == WARP_CLOCKS)
		return r;
	ns = (warp_ns(ret) - warp->origin[which]) * warp->speed + warp->origin[which];
	*ret = warp_ts(ns + warp_jump(which));
	return 0;
}

time_t time(time_t *ret)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (ret)
		*ret = now.tv_sec;
	return now.tv_sec;
}

int timerfd_create(clockid_t clock, int flags)
{
	int fd = (int)syscall(SYS_timerfd_create, clock, flags);

	if (fd >= WARP_TIMERS)
		abort();
	if (fd >= 0 && warp)
		warp_timers[fd] = (struct warp_timer){ .used = true, .clock = clock };
	return fd;
}

int timerfd_settime(int fd, int flags, const struct itimerspec *when, struct itimerspec *ret_old)
{
	if (!warp || fd < 0 || fd >= WARP_TIMERS || !warp_timers[fd].used)
		return (int)syscall(SYS_timerfd_settime, fd, flags, when, ret_old);
	warp_timers[fd].flags = flags;
	warp_timers[fd].when = *when;
	return warp_arm(fd);
}

int poll(struct pollfd *fds, nfds_t n, int msec)
{
	struct timespec left = { 0 };

	if (msec >= 0)
		left = warp_ts((int64_t)msec * 1000000 / (warp ? warp->speed : 1) + (msec > 0));
	return (int)syscall(SYS_ppoll, fds, n, msec < 0 ? NULL : &left, NULL, (size_t)0);
}

/* No test that is about time cuts the power, and the disk does not run faster. */
int fsync(int fd)
{
	return warp ? 0 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return warp ? 0 : (int)syscall(SYS_fdatasync, fd);
}

int close(int fd)
{
	if (fd >= 0 && fd < WARP_TIMERS)
		warp_timers[fd].used = false;
	return (int)syscall(SYS_close, fd);
}
