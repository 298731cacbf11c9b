// SPDX-License-Identifier: Apache-2.0

// What is shown is told by the address: the filters by its query, the open process by its hash.

const PROCESS = /^#process=([\w-]+)$/;

export function hashOf(id) {
	return `#process=${id}`;
}

/** The id of the process that the address names; undefined: it is about something else. */
export function openProcess() {
	return PROCESS.exec(location.hash)?.[1];
}

export function closeProcess() {
	history.pushState(null, '', location.pathname + location.search);
}

export function readQuery() {
	return Object.fromEntries(new URLSearchParams(location.search));
}

export function writeQuery(values) {
	const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();
	history.replaceState(null, '', location.pathname + (query ? `?${query}` : '') + location.hash);
}
