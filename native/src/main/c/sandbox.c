/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What takes rights from a program for good. The rules of Landlock are made in
 * the parent, where paths can be opened and a refusal costs no child; the child
 * only puts them on. Its descriptor is close-on-exec all the time.
 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

static bool is_missing(long error)
{
	return error == -ENOENT || error == -ENOTDIR || error == -EACCES;
}

/* Of anything but a directory the kernel refuses the rights that only directories have. */
static long add_opened_path(int32_t ruleset, int32_t fd, uint64_t access)
{
	struct sys_landlock_path path = {.access = access, .parent_fd = fd};
	struct sys_statx status;
	long error = sys_statx(fd, STATX_TYPE, &status);

	if (error < 0)
		return error;
	if ((status.mode & S_IFMT) != S_IFDIR)
		path.access &= LANDLOCK_ACCESS_OF_A_FILE;
	if (path.access == 0)
		return 0;
	return sys_landlock_add_rule(ruleset, LANDLOCK_RULE_PATH_BENEATH, &path);
}

static long add_path(int32_t ruleset, const struct subprocess_rule *rule)
{
	const char *path = (const void *)(uintptr_t)rule->path;
	long fd = sys_openat(AT_FDCWD, path, O_PATH | O_CLOEXEC);
	long error;

	if (fd < 0)
		return (rule->flags & SUBPROCESS_RULE_OPTIONAL) && is_missing(fd) ? 0 : fd;
	error = add_opened_path(ruleset, (int32_t)fd, rule->access);
	sys_close((int32_t)fd);
	return error;
}

static long add_port(int32_t ruleset, const struct subprocess_rule *rule)
{
	const struct sys_landlock_port port = {.access = rule->access, .port = rule->port};

	return sys_landlock_add_rule(ruleset, LANDLOCK_RULE_NET_PORT, &port);
}

long make_ruleset(const struct birth *birth, uint32_t *index)
{
	const struct subprocess_request *request = &birth->request;
	const struct sys_landlock_ruleset handled = {
		.handled_files = request->handled_files,
		.handled_ports = request->handled_ports,
		.scoped = request->scoped,
	};
	long ruleset = sys_landlock_create_ruleset(&handled, sizeof(handled), 0);

	*index = request->rule_count;
	if (ruleset < 0)
		return ruleset;
	for (uint32_t rule = 0; rule < request->rule_count; rule++) {
		const struct subprocess_rule *added = &birth->rules[rule];
		long error = added->path != 0 ? add_path((int32_t)ruleset, added) : add_port((int32_t)ruleset, added);

		if (error < 0) {
			*index = rule;
			sys_close((int32_t)ruleset);
			return error;
		}
	}
	return ruleset;
}

long load_filter(const struct birth *birth)
{
	const struct sys_filter_program program = {
		.length = (uint16_t)birth->request.filter_length,
		.filter = birth->request.filter,
	};

	return sys_seccomp(SECCOMP_SET_MODE_FILTER, &program);
}

EXPORTED uint32_t subprocess_sandbox(void)
{
	const uint32_t answer_with_error = SECCOMP_RET_ERRNO;
	long landlock = sys_landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	uint32_t found = 0;

	if (landlock > 0)
		found = landlock < SUBPROCESS_SANDBOX_LANDLOCK ? (uint32_t)landlock : SUBPROCESS_SANDBOX_LANDLOCK;
	if (sys_seccomp(SECCOMP_GET_ACTION_AVAIL, &answer_with_error) == 0)
		found |= SUBPROCESS_SANDBOX_SECCOMP;
	return found;
}
