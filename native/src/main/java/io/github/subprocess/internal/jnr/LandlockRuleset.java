// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.SandboxPath;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox in the numbers of Landlock (landlock(7)), as far as the kernel knows them.
 *
 * @param handledFiles the rights on files that are taken away
 * @param handledPorts the rights on TCP ports that are taken away
 * @param scoped what ends at the border of the sandbox
 * @param rules the exceptions, those of files first and in the order of the sandbox
 */
record LandlockRuleset(long handledFiles, long handledPorts, long scoped, List<Rule> rules) {

	private static final long EXECUTE = 1;

	private static final long WRITE_FILE = 1 << 1;

	private static final long READ_FILE = 1 << 2;

	private static final long READ_DIR = 1 << 3;

	/**
	 * From the removal of folders to the making of symbolic links.
	 */
	private static final long CHANGE_FOLDER = 0x1ff0;

	private static final long MAKE_CHARACTER_DEVICE = 1 << 6;

	private static final long MAKE_BLOCK_DEVICE = 1 << 11;

	/**
	 * Moving from one folder to another.
	 */
	private static final long REFER = 1 << 13;

	private static final long TRUNCATE = 1 << 14;

	private static final long CONTROL_DEVICE = 1 << 15;

	private static final long BIND_TCP = 1;

	private static final long CONNECT_TCP = 1 << 1;

	private static final long SCOPE_ABSTRACT_SOCKETS = 1;

	private static final long SCOPE_SIGNALS = 1 << 1;

	private static final long READ = READ_FILE | READ_DIR;

	/**
	 * Devices are never made: who may make them may have all.
	 */
	private static final long WRITE = WRITE_FILE | (CHANGE_FOLDER & ~MAKE_CHARACTER_DEVICE & ~MAKE_BLOCK_DEVICE) | REFER
			| TRUNCATE | CONTROL_DEVICE;

	/**
	 * Translate a sandbox, of which the kernel can do every part.
	 * @param sandbox the sandbox
	 * @param version the version of Landlock
	 * @return the rules, {@code null} if none are needed or to be had
	 */
	static @Nullable LandlockRuleset of(ChildSandbox sandbox, int version) {
		long files = (sandbox.files() != null) ? filesOf(version) : 0;
		long ports = handledPorts(sandbox, version);
		long scoped = (sandbox.isolatesAbstractSockets() ? SCOPE_ABSTRACT_SOCKETS : 0)
				| (sandbox.isolatesSignals() ? SCOPE_SIGNALS : 0);
		if ((files | ports | scoped) == 0) {
			return null;
		}
		List<Rule> rules = new ArrayList<>();
		addFiles(rules, sandbox.files(), files);
		addPorts(rules, sandbox.bindPorts(), ports & BIND_TCP);
		addPorts(rules, sandbox.connectPorts(), ports & CONNECT_TCP);
		return new LandlockRuleset(files, ports, scoped, rules);
	}

	private static long filesOf(int version) {
		long rights = EXECUTE | WRITE_FILE | READ | CHANGE_FOLDER;
		rights |= (version >= 2) ? REFER : 0;
		rights |= (version >= 3) ? TRUNCATE : 0;
		rights |= (version >= 5) ? CONTROL_DEVICE : 0;
		return rights;
	}

	/**
	 * Without a network, sockets that somebody else has made are kept from TCP as well,
	 * where that can be done.
	 */
	private static long handledPorts(ChildSandbox sandbox, int version) {
		if (version < 4) {
			return 0;
		}
		boolean all = sandbox.withoutNetwork();
		return ((all || sandbox.bindPorts() != null) ? BIND_TCP : 0)
				| ((all || sandbox.connectPorts() != null) ? CONNECT_TCP : 0);
	}

	private static void addFiles(List<Rule> rules, @Nullable List<SandboxPath> files, long handled) {
		if (files == null) {
			return;
		}
		for (SandboxPath file : files) {
			long access = (file.read() ? READ : 0) | (file.write() ? WRITE : 0) | (file.execute() ? EXECUTE : 0);
			rules.add(new Rule(file.path(), access & handled, 0, file.optional()));
		}
	}

	private static void addPorts(List<Rule> rules, @Nullable SortedSet<Integer> ports, long access) {
		if (ports == null || access == 0) {
			return;
		}
		ports.forEach((port) -> rules.add(new Rule(null, access, port, false)));
	}

	/**
	 * An exception.
	 *
	 * @param path the file or folder, {@code null}: it is about a port
	 * @param access the rights that are left
	 * @param port the port
	 * @param optional whether there is no rule where there is no file
	 */
	record Rule(@Nullable String path, long access, int port, boolean optional) {

	}

}
