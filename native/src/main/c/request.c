/* SPDX-License-Identifier: Apache-2.0 */
/* Before birth: nothing that can be refused by looking at it reaches the child. */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

_Static_assert(sizeof(struct subprocess_request) == 232, "ABI of the request");
_Static_assert(sizeof(struct subprocess_result) == 428, "ABI of the result");
_Static_assert(sizeof(struct subprocess_exit) == 88, "ABI of the exit record");

_Static_assert(sizeof(struct subprocess_limit) == 24, "ABI of a limit");
_Static_assert(sizeof(struct subprocess_rule) == 24, "ABI of a rule");
_Static_assert(sizeof(struct subprocess_instruction) == 8, "struct sock_filter");

/* A processor mask of this size holds more processors than the kernel can. */
#define LARGEST_AFFINITY 1024

#define LARGEST_PORT 65535

int32_t check_size(const void *structure, uint32_t known_size)
{
	const unsigned char *bytes = structure;
	uint32_t size = *(const uint32_t *)structure;

	if (size < sizeof(size))
		return -EINVAL;
	for (uint32_t index = known_size; index < size; index++) {
		if (bytes[index] != 0)
			return -E2BIG;
	}
	return 0;
}

static void copy_request(struct subprocess_request *to, const struct subprocess_request *from)
{
	const unsigned char *source = (const unsigned char *)from;
	unsigned char *target = (unsigned char *)to;
	uint32_t size = from->size < sizeof(*to) ? from->size : sizeof(*to);

	for (uint32_t index = 0; index < sizeof(*to); index++)
		target[index] = index < size ? source[index] : 0;
}

static uint64_t address_in(const void *pointer)
{
	return (uint64_t)(uintptr_t)pointer;
}

/* Whether so many bytes, aligned so, may be read where the caller says. */
static bool is_readable(const struct birth *birth, uint64_t address, uint64_t size, uint64_t alignment)
{
	uint64_t extent = birth->request.extent;
	uint64_t start = birth->block;

	if (address == 0 || address % alignment != 0)
		return false;
	if (extent == 0)
		return true;
	return address >= start && address - start <= extent && size <= extent - (address - start);
}

/* Since the last byte of the block is 0, what begins inside of it ends inside of it. */
static bool is_string(const struct birth *birth, const char *string)
{
	return is_readable(birth, address_in(string), 1, 1);
}

static bool is_list_of_strings(const struct birth *birth, uint64_t address, bool may_be_empty)
{
	for (uint64_t entry = address;; entry += sizeof(uint64_t)) {
		const char *string;

		if (!is_readable(birth, entry, sizeof(uint64_t), sizeof(uint64_t)))
			return false;
		string = *(const char *const *)(uintptr_t)entry;
		if (string == NULL)
			return may_be_empty || entry > address;
		if (!is_string(birth, string))
			return false;
	}
}

/* Of a list that is known to be one. */
static bool is_one_string(uint64_t address)
{
	return ((const char *const *)(uintptr_t)address)[1] == NULL;
}

/* What a request says of its whole block is all that may be read before it is believed. */
static bool is_block(const struct subprocess_request *caller)
{
	const uint64_t block = address_in(caller);
	uint64_t extent;

	if (caller->size < offsetof(struct subprocess_request, extent) + sizeof(extent) || caller->extent == 0)
		return true;
	extent = caller->extent;
	if (extent < caller->size || extent > INT64_MAX || block + extent < block)
		return false;
	return ((const char *)caller)[extent - 1] == '\0';
}

/* A number with an index, for the detail of a failure. */
static uint32_t entry_of(uint32_t member, uint32_t index)
{
	return member + (index << 16);
}

/* 0, or -errno: -EBADF where it is not open. */
static int32_t check_open(int32_t descriptor)
{
	long flags = sys_fcntl(descriptor, F_GETFD, 0);

	return flags < 0 ? (int32_t)flags : 0;
}

