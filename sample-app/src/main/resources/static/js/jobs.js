// SPDX-License-Identifier: Apache-2.0

import { readPolicies, startJob, stopProcess } from './actuator.js';
import { byId, element, setText } from './dom.js';
import { millisOf, span } from './format.js';

const FIRST_CHOICE = 'patrol';

/** The form that starts a job, and the question before one is stopped. */
export class Jobs {

	#announce;

	#refresh;

	#policies = {};

	#candidate = null;

	constructor(announce, refresh) {
		this.#announce = announce;
		this.#refresh = refresh;
		byId('start-policy').addEventListener('change', () => this.#describe());
		byId('start-button').addEventListener('click', () => this.#start());
		byId('stop-cancel').addEventListener('click', () => byId('stop-dialog').close());
		byId('stop-confirm').addEventListener('click', () => this.#stop());
	}

	/** Read what can be started, once. */
	async load() {
		if (Object.keys(this.#policies).length > 0) {
			return;
		}
		this.#policies = await readPolicies();
		const names = Object.keys(this.#policies);
		const select = byId('start-policy');
		select.replaceChildren(...names.map((name) => element('option', { value: name }, name)));
		select.value = names.includes(FIRST_CHOICE) ? FIRST_CHOICE : names[0];
		select.disabled = names.length === 0;
		byId('start-button').disabled = names.length === 0;
		this.#describe();
	}

	#describe() {
		const { program, timeout } = this.#policies[byId('start-policy').value] ?? {};
		const note = byId('start-note');
		note.replaceChildren('Runs ', element('code', {}, program ?? 'nothing'));
		note.append(timeout ? `, for ${span(millisOf(timeout))} at most.` : ', for as long as it likes.');
	}

	async #start() {
		const policy = byId('start-policy').value;
		const button = byId('start-button');
		button.disabled = true;
		try {
			const job = await startJob(policy);
			this.#announce(`Started ${policy} as process ${job.pid}.`, 'good');
		}
		catch (failure) {
			this.#announce(failure.message, 'bad');
		}
		button.disabled = false;
		this.#refresh();
	}

	ask(process) {
		const policy = this.#policies[process.policy] ?? {};
		const signal = policy.signal ?? 'SIGTERM';
		const whom = process.processGroup ? `process group ${process.processGroup}, that is ${process.program} and all that it started`
			: `process ${process.pid}`;
		const grace = policy.gracePeriod ? `Whatever is left of it after ${span(millisOf(policy.gracePeriod))} is killed.` : '';
		this.#candidate = process;
		setText(byId('stop-title'), `Stop ${process.policy}?`);
		setText(byId('stop-text'), `${signal} goes to ${whom}. ${grace}`);
		byId('stop-dialog').showModal();
	}

	async #stop() {
		const process = this.#candidate;
		byId('stop-dialog').close();
		try {
			await stopProcess(process.id);
			this.#announce(`Asked ${process.policy}, process ${process.pid}, to end.`, 'good');
		}
		catch (failure) {
			this.#announce(`${process.policy} was not stopped. ${failure.message}`, 'bad');
		}
		this.#refresh();
	}

}
