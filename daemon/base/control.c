/* SPDX-License-Identifier: MIT */
/*
 * control: the socket over which the command asks a running service for something.
 */
#include "base/control.h"

#include "base/fd.h"
#include "base/file.h"
#include "core/str.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#define CONTROL_BACKLOG   8
#define CONTROL_LISTENING "00010000" /* __SO_ACCEPTCON, as the kernel prints it */

char *control_path_of(const char *database)
{
	const char *runtime = getenv("RUNTIME_DIRECTORY");
	_cleanup_free_ char *folder = NULL;

	if (!runtime || *runtime != '/')
		return file_with_ending(database, ".db", ".socket");
	folder = str_ndup(runtime, strcspn(runtime, ":"));
	return folder ? file_join(folder, "control") : NULL;
}

/* A socket, and the address of that path. */
static int control_socket(const char *path, struct sockaddr_un *ret, struct err *reterr)
{
	int fd;

	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(ret->sun_path))
		return err_set(reterr, -ENAMETOOLONG,
			"the path %s is too long for a socket, which has %zu bytes at most", path,
			sizeof(ret->sun_path) - 1);
	memcpy(ret->sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	return fd < 0 ? err_set(reterr, -errno, "no socket: %s", strerror(errno)) : fd;
}

int control_listen(const char *path, struct err *reterr)
{
	struct sockaddr_un address;
	_cleanup_fd_ int fd = control_socket(path, &address, reterr);

	if (fd < 0)
		return fd;
	(void)unlink(path);
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
		chmod(path, 0600) < 0 || listen(fd, CONTROL_BACKLOG) < 0)
		return err_set(reterr, -errno, "cannot listen at %s: %s", path, strerror(errno));
	return TAKE_FD(fd);
}

/* Whether the other end is this user's, or root's. */
static bool control_is_friend(int connection)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
		(peer.uid == geteuid() || peer.uid == 0);
}

int control_accept(int listener)
{
	_cleanup_fd_ int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return errno == EINTR || errno == ECONNABORTED ? -EAGAIN : -errno;
	return control_is_friend(fd) ? TAKE_FD(fd) : -EPERM;
}

int control_connect(const char *path, struct err *reterr)
{
	struct sockaddr_un address;
	_cleanup_fd_ int fd = control_socket(path, &address, reterr);

	if (fd < 0)
		return fd;
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return err_set(reterr, -errno, "the service does not answer at %s: %s", path,
			strerror(errno));
	if (!control_is_friend(fd))
		return err_set(reterr, -EPERM, "what answers at %s is somebody else's", path);
	return TAKE_FD(fd);
}

int control_send(int connection, const char *const *words, size_t n, int fd)
{
	_cleanup_str_ struct str bytes = STR_INIT;
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec iov;
	struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1 };

	for (size_t i = 0; i < n; i++)
		str_add_bytes(&bytes, words[i], strlen(words[i]) + 1);
	if (str_check(&bytes, NULL) < 0)
		return -ENOMEM;
	if (bytes.len > CONTROL_PACKET_MAX || n > CONTROL_WORDS)
		return -EMSGSIZE;
	iov = (struct iovec){ bytes.data, bytes.len };
	if (fd >= 0) {
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	}
	return sendmsg(connection, &message, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

static int control_await(int connection, int msec)
{
	struct pollfd p = { .fd = connection, .events = POLLIN };
	int n;

	do
		n = poll(&p, 1, msec);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n == 0 ? -EAGAIN : 0;
}

/* Every word has its NUL, or this is no packet. */
static int control_split(struct control_packet *packet, size_t size)
{
	size_t at = 0;

	for (size_t i = 0; i < CONTROL_WORDS; i++)
		packet->words[i] = "";
	if (packet->bytes[size - 1] != '\0')
		return -EBADMSG;
	for (packet->n = 0; at < size; packet->n++) {
		if (packet->n == CONTROL_WORDS)
			return -EBADMSG;
		packet->words[packet->n] = packet->bytes + at;
		at += strlen(packet->bytes + at) + 1;
	}
	return 0;
}

static int control_take_fd(struct msghdr *message)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	int fd = -1;

	if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(header), sizeof(fd));
	return fd;
}

int control_receive(int connection, int msec, struct control_packet *ret)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec iov = { ret->bytes, CONTROL_PACKET_MAX };
	struct msghdr message = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	_cleanup_fd_ int fd = -1;
	ssize_t size;
	int r = control_await(connection, msec);

	if (r < 0)
		return r;
	size = recvmsg(connection, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	if (size < 0)
		return -errno;
	fd = control_take_fd(&message);
	if (size == 0)
		return -EPIPE;
	if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
		return -EBADMSG;
	r = control_split(ret, (size_t)size);
	ret->fd = r < 0 ? -1 : TAKE_FD(fd);
	return r;
}

int control_ask(const char *path, const char *request, const char *argument, int msec,
	struct control_packet *ret, struct err *reterr)
{
	const char *const words[] = { request, argument };
	_cleanup_fd_ int fd = control_connect(path, reterr);
	int r;

	if (fd < 0)
		return fd;
	r = control_send(fd, words, ARRAY_SIZE(words), -1);
	if (r == 0)
		r = control_receive(fd, msec, ret);
	if (r == -EAGAIN)
		return err_set(reterr, r,
			"the service did not answer in time; `nudge status` tells how it goes on");
	return r < 0
		? err_set(reterr, r,
			  "the service ended before it answered; `nudge status` tells what was sent")
		: 0;
}

bool control_is_silent(const char *path, int msec)
{
	struct control_packet reply;

	return control_ask(path, "trouble", "", msec, &reply, NULL) == -EAGAIN;
}

/* "ffff8881: 00000002 00000000 00010000 0005 01 32071 /home/anna/nudged.socket": proc(5), /proc/net/unix */
static bool control_is_line_of(const char *line, const char *path)
{
	const char *found = strstr(line, path), *flags = strstr(line, " " CONTROL_LISTENING " ");

	return flags && found && flags < found && found[-1] == ' ' &&
		str_equal(found + strlen(path), "\n");
}

bool control_is_bound(const char *path)
{
	FILE *file = fopen("/proc/net/unix", "re");
	_cleanup_free_ char *line = NULL;
	bool bound = false;
	size_t size = 0;

	while (file && !bound && getline(&line, &size, file) > 0)
		bound = control_is_line_of(line, path);
	if (file)
		(void)fclose(file);
	return bound;
}
