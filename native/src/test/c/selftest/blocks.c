/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request and all that it points to in one block of memory, as callers that
 * trust nobody lay it: between two pages that must not be touched.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness.h"

#define EVERY_ATTRIBUTE (2 * (uint32_t)SUBPROCESS_ATTRIBUTE_PROGRAM_FILE - 1)

static size_t page;
static unsigned char *block;
static size_t used;
static struct subprocess_request *request;
static struct subprocess_result result;
static int32_t numbers[3];
static int folder;
static int program;

static void *place(const void *content, size_t size)
{
	void *where = block + used;

	memcpy(where, content, size);
	used += (size + 7) & ~(size_t)7;
	return where;
}

static uint64_t place_string(const char *string)
{
	return (uintptr_t)place(string, strlen(string) + 1);
}

static uint64_t place_list(const char *first, const char *second)
{
	uint64_t list[3] = {place_string(first), second != NULL ? place_string(second) : 0, 0};

	return (uintptr_t)place(list, sizeof(list));
}

/* What this machine refuses of it is a warning. */
static void ask_for_everything(void)
{
	const struct subprocess_limit limits[] = {{.soft = 0, .hard = 0, .resource = 4},
						  {.soft = 100, .hard = 100, .resource = 7}};
	const uint64_t affinity[] = {UINT64_MAX, UINT64_MAX};
	const uint32_t groups[] = {1, 2, 3};
	const struct subprocess_rule rules[] = {{.path = place_string("/"), .access = 1},
						{.path = place_string("/"), .access = 1}};

	request->attributes = EVERY_ATTRIBUTE;
	request->best_effort = EVERY_ATTRIBUTE & ~(uint32_t)SUBPROCESS_ATTRIBUTE_PROGRAM_FILE;
	request->session = SUBPROCESS_SESSION_NEW;
	request->cgroup = folder;
	request->limit_count = LENGTH(limits);
	request->limits = (uintptr_t)place(limits, sizeof(limits));
	request->affinity = (uintptr_t)place(affinity, sizeof(affinity));
	request->affinity_size = sizeof(affinity);
	request->nice = 1;
	request->oom_score = 10;
	request->umask = 022;
	request->groups = (uintptr_t)place(groups, sizeof(groups));
	request->group_count = LENGTH(groups);
	request->group_id = getegid();
	request->user_id = geteuid();
	request->death_signal = 9;
	request->handled_files = 1;
	request->rules = (uintptr_t)place(rules, sizeof(rules));
	request->rule_count = LENGTH(rules);
	request->filter = (uintptr_t)place(&allow_everything, sizeof(allow_everything));
	request->filter_length = 1;
	request->program_file = program;
}

static void lay_block(bool with_everything)
{
	const struct subprocess_descriptor descriptors[] = {{0, 0}, {numbers[0], 9}};

	memset(block, 0, page);
	used = 0;
	request = place(&(struct subprocess_request){.size = sizeof(*request)}, sizeof(*request));
	request->flags = way.flags;
	request->mechanism = way.mechanism;
	request->closing = way.closing;
	request->extent = page;
	request->programs = place_list(public_fixture("exit_with"), NULL);
	request->argv = place_list("exit_with", "0");
	request->envp = place_list("A=1", NULL);
	request->working_directory = place_string("/");
	request->descriptors = (uintptr_t)place(descriptors, sizeof(descriptors));
	request->descriptor_count = LENGTH(descriptors);
	request->room = (uintptr_t)place(numbers, sizeof(numbers));
	request->room_count = LENGTH(numbers);
	if (with_everything)
		ask_for_everything();
	result = (struct subprocess_result){.size = sizeof(result)};
}

static void open_numbers(void)
{
	page = (size_t)sysconf(_SC_PAGESIZE);
	block = mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	block += page;
	mprotect(block, page, PROT_READ | PROT_WRITE);
	for (size_t index = 0; index < LENGTH(numbers); index++)
		numbers[index] = fcntl(0, F_DUPFD_CLOEXEC, 20);
	folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	program = open(public_fixture("exit_with"), O_PATH | O_CLOEXEC);
}

