/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The floor: what the kernel itself takes for each figure. clone(CLONE_VM | CLONE_VFORK),
 * execve, a pidfd, and nothing else: no other descriptors are closed, no signals reset.
 */
#ifndef BENCHMARKS_FLOOR_H
#define BENCHMARKS_FLOOR_H

#include <stddef.h>
#include <stdint.h>

struct child {
	int pid;
	int pidfd;
};

/* birth.c: what becomes standard input and output; -1 leaves them as they are */
struct child bear(const char *const *argv, int in, int out);
int end_of(struct child *child);

/* clock.c */
int64_t now(void);
double processor_seconds(void);
void die(const char *what);

/* pipes.c */
void make_pipe(int ends[2], int bytes);
int64_t read_all(int descriptor, size_t piece);

/* the figures: each prints its numbers, separated by spaces */
void spawn_latency(const char *program, int count, int and_wait);
void captured_output(const char *program, int count);
void throughput(const char *program, int threads, int seconds_in_tenths);
void exit_notice(const char *program, const char *gate, int count);
void read_output(const char *program, const char *mebibytes);
void both_ways(int mebibytes);
void live_children(const char *program, const char *gate, int count);
void open_descriptors(int count);

#endif
