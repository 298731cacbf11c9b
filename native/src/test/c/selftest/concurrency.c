/* SPDX-License-Identifier: Apache-2.0 */
/* Many threads at once, each with the little stack that a thread of a JVM still has. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

#define THREADS 8
#define ROUNDS 40
#define STACK_SIZE (64 * 1024)

struct worker {
	pthread_t thread;
	int number;
	int wrong;
	char program[512];
	char failing[512];
};

static void spawn_once(struct worker *worker, int round)
{
	static __thread struct trial trial;
	char output[64];
	ssize_t length = 0;
	ssize_t size;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	prepare(&trial, worker->program);
	trial.request.mechanism = (uint32_t)(1 + (worker->number + round) % 2);
	trial.request.closing = (uint32_t)(round % 4);
	map(&trial, ends[1], 1);
	map(&trial, ends[1], 9);
	attempt(&trial);
	close(ends[1]);
	while ((size = read(ends[0], output + length, sizeof(output) - 1 - (size_t)length)) > 0)
		length += size;
	output[length] = '\0';
	close(ends[0]);
	worker->wrong += finish(&trial).kind != SUBPROCESS_EXITED || strcmp(output, "0\n1\n2\n9\n") != 0;

	prepare(&trial, worker->failing);
	trial.request.mechanism = (uint32_t)(1 + round % 2);
	attempt(&trial);
	worker->wrong += !failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT);
}

static void *work(void *argument)
{
	struct worker *worker = argument;

	for (int round = 0; round < ROUNDS; round++)
		spawn_once(worker, round);
	return NULL;
}

static void spawn_from_threads(void)
{
	static struct worker workers[THREADS];
	pthread_attr_t attributes;
	int wrong = 0;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	for (int index = 0; index < THREADS; index++) {
		workers[index].number = index;
		snprintf(workers[index].program, sizeof(workers[index].program), "%s", fixture("print_fds"));
		snprintf(workers[index].failing, sizeof(workers[index].failing), "%s", "/nowhere/program");
		pthread_create(&workers[index].thread, &attributes, work, &workers[index]);
	}
	for (int index = 0; index < THREADS; index++) {
		pthread_join(workers[index].thread, NULL);
		wrong += workers[index].wrong;
	}
	pthread_attr_destroy(&attributes);
	ok(wrong == 0, "%d of %d spawns from %d threads went wrong", wrong, 2 * THREADS * ROUNDS, THREADS);
}

void test_concurrency(void)
{
	run_case("threads", spawn_from_threads);
}
