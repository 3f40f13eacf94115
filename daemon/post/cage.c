/* SPDX-License-Identifier: MIT */
/*
 * cage: what the process that speaks to the network gives up before it does.
 */
#include "post/cage.h"

#include "base/fd.h"
#include "core/str.h"
#include "post/cage-internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What sanitizers, and those who count branches, do at the end of a process no cage could allow. */
#if defined(__SANITIZE_ADDRESS__) || defined(CAGE_LEFT_OUT)
#define CAGE_FOR_TESTS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CAGE_FOR_TESTS 1
#endif
#endif
#ifndef CAGE_FOR_TESTS
#define CAGE_FOR_TESTS 0
#endif

#define CAGE_PORT_DNS 53

/* The kernel's interface as of ABI 6: the headers to build with may be older than the kernel. */
struct cage_ruleset {
	uint64_t files, net, scoped;
};
struct cage_port {
	uint64_t access, port;
};

#define CAGE_FILES_ABI1  ((UINT64_C(1) << 13) - 1)
#define CAGE_REFER       (UINT64_C(1) << 13)
#define CAGE_TRUNCATE    (UINT64_C(1) << 14)
#define CAGE_IOCTL_DEV   (UINT64_C(1) << 15)
#define CAGE_NET_BIND    UINT64_C(1)
#define CAGE_NET_CONNECT UINT64_C(2)
#define CAGE_RULE_PORT   2
#define CAGE_SCOPED      UINT64_C(3) /* abstract sockets and signals */

/* What each version of the interface can forbid; all of it is. */
static const struct cage_ruleset cage_abis[] = {
	{ CAGE_FILES_ABI1, 0, 0 },
	{ CAGE_REFER, 0, 0 },
	{ CAGE_TRUNCATE, 0, 0 },
	{ 0, CAGE_NET_BIND | CAGE_NET_CONNECT, 0 },
	{ CAGE_IOCTL_DEV, 0, 0 },
	{ 0, 0, CAGE_SCOPED },
};

/* Readable with all below them. Symbolic links are followed, so that a resolv.conf or a folder of
 * certificates that points elsewhere is readable there. */
static const char *const cage_readable[] = { "/etc", "/usr", "/lib", "/lib32", "/lib64",
	"/etc/resolv.conf", "/etc/ssl/certs", "/var/lib/ca-certificates", "/run/systemd/resolve",
	"/run/resolvconf", "/run/NetworkManager", "/dev/null", "/dev/urandom" };

/* A path that is not there, or not to be opened, needs no rule. */
static int cage_allow_path(int ruleset, const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = { .parent_fd = fd,
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE };
	struct stat st;

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0)
		return err_set(
			reterr, -errno, "Landlock does not take %s: %s", path, strerror(errno));
	return 0;
}

static int cage_allow_port(int ruleset, int port, struct err *reterr)
{
	const struct cage_port rule = { CAGE_NET_CONNECT, (uint64_t)port };

	if (syscall(SYS_landlock_add_rule, ruleset, CAGE_RULE_PORT, &rule, 0) < 0)
		return err_set(reterr, -errno, "Landlock does not take port %d: %s", port,
			strerror(errno));
	return 0;
}

static int cage_restrict(int ruleset, bool net, const char *ca_file, int port, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(cage_readable); i++)
		r = cage_allow_path(ruleset, cage_readable[i], reterr);
	if (r == 0 && !str_empty(ca_file))
		r = cage_allow_path(ruleset, ca_file, reterr);
	if (r == 0 && net)
		r = cage_allow_port(ruleset, port, reterr);
	if (r == 0 && net)
		r = cage_allow_port(ruleset, CAGE_PORT_DNS, reterr);
	if (r == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
		r = err_set(reterr, -errno, "Landlock: %s", strerror(errno));
	return r;
}

/* Landlock; returns as cage_close(). */
static int cage_close_files(const char *ca_file, int port, struct err *reterr)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct cage_ruleset all = { 0 };
	_cleanup_fd_ int ruleset = -1;

	if (abi < 1) {
		(void)err_set(reterr, 0,
			errno == EPERM
				? ERR_TEXT(
					  "Landlock is not allowed here, so nudged-send could read your "
					  "files if a mail server took it over")
				: ERR_TEXT(
					  "this kernel has no Landlock, so nudged-send could read your "
					  "files if a mail server took it over"));
		return CAGE_OPEN;
	}
	for (size_t i = 0; i < ARRAY_SIZE(cage_abis) && i < (size_t)abi; i++) {
		all.files |= cage_abis[i].files;
		all.net |= cage_abis[i].net;
		all.scoped |= cage_abis[i].scoped;
	}
	/* An older kernel takes the longer structure as long as the rest of it is zero. */
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (ruleset < 0)
		return err_set(reterr, -errno, "Landlock: %s", strerror(errno));
	return cage_restrict(ruleset, all.net != 0, ca_file, port, reterr);
}

/* What of the environment is the service's alone, or would open a back door to the connection. */
int cage_prepare(struct err *reterr)
{
	static const char *const names[] = { "SSLKEYLOGFILE", "NOTIFY_SOCKET", "WATCHDOG_USEC",
		"WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES" };
	static const int signals[] = { SIGPIPE, SIGTERM, SIGINT, SIGHUP };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		(void)unsetenv(names[i]);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		(void)signal(signals[i], SIG_IGN);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ||
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return err_set(reterr, -errno, "prctl: %s", strerror(errno));
	return 0;
}

int cage_close(const char *ca_file, int port, struct err *reterr)
{
	struct err calls = { "" };
	int files, r;

	if (CAGE_FOR_TESTS) {
		(void)err_set(reterr, 0, "nudged-send was built for tests alone and is not caged");
		return CAGE_OPEN;
	}
	files = cage_close_files(ca_file, port, reterr);
	if (files < 0)
		return files;
	r = cage_close_calls(&calls);
	if (r != 0 && files == 0 && reterr)
		*reterr = calls;
	return r != 0 ? r : files;
}
