/* SPDX-License-Identifier: MIT */
/*
 * starver: loaded before a program (LD_PRELOAD), it lets an allocation fail that the program itself or
 * SQLite asks for; what other libraries make of that is theirs.
 *
 *   NUDGED_STARVE_AT=n       the n-th; 0 or unset: none
 *   NUDGED_STARVE_COUNT=FILE gets how many there were
 *
 * No configuration header, as in killer.c.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

struct starver_range {
	uintptr_t from, to;
};

static struct starver_range starver_ranges[2]; /* the program, SQLite */
static unsigned long starver_at, starver_count;
static int starver_ready;

static int starver_look(struct dl_phdr_info *info, size_t size, void *userdata)
{
	int which = !info->dlpi_name[0] ? 0 : strstr(info->dlpi_name, "libsqlite3") ? 1 : -1;

	(void)size;
	(void)userdata;
	if (which < 0)
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];

		if (header->p_type != PT_LOAD || !(header->p_flags & PF_X))
			continue;
		starver_ranges[which].from = info->dlpi_addr + header->p_vaddr;
		starver_ranges[which].to = starver_ranges[which].from + header->p_memsz;
	}
	return 0;
}

__attribute__((constructor)) static void starver_begin(void)
{
	const char *text = getenv("NUDGED_STARVE_AT");

	starver_at = text ? strtoul(text, NULL, 10) : 0;
	(void)dl_iterate_phdr(starver_look, NULL);
	starver_ready = 1;
}

__attribute__((destructor)) static void starver_end(void)
{
	const char *path = getenv("NUDGED_STARVE_COUNT");
	FILE *file;

	starver_ready = 0;
	file = path ? fopen(path, "w") : NULL;
	if (file) {
		(void)fprintf(file, "%lu\n", starver_count);
		(void)fclose(file);
	}
}

static int starver_refuses(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;

	if (!starver_ready)
		return 0;
	for (size_t i = 0; i < 2; i++)
		if (at >= starver_ranges[i].from && at < starver_ranges[i].to)
			return ++starver_count == starver_at;
	return 0;
}

void *malloc(size_t size)
{
	if (!starver_refuses(__builtin_return_address(0)))
		return __libc_malloc(size);
	errno = ENOMEM;
	return NULL;
}

void *calloc(size_t n, size_t size)
{
	if (!starver_refuses(__builtin_return_address(0)))
		return __libc_calloc(n, size);
	errno = ENOMEM;
	return NULL;
}

void *realloc(void *old, size_t size)
{
	if (!starver_refuses(__builtin_return_address(0)))
		return __libc_realloc(old, size);
	errno = ENOMEM;
	return NULL;
}

void *reallocarray(void *old, size_t n, size_t size)
{
	size_t bytes;

	if (!__builtin_mul_overflow(n, size, &bytes) &&
		!starver_refuses(__builtin_return_address(0)))
		return __libc_realloc(old, bytes);
	errno = ENOMEM;
	return NULL;
}
