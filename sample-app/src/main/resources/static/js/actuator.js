// SPDX-License-Identifier: Apache-2.0

// All that this page knows comes from Actuator; jobs are started by the service itself.

import { samplesOf } from './prometheus.js';

const TIMEOUT = 4000;
// a launch may wait for a place
const START_TIMEOUT = 40000;

const MEANINGS = {
	400: 'The reason cannot be one.',
	403: 'Only this machine may do that.',
	404: 'It had ended and is forgotten.',
	405: 'The endpoint is read-only here.',
	409: 'It had ended already.',
};

async function request(path, options = {}) {
	try {
		return await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT), ...options });
	}
	catch {
		throw new Error('The service does not answer.');
	}
}

async function required(path, accept) {
	const response = await request(path, { headers: { Accept: accept } });
	if (!response.ok) {
		throw new Error(`${path} answered ${response.status}.`);
	}
	return response;
}

async function problemOf(response) {
	try {
		return (await response.json()).detail ?? meaningOf(response);
	}
	catch {
		return meaningOf(response);
	}
}

function meaningOf({ status }) {
	return MEANINGS[status] ?? `The service answered ${status}.`;
}

export async function readSubprocesses() {
	const response = await required('actuator/subprocesses', 'application/json');
	const now = Date.parse(response.headers.get('Date'));
	return { ...await response.json(), now: Number.isNaN(now) ? Date.now() : now };
}

/** One process in detail, without its output; null when it is forgotten. */
export async function readSubprocess(id) {
	const path = `${pathOf(id)}?tail=0`;
	const response = await request(path, { headers: { Accept: 'application/json' } });
	if (response.status === 404) {
		return null;
	}
	if (!response.ok) {
		throw new Error(`${path} answered ${response.status}.`);
	}
	return response.json();
}

export async function readSamples() {
	const response = await required('actuator/prometheus', 'text/plain');
	return samplesOf(await response.text(), 'subprocess_');
}

export async function readPolicies() {
	const response = await required('actuator/info', 'application/json');
	return (await response.json()).policies ?? {};
}

export async function startJob(policy) {
	const response = await request(`jobs/${encodeURIComponent(policy)}`, { method: 'POST', signal: AbortSignal.timeout(START_TIMEOUT) });
	if (!response.ok) {
		throw new Error(await problemOf(response));
	}
	return response.json();
}

export function stopProcess(id, reason) {
	return write(id, { reason });
}

export function signalProcess(id, signal) {
	return write(id, { signal });
}

export async function killProcess(id, reason) {
	const query = reason ? `?${new URLSearchParams({ reason })}` : '';
	await accepted(await request(pathOf(id) + query, { method: 'DELETE' }));
}

async function write(id, body) {
	await accepted(await request(pathOf(id), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	}));
}

async function accepted(response) {
	if (!response.ok) {
		throw new Error(await problemOf(response));
	}
}

function pathOf(id) {
	return `actuator/subprocesses/${encodeURIComponent(id)}`;
}

/** Where a process's output comes from, as server-sent events. */
export function outputPath(id) {
	return `processes/${encodeURIComponent(id)}/output`;
}

/** Why there are no events: the browser does not tell. */
export async function outputProblem(id) {
	const leave = new AbortController();
	const response = await request(outputPath(id), { headers: { Accept: 'text/event-stream' }, signal: leave.signal });
	if (response.ok) {
		leave.abort();
		return 'The connection was closed.';
	}
	return problemOf(response);
}
