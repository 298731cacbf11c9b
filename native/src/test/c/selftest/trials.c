/* SPDX-License-Identifier: Apache-2.0 */
/* One spawn: asking for it, and looking at what came of it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

extern char **environ;

void prepare(struct trial *trial, const char *program)
{
	memset(trial, 0, sizeof(*trial));
	trial->programs[0] = program;
	trial->argv[0] = "program";
	trial->request = (struct subprocess_request){
		.size = sizeof(trial->request),
		.flags = way.flags,
		.mechanism = way.mechanism,
		.closing = way.closing,
		.programs = (uintptr_t)trial->programs,
		.argv = (uintptr_t)trial->argv,
		.envp = (uintptr_t)environ,
	};
	trial->result.size = sizeof(trial->result);
}

void add_argument(struct trial *trial, const char *argument)
{
	size_t count = 0;

	while (trial->argv[count] != NULL)
		count++;
	trial->argv[count] = argument;
}

void map(struct trial *trial, int32_t source, int32_t target)
{
	trial->descriptors[trial->request.descriptor_count++] = (struct subprocess_descriptor){source, target};
	trial->request.descriptors = (uintptr_t)trial->descriptors;
}

void ask_for(struct trial *trial, uint32_t attributes)
{
	trial->request.attributes |= attributes;
}

void add_limit(struct trial *trial, uint32_t resource, uint64_t soft, uint64_t hard)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_LIMITS);
	trial->limits[trial->request.limit_count++] =
		(struct subprocess_limit){.soft = soft, .hard = hard, .resource = resource};
	trial->request.limits = (uintptr_t)trial->limits;
}

bool attempt(struct trial *trial)
{
	const struct subprocess_result *result = &trial->result;

	trial->returned = core.spawn(&trial->request, &trial->result);
	if (trial->returned == 0)
		return result->pid > 0 && result->pidfd >= 0 && result->step == 0 && result->error == 0;
	if (result->pid != 0 || result->pidfd != -1)
		ok(false, "a failure tells a pid or a pidfd");
	return false;
}

bool failed_as(const struct trial *trial, uint32_t step, uint32_t detail, int32_t error)
{
	const struct subprocess_result *result = &trial->result;
	bool same = trial->returned == -error && result->step == step && result->detail == detail &&
		    result->error == error && result->pid == 0 && result->pidfd == -1 && result->signal == 0;

	if (!same)
		show(trial);
	return same;
}

bool warned_of(const struct trial *trial, uint32_t index, uint32_t step, uint32_t detail, int32_t error)
{
	const struct subprocess_warning *warning = &trial->result.warnings[index];
	bool same = index < trial->result.warning_count && warning->step == step && warning->detail == detail &&
		    warning->error == error;

	if (!same)
		show(trial);
	return same;
}

void show(const struct trial *trial)
{
	const struct subprocess_result *result = &trial->result;

	printf("# returned %d: pid %d pidfd %d mechanism %u closing %u program %u step %u (%s) detail %u error %d "
	       "signal %d\n",
	       trial->returned, result->pid, result->pidfd, result->mechanism, result->closing, result->program,
	       result->step, core.step_name(result->step), result->detail, result->error, result->signal);
	for (uint32_t index = 0; index < result->warning_count && index < SUBPROCESS_MAX_WARNINGS; index++) {
		const struct subprocess_warning *warning = &result->warnings[index];

		printf("# warning %u: step %u (%s) detail %u error %d\n", index, warning->step,
		       core.step_name(warning->step), warning->detail, warning->error);
	}
}

struct subprocess_exit finish(struct trial *trial)
{
	struct subprocess_exit exit = {.size = sizeof(exit)};

	if (trial->returned == 0) {
		if (core.wait(trial->result.pidfd, 0, &exit) != 1)
			exit.kind = 0;
		close(trial->result.pidfd);
		trial->returned = -ECHILD;
	}
	return exit;
}

void kill_trial(struct trial *trial)
{
	/* an emulator may lack the call, and a child must not outlive its case */
	if (trial->returned == 0 && core.signal(trial->result.pidfd, SIGKILL) == -ENOSYS)
		kill(trial->result.pid, SIGKILL);
	finish(trial);
}

const char *capture(struct trial *trial)
{
	static char output[16384];
	size_t length = 0;
	ssize_t size;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return "no pipe";
	map(trial, ends[1], 1);
	attempt(trial);
	close(ends[1]);
	while ((size = read(ends[0], output + length, sizeof(output) - 1 - length)) > 0)
		length += (size_t)size;
	close(ends[0]);
	output[length] = '\0';
	finish(trial);
	return output;
}

