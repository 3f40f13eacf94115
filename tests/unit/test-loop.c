/* SPDX-License-Identifier: MIT */
#include "service/loop.h"

#include "base/fd.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>

struct run {
	struct loop *loop;
	struct loop_source *first, *second;
	int calls[2];
	int fds[2];
};

static void run_begin(struct run *run)
{
	*run = (struct run){ .fds = { -1, -1 } };
	if (loop_new(&run->loop) < 0 ||
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, run->fds) < 0)
		abort();
}

static void run_done(struct run *run)
{
	loop_free(run->loop);
	(void)close(run->fds[0]);
	(void)close(run->fds[1]);
}

static int on_end(struct loop_source *source UNUSED, void *userdata)
{
	struct run *run = userdata;

	run->calls[0]++;
	return loop_end(run->loop, 7);
}

static int on_fail(struct loop_source *source UNUSED, void *userdata)
{
	struct run *run = userdata;

	run->calls[0]++;
	return -EIO;
}

static void a_descriptor_calls_once_it_is_ready(void)
{
	_cleanup_(run_done) struct run run;

	run_begin(&run);
	CHECK_INT(loop_add_fd(run.loop, &run.first, run.fds[0], EPOLLIN, on_end, &run), 0);
	CHECK_INT(write(run.fds[1], "x", 1), 1);
	CHECK_INT(loop_run(run.loop), 7);
	CHECK_INT(run.calls[0], 1);
}

static void a_failing_callback_ends_it(void)
{
	_cleanup_(run_done) struct run run;

	run_begin(&run);
	CHECK_INT(loop_add_fd(run.loop, &run.first, run.fds[0], EPOLLOUT, on_fail, &run), 0);
	CHECK_INT(loop_run(run.loop), -EIO);
	CHECK_INT(run.calls[0], 1);
}

/* Both are ready in the same wait: the first that is called ends the loop, or removes the other. */
static int on_remove_other(struct loop_source *source, void *userdata)
{
	struct run *run = userdata;

	run->calls[source == run->second]++;
	loop_remove(source == run->first ? run->second : run->first);
	loop_remove(source);
	loop_remove(source);
	return 0;
}

static void a_removed_source_is_not_called(void)
{
	_cleanup_(run_done) struct run run;
	struct loop_source *last;

	run_begin(&run);
	CHECK_INT(
		loop_add_fd(run.loop, &run.first, run.fds[0], EPOLLOUT, on_remove_other, &run), 0);
	CHECK_INT(
		loop_add_fd(run.loop, &run.second, run.fds[1], EPOLLOUT, on_remove_other, &run), 0);
	CHECK_INT(loop_add_timer(run.loop, &last, CLOCK_BOOTTIME, on_fail, &run), 0);
	CHECK_INT(loop_delay(last, 1000), 0);
	CHECK_INT(loop_run(run.loop), -EIO);
	CHECK_INT(run.calls[0] + run.calls[1], 2); /* one of the two, and the timer */
}

static void nothing_is_called_after_the_end(void)
{
	_cleanup_(run_done) struct run run;

	run_begin(&run);
	CHECK_INT(loop_add_fd(run.loop, &run.first, run.fds[0], EPOLLOUT, on_end, &run), 0);
	CHECK_INT(loop_add_fd(run.loop, &run.second, run.fds[1], EPOLLOUT, on_end, &run), 0);
	CHECK_INT(loop_run(run.loop), 7);
	CHECK_INT(run.calls[0], 1);
	CHECK_INT(loop_end(run.loop, 8), 0);
	CHECK_INT(loop_run(run.loop), 7);
}