static void close_numbers(void)
{
	for (size_t index = 0; index < LENGTH(numbers); index++)
		close(numbers[index]);
	close(folder);
	close(program);
	munmap(block - page, 3 * page);
}

/* True when the program ran. */
static bool start(void)
{
	struct subprocess_exit exit = {.size = sizeof(exit)};

	if (core.spawn(request, &result) != 0)
		return false;
	if (core.wait(result.pidfd, 0, &exit) != 1)
		ok(false, "no exit to be had");
	close(result.pidfd);
	return true;
}

static bool is_refused(uint32_t detail, int error)
{
	int32_t returned;

	result = (struct subprocess_result){.size = sizeof(result)};
	returned = core.spawn(request, &result);
	if (returned == -error && result.step == SUBPROCESS_STEP_REQUEST && result.detail == detail &&
	    result.error == error)
		return true;
	show(&(struct trial){.returned = returned, .result = result});
	return false;
}

#define POINTER(name, size, size_of_all, may_be_zero) {#name, MEMBER(name), size, size_of_all, may_be_zero}

static const struct pointer {
	const char *name;
	uint32_t member;
	uint32_t alignment;
	uint32_t least; /* bytes that must lie in the block */
	bool may_be_zero;
} pointers[] = {
	POINTER(descriptors, 4, 16, false),
	POINTER(programs, 8, 16, false),
	POINTER(argv, 8, 16, false),
	POINTER(envp, 8, 8, false),
	POINTER(working_directory, 1, 1, true),
	POINTER(room, 4, 12, false),
	POINTER(limits, 8, 48, false),
	POINTER(affinity, 8, 16, false),
	POINTER(groups, 4, 12, false),
	POINTER(rules, 8, 48, false),
	POINTER(filter, 4, 8, false),
};

static uint64_t *pointer_to(const struct pointer *pointer)
{
	return (uint64_t *)(void *)((unsigned char *)request + pointer->member);
}

static void mislay_pointers(void)
{
	const uint64_t start_of_block = (uintptr_t)block;

	for (const struct pointer *pointer = pointers; pointer < pointers + LENGTH(pointers); pointer++) {
		const uint64_t end = start_of_block + page;
		const uint64_t wrong[] = {
			start_of_block - 8, /* before the block */
			end,
			end + 8,
			end - pointer->least + pointer->alignment, /* its last part lies outside */
			UINT64_MAX & ~UINT64_C(7),
			UINT64_C(1) << 63,
			8,
			0,
		};
		int right = 0;

		lay_block(true);
		for (size_t index = 0; index < LENGTH(wrong); index++) {
			if (wrong[index] == 0 && pointer->may_be_zero) {
				right++;
				continue;
			}
			*pointer_to(pointer) = wrong[index];
			right += is_refused(pointer->member, EINVAL);
		}
		ok(right == LENGTH(wrong), "%s elsewhere is refused: %d of %zu", pointer->name, right, LENGTH(wrong));
		if (pointer->alignment == 1)
			continue;
		lay_block(true);
		*pointer_to(pointer) += 1;
		ok(is_refused(pointer->member, EINVAL), "%s out of line is refused", pointer->name);
	}
}

static void mislay_strings(void)
{
	static const char *const names[] = {"programs", "argv", "envp"};
	static const uint32_t members[] = {MEMBER(programs), MEMBER(argv), MEMBER(envp)};
	const uint64_t wrong[] = {(uintptr_t)block - 1, (uintptr_t)block + page, 1, UINT64_MAX};

	for (size_t list = 0; list < LENGTH(members); list++) {
		int right = 0;

		for (size_t index = 0; index < LENGTH(wrong); index++) {
			uint64_t *entries;

			lay_block(true);
			entries = (uint64_t *)(uintptr_t)*(uint64_t *)(void *)(block + members[list]);
			entries[index % 2] = wrong[index];
			right += is_refused(members[list], EINVAL);
		}
		ok(right == LENGTH(wrong), "a string of %s elsewhere is refused: %d", names[list], right);

		lay_block(true);
		{
			/* the last byte of an address is 0, so this block ends as a block must */
			uint64_t *last = (uint64_t *)(void *)(block + page) - 2;

			last[0] = last[1] = (uintptr_t)block + sizeof(*request);
			*(uint64_t *)(void *)(block + members[list]) = (uintptr_t)last;
		}
		ok(is_refused(members[list], EINVAL), "%s without an end is refused", names[list]);
	}
}

