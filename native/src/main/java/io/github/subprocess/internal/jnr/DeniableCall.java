// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.policy.SystemCallGroup;
import jnr.constants.platform.Errno;

/**
 * The system calls of the groups that a sandbox may deny, with their numbers on x86_64
 * and on aarch64.
 */
enum DeniableCall {

	PTRACE(SystemCallGroup.DEBUGGING, 101, 117),

	PROCESS_VM_READV(SystemCallGroup.DEBUGGING, 310, 270),

	PROCESS_VM_WRITEV(SystemCallGroup.DEBUGGING, 311, 271),

	KCMP(SystemCallGroup.DEBUGGING, 312, 272),

	PIDFD_GETFD(SystemCallGroup.DEBUGGING, 438, 438),

	PROCESS_MADVISE(SystemCallGroup.DEBUGGING, 440, 440),

	MOUNT(SystemCallGroup.MOUNTS, 165, 40),

	UMOUNT2(SystemCallGroup.MOUNTS, 166, 39),

	PIVOT_ROOT(SystemCallGroup.MOUNTS, 155, 41),

	CHROOT(SystemCallGroup.MOUNTS, 161, 51),

	OPEN_TREE(SystemCallGroup.MOUNTS, 428, 428),

	MOVE_MOUNT(SystemCallGroup.MOUNTS, 429, 429),

	FSOPEN(SystemCallGroup.MOUNTS, 430, 430),

	FSCONFIG(SystemCallGroup.MOUNTS, 431, 431),

	FSMOUNT(SystemCallGroup.MOUNTS, 432, 432),

	FSPICK(SystemCallGroup.MOUNTS, 433, 433),

	MOUNT_SETATTR(SystemCallGroup.MOUNTS, 442, 442),

	OPEN_TREE_ATTR(SystemCallGroup.MOUNTS, 467, 467),

	UNSHARE(SystemCallGroup.NAMESPACES, 272, 97),

	SETNS(SystemCallGroup.NAMESPACES, 308, 268),

	ADD_KEY(SystemCallGroup.KEYS, 248, 217),

	REQUEST_KEY(SystemCallGroup.KEYS, 249, 218),

	KEYCTL(SystemCallGroup.KEYS, 250, 219),

	INIT_MODULE(SystemCallGroup.MODULES, 175, 105),

	FINIT_MODULE(SystemCallGroup.MODULES, 313, 273),

	DELETE_MODULE(SystemCallGroup.MODULES, 176, 106),

	KEXEC_LOAD(SystemCallGroup.MODULES, 246, 104),

	KEXEC_FILE_LOAD(SystemCallGroup.MODULES, 320, 294),

	BPF(SystemCallGroup.TRACING, 321, 280),

	PERF_EVENT_OPEN(SystemCallGroup.TRACING, 298, 241),

	USERFAULTFD(SystemCallGroup.TRACING, 323, 282),

	SETTIMEOFDAY(SystemCallGroup.CLOCKS, 164, 170),

	CLOCK_SETTIME(SystemCallGroup.CLOCKS, 227, 112),

	ADJTIMEX(SystemCallGroup.CLOCKS, 159, 171),

	CLOCK_ADJTIME(SystemCallGroup.CLOCKS, 305, 266),

	REBOOT(SystemCallGroup.ADMINISTRATION, 169, 142),

	SWAPON(SystemCallGroup.ADMINISTRATION, 167, 224),

	SWAPOFF(SystemCallGroup.ADMINISTRATION, 168, 225),

	ACCT(SystemCallGroup.ADMINISTRATION, 163, 89),

	QUOTACTL(SystemCallGroup.ADMINISTRATION, 179, 60),

	QUOTACTL_FD(SystemCallGroup.ADMINISTRATION, 443, 443),

	SETHOSTNAME(SystemCallGroup.ADMINISTRATION, 170, 161),

	SETDOMAINNAME(SystemCallGroup.ADMINISTRATION, 171, 162),

	IOPERM(SystemCallGroup.ADMINISTRATION, 173, DeniableCall.NONE),

	IOPL(SystemCallGroup.ADMINISTRATION, 172, DeniableCall.NONE),

	SYSLOG(SystemCallGroup.ADMINISTRATION, 103, 116),

	VHANGUP(SystemCallGroup.ADMINISTRATION, 153, 58),

	IO_URING_SETUP(SystemCallGroup.IO_URING, 425, 425),

	IO_URING_ENTER(SystemCallGroup.IO_URING, 426, 426),

	IO_URING_REGISTER(SystemCallGroup.IO_URING, 427, 427);

	/**
	 * The number of a call that an architecture does not have.
	 */
	static final int NONE = -1;

	private final SystemCallGroup group;

	private final int x86;

	private final int arm;

	DeniableCall(SystemCallGroup group, int x86, int arm) {
		this.group = group;
		this.x86 = x86;
		this.arm = arm;
	}

	SystemCallGroup group() {
		return this.group;
	}

	/**
	 * Return the number of the call.
	 * @param architecture of which architecture
	 * @return the number, {@link #NONE} if it has no such call
	 */
	int number(FilterArchitecture architecture) {
		return architecture.choose(this.x86, this.arm);
	}

	/**
	 * Return what the call fails with: where libraries do without it if the kernel has
	 * none, that it has none.
	 */
	Errno errno() {
		return (this.group == SystemCallGroup.IO_URING) ? Errno.ENOSYS : Errno.EPERM;
	}

}
