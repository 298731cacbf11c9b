// SPDX-License-Identifier: Apache-2.0

import { readPolicies } from './actuator.js';

/** What the service tells about its policies; read once. */
export class Policies {

	#byName = {};

	#loaded;

	/** loaded(policies) is called when they are there. */
	constructor(loaded) {
		this.#loaded = loaded;
	}

	async load() {
		if (this.names.length === 0) {
			this.#byName = await readPolicies();
			this.#loaded(this);
		}
	}

	get names() {
		return Object.keys(this.#byName);
	}

	of(name) {
		return this.#byName[name] ?? {};
	}

}
