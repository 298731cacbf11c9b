/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "floor.h"

void spawn_latency(const char *program, int count, int and_wait)
{
	const char *argv[] = { program, NULL };

	for (int i = 0; i < count; i++) {
		int64_t begun = now();
		struct child child = bear(argv, -1, -1);
		int64_t born = now();

		end_of(&child);
		printf("%ld ", (long)((and_wait ? now() : born) - begun));
	}
}

void captured_output(const char *program, int count)
{
	const char *argv[] = { program, NULL };

	for (int i = 0; i < count; i++) {
		int64_t begun = now();
		int ends[2];
		struct child child;

		make_pipe(ends, 0);
		child = bear(argv, -1, ends[1]);
		close(ends[1]);
		if (read_all(ends[0], 4096) != 16)
			die("not sixteen bytes");
		close(ends[0]);
		end_of(&child);
		printf("%ld ", (long)(now() - begun));
	}
}

struct runner {
	pthread_t thread;
	const char *program;
	int64_t until;
	long count;
};

static void *run(void *argument)
{
	struct runner *runner = argument;
	const char *argv[] = { runner->program, NULL };

	while (now() < runner->until) {
		struct child child = bear(argv, -1, -1);

		end_of(&child);
		runner->count++;
	}
	return NULL;
}

void throughput(const char *program, int threads, int seconds_in_tenths)
{
	struct runner *runners = calloc(threads, sizeof(*runners));
	int64_t begun = now();
	long count = 0;

	for (int i = 0; i < threads; i++) {
		runners[i].program = program;
		runners[i].until = begun + seconds_in_tenths * 100000000LL;
		if (pthread_create(&runners[i].thread, NULL, run, &runners[i]) != 0)
			die("pthread_create");
	}
	for (int i = 0; i < threads; i++) {
		pthread_join(runners[i].thread, NULL);
		count += runners[i].count;
	}
	printf("%.1f", count / ((now() - begun) / 1e9));
	free(runners);
}

void exit_notice(const char *program, const char *gate, int count)
{
	const char *argv[] = { program, gate, NULL };
	int poll = epoll_create1(EPOLL_CLOEXEC);

	for (int i = 0; i < count; i++) {
		int writer = open(gate, O_RDWR | O_CLOEXEC);
		struct child child = bear(argv, -1, -1);
		struct epoll_event event = { .events = EPOLLIN };
		int64_t begun;

		if (writer < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, child.pidfd, &event) != 0)
			die("epoll_ctl");
		/* by then the child waits: it has nothing else to do */
		usleep(2000);
		begun = now();
		close(writer);
		if (epoll_wait(poll, &event, 1, -1) != 1)
			die("epoll_wait");
		epoll_ctl(poll, EPOLL_CTL_DEL, child.pidfd, NULL);
		end_of(&child);
		printf("%ld ", (long)(now() - begun));
	}
	close(poll);
}

void open_descriptors(int count)
{
	for (int i = 0; i < count; i++)
		if (open("/dev/null", O_RDONLY | O_CLOEXEC) < 0)
			die("open");
	printf("%d", count);
}
