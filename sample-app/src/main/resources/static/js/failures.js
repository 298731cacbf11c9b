// SPDX-License-Identifier: Apache-2.0

import { byId, cell, element, KeyedChildren, setText, showEither } from './dom.js';
import { count } from './format.js';

const MEANINGS = {
	E2BIG: 'arguments too long',
	EACCES: 'permission denied',
	EAGAIN: 'limit of processes',
	EMFILE: 'too many open files',
	ENOENT: 'no such file or directory',
	ENOEXEC: 'not a program',
	ENOMEM: 'out of memory',
	ENOTDIR: 'not a directory',
	EPERM: 'not permitted',
};

export class FailuresTable {

	#rows = new KeyedChildren(byId('failures').tBodies[0], row);

	render(samples) {
		const failures = samples
			.filter(({ name, value }) => name === 'subprocess_spawn_failures_total' && value > 0)
			.sort((one, other) => other.value - one.value || one.labels.policy.localeCompare(other.labels.policy));
		this.#rows.render(failures, ({ labels }) => `${labels.policy} ${labels.step} ${labels.errno}`);
		showEither(byId('failures'), byId('failures-empty'), failures.length === 0);
	}

}

function row({ labels }) {
	const total = cell('Count', 'number');
	const meaning = MEANINGS[labels.errno];
	const node = element('tr', {},
		element('th', { scope: 'row' }, element('span', { class: 'name' }, labels.policy),
			...(meaning ? [element('span', { class: 'detail' }, meaning)] : [])),
		cell('Step', 'mono', labels.step),
		cell('Error', 'mono', labels.errno),
		total);
	return { node, update: ({ value }) => setText(total, count(value)) };
}
