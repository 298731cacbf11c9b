/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused before birth, and which member is blamed. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

#define CLOSED 4000

_Static_assert(sizeof(struct subprocess_request) == 232, "the size that callers know");
_Static_assert(sizeof(struct subprocess_result) == 428, "the size that callers know");

static const char *const empty_list[] = {NULL};
static int32_t room[SUBPROCESS_MAX_ROOM + 1];

static void break_flags(struct trial *trial) { trial->request.flags = 8; }
static void break_lone_table(struct trial *trial) { trial->request.flags = SUBPROCESS_CAN_SHARE_TABLE; }
static void break_mechanism(struct trial *trial) { trial->request.mechanism = 3; }
static void break_closing(struct trial *trial) { trial->request.closing = 6; }
static void break_unshare_by_flags(struct trial *trial)
{
	trial->request.flags = SUBPROCESS_CAN_SHARE_MEMORY;
	trial->request.closing = SUBPROCESS_CLOSING_UNSHARE;
}
static void break_unshare_by_fork(struct trial *trial)
{
	trial->request.flags = SUBPROCESS_CAN_SHARE_MEMORY | SUBPROCESS_CAN_SHARE_TABLE;
	trial->request.mechanism = SUBPROCESS_MECHANISM_FORK;
	trial->request.closing = SUBPROCESS_CLOSING_UNSHARE;
}
static void break_session(struct trial *trial) { trial->request.session = 3; }
static void break_group(struct trial *trial) { trial->request.session = 1, trial->request.process_group = -2; }
static void break_group_of_session(struct trial *trial) { trial->request.process_group = 2; }
static void break_group_of_new_session(struct trial *trial)
{
	trial->request.session = SUBPROCESS_SESSION_NEW;
	trial->request.process_group = 2;
}
static void break_count(struct trial *trial) { trial->request.descriptor_count = SUBPROCESS_MAX_DESCRIPTORS + 1; }
static void break_bound(struct trial *trial) { trial->request.close_bound = UINT32_MAX; }
static void break_descriptors(struct trial *trial) { trial->request.descriptor_count = 1; }
static void break_alignment(struct trial *trial)
{
	map(trial, 0, 0);
	trial->request.descriptors += 2;
}
static void break_source(struct trial *trial) { map(trial, -1, 3); }
static void break_target(struct trial *trial) { map(trial, 0, 0), map(trial, 0, -1); }
static void break_closed_source(struct trial *trial) { map(trial, 0, 0), map(trial, 1, 1), map(trial, CLOSED, 2); }
static void break_two_targets(struct trial *trial) { map(trial, 0, 5), map(trial, 1, 4), map(trial, 2, 5); }
static void break_last_target(struct trial *trial)
{
	for (int index = 0; index < SUBPROCESS_MAX_DESCRIPTORS - 1; index++)
		map(trial, 0, SUBPROCESS_MAX_DESCRIPTORS - index);
	map(trial, 0, 2);
}
static void break_programs(struct trial *trial) { trial->request.programs = 0; }
static void break_no_program(struct trial *trial) { trial->request.programs = (uintptr_t)empty_list; }
static void break_argv(struct trial *trial) { trial->request.argv = 0; }
static void break_no_argument(struct trial *trial) { trial->request.argv = (uintptr_t)empty_list; }
static void break_envp(struct trial *trial) { trial->request.envp = 0; }
static void break_odd_envp(struct trial *trial) { trial->request.envp += 4; }
static void break_size(struct trial *trial) { trial->request.size = 0; }
static void break_small_size(struct trial *trial) { trial->request.size = 3; }
static void cut_before_argv(struct trial *trial) { trial->request.size = MEMBER(argv); }

static void give_room(struct trial *trial, uint32_t count)
{
	for (size_t index = 0; index < LENGTH(room); index++)
		room[index] = CLOSED;
	trial->request.room = (uintptr_t)room;
	trial->request.room_count = count;
}
static void break_room_count(struct trial *trial) { give_room(trial, SUBPROCESS_MAX_ROOM + 1); }
static void break_room_without_count(struct trial *trial) { give_room(trial, 0); }
static void break_count_without_room(struct trial *trial) { trial->request.room_count = 1; }
static void break_odd_room(struct trial *trial) { give_room(trial, 1), trial->request.room += 1; }
static void break_first_room(struct trial *trial) { give_room(trial, 2); }
static void break_low_room(struct trial *trial) { give_room(trial, 1), room[0] = 2; }
static void break_negative_room(struct trial *trial) { give_room(trial, 1), room[0] = -1; }

