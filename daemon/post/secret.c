/* SPDX-License-Identifier: MIT */
/*
 * secret: the password or token, from a file or a command.
 */
#include "post/secret.h"

#include "base/clock.h"
#include "base/fd.h"
#include "format/shellword.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECRET_EXIT_EXEC 127 /* the child could not become the command, as shells say it */

void secret_wipe(char secret[SECRET_MAX])
{
	explicit_bzero(secret, SECRET_MAX);
}

/* Keeps the first line of n bytes, and nothing of the others. */
static int secret_keep_line(
	char secret[SECRET_MAX], size_t n, const char *source, struct err *reterr)
{
	const char *problem = NULL;
	char *end = memchr(secret, '\n', n);
	size_t length = end ? (size_t)(end - secret) : n;

	if (!end && n == SECRET_MAX)
		problem = err_translate("is too long");
	else if (memchr(secret, '\0', length))
		problem = err_translate("holds a NUL byte");
	while (length > 0 && secret[length - 1] == '\r')
		length--;
	if (!problem && length == 0)
		problem = err_translate("is empty");
	if (problem) {
		secret_wipe(secret);
		return err_set(reterr, -EINVAL, "the password from %s %s", source, problem);
	}
	explicit_bzero(secret + length, SECRET_MAX - length);
	return 0;
}

/* Whether systemd put the file there: its folder is the service's own, whatever the modes. */
static bool secret_is_credential(const char *path, const char *credentials)
{
	size_t n = credentials ? strlen(credentials) : 0;

	return n > 0 && strncmp(path, credentials, n) == 0 && path[n] == '/' &&
		!strstr(path, "/..");
}

static int secret_refuse_loose(const char *path, struct err *reterr)
{
	_cleanup_str_ struct str quoted = STR_INIT;
	int r;

	shellword_add(&quoted, path, SHELLWORD_SINGLE);
	r = str_check(&quoted, reterr);
	return r < 0
		? r
		: err_set(reterr, -EINVAL,
			  "others may use %s, which holds a password: `chmod 600 '%s'` mends it",
			  path, str_text(&quoted));
}

static int secret_check_status(
	int fd, const char *path, const char *credentials, struct err *reterr)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_set(reterr, -errno, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(reterr, -EINVAL,
			"%s is no regular file, so no password is read from it", path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return err_set(reterr, -EINVAL,
			"%s belongs to another user (%u), so no password is read from it", path,
			(unsigned)st.st_uid);
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) && !secret_is_credential(path, credentials))
		return secret_refuse_loose(path, reterr);
	return 0;
}

