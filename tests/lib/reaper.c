/* SPDX-License-Identifier: MIT */
/*
 * reaper: runs a program and kills it, or a program that it starts, at its n-th system call.
 *
 *   reaper [-p NAME] [-n N] [-x FOLDER] [-a] [-c FILE] PROGRAM [ARGUMENT...]
 *
 *   -p NAME    the process that is meant, by its program's name; the first one of that name
 *   -n N       SIGKILL before its n-th call that matters; 0, the default: none
 *   -x FOLDER  the power goes instead: the file system of FOLDER forgets what it has not synchronised
 *              and takes nothing more, then all processes are killed
 *   -a         every call counts, not only those that matter to anybody but the process itself
 *   -c FILE    gets how many there were
 *
 * Ends when all processes have, with the status of PROGRAM (128 and a signal's number where one ended
 * it), or 77 where nothing can be traced here. It is a tracer and no library, so that it sees the
 * calls that the C library and others make among themselves.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define REAPER_PROCESSES 64
#define REAPER_SKIP      77
/* Of ext4 and XFS alike; the journal is not written either. */
#define REAPER_SHUTDOWN   _IOR('X', 125, uint32_t)
#define REAPER_NOLOGFLUSH 2

struct reaper {
	const char *name, *folder, *count_path;
	unsigned long at, count;
	bool all;
	pid_t main, target;
	bool struck;
	pid_t known[REAPER_PROCESSES];
	size_t n_known;
	int status; /* of the program */
};

/* To be killed before one of these is to be killed before the next other one. */
static bool reaper_is_idle(uint64_t call)
{
	static const long idle[] = {
		SYS_brk,
		SYS_mmap,
		SYS_munmap,
		SYS_mprotect,
		SYS_mremap,
		SYS_madvise,
		SYS_read,
		SYS_pread64,
		SYS_fstat,
		SYS_newfstatat,
		SYS_statfs,
		SYS_lseek,
		SYS_getpid,
		SYS_gettid,
		SYS_getuid,
		SYS_geteuid,
		SYS_getgid,
		SYS_getegid,
		SYS_clock_gettime,
		SYS_getrandom,
		SYS_rt_sigaction,
		SYS_rt_sigprocmask,
		SYS_futex,
		SYS_set_robust_list,
		SYS_set_tid_address,
		SYS_rseq,
		SYS_prlimit64,
		SYS_faccessat,
		SYS_faccessat2,
		SYS_readlinkat,
		SYS_getdents64,
		SYS_uname,
		SYS_sched_yield,
		SYS_sched_getaffinity,
		SYS_sysinfo,
		SYS_getsockname,
		SYS_getpeername,
		SYS_getsockopt,
#ifdef SYS_access
		SYS_access,
#endif
#ifdef SYS_arch_prctl
		SYS_arch_prctl,
#endif
#ifdef SYS_readlink
		SYS_readlink,
#endif
	};

	for (size_t i = 0; i < sizeof(idle) / sizeof(idle[0]); i++)
		if ((uint64_t)idle[i] == call)
			return true;
	return false;
}

static void reaper_cut_power(const char *folder)
{
	uint32_t how = REAPER_NOLOGFLUSH;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || ioctl(fd, REAPER_SHUTDOWN, &how) < 0) {
		perror(folder);
		_exit(REAPER_SKIP);
	}
	(void)close(fd);
}

static void reaper_strike(struct reaper *reaper)
{
	reaper->struck = true;
	if (!reaper->folder) {
		(void)kill(reaper->target, SIGKILL);
		return;
	}
	reaper_cut_power(reaper->folder);
	for (size_t i = 0; i < reaper->n_known; i++)
		(void)kill(reaper->known[i], SIGKILL);
}

/* The target stands at a system call: every second time at its beginning. */
static void reaper_take_call(struct reaper *reaper)
{
	struct __ptrace_syscall_info info = { 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, reaper->target, sizeof(info), &info) <= 0 ||
		info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return;
	if (!reaper->all && reaper_is_idle(info.entry.nr))
		return;
	if (++reaper->count == reaper->at)
		reaper_strike(reaper);
}

static bool reaper_is_called(pid_t pid, const char *name)
{
	char path[64], text[64] = "";
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	(void)fclose(file);
	text[strcspn(text, "\n")] = '\0';
	return strcmp(text, name) == 0;
}

/* Returns whether it was new. */
static bool reaper_meet(struct reaper *reaper, pid_t pid)
{
	for (size_t i = 0; i < reaper->n_known; i++)
		if (reaper->known[i] == pid)
			return false;
	if (reaper->n_known == REAPER_PROCESSES)
		abort();
	reaper->known[reaper->n_known++] = pid;
	return true;
}

/* A process stands still; returns the signal that it goes on with. */
static int reaper_look(struct reaper *reaper, pid_t pid, int status)
{
	int number = WSTOPSIG(status), event = status >> 16;
	bool fresh = reaper_meet(reaper, pid);

	if (number == (SIGTRAP | 0x80)) {
		if (!reaper->struck && pid == reaper->target)
			reaper_take_call(reaper);
		return 0;
	}
	if (event == PTRACE_EVENT_EXEC && !reaper->target && reaper_is_called(pid, reaper->name))
		reaper->target = pid;
	if (event)
		return 0;
	return fresh && number == SIGSTOP ? 0 : number;
}

static void reaper_follow(struct reaper *reaper)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		int number;

		if (pid <= 0)
			continue;
		if (!WIFSTOPPED(status)) {
			if (pid == reaper->main)
				reaper->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
								     : WEXITSTATUS(status);
			continue;
		}
		number = reaper_look(reaper, pid, status);
		(void)ptrace(pid == reaper->target ? PTRACE_SYSCALL : PTRACE_CONT, pid, 0, number);
	}
}

static int reaper_start(struct reaper *reaper, char **argv)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
		PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
	int status;

	reaper->main = fork();
	if (reaper->main < 0)
		return -errno;
	if (reaper->main == 0) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
			_exit(REAPER_SKIP);
		(void)raise(SIGSTOP);
		(void)execv(argv[0], argv);
		_exit(127);
	}
	if (waitpid(reaper->main, &status, __WALL) < 0 || !WIFSTOPPED(status) ||
		ptrace(PTRACE_SETOPTIONS, reaper->main, 0, options) < 0)
		return -EPERM;
	(void)reaper_meet(reaper, reaper->main);
	return ptrace(PTRACE_CONT, reaper->main, 0, 0) < 0 ? -EPERM : 0;
}

static void reaper_tell(const struct reaper *reaper)
{
	FILE *file = reaper->count_path ? fopen(reaper->count_path, "we") : NULL;

	if (!file)
		return;
	(void)fprintf(file, "%lu\n", reaper->count);
	(void)fclose(file);
}

int main(int argc, char **argv)
{
	struct reaper reaper = { .name = "nudged" };
	int c;

	while ((c = getopt(argc, argv, "+p:n:x:c:a")) != -1) {
		if (c == 'p')
			reaper.name = optarg;
		else if (c == 'n')
			reaper.at = strtoul(optarg, NULL, 10);
		else if (c == 'x')
			reaper.folder = optarg;
		else if (c == 'c')
			reaper.count_path = optarg;
		else if (c == 'a')
			reaper.all = true;
		else
			return 64;
	}
	if (optind >= argc)
		return 64;
	if (reaper_start(&reaper, argv + optind) < 0)
		return REAPER_SKIP;
	reaper_follow(&reaper);
	reaper_tell(&reaper);
	return reaper.status;
}
