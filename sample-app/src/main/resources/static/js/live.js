// SPDX-License-Identifier: Apache-2.0

import { byId, cell, element, KeyedChildren, nameCell, setText, show, showEither } from './dom.js';
import { clock, millisOf, span } from './format.js';

const SESSIONS = {
	'new-session': 'new session',
	'process-group': 'own group',
	'inherit': 'group of the JVM',
};

export class LiveTable {

	#rows;

	/** onStop(process) is called when somebody wants one to end. */
	constructor(onStop) {
		this.#rows = new KeyedChildren(byId('live').tBodies[0], (process) => row(process, onStop));
		setText(byId('live-example'), `curl --data-binary @/etc/services ${location.origin}/files/checksum`);
	}

	render(processes) {
		this.#rows.render(processes, (process) => process.id);
		showEither(byId('live'), byId('live-empty'), processes.length === 0);
	}

}

function row(process, onStop) {
	const age = element('td', { 'data-label': 'Age', class: 'number' });
	const state = element('span', { class: 'badge' });
	const reason = element('span', { class: 'detail' });
	const left = element('span', { class: 'left' });
	const rest = element('span', { class: 'rest' });
	const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, rest);
	const stop = element('button', { type: 'button', class: 'stop', 'aria-label': `Stop ${process.policy}, process ${process.pid}` }, 'Stop');
	let latest = process;
	stop.addEventListener('click', () => onStop(latest));

	const node = element('tr', { 'data-id': process.id },
		nameCell(process),
		cell('Program', 'program', element('span', { class: 'mono' }, process.program)),
		cell('Process', '', element('span', { class: 'mono' }, String(process.pid)),
			element('span', { class: 'detail' }, sessionOf(process))),
		cell('State', '', state, reason),
		age,
		cell('Deadline', 'deadline', left, bar),
		cell('', 'action', stop));

	function update(current) {
		latest = current;
		const millis = millisOf(current.age);
		state.dataset.kind = current.state;
		setText(state, current.state);
		setText(reason, current.terminationReason ? `asked by ${current.terminationReason}` : '');
		setText(age, clock(millis));
		updateDeadline(current, millis);
		stop.disabled = current.state === 'terminating';
		setText(stop, current.state === 'terminating' ? 'Stopping' : 'Stop');
	}

	function updateDeadline(current, millis) {
		if (!current.deadline) {
			setText(left, 'none');
			show(bar, false);
			return;
		}
		const total = Date.parse(current.deadline) - Date.parse(current.started);
		const remaining = Math.max(0, total - millis);
		setText(left, `${clock(remaining)} of ${span(total)} left`);
		show(bar, true);
		rest.style.width = `${(100 * remaining / total).toFixed(1)}%`;
		bar.classList.toggle('late', remaining < total / 10);
	}

	return { node, update };
}

function sessionOf(process) {
	const session = SESSIONS[process.session] ?? process.session;
	return process.processGroup ? `${session}, group ${process.processGroup}` : session;
}
