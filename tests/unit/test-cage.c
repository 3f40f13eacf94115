/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/str.h"
#include "post/cage.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is tried in the cage: each returns 0 or its errno. */

struct prisoner {
	char folder[200], file[240], ca_file[240];
	int listener; /* made before the cage was closed, on `port` */
	int port;
	pid_t parent;
};

static int outcome(long r)
{
	return r < 0 ? errno : 0;
}

static int try_open(const char *path, int flags)
{
	int fd = open(path, flags, 0600), r = outcome(fd);

	if (fd >= 0)
		(void)close(fd);
	return r;
}

static int read_hosts(const struct prisoner *p UNUSED)
{
	return try_open("/etc/hosts", O_RDONLY);
}

static int list_etc(const struct prisoner *p UNUSED)
{
	return try_open("/etc", O_RDONLY | O_DIRECTORY);
}

static int read_ca_file(const struct prisoner *p)
{
	return try_open(p->ca_file, O_RDONLY);
}

static int open_null(const struct prisoner *p UNUSED)
{
	return try_open("/dev/null", O_RDONLY);
}

static int read_file(const struct prisoner *p)
{
	return try_open(p->file, O_RDONLY);
}

static int write_file(const struct prisoner *p)
{
	return try_open(p->file, O_WRONLY);
}

static int create_file(const struct prisoner *p)
{
	char path[300];

	(void)snprintf(path, sizeof(path), "%s/new", p->folder);
	return try_open(path, O_WRONLY | O_CREAT);
}

static int list_folder(const struct prisoner *p)
{
	return try_open(p->folder, O_RDONLY | O_DIRECTORY);
}

static int list_root(const struct prisoner *p UNUSED)
{
	return try_open("/", O_RDONLY | O_DIRECTORY);
}

static int read_process(const struct prisoner *p)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/mem", (int)p->parent);
	return try_open(path, O_RDONLY);
}

static int remove_file(const struct prisoner *p)
{
	return outcome(unlink(p->file));
}

static int rename_file(const struct prisoner *p)
{
	return outcome(rename(p->file, p->ca_file));
}

static int change_mode(const struct prisoner *p)
{
	return outcome(chmod(p->file, 0666));
}

static int run_program(const struct prisoner *p UNUSED)
{
	char *argv[] = { (char[]){ "true" }, NULL }, *env[] = { NULL };

	return outcome(execve("/usr/bin/true", argv, env));
}

static int make_process(const struct prisoner *p UNUSED)
{
	long pid = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (pid == 0)
		_exit(0);
	return outcome(pid);
}

static int trace_parent(const struct prisoner *p)
{
	return outcome(ptrace(PTRACE_ATTACH, p->parent, NULL, NULL));
}

static int read_memory(const struct prisoner *p)
{
	char byte;
	struct iovec local = { &byte, 1 }, remote = { &byte, 1 };

	return outcome(process_vm_readv(p->parent, &local, 1, &remote, 1, 0));
}

static int signal_parent(const struct prisoner *p)
{
	return outcome(kill(p->parent, SIGCONT));
}

static int signal_through_socket(const struct prisoner *p)
{
	return outcome(fcntl(p->listener, F_SETOWN, p->parent));
}

static int open_socket(int family, int type, int protocol)
{
	int fd = socket(family, type, protocol), r = outcome(fd);

	if (fd >= 0)
		(void)close(fd);
	return r;
}

static int local_socket(const struct prisoner *p UNUSED)
{
	return open_socket(AF_UNIX, SOCK_STREAM, 0);
}

static int local_datagram_pair(const struct prisoner *p UNUSED)
{
	int fds[2];

	return outcome(socketpair(AF_UNIX, SOCK_DGRAM, 0, fds));
}

static int local_stream_pair(const struct prisoner *p UNUSED)
{
	int fds[2];

	return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
}

static int crypto_socket(const struct prisoner *p UNUSED)
{
	return open_socket(AF_ALG, SOCK_SEQPACKET, 0);
}

static int filter_socket(const struct prisoner *p UNUSED)
{
	return open_socket(AF_NETLINK, SOCK_RAW, 12); /* NETLINK_NETFILTER */
}

static int route_socket(const struct prisoner *p UNUSED)
{
	return open_socket(AF_NETLINK, SOCK_RAW, 0);
}

