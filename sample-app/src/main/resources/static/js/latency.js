// SPDX-License-Identifier: Apache-2.0

import { byId, element, KeyedChildren, setText, showEither, svg } from './dom.js';
import { count, duration } from './format.js';
import { numberOf } from './prometheus.js';

// a logarithmic axis from 100 µs to 1 s
const FIRST_DECADE = -4;
const DECADES = 4;
const BINS_PER_DECADE = 6;
const BINS = DECADES * BINS_PER_DECADE;
// starts that a high quantile needs to mean anything
const ENOUGH = 20;
const WIDTH = 240;
const HEIGHT = 30;
const TICKS = ['100 µs', '1 ms', '10 ms', '100 ms', '1 s'];

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
		const policies = policiesOf(samples);
		this.#rows.render(policies, (policy) => policy.name);
		showEither(byId('latency'), byId('latency-empty'), policies.length === 0);
	}

}

function policiesOf(samples) {
	const byName = new Map();
	for (const { name, labels, value } of samples) {
		if (name !== 'subprocess_spawn_seconds_bucket' || labels.outcome?.toLowerCase() !== 'success') {
			continue;
		}
		const cumulative = byName.get(labels.policy) ?? new Map();
		const bound = numberOf(labels.le);
		cumulative.set(bound, (cumulative.get(bound) ?? 0) + value);
		byName.set(labels.policy, cumulative);
	}
	return [...byName]
		.map(([name, cumulative]) => ({ name, ...distributionOf(cumulative) }))
		.filter((policy) => policy.total > 0)
		.sort((one, other) => one.name.localeCompare(other.name));
}

function distributionOf(cumulative) {
	const buckets = [];
	let lower = 0;
	let below = 0;
	for (const [upper, upTo] of [...cumulative].sort(([one], [other]) => one - other)) {
		buckets.push({ lower, upper, below, upTo });
		lower = upper;
		below = upTo;
	}
	return { buckets, total: below };
}

function quantile({ buckets, total }, share) {
	const rank = share * total;
	const bucket = buckets.find(({ upTo }) => upTo >= rank);
	if (!bucket || bucket.upper === Infinity) {
		return bucket ? bucket.lower : NaN;
	}
	const within = (rank - bucket.below) / (bucket.upTo - bucket.below);
	return bucket.lower + (bucket.upper - bucket.lower) * within;
}

function binsOf({ buckets }) {
	const bins = new Array(BINS).fill(0);
	for (const { lower, upper, below, upTo } of buckets) {
		const middle = Math.sqrt(Math.max(lower, upper / 2) * Math.min(upper, lower * 2 || upper));
		const bin = Math.floor((Math.log10(middle) - FIRST_DECADE) * BINS_PER_DECADE);
		bins[Math.min(BINS - 1, Math.max(0, bin))] += upTo - below;
	}
	return bins;
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
