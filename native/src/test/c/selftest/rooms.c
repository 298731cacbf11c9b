/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a child needs of the table that it shares may lie high. Then it is lent a
 * low number of the room, or if there is none everything below comes along; what
 * the program gets is the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define HIGH 20000
#define SOFT 256
#define SMALL_TABLE 256

static int32_t room[6];

/* The lowest free numbers, so that what lies above may stay high. */
static void make_room(void)
{
	room[0] = memfd_create("room", MFD_CLOEXEC);
	for (size_t index = 1; index < LENGTH(room); index++)
		room[index] = fcntl(room[0], F_DUPFD_CLOEXEC, 3);
}

static bool is_room_given_back(void)
{
	struct identity first = identify(room[0]);

	for (size_t index = 0; index < LENGTH(room); index++) {
		struct identity entry = identify(room[index]);

		if (entry.inode != first.inode || entry.device != first.device ||
		    fcntl(room[index], F_GETFD) != FD_CLOEXEC)
			return false;
	}
	return true;
}

static void give_room(struct trial *trial, uint32_t count)
{
	trial->request.room = (uintptr_t)room;
	trial->request.room_count = count;
}

/* Starts a program that stops itself, with what was mapped, in a table of at most so many slots; 0: any. */
static void expect_in(struct trial *trial, unsigned slots, const char *what, uint32_t rooms)
{
	struct identity sources[16];
	bool right;

	for (uint32_t index = 0; index < trial->request.descriptor_count; index++)
		sources[index] = identify(trial->descriptors[index].source);
	give_room(trial, rooms);
	if (rooms == 0)
		trial->request.room = 0;
	add_argument(trial, "19");
	if (!attempt(trial)) {
		show(trial);
		ok(false, "%s, room for %u: starts", what, rooms);
		return;
	}
	wait_for_stop(trial->result.pid);
	right = has_targets(trial, sources, 3);
	ok(right && (slots == 0 || slots_of(trial->result.pid) <= slots), "%s, room for %u: a table of %u slots", what,
	   rooms, slots_of(trial->result.pid));
	kill_trial(trial);
	ok(is_room_given_back(), "%s, room for %u: all of it is given back", what, rooms);
}

static void live_high(const void *argument)
{
	/* where nothing is lent it makes no difference */
	static const uint32_t rooms[] = {LENGTH(room), 0, 1, 2, 3};
	const size_t rounds = table_is_shared() ? LENGTH(rooms) : 1;
	int high = allow_descriptors(HIGH + 100) - 100;
	struct trial trial;
	struct inventory before;

	(void)argument;
	make_room();
	/* no number is left for the error pipe below */
	for (int fd = lowest_free(); fd < high; fd++)
		dup3(room[0], fd, O_CLOEXEC);
	for (int fd = high; fd < high + 4; fd++)
		place_pipe(fd);
	before = take_inventory_below(high + DESCRIPTORS_KEPT);
	for (size_t index = 0; index < rounds; index++) {
		bool is_enough = table_is_shared() && rooms[index] == LENGTH(room);

		prepare(&trial, fixture("kill_self"));
		map(&trial, high, 10);
		map(&trial, high + 1, 11);
		map(&trial, room[2], 12);
		if (rooms[index] > 2)
			trial.descriptors[2].source = high + 2;
		expect_in(&trial, is_enough ? SMALL_TABLE : 0, "high sources", rooms[index]);

		prepare(&trial, fixture("kill_self"));
		map(&trial, high, high);
		map(&trial, high + 1, high + 2);
		map(&trial, high + 2, high + 1);
		map(&trial, high + 3, high + 50);
		expect_in(&trial, 0, "high targets", rooms[index]);

		prepare(&trial, fixture("kill_self"));
		map(&trial, high, high + 4);
		map(&trial, high, high + 5);
		map(&trial, high, room[1]);
		map(&trial, high + 1, room[3]);
		expect_in(&trial, 0, "targets in the way of the error pipe and of the room", rooms[index]);

		limit_descriptors(SOFT);
		prepare(&trial, fixture("kill_self"));
		map(&trial, high, high);
		map(&trial, high + 1, 9);
		for (int fd = 200; fd < 206; fd++)
			close(fd);
		expect_in(&trial, 0, "kept above the limit", rooms[index]);
		limit_descriptors((uint64_t)high + 100);
		for (int fd = 200; fd < 206; fd++)
			dup3(room[0], fd, O_CLOEXEC);

		prepare(&trial, "/nowhere/program");
		map(&trial, high, 10);
		give_room(&trial, LENGTH(room));
		attempt(&trial);
		ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT) && is_room_given_back(),
		   "room is given back after a failure");
	}
	ok(take_inventory_below(high + DESCRIPTORS_KEPT).sum == before.sum, "and the table is what it was");
}

