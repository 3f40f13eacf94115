/* SPDX-License-Identifier: MIT */
/*
 * blinder: loaded before nudged-send (LD_PRELOAD), it hides from poll() that the server has hung up, until
 * the service has something to say. So a mail always meets a connection that is gone already: what
 * happens by chance where a server gives up an idle connection at the moment a mail comes.
 *
 * No configuration header, as in killer.c.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define BLINDER_SERVICE 3 /* the service's end of the socket pair: courier.c */
#define BLINDER_MAX     1024

static bool blinder_is_hang_up(const struct pollfd *fd)
{
	char byte;

	return fd->fd >= 0 && fd->fd != BLINDER_SERVICE && fd->revents &&
		recv(fd->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static int blinder_poll(struct pollfd *fds, nfds_t n, int msec)
{
	struct timespec left = { .tv_sec = msec / 1000, .tv_nsec = msec % 1000 * 1000000L };

	return (int)syscall(SYS_ppoll, fds, n, msec < 0 ? NULL : &left, NULL, (size_t)0);
}

/* By another name here: the C library's declaration says that nothing of fds[] is read. */
int blinder_look(struct pollfd *fds, nfds_t n, int msec) __asm__("poll");

/* What has hung up is left out of the next try, which waits for the others. */
int blinder_look(struct pollfd *fds, nfds_t n, int msec)
{
	int original[BLINDER_MAX], r;
	bool hidden;

	for (nfds_t i = 0; i < n && i < BLINDER_MAX; i++)
		original[i] = fds[i].fd;
	do {
		hidden = false;
		r = blinder_poll(fds, n, msec);
		for (nfds_t i = 0; r > 0 && i < n && i < BLINDER_MAX; i++) {
			if (!blinder_is_hang_up(&fds[i]))
				continue;
			fds[i].fd = -1;
			fds[i].revents = 0;
			hidden = true;
			r--;
		}
	} while (hidden && r == 0);
	for (nfds_t i = 0; i < n && i < BLINDER_MAX; i++)
		fds[i].fd = original[i];
	return r;
}
