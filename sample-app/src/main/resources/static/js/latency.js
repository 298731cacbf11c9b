// SPDX-License-Identifier: Apache-2.0

import { BINS, binsOf, DECADES, policiesOf, quantile, TICKS } from './distribution.js';
import { byId, element, KeyedChildren, setText, svg } from './dom.js';
import { count, duration } from './format.js';

// starts that a high quantile needs to mean anything
const ENOUGH = 20;
const WIDTH = 240;
const HEIGHT = 30;

export class LatencyChart {

	#rows;

	constructor() {
		const chart = byId('latency');
		const rows = element('div', { class: 'latency-rows' });
		chart.append(rows, element('div', { class: 'latency-axis', 'aria-hidden': 'true' },
			...TICKS.map((tick) => element('span', {}, tick))));
		this.#rows = new KeyedChildren(rows, row);
	}

	render(samples) {
		this.#rows.render(policiesOf(samples), (policy) => policy.name);
	}

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
