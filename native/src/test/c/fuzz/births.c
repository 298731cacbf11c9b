/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Births of all kinds under the sanitizers: requests that are in order, of parts
 * chosen at random, many of which cannot be met. Each starts a program that can be
 * waited for, or fails at a step that has a name; in neither case is anything left.
 *
 * births <program> [seconds [seed]]. Children are forked: what the address
 * sanitizer knows of a stack is not shared between two processes.
 */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "birth.h"

int dup3(int, int, int);
int memfd_create(const char *, unsigned);

#define BLOCK 8192
#define FIRST_NUMBER 10
#define NUMBERS 6
#define CLOEXEC 02000000

static uint64_t state;

static uint64_t next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static uint32_t below(uint32_t bound)
{
	return (uint32_t)(next_random() % bound);
}

static void require(bool condition, const char *what, uint64_t birth)
{
	if (condition)
		return;
	fprintf(stderr, "broken in birth %llu: %s\n", (unsigned long long)birth, what);
	abort();
}

/* A request with all that it points to. */
struct block {
	uint8_t *bytes;
	size_t used;
	struct subprocess_request *request;
};

static uint64_t put(struct block *block, const void *what, size_t size)
{
	uint8_t *place = block->bytes + block->used;

	memcpy(place, what, size);
	block->used += (size + 7) & ~(size_t)7;
	return (uintptr_t)place;
}

static uint64_t put_string(struct block *block, const char *string)
{
	return put(block, string, strlen(string) + 1);
}

static uint64_t put_list(struct block *block, const char *const *strings, uint32_t count)
{
	uint64_t addresses[16] = {0};

	for (uint32_t index = 0; index < count; index++)
		addresses[index] = put_string(block, strings[index]);
	return put(block, addresses, (count + 1) * sizeof(*addresses));
}

static void choose_program(struct block *block, const char *program)
{
	static const char *const missing[] = {"/no/such/program", "/etc/passwd", "/", "no/such", ""};
	static const char *const variables[] = {"A=1", "B=", "=C", "D"};
	static const char *const directories[] = {"/", "/tmp", "/no/such", "/etc/passwd", "."};
	const char *programs[4];
	uint32_t count = 0;

	while (count < 3 && below(3) == 0)
		programs[count++] = missing[below(5)];
	if (count == 0 || below(4) > 0)
		programs[count++] = program;
	block->request->programs = put_list(block, programs, count);
	block->request->argv = put_list(block, programs, 1 + below(count));
	block->request->envp = put_list(block, variables, below(5));
	if (below(2) == 0)
		block->request->working_directory = put_string(block, directories[below(below(4) == 0 ? 5 : 2)]);
}

static void choose_descriptors(struct block *block)
{
	struct subprocess_descriptor mappings[8];
	uint32_t count = below(9);
	int32_t target = (int32_t)below(4);

	for (uint32_t index = 0; index < count; index++) {
		mappings[index].source = FIRST_NUMBER + (int32_t)below(NUMBERS);
		mappings[index].target = target;
		target += 1 + (int32_t)below(5);
	}
	if (count > 0 && below(16) == 0)
		mappings[count - 1].target = INT32_MAX - 1;
	block->request->descriptor_count = count;
	block->request->descriptors = put(block, mappings, count * sizeof(*mappings));
}

static void choose_limits(struct block *block)
{
	struct subprocess_limit limits[4] = {{0}};
	uint32_t count = below(5);

	for (uint32_t index = 0; index < count; index++) {
		limits[index].resource = below(18);
		limits[index].soft = next_random() >> below(64);
		limits[index].hard = limits[index].soft + (below(8) == 0 ? -1 : 1);
	}
	block->request->limit_count = count;
	block->request->limits = count > 0 ? put(block, limits, count * sizeof(*limits)) : 0;
}

static void choose_sandbox(struct block *block, uint32_t asked)
{
	struct subprocess_request *request = block->request;
	/* let all pass, or refuse one call with EPERM */
	const struct subprocess_instruction pass[] = {{.code = 6, .operand = 0x7fff0000}};
	const struct subprocess_instruction refuse[] = {{.code = 0x20},
							{.code = 0x15, .if_false = 1, .operand = 9999},
							{.code = 6, .operand = 0x00050001},
							{.code = 6, .operand = 0x7fff0000}};
	struct subprocess_rule rules[2] = {{.access = 1 + below(4)}, {.access = 1}};

	if (asked & SUBPROCESS_ATTRIBUTE_LANDLOCK) {
		rules[0].path = put_string(block, below(4) > 0 ? "/" : "/no/such");
		rules[0].flags = below(2);
		rules[1].port = below(65536);
		request->handled_files = 1 + below(1 << 13);
		request->handled_ports = below(4);
		request->rule_count = below(3);
		request->rules = request->rule_count > 0 ? put(block, rules, sizeof(rules)) : 0;
	}
	if (asked & SUBPROCESS_ATTRIBUTE_SECCOMP) {
		request->filter_length = below(2) == 0 ? 1 : 4;
		request->filter = request->filter_length == 1 ? put(block, pass, sizeof(pass))
							      : put(block, refuse, sizeof(refuse));
	}
}

