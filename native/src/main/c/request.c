/* SPDX-License-Identifier: Apache-2.0 */
/* Before birth: nothing that can be refused by looking at it reaches the child. */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

_Static_assert(sizeof(struct subprocess_request) == 80, "ABI of the request");
_Static_assert(sizeof(struct subprocess_result) == 40, "ABI of the result");
_Static_assert(sizeof(struct subprocess_exit) == 88, "ABI of the exit record");

/* Above this no descriptor is looked for without being told to. */
#define LARGEST_BOUND 65536

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

static bool sort_targets(struct birth *birth)
{
	int32_t *sorted = birth->targets;

	for (uint32_t count = 0; count < birth->request.descriptor_count; count++) {
		int32_t target = birth->descriptors[count].target;
		uint32_t place = count;

		for (; place > 0 && sorted[place - 1] >= target; place--) {
			if (sorted[place - 1] == target)
				return false;
			sorted[place] = sorted[place - 1];
		}
		sorted[place] = target;
	}
	return true;
}

static bool read_descriptors(struct birth *birth)
{
	uint32_t count = birth->request.descriptor_count;

	if (count > 0 && birth->descriptors == NULL)
		return false;
	for (uint32_t index = 0; index < count; index++) {
		birth->sources[index] = birth->descriptors[index].source;
		if (birth->sources[index] < 0 || birth->descriptors[index].target < 0)
			return false;
	}
	return sort_targets(birth);
}

static bool is_list(const char *const *list)
{
	return list != NULL && list[0] != NULL;
}

/* A descriptor above a soft limit that was lowered later is out of the loop's reach. */
static uint32_t bound_loop(const struct subprocess_request *request)
{
	struct sys_rlimit limit;

	if (request->close_bound != 0)
		return request->close_bound;
	if (request->closing != SUBPROCESS_CLOSING_AUTO && request->closing != SUBPROCESS_CLOSING_LOOP)
		return 0;
	if (sys_prlimit(RLIMIT_NOFILE, &limit) < 0 || limit.soft > LARGEST_BOUND)
		return LARGEST_BOUND;
	return (uint32_t)limit.soft;
}

#define REFUSE_UNLESS(condition, guilty)                                                                               \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			*member = offsetof(struct subprocess_request, guilty);                                         \
			return -EINVAL;                                                                                \
		}                                                                                                      \
	} while (0)

int32_t read_request(struct birth *birth, const struct subprocess_request *caller, uint32_t *member)
{
	const struct subprocess_request *request = &birth->request;
	int32_t error;

	*member = offsetof(struct subprocess_request, size);
	if (caller == NULL)
		return -EINVAL;
	error = check_size(caller, sizeof(*caller));
	if (error < 0)
		return error;
	copy_request(&birth->request, caller);

	REFUSE_UNLESS(request->flags == 0, flags);
	REFUSE_UNLESS(request->mechanism <= SUBPROCESS_MECHANISM_FORK, mechanism);
	REFUSE_UNLESS(request->closing <= SUBPROCESS_CLOSING_NONE, closing);
	REFUSE_UNLESS(request->session <= SUBPROCESS_SESSION_NEW, session);
	REFUSE_UNLESS(request->process_group >= 0, process_group);
	REFUSE_UNLESS(request->process_group == 0 || request->session == SUBPROCESS_SESSION_PROCESS_GROUP,
		      process_group);
	REFUSE_UNLESS(request->descriptor_count <= SUBPROCESS_MAX_DESCRIPTORS, descriptor_count);
	REFUSE_UNLESS(request->close_bound <= INT32_MAX, close_bound);

	birth->descriptors = (const void *)(uintptr_t)request->descriptors;
	birth->programs = (const void *)(uintptr_t)request->programs;
	birth->argv = (const void *)(uintptr_t)request->argv;
	birth->envp = (const void *)(uintptr_t)request->envp;
	birth->working_directory = (const void *)(uintptr_t)request->working_directory;
	REFUSE_UNLESS(read_descriptors(birth), descriptors);
	REFUSE_UNLESS(is_list(birth->programs), programs);
	REFUSE_UNLESS(is_list(birth->argv), argv);
	REFUSE_UNLESS(birth->envp != NULL, envp);

	birth->close_bound = bound_loop(request);
	return 0;
}