/* False: the last one stands in an earlier mapping too. */
static bool sort_target(struct birth *birth, uint32_t count)
{
	int32_t *sorted = birth->targets;
	int32_t target = birth->descriptors[count].target;
	uint32_t place = count;

	for (; place > 0 && sorted[place - 1] >= target; place--) {
		if (sorted[place - 1] == target)
			return false;
		sorted[place] = sorted[place - 1];
	}
	sorted[place] = target;
	return true;
}

static int32_t read_descriptors(struct birth *birth, uint32_t *index)
{
	uint32_t count = birth->request.descriptor_count;
	int32_t error;

	for (*index = 0; *index < count; ++*index) {
		birth->sources[*index] = birth->descriptors[*index].source;
		if (birth->sources[*index] < 0 || birth->descriptors[*index].target < 0)
			return -EINVAL;
		if (!sort_target(birth, *index))
			return -EINVAL;
		error = check_open(birth->sources[*index]);
		if (error < 0)
			return error;
	}
	return 0;
}

/* Whether the entry is something else too, which would be lost when it is lent. */
static bool is_taken(const struct birth *birth, uint32_t entry)
{
	int32_t number = birth->room[entry];

	if (entry == 0)
		return false;
	for (uint32_t index = 0; index < entry; index++) {
		if (birth->room[index] == number)
			return true;
	}
	for (uint32_t index = 0; index < birth->request.descriptor_count; index++) {
		if (birth->sources[index] == number)
			return true;
	}
	if ((birth->request.attributes & SUBPROCESS_ATTRIBUTE_PROGRAM_FILE) && birth->request.program_file == number)
		return true;
	return (birth->request.attributes & SUBPROCESS_ATTRIBUTE_CGROUP) && birth->request.cgroup == number;
}

static int32_t read_room(const struct birth *birth, uint32_t *index)
{
	for (*index = 0; *index < birth->request.room_count; ++*index) {
		int32_t error = birth->room[*index] < 3 ? -EBADF : check_open(birth->room[*index]);

		if (error < 0)
			return error;
		if (is_taken(birth, *index))
			return -EINVAL;
	}
	return 0;
}

static bool is_descriptor_of_program(const struct birth *birth, int32_t fd)
{
	if (fd >= 0 && fd <= 2)
		return true;
	for (uint32_t index = 0; index < birth->request.descriptor_count; index++) {
		if (birth->targets[index] == fd)
			return true;
	}
	return false;
}

#define REFUSE_UNLESS(condition, guilty)                                                                               \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			*member = offsetof(struct subprocess_request, guilty);                                         \
			return -EINVAL;                                                                                \
		}                                                                                                      \
	} while (0)

static bool asks_for(const struct subprocess_request *request, uint32_t attribute)
{
	return request->attributes & attribute;
}

