// SPDX-License-Identifier: Apache-2.0

import { byId, cell, element, KeyedChildren, setText, show } from './dom.js';
import { showList } from './filters.js';
import { ago, bytes, duration, millisOf } from './format.js';
import { idOf, markOpen, nameCell, openByClick } from './names.js';

const FEW = 12;
// what need not be said of a success
const ORDINARY = 'exit code 0';

export class RecentTable {

	#rows = new KeyedChildren(byId('recent').tBodies[0], row);

	#all = false;

	#filters;

	/** again() is called when more or fewer are to be shown. */
	constructor(filters, again) {
		this.#filters = filters;
		openByClick(byId('recent'));
		byId('recent-more').addEventListener('click', () => {
			this.#all = !this.#all;
			again();
		});
	}

	render({ recent, now }, openId) {
		const passing = recent.filter((process) => this.#filters.passesRecent(process));
		this.#rows.render(this.#all ? passing : passing.slice(0, FEW), (process) => process.id, { now, openId });
		showList('recent', passing.length, recent.length, this.#filters.describe('outcome'));
		const more = byId('recent-more');
		show(more, passing.length > FEW);
		setText(more, this.#all ? `Show the last ${FEW}` : `Show all ${passing.length}`);
	}

}

function row(process) {
	const lasted = millisOf(process.duration);
	const ended = element('td', { 'data-label': 'Ended', class: 'number muted ended' });
	const node = element('tr', { 'data-id': process.id, 'data-outcome': process.outcome },
		nameCell(process, idOf(process)),
		cell('Outcome', 'outcome', element('span', { class: 'badge', 'data-kind': process.outcome }, process.outcome),
			...(process.status === ORDINARY ? [] : [element('span', { class: 'status' }, statusOf(process))]), ...leftOvers(process)),
		cell('Duration', 'number', duration(lasted)),
		cell('CPU', 'number', duration(millisOf(process.cpuTime))),
		maxResidentCell(process),
		cell('Captured', 'number captured', process.outputBytes > 0 ? bytes(process.outputBytes) : '–', ...(process.outputTruncated
			? [element('span', { class: 'detail' }, 'middle not kept')] : [])),
		ended);
	return {
		node,
		update: (current, { now, openId }) => {
			setText(ended, ago(now - Date.parse(current.started) - lasted));
			markOpen(node, current.id === openId);
		},
	};
}

function maxResidentCell(process) {
	const td = cell('Max RSS', process.maxResidentExact ? 'number' : 'number muted', maxResidentOf(process));
	td.title = process.maxResidentExact ? '' : 'At most: until exec the kernel counts the memory of the JVM';
	return td;
}

function leftOvers(process) {
	return leftOverLines(process).map((line) => element('span', { class: 'detail' }, line));
}

export function leftOverLines(process) {
	return (process.leftOvers ?? []).map(({ pid, name, reason }) => `lives on: ${name} (pid ${pid}, ${reason.replace('-', ' ')})`);
}

/** An upper bound where the kernel counts the memory of the JVM until exec. */
export function maxResidentOf(process) {
	return (process.maxResidentExact ? '' : '≤ ') + bytes(process.maxResidentBytes);
}

export function statusOf(process) {
	return process.forced ? `${process.status}, by force` : process.status;
}