static void break_attributes(struct trial *trial) { ask_for(trial, SUBPROCESS_ATTRIBUTE_PROGRAM_FILE << 1); }
static void break_best_effort(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_NICE);
	trial->request.best_effort = SUBPROCESS_ATTRIBUTE_NICE | SUBPROCESS_ATTRIBUTE_UMASK;
}
static void break_lone_autogroup(struct trial *trial) { ask_for(trial, SUBPROCESS_ATTRIBUTE_AUTOGROUP); }
static void break_terminal_session(struct trial *trial) { ask_for(trial, SUBPROCESS_ATTRIBUTE_TERMINAL); }
static void ask_for_terminal(struct trial *trial, int32_t fd)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_TERMINAL);
	trial->request.session = SUBPROCESS_SESSION_NEW;
	trial->request.controlling_terminal = fd;
}
static void break_terminal(struct trial *trial) { ask_for_terminal(trial, -1); }
static void break_unmapped_terminal(struct trial *trial) { map(trial, 0, 6), ask_for_terminal(trial, 5); }
static void break_cgroup(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_CGROUP);
	trial->request.cgroup = CLOSED;
}
static void break_negative_cgroup(struct trial *trial)
{
	break_cgroup(trial);
	trial->request.cgroup = -1;
}
static void break_limit_count(struct trial *trial)
{
	add_limit(trial, 0, 0, 0);
	trial->request.limit_count = SUBPROCESS_MAX_LIMITS + 1;
}
static void break_limits(struct trial *trial)
{
	add_limit(trial, 0, 0, 0);
	trial->request.limits = 0;
}
static void break_odd_limits(struct trial *trial)
{
	add_limit(trial, 0, 0, 0);
	trial->request.limits += 4;
}
static void break_third_limit(struct trial *trial)
{
	for (int index = 0; index < 3; index++)
		add_limit(trial, 0, 0, 0);
	trial->limits[2].unused = 1;
}
static void ask_for_affinity(struct trial *trial, uint32_t size)
{
	static const uint64_t mask[129] = {1};

	ask_for(trial, SUBPROCESS_ATTRIBUTE_AFFINITY);
	trial->request.affinity = (uintptr_t)mask;
	trial->request.affinity_size = size;
}
static void break_affinity(struct trial *trial) { ask_for_affinity(trial, 8), trial->request.affinity = 0; }
static void break_odd_affinity(struct trial *trial) { ask_for_affinity(trial, 8), trial->request.affinity += 4; }
static void break_affinity_size(struct trial *trial) { ask_for_affinity(trial, 12); }
static void break_large_affinity(struct trial *trial) { ask_for_affinity(trial, 1032); }
static void break_nice(struct trial *trial) { ask_for(trial, SUBPROCESS_ATTRIBUTE_NICE), trial->request.nice = 20; }
static void break_low_nice(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_NICE);
	trial->request.nice = -21;
}
static void break_score(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_OOM_SCORE);
	trial->request.oom_score = 1001;
}
static void break_low_score(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_OOM_SCORE);
	trial->request.oom_score = -1001;
}
static void break_umask(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_UMASK);
	trial->request.umask = 01000;
}
static void break_group_count(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_GROUPS);
	trial->request.groups = (uintptr_t)room;
	trial->request.group_count = SUBPROCESS_MAX_GROUPS + 1;
}
static void break_groups(struct trial *trial)
{
	break_group_count(trial);
	trial->request.group_count = 1;
	trial->request.groups = 0;
}
static void break_odd_groups(struct trial *trial)
{
	break_group_count(trial);
	trial->request.group_count = 1;
	trial->request.groups += 2;
}
static void break_group_id(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_GROUP_ID);
	trial->request.group_id = UINT32_MAX;
}
static void break_user_id(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_USER_ID);
	trial->request.user_id = UINT32_MAX;
}
static void break_death_signal(struct trial *trial) { ask_for(trial, SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL); }
static void break_large_death_signal(struct trial *trial)
{
	break_death_signal(trial);
	trial->request.death_signal = 65;
}

