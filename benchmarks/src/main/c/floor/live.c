/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "floor.h"

static long resident_kib(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long pages = 0;

	if (!file || fscanf(file, "%*d %ld", &pages) != 1)
		die("statm");
	fclose(file);
	return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

/* seconds until all are started, threads added, descriptors and KiB a child, seconds until all ends are noticed */
void live_children(const char *program, const char *gate, int count)
{
	const char *argv[] = { program, gate, NULL };
	struct child *children = calloc(count, sizeof(*children));
	int poll = epoll_create1(EPOLL_CLOEXEC);
	int writer = open(gate, O_RDWR | O_CLOEXEC);
	int descriptors = count_descriptors();
	long resident = resident_kib();
	int64_t begun = now(), started, closed;
	double each, kib;
	int left = count;

	for (int i = 0; i < count; i++) {
		struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

		children[i] = bear(argv, -1, -1);
		if (epoll_ctl(poll, EPOLL_CTL_ADD, children[i].pidfd, &event) != 0)
			die("epoll_ctl");
	}
	started = now();
	each = (count_descriptors() - descriptors) / (double)count;
	kib = (resident_kib() - resident) / (double)count;
	closed = now();
	close(writer);
	while (left > 0) {
		struct epoll_event events[64];
		int ready = epoll_wait(poll, events, 64, -1);

		for (int i = 0; i < ready; i++) {
			struct child *child = &children[events[i].data.u32];

			epoll_ctl(poll, EPOLL_CTL_DEL, child->pidfd, NULL);
			end_of(child);
			left--;
		}
	}
	printf("%.4f 0 %.3f %.3f %.4f", (started - begun) / 1e9, each, kib, (now() - closed) / 1e9);
	close(poll);
	free(children);
}
