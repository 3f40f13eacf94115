/* SPDX-License-Identifier: MIT */
/*
 * loop: waits for descriptors, timers and signals, and calls whom they concern.
 *
 * One thread, level-triggered; timers are timerfds, signals come over a signalfd. A callback returns
 * 0 to go on, or a negative errno, which ends the loop. Sources live as long as the loop unless they
 * are removed, which a callback may do, also to its own.
 */
#ifndef NUDGE_SERVICE_LOOP_H
#define NUDGE_SERVICE_LOOP_H

#include "core/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct loop;
struct loop_source;
typedef int (*loop_callback)(struct loop_source *source, void *userdata);

/* 0 or a negative errno, as for all that returns int here. */
int loop_new(struct loop **ret);
void loop_free(struct loop *loop); /* NULL-safe; closes the timers, no descriptor of the caller's */
DEFINE_CLEANUP(struct loop *, loop_free);

/* `events` of epoll(7); the descriptor stays the caller's. */
int loop_add_fd(struct loop *loop, struct loop_source **ret, int fd, uint32_t events,
	loop_callback callback, void *userdata);
/* Also where the number is another descriptor's by now, the first having been closed; -EBADF where that one is
 * another source's. */
int loop_watch(struct loop_source *source, uint32_t events);

/* A timer that is not set. `clock`: CLOCK_REALTIME, which follows a clock that is set, or
 * CLOCK_BOOTTIME, which counts on through a suspend. */
int loop_add_timer(struct loop *loop, struct loop_source **ret, clockid_t clock,
	loop_callback callback, void *userdata);
/* Once, at that instant of the timer's clock, or at once where it has passed. */
int loop_set_timer(struct loop_source *source, uint64_t usec);
int loop_unset_timer(struct loop_source *source);
/* That long from now, by the timer's clock. */
int loop_delay(struct loop_source *source, uint64_t usec);

/* In the whole process, while it has one thread: what comes from now on waits for a loop. */
void loop_block_signals(const int *numbers, size_t n);
/* The signal is blocked. */
int loop_add_signal(struct loop *loop, int number, loop_callback callback, void *userdata);

/* NULL-safe. */
void loop_remove(struct loop_source *source);

/* Until loop_end(): its status, or the negative errno of a callback. */
int loop_run(struct loop *loop);
/* What was ready together with the source that calls this is not called any more. The first status
 * counts. Always 0, for `return loop_end(...)`. */
int loop_end(struct loop *loop, int status);

#endif
