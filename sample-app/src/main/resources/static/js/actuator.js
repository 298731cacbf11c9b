// SPDX-License-Identifier: Apache-2.0

// All that this page knows comes from Actuator; jobs are started by the service itself.

import { samplesOf } from './prometheus.js';

const TIMEOUT = 4000;

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
		return (await response.json()).detail;
	}
	catch {
		return `The service answered ${response.status}.`;
	}
}

export async function readSubprocesses() {
	const response = await required('actuator/subprocesses', 'application/json');
	const now = Date.parse(response.headers.get('Date'));
	return { ...await response.json(), now: Number.isNaN(now) ? Date.now() : now };
}

export async function readSamples() {
	const response = await required('actuator/prometheus', 'text/plain');
	return samplesOf(await response.text(), 'subprocess_spawn_');
}

export async function readPolicies() {
	const response = await required('actuator/info', 'application/json');
	return (await response.json()).policies ?? {};
}

export async function startJob(policy) {
	const response = await request(`jobs/${encodeURIComponent(policy)}`, { method: 'POST' });
	if (!response.ok) {
		throw new Error(await problemOf(response));
	}
	return response.json();
}

export async function stopProcess(id) {
	const response = await request(`actuator/subprocesses/${encodeURIComponent(id)}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: '{}',
	});
	if (response.status === 404) {
		throw new Error('It had ended already.');
	}
	if (!response.ok) {
		throw new Error(await problemOf(response));
	}
}