static void ask_for_rule(struct trial *trial, struct subprocess_rule *rule)
{
	static struct subprocess_rule good;

	good = run_everything;
	restrict_files(trial, rule != NULL ? rule : &good, 1);
}
static void break_handled(struct trial *trial) { ask_for_rule(trial, NULL), trial->request.handled_files = 0; }
static void break_rule_count(struct trial *trial)
{
	ask_for_rule(trial, NULL);
	trial->request.rule_count = SUBPROCESS_MAX_RULES + 1;
}
static void break_rules(struct trial *trial) { ask_for_rule(trial, NULL), trial->request.rules = 0; }
static void break_odd_rules(struct trial *trial) { ask_for_rule(trial, NULL), trial->request.rules += 4; }
static void break_rules_without_count(struct trial *trial)
{
	ask_for_rule(trial, NULL);
	trial->request.rule_count = 0;
}
static void break_rule_access(struct trial *trial)
{
	static struct subprocess_rule rule = {.port = 80};

	ask_for_rule(trial, &rule);
}
static void break_rule_port(struct trial *trial)
{
	static struct subprocess_rule rule = {.access = 1, .port = 65536};

	ask_for_rule(trial, &rule);
}
static void break_rule_flags(struct trial *trial)
{
	static struct subprocess_rule rule = {.path = (uintptr_t) "/", .access = 1, .flags = 2};

	rule.path = (uintptr_t) "/";
	ask_for_rule(trial, &rule);
}
static void break_rule_of_both(struct trial *trial)
{
	static struct subprocess_rule rule = {.access = 1, .port = 80};

	rule.path = (uintptr_t) "/";
	ask_for_rule(trial, &rule);
}
static void break_optional_port(struct trial *trial)
{
	static struct subprocess_rule rule = {.access = 1, .port = 80, .flags = SUBPROCESS_RULE_OPTIONAL};

	ask_for_rule(trial, &rule);
}
static void break_filter(struct trial *trial) { load_filter(trial, NULL, 1); }
static void break_odd_filter(struct trial *trial)
{
	load_filter(trial, &allow_everything, 1);
	trial->request.filter += 2;
}
static void break_no_filter(struct trial *trial) { ask_for(trial, SUBPROCESS_ATTRIBUTE_SECCOMP); }
static void break_filter_length(struct trial *trial)
{
	load_filter(trial, &allow_everything, SUBPROCESS_MAX_INSTRUCTIONS + 1);
}

static void ask_for_program(struct trial *trial, int32_t file)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_PROGRAM_FILE);
	trial->request.program_file = file;
}
static void break_program_file(struct trial *trial) { ask_for_program(trial, 1000); }
static void break_negative_program(struct trial *trial) { ask_for_program(trial, -1); }
static void break_other_programs(struct trial *trial)
{
	ask_for_program(trial, 0);
	trial->programs[1] = trial->programs[0];
}
static void break_optional_program(struct trial *trial)
{
	ask_for_program(trial, 0);
	trial->request.best_effort = SUBPROCESS_ATTRIBUTE_PROGRAM_FILE;
}
static void break_unused(struct trial *trial) { trial->request.unused = 1; }

