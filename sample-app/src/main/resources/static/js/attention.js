// SPDX-License-Identifier: Apache-2.0

import { bytes, clock, duration, millisOf, percent, span } from './format.js';

// what is remarkable in this sample; a service knows its own programs better
const QUIET_TIME = 60000;
const MUCH_CPU = 0.8;
const MUCH_MEMORY = 128 * 1024 * 1024;
const MANY_PROCESSES = 50;
const NEAR = 1 / 3;
const SLOW_FACTOR = 5;
const SLOW_TIME = 5000;
const ENOUGH_SUCCESSES = 5;

/** How long the successes of each policy took, in the middle. */
export function typicalDurations(recent) {
	const byPolicy = new Map();
	for (const { policy, outcome, duration: lasted } of recent) {
		if (outcome === 'success') {
			byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), millisOf(lasted)]);
		}
	}
	return new Map([...byPolicy]
		.filter(([, durations]) => durations.length >= ENOUGH_SUCCESSES)
		.map(([policy, durations]) => [policy, durations.sort((one, other) => one - other)[durations.length >> 1]]));
}

/** What an operator should know of a live process before he looks at it: { key, kind, text } each. */
export function marksOf(process, look, typical) {
	return [...ofAge(process, typical), ...(look ? ofLook(look) : [])];
}

function ofAge({ age, started, deadline, policy }, typical) {
	const marks = [];
	const millis = millisOf(age);
	const usual = typical.get(policy);
	const total = Date.parse(deadline) - Date.parse(started);
	if (total - millis < total * NEAR / 2) {
		marks.push({ key: 'wall', kind: 'slow', text: 'deadline near' });
	}
	else if (usual !== undefined && millis > Math.max(SLOW_TIME, usual * SLOW_FACTOR)) {
		marks.push({ key: 'slow', kind: 'slow', text: `slow: ${duration(usual)} as a rule` });
	}
	return marks;
}

function ofLook({ process, at, cpu, quietSince, steadyShare, residentBytes }) {
	const { figures, deadlinesLeft = {}, policy } = process.detail;
	const marks = [];
	const idleLeft = millisOf(deadlinesLeft.idle);
	if (figures.activity === 'stopped') {
		marks.push({ key: 'stopped', kind: 'stuck', text: 'stopped by a signal' });
	}
	if (idleLeft < millisOf(policy['deadlines.idle']) * (1 - NEAR)) {
		marks.push({ key: 'idle', kind: 'stuck', text: `no output, ended in ${clock(idleLeft)}` });
	}
	else if (at - quietSince > QUIET_TIME) {
		marks.push({ key: 'quiet', kind: 'stuck', text: `does nothing for ${span(at - quietSince)}` });
	}
	if (millisOf(deadlinesLeft.cpu) < millisOf(policy['deadlines.cpu']) * NEAR) {
		marks.push({ key: 'cpu-deadline', kind: 'slow', text: 'CPU deadline near' });
	}
	if (steadyShare >= MUCH_CPU) {
		marks.push({ key: 'cpu', kind: 'busy', text: `CPU ${percent(steadyShare)}` });
	}
	if (cpu.size > MANY_PROCESSES) {
		marks.push({ key: 'many', kind: 'hungry', text: `${cpu.size} processes` });
	}
	if (residentBytes >= MUCH_MEMORY) {
		marks.push({ key: 'memory', kind: 'hungry', text: `memory ${bytes(residentBytes)}` });
	}
	return marks;
}