#define REFUSE_UNLESS_ASKED_FOR(attribute, guilty)                                                                     \
	REFUSE_UNLESS(asks_for(request, SUBPROCESS_ATTRIBUTE_##attribute) || request->guilty == 0, guilty)

static int32_t check_modes(const struct subprocess_request *request, uint32_t *member)
{
	const uint32_t sharing = SUBPROCESS_CAN_SHARE_MEMORY | SUBPROCESS_CAN_SHARE_TABLE;

	REFUSE_UNLESS((request->flags & ~(sharing | SUBPROCESS_CAN_LACK_PIDFD)) == 0, flags);
	/* a parent that is not suspended would close what the child still needs of the table */
	REFUSE_UNLESS((request->flags & sharing) != SUBPROCESS_CAN_SHARE_TABLE, flags);
	REFUSE_UNLESS(request->mechanism <= SUBPROCESS_MECHANISM_FORK, mechanism);
	REFUSE_UNLESS(request->closing <= SUBPROCESS_CLOSING_UNSHARE, closing);
	REFUSE_UNLESS(request->closing != SUBPROCESS_CLOSING_UNSHARE || (request->flags & SUBPROCESS_CAN_SHARE_TABLE),
		      closing);
	REFUSE_UNLESS(request->closing != SUBPROCESS_CLOSING_UNSHARE || request->mechanism != SUBPROCESS_MECHANISM_FORK,
		      closing);
	REFUSE_UNLESS(request->session <= SUBPROCESS_SESSION_NEW, session);
	REFUSE_UNLESS(request->process_group >= 0, process_group);
	REFUSE_UNLESS(request->process_group == 0 || request->session == SUBPROCESS_SESSION_PROCESS_GROUP,
		      process_group);
	REFUSE_UNLESS(request->descriptor_count <= SUBPROCESS_MAX_DESCRIPTORS, descriptor_count);
	REFUSE_UNLESS(request->close_bound <= INT32_MAX, close_bound);
	REFUSE_UNLESS(request->room_count <= SUBPROCESS_MAX_ROOM, room_count);
	REFUSE_UNLESS(request->room_count > 0 || request->room == 0, room);
	return 0;
}

static int32_t check_attributes(const struct subprocess_request *request, uint32_t *member)
{
	const uint32_t every_attribute = 2 * SUBPROCESS_ATTRIBUTE_PROGRAM_FILE - 1;

	REFUSE_UNLESS((request->attributes & ~every_attribute) == 0, attributes);
	REFUSE_UNLESS((request->best_effort & ~request->attributes) == 0, best_effort);
	REFUSE_UNLESS((request->best_effort & SUBPROCESS_ATTRIBUTE_PROGRAM_FILE) == 0, best_effort);

	REFUSE_UNLESS_ASKED_FOR(TERMINAL, controlling_terminal);
	REFUSE_UNLESS_ASKED_FOR(CGROUP, cgroup);
	REFUSE_UNLESS_ASKED_FOR(LIMITS, limit_count);
	REFUSE_UNLESS_ASKED_FOR(LIMITS, limits);
	REFUSE_UNLESS_ASKED_FOR(AFFINITY, affinity);
	REFUSE_UNLESS_ASKED_FOR(AFFINITY, affinity_size);
	REFUSE_UNLESS_ASKED_FOR(NICE, nice);
	REFUSE_UNLESS_ASKED_FOR(OOM_SCORE, oom_score);
	REFUSE_UNLESS_ASKED_FOR(UMASK, umask);
	REFUSE_UNLESS_ASKED_FOR(GROUPS, groups);
	REFUSE_UNLESS_ASKED_FOR(GROUPS, group_count);
	REFUSE_UNLESS_ASKED_FOR(GROUP_ID, group_id);
	REFUSE_UNLESS_ASKED_FOR(USER_ID, user_id);
	REFUSE_UNLESS_ASKED_FOR(DEATH_SIGNAL, death_signal);
	REFUSE_UNLESS_ASKED_FOR(LANDLOCK, rules);
	REFUSE_UNLESS_ASKED_FOR(LANDLOCK, rule_count);
	REFUSE_UNLESS_ASKED_FOR(LANDLOCK, handled_files);
	REFUSE_UNLESS_ASKED_FOR(LANDLOCK, handled_ports);
	REFUSE_UNLESS_ASKED_FOR(LANDLOCK, scoped);
	REFUSE_UNLESS_ASKED_FOR(SECCOMP, filter);
	REFUSE_UNLESS_ASKED_FOR(SECCOMP, filter_length);
	REFUSE_UNLESS_ASKED_FOR(PROGRAM_FILE, program_file);
	REFUSE_UNLESS(request->unused == 0, unused);

	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_TERMINAL) || request->session == SUBPROCESS_SESSION_NEW,
		      session);
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_AUTOGROUP) ||
			      asks_for(request, SUBPROCESS_ATTRIBUTE_NICE),
		      attributes);
	REFUSE_UNLESS(request->limit_count <= SUBPROCESS_MAX_LIMITS, limit_count);
	REFUSE_UNLESS(request->affinity_size <= LARGEST_AFFINITY && request->affinity_size % sizeof(uint64_t) == 0,
		      affinity_size);
	REFUSE_UNLESS(request->nice >= -20 && request->nice <= 19, nice);
	REFUSE_UNLESS(request->oom_score >= -1000 && request->oom_score <= 1000, oom_score);
	REFUSE_UNLESS(request->umask <= 0777, umask);
	REFUSE_UNLESS(request->group_count <= SUBPROCESS_MAX_GROUPS, group_count);
	/* to the kernel it means: leave it as it is */
	REFUSE_UNLESS(request->group_id != UINT32_MAX, group_id);
	REFUSE_UNLESS(request->user_id != UINT32_MAX, user_id);
	REFUSE_UNLESS(request->death_signal <= SIGNAL_COUNT, death_signal);
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL) || request->death_signal > 0, death_signal);
	/* nothing taken away is nothing asked for */
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_LANDLOCK) ||
			      (request->handled_files | request->handled_ports | request->scoped) != 0,
		      handled_files);
	REFUSE_UNLESS(request->rule_count <= SUBPROCESS_MAX_RULES, rule_count);
	REFUSE_UNLESS(request->rule_count > 0 || request->rules == 0, rules);
	REFUSE_UNLESS(request->filter_length <= SUBPROCESS_MAX_INSTRUCTIONS, filter_length);
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_SECCOMP) || request->filter_length > 0, filter_length);
	return 0;
}

