// SPDX-License-Identifier: Apache-2.0

import { element, setText, show } from './dom.js';
import { clock, span } from './format.js';

const LATE = 1 / 6;

/** What is left of a deadline, as text and as a bar. */
export class DeadlineBar {

	#left = element('span');

	#total = element('span', { class: 'total' });

	#text = element('span', { class: 'left' }, this.#left, this.#total);

	#rest = element('span', { class: 'rest' });

	#bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, this.#rest);

	get nodes() {
		return [this.#text, this.#bar];
	}

	/** Both in milliseconds; without a total there is no deadline. */
	render(left, total) {
		const known = total > 0;
		setText(this.#left, known ? clock(left) : 'none');
		setText(this.#total, known ? ` of ${total % 60000 === 0 ? span(total) : clock(total)} left` : '');
		show(this.#bar, known);
		if (known) {
			this.#rest.style.width = `${Math.min(100, 100 * left / total).toFixed(1)}%`;
			this.#bar.classList.toggle('late', left < total * LATE);
		}
	}

}
