/* SPDX-License-Identifier: MIT */
/*
 * loop: waits for descriptors, timers and signals, and calls whom they concern.
 */
#include "service/loop.h"

#include "base/fd.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

#define LOOP_EVENTS 16 /* of one wait: others are met by the next */

struct loop_source {
	struct loop *loop;
	struct loop_source *next;
	loop_callback callback;
	void *userdata;
	int fd;
	bool owns;         /* the descriptor: a timer's, a signal's */
	size_t value_size; /* of what is read from it before the callback is called */
	clockid_t clock;
	bool lost;    /* its descriptor was closed, and the number is another source's */
	bool removed; /* freed once nothing that was ready can point to it */
};

struct loop {
	int epoll;
	struct loop_source *sources;
	bool ended;
	int status;
};

int loop_new(struct loop **ret)
{
	_cleanup_(loop_freep) struct loop *loop = calloc(1, sizeof(*loop));

	if (!loop)
		return -ENOMEM;
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll < 0)
		return -errno;
	*ret = TAKE_PTR(loop);
	return 0;
}

static void loop_forget(struct loop *loop, bool all)
{
	struct loop_source **at = &loop->sources;

	while (*at) {
		struct loop_source *source = *at;

		if (!all && !source->removed) {
			at = &source->next;
			continue;
		}
		*at = source->next;
		if (source->owns)
			(void)close(source->fd);
		free(source);
	}
}

void loop_free(struct loop *loop)
{
	if (!loop)
		return;
	loop_forget(loop, true);
	if (loop->epoll >= 0)
		(void)close(loop->epoll);
	free(loop);
}

static int loop_add(struct loop *loop, struct loop_source **ret, int fd, uint32_t events,
	loop_callback callback, void *userdata)
{
	_cleanup_free_ struct loop_source *source = calloc(1, sizeof(*source));
	struct epoll_event event = { .events = events, .data.ptr = source };

	if (!source)
		return -ENOMEM;
	*source = (struct loop_source){ .loop = loop,
		.next = loop->sources,
		.fd = fd,
		.callback = callback,
		.userdata = userdata };
	if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
		return -errno;
	/* That it could be added says of any other with this number that its descriptor is gone. */
	for (struct loop_source *other = loop->sources; other; other = other->next)
		other->lost |= other->fd == fd;
	loop->sources = *ret = TAKE_PTR(source);
	return 0;
}

/* Like loop_add(), of a descriptor that the source owns and reads itself. */
static int loop_add_own(struct loop *loop, struct loop_source **ret, int fd, size_t value_size,
	loop_callback callback, void *userdata)
{
	_cleanup_fd_ int own = fd;
	int r = fd < 0 ? -errno : loop_add(loop, ret, fd, EPOLLIN, callback, userdata);

	if (r < 0)
		return r;
	(void)TAKE_FD(own);
	(*ret)->owns = true;
	(*ret)->value_size = value_size;
	return 0;
}

int loop_add_fd(struct loop *loop, struct loop_source **ret, int fd, uint32_t events,
	loop_callback callback, void *userdata)
{
	return loop_add(loop, ret, fd, events, callback, userdata);
}

int loop_watch(struct loop_source *source, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = source };

	if (source->lost)
		return -EBADF;
	if (epoll_ctl(source->loop->epoll, EPOLL_CTL_MOD, source->fd, &event) == 0)
		return 0;
	/* epoll forgets a descriptor with its closing; the number may be in use again. */
	if (errno == ENOENT &&
		epoll_ctl(source->loop->epoll, EPOLL_CTL_ADD, source->fd, &event) == 0)
		return 0;
	return -errno;
}

int loop_add_timer(struct loop *loop, struct loop_source **ret, clockid_t clock,
	loop_callback callback, void *userdata)
{
	int fd = timerfd_create(clock, TFD_NONBLOCK | TFD_CLOEXEC);
	int r = loop_add_own(loop, ret, fd, sizeof(uint64_t), callback, userdata);

	if (r == 0)
		(*ret)->clock = clock;
	return r;
}

int loop_set_timer(struct loop_source *source, uint64_t usec)
{
	struct itimerspec at = { .it_value = { (time_t)(usec / 1000000),
					 (long)(usec % 1000000) * 1000 } };

	/* Nothing at all would unset it. */
	if (usec == 0)
		at.it_value.tv_nsec = 1;
	return timerfd_settime(source->fd, TFD_TIMER_ABSTIME, &at, NULL) < 0 ? -errno : 0;
}

int loop_unset_timer(struct loop_source *source)
{
	static const struct itimerspec never = { 0 };

	return timerfd_settime(source->fd, 0, &never, NULL) < 0 ? -errno : 0;
}

int loop_delay(struct loop_source *source, uint64_t usec)
{
	struct timespec now;

	if (clock_gettime(source->clock, &now) < 0)
		return -errno;
	return loop_set_timer(
		source, (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000 + usec);
}

void loop_block_signals(const int *numbers, size_t n)
{
	sigset_t signals;

	(void)sigemptyset(&signals);
	for (size_t i = 0; i < n; i++)
		(void)sigaddset(&signals, numbers[i]);
	(void)sigprocmask(SIG_BLOCK, &signals, NULL);
}

int loop_add_signal(struct loop *loop, int number, loop_callback callback, void *userdata)
{
	struct loop_source *source;
	sigset_t signals;

	(void)sigemptyset(&signals);
	if (sigaddset(&signals, number) < 0)
		return -errno;
	return loop_add_own(loop, &source, signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC),
		sizeof(struct signalfd_siginfo), callback, userdata);
}

void loop_remove(struct loop_source *source)
{
	if (!source || source->removed)
		return;
	/* It fails where the descriptor was closed before, with which epoll has forgotten it. */
	if (!source->lost)
		(void)epoll_ctl(source->loop->epoll, EPOLL_CTL_DEL, source->fd, NULL);
	source->removed = true;
}

/* A timer that was set anew after it had expired has nothing to read: it is not called. */
static bool loop_take_value(const struct loop_source *source)
{
	struct signalfd_siginfo value; /* the largest */

	_Static_assert(sizeof(value) >= sizeof(uint64_t), "a timer's count fits");
	return source->value_size == 0 || read(source->fd, &value, source->value_size) > 0;
}

static int loop_dispatch(struct loop *loop, const struct epoll_event *events, int n)
{
	int r = 0;

	for (int i = 0; r >= 0 && i < n && !loop->ended; i++) {
		struct loop_source *source = events[i].data.ptr;

		if (!source->removed && loop_take_value(source))
			r = source->callback(source, source->userdata);
	}
	loop_forget(loop, false);
	return r < 0 ? r : 0;
}

int loop_run(struct loop *loop)
{
	struct epoll_event events[LOOP_EVENTS];
	int r = 0;

	while (r == 0 && !loop->ended) {
		int n = epoll_wait(loop->epoll, events, LOOP_EVENTS, -1);

		if (n < 0 && errno != EINTR)
			return -errno;
		r = n > 0 ? loop_dispatch(loop, events, n) : 0;
	}
	return r < 0 ? r : loop->status;
}

int loop_end(struct loop *loop, int status)
{
	if (!loop->ended)
		loop->status = status;
	loop->ended = true;
	return 0;
}