static int udp_socket(const struct prisoner *p UNUSED)
{
	return open_socket(AF_INET6, SOCK_DGRAM, 0);
}

static int tcp_to(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), r;

	r = outcome(connect(fd, (const struct sockaddr *)&to, sizeof(to)));
	(void)close(fd);
	return r;
}

static int reach_server(const struct prisoner *p)
{
	return tcp_to(p->port);
}

static int reach_other_port(const struct prisoner *p)
{
	return tcp_to(p->port == 25 ? 26 : 25);
}

static int serve(const struct prisoner *p)
{
	return outcome(listen(p->listener, 1));
}

static int code_in_writable_memory(const struct prisoner *p UNUSED)
{
	void *at = mmap(
		NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? errno : 0;
}

static int memory_becomes_code(const struct prisoner *p UNUSED)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? 0 : outcome(mprotect(at, 4096, PROT_READ | PROT_EXEC));
}

static int file_in_memory(const struct prisoner *p UNUSED)
{
	return outcome(memfd_create("code", 0));
}

static int ring_of_calls(const struct prisoner *p UNUSED)
{
	return outcome(syscall(425, 1, NULL)); /* io_uring_setup */
}

static int type_for_terminal(const struct prisoner *p UNUSED)
{
	return outcome(ioctl(0, TIOCSTI, "x"));
}

static int become_dumpable(const struct prisoner *p UNUSED)
{
	return outcome(prctl(PR_SET_DUMPABLE, 1));
}

static int read_limits(const struct prisoner *p UNUSED)
{
	struct rlimit limit;

	return outcome(getrlimit(RLIMIT_NOFILE, &limit));
}

static void *thread_of(void *userdata)
{
	return userdata;
}

static int make_thread(const struct prisoner *p)
{
	pthread_t thread;
	int r = pthread_create(&thread, NULL, thread_of, (void *)(uintptr_t)p->port);

	return r ? r : pthread_join(thread, NULL);
}

/* Name services are loaded when the first name is looked up: with the cage closed. */
static int resolve_name(const struct prisoner *p UNUSED)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	int r = getaddrinfo("localhost", "587", &hints, &list);

	if (r == 0)
		freeaddrinfo(list);
	return r == 0 ? 0 : r == EAI_SYSTEM ? errno : 1000 - r;
}

static const struct {
	const char *name;
	int (*attempt)(const struct prisoner *p);
	int expected;
} attempts[] = {
	{ "read /etc/hosts", read_hosts, 0 },
	{ "list /etc", list_etc, 0 },
	{ "read the authorities' file", read_ca_file, 0 },
	{ "open /dev/null", open_null, 0 },
	{ "read a file", read_file, EACCES },
	{ "write to a file", write_file, EPERM },
	{ "create a file", create_file, EPERM },
	{ "list a folder", list_folder, EACCES },
	{ "list /", list_root, EACCES },
	{ "read another process by /proc", read_process, EACCES },
	{ "remove a file", remove_file, EPERM },
	{ "rename a file", rename_file, EPERM },
	{ "change a file's mode", change_mode, EPERM },
	{ "run a program", run_program, EPERM },
	{ "make a process", make_process, EPERM },
	{ "trace the parent", trace_parent, EPERM },
	{ "read the parent's memory", read_memory, EPERM },
	{ "send the parent a signal", signal_parent, EPERM },
	{ "have a socket send it one", signal_through_socket, EPERM },
	{ "make a local socket", local_socket, EAFNOSUPPORT },
	{ "make a pair of datagram sockets", local_datagram_pair, EPERM },
	{ "make a pair of stream sockets", local_stream_pair, 0 },
	{ "make a socket of the kernel's cryptography", crypto_socket, EAFNOSUPPORT },
	{ "make a socket of the packet filter", filter_socket, EAFNOSUPPORT },
	{ "make a socket of the routes", route_socket, 0 },
	{ "make a UDP socket", udp_socket, 0 },
	{ "listen", serve, EPERM },
	{ "have memory to write and run", code_in_writable_memory, EPERM },
	{ "have written memory run", memory_becomes_code, EPERM },
	{ "have a file in memory", file_in_memory, EPERM },
	{ "have calls made by a ring", ring_of_calls, ENOSYS },
	{ "type for the terminal", type_for_terminal, EPERM },
	{ "become dumpable", become_dumpable, EPERM },
	{ "ask for limits", read_limits, 0 },
	{ "make a thread", make_thread, 0 },
	{ "resolve localhost", resolve_name, 0 },
};

