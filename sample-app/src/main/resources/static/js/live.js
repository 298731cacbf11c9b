// SPDX-License-Identifier: Apache-2.0

import { DeadlineBar } from './deadlines.js';
import { byId, cell, element, KeyedChildren, setAttribute, setText } from './dom.js';
import { showList } from './filters.js';
import { bytes, clock, fileOf, millisOf, percent } from './format.js';
import { idOf, markOpen, Marks, nameCell, openByClick } from './names.js';
import { Order } from './order.js';

// a session of its own is what a process has as a rule
const SESSIONS = {
	'new-session': '',
	'process-group': ', own group',
	'inherit': ', group of the JVM',
};

export class LiveTable {

	#rows;

	#order;

	#filters;

	/** onStop(process) is called when somebody wants one to end. */
	constructor(filters, onStop) {
		const table = byId('live');
		this.#filters = filters;
		this.#order = new Order(table.tBodies[0]);
		this.#rows = new KeyedChildren(table.tBodies[0], ({ process }) => row(process, onStop));
		openByClick(table);
		setText(byId('live-example'), `curl --data-binary @/etc/services ${location.origin}/files/checksum`);
	}

	/** Entries are { process, look, marks }. */
	render(entries, openId) {
		const passing = entries.filter((entry) => this.#filters.passesLive(entry));
		this.#rows.render(this.#order.apply(passing, this.#filters.sort), ({ process }) => process.id, openId);
		showList('live', passing.length, entries.length, this.#filters.describe('state'));
	}

}

function row(process, onStop) {
	const age = element('td', { 'data-label': 'Age', class: 'number' });
	const cpu = element('td', { 'data-label': 'CPU', class: 'number' });
	const memory = element('td', { 'data-label': 'Memory', class: 'number' });
	const state = element('span', { class: 'badge' });
	const reason = element('span', { class: 'detail' });
	const deadline = new DeadlineBar();
	const marks = element('ul', { class: 'marks' });
	const markList = new Marks(marks);
	const stop = element('button', { type: 'button', class: 'stop', 'aria-label': `Stop ${process.policy}, process ${process.pid}` }, 'Stop');
	let latest = process;
	// disabled it would lose its focus
	stop.addEventListener('click', () => stop.getAttribute('aria-disabled') === 'true' || onStop(latest));

	const node = element('tr', { 'data-id': process.id },
		nameCell(process, marks),
		cell('Process', 'program', element('span', { class: 'mono', title: process.program }, fileOf(process.program)),
			element('span', { class: 'detail' }, `pid ${process.pid}${SESSIONS[process.session] ?? `, ${process.session}`} `, idOf(process))),
		cell('State', 'state', state, reason),
		age, cpu, memory,
		cell('Deadline', 'deadline', ...deadline.nodes),
		cell('', 'action', stop));

	function update(entry, openId) {
		latest = entry.process;
		const millis = millisOf(latest.age);
		const isEnding = latest.state === 'terminating';
		const total = Date.parse(latest.deadline) - Date.parse(latest.started);
		state.dataset.kind = latest.state;
		setText(state, latest.state);
		setText(reason, latest.terminationReason ? `asked by ${latest.terminationReason}` : '');
		setText(age, clock(millis));
		setText(cpu, percent(entry.look?.cpuShare));
		setText(memory, bytes(entry.look?.residentBytes));
		markList.render(entry.marks);
		node.dataset.attention = entry.marks[0]?.kind ?? '';
		deadline.render(Math.max(0, total - millis), total);
		setAttribute(stop, 'aria-disabled', String(isEnding));
		setText(stop, isEnding ? 'Stopping' : 'Stop');
		markOpen(node, latest.id === openId);
	}

	return { node, update };
}
