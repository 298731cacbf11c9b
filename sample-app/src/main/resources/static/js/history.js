// SPDX-License-Identifier: Apache-2.0

import { BINS, binsOf, policiesOf } from './distribution.js';

export const COLUMN_TIME = 10000;
export const COLUMNS = 60;
// between two looks that are further apart it is not known when something was
const LONGEST_GAP = 15000;

/** When births took how long: bins of all policies together, one column each 10 s, from the differences of what is polled. */
export class LatencyHistory {

	#columns = new Map();

	#last = null;

	add(samples, now) {
		const bins = new Array(BINS).fill(0);
		for (const policy of policiesOf(samples)) {
			binsOf(policy).forEach((size, bin) => (bins[bin] += size));
		}
		const differences = bins.map((size, bin) => size - (this.#last?.bins[bin] ?? 0));
		const isKnown = this.#last && now - this.#last.now <= LONGEST_GAP;
		// a service that has started again counts from nothing
		if (isKnown && differences.every((size) => size >= 0)) {
			this.#count(differences, Math.floor(now / COLUMN_TIME));
		}
		this.#last = { bins, now };
	}

	#count(differences, column) {
		const sizes = this.#columns.get(column) ?? new Array(BINS).fill(0);
		this.#columns.set(column, sizes.map((size, bin) => size + differences[bin]));
		for (const old of this.#columns.keys()) {
			if (old <= column - COLUMNS) {
				this.#columns.delete(old);
			}
		}
	}

	/** The columns of the last ten minutes, oldest first; undefined where nobody looked. */
	columns(now) {
		const newest = Math.floor(now / COLUMN_TIME);
		return Array.from({ length: COLUMNS }, (unused, index) => this.#columns.get(newest - COLUMNS + 1 + index));
	}

}
