// SPDX-License-Identifier: Apache-2.0

import { outputPath, outputProblem } from './actuator.js';
import { byId, element, setAttribute, setText, show } from './dom.js';
import { bytes } from './format.js';
import { printable } from './printable.js';

// characters that are kept on the page
const LONGEST = 65536;
// pixels from the end that count as the end
const NEAR_END = 24;

/** What a process writes, as it writes it. */
export class Tail {

	#id = null;

	#source = null;

	#length = 0;

	#paused = false;

	constructor() {
		byId('tail-pause').addEventListener('click', () => this.#pause(!this.#paused));
		byId('tail-copy').addEventListener('click', () => this.#copy());
		document.addEventListener('visibilitychange', () => (document.hidden ? this.#disconnect() : this.#connect()));
	}

	/** Show another process; hidden: its output is not shown here. */
	open(id, hidden) {
		this.close();
		this.#pause(false);
		show(byId('tail-text'), !hidden);
		show(byId('tail-pause').parentElement, !hidden);
		setText(byId('tail-state'), hidden ? 'not shown for this policy' : 'connecting');
		if (!hidden) {
			this.#id = id;
			this.#connect();
		}
	}

	close() {
		this.#disconnect();
		this.#id = null;
		this.#clear();
	}

	#connect() {
		if (!this.#id || this.#source) {
			return;
		}
		this.#clear();
		const source = new EventSource(outputPath(this.#id));
		this.#source = source;
		source.addEventListener('open', () => setText(byId('tail-state'), this.#length > 0 ? 'live' : 'live, nothing written yet'));
		source.addEventListener('output', (event) => this.#append(JSON.parse(event.data)));
		source.addEventListener('end', (event) => this.#end(`ended: ${JSON.parse(event.data).status ?? ''}`));
		source.addEventListener('forgotten', () => this.#end('forgotten'));
		source.addEventListener('error', () => this.#failed(source));
	}

	#disconnect() {
		this.#source?.close();
		this.#source = null;
	}

	async #failed(source) {
		if (source.readyState === EventSource.CLOSED && source === this.#source) {
			const id = this.#id;
			const problem = await outputProblem(id).catch((failure) => failure.message);
			if (id === this.#id) {
				this.#end(problem);
			}
		}
		else if (source === this.#source) {
			setText(byId('tail-state'), 'connection lost, trying again');
		}
	}

	#end(text) {
		this.#disconnect();
		// looked at again it would come again
		this.#id = null;
		setText(byId('tail-state'), this.#length > 0 ? text : `${text}, nothing was captured`);
	}

	#clear() {
		byId('tail-text').replaceChildren();
		this.#length = 0;
	}

	#append({ stream, skippedBytes, text }) {
		const log = byId('tail-text');
		const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
		if (skippedBytes > 0) {
			this.#add(element('span', { class: 'skipped' }, `… ${bytes(skippedBytes)} not shown …\n`));
		}
		this.#add(element('span', stream === 'error' ? { class: 'error' } : {}, printable(text)));
		while (this.#length > LONGEST && log.children.length > 1) {
			this.#length -= log.firstChild.textContent.length;
			log.firstChild.remove();
		}
		setText(byId('tail-state'), 'live');
		if (isAtEnd && !this.#paused) {
			log.scrollTop = log.scrollHeight;
		}
	}

	#add(node) {
		this.#length += node.textContent.length;
		byId('tail-text').append(node);
	}

	#pause(paused) {
		const log = byId('tail-text');
		this.#paused = paused;
		setAttribute(byId('tail-pause'), 'aria-pressed', String(paused));
		setText(byId('tail-pause'), paused ? 'Resume scrolling' : 'Pause scrolling');
		log.scrollTop = paused ? log.scrollTop : log.scrollHeight;
	}

	async #copy() {
		try {
			await navigator.clipboard.writeText(byId('tail-text').textContent);
			setText(byId('tail-copy'), 'Copied');
		}
		catch {
			setText(byId('tail-copy'), 'Not allowed');
		}
		setTimeout(() => setText(byId('tail-copy'), 'Copy'), 2000);
	}

}