static void want_terminal(struct trial *trial) { trial->request.controlling_terminal = 1; }
static void want_cgroup(struct trial *trial) { trial->request.cgroup = 1; }
static void want_limit_count(struct trial *trial) { trial->request.limit_count = 1; }
static void want_limits(struct trial *trial) { trial->request.limits = (uintptr_t)trial->limits; }
static void want_affinity(struct trial *trial) { trial->request.affinity = (uintptr_t)trial; }
static void want_affinity_size(struct trial *trial) { trial->request.affinity_size = 8; }
static void want_nice(struct trial *trial) { trial->request.nice = 1; }
static void want_score(struct trial *trial) { trial->request.oom_score = 1; }
static void want_umask(struct trial *trial) { trial->request.umask = 022; }
static void want_groups(struct trial *trial) { trial->request.groups = (uintptr_t)trial; }
static void want_group_count(struct trial *trial) { trial->request.group_count = 1; }
static void want_group(struct trial *trial) { trial->request.group_id = 1; }
static void want_user(struct trial *trial) { trial->request.user_id = 1; }
static void want_death_signal(struct trial *trial) { trial->request.death_signal = 9; }
static void want_rules(struct trial *trial) { trial->request.rules = (uintptr_t)trial; }
static void want_rule_count(struct trial *trial) { trial->request.rule_count = 1; }
static void want_files(struct trial *trial) { trial->request.handled_files = 1; }
static void want_ports(struct trial *trial) { trial->request.handled_ports = 1; }
static void want_scopes(struct trial *trial) { trial->request.scoped = 1; }
static void want_filter(struct trial *trial) { trial->request.filter = (uintptr_t)trial; }
static void want_filter_length(struct trial *trial) { trial->request.filter_length = 1; }
static void want_program_file(struct trial *trial) { trial->request.program_file = 1; }

