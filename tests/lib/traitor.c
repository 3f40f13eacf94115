/* SPDX-License-Identifier: MIT */
/*
 * traitor: loaded before nudged-send (LD_PRELOAD), it does what somebody would who took the process
 * over by what the server says: at the first bytes that arrive over the open connection it tries to
 * get at NUDGED_TRAITOR, a file, and says on stderr what came of it, one "traitor: WHAT ERRNO" a
 * line, 0 for success.
 *
 * No configuration header, as in killer.c.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

static void traitor_tell(const char *what, long r)
{
	int errnum = r < 0 ? errno : 0;

	(void)dprintf(STDERR_FILENO, "traitor: %s %d\n", what, errnum);
}

static void traitor_act(void)
{
	const char *file = getenv("NUDGED_TRAITOR");
	char folder[4096], *argv[] = { (char[]){ "true" }, NULL };

	if (!file || strlen(file) >= sizeof(folder))
		return;
	(void)strcpy(folder, file);
	traitor_tell("read", open(file, O_RDONLY | O_CLOEXEC));
	traitor_tell("write", open(file, O_WRONLY | O_CLOEXEC));
	traitor_tell("list", open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	traitor_tell("local", socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	traitor_tell("trace", ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
	traitor_tell("fork", fork());
	traitor_tell("exec", execve("/usr/bin/true", argv, environ));
}

typedef int receive_bytes(void *easy, void *buffer, size_t size, size_t *ret_n);

int curl_easy_recv(void *easy, void *buffer, size_t size, size_t *ret_n);

int curl_easy_recv(void *easy, void *buffer, size_t size, size_t *ret_n)
{
	static int done;
	void *next = dlsym(RTLD_NEXT, "curl_easy_recv");
	int r;

	if (!next)
		abort();
	r = (*(receive_bytes **)&next)(easy, buffer, size, ret_n);
	if (r == 0 && !done++)
		traitor_act();
	return r;
}
