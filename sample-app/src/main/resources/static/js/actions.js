// SPDX-License-Identifier: Apache-2.0

import { killProcess, readSubprocess, signalProcess, stopProcess } from './actuator.js';
import { millisOf, span } from './format.js';

// a signal needs a moment to have its effect
const MOMENT = 400;

/** What can be done to a process, each time with what became of it. */
export class Actions {

	#policies;

	#confirmation;

	#announce;

	#refresh;

	constructor(policies, confirmation, announce, refresh) {
		this.#policies = policies;
		this.#confirmation = confirmation;
		this.#announce = announce;
		this.#refresh = refresh;
	}

	stop(process) {
		const { signal = 'SIGTERM', gracePeriod } = this.#policies.of(process.policy);
		const grace = gracePeriod ? `Whatever is left of it after ${span(millisOf(gracePeriod))} is killed.` : '';
		this.#confirmation.ask({
			title: `Stop ${process.policy}?`,
			text: `${signal} goes to ${whom(process)}. ${grace}`,
			yes: 'Stop it',
		}, (reason) => this.#do(`Asked ${nameOf(process)} to end`, process, () => stopProcess(process.id, reason)));
	}

	kill(process) {
		this.#confirmation.ask({
			title: `Kill ${process.policy}?`,
			text: `SIGKILL goes to ${whom(process)}, at once: nothing can be saved or tidied up.`,
			yes: 'Kill it',
		}, (reason) => this.#do(`Killed ${nameOf(process)}`, process, () => killProcess(process.id, reason)));
	}

	signal(process, signal) {
		return this.#do(`Sent SIG${signal.toUpperCase()} to ${nameOf(process)}`, process, () => signalProcess(process.id, signal));
	}

	async #do(what, process, action) {
		// what is told of something else would be taken for the answer
		this.#announce('', 'good');
		try {
			await action();
			await new Promise((resolve) => setTimeout(resolve, MOMENT));
			this.#announce(`${what}. ${stateOf(await readSubprocess(process.id))}`, 'good');
		}
		catch (failure) {
			this.#announce(`Nothing was done to ${nameOf(process)}. ${failure.message}`, 'bad');
		}
		this.#refresh();
	}

}

function nameOf({ policy, pid }) {
	return `${policy}, process ${pid}`;
}

function whom({ processGroup, program, pid }) {
	return processGroup ? `process group ${processGroup}, that is ${program} and all that it started` : `process ${pid}`;
}

function stateOf(process) {
	if (!process) {
		return 'It is gone.';
	}
	if (process.outcome) {
		return `It has ended: ${process.status}.`;
	}
	return process.state === 'terminating' ? 'It is ending.' : `It is ${process.detail.figures?.activity ?? process.state} now.`;
}
