/* SPDX-License-Identifier: Apache-2.0 */
/* Results, cases, and what each of them leaves. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define DESCRIPTORS_LOOKED_AT 4096

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
	static const char *const closings[] = {"auto", "close_range", "proc", "loop", "none", "unshare"};
	static char name[32];

	snprintf(name, sizeof(name), "%s/%s/%u", mechanisms[way.mechanism], closings[way.closing], way.flags);
	return name;
}

bool table_is_shared(void)
{
	return (way.flags & SUBPROCESS_CAN_SHARE_TABLE) && way.mechanism != SUBPROCESS_MECHANISM_FORK &&
	       (way.closing == SUBPROCESS_CLOSING_AUTO || way.closing == SUBPROCESS_CLOSING_UNSHARE);
}

bool error_pipe_is_made(void)
{
	return !(way.flags & SUBPROCESS_CAN_SHARE_MEMORY) || way.mechanism == SUBPROCESS_MECHANISM_FORK;
}

static void add_to_sum(struct inventory *inventory, uint64_t value)
{
	inventory->sum = (inventory->sum ^ value) * UINT64_C(0x100000001b3);
}

struct inventory take_inventory(void)
{
	return take_inventory_below(DESCRIPTORS_LOOKED_AT);
}

struct inventory take_inventory_below(int bound)
{
	struct inventory inventory = {0, UINT64_C(0xcbf29ce484222325)};

	for (int fd = 0; fd < bound; fd++) {
		int flags = fcntl(fd, F_GETFD);
		struct identity identity;

		if (flags < 0)
			continue;
		identity = identify(fd);
		inventory.count++;
		add_to_sum(&inventory, (uint64_t)fd);
		add_to_sum(&inventory, (uint64_t)flags);
		add_to_sum(&inventory, (uint64_t)fcntl(fd, F_GETFL));
		add_to_sum(&inventory, identity.device);
		add_to_sum(&inventory, identity.inode);
	}
	return inventory;
}

static bool has_children(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) == 0 || errno != ECHILD;
}

void check_nothing_is_left(struct inventory before)
{
	struct inventory after = take_inventory();
	bool child = has_children();

	ok(before.sum == after.sum && !child, "nothing is left: %d descriptors before, %d after%s%s", before.count,
	   after.count, before.sum == after.sum ? "" : ", and not the same", child ? ", and a child" : "");
}

void run_case(const char *name, void (*function)(void))
{
	char title[128];
	struct inventory before = take_inventory();

	snprintf(title, sizeof(title), "%s (%s)", name, way_name());
	case_name = title;
	alarm(60);
	function();
	check_nothing_is_left(before);
	case_name = "";
}

static bool is_possible(struct way asked)
{
	if (asked.closing == SUBPROCESS_CLOSING_NONE)
		return false;
	return asked.closing != SUBPROCESS_CLOSING_UNSHARE ||
	       (asked.mechanism == SUBPROCESS_MECHANISM_VFORK && (asked.flags & SUBPROCESS_CAN_SHARE_TABLE));
}

static void run_case_in_ways(const char *name, void (*function)(void), uint32_t first, uint32_t last)
{
	const uint32_t flags[] = {0, capabilities};
	const struct way before = way;

	for (uint32_t mechanism = 1; mechanism <= 2; mechanism++) {
		for (size_t index = 0; index < (capabilities != 0 ? 2 : 1); index++) {
			for (uint32_t closing = first; closing <= last; closing++) {
				way = (struct way){mechanism, closing, flags[index]};
				if (is_possible(way))
					run_case(name, function);
			}
		}
	}
	way = before;
}

void run_case_in_each_mechanism(const char *name, void (*function)(void))
{
	run_case_in_ways(name, function, SUBPROCESS_CLOSING_AUTO, SUBPROCESS_CLOSING_AUTO);
}

void run_case_in_all_ways(const char *name, void (*function)(void))
{
	run_case_in_ways(name, function, SUBPROCESS_CLOSING_CLOSE_RANGE, SUBPROCESS_CLOSING_UNSHARE);
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
		fflush(stdout);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		ok(false, "the sandbox ended with status %#x", status);
}
