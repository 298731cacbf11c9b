/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define DESCRIPTORS_LOOKED_AT 4096

extern char **environ;

struct way way;

/* Shared with the sandboxes, so that their results count. */
static struct tally {
	int number;
	int failed;
} *tally;

static const char *case_name = "";

static void report(bool good, const char *reason, const char *format, va_list arguments)
{
	if (tally == NULL)
		tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	tally->number++;
	tally->failed += !good;
	printf("%sok %d - %s: ", good ? "" : "not ", tally->number, case_name);
	vprintf(format, arguments);
	printf("%s%s\n", reason != NULL ? " # SKIP " : "", reason != NULL ? reason : "");
	fflush(stdout);
}

bool ok(bool condition, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report(condition, NULL, format, arguments);
	va_end(arguments);
	return condition;
}

void skip(const char *reason, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report(true, reason, format, arguments);
	va_end(arguments);
}

int print_plan(void)
{
	printf("1..%d\n", tally->number);
	printf("# %d failed\n", tally->failed);
	fflush(stdout);
	return tally->failed > 0;
}

const char *way_name(void)
{
	static const char *const mechanisms[] = {"auto", "vfork", "fork"};
	static const char *const closings[] = {"auto", "close_range", "proc", "loop", "none"};
	static char name[32];

	snprintf(name, sizeof(name), "%s/%s", mechanisms[way.mechanism], closings[way.closing]);
	return name;
}

int count_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < DESCRIPTORS_LOOKED_AT; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static bool has_children(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) == 0 || errno != ECHILD;
}

void check_nothing_is_left(int before)
{
	int after = count_descriptors();
	bool child = has_children();

	ok(before == after && !child, "nothing is left: %d descriptors before, %d after%s", before, after,
	   child ? ", and a child" : "");
}

void run_case(const char *name, void (*function)(void))
{
	char title[128];
	int before = count_descriptors();

	snprintf(title, sizeof(title), "%s (%s)", name, way_name());
	case_name = title;
	alarm(60);
	function();
	check_nothing_is_left(before);
	case_name = "";
}

void run_case_in_all_ways(const char *name, void (*function)(void))
{
	const struct way before = way;

	for (way.mechanism = 1; way.mechanism <= 2; way.mechanism++) {
		for (way.closing = 1; way.closing <= 3; way.closing++)
			run_case(name, function);
	}
	way = before;
}

void run_in_sandbox(void (*function)(const void *), const void *argument)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		alarm(60);
		/* a core of a child on shared memory took its parent along before Linux 5.16 */
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
		function(argument);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		ok(false, "the sandbox ended with status %#x", status);
}

static void probe_seccomp(const void *argument)
{
	(void)argument;
	_exit(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || install_filter(NULL, 0) == 0);
}

bool refuses_seccomp(void)
{
	static int answer = -1;
	int status = 1;
	pid_t pid;

	if (answer >= 0)
		return answer;
	pid = fork();
	if (pid == 0)
		probe_seccomp(NULL);
	waitpid(pid, &status, 0);
	answer = status != 0;
	return answer;
}

/* Seccomp and its small machine, written down here as not every libc comes with kernel headers. */
struct instruction {
	uint16_t code;
	uint8_t if_true;
	uint8_t if_false;
	uint32_t value;
};

struct filter {
	unsigned short length;
	struct instruction *code;
};

#define MODE_FILTER 2
#define ALLOW 0x7fff0000U
#define ANSWER_ERROR 0x00050000U
#define KILL_PROCESS 0x80000000U
#define LOAD 0x20
#define JUMP_IF_EQUAL 0x15
#define JUMP_IF_ANY_BIT 0x45
#define RETURN 0x06
#define AT_NUMBER 0
#define AT_FIRST_ARGUMENT 16

bool install_filter(const struct rule *rules, size_t count)
{
	struct instruction code[64];
	struct filter filter = {.code = code};
	unsigned short length = 0;

	for (size_t index = 0; index < count; index++) {
		const struct rule *rule = &rules[index];
		uint32_t answer = rule->error == KILL ? KILL_PROCESS : ANSWER_ERROR | (uint32_t)rule->error;

		code[length++] = (struct instruction){LOAD, 0, 0, AT_NUMBER};
		code[length++] = (struct instruction){JUMP_IF_EQUAL, 0, rule->flags != 0 ? 3 : 1, (uint32_t)rule->call};
		if (rule->flags != 0) {
			code[length++] = (struct instruction){LOAD, 0, 0, AT_FIRST_ARGUMENT};
			code[length++] = (struct instruction){JUMP_IF_ANY_BIT, 0, 1, rule->flags};
		}
		code[length++] = (struct instruction){RETURN, 0, 0, answer};
	}
	code[length++] = (struct instruction){RETURN, 0, 0, ALLOW};
	filter.length = length;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, MODE_FILTER, &filter) == 0;
}

void prepare(struct trial *trial, const char *program)
{
	memset(trial, 0, sizeof(*trial));
	trial->programs[0] = program;
	trial->argv[0] = "program";
	trial->request = (struct subprocess_request){
		.size = sizeof(trial->request),
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

void show(const struct trial *trial)
{
	const struct subprocess_result *result = &trial->result;

	printf("# returned %d: pid %d pidfd %d mechanism %u closing %u program %u step %u (%s) detail %u error %d "
	       "signal %d\n",
	       trial->returned, result->pid, result->pidfd, result->mechanism, result->closing, result->program,
	       result->step, core.step_name(result->step), result->detail, result->error, result->signal);
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
	if (trial->returned == 0)
		core.signal(trial->result.pidfd, SIGKILL);
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
