// SPDX-License-Identifier: Apache-2.0

import { readQuery, writeQuery } from './address.js';
import { byId, element, setText, show } from './dom.js';
import { fileOf } from './format.js';

const FIELDS = {
	policy: 'filter-policy',
	program: 'filter-program',
	state: 'filter-state',
	outcome: 'filter-outcome',
	sort: 'sort',
};

/** The filters above the lists, which are kept in the address. */
export class Filters {

	#changed;

	/** changed() is called when somebody has changed one. */
	constructor(changed) {
		this.#changed = changed;
		this.#read();
		for (const id of Object.values(FIELDS)) {
			byId(id).addEventListener('input', () => this.#apply());
		}
		for (const button of [byId('filter-clear'), ...document.querySelectorAll('[data-clear]')]) {
			button.addEventListener('click', () => this.#clear());
		}
		addEventListener('popstate', () => this.#read());
		show(byId('filter-clear'), this.#isFiltered());
	}

	get sort() {
		return byId('sort').value;
	}

	/** Offer these policies; one that is asked for and unknown stays on the list. */
	offer(names) {
		const select = byId('filter-policy');
		const known = new Set([...select.options].map(({ value }) => value));
		for (const name of names.filter((one) => !known.has(one))) {
			const next = [...select.options].find(({ value }) => value > name);
			select.insertBefore(element('option', { value: name }, name), next ?? null);
		}
	}

	passesLive({ process, marks }) {
		const state = byId('filter-state').value;
		return this.#passes(process) && (state === '' || (state === 'attention' ? marks.length > 0 : process.state === state));
	}

	passesRecent(process) {
		const outcome = byId('filter-outcome').value;
		return this.#passes(process) && (outcome === '' || (outcome === 'bad' ? process.outcome !== 'success' : process.outcome === outcome));
	}

	/** What has been asked for, in words. */
	describe(third) {
		const { policy, program, [third]: kind } = this.#values();
		const kindText = byId(FIELDS[third]).selectedOptions[0]?.text;
		const parts = [policy && `policy ${policy}`, program && `program with “${program}”`, kind && `${third} ${kindText}`].filter(Boolean);
		return parts.length > 0 ? `Asked for: ${parts.join(', ')}.` : '';
	}

	#passes({ policy, program }) {
		const wanted = this.#values();
		return (wanted.policy === '' || policy === wanted.policy) && fileOf(program).toLowerCase().includes(wanted.program.trim().toLowerCase());
	}

	#values() {
		return Object.fromEntries(Object.entries(FIELDS).map(([key, id]) => [key, byId(id).value]));
	}

	#read() {
		const query = readQuery();
		this.offer([query.policy ?? '']);
		for (const [key, id] of Object.entries(FIELDS)) {
			byId(id).value = query[key] ?? '';
			if (byId(id).value !== (query[key] ?? '')) {
				byId(id).value = '';
			}
		}
	}

	#isFiltered() {
		const { sort, ...filters } = this.#values();
		return Object.values(filters).some((value) => value !== '');
	}

	#apply() {
		writeQuery(this.#values());
		show(byId('filter-clear'), this.#isFiltered());
		this.#changed();
	}

	#clear() {
		for (const [key, id] of Object.entries(FIELDS)) {
			byId(id).value = key === 'sort' ? byId(id).value : '';
		}
		this.#apply();
		byId('filter-policy').focus();
	}

}

/** Tell how many of how many are shown, and show the list, or why it is empty. */
export function showList(name, shown, total, description) {
	setText(byId(`${name}-count`), shown < total ? `${shown} of ${total}` : '');
	setText(byId(`${name}-filtered-text`), description);
	show(byId(name), shown > 0);
	show(byId(`${name}-empty`), total === 0);
	show(byId(`${name}-filtered`), total > 0 && shown === 0);
}