/* Landlock knows ports from ABI 4 on. */
static const struct {
	const char *name;
	int (*attempt)(const struct prisoner *p);
	int expected;
} ports[] = {
	{ "reach the server's port", reach_server, ECONNREFUSED },
	{ "reach another port", reach_other_port, EACCES },
};

static void prisoner_write(const char *path)
{
	FILE *file = fopen(path, "w");

	if (!CHECK(file != NULL))
		return;
	(void)fputs("content\n", file);
	(void)fclose(file);
}

static void prisoner_prepare(struct prisoner *p)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);

	(void)snprintf(p->folder, sizeof(p->folder), "%s", test_folder());
	(void)snprintf(p->file, sizeof(p->file), "%s/nudged.db", p->folder);
	(void)snprintf(p->ca_file, sizeof(p->ca_file), "%s/ca.pem", p->folder);
	prisoner_write(p->file);
	prisoner_write(p->ca_file);
	p->parent = getpid();
	/* Bound and not listening: nobody else answers there. */
	p->listener = socket(AF_INET, SOCK_STREAM, 0);
	CHECK_INT(bind(p->listener, (const struct sockaddr *)&at, sizeof(at)), 0);
	CHECK_INT(getsockname(p->listener, (struct sockaddr *)&at, &size), 0);
	p->port = ntohs(at.sin_port);
}

struct verdict {
	int closed; /* what cage_close() returned */
	char words[256];
	int attempts[ARRAY_SIZE(attempts)], ports[ARRAY_SIZE(ports)];
};

static void prisoner_live(const struct prisoner *p, int out)
{
	struct verdict verdict = { 0 };
	struct err e = { "" };

	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	verdict.closed = cage_close(p->ca_file, p->port, &e);
	(void)snprintf(verdict.words, sizeof(verdict.words), "%.255s", e.text);
	for (size_t i = 0; i < ARRAY_SIZE(attempts) && verdict.closed == 0; i++)
		verdict.attempts[i] = attempts[i].attempt(p);
	for (size_t i = 0; i < ARRAY_SIZE(ports) && verdict.closed == 0; i++)
		verdict.ports[i] = ports[i].attempt(p);
	_exit(write(out, &verdict, sizeof(verdict)) == sizeof(verdict) ? 0 : 1);
}

static bool prisoner_watch(const struct prisoner *p, struct verdict *ret)
{
	int fds[2], status = -1;
	ssize_t n;
	pid_t pid;

	if (!CHECK_INT(pipe(fds), 0))
		return false;
	pid = fork();
	if (pid == 0)
		prisoner_live(p, fds[1]);
	(void)close(fds[1]);
	n = read(fds[0], ret, sizeof(*ret));
	(void)close(fds[0]);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK_INT(status, 0);
	return CHECK_INT(n, sizeof(*ret));
}

static void a_caged_process_reads_what_it_must_and_does_nothing_else(void)
{
	long abi = syscall(444, NULL, 0, 1); /* landlock_create_ruleset: which version */
	struct prisoner p;
	struct verdict verdict;

	prisoner_prepare(&p);
	if (!prisoner_watch(&p, &verdict))
		return;
	(void)close(p.listener);
	if (verdict.closed == CAGE_OPEN) {
		CHECK(verdict.words[0] != '\0');
		printf("# %s\n", verdict.words);
		test_skip("this kernel or build has no whole cage");
		return;
	}
	CHECK_INT(verdict.closed, 0);
	for (size_t i = 0; i < ARRAY_SIZE(attempts); i++) {
		TEST_ROW("%s", attempts[i].name);
		CHECK_INT(verdict.attempts[i], attempts[i].expected);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ports) && abi >= 4; i++) {
		TEST_ROW("%s", ports[i].name);
		CHECK_INT(verdict.ports[i], ports[i].expected);
	}
}

TEST_MAIN(TEST(a_caged_process_reads_what_it_must_and_does_nothing_else))
