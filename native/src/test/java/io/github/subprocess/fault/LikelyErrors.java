// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.util.List;
import java.util.Map;

import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * How each call of a launch, a watch and an end may fail. A call that is not here has not
 * been thought of, and the tests say so.
 */
final class LikelyErrors {

	private static final Map<String, List<Errno>> ERRORS = Map.<String, List<Errno>>ofEntries(
			Map.entry("access", List.of(Errno.EACCES)), Map.entry("chdir", List.of(Errno.EACCES)),
			Map.entry("chmod", List.of(Errno.EPERM)), Map.entry("clone", List.of(Errno.EAGAIN, Errno.ENOMEM)),
			Map.entry("clone3", List.of(Errno.EAGAIN, Errno.ENOMEM, Errno.ENOSYS)),
			Map.entry("close", List.of(Errno.EINTR, Errno.EIO)),
			Map.entry("close_range", List.of(Errno.ENOMEM, Errno.ENOSYS)), Map.entry("dup2", List.of(Errno.EBUSY)),
			Map.entry("dup3", List.of(Errno.EBUSY)), Map.entry("epoll_create1", List.of(Errno.EMFILE)),
			Map.entry("epoll_ctl", List.of(Errno.ENOMEM, Errno.ENOSPC)),
			Map.entry("epoll_pwait", List.of(Errno.EINTR, Errno.ENOMEM)),
			Map.entry("epoll_wait", List.of(Errno.EINTR, Errno.ENOMEM)), Map.entry("eventfd2", List.of(Errno.EMFILE)),
			Map.entry("execve", List.of(Errno.EACCES, Errno.ENOMEM)),
			Map.entry("execveat", List.of(Errno.EACCES, Errno.ENOMEM)), Map.entry("faccessat", List.of(Errno.EACCES)),
			Map.entry("faccessat2", List.of(Errno.EACCES)), Map.entry("fchmod", List.of(Errno.EPERM)),
			Map.entry("fchmodat", List.of(Errno.EPERM)), Map.entry("fcntl", List.of(Errno.EPERM)),
			Map.entry("fstat", List.of(Errno.ENOMEM)), Map.entry("getdents64", List.of(Errno.EIO)),
			Map.entry("getrusage", List.of(Errno.EPERM)), Map.entry("ioctl", List.of(Errno.EIO)),
			Map.entry("kill", List.of(Errno.EPERM)), Map.entry("landlock_add_rule", List.of(Errno.ENOMEM)),
			Map.entry("landlock_create_ruleset", List.of(Errno.EMFILE, Errno.EOPNOTSUPP)),
			Map.entry("landlock_restrict_self", List.of(Errno.E2BIG)), Map.entry("lseek", List.of(Errno.EIO)),
			Map.entry("lstat", List.of(Errno.EACCES)), Map.entry("newfstatat", List.of(Errno.EACCES)),
			Map.entry("open", List.of(Errno.EMFILE, Errno.EACCES)),
			Map.entry("openat", List.of(Errno.EMFILE, Errno.EACCES)), Map.entry("pidfd_open", List.of(Errno.EMFILE)),
			Map.entry("pidfd_send_signal", List.of(Errno.ENOSYS, Errno.EPERM)),
			Map.entry("pipe2", List.of(Errno.EMFILE)), Map.entry("poll", List.of(Errno.EINTR, Errno.ENOMEM)),
			Map.entry("ppoll", List.of(Errno.EINTR, Errno.ENOMEM)), Map.entry("prctl", List.of(Errno.EPERM)),
			Map.entry("pread64", List.of(Errno.EIO)), Map.entry("prlimit64", List.of(Errno.EPERM)),
			Map.entry("read", List.of(Errno.EINTR, Errno.EIO, Errno.ENOMEM)),
			Map.entry("readlink", List.of(Errno.EACCES)), Map.entry("readlinkat", List.of(Errno.EACCES)),
			Map.entry("rt_sigaction", List.of(Errno.EPERM)), Map.entry("rt_sigprocmask", List.of(Errno.EPERM)),
			Map.entry("sched_setaffinity", List.of(Errno.EINVAL)), Map.entry("seccomp", List.of(Errno.EPERM)),
			Map.entry("setpgid", List.of(Errno.EPERM)), Map.entry("setpriority", List.of(Errno.EACCES)),
			Map.entry("setsid", List.of(Errno.EPERM)), Map.entry("stat", List.of(Errno.EACCES)),
			Map.entry("statx", List.of(Errno.EACCES)), Map.entry("unlink", List.of(Errno.EACCES)),
			Map.entry("unlinkat", List.of(Errno.EACCES)), Map.entry("vfork", List.of(Errno.EAGAIN)),
			Map.entry("wait4", List.of(Errno.EINTR)), Map.entry("waitid", List.of(Errno.EINTR, Errno.EPERM)),
			Map.entry("write", List.of(Errno.EINTR, Errno.EIO)), Map.entry("umask", List.of(Errno.EPERM)),
			// these cannot fail
			Map.entry("getegid", List.of()), Map.entry("geteuid", List.of()), Map.entry("getgid", List.of()),
			Map.entry("getpgid", List.of()), Map.entry("getppid", List.of()), Map.entry("getuid", List.of()));

	private LikelyErrors() {
	}

	/**
	 * Return how a call may fail.
	 * @param call its name
	 * @return the errors, {@code null} for a call that nobody has thought of
	 */
	static @Nullable List<Errno> of(String call) {
		return ERRORS.get(call);
	}

}
