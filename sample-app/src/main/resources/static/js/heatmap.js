// SPDX-License-Identifier: Apache-2.0

import { BINS, TICKS, upperEnd } from './distribution.js';
import { byId, element, setAttribute, setText, svg } from './dom.js';
import { count, duration, span } from './format.js';
import { COLUMN_TIME, COLUMNS, LatencyHistory } from './history.js';

const BINS_PER_ROW = 2;
const ROWS = BINS / BINS_PER_ROW;
const LEVELS = 5;

/** Spawn latency over the last ten minutes, as a picture and in words. */
export class Heatmap {

	#history = new LatencyHistory();

	#cells;

	#words = element('p', { class: 'note', id: 'heatmap-words' });

	constructor() {
		const plot = svg('svg', { viewBox: `0 0 ${COLUMNS} ${ROWS}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': 'Spawn latency over the last ten minutes', 'aria-describedby': 'heatmap-words' });
		this.#cells = Array.from({ length: COLUMNS }, (unused, column) => Array.from({ length: ROWS }, (none, row) => {
			const cell = svg('rect', { class: 'heat', x: column + 0.06, y: ROWS - 1 - row + 0.06, width: 0.88, height: 0.88 });
			plot.append(cell);
			return cell;
		}));
		byId('heatmap').append(
			element('div', { class: 'heatmap-plot' },
				element('div', { class: 'heatmap-scale', 'aria-hidden': 'true' }, ...[...TICKS].reverse().map((tick) => element('span', {}, tick))),
				plot),
			element('div', { class: 'latency-axis heatmap-axis', 'aria-hidden': 'true' }, element('span', {}, '10 min ago'), element('span', {}, '5 min'), element('span', {}, 'now')),
			this.#words);
	}

	render(samples, now) {
		this.#history.add(samples, now);
		const columns = this.#history.columns(now);
		const rows = columns.map((sizes) => Array.from({ length: ROWS }, (unused, row) => sumOf(sizes?.slice(row * BINS_PER_ROW, (row + 1) * BINS_PER_ROW) ?? [])));
		const most = Math.max(1, ...rows.flat());
		rows.forEach((sizes, column) => sizes.forEach((size, row) => {
			const level = size === 0 ? 0 : Math.ceil(LEVELS * Math.log1p(size) / Math.log1p(most));
			setAttribute(this.#cells[column][row], 'data-level', columns[column] ? String(level) : 'unknown');
		}));
		setText(this.#words, describe(columns));
	}

}

function describe(columns) {
	const known = columns.filter(Boolean);
	const watched = `Watched for ${span(known.length * COLUMN_TIME)} of the last ten minutes`;
	const bins = Array.from({ length: BINS }, (unused, bin) => sumOf(known.map((sizes) => sizes[bin])));
	const total = sumOf(bins);
	if (total === 0) {
		return `${watched}: nothing was started.`;
	}
	const slowest = bins.findLastIndex((size) => size > 0);
	const when = columns.findLastIndex((sizes) => sizes?.[slowest] > 0);
	const ago = (COLUMNS - 1 - when) * COLUMN_TIME;
	return `${watched}: ${count(total)} ${total === 1 ? 'start' : 'starts'}, half of them within ${duration(upperEnd(middleOf(bins, total)))}, `
		+ `the slowest within ${duration(upperEnd(slowest))}, ${ago === 0 ? 'just now' : `${span(ago)} ago`}.`;
}

function middleOf(bins, total) {
	let upTo = 0;
	return bins.findIndex((size) => (upTo += size) >= total / 2);
}

function sumOf(sizes) {
	return sizes.reduce((sum, size) => sum + size, 0);
}
