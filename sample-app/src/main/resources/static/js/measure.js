// SPDX-License-Identifier: Apache-2.0

import { millisOf } from './format.js';

/**
 * What can be told from two looks at a process: { process, at, cpu, cpuShares, residentBytes,
 * quietSince }. Figures are those of the process and its descendants together; shares are
 * of one processor, by pid and in all.
 */
export function measure(previous, process, at) {
	const { figures, tree } = process.detail;
	const all = [figures, ...(tree ?? [])];
	const cpu = new Map(all.map(({ pid, cpuTime }) => [pid, millisOf(cpuTime)]));
	const written = sum(all, ({ bytesWritten }) => bytesWritten ?? 0);
	const cpuShares = new Map();
	let used = 0;
	for (const [pid, millis] of cpu) {
		const before = previous?.cpu.get(pid);
		// who was not there at the last look has used all of it since then
		const since = previous ? Math.max(0, millis - (before ?? 0)) : NaN;
		cpuShares.set(pid, since / (at - previous?.at));
		used += since;
	}
	const isActive = !previous || written !== previous.written || used > 0 || all.length !== previous.cpu.size;
	return {
		process,
		at,
		cpu,
		written,
		cpuShares,
		cpuShare: used / (at - previous?.at),
		cpuTime: sum([...cpu.values()], (millis) => millis),
		// busy from look to look, not for a moment
		steadyShare: Math.min(used / (at - previous?.at), previous?.cpuShare ?? NaN),
		residentBytes: sum(all, ({ residentBytes }) => residentBytes),
		quietSince: isActive ? at : previous.quietSince,
	};
}

function sum(items, valueOf) {
	return items.reduce((total, item) => total + valueOf(item), 0);
}