static void bear_high(void)
{
	run_in_sandbox(live_high, NULL);
}

static bool is_locked(int fd)
{
	int status = 1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

		_exit(fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK);
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

static void fail_to_unshare(const void *argument)
{
	static const struct rule rules[] = {{SYS_close_range, ENOMEM, IF_UNSHARES}};
	const int fd = *(const int *)argument;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct trial trial;

	fcntl(fd, F_SETLK, &lock);
	prepare(&trial, fixture("exit_with"));
	install_rules(rules, LENGTH(rules));
	attempt(&trial);
	finish(&trial);
	ok(is_locked(fd), "nor by a child that never left the table");
}

/* A lock belongs to a table: who closes any descriptor of the file in it gives the lock up. */
static void lend_locked(const void *argument)
{
	const int high = allow_descriptors(2000) - 500;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct trial trial;

	(void)argument;
	make_room();
	place_file(high);
	ok(fcntl(high, F_SETLK, &lock) == 0 && is_locked(high), "a file is locked");
	prepare(&trial, fixture("kill_self"));
	map(&trial, high, 9);
	expect_in(&trial, 0, "a locked file", LENGTH(room));
	ok(is_locked(high), "the lock is not given up by lending a number");
	prepare(&trial, "/nowhere/program");
	map(&trial, high, 9);
	attempt(&trial);
	ok(is_locked(high), "nor by a child that has descriptors of the file");
}

static void keep_locks(void)
{
	int fd = memfd_create("lock", 0);

	run_in_sandbox(lend_locked, NULL);
	if (find_obstacle(NEEDS_SECCOMP) == NULL)
		run_in_sandbox(fail_to_unshare, &fd);
	close(fd);
}

/* The child never leaves the table on which it was lent numbers. */
static void lend_in_vain(const void *argument)
{
	static const struct rule rules[] = {{SYS_close_range, ENOMEM, IF_UNSHARES}};
	struct trial trial;
	const int high = allow_descriptors(2000) - 500;
	char *before;

	(void)argument;
	make_room();
	place_pipe(high);
	install_rules(rules, LENGTH(rules));
	before = take_snapshot();
	prepare(&trial, fixture("kill_self"));
	trial.request.closing = SUBPROCESS_CLOSING_UNSHARE;
	map(&trial, high, 10);
	give_room(&trial, LENGTH(room));
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_TABLE, 0, ENOMEM) && is_room_given_back(),
	   "room is given back when the table cannot be left");

	prepare(&trial, fixture("kill_self"));
	map(&trial, high, 10);
	expect_in(&trial, 0, "a second birth without sharing", LENGTH(room));
	ok(trial.result.closing == SUBPROCESS_CLOSING_CLOSE_RANGE, "and closing says so");

	limit_descriptors(4);
	prepare(&trial, fixture("exit_with"));
	map(&trial, high, 1);
	give_room(&trial, LENGTH(room));
	attempt(&trial);
	ok(failed_as(&trial, error_pipe_is_made() ? SUBPROCESS_STEP_ERROR_PIPE : SUBPROCESS_STEP_BIRTH, 0, EMFILE) &&
		   is_room_given_back(),
	   "room is left alone when nothing is born");
	limit_descriptors((uint64_t)high + DESCRIPTORS_KEPT);
	ok(is_unchanged(before), "and the table is what it was");
}

/* Room above the limit on open files cannot be lent: the numbers are then what they are. */
static void lend_beyond_limit(const void *argument)
{
	const int high = allow_descriptors(2000) - 500;
	struct trial trial;

	(void)argument;
	place_pipe(high);
	room[0] = memfd_create("room", MFD_CLOEXEC);
	for (size_t index = 1; index < LENGTH(room); index++)
		room[index] = fcntl(room[0], F_DUPFD_CLOEXEC, 100);
	limit_descriptors(50);
	prepare(&trial, fixture("kill_self"));
	map(&trial, high, 10);
	expect_in(&trial, 0, "above the limit", LENGTH(room));
}

static void lend_numbers(void)
{
	if (find_obstacle(NEEDS_SECCOMP) != NULL)
		skip(find_obstacle(NEEDS_SECCOMP), "lent in vain");
	else if (find_obstacle(NEEDS_SHARED_TABLE) == NULL)
		run_in_sandbox(lend_in_vain, NULL);
	run_in_sandbox(lend_beyond_limit, NULL);
}

void test_rooms(void)
{
	run_case_in_all_ways("high numbers", bear_high);
	run_case_in_each_mechanism("locks", keep_locks);
	run_case_in_each_mechanism("room", lend_numbers);
}
