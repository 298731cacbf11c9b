// SPDX-License-Identifier: Apache-2.0

// more than one process can have
const MOST_MARKS = 10;

const COMPARISONS = {
	'': (one, other) => urgency(other) - urgency(one) || byAge(one, other),
	age: byAge,
	newest: (one, other) => -byAge(one, other),
	cpu: (one, other) => (other.look?.cpuShare || 0) - (one.look?.cpuShare || 0) || byAge(one, other),
	memory: (one, other) => (other.look?.residentBytes ?? 0) - (one.look?.residentBytes ?? 0) || byAge(one, other),
};

/** Who is stuck comes before who is remarkable. */
function urgency({ marks }) {
	return marks.length + (marks.some(({ kind }) => kind === 'stuck') ? MOST_MARKS : 0);
}

function byAge(one, other) {
	return Date.parse(one.process.started) - Date.parse(other.process.started);
}

/** The order of the live list. It holds while somebody points at the list or has his focus in it: no row runs away under a click. */
export class Order {

	#table;

	#ids = [];

	#sort = null;

	constructor(table) {
		this.#table = table;
	}

	apply(entries, sort) {
		const sorted = [...entries].sort(COMPARISONS[sort] ?? COMPARISONS['']);
		if (sort === this.#sort && this.#table.matches(':hover, :focus-within')) {
			const place = (entry) => {
				const index = this.#ids.indexOf(entry.process.id);
				return index < 0 ? Infinity : index;
			};
			sorted.sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
		}
		this.#sort = sort;
		this.#ids = sorted.map(({ process }) => process.id);
		return sorted;
	}

}
