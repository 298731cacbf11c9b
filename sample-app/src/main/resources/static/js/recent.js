// SPDX-License-Identifier: Apache-2.0

import { byId, cell, element, KeyedChildren, nameCell, setText, show, showEither } from './dom.js';
import { ago, bytes, duration, millisOf } from './format.js';

const FEW = 12;

export class RecentTable {

	#rows = new KeyedChildren(byId('recent').tBodies[0], row);

	#all = false;

	#latest = { recent: [], now: 0 };

	constructor() {
		byId('recent-more').addEventListener('click', () => {
			this.#all = !this.#all;
			this.render(this.#latest);
		});
	}

	render(subprocesses) {
		this.#latest = subprocesses;
		const { recent, now } = subprocesses;
		this.#rows.render(this.#all ? recent : recent.slice(0, FEW), (process) => process.id, now);
		showEither(byId('recent'), byId('recent-empty'), recent.length === 0);
		const more = byId('recent-more');
		show(more, recent.length > FEW);
		setText(more, this.#all ? `Show the last ${FEW}` : `Show all ${recent.length}`);
	}

}

function row(process) {
	const lasted = millisOf(process.duration);
	const ended = element('td', { 'data-label': 'Ended', class: 'number muted' });
	const node = element('tr', { 'data-id': process.id },
		nameCell(process),
		cell('Outcome', '', element('span', { class: 'badge', 'data-kind': process.outcome }, process.outcome),
			element('span', { class: 'detail' }, statusOf(process)), ...leftOvers(process)),
		cell('Duration', 'number', duration(lasted)),
		cell('CPU', 'number', duration(millisOf(process.cpuTime))),
		// an upper bound: until exec the kernel counts the memory of the JVM
		cell('Max RSS', 'number', (process.maxResidentExact ? '' : '≤ ') + bytes(process.maxResidentBytes)),
		cell('Captured', 'number', process.outputBytes > 0 ? bytes(process.outputBytes) : '–', ...(process.outputTruncated
			? [element('span', { class: 'detail' }, 'middle not kept')] : [])),
		ended);
	return {
		node,
		update: (current, now) => setText(ended, ago(now - Date.parse(current.started) - lasted)),
	};
}

function leftOvers(process) {
	return (process.leftOvers ?? []).map(({ pid, name, reason }) =>
		element('span', { class: 'detail' }, `lives on: ${name} (pid ${pid}, ${reason.replace('-', ' ')})`));
}

function statusOf(process) {
	return process.forced ? `${process.status}, after the grace period` : process.status;
}
