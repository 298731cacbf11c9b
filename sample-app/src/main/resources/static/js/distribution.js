// SPDX-License-Identifier: Apache-2.0

// How long births take, as the timer of Micrometer tells it: in cumulative buckets.

import { numberOf } from './prometheus.js';

// a logarithmic axis from 100 µs to 1 s
const FIRST_DECADE = -4;
export const DECADES = 4;
export const BINS_PER_DECADE = 6;
export const BINS = DECADES * BINS_PER_DECADE;
export const TICKS = ['100 µs', '1 ms', '10 ms', '100 ms', '1 s'];

/** The upper end of a bin in milliseconds. */
export function upperEnd(bin) {
	return 1000 * 10 ** (FIRST_DECADE + (bin + 1) / BINS_PER_DECADE);
}

export function policiesOf(samples) {
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

export function quantile({ buckets, total }, share) {
	const rank = share * total;
	const bucket = buckets.find(({ upTo }) => upTo >= rank);
	if (!bucket || bucket.upper === Infinity) {
		return bucket ? bucket.lower : NaN;
	}
	const within = (rank - bucket.below) / (bucket.upTo - bucket.below);
	return bucket.lower + (bucket.upper - bucket.lower) * within;
}

export function binsOf({ buckets }) {
	const bins = new Array(BINS).fill(0);
	for (const { lower, upper, below, upTo } of buckets) {
		const middle = Math.sqrt(Math.max(lower, upper / 2) * Math.min(upper, lower * 2 || upper));
		const bin = Math.floor((Math.log10(middle) - FIRST_DECADE) * BINS_PER_DECADE);
		bins[Math.min(BINS - 1, Math.max(0, bin))] += upTo - below;
	}
	return bins;
}
