// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * System calls that a converter of files has no use for and that attacks on the kernel
 * begin with. In a {@linkplain SandboxPolicy sandbox} that denies a group they fail with
 * {@code EPERM} unless it says otherwise; the program is not killed.
 *
 * @since 0.1.0
 */
public enum SystemCallGroup {

	/**
	 * Looking into other processes and changing them: ptrace, process_vm_readv,
	 * process_vm_writev, kcmp, pidfd_getfd, process_madvise.
	 */
	DEBUGGING,

	/**
	 * Changing what is mounted where: mount, umount2, pivot_root, chroot and the calls of
	 * the newer interface, such as fsopen, move_mount and mount_setattr.
	 */
	MOUNTS,

	/**
	 * Namespaces of its own, with which an ordinary user reaches parts of the kernel that
	 * are otherwise for root: unshare, setns and clone with the flag of a namespace.
	 * clone3, whose flags cannot be seen, fails with {@code ENOSYS}, and libraries use
	 * clone then.
	 */
	NAMESPACES,

	/**
	 * The keys that the kernel keeps: add_key, request_key, keyctl.
	 */
	KEYS,

	/**
	 * Code for the kernel: init_module, finit_module, delete_module, kexec_load,
	 * kexec_file_load.
	 */
	MODULES,

	/**
	 * Programs that run in the kernel, and what watches it: bpf, perf_event_open,
	 * userfaultfd.
	 */
	TRACING,

	/**
	 * Setting clocks: settimeofday, clock_settime, adjtimex, clock_adjtime. A program
	 * that only reads them by adjtimex fails too.
	 */
	CLOCKS,

	/**
	 * Running the machine: reboot, swapon, swapoff, acct, quotactl, sethostname,
	 * setdomainname, ioperm, iopl, syslog, vhangup.
	 */
	ADMINISTRATION,

	/**
	 * Requests to the kernel past the filter of system calls: io_uring_setup,
	 * io_uring_enter, io_uring_register. They fail with {@code ENOSYS}, as on a kernel
	 * that has none.
	 */
	IO_URING

}