static int32_t check_addresses(const struct birth *birth, uint32_t *member)
{
	const struct subprocess_request *request = &birth->request;

	REFUSE_UNLESS(request->descriptor_count == 0 ||
			      is_readable(birth, request->descriptors,
					  request->descriptor_count * sizeof(struct subprocess_descriptor),
					  sizeof(int32_t)),
		      descriptors);
	REFUSE_UNLESS(is_list_of_strings(birth, request->programs, false), programs);
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_PROGRAM_FILE) || is_one_string(request->programs),
		      programs);
	REFUSE_UNLESS(is_list_of_strings(birth, request->argv, false), argv);
	REFUSE_UNLESS(is_list_of_strings(birth, request->envp, true), envp);
	REFUSE_UNLESS(request->working_directory == 0 || is_readable(birth, request->working_directory, 1, 1),
		      working_directory);
	REFUSE_UNLESS(request->room_count == 0 ||
			      is_readable(birth, request->room, request->room_count * sizeof(int32_t), sizeof(int32_t)),
		      room);
	REFUSE_UNLESS(request->limit_count == 0 ||
			      is_readable(birth, request->limits,
					  request->limit_count * sizeof(struct subprocess_limit), sizeof(uint64_t)),
		      limits);
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_AFFINITY) ||
			      is_readable(birth, request->affinity, request->affinity_size, sizeof(uint64_t)),
		      affinity);
	REFUSE_UNLESS(request->group_count == 0 || is_readable(birth, request->groups,
							       request->group_count * sizeof(uint32_t),
							       sizeof(uint32_t)),
		      groups);
	REFUSE_UNLESS(request->rule_count == 0 ||
			      is_readable(birth, request->rules,
					  request->rule_count * sizeof(struct subprocess_rule), sizeof(uint64_t)),
		      rules);
	REFUSE_UNLESS(request->filter_length == 0 ||
			      is_readable(birth, request->filter,
					  request->filter_length * sizeof(struct subprocess_instruction),
					  sizeof(uint32_t)),
		      filter);
	return 0;
}

