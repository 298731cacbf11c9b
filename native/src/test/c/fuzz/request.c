/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arbitrary bytes as the block of a request: nothing outside of it may be read,
 * neither by the check nor by who relies on it afterwards. The block is as large
 * as its extent says, to the byte, and the address sanitizer watches its ends.
 *
 * Addresses in the bytes count from the start of the block, so that many are
 * valid: a word below twice its size is one. What the bytes say of their own
 * extent is replaced by the truth; a request that ends before it says nothing,
 * and its addresses would be believed.
 *
 * Without libFuzzer, and with STANDALONE defined, a loop of its own mutates with
 * a fixed seed: request [seconds].
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "birth.h"

int dup3(int, int, int);
int memfd_create(const char *, unsigned);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MEMBER(name) offsetof(struct subprocess_request, name)
#define SMALLEST (MEMBER(extent) + sizeof(uint64_t))
#define LARGEST 2048

#define FIRST_NUMBER 10
#define NUMBERS 6
#define HIGH_NUMBER 500
#define ERROR_PIPE 501
#define CLOEXEC 02000000

static const size_t pointers[] = {
	MEMBER(descriptors), MEMBER(programs),		MEMBER(argv),	  MEMBER(envp),	 MEMBER(room),
	MEMBER(limits),	     MEMBER(working_directory), MEMBER(affinity), MEMBER(groups),
	MEMBER(rules),	     MEMBER(filter)};

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "broken: %s\n", what);
	abort();
}

/* The descriptors that a request may name: some low, one high. */
static void open_numbers(void)
{
	static bool open;
	int file;

	if (open)
		return;
	file = memfd_create("fuzz", 1);
	for (int fd = FIRST_NUMBER; fd < FIRST_NUMBER + NUMBERS; fd++)
		dup3(file, fd, CLOEXEC);
	dup3(file, HIGH_NUMBER, CLOEXEC);
	dup3(file, ERROR_PIPE, CLOEXEC);
	open = true;
}

static void rebase(uint8_t *block, size_t size, size_t place)
{
	uint64_t word;

	if (place + sizeof(word) > size)
		return;
	memcpy(&word, block + place, sizeof(word));
	if (word != 0 && word < 2 * size)
		word += (uintptr_t)block;
	memcpy(block + place, &word, sizeof(word));
}

static void rebase_all(uint8_t *block, size_t size)
{
	for (size_t index = 0; index < sizeof(pointers) / sizeof(pointers[0]); index++)
		rebase(block, size, pointers[index]);
	for (size_t place = sizeof(struct subprocess_request); place < size; place += sizeof(uint64_t))
		rebase(block, size, place);
}

static volatile uint64_t sum;

static void touch(const void *memory, size_t size)
{
	const uint8_t *bytes = memory;

	for (size_t index = 0; index < size; index++)
		sum += bytes[index];
}

static void touch_list(const char *const *list)
{
	for (; *list != NULL; list++)
		sum += strlen(*list);
}

/* What the child reads. */
static void touch_all(const struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;

	touch(birth->descriptors, request->descriptor_count * sizeof(*birth->descriptors));
	touch(birth->room, request->room_count * sizeof(*birth->room));
	touch(birth->limits, request->limit_count * sizeof(*birth->limits));
	touch(birth->affinity, request->affinity_size);
	touch(birth->groups, request->group_count * sizeof(*birth->groups));
	touch(birth->filter, request->filter_length * sizeof(*birth->filter));
	for (uint32_t index = 0; index < request->rule_count; index++) {
		if (birth->rules[index].path != 0)
			sum += strlen((const char *)(uintptr_t)birth->rules[index].path);
	}
	touch_list(birth->programs);
	touch_list(birth->argv);
	touch_list(birth->envp);
	if (birth->working_directory != NULL)
		sum += strlen(birth->working_directory);
}

/* Whatever was lent and whatever was not, the child finds all that it needs below the bound. */
static void check_sharing(struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;
	const uint32_t count = request->descriptor_count;

	birth->error_pipe = ERROR_PIPE;
	birth->lent_numbers = 0;
	share_table(birth);
	require((uint32_t)birth->error_pipe < birth->table_bound, "the error pipe lies above the bound");
	require(birth->cgroup < (int32_t)birth->table_bound, "the cgroup lies above the bound");
	require(birth->program_file < (int32_t)birth->table_bound, "the program lies above the bound");
	for (uint32_t index = 0; index < count; index++)
		require((uint32_t)birth->sources[index] < birth->table_bound, "a source lies above the bound");
	require(birth->lent_numbers == 0 || birth->lent_numbers < request->room_count, "more was lent than there is");
	take_numbers_back(birth);
}

