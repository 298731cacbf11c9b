// SPDX-License-Identifier: Apache-2.0

import { byId, element, KeyedChildren, setAttribute, setText, show, showEither } from './dom.js';
import { count } from './format.js';

/** How far the policies with a limit are from it, and who waits. */
export class LimitsPanel {

	#rows = new KeyedChildren(byId('limits'), row);

	#policies;

	constructor(policies) {
		this.#policies = policies;
	}

	render(samples) {
		const limits = samples.filter(({ name }) => name.startsWith('subprocess_limit')).map(({ labels, value }) => ({
			policy: labels.policy,
			limit: value,
			live: valueOf(samples, 'subprocess_live', labels.policy),
			queued: valueOf(samples, 'subprocess_queued', labels.policy),
			rejected: valueOf(samples, 'subprocess_rejections', labels.policy),
			queue: this.#policies.of(labels.policy).queue,
		}));
		// who has no place left comes first
		limits.sort((one, other) => isFull(other) - isFull(one) || one.policy.localeCompare(other.policy));
		this.#rows.render(limits, ({ policy }) => policy);
		showEither(byId('limits'), byId('limits-empty'), limits.length === 0);
	}

}

function isFull({ live, limit }) {
	return live >= limit;
}

function valueOf(samples, prefix, policy) {
	return samples.filter(({ name, labels }) => name.startsWith(prefix) && labels.policy === policy)
		.reduce((sum, { value }) => sum + value, 0);
}

function row({ policy }) {
	const full = element('span', { class: 'badge', 'data-kind': 'failure' }, 'full');
	const running = meter(`Places of ${policy}`, 'running');
	const waiting = meter(`Queue of ${policy}`, 'waiting');
	const refused = element('span', { class: 'hint' });
	const node = element('div', { class: 'limit', 'data-policy': policy },
		element('p', { class: 'limit-head' }, element('span', { class: 'name' }, policy), full, refused),
		running.node, waiting.node);
	return {
		node,
		update: ({ limit, live, queued, queue, rejected }) => {
			running.update(live, limit);
			waiting.update(queued, queue);
			show(full, isFull({ live, limit }));
			node.classList.toggle('full', isFull({ live, limit }));
			setText(refused, rejected > 0 ? `${count(rejected)} refused` : '');
		},
	};
}

function meter(label, what) {
	const rest = element('span', { class: 'rest' });
	const bar = element('span', { class: 'bar', role: 'meter', 'aria-label': label, 'aria-valuemin': '0' }, rest);
	const text = element('span', { class: 'meter-text' });
	return {
		node: element('div', { class: 'meter', 'data-what': what }, text, bar),
		update: (value, most) => {
			setText(text, most === undefined ? `${count(value)} ${what}` : `${count(value)} of ${count(most)} ${what}`);
			setAttribute(bar, 'aria-valuenow', String(value));
			setAttribute(bar, 'aria-valuemax', String(most ?? Math.max(1, value)));
			rest.style.width = `${Math.min(100, 100 * value / (most || Math.max(1, value)))}%`;
			bar.classList.toggle('late', most > 0 && value >= most);
		},
	};
}
