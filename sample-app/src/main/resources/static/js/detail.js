// SPDX-License-Identifier: Apache-2.0

import { readSubprocess } from './actuator.js';
import { closeProcess, openProcess } from './address.js';
import { byId, show } from './dom.js';
import { DetailParts } from './detail-parts.js';
import { Tail } from './tail.js';

/** One process beside the lists: the one that the address names. */
export class Detail {

	#id;

	// of one that has ended all has been said once
	#ended = null;

	#latest = null;

	#parts = new DetailParts();

	#tail = new Tail();

	#policies;

	#changed;

	/** changed() is called when another process is to be shown, or none. */
	constructor(actions, policies, changed) {
		this.#policies = policies;
		this.#changed = changed;
		byId('detail-close').addEventListener('click', () => this.#close());
		byId('detail').addEventListener('keydown', (event) => event.key === 'Escape' && this.#close());
		byId('action-stop').addEventListener('click', () => actions.stop(this.#latest));
		byId('action-kill').addEventListener('click', () => actions.kill(this.#latest));
		byId('action-send').addEventListener('click', () => actions.signal(this.#latest, byId('action-signal').value));
		addEventListener('hashchange', () => this.#follow());
		addEventListener('popstate', () => this.#follow());
	}

	get id() {
		return openProcess();
	}

	/** What is told of the open process if it is not among the live ones; null: nothing. */
	async read(live) {
		const id = this.id;
		if (id && !live[id] && this.#ended?.id !== id) {
			this.#ended = await readSubprocess(id) ?? { id, missing: true };
		}
	}

	/** Entry is that of the open process if it is live. */
	render(entry) {
		const id = this.id;
		const isOther = id !== this.#id;
		this.#id = id;
		show(byId('detail'), Boolean(id));
		document.body.classList.toggle('with-detail', Boolean(id));
		if (!id) {
			this.#tail.close();
			return;
		}
		const process = entry?.process ?? (this.#ended?.id === id ? this.#ended : null);
		if (process) {
			this.#latest = process;
			this.#parts.render(process, entry);
			if (isOther) {
				this.#begin(process);
			}
		}
		else {
			this.#id = undefined;
		}
	}

	#begin(process) {
		this.#tail.open(process.id, process.missing || this.#policies.of(process.policy).output !== 'shown');
	}

	#follow() {
		const isOpened = this.id && this.id !== this.#id;
		this.#changed();
		if (isOpened && !byId('detail').hidden) {
			byId('detail-title').focus({ preventScroll: true });
			byId('detail').scrollIntoView({ block: 'nearest' });
		}
	}

	#close() {
		const opener = document.querySelector(`tr[data-id="${this.#id}"] a.name`) ?? byId('live-heading');
		closeProcess();
		this.#changed();
		opener.focus();
	}

}
