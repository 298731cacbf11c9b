// SPDX-License-Identifier: Apache-2.0

import { BINS, binsOf, DECADES, policiesOf, quantile, TICKS } from './distribution.js';
import { byId, element, KeyedChildren, setText, show, svg } from './dom.js';
import { count, duration } from './format.js';

// starts that a high quantile needs to mean anything
const ENOUGH = 20;
const WIDTH = 240;
const HEIGHT = 30;
// policies that are shown unless somebody asks for all
const FEW = 6;

export class LatencyChart {

	#rows;

	#more = element('button', { type: 'button', class: 'quiet', id: 'latency-more' });

	#all = false;

	#policies = [];

	constructor() {
		const chart = byId('latency');
		const rows = element('div', { class: 'latency-rows', id: 'latency-rows' });
		chart.append(rows, element('div', { class: 'latency-axis', 'aria-hidden': 'true' },
			...TICKS.map((tick) => element('span', {}, tick))), this.#more);
		this.#more.addEventListener('click', () => {
			this.#all = !this.#all;
			this.#show();
		});
		this.#rows = new KeyedChildren(rows, row);
	}

	render(samples) {
		this.#policies = policiesOf(samples);
		this.#show();
	}

	#show() {
		this.#rows.render(this.#all ? this.#policies : mostStarted(this.#policies), (policy) => policy.name);
		show(this.#more, this.#policies.length > FEW);
		setText(this.#more, this.#all ? `Show the ${FEW} started most` : `Show all ${this.#policies.length} policies`);
	}

}

/** In the order of their names, so that no row jumps with every start. */
function mostStarted(policies) {
	return [...policies].sort((one, other) => other.total - one.total)
		.slice(0, FEW)
		.sort((one, other) => one.name.localeCompare(other.name));
}

function row(policy) {
	const plot = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' });
	for (let decade = 1; decade < DECADES; decade++) {
		const x = decade * WIDTH / DECADES;
		plot.append(svg('line', { class: 'grid', x1: x, x2: x, y1: 0, y2: HEIGHT }));
	}
	const width = WIDTH / BINS;
	const bars = Array.from({ length: BINS }, (unused, bin) => svg('rect', { class: 'bin', x: bin * width + 0.75, width: width - 1.5 }));
	plot.append(...bars);
	const facts = element('span', { class: 'latency-facts' });
	const node = element('div', { class: 'latency-row' },
		element('span', { class: 'name' }, policy.name), facts, plot);

	function update(current) {
		const bins = binsOf(current);
		const most = Math.max(...bins);
		bins.forEach((size, bin) => {
			// what happened once is still to be seen
			const height = size === 0 ? 0 : Math.max(2, HEIGHT * size / most);
			bars[bin].setAttribute('y', HEIGHT - height);
			bars[bin].setAttribute('height', height);
		});
		const parts = [`p50 ${duration(quantile(current, 0.5) * 1000)}`];
		if (current.total >= ENOUGH) {
			parts.push(`p99 ${duration(quantile(current, 0.99) * 1000)}`);
		}
		parts.push(`n ${count(current.total)}`);
		setText(facts, parts.join('  ·  '));
	}

	return { node, update };
}
