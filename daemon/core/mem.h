/* SPDX-License-Identifier: MIT */
/*
 * mem: ownership in plain C, and the few macros that every file needs.
 *
 * A local that owns something carries a cleanup attribute; ownership leaves it by TAKE_PTR alone.
 */
#ifndef NUDGE_CORE_MEM_H
#define NUDGE_CORE_MEM_H

#include <stddef.h>
#include <stdlib.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Marks a parameter that a callback's type demands and its body does not need. */
#define UNUSED __attribute__((unused))

#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))

/* _cleanup_(foo_freep) struct foo *f = NULL; -- freep functions are made by DEFINE_CLEANUP. */
#define _cleanup_(function) __attribute__((cleanup(function)))

#define DEFINE_CLEANUP(type, free_function)                                                        \
	static inline void free_function##p(type *p)                                               \
	{                                                                                          \
		if (*p)                                                                            \
			free_function(*p);                                                         \
	}                                                                                          \
	struct mem_semicolon

static inline void freep(void *p)
{
	free(*(void **)p);
}

#define _cleanup_free_ _cleanup_(freep)

/* The value of a pointer variable, which is NULL afterwards: how ownership moves on. */
#define TAKE_PTR(p)                                                                                \
	({                                                                                         \
		__typeof__(p) *take_ptr_p = &(p);                                                  \
		__typeof__(p) take_ptr_v = *take_ptr_p;                                            \
		*take_ptr_p = NULL;                                                                \
		take_ptr_v;                                                                        \
	})

#endif