static const struct {
	const char *name;
	void (*breaks)(struct trial *);
	uint32_t detail;
	int error;
} refusals[] = {
	{"an unknown flag", break_flags, MEMBER(flags), EINVAL},
	{"a shared table without shared memory", break_lone_table, MEMBER(flags), EINVAL},
	{"an unknown mechanism", break_mechanism, MEMBER(mechanism), EINVAL},
	{"an unknown way of closing", break_closing, MEMBER(closing), EINVAL},
	{"unshare where it cannot be done", break_unshare_by_flags, MEMBER(closing), EINVAL},
	{"unshare with fork", break_unshare_by_fork, MEMBER(closing), EINVAL},
	{"an unknown session", break_session, MEMBER(session), EINVAL},
	{"a negative group", break_group, MEMBER(process_group), EINVAL},
	{"a group without its session mode", break_group_of_session, MEMBER(process_group), EINVAL},
	{"a group in a new session", break_group_of_new_session, MEMBER(process_group), EINVAL},
	{"too many descriptors", break_count, MEMBER(descriptor_count), EINVAL},
	{"a bound beyond all descriptors", break_bound, MEMBER(close_bound), EINVAL},
	{"a count without descriptors", break_descriptors, MEMBER(descriptors), EINVAL},
	{"descriptors out of line", break_alignment, MEMBER(descriptors), EINVAL},
	{"a negative source", break_source, ENTRY(descriptors, 0), EINVAL},
	{"a negative target", break_target, ENTRY(descriptors, 1), EINVAL},
	{"a closed source", break_closed_source, ENTRY(descriptors, 2), EBADF},
	{"one target twice", break_two_targets, ENTRY(descriptors, 2), EINVAL},
	{"one of 256 targets twice", break_last_target, ENTRY(descriptors, 255), EINVAL},
	{"no list of programs", break_programs, MEMBER(programs), EINVAL},
	{"no program", break_no_program, MEMBER(programs), EINVAL},
	{"no argv", break_argv, MEMBER(argv), EINVAL},
	{"an empty argv", break_no_argument, MEMBER(argv), EINVAL},
	{"no envp", break_envp, MEMBER(envp), EINVAL},
	{"an envp out of line", break_odd_envp, MEMBER(envp), EINVAL},
	{"no size", break_size, MEMBER(size), EINVAL},
	{"a size smaller than its own", break_small_size, MEMBER(size), EINVAL},
	{"a size that ends before argv", cut_before_argv, MEMBER(argv), EINVAL},
	{"too much room", break_room_count, MEMBER(room_count), EINVAL},
	{"a room without a count", break_room_without_count, MEMBER(room), EINVAL},
	{"a count without a room", break_count_without_room, MEMBER(room), EINVAL},
	{"a room out of line", break_odd_room, MEMBER(room), EINVAL},
	{"a closed room", break_first_room, ENTRY(room, 0), EBADF},
	{"a standard stream as room", break_low_room, ENTRY(room, 0), EBADF},
	{"a negative room", break_negative_room, ENTRY(room, 0), EBADF},
	{"an unknown attribute", break_attributes, MEMBER(attributes), EINVAL},
	{"best effort for what is not asked for", break_best_effort, MEMBER(best_effort), EINVAL},
	{"an autogroup without a nice value", break_lone_autogroup, MEMBER(attributes), EINVAL},
	{"a terminal for an old session", break_terminal_session, MEMBER(session), EINVAL},
	{"a negative terminal", break_terminal, MEMBER(controlling_terminal), EINVAL},
	{"a terminal that the program has not", break_unmapped_terminal, MEMBER(controlling_terminal), EINVAL},
	{"a closed cgroup", break_cgroup, MEMBER(cgroup), EBADF},
	{"a negative cgroup", break_negative_cgroup, MEMBER(cgroup), EBADF},
	{"too many limits", break_limit_count, MEMBER(limit_count), EINVAL},
	{"a count without limits", break_limits, MEMBER(limits), EINVAL},
	{"limits out of line", break_odd_limits, MEMBER(limits), EINVAL},
	{"a limit with something unknown", break_third_limit, ENTRY(limits, 2), EINVAL},
	{"no affinity", break_affinity, MEMBER(affinity), EINVAL},
	{"an affinity out of line", break_odd_affinity, MEMBER(affinity), EINVAL},
	{"an affinity of half a word", break_affinity_size, MEMBER(affinity_size), EINVAL},
	{"an affinity for too many processors", break_large_affinity, MEMBER(affinity_size), EINVAL},
	{"a nice value above all", break_nice, MEMBER(nice), EINVAL},
	{"a nice value below all", break_low_nice, MEMBER(nice), EINVAL},
	{"a score above all", break_score, MEMBER(oom_score), EINVAL},
	{"a score below all", break_low_score, MEMBER(oom_score), EINVAL},
	{"a umask beyond permissions", break_umask, MEMBER(umask), EINVAL},
	{"too many groups", break_group_count, MEMBER(group_count), EINVAL},
	{"a count without groups", break_groups, MEMBER(groups), EINVAL},
	{"groups out of line", break_odd_groups, MEMBER(groups), EINVAL},
	{"a group that means none", break_group_id, MEMBER(group_id), EINVAL},
	{"a user that means none", break_user_id, MEMBER(user_id), EINVAL},
	{"no death signal", break_death_signal, MEMBER(death_signal), EINVAL},
	{"an unknown death signal", break_large_death_signal, MEMBER(death_signal), EINVAL},
	{"Landlock that takes nothing", break_handled, MEMBER(handled_files), EINVAL},
	{"too many rules", break_rule_count, MEMBER(rule_count), EINVAL},
	{"a count without rules", break_rules, MEMBER(rules), EINVAL},
	{"rules out of line", break_odd_rules, MEMBER(rules), EINVAL},
	{"rules without a count", break_rules_without_count, MEMBER(rules), EINVAL},
	{"a rule that allows nothing", break_rule_access, ENTRY(rules, 0), EINVAL},
	{"a rule for a port beyond all", break_rule_port, ENTRY(rules, 0), EINVAL},
	{"a rule with an unknown flag", break_rule_flags, ENTRY(rules, 0), EINVAL},
	{"a rule for path and port", break_rule_of_both, ENTRY(rules, 0), EINVAL},
	{"an optional port", break_optional_port, ENTRY(rules, 0), EINVAL},
	{"a length without a filter", break_filter, MEMBER(filter), EINVAL},
	{"a filter out of line", break_odd_filter, MEMBER(filter), EINVAL},
	{"no filter", break_no_filter, MEMBER(filter_length), EINVAL},
	{"too long a filter", break_filter_length, MEMBER(filter_length), EINVAL},
	{"a program that is not open", break_program_file, MEMBER(program_file), EBADF},
	{"a program that is no descriptor", break_negative_program, MEMBER(program_file), EBADF},
	{"a program and another path", break_other_programs, MEMBER(programs), EINVAL},
	{"a program that can be done without", break_optional_program, MEMBER(best_effort), EINVAL},
	{"what is not used", break_unused, MEMBER(unused), EINVAL},
	{"a terminal that was not asked for", want_terminal, MEMBER(controlling_terminal), EINVAL},
	{"a cgroup that was not asked for", want_cgroup, MEMBER(cgroup), EINVAL},
	{"a count of limits not asked for", want_limit_count, MEMBER(limit_count), EINVAL},
	{"limits that were not asked for", want_limits, MEMBER(limits), EINVAL},
	{"an affinity that was not asked for", want_affinity, MEMBER(affinity), EINVAL},
	{"the size of an affinity not asked for", want_affinity_size, MEMBER(affinity_size), EINVAL},
	{"a nice value that was not asked for", want_nice, MEMBER(nice), EINVAL},
	{"a score that was not asked for", want_score, MEMBER(oom_score), EINVAL},
	{"a umask that was not asked for", want_umask, MEMBER(umask), EINVAL},
	{"groups that were not asked for", want_groups, MEMBER(groups), EINVAL},
	{"a count of groups not asked for", want_group_count, MEMBER(group_count), EINVAL},
	{"a group that was not asked for", want_group, MEMBER(group_id), EINVAL},
	{"a user that was not asked for", want_user, MEMBER(user_id), EINVAL},
	{"a death signal that was not asked for", want_death_signal, MEMBER(death_signal), EINVAL},
	{"rules that were not asked for", want_rules, MEMBER(rules), EINVAL},
	{"a count of rules not asked for", want_rule_count, MEMBER(rule_count), EINVAL},
	{"rights of files not asked for", want_files, MEMBER(handled_files), EINVAL},
	{"rights of ports not asked for", want_ports, MEMBER(handled_ports), EINVAL},
	{"scopes that were not asked for", want_scopes, MEMBER(scoped), EINVAL},
	{"a filter that was not asked for", want_filter, MEMBER(filter), EINVAL},
	{"the length of a filter not asked for", want_filter_length, MEMBER(filter_length), EINVAL},
	{"a program that was not asked for", want_program_file, MEMBER(program_file), EINVAL},
};

