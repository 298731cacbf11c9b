// SPDX-License-Identifier: Apache-2.0

import { policiesOf } from './distribution.js';
import { byId, setAttribute, show } from './dom.js';
import { Heatmap } from './heatmap.js';
import { LatencyChart } from './latency.js';

/** Spawn latency in total by policy, or over time. */
export class LatencyPanel {

	#chart = new LatencyChart();

	#heatmap = new Heatmap();

	#overTime = false;

	#isEmpty = true;

	constructor() {
		byId('latency-total').addEventListener('click', () => this.#choose(false));
		byId('latency-time').addEventListener('click', () => this.#choose(true));
	}

	render(samples, now) {
		this.#isEmpty = policiesOf(samples).length === 0;
		this.#chart.render(samples);
		this.#heatmap.render(samples, now);
		this.#show();
	}

	#choose(overTime) {
		this.#overTime = overTime;
		setAttribute(byId('latency-total'), 'aria-pressed', String(!overTime));
		setAttribute(byId('latency-time'), 'aria-pressed', String(overTime));
		this.#show();
	}

	#show() {
		show(byId('latency-empty'), this.#isEmpty && !this.#overTime);
		show(byId('latency'), !this.#isEmpty && !this.#overTime);
		show(byId('heatmap'), this.#overTime);
	}

}
