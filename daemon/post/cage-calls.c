/* SPDX-License-Identifier: MIT */
/*
 * cage-calls: the system calls that a client of the network needs, as a filter for seccomp(2).
 *
 * A list of what is allowed. What it lacks fails with EPERM, and what is younger than the list with
 * ENOSYS, for which libraries have a way around; nothing is killed for trying.
 */
#include "post/cage-internal.h"

#include "core/str.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) && !defined(__ILP32__)
#define CAGE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define CAGE_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define CAGE_ARCH AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define CAGE_ARCH AUDIT_ARCH_PPC64LE
#endif

#ifdef CAGE_ARCH

/* From here on the numbers of calls are the same everywhere, and rather new. */
#define CAGE_YOUNG 424

/* What a whole argument must be; only its lower half is looked at: none of these is a pointer. */
enum cage_how {
	CAGE_ANY,
	CAGE_IS,   /* equal to value */
	CAGE_HAS,  /* one bit of value, at least */
	CAGE_LACKS /* all bits of value */
};

struct cage_test {
	enum cage_how how;
	unsigned argument;
	uint32_t value;
};

/* The call is allowed where both tests hold, or another row allows it. */
struct cage_row {
	int call;
	struct cage_test tests[2];
};

#define CAGE_WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

static const struct cage_row cage_rows[] = {
	/* Descriptors, of which there are the service's socket and what is opened from here on. */
	{ SYS_read, { { 0 } } },
	{ SYS_write, { { 0 } } },
	{ SYS_readv, { { 0 } } },
	{ SYS_writev, { { 0 } } },
	{ SYS_pread64, { { 0 } } },
	{ SYS_lseek, { { 0 } } },
	{ SYS_close, { { 0 } } },
	{ SYS_fstat, { { 0 } } },
	{ SYS_fcntl, { { CAGE_LACKS, 1, F_SETOWN } } }, /* nor F_SETSIG: no signals to others */
	{ SYS_dup, { { 0 } } },
	{ SYS_pipe2, { { 0 } } },
	{ SYS_eventfd2, { { 0 } } },
	{ SYS_ioctl, { { CAGE_IS, 1, FIONBIO } } },
	{ SYS_ioctl, { { CAGE_IS, 1, FIONREAD } } },
	/* Files, to be read; which of them is Landlock's to say. */
	{ SYS_openat, { { CAGE_LACKS, 2, CAGE_WRITING } } },
	{ SYS_newfstatat, { { 0 } } },
	{ SYS_faccessat, { { 0 } } },
	{ SYS_readlinkat, { { 0 } } },
	{ SYS_getdents64, { { 0 } } },
	{ SYS_getcwd, { { 0 } } },
	{ SYS_statx, { { 0 } } },
#ifdef SYS_open
	{ SYS_open, { { CAGE_LACKS, 1, CAGE_WRITING } } },
	{ SYS_stat, { { 0 } } },
	{ SYS_lstat, { { 0 } } },
	{ SYS_access, { { 0 } } },
	{ SYS_readlink, { { 0 } } },
#endif
	/* Sockets: of the internet, and the one by which the C library asks for addresses. */
	{ SYS_socket, { { CAGE_IS, 0, AF_INET } } },
	{ SYS_socket, { { CAGE_IS, 0, AF_INET6 } } },
	{ SYS_socket, { { CAGE_IS, 0, AF_NETLINK }, { CAGE_IS, 2, NETLINK_ROUTE } } },
	{ SYS_socketpair, { { CAGE_LACKS, 1, SOCK_DGRAM } } }, /* which could go elsewhere */
	{ SYS_connect, { { 0 } } },
	{ SYS_bind, { { 0 } } }, /* of the netlink socket; of a TCP port, Landlock forbids it */
	{ SYS_shutdown, { { 0 } } },
	{ SYS_sendto, { { 0 } } },
	{ SYS_sendmsg, { { 0 } } },
	{ SYS_sendmmsg, { { 0 } } },
	{ SYS_recvfrom, { { 0 } } },
	{ SYS_recvmsg, { { 0 } } },
	{ SYS_getsockname, { { 0 } } },
	{ SYS_getpeername, { { 0 } } },
	{ SYS_getsockopt, { { 0 } } },
	{ SYS_setsockopt, { { 0 } } },
	/* Waiting. */
	{ SYS_ppoll, { { 0 } } },
	{ SYS_pselect6, { { 0 } } },
	{ SYS_epoll_create1, { { 0 } } },
	{ SYS_epoll_ctl, { { 0 } } },
	{ SYS_epoll_pwait, { { 0 } } },
	{ SYS_nanosleep, { { 0 } } },
	{ SYS_clock_nanosleep, { { 0 } } },
	{ SYS_restart_syscall, { { 0 } } },
#ifdef SYS_poll
	{ SYS_poll, { { 0 } } },
	{ SYS_select, { { 0 } } },
	{ SYS_epoll_wait, { { 0 } } },
#endif
	/* Memory: none that is both written and executed, and none that becomes executable. */
	{ SYS_brk, { { 0 } } },
	{ SYS_mmap, { { CAGE_LACKS, 2, PROT_EXEC } } },
	{ SYS_mmap, { { CAGE_LACKS, 2, PROT_WRITE } } },
	{ SYS_mprotect, { { CAGE_LACKS, 2, PROT_EXEC } } },
	{ SYS_mremap, { { 0 } } },
	{ SYS_munmap, { { 0 } } },
	{ SYS_madvise, { { 0 } } },
	/* Threads, which libcurl resolves names with, but no processes. */
	{ SYS_clone, { { CAGE_HAS, 0, CLONE_THREAD } } },
	{ SYS_futex, { { 0 } } },
	{ SYS_set_robust_list, { { 0 } } },
	{ SYS_sched_yield, { { 0 } } },
	{ SYS_sched_getaffinity, { { 0 } } },
	{ SYS_membarrier, { { 0 } } },
#ifdef SYS_rseq
	{ SYS_rseq, { { 0 } } },
#endif
	{ SYS_rt_sigaction, { { 0 } } },
	{ SYS_rt_sigprocmask, { { 0 } } },
	{ SYS_rt_sigreturn, { { 0 } } },
	{ SYS_sigaltstack, { { 0 } } },
	{ SYS_exit, { { 0 } } },
	{ SYS_exit_group, { { 0 } } },
	/* Questions. */
	{ SYS_getpid, { { 0 } } },
	{ SYS_gettid, { { 0 } } },
	{ SYS_getuid, { { 0 } } },
	{ SYS_geteuid, { { 0 } } },
	{ SYS_getgid, { { 0 } } },
	{ SYS_getegid, { { 0 } } },
	{ SYS_uname, { { 0 } } },
	{ SYS_sysinfo, { { 0 } } },
	{ SYS_getrandom, { { 0 } } },
	{ SYS_gettimeofday, { { 0 } } },
	{ SYS_clock_gettime, { { 0 } } },
	{ SYS_clock_getres, { { 0 } } },
	{ SYS_prlimit64, { { CAGE_IS, 0, 0 } } },
#ifdef SYS_time
	{ SYS_time, { { 0 } } },
#endif
};