static void refuse_requests(void)
{
	struct trial trial;

	for (size_t index = 0; index < LENGTH(refusals); index++) {
		prepare(&trial, fixture("exit_with"));
		refusals[index].breaks(&trial);
		if (attempt(&trial))
			kill_trial(&trial);
		ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, refusals[index].detail, refusals[index].error),
		   "%s is refused", refusals[index].name);
	}
	prepare(&trial, fixture("exit_with"));
	trial.returned = core.spawn(NULL, &trial.result);
	ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, 0, EINVAL), "no request is refused");
	ok(core.spawn(&trial.request, NULL) == -EINVAL, "no result is refused");
}

static void refuse_rooms(void)
{
	int32_t numbers[4];
	struct trial trial;

	for (size_t index = 0; index < LENGTH(numbers); index++)
		numbers[index] = fcntl(0, F_DUPFD_CLOEXEC, 3);
	for (uint32_t broken = 0; broken < LENGTH(numbers); broken++) {
		const int32_t kept = numbers[broken];

		prepare(&trial, fixture("exit_with"));
		trial.request.room = (uintptr_t)numbers;
		trial.request.room_count = LENGTH(numbers);
		numbers[broken] = CLOSED;
		attempt(&trial);
		ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, ENTRY(room, broken), EBADF), "room %u closed is refused",
		   broken);
		if (broken > 0) {
			numbers[broken] = numbers[broken - 1];
			attempt(&trial);
			ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, ENTRY(room, broken), EINVAL),
			   "room %u that is room %u is refused", broken, broken - 1);
			kill_trial(&trial);
			numbers[broken] = kept;
			map(&trial, kept, 9);
			attempt(&trial);
			ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, ENTRY(room, broken), EINVAL),
			   "room %u that is a source is refused", broken);
			kill_trial(&trial);
			trial.request.descriptor_count = 0;
			ask_for(&trial, SUBPROCESS_ATTRIBUTE_CGROUP);
			trial.request.cgroup = kept;
			attempt(&trial);
			ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, ENTRY(room, broken), EINVAL),
			   "room %u that is the cgroup is refused", broken);
			kill_trial(&trial);
		}
		numbers[broken] = kept;
	}
	for (size_t index = 0; index < LENGTH(numbers); index++)
		close(numbers[index]);
}

