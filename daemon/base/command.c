/* SPDX-License-Identifier: MIT */
/*
 * command: another program run to its end, for what it prints.
 */
#include "base/command.h"

#include "base/clock.h"
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

struct command {
	pid_t pid;
	int end; /* readable when it has ended */
	int out, errors;
	int64_t deadline_msec;
};

/* Of what is open here the program gets nothing but its three: root's things are nobody else's. */
static int command_spawn(struct command *command, char *const *argv, int out, int errors)
{
	posix_spawn_file_actions_t files;
	int r = posix_spawn_file_actions_init(&files);

	if (r != 0)
		return -r;
	r = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	r = r ? r : posix_spawn_file_actions_adddup2(&files, out, 1);
	r = r ? r : posix_spawn_file_actions_adddup2(&files, errors, 2);
	r = r ? r : posix_spawn_file_actions_addclosefrom_np(&files, 3);
	r = r ? r : posix_spawnp(&command->pid, argv[0], &files, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&files);
	return -r;
}

static int command_start(struct command *command, char *const *argv)
{
	int out[2] = { -1, -1 }, errors[2] = { -1, -1 }, r;

	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0) {
		r = -errno;
		fd_close(&out[0]);
		fd_close(&out[1]);
		return r;
	}
	r = command_spawn(command, argv, out[1], errors[1]);
	fd_close(&out[1]);
	fd_close(&errors[1]);
	command->out = out[0];
	command->errors = errors[0];
	if (r == 0)
		command->end = pidfd_open(command->pid, 0);
	return r == 0 && command->end < 0 ? -errno : r;
}

/* Reads once from what poll() found ready, and closes it at its end. */
static void command_read(int *fd, struct str *into)
{
	char buffer[4096];
	ssize_t n = read(*fd, buffer, sizeof(buffer));

	if (n == 0 || (n < 0 && errno != EINTR))
		fd_close(fd);
	if (n > 0) {
		size_t room = COMMAND_OUTPUT_MAX - into->len;

		str_add_bytes(into, buffer, (size_t)n < room ? (size_t)n : room);
	}
}

/* Until it has ended and nothing is left to read. What it leaves running may keep the pipes open. */
static int command_collect(struct command *command, struct str *out, struct str *complaint)
{
	bool ended = false;

	while (!ended || command->out >= 0 || command->errors >= 0) {
		struct pollfd fds[] = { { .fd = command->out, .events = POLLIN },
			{ .fd = command->errors, .events = POLLIN },
			{ .fd = ended ? -1 : command->end, .events = POLLIN } };
		int64_t left = command->deadline_msec - clock_monotonic_msec();
		int n;

		if (left <= 0)
			return -ETIMEDOUT;
		n = poll(fds, ARRAY_SIZE(fds), ended ? 0 : (int)left);
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n == 0 && ended)
			return 0;
		if (n > 0 && fds[0].revents)
			command_read(&command->out, out);
		if (n > 0 && fds[1].revents)
			command_read(&command->errors, complaint);
		ended = ended || (n > 0 && fds[2].revents);
	}
	return 0;
}

static int command_end(struct command *command, const char *name, struct err *reterr)
{
	int status = 0;

	(void)kill(command->pid, SIGKILL);
	while (waitpid(command->pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(reterr, -errno, "%s: %s", name, strerror(errno));
	if (WIFSIGNALED(status))
		return err_set(reterr, -EIO, "%s was ended by signal %d", name, WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void command_keep_line(struct str *text)
{
	size_t n = strcspn(str_text(text), "\n");

	if (n < text->len) {
		text->len = n;
		text->data[n] = '\0';
	}
}

int command_run(char *const *argv, unsigned seconds, struct str *out, struct str *complaint,
	struct err *reterr)
{
	struct command command = { .out = -1, .errors = -1, .end = -1 };
	int collected, r;

	command.deadline_msec = clock_monotonic_msec() + (int64_t)seconds * 1000;
	collected = command_start(&command, argv);
	if (collected == 0)
		collected = command_collect(&command, out, complaint);
	r = command.pid > 0 ? command_end(&command, argv[0], reterr) : 0;
	fd_close(&command.out);
	fd_close(&command.errors);
	fd_close(&command.end);
	command_keep_line(complaint);
	if (collected == -ENOENT)
		return err_set(reterr, collected, "%s is not installed", argv[0]);
	if (collected == -ETIMEDOUT)
		return err_set(
			reterr, collected, "%s did not answer within %u seconds", argv[0], seconds);
	if (collected < 0)
		return err_set(reterr, collected, "%s could not be run: %s", argv[0],
			strerror(-collected));
	return str_check(out, NULL) < 0 || str_check(complaint, NULL) < 0 ? err_oom(reterr) : r;
}
