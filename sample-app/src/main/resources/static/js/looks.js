// SPDX-License-Identifier: Apache-2.0

import { readSubprocess } from './actuator.js';
import { measure } from './measure.js';

// looks that one round may cost, whatever is running
const AT_ONCE = 16;

/** Close looks at live processes: those that were looked at longest ago come first. */
export class Looks {

	#looks = new Map();

	async refresh(ids, openId) {
		for (const id of this.#looks.keys()) {
			if (!ids.includes(id)) {
				this.#looks.delete(id);
			}
		}
		const turn = ids.map((id) => [id, id === openId ? -Infinity : this.#looks.get(id)?.at ?? 0])
			.sort(([, one], [, other]) => one - other)
			.slice(0, AT_ONCE);
		await Promise.all(turn.map(([id]) => this.#look(id)));
	}

	async #look(id) {
		const process = await readSubprocess(id);
		if (process?.detail.figures) {
			this.#looks.set(id, measure(this.#looks.get(id), process, performance.now()));
		}
	}

	of(id) {
		return this.#looks.get(id);
	}

}
