// SPDX-License-Identifier: Apache-2.0

import { readSamples, readSubprocesses } from './actuator.js';
import { byId, setText, show } from './dom.js';
import { FailuresTable } from './failures.js';
import { count } from './format.js';
import { Jobs } from './jobs.js';
import { LatencyChart } from './latency.js';
import { LiveTable } from './live.js';
import { RecentTable } from './recent.js';

const INTERVAL = 1000;
const MESSAGE_TIME = 8000;

const jobs = new Jobs(announce, poll);
const live = new LiveTable((process) => jobs.ask(process));
const recent = new RecentTable();
const latency = new LatencyChart();
const failures = new FailuresTable();

let timer = 0;
let polling = false;
let lastAnswer = null;
let messageTimer = 0;

async function poll() {
	clearTimeout(timer);
	if (polling || document.hidden) {
		return;
	}
	polling = true;
	try {
		const [subprocesses, samples] = await Promise.all([readSubprocesses(), readSamples(), jobs.load()]);
		render(subprocesses, samples);
		lastAnswer = new Date();
		connected();
	}
	catch (failure) {
		disconnected(failure);
	}
	polling = false;
	timer = setTimeout(poll, INTERVAL);
}

function render(subprocesses, samples) {
	setText(byId('total-live'), count(subprocesses.live));
	setText(byId('total-started'), count(subprocesses.started));
	setText(byId('total-failed'), count(subprocesses.failedToStart));
	byId('total-failed-box').classList.toggle('bad', subprocesses.failedToStart > 0);
	document.title = `${subprocesses.live} running · Subprocesses`;
	live.render(Object.values(subprocesses.subprocesses));
	recent.render(subprocesses);
	latency.render(samples);
	failures.render(samples);
}

function connected() {
	byId('connection').dataset.state = 'live';
	setText(byId('connection-text'), 'Live, every second');
	show(byId('outage'), false);
	document.body.classList.remove('stale');
}

function disconnected(failure) {
	byId('connection').dataset.state = 'lost';
	setText(byId('connection-text'), 'Not connected');
	const outage = byId('outage');
	const since = lastAnswer ? `Shown is how things were at ${lastAnswer.toLocaleTimeString()}.` : '';
	setText(outage, `${failure.message} ${since} Trying again every second.`);
	show(outage, true);
	document.body.classList.add('stale');
}

function paused() {
	clearTimeout(timer);
	byId('connection').dataset.state = 'waiting';
	setText(byId('connection-text'), 'Paused');
}

function announce(text, kind) {
	const message = byId('message');
	message.dataset.kind = kind;
	setText(message, text);
	show(message, true);
	clearTimeout(messageTimer);
	messageTimer = setTimeout(() => show(message, false), MESSAGE_TIME);
}

document.addEventListener('visibilitychange', () => (document.hidden ? paused() : poll()));
poll();
