/* SPDX-License-Identifier: Apache-2.0 */
/* What a test needs of the machine and of the user who runs it, and how it gets that. */
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define PLAIN_USER 65534

/* Asked in a process of its own, once. */
static bool try_once(int *answer, bool (*function)(void))
{
	int status = 1;
	pid_t pid;

	if (*answer == 0) {
		fflush(stdout);
		pid = fork();
		if (pid == 0)
			_exit(!function());
		waitpid(pid, &status, 0);
		*answer = status == 0 ? 1 : -1;
	}
	return *answer > 0;
}

static bool can_filter(void)
{
	/* who runs this in an emulator that a filter would hit says so */
	return getenv("SELFTEST_WITHOUT_SECCOMP") == NULL && install_filter(NULL, 0);
}

static bool can_change_user(void)
{
	return geteuid() == 0 && setgroups(0, NULL) == 0 && setresgid(PLAIN_USER, PLAIN_USER, PLAIN_USER) == 0 &&
	       setresuid(PLAIN_USER, PLAIN_USER, PLAIN_USER) == 0;
}

static bool can_change_root(void)
{
	return chroot(scratch) == 0;
}

static bool can_make_users(void)
{
	return geteuid() == 0 && unshare(CLONE_NEWUSER) == 0;
}

static bool can_make_terminals(void)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);
	char name[64];

	return fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0 && ptsname_r(fd, name, sizeof(name)) == 0 &&
	       open(name, O_RDWR | O_NOCTTY) >= 0;
}

static bool can_restrict_files(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

static bool can_adopt(void)
{
	return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
}

void adopt_orphans(bool adopt)
{
	prctl(PR_SET_CHILD_SUBREAPER, adopt, 0, 0, 0);
}

const char *find_obstacle(unsigned needs)
{
	static int filter;
	static int user;
	static int root;
	static int namespace;
	static int terminal;
	static int orphans;
	static int landlock;

	if ((needs & NEEDS_ERROR_PIPE) && !error_pipe_is_made())
		return "memory is known to be shared in this way";
	if ((needs & NEEDS_NO_ERROR_PIPE) && error_pipe_is_made())
		return "memory may not be shared in this way";
	if ((needs & NEEDS_SHARED_TABLE) && !table_is_shared())
		return "the table is not shared in this way";
	if ((needs & NEEDS_SECCOMP) && !try_once(&filter, can_filter))
		return "no seccomp here";
	if ((needs & NEEDS_OTHER_USERS) && !try_once(&user, can_change_user))
		return "needs root, who may become another user";
	if ((needs & NEEDS_PLAIN_USER) && geteuid() == 0 && !try_once(&user, can_change_user))
		return "this root may not become another user";
	if ((needs & NEEDS_CHROOT) && !try_once(&root, can_change_root))
		return "only root may chroot";
	if ((needs & NEEDS_USER_NAMESPACE) && !try_once(&namespace, can_make_users))
		return "needs root, and user namespaces";
	if ((needs & NEEDS_TERMINAL) && !try_once(&terminal, can_make_terminals))
		return "no terminals to be had here";
	if ((needs & NEEDS_LANDLOCK) && !try_once(&landlock, can_restrict_files))
		return "no Landlock here";
	if ((needs & NEEDS_ORPHANS) && !try_once(&orphans, can_adopt))
		return "orphans cannot be adopted here";
	if ((needs & NEEDS_AUTOGROUP) && access("/proc/self/autogroup", F_OK) != 0)
		return "this kernel does not group by session";
	if ((needs & NEEDS_CGROUP) && cgroup_folder() == NULL)
		return "no cgroup v2 that may be written";
	return NULL;
}

void become_plain_user(void)
{
	const struct rlimit none = {0, 0};

	/* the right to some priority would be one that others lack */
	setrlimit(RLIMIT_NICE, &none);
	if (geteuid() == 0 && !can_change_user())
		_exit(1);
	/* or else root owns what is of this process in /proc */
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

/* The folder of this process in the tree of cgroup v2. */
static bool find_own_cgroup(char *folder, size_t size)
{
	char line[1024];
	char mount[256] = "";
	char own[512] = "";
	FILE *file = fopen("/proc/self/mountinfo", "re");

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (strstr(line, " - cgroup2 ") != NULL && sscanf(line, "%*s %*s %*s / %255s", mount) == 1)
			break;
	}
	if (file != NULL)
		fclose(file);
	file = fopen("/proc/self/cgroup", "re");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, "0::%511s", own) == 1)
			break;
	}
	if (file != NULL)
		fclose(file);
	snprintf(folder, size, "%s%s", mount, strcmp(own, "/") != 0 ? own : "");
	return mount[0] != '\0' && own[0] != '\0';
}

static bool can_join(const char *folder)
{
	char path[1024];
	int status = 1;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/cgroup.procs", folder);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		int fd = open(path, O_WRONLY | O_CLOEXEC);

		_exit(fd < 0 || write(fd, "0", 1) != 1);
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

static char test_cgroup[896];
static bool looked_for_cgroup;

const char *cgroup_folder(void)
{
	char own[800];

	if (!looked_for_cgroup && find_own_cgroup(own, sizeof(own))) {
		snprintf(test_cgroup, sizeof(test_cgroup), "%s/selftest-%d", own, (int)getpid());
		if (mkdir(test_cgroup, 0755) != 0)
			test_cgroup[0] = '\0';
		else if (!can_join(test_cgroup))
			remove_cgroup();
	}
	looked_for_cgroup = true;
	return test_cgroup[0] != '\0' ? test_cgroup : NULL;
}

void remove_cgroup(void)
{
	/* a process leaves its cgroup a bit later than its parent hears of its end */
	for (int tries = 0; test_cgroup[0] != '\0' && rmdir(test_cgroup) != 0 && tries < 1000; tries++)
		usleep(1000);
	test_cgroup[0] = '\0';
}
