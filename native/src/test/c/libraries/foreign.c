/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another library in the same process, with children of its own: forks them,
 * waits for each by its pid as it should, and tells how many statuses were not
 * what its children had ended with.
 */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#define CODES 100

int foreign_children(int count)
{
	int wrong = 0;

	for (int child = 0; child < count; child++) {
		int status = -1;
		pid_t pid = fork();

		if (pid == 0)
			_exit(child % CODES);
		while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		wrong += pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != child % CODES;
	}
	return wrong;
}