static void break_extents(void)
{
	const uint64_t wrong[] = {1, sizeof(*request) - 1, UINT64_C(1) << 63, UINT64_MAX,
				  UINT64_MAX - (uintptr_t)block};
	int right = 0;

	for (size_t index = 0; index < LENGTH(wrong); index++) {
		lay_block(true);
		request->extent = wrong[index];
		right += is_refused(MEMBER(extent), EINVAL);
	}
	ok(right == LENGTH(wrong), "an extent that cannot be is refused: %d", right);
	lay_block(true);
	block[page - 1] = 'x';
	ok(is_refused(MEMBER(extent), EINVAL), "a block whose last string does not end is refused");
	lay_block(true);
	request->extent = sizeof(*request);
	block[sizeof(*request) - 1] = 0;
	ok(is_refused(MEMBER(descriptors), EINVAL), "a block that ends before its lists is refused");
}

/* The pages beyond are not to be read to find out what they hold. */
static void outgrow_block(const void *argument)
{
	const uint32_t sizes[] = {(uint32_t)page - 8 + 1, (uint32_t)page, INT32_MAX, UINT32_MAX};

	(void)argument;
	for (size_t index = 0; index < LENGTH(sizes); index++) {
		lay_block(false);
		memset(block + sizeof(*request), 0, page - sizeof(*request));
		request->extent = page - 8;
		request->size = sizes[index];
		ok(is_refused(MEMBER(extent), EINVAL), "a request of %u bytes, larger than its block, is refused",
		   sizes[index]);
	}
}

/* Who gets as far as to a pipe or to a child is killed. */
static void refuse_blocks(const void *argument)
{
	static const struct rule rules[] = {{SYS_clone, KILL, ALWAYS},
					    {SYS_clone3, KILL, ALWAYS},
					    {SYS_pipe2, KILL, ALWAYS},
					    {SYS_dup3, KILL, ALWAYS}};
	struct inventory before = take_inventory();

	if (argument != NULL)
		install_rules(rules, LENGTH(rules));
	mislay_pointers();
	mislay_strings();
	break_extents();
	check_nothing_is_left(before);
}

/* Emulators lack execveat: there the path names the program. */
static void lay_block_to_start(void)
{
	lay_block(true);
	if (getenv("SELFTEST_EMULATOR") == NULL)
		return;
	request->attributes &= ~(uint32_t)SUBPROCESS_ATTRIBUTE_PROGRAM_FILE;
	request->program_file = 0;
}

static void hold_to_blocks(void)
{
	open_numbers();
	public_fixture("exit_with");
	lay_block(false);
	ok(start() && result.warning_count == 0, "a block with little in it starts a program");
	lay_block_to_start();
	ok(start(), "a block with everything in it starts a program");
	lay_block_to_start();
	*(uint64_t *)(uintptr_t)request->envp = (uintptr_t)block + page - 1;
	ok(start(), "a string may be the last byte of the block");
	if (find_obstacle(NEEDS_SECCOMP) != NULL)
		skip(find_obstacle(NEEDS_SECCOMP), "refused before anything else happens");
	run_in_sandbox(refuse_blocks, find_obstacle(NEEDS_SECCOMP) == NULL ? "kill" : NULL);
	run_in_sandbox(outgrow_block, NULL);
	close_numbers();
}

#define WORD(name) {#name, MEMBER(name), sizeof(((struct subprocess_request *)0)->name)}

