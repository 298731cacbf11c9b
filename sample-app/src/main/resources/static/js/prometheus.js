// SPDX-License-Identifier: Apache-2.0

// The text format of Prometheus: name{label="value",...} number

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;

export function samplesOf(text, prefix) {
	const samples = [];
	for (const line of text.split('\n')) {
		const match = line.startsWith(prefix) ? SAMPLE.exec(line) : null;
		if (match) {
			samples.push({ name: match[1], labels: labelsOf(match[2] ?? ''), value: numberOf(match[3]) });
		}
	}
	return samples;
}

function labelsOf(text) {
	const labels = {};
	for (const [, name, value] of text.matchAll(LABEL)) {
		labels[name] = value.replace(/\\(.)/g, (escape, character) => (character === 'n' ? '\n' : character));
	}
	return labels;
}

export function numberOf(text) {
	return text === '+Inf' ? Infinity : Number(text);
}
