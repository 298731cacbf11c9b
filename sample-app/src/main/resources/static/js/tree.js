// SPDX-License-Identifier: Apache-2.0

import { element, KeyedChildren, setText, show } from './dom.js';
import { bytes, percent } from './format.js';

/** A process and its descendants, each below its parent. */
export class Tree {

	#nodes;

	constructor(list) {
		this.#nodes = new KeyedChildren(list, branch);
	}

	render({ process, cpuShares }) {
		const { figures, tree } = process.detail;
		const all = [figures, ...(tree ?? [])];
		const pids = new Set(all.map(({ pid }) => pid));
		// who lost his parent is shown below the first
		const parentOf = ({ pid, parent }) => (pids.has(parent) && parent !== pid ? parent : figures.pid);
		const childrenOf = (pid) => all.filter((one) => one !== figures && parentOf(one) === pid)
			.map((one) => ({ figures: one, children: childrenOf(one.pid), share: cpuShares.get(one.pid) }));
		this.#nodes.render([{ figures, children: childrenOf(figures.pid), share: cpuShares.get(figures.pid) }], keyOf);
	}

}

function keyOf({ figures }) {
	return figures.pid;
}

function branch() {
	const name = element('span', { class: 'mono' });
	const pid = element('span', { class: 'muted' });
	const activity = element('span', { class: 'muted' });
	const cpu = element('span', { class: 'number' });
	const memory = element('span', { class: 'number' });
	const list = element('ul', {});
	const children = new KeyedChildren(list, branch);
	const node = element('li', {}, element('div', { class: 'branch' }, name, pid, activity, cpu, memory), list);
	return {
		node,
		update: ({ figures, children: below, share }) => {
			setText(name, figures.name);
			setText(pid, `pid ${figures.pid}`);
			setText(activity, figures.threads > 1 ? `${figures.activity}, ${figures.threads} threads` : figures.activity);
			setText(cpu, percent(share));
			setText(memory, bytes(figures.residentBytes));
			children.render(below, keyOf);
			show(list, below.length > 0);
		},
	};
}