static const struct word {
	const char *name;
	uint32_t member;
	uint32_t size;
} words[] = {
	WORD(size),
	WORD(flags),
	WORD(mechanism),
	WORD(closing),
	WORD(session),
	WORD(process_group),
	WORD(descriptor_count),
	WORD(close_bound),
	WORD(descriptors),
	WORD(programs),
	WORD(argv),
	WORD(envp),
	WORD(working_directory),
	WORD(default_signals),
	WORD(extent),
	WORD(attributes),
	WORD(best_effort),
	WORD(room),
	WORD(room_count),
	WORD(controlling_terminal),
	WORD(cgroup),
	WORD(limit_count),
	WORD(limits),
	WORD(affinity),
	WORD(affinity_size),
	WORD(nice),
	WORD(oom_score),
	WORD(umask),
	WORD(groups),
	WORD(group_count),
	WORD(group_id),
	WORD(user_id),
	WORD(death_signal),
	WORD(rules),
	WORD(handled_files),
	WORD(handled_ports),
	WORD(scoped),
	WORD(filter),
	WORD(rule_count),
	WORD(filter_length),
	WORD(program_file),
	WORD(unused),
};

static uint64_t next_random(void)
{
	static uint64_t state = 88172645463325252;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void corrupt(const struct word *word, uint64_t value)
{
	memcpy((unsigned char *)request + word->member, &value, word->size);
}

/* A block that is smaller than it says of itself, or a machine that can do less, is the caller's to answer for. */
static bool is_a_lie(const struct word *word, uint64_t value)
{
	const uint32_t known = SUBPROCESS_CAN_SHARE_MEMORY | SUBPROCESS_CAN_SHARE_TABLE | SUBPROCESS_CAN_LACK_PIDFD;

	if (word->member == MEMBER(flags))
		return ((uint32_t)value & ~known) == 0 && ((uint32_t)value & ~capabilities) != 0;
	return word->member == MEMBER(extent) && value > page && value <= INT64_MAX;
}

static bool is_refusal(void)
{
	return result.step == SUBPROCESS_STEP_REQUEST &&
	       (result.error == EINVAL || result.error == EBADF || result.error == E2BIG);
}

static void corrupt_words(bool with_everything)
{
	const uint64_t nasty[] = {
		/* small, and at the edges of both sizes of word; last an address in the block */
		0, 1, 2, 3, 5, 64, 255, 0x10000, INT32_MAX, 1U << 31, UINT32_MAX - 1, UINT32_MAX,
		UINT64_C(1) << 32, INT64_MAX, UINT64_MAX, (uintptr_t)block + 8,
	};
	const size_t rounds = LENGTH(nasty) + 16;
	const struct inventory before = take_inventory();

	for (const struct word *word = words; word < words + LENGTH(words); word++) {
		int started = 0;
		int refused = 0;
		int failed = 0;
		int strange = 0;

		for (size_t round = 0; round < rounds; round++) {
			uint64_t value = round < LENGTH(nasty) ? nasty[round] : next_random() >> (next_random() % 64);

			if (is_a_lie(word, value))
				continue;
			lay_block(with_everything);
			corrupt(word, value);
			if (start()) {
				started++;
			} else if (is_refusal()) {
				refused++;
			} else if (result.error > 0 && (result.step >= SUBPROCESS_STEP_DESCRIPTORS ||
							result.step == SUBPROCESS_STEP_LANDLOCK_RULES)) {
				failed++;
			} else {
				show(&(struct trial){.returned = -result.error, .result = result});
				strange++;
			}
		}
		ok(strange == 0, "%s: with %d values the program runs, %d are refused, %d fail later",
		   word->name, started, refused, failed);
	}
	check_nothing_is_left(before);
}

static void corrupt_sparingly(const void *argument)
{
	(void)argument;
	corrupt_words(false);
}

static void corrupt_everything(const void *argument)
{
	(void)argument;
	corrupt_words(true);
}

static void corrupt_blocks(void)
{
	uint32_t size = 0;

	for (const struct word *word = words; word < words + LENGTH(words); word++)
		size += word->size;
	ok(size == sizeof(struct subprocess_request), "no member is forgotten: %u bytes", size);
	open_numbers();
	public_fixture("exit_with");
	run_in_sandbox(corrupt_sparingly, NULL);
	run_in_sandbox(corrupt_everything, NULL);
	close_numbers();
}

void test_blocks(void)
{
	run_case_in_each_mechanism("blocks", hold_to_blocks);
	run_case("corruption", corrupt_blocks);
	way.mechanism = SUBPROCESS_MECHANISM_FORK;
	run_case("corruption", corrupt_blocks);
	way.mechanism = SUBPROCESS_MECHANISM_AUTO;
}
