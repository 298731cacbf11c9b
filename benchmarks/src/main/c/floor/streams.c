/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "floor.h"

#define READ_PIPE (256 << 10)
#define CAT_PIPE (1 << 20)

/* GB/s, and seconds of processor time a GB */
void read_output(const char *program, const char *mebibytes)
{
	const char *argv[] = { program, mebibytes, NULL };
	double processor = processor_seconds();
	int64_t begun = now();
	int ends[2];
	struct child child;
	double gigabytes;

	make_pipe(ends, READ_PIPE);
	child = bear(argv, -1, ends[1]);
	close(ends[1]);
	gigabytes = read_all(ends[0], READ_PIPE) / 1e9;
	close(ends[0]);
	end_of(&child);
	printf("%.4f %.4f", gigabytes / ((now() - begun) / 1e9), (processor_seconds() - processor) / gigabytes);
}

struct writer {
	int descriptor;
	int64_t left;
};

static void *write_all(void *argument)
{
	static char piece[READ_PIPE];
	struct writer *writer = argument;

	while (writer->left > 0) {
		ssize_t count = write(writer->descriptor, piece,
				      writer->left < READ_PIPE ? (size_t)writer->left : READ_PIPE);

		if (count <= 0)
			die("write");
		writer->left -= count;
	}
	close(writer->descriptor);
	return NULL;
}

void both_ways(int mebibytes)
{
	static const char *const argv[] = { "/bin/cat", NULL };
	int64_t bytes = (int64_t)mebibytes << 20;
	int64_t begun = now();
	int to[2], from[2];
	struct writer writer;
	pthread_t thread;
	struct child child;

	make_pipe(to, CAT_PIPE);
	make_pipe(from, CAT_PIPE);
	child = bear(argv, to[0], from[1]);
	close(to[0]);
	close(from[1]);
	writer.descriptor = to[1];
	writer.left = bytes;
	if (pthread_create(&thread, NULL, write_all, &writer) != 0)
		die("pthread_create");
	if (read_all(from[0], READ_PIPE) != bytes)
		die("cat has lost bytes");
	close(from[0]);
	pthread_join(thread, NULL);
	end_of(&child);
	printf("%.4f", bytes / 1e9 / ((now() - begun) / 1e9));
}
