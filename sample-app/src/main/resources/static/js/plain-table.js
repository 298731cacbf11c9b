// SPDX-License-Identifier: Apache-2.0

import { element, KeyedChildren, setText } from './dom.js';

/** A table of texts: an array of cells a row, known by the first. */
export class PlainTable {

	#rows;

	constructor(table, classes) {
		this.#rows = new KeyedChildren(table.tBodies[0], () => {
			const cells = classes.map((name, index) => element(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row', class: name } : { class: name }));
			return {
				node: element('tr', {}, ...cells),
				update: (texts) => cells.forEach((cell, index) => setText(cell, texts[index])),
			};
		});
	}

	render(rows) {
		this.#rows.render(rows, ([key]) => key);
	}

}