static int32_t check_descriptors(struct birth *birth, uint32_t *member)
{
	const struct subprocess_request *request = &birth->request;
	uint32_t index;
	int32_t error;

	error = read_descriptors(birth, &index);
	if (error < 0) {
		*member = entry_of(offsetof(struct subprocess_request, descriptors), index);
		return error;
	}
	error = read_room(birth, &index);
	if (error < 0) {
		*member = entry_of(offsetof(struct subprocess_request, room), index);
		return error;
	}
	if (asks_for(request, SUBPROCESS_ATTRIBUTE_CGROUP)) {
		error = check_open(request->cgroup);
		if (error < 0) {
			*member = offsetof(struct subprocess_request, cgroup);
			return error;
		}
		birth->cgroup = request->cgroup;
	}
	if (asks_for(request, SUBPROCESS_ATTRIBUTE_PROGRAM_FILE)) {
		error = check_open(request->program_file);
		if (error < 0) {
			*member = offsetof(struct subprocess_request, program_file);
			return error;
		}
		birth->program_file = request->program_file;
	}
	REFUSE_UNLESS(!asks_for(request, SUBPROCESS_ATTRIBUTE_TERMINAL) ||
			      is_descriptor_of_program(birth, request->controlling_terminal),
		      controlling_terminal);
	return 0;
}

static int32_t check_limits(const struct birth *birth, uint32_t *member)
{
	for (uint32_t index = 0; index < birth->request.limit_count; index++) {
		if (birth->limits[index].unused != 0) {
			*member = entry_of(offsetof(struct subprocess_request, limits), index);
			return -EINVAL;
		}
	}
	return 0;
}

static bool is_rule(const struct birth *birth, const struct subprocess_rule *rule)
{
	if (rule->access == 0)
		return false;
	if (rule->path == 0)
		return rule->port <= LARGEST_PORT && rule->flags == 0;
	return rule->port == 0 && rule->flags <= SUBPROCESS_RULE_OPTIONAL && is_readable(birth, rule->path, 1, 1);
}

static int32_t check_rules(const struct birth *birth, uint32_t *member)
{
	for (uint32_t index = 0; index < birth->request.rule_count; index++) {
		if (!is_rule(birth, &birth->rules[index])) {
			*member = entry_of(offsetof(struct subprocess_request, rules), index);
			return -EINVAL;
		}
	}
	return 0;
}

int32_t read_request(struct birth *birth, const struct subprocess_request *caller, uint32_t *member)
{
	const struct subprocess_request *request = &birth->request;
	int32_t error;

	*member = offsetof(struct subprocess_request, size);
	if (caller == NULL || caller->size < sizeof(caller->size))
		return -EINVAL;
	REFUSE_UNLESS(is_block(caller), extent);
	*member = offsetof(struct subprocess_request, size);
	error = check_size(caller, sizeof(*caller));
	if (error < 0)
		return error;
	copy_request(&birth->request, caller);
	birth->block = address_in(caller);

	error = check_modes(request, member);
	if (error == 0)
		error = check_attributes(request, member);
	if (error == 0)
		error = check_addresses(birth, member);
	if (error < 0)
		return error;

	birth->descriptors = (const void *)(uintptr_t)request->descriptors;
	birth->programs = (const void *)(uintptr_t)request->programs;
	birth->argv = (const void *)(uintptr_t)request->argv;
	birth->envp = (const void *)(uintptr_t)request->envp;
	birth->working_directory = (const void *)(uintptr_t)request->working_directory;
	birth->room = (const void *)(uintptr_t)request->room;
	birth->limits = (const void *)(uintptr_t)request->limits;
	birth->affinity = (const void *)(uintptr_t)request->affinity;
	birth->groups = (const void *)(uintptr_t)request->groups;
	birth->rules = (const void *)(uintptr_t)request->rules;
	birth->filter = (const void *)(uintptr_t)request->filter;

	error = check_limits(birth, member);
	if (error == 0)
		error = check_rules(birth, member);
	if (error == 0)
		error = check_descriptors(birth, member);
	return error;
}