/* Reads until the end, or until the buffer is full. */
static ssize_t secret_read_all(int fd, char *buffer, size_t size)
{
	size_t n = 0;

	while (n < size) {
		ssize_t k = read(fd, buffer + n, size - n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -errno;
		if (k == 0)
			break;
		n += (size_t)k;
	}
	return (ssize_t)n;
}

/* "nudged@anna.service" of the folder that systemd makes for a unit's credentials: where the unit, as it is
 * installed, has looked for this one. */
static int secret_miss_credential(const char *path, const char *credentials, struct err *reterr)
{
	const char *name = path + strlen(credentials) + 1, *slash = strrchr(credentials, '/');
	bool encrypted = strcmp(name, "smtp-password-encrypted") == 0;
	char unit[256];
	size_t n;

	(void)snprintf(unit, sizeof(unit), "%s", slash ? slash + 1 : credentials);
	n = strcspn(unit, ".");
	if ((strcmp(name, "smtp-password") != 0 && !encrypted) || strncmp(unit, "nudged", 6) != 0 ||
		strncmp(credentials, "/run/credentials/", 17) != 0)
		return err_set(reterr, -ENOENT,
			"systemd gave no credential %s to the service: its unit needs LoadCredential=%s:FILE",
			name, name);
	unit[n] = '\0';
	if (strcmp(unit, "nudged-once") == 0)
		unit[6] = '\0';
	if (strchr(unit, '@'))
		unit[6] = '-';
	return err_set(reterr, -ENOENT,
		encrypted
			? ERR_TEXT(
				  "systemd gave no credential %s to the service: it is looked for in "
				  "/etc/credstore.encrypted/%s.%s, when the service starts")
			: ERR_TEXT(
				  "systemd gave no credential %s to the service: it is looked for in "
				  "/etc/credstore/%s.%s, when the service starts"),
		name, unit, name);
}

static int secret_open(const char *path, const char *credentials, struct err *reterr)
{
	/* Non-blocking: a FIFO of that name must not hold us up. */
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int r;

	if (fd < 0 && errno == ENOENT && secret_is_credential(path, credentials))
		return secret_miss_credential(path, credentials, reterr);
	if (fd < 0)
		return err_set(reterr, -errno, "the password cannot be read from %s: %s", path,
			strerror(errno));
	r = secret_check_status(fd, path, credentials, reterr);
	return r < 0 ? r : TAKE_FD(fd);
}

int secret_check_file(const char *path, const char *credentials, struct err *reterr)
{
	_cleanup_fd_ int fd = secret_open(path, credentials, reterr);

	return fd < 0 ? fd : 0;
}

int secret_read_file(
	char ret[SECRET_MAX], const char *path, const char *credentials, struct err *reterr)
{
	_cleanup_fd_ int fd = secret_open(path, credentials, reterr);
	ssize_t n;

	if (fd < 0)
		return fd;
	n = secret_read_all(fd, ret, SECRET_MAX);
	if (n < 0)
		return err_set(reterr, (int)n, "the password cannot be read from %s: %s", path,
			strerror((int)-n));
	return secret_keep_line(ret, (size_t)n, path, reterr);
}

/* --- a command --- */

struct secret_child {
	pid_t pid;
	int out;
	bool ended;
	int status; /* once it ended */
};

/* The child has a process group of its own, so that its children can be killed with it, and dies
 * with us. What it says of its errors nobody reads: a command that traces itself, or what it asked in the network,
 * would have the secret in the journal. Only async-signal-safe calls: libcurl's resolver may have threads. */
static void secret_become(char *const *command, int out, pid_t parent)
{
	static const int signals[] = { SIGPIPE, SIGTERM, SIGINT, SIGHUP };
	int null = open("/dev/null", O_RDWR);

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(SECRET_EXIT_EXEC);
	(void)setpgid(0, 0);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		(void)signal(signals[i], SIG_DFL);
	if (null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(null, 2) < 0)
		_exit(SECRET_EXIT_EXEC);
	(void)close_range(3, ~0U, 0);
	(void)execvp(command[0], command);
	_exit(SECRET_EXIT_EXEC);
}

static int secret_start(struct secret_child *child, char *const *command, struct err *reterr)
{
	int out[2];
	pid_t parent = getpid();

	if (pipe2(out, O_CLOEXEC) < 0)
		return err_set(reterr, -errno, "no pipe for %s: %s", command[0], strerror(errno));
	child->pid = fork();
	if (child->pid == 0)
		secret_become(command, out[1], parent);
	(void)close(out[1]);
	child->out = out[0];
	if (child->pid < 0)
		return err_set(
			reterr, -errno, "%s could not be started: %s", command[0], strerror(errno));
	(void)setpgid(child->pid, child->pid);
	return 0;
}

/* Reads once from a pipe that poll() found ready and closes it at its end. Returns bytes read. */
static size_t secret_read_pipe(int *fd, char *buffer, size_t size)
{
	char rest[512];
	ssize_t n = read(*fd, size ? buffer : rest, size ? size : sizeof(rest));

	if (n == 0 || (n < 0 && errno != EINTR))
		fd_close(fd);
	if (size == 0)
		explicit_bzero(rest, sizeof(rest));
	return n > 0 && size ? (size_t)n : 0;
}

static bool secret_has_ended(struct secret_child *child)
{
	if (!child->ended && waitpid(child->pid, &child->status, WNOHANG) == child->pid)
		child->ended = true;
	return child->ended;
}

/* Collects what it prints until that is closed, or the command is gone and has nothing left in it:
 * an agent that it started may keep it open. More than fits is read and dropped, so that the
 * command does not hang. Returns 0 or -ETIMEDOUT. */
static int secret_collect(
	struct secret_child *child, char secret[SECRET_MAX], size_t *ret_n, unsigned seconds)
{
	int64_t deadline = clock_monotonic_msec() + (int64_t)seconds * 1000;
	bool ended = false;

	*ret_n = 0;
	while (child->out >= 0 || !ended) {
		struct pollfd out = { .fd = child->out, .events = POLLIN };
		int n;

		if (clock_monotonic_msec() >= deadline)
			return -ETIMEDOUT;
		n = poll(&out, 1, ended ? 0 : 20);
		if (n > 0 && out.revents)
			*ret_n += secret_read_pipe(
				&child->out, secret + *ret_n, SECRET_MAX - *ret_n);
		if (n == 0 && ended)
			break;
		if (n <= 0 || child->out < 0)
			ended = secret_has_ended(child);
	}
	return 0;
}

/* Ends what the command left running, itself included. */
static void secret_end(struct secret_child *child)
{
	if (child->ended)
		return;
	(void)kill(-child->pid, SIGKILL);
	(void)kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &child->status, 0) < 0 && errno == EINTR)
		;
	child->ended = true;
}

static int secret_judge(const struct secret_child *child, const char *name, struct err *reterr)
{
	int status = child->status;

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFSIGNALED(status))
		return err_set(reterr, -EIO,
			"%s, which should print the password, was ended by signal %d", name,
			WTERMSIG(status));
	if (WEXITSTATUS(status) == SECRET_EXIT_EXEC)
		return err_set(reterr, -EIO,
			"%s, which should print the password, could not be run: is it installed?",
			name);
	return err_set(reterr, -EIO, "%s, which should print the password, ended with status %d",
		name, WEXITSTATUS(status));
}

int secret_run_command(
	char ret[SECRET_MAX], char *const *command, unsigned seconds, struct err *reterr)
{
	struct secret_child child = { .pid = -1, .out = -1 };
	size_t n = 0;
	int r;

	r = secret_start(&child, command, reterr);
	if (r == 0) {
		r = secret_collect(&child, ret, &n, seconds);
		secret_end(&child);
		if (r < 0)
			(void)err_set(reterr, r,
				"%s did not print the password within %u seconds; it must not ask",
				command[0], seconds);
		else
			r = secret_judge(&child, command[0], reterr);
	}
	fd_close(&child.out);
	if (r < 0) {
		secret_wipe(ret);
		return r;
	}
	return secret_keep_line(ret, n, command[0], reterr);
}