static void check_birth(struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;

	touch_all(birth);
	for (uint32_t index = 0; index < request->descriptor_count; index++) {
		require(birth->sources[index] == birth->descriptors[index].source, "the sources are others");
		require(index == 0 || birth->targets[index - 1] < birth->targets[index], "the targets are not sorted");
	}
	check_sharing(birth);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct birth birth;
	uint32_t member = UINT32_MAX;
	uint64_t extent = size;
	uint32_t claimed;
	int32_t error;
	uint8_t *block;

	if (size < SMALLEST || size > LARGEST)
		return 0;
	memcpy(&claimed, data, sizeof(claimed));
	if (claimed >= sizeof(claimed) && claimed < SMALLEST)
		return 0;
	open_numbers();
	block = malloc(size);
	memcpy(block, data, size);
	rebase_all(block, size);
	memcpy(block + MEMBER(extent), &extent, sizeof(extent));
	/* or else hardly anything gets past the first check */
	if (size % 16 == 0)
		block[size - 1] = 0;

	birth.cgroup = -1;
	birth.ruleset = -1;
	birth.program_file = -1;
	error = read_request(&birth, (const struct subprocess_request *)(const void *)block, &member);
	require(error == 0 || error == -22 || error == -9 || error == -7, "an error of its own");
	if (error == 0)
		check_birth(&birth);
	else
		require((member & 0xffff) < sizeof(struct subprocess_request) && member >> 16 < SUBPROCESS_MAX_RULES,
			"the guilty member is none");
	free(block);
	return 0;
}

/* A request that is in order, to begin with; returns the size of its block. */
static size_t lay_block(uint8_t *block)
{
	struct subprocess_request request = {
		.size = sizeof(request),
		.descriptors = 232,
		.descriptor_count = 2,
		.programs = 256,
		.argv = 248,
		.envp = 272,
		.working_directory = 288,
		.room = 304,
		.room_count = 4,
		.attributes = SUBPROCESS_ATTRIBUTE_LIMITS | SUBPROCESS_ATTRIBUTE_AFFINITY |
			      SUBPROCESS_ATTRIBUTE_GROUPS | SUBPROCESS_ATTRIBUTE_CGROUP |
			      SUBPROCESS_ATTRIBUTE_LANDLOCK | SUBPROCESS_ATTRIBUTE_SECCOMP |
			      SUBPROCESS_ATTRIBUTE_PROGRAM_FILE,
		.cgroup = 0,
		.limits = 320,
		.limit_count = 2,
		.affinity = 368,
		.affinity_size = 8,
		.groups = 376,
		.group_count = 2,
		.handled_files = 1,
		.rules = 392,
		.rule_count = 2,
		.filter = 440,
		.filter_length = 2,
		.program_file = HIGH_NUMBER,
	};
	const struct subprocess_descriptor descriptors[] = {{0, 7}, {HIGH_NUMBER, 8}};
	const uint64_t lists[] = {288, 296, 0, 296, 0};
	const char strings[16] = "/bin/x\0\0A=1";
	const int32_t room[] = {FIRST_NUMBER, FIRST_NUMBER + 1, FIRST_NUMBER + 2, FIRST_NUMBER + 3};
	const struct subprocess_limit limits[] = {{.resource = 4}, {.resource = 7}};
	const struct subprocess_rule rules[] = {{.path = 288, .access = 1}, {.access = 2, .port = 8080}};
	const struct subprocess_instruction filter[] = {{.code = 0x20}, {.code = 6, .operand = 0x7fff0000}};

	memset(block, 0, 456);
	memcpy(block, &request, sizeof(request));
	memcpy(block + 232, descriptors, sizeof(descriptors));
	memcpy(block + 248, lists, sizeof(lists));
	memcpy(block + 288, strings, sizeof(strings));
	memcpy(block + 304, room, sizeof(room));
	memcpy(block + 320, limits, sizeof(limits));
	memcpy(block + 392, rules, sizeof(rules));
	memcpy(block + 440, filter, sizeof(filter));
	return 456;
}

#ifdef STANDALONE

#include <time.h>

static uint64_t next_random(void)
{
	static uint64_t state = 88172645463325252;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static size_t mutate(uint8_t *block, size_t size)
{
	static const uint64_t nasty[] = {0, 1, 7, 8, 232, 255, 256, 0x7fffffff, 0xffffffff, UINT64_MAX};
	uint64_t word = next_random() >> (next_random() % 64);
	size_t place = next_random() % size;

	switch (next_random() % 6) {
	case 0:
		block[place] = (uint8_t)word;
		break;
	case 1:
		place &= ~(size_t)3;
		memcpy(block + place, &word, size - place < 4 ? size - place : 4);
		break;
	case 2:
		word = nasty[next_random() % (sizeof(nasty) / sizeof(nasty[0]))];
		place &= ~(size_t)7;
		memcpy(block + place, &word, size - place < 8 ? size - place : 8);
		break;
	case 3:
		word = size - word % 64;
		place &= ~(size_t)7;
		memcpy(block + place, &word, size - place < 8 ? size - place : 8);
		break;
	case 4:
		block[place] ^= (uint8_t)(1 << word % 8);
		break;
	default:
		word = SMALLEST + word % (LARGEST - SMALLEST);
		memset(block + size, 0, word > size ? word - size : 0);
		return word;
	}
	return size;
}

int main(int argc, char **argv)
{
	static uint8_t block[LARGEST];
	const time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 60);
	unsigned long executions = 0;

	while (executions % 4096 != 0 || time(NULL) < end) {
		size_t size = lay_block(block);

		for (uint64_t count = next_random() % 8; count > 0; count--)
			size = mutate(block, size);
		LLVMFuzzerTestOneInput(block, size);
		executions++;
	}
	printf("%lu executions, nothing found\n", executions);
	return 0;
}

#else

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t largest);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t largest, unsigned seed);

/* Begins with a request that is in order, as nothing else gets far. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t largest, unsigned seed)
{
	if (size < SMALLEST && largest >= 336)
		return lay_block(data);
	(void)seed;
	return LLVMFuzzerMutate(data, size, largest);
}

#endif