int start_and_listen(struct trial *trial)
{
	char text[256];
	size_t length = 0;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	map(trial, ends[1], 1);
	attempt(trial);
	close(ends[1]);
	text[0] = '\0';
	while (strstr(text, "ready") == NULL && length < sizeof(text) - 1) {
		ssize_t size = read(ends[0], text + length, sizeof(text) - 1 - length);

		if (size <= 0)
			break;
		length += (size_t)size;
		text[length] = '\0';
	}
	return ends[0];
}

const char *told(const char *output, const char *name)
{
	static char values[8][1024];
	static int next;
	char *value = values[next++ % 8];
	size_t length = strlen(name);

	value[0] = '\0';
	for (const char *line = output; line != NULL && *line != '\0';) {
		if (strncmp(line, name, length) == 0 && line[length] == '=') {
			snprintf(value, sizeof(values[0]), "%s", line + length + 1);
			value[strcspn(value, "\n")] = '\0';
			break;
		}
		line = strchr(line, '\n');
		line = line != NULL ? line + 1 : NULL;
	}
	return value;
}

struct identity identify(int fd)
{
	struct stat status = {0};

	fstat(fd, &status);
	return (struct identity){status.st_dev, status.st_ino};
}

void place_file(int fd)
{
	int file = memfd_create("selftest", MFD_CLOEXEC);

	if (file != fd) {
		dup3(file, fd, O_CLOEXEC);
		close(file);
	}
}

void place_pipe(int fd)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		abort();
	if (ends[0] != fd) {
		dup3(ends[0], fd, O_CLOEXEC);
		close(ends[0]);
	}
	if (ends[1] != fd)
		close(ends[1]);
}

static bool is_same(pid_t pid, int fd, struct identity expected)
{
	struct stat status;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	return stat(path, &status) == 0 && status.st_dev == expected.device && status.st_ino == expected.inode;
}

static int count_of(pid_t pid)
{
	char path[64];
	int count = 0;
	DIR *list;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	list = opendir(path);
	if (list == NULL)
		return -1;
	for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list))
		count += entry->d_name[0] != '.';
	closedir(list);
	return count;
}

unsigned slots_of(pid_t pid)
{
	char line[256];
	unsigned slots = 0;
	FILE *status;

	snprintf(line, sizeof(line), "/proc/%d/status", (int)pid);
	status = fopen(line, "re");
	while (status != NULL && fgets(line, sizeof(line), status) != NULL) {
		if (sscanf(line, "FDSize: %u", &slots) == 1)
			break;
	}
	if (status != NULL)
		fclose(status);
	return slots;
}

void wait_for_stop(pid_t pid)
{
	siginfo_t info;

	while (waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT) != 0 && errno == EINTR)
		;
}

bool has_targets(const struct trial *trial, const struct identity *sources, int others)
{
	int count = (int)trial->request.descriptor_count;
	int open = count_of(trial->result.pid);
	int right = 0;

	for (int index = 0; index < count; index++)
		right += is_same(trial->result.pid, trial->descriptors[index].target, sources[index]);
	if (right == count && open == count + others)
		return true;
	printf("# %d of %d targets are right, %d open of %d\n", right, count, open, count + others);
	return false;
}

static bool is_expected_closing(const struct trial *trial)
{
	if (way.closing != SUBPROCESS_CLOSING_AUTO)
		return trial->result.closing == way.closing;
	return (trial->result.closing == SUBPROCESS_CLOSING_UNSHARE) == table_is_shared();
}

void expect(struct trial *trial, int others, const char *what)
{
	static struct identity sources[SUBPROCESS_MAX_DESCRIPTORS];

	for (uint32_t index = 0; index < trial->request.descriptor_count; index++)
		sources[index] = identify(trial->descriptors[index].source);
	add_argument(trial, "19");
	if (!attempt(trial)) {
		show(trial);
		ok(false, "%s: starts", what);
		return;
	}
	wait_for_stop(trial->result.pid);
	ok(has_targets(trial, sources, others), "%s: %u targets are right, and %d others open", what,
	   trial->request.descriptor_count, others);
	ok(is_expected_closing(trial), "%s: the way asked for was used", what);
	kill_trial(trial);
}

void limit_descriptors(uint64_t soft)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = (rlim_t)soft;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int allow_descriptors(int wanted)
{
	struct rlimit limit = {(rlim_t)wanted + DESCRIPTORS_KEPT, (rlim_t)wanted + DESCRIPTORS_KEPT};

	if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
		return wanted;
	getrlimit(RLIMIT_NOFILE, &limit);
	if ((rlim_t)wanted + DESCRIPTORS_KEPT > limit.rlim_max)
		wanted = (int)limit.rlim_max - DESCRIPTORS_KEPT;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	return wanted;
}

int lowest_free(void)
{
	int fd = dup(2);

	close(fd);
	return fd;
}