static void choose_attributes(struct block *block)
{
	struct subprocess_request *request = block->request;
	const uint32_t every = 2 * SUBPROCESS_ATTRIBUTE_PROGRAM_FILE - 1;
	uint32_t asked = (uint32_t)next_random() & (uint32_t)next_random() & (uint32_t)next_random() & every;
	const uint64_t processors = next_random();
	const uint32_t groups[] = {below(70000), below(70000)};

	asked &= ~(uint32_t)SUBPROCESS_ATTRIBUTE_PROGRAM_FILE;
	if (!(asked & SUBPROCESS_ATTRIBUTE_NICE))
		asked &= ~(uint32_t)SUBPROCESS_ATTRIBUTE_AUTOGROUP;
	if (asked & SUBPROCESS_ATTRIBUTE_TERMINAL)
		request->session = SUBPROCESS_SESSION_NEW;
	if (asked & SUBPROCESS_ATTRIBUTE_CGROUP)
		request->cgroup = FIRST_NUMBER + (int32_t)below(NUMBERS);
	if (asked & SUBPROCESS_ATTRIBUTE_LIMITS)
		choose_limits(block);
	if (asked & SUBPROCESS_ATTRIBUTE_NICE)
		request->nice = (int32_t)below(40) - 20;
	if (asked & SUBPROCESS_ATTRIBUTE_OOM_SCORE)
		request->oom_score = (int32_t)below(2001) - 1000;
	if (asked & SUBPROCESS_ATTRIBUTE_AFFINITY) {
		request->affinity = put(block, &processors, sizeof(processors));
		request->affinity_size = sizeof(processors);
	}
	if (asked & SUBPROCESS_ATTRIBUTE_UMASK)
		request->umask = below(01000);
	if (asked & SUBPROCESS_ATTRIBUTE_GROUPS) {
		request->group_count = below(3);
		request->groups = request->group_count > 0 ? put(block, groups, sizeof(groups)) : 0;
	}
	if (asked & SUBPROCESS_ATTRIBUTE_GROUP_ID)
		request->group_id = below(70000);
	if (asked & SUBPROCESS_ATTRIBUTE_USER_ID)
		request->user_id = below(70000);
	if (asked & SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL)
		request->death_signal = 1 + below(64);
	choose_sandbox(block, asked);
	request->attributes = asked;
	request->best_effort = asked & (uint32_t)next_random();
}

static void choose(struct block *block, const char *program)
{
	struct subprocess_request *request = block->request;

	request->size = sizeof(*request);
	request->flags = SUBPROCESS_CAN_LACK_PIDFD;
	request->mechanism = SUBPROCESS_MECHANISM_FORK;
	request->closing = below(5);
	request->session = below(3);
	if (request->session == SUBPROCESS_SESSION_PROCESS_GROUP && below(4) == 0)
		request->process_group = (int32_t)below(INT32_MAX);
	request->default_signals = next_random();
	request->close_bound = below(2) == 0 ? 64 : 0;
	choose_program(block, program);
	choose_descriptors(block);
	choose_attributes(block);
	/* the last byte of a block ends its last string */
	block->used += 8;
	request->extent = block->used;
}

static void end(struct subprocess_result *result, uint64_t birth)
{
	struct subprocess_exit ended = {.size = sizeof(ended)};

	require(result->pid > 0 && result->step == 0, "a birth without a child, or with a failure", birth);
	subprocess_signal(result->pidfd, SIGKILL);
	require(subprocess_wait(result->pidfd, 0, &ended) == 1, "a child that does not end", birth);
	if (result->pidfd >= 0)
		close(result->pidfd);
}

static void check_failure(const struct subprocess_result *result, int32_t code, uint64_t birth)
{
	require(result->pid == 0 && result->pidfd == -1, "a failure with a child", birth);
	require(strcmp(subprocess_step_name(result->step), "unknown") != 0, "a failure at no step", birth);
	require(result->step == SUBPROCESS_STEP_LOST || result->error == -code, "an error of its own", birth);
}

static unsigned open_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	unsigned count = 0;

	while (directory != NULL && readdir(directory) != NULL)
		count++;
	if (directory != NULL)
		closedir(directory);
	return count;
}

int main(int argc, char **argv)
{
	const time_t stop = time(NULL) + (argc > 2 ? atoi(argv[2]) : 30);
	uint64_t births = 0, failures = 0;
	unsigned descriptors;
	int file = memfd_create("fuzz", 1);

	if (argc < 2)
		return 2;
	state = argc > 3 ? strtoull(argv[3], NULL, 10) : 88172645463325252;
	printf("seed %llu\n", (unsigned long long)state);
	fflush(stdout);
	for (int fd = FIRST_NUMBER; fd < FIRST_NUMBER + NUMBERS; fd++)
		dup3(file, fd, CLOEXEC);
	descriptors = open_descriptors();
	while (births % 64 != 0 || time(NULL) < stop) {
		struct subprocess_result result = {.size = sizeof(result)};
		struct block block = {.bytes = calloc(1, BLOCK), .used = sizeof(struct subprocess_request)};
		int32_t code;

		block.request = (struct subprocess_request *)(void *)block.bytes;
		choose(&block, argv[1]);

		code = subprocess_spawn(block.request, &result);
		if (code == 0) {
			end(&result, births);
		} else {
			failures++;
			check_failure(&result, code, births);
		}
		free(block.request);
		require(waitpid(-1, NULL, WNOHANG) < 0, "a child is left", births);
		if (births++ % 64 == 0)
			require(open_descriptors() == descriptors, "a descriptor is left", births);
	}
	printf("%llu births, %llu of them failed, nothing found\n", (unsigned long long)births,
	       (unsigned long long)failures);
	return failures == 0 || failures == births;
}
