// SPDX-License-Identifier: Apache-2.0

const ISO_DURATION = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/;

/** Milliseconds of an ISO 8601 duration such as PT1M30.5S. */
export function millisOf(iso) {
	const match = ISO_DURATION.exec(iso ?? '');
	if (!match) {
		return NaN;
	}
	const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
	return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** 0:42, 12:05, 3:12:05 */
export function clock(millis) {
	const seconds = Math.max(0, Math.round(millis / 1000));
	const pad = (number) => String(number).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return (hours > 0 ? `${hours}:${pad(minutes)}` : minutes) + `:${pad(seconds % 60)}`;
}

/** 340 µs, 2.1 ms, 1.25 s, 12:05 */
export function duration(millis) {
	if (Number.isNaN(millis)) {
		return '–';
	}
	if (millis < 1) {
		return `${Math.round(millis * 1000)} µs`;
	}
	if (millis < 1000) {
		return `${millis < 100 ? millis.toFixed(1) : Math.round(millis)} ms`;
	}
	return millis < 60000 ? `${(millis / 1000).toFixed(2)} s` : clock(millis);
}

/** 10 s, 5 min, 2 h: for round numbers */
export function span(millis) {
	if (millis < 60000) {
		return `${Math.round(millis / 1000)} s`;
	}
	return millis < 3600000 ? `${Math.round(millis / 60000)} min` : `${Math.round(millis / 3600000)} h`;
}

/** 0 %, 3.5 %, 98 %: of one processor */
export function percent(share) {
	if (share === undefined || Number.isNaN(share)) {
		return '–';
	}
	const value = 100 * share;
	return `${value > 0.05 && value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;
}

/** The last part of a path. */
export function fileOf(path) {
	return path.slice(path.lastIndexOf('/') + 1);
}

export function ago(millis) {
	return millis < 1500 ? 'just now' : `${span(millis)} ago`;
}

export function bytes(count) {
	if (count === undefined) {
		return '–';
	}
	const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
	let value = count;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function count(number) {
	return number.toLocaleString('en');
}
