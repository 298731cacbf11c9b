// SPDX-License-Identifier: Apache-2.0

import { startJob } from './actuator.js';
import { byId, element } from './dom.js';
import { millisOf, span } from './format.js';

const FIRST_CHOICE = 'patrol';
// then it waits for a place, and others can be started
const PATIENCE = 1000;

/** The form that starts a job. */
export class Jobs {

	#policies;

	#announce;

	#refresh;

	constructor(policies, announce, refresh) {
		this.#policies = policies;
		this.#announce = announce;
		this.#refresh = refresh;
		byId('start-policy').addEventListener('change', () => this.#describe());
		byId('start-button').addEventListener('click', () => this.#start());
	}

	/** Offer what can be started. */
	offer({ names }) {
		const select = byId('start-policy');
		select.replaceChildren(...names.map((name) => element('option', { value: name }, name)));
		select.value = names.includes(FIRST_CHOICE) ? FIRST_CHOICE : names[0];
		select.disabled = names.length === 0;
		byId('start-button').disabled = names.length === 0;
		this.#describe();
	}

	#describe() {
		const { program, timeout } = this.#policies.of(byId('start-policy').value);
		const note = byId('start-note');
		note.replaceChildren('Runs ', element('code', {}, program ?? 'nothing'));
		note.append(timeout ? `, for ${span(millisOf(timeout))} at most.` : ', for as long as it likes.');
	}

	async #start() {
		const policy = byId('start-policy').value;
		const patience = setTimeout(() => this.#announce(`${policy} waits for a place.`, 'good'), PATIENCE);
		try {
			const job = await startJob(policy);
			this.#announce(`Started ${policy} as process ${job.pid}.`, 'good');
		}
		catch (failure) {
			this.#announce(failure.message, 'bad');
		}
		clearTimeout(patience);
		this.#refresh();
	}

}