/* Instructions: 4 for the machine, 9 for a row at most, 3 for a thread's signal, 6 for the rest. */
#define CAGE_PROGRAM_MAX (16 + ARRAY_SIZE(cage_rows) * 9)

struct cage_program {
	struct sock_filter code[CAGE_PROGRAM_MAX];
	unsigned short n;
};

static void cage_add(
	struct cage_program *program, uint16_t code, uint32_t k, size_t if_true, size_t if_false)
{
	program->code[program->n++] = (struct sock_filter){ code, (uint8_t)if_true,
		(uint8_t)if_false, k };
}

static void cage_load(struct cage_program *program, size_t offset)
{
	cage_add(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void cage_return(struct cage_program *program, uint32_t action)
{
	cage_add(program, BPF_RET | BPF_K, action, 0, 0);
}

/* `left` instructions of the row are passed over where the test does not hold. */
static void cage_add_test(struct cage_program *program, const struct cage_test *test, size_t left)
{
	cage_load(program, offsetof(struct seccomp_data, args) + test->argument * sizeof(uint64_t));
	if (test->how == CAGE_IS)
		cage_add(program, BPF_JMP | BPF_JEQ | BPF_K, test->value, 0, left);
	else if (test->how == CAGE_HAS)
		cage_add(program, BPF_JMP | BPF_JSET | BPF_K, test->value, 0, left);
	else
		cage_add(program, BPF_JMP | BPF_JSET | BPF_K, test->value, left, 0);
}

/* The call's number is in the accumulator before and, where the row does not allow it, after. */
static void cage_add_row(struct cage_program *program, const struct cage_row *row)
{
	size_t tests = 0;

	while (tests < ARRAY_SIZE(row->tests) && row->tests[tests].how != CAGE_ANY)
		tests++;
	cage_add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)row->call, 0,
		tests ? 2 * tests + 2 : 1);
	for (size_t i = 0; i < tests; i++)
		cage_add_test(program, &row->tests[i], 2 * (tests - i - 1) + 1);
	cage_return(program, SECCOMP_RET_ALLOW);
	if (tests)
		cage_load(program, offsetof(struct seccomp_data, nr));
}

static void cage_write_program(struct cage_program *program)
{
	/* abort() ends in a signal to oneself. */
	const struct cage_row self = { SYS_tgkill, { { CAGE_IS, 0, (uint32_t)getpid() } } };

	cage_load(program, offsetof(struct seccomp_data, arch));
	cage_add(program, BPF_JMP | BPF_JEQ | BPF_K, CAGE_ARCH, 1, 0);
	cage_return(program, SECCOMP_RET_KILL_PROCESS);
	cage_load(program, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < ARRAY_SIZE(cage_rows); i++)
		cage_add_row(program, &cage_rows[i]);
	cage_add_row(program, &self);
	/* What the C library does without where it has to: nscd, resolved's own socket. */
	cage_add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 1);
	cage_return(program, SECCOMP_RET_ERRNO | EAFNOSUPPORT);
	cage_add(program, BPF_JMP | BPF_JGE | BPF_K, CAGE_YOUNG, 0, 1);
	cage_return(program, SECCOMP_RET_ERRNO | ENOSYS);
	cage_return(program, SECCOMP_RET_ERRNO | EPERM);
}

int cage_close_calls(struct err *reterr)
{
	struct cage_program program = { .n = 0 };
	struct sock_fprog filter;

	cage_write_program(&program);
	filter = (struct sock_fprog){ program.n, program.code };
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0)
		return 0;
	if (errno != EINVAL && errno != EPERM)
		return err_set(reterr, -errno, "seccomp: %s", strerror(errno));
	(void)err_set(reterr, 0,
		"this kernel filters no system calls, so nudged-send could start programs if a "
		"mail server took it over");
	return CAGE_OPEN;
}

#else

int cage_close_calls(struct err *reterr)
{
	(void)err_set(reterr, 0,
		"there is no filter of system calls for this machine, so nudged-send could start "
		"programs if a mail server took it over");
	return CAGE_OPEN;
}

#endif