/* Values at the edge of what is refused. */
static void accept_requests(void)
{
	struct trial trial;

	prepare(&trial, fixture("exit_with"));
	ask_for_affinity(&trial, 1024);
	trial.request.best_effort = SUBPROCESS_ATTRIBUTE_AFFINITY;
	trial.request.close_bound = INT32_MAX;
	ok(attempt(&trial), "the largest affinity and the largest bound are taken");
	finish(&trial);

	prepare(&trial, fixture("exit_with"));
	for (int index = 0; index < SUBPROCESS_MAX_LIMITS; index++)
		add_limit(&trial, 4, 0, UINT64_MAX);
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_UMASK | SUBPROCESS_ATTRIBUTE_NICE | SUBPROCESS_ATTRIBUTE_OOM_SCORE |
				SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL);
	trial.request.best_effort = SUBPROCESS_ATTRIBUTE_LIMITS;
	trial.request.umask = 0777;
	trial.request.nice = 19;
	trial.request.oom_score = 1000;
	/* emulators number the others anew */
	trial.request.death_signal = memory_is_shared ? 64 : 31;
	ok(attempt(&trial), "as many limits, and as high values, as there may be are taken");
	finish(&trial);

	prepare(&trial, fixture("exit_with"));
	trial.request.default_signals = ~UINT64_C(0);
	ok(attempt(&trial), "all signals may be asked for");
	finish(&trial);
}

static void grow_structures(void)
{
	struct {
		struct subprocess_request request;
		uint64_t unknown;
	} request;
	struct {
		struct subprocess_result result;
		uint32_t unknown;
	} result = {.result.size = sizeof(result)};
	struct {
		struct subprocess_exit exit;
		uint64_t unknown;
	} exit = {.exit.size = sizeof(exit)};
	struct trial trial;

	prepare(&trial, fixture("exit_with"));
	request.request = trial.request;
	request.request.size = sizeof(request);
	request.unknown = 0;
	ok(core.spawn(&request.request, &result.result) == 0 && result.result.size == sizeof(result),
	   "larger structures with zeros are taken");
	ok(core.wait(result.result.pidfd, 0, &exit.exit) == 1 && exit.exit.size == sizeof(exit), "an exit record too");
	close(result.result.pidfd);

	exit.unknown = 1;
	ok(core.wait(0, 0, &exit.exit) == -E2BIG, "an exit record with an unknown member is refused");
	result.unknown = 1;
	ok(core.spawn(&request.request, &result.result) == -E2BIG, "a result with an unknown member is refused");
	request.unknown = UINT64_C(1) << 63;
	trial.returned = core.spawn(&request.request, &trial.result);
	ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, 0, E2BIG), "a request with an unknown member is refused");

	trial.request.size = MEMBER(default_signals);
	trial.request.default_signals = ~UINT64_C(0);
	trial.request.extent = 1;
	trial.request.attributes = UINT32_MAX;
	ok(attempt(&trial), "a smaller request lacks only its last members");
	finish(&trial);
	for (uint32_t size = 0; size < sizeof(trial.result); size += 4) {
		trial.result.size = size;
		if (core.spawn(&trial.request, &trial.result) != -EINVAL)
			ok(false, "a result of %u bytes is too small to tell all", size);
	}
	trial.result.size = sizeof(trial.result) - 1;
	ok(core.spawn(&trial.request, &trial.result) == -EINVAL, "a result too small to tell all is refused");
	exit.exit.size = 8;
	ok(core.wait(0, 0, &exit.exit) == -EINVAL, "an exit record too small is refused");
	ok(core.wait(0, 0, NULL) == -EINVAL, "no exit record is refused");
}

static void name_steps(void)
{
	ok(core.abi() == SUBPROCESS_ABI, "the ABI is that of the header");
#define CHECK_NAME(name, number, text, when, detail)                                                                   \
	ok(strcmp(core.step_name(number), text) == 0, "step %d is called %s", number, text);
	SUBPROCESS_STEPS(CHECK_NAME)
	ok(strcmp(core.step_name(7), "unknown") == 0 && strcmp(core.step_name(0), "unknown") == 0,
	   "other numbers are unknown");
}

void test_requests(void)
{
	run_case("names", name_steps);
	run_case("refusals", refuse_requests);
	run_case("rooms", refuse_rooms);
	run_case("limits", accept_requests);
	run_case("growth", grow_structures);
}
