// SPDX-License-Identifier: Apache-2.0

// Text gets into the page as text nodes only: nothing is ever parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
	return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
	return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		node.setAttribute(name, value);
	}
	node.append(...children);
	return node;
}

/** Set a text only when it differs, so that selections and screen readers are left alone. */
export function setText(node, text) {
	if (node.textContent !== text) {
		node.textContent = text;
	}
}

export function show(node, visible) {
	node.hidden = !visible;
}

/** Show a list, or what stands for an empty one. */
export function showEither(list, empty, isEmpty) {
	show(list, !isEmpty);
	show(empty, isEmpty);
}

/** Set an attribute only when it differs. */
export function setAttribute(node, name, value) {
	if (node.getAttribute(name) !== value) {
		node.setAttribute(name, value);
	}
}

/**
 * Make the children of a node those of a list, each known by its key: a node that stays
 * is updated in place, and keeps its focus.
 */
export class KeyedChildren {

	#parent;

	#create;

	#entries = new Map();

	/** create(item) returns { node, update(item, context) } */
	constructor(parent, create) {
		this.#parent = parent;
		this.#create = create;
	}

	render(items, keyOf, context) {
		const focused = this.#parent.contains(document.activeElement) ? document.activeElement : null;
		const keys = new Set(items.map(keyOf));
		for (const [key, entry] of this.#entries) {
			if (!keys.has(key)) {
				entry.node.remove();
				this.#entries.delete(key);
			}
		}
		items.forEach((item, index) => {
			const key = keyOf(item);
			if (!this.#entries.has(key)) {
				this.#entries.set(key, this.#create(item));
			}
			const entry = this.#entries.get(key);
			entry.update(item, context);
			if (this.#parent.children[index] !== entry.node) {
				this.#parent.insertBefore(entry.node, this.#parent.children[index] ?? null);
			}
		});
		if (focused && document.activeElement !== focused) {
			this.#giveBack(focused);
		}
	}

	/** A node that is moved loses its focus; when it is gone the heading of its section gets it. */
	#giveBack(focused) {
		const heading = () => this.#parent.closest('section')?.querySelector('h2[tabindex]');
		(focused.isConnected ? focused : heading())?.focus({ preventScroll: true });
	}

}

/** A table cell that tells its column where the table has no columns: on narrow screens. */
export function cell(label, className, ...children) {
	const td = element('td', { 'data-label': label }, ...children);
	if (className) {
		td.className = className;
	}
	return td;
}

/** Parts of a list of terms: [term, text] each, those without a text left out. */
export function facts(list, entries) {
	const known = entries.filter(([, text]) => text !== undefined && text !== null && text !== '');
	known.forEach(([term, text], index) => {
		const entry = list.children[index] ?? list.appendChild(element('div', {}, element('dt'), element('dd')));
		setText(entry.children[0], term);
		setText(entry.children[1], String(text));
	});
	while (list.children.length > known.length) {
		list.lastElementChild.remove();
	}
}