static void a_timer_fires_by_its_clock(void)
{
	static const struct {
		clockid_t clock;
		uint64_t usec;
	} rows[] = {
		{ CLOCK_REALTIME, 0 }, /* long past */
		{ CLOCK_BOOTTIME, 0 },
		{ CLOCK_REALTIME, 1000000 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(run_done) struct run run;

		TEST_ROW("%zu", i);
		run_begin(&run);
		CHECK_INT(loop_add_timer(run.loop, &run.first, rows[i].clock, on_end, &run), 0);
		CHECK_INT(loop_set_timer(run.first, rows[i].usec), 0);
		CHECK_INT(loop_run(run.loop), 7);
	}
}

static int on_unset_other(struct loop_source *source, void *userdata)
{
	struct run *run = userdata;
	struct loop_source *other = source == run->first ? run->second : run->first;

	run->calls[source == run->second]++;
	return run->calls[0] + run->calls[1] > 1 ? -EIO : loop_unset_timer(other);
}

/* Also where it had expired in the same wait. */
static void an_unset_timer_does_not_fire(void)
{
	_cleanup_(run_done) struct run run;
	struct loop_source *last;

	run_begin(&run);
	CHECK_INT(loop_add_timer(run.loop, &run.first, CLOCK_BOOTTIME, on_unset_other, &run), 0);
	CHECK_INT(loop_add_timer(run.loop, &run.second, CLOCK_BOOTTIME, on_unset_other, &run), 0);
	CHECK_INT(loop_add_timer(run.loop, &last, CLOCK_BOOTTIME, on_end, &run), 0);
	CHECK_INT(loop_set_timer(run.first, 1), 0);
	CHECK_INT(loop_set_timer(run.second, 1), 0);
	CHECK_INT(loop_delay(last, 1000), 0);
	CHECK_INT(loop_run(run.loop), 7);
	CHECK_INT(run.calls[0] + run.calls[1], 2);
}

static void a_signal_is_one_more_event(void)
{
	_cleanup_(run_done) struct run run;
	static const int number = SIGHUP;
	sigset_t before;

	run_begin(&run);
	(void)sigprocmask(SIG_BLOCK, NULL, &before);
	loop_block_signals(&number, 1);
	CHECK_INT(loop_add_signal(run.loop, SIGHUP, on_end, &run), 0);
	CHECK_INT(raise(SIGHUP), 0);
	CHECK_INT(loop_run(run.loop), 7);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
}

/* A sender that died is followed by another, whose socket gets the number that has just become free. */
static void a_number_in_use_again_is_watched(void)
{
	_cleanup_(run_done) struct run run;
	int fd;

	run_begin(&run);
	CHECK_INT(loop_add_fd(run.loop, &run.first, run.fds[0], EPOLLIN, on_end, &run), 0);
	fd = fcntl(run.fds[1], F_DUPFD_CLOEXEC, 0);
	CHECK_INT(dup2(fd, run.fds[0]), run.fds[0]); /* the first socket is closed by it */
	CHECK_INT(close(fd), 0);
	CHECK_INT(loop_watch(run.first, EPOLLIN), 0);
	CHECK_INT(loop_run(run.loop), 7); /* it hangs up */
}

/* The sender's socket was closed, and somebody has come in by its number before that was noticed. */
static void a_number_of_another_source_is_left_alone(void)
{
	_cleanup_(run_done) struct run run;
	int fd;

	run_begin(&run);
	CHECK_INT(loop_add_fd(run.loop, &run.first, run.fds[0], EPOLLIN, on_fail, &run), 0);
	fd = fcntl(run.fds[1], F_DUPFD_CLOEXEC, 0);
	CHECK_INT(dup2(fd, run.fds[0]), run.fds[0]); /* the first socket is closed by it */
	CHECK_INT(close(fd), 0);
	CHECK_INT(loop_add_fd(run.loop, &run.second, run.fds[0], EPOLLIN, on_end, &run), 0);
	CHECK_INT(loop_watch(run.first, EPOLLOUT), -EBADF);
	loop_remove(run.first);
	CHECK_INT(loop_run(run.loop), 7);
}

TEST_MAIN(TEST(a_descriptor_calls_once_it_is_ready), TEST(a_failing_callback_ends_it),
	TEST(a_removed_source_is_not_called), TEST(nothing_is_called_after_the_end),
	TEST(a_timer_fires_by_its_clock), TEST(an_unset_timer_does_not_fire),
	TEST(a_signal_is_one_more_event), TEST(a_number_in_use_again_is_watched),
	TEST(a_number_of_another_source_is_left_alone))
