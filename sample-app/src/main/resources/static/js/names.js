// SPDX-License-Identifier: Apache-2.0

import { hashOf } from './address.js';
import { element, KeyedChildren, setAttribute, show } from './dom.js';

/** What a process is called in every list: its policy, which opens it, and what it had to be started without. */
export function nameCell(process, ...more) {
	return element('th', { scope: 'row' },
		element('a', { class: 'name', href: hashOf(process.id), 'aria-label': `${process.policy}, process ${process.pid}, details` }, process.policy),
		...more, ...(process.warnings ?? []).map(warningLine));
}

/** The launcher's own name of a process, which no other gets. */
export function idOf(process) {
	return element('span', { class: 'id mono' }, process.id);
}

export function warningLine({ step, errno, text, subject }) {
	return element('span', { class: 'detail warning', title: subject ?? '' }, `⚠ without ${step}: ${text} (${errno})`);
}

/** The row of the process that is open is marked. */
export function markOpen(row, isOpen) {
	row.classList.toggle('open', isOpen);
	const link = row.querySelector('a.name');
	if (isOpen) {
		setAttribute(link, 'aria-current', 'true');
	}
	else {
		link.removeAttribute('aria-current');
	}
}

/** A click anywhere in a row opens it, but on its buttons and links, and after a selection. */
export function openByClick(table) {
	table.tBodies[0].addEventListener('click', (event) => {
		const row = event.target.closest('tr[data-id]');
		if (row && !event.target.closest('a, button') && getSelection().isCollapsed) {
			location.hash = hashOf(row.dataset.id);
		}
	});
}

/** The list of what is remarkable about a process. */
export class Marks {

	#list;

	#marks;

	constructor(list) {
		this.#list = list;
		this.#marks = new KeyedChildren(list, ({ kind }) => {
			const node = element('li', { class: 'mark', 'data-kind': kind });
			return { node, update: (mark) => (node.textContent === mark.text || node.replaceChildren(mark.text)) };
		});
	}

	render(marks) {
		this.#marks.render(marks, ({ key }) => key);
		show(this.#list, marks.length > 0);
	}

}
