/* SPDX-License-Identifier: MIT */
/*
 * clock: the time, or the time that a person asked to act for (--now).
 */
#include "base/clock.h"

#include "base/fd.h"
#include "core/day.h"
#include "core/str.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define USEC INT64_C(1000000)

static int64_t clock_system(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * USEC + now.tv_nsec / 1000;
}

int64_t clock_now(const struct clock *clock)
{
	int64_t usec = clock_system() + clock->offset_usec;

	return usec / USEC - (usec % USEC < 0);
}

/* A machine that does not tell its boots apart, in a container at its strictest, has one. */
static void clock_read_boot(char *boot, size_t size)
{
	_cleanup_fd_ int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, boot, size - 1);

	boot[n > 0 ? n : 0] = '\0';
	boot[strcspn(boot, "\n")] = '\0';
}

void clock_see(const struct clock *clock, struct trust_sight *ret)
{
	struct timespec boot;

	(void)clock_gettime(CLOCK_BOOTTIME, &boot);
	clock_read_boot(ret->boot, sizeof(ret->boot));
	ret->uptime = boot.tv_sec;
	ret->clock = clock_now(clock);
}

uint64_t clock_uptime_usec(void)
{
	struct timespec boot;

	(void)clock_gettime(CLOCK_BOOTTIME, &boot);
	return (uint64_t)(boot.tv_sec * USEC + boot.tv_nsec / 1000);
}

int64_t clock_monotonic_msec(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

uint64_t clock_system_usec(const struct clock *clock, int64_t instant)
{
	int64_t usec;

	if (instant > INT64_MAX / USEC / 2)
		return UINT64_MAX;
	usec = instant * USEC - clock->offset_usec;
	return usec < 0 ? 0 : (uint64_t)usec;
}

/* "07:00" or "07:00:30" to seconds; -1 where it is none. */
static int clock_parse_time(const char *text, size_t n)
{
	int value[3] = { 0, 0, 0 };

	if (n != 5 && n != 8)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (i % 3 == 2 ? text[i] != ':' : !str_is_digit(text[i]))
			return -1;
		if (i % 3 != 2)
			value[i / 3] = value[i / 3] * 10 + (text[i] - '0');
	}
	if (value[0] > 23 || value[1] > 59 || value[2] > 59)
		return -1;
	return value[0] * 3600 + value[1] * 60 + value[2];
}

static bool clock_parse(const char *text, int64_t *ret)
{
	size_t n = strlen(text), zone;
	char day[11] = { 0 };
	struct date date;
	int time, offset = 0;

	if (n < 17 || (text[10] != 'T' && text[10] != ' '))
		return false;
	memcpy(day, text, 10);
	zone = 11 + strcspn(text + 11, "Z+-");
	time = clock_parse_time(text + 11, zone - 11);
	if (!day_parse(day, &date) || time < 0)
		return false;
	if (text[zone] == 'Z' ? text[zone + 1] != '\0' : n - zone != 6)
		return false;
	if (text[zone] != 'Z') {
		offset = clock_parse_time(text + zone + 1, 5);
		if (offset < 0)
			return false;
	}
	if (text[zone] == '-')
		offset = -offset;
	*ret = (int64_t)day_number(date.year, date.month, date.day) * 86400 + time - offset;
	return true;
}

int clock_pretend(struct clock *clock, const char *text, struct err *reterr)
{
	int64_t instant;

	if (!clock_parse(text, &instant))
		return err_set(reterr, -EINVAL,
			"\"%s\" is no time: write it as 2026-11-28T07:00:00+01:00", text);
	clock->offset_usec = instant * USEC - clock_system();
	return 0;
}
