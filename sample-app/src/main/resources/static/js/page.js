// SPDX-License-Identifier: Apache-2.0

import { Actions } from './actions.js';
import { readSamples, readSubprocesses } from './actuator.js';
import { marksOf, typicalDurations } from './attention.js';
import { Confirmation } from './confirm.js';
import { Detail } from './detail.js';
import { byId, setText, show } from './dom.js';
import { FailuresTable } from './failures.js';
import { Filters } from './filters.js';
import { count } from './format.js';
import { Jobs } from './jobs.js';
import { LatencyPanel } from './latency-panel.js';
import { LimitsPanel } from './limits.js';
import { LiveTable } from './live.js';
import { Looks } from './looks.js';
import { Policies } from './policies.js';
import { RecentTable } from './recent.js';

const INTERVAL = 1000;
const MESSAGE_TIME = 8000;

const policies = new Policies((loaded) => {
	jobs.offer(loaded);
	filters.offer(loaded.names);
});
const jobs = new Jobs(policies, announce, poll);
const filters = new Filters(renderLists);
const actions = new Actions(policies, new Confirmation(), announce, poll);
const live = new LiveTable(filters, (process) => actions.stop(process));
const recent = new RecentTable(filters, renderLists);
const detail = new Detail(actions, policies, () => {
	renderLists();
	poll();
});
const looks = new Looks();
const latency = new LatencyPanel();
const limits = new LimitsPanel(policies);
const failures = new FailuresTable();

let timer = 0;
let polling = false;
let lastAnswer = null;
let latest = null;
let messageTimer = 0;

async function poll() {
	clearTimeout(timer);
	if (polling || document.hidden) {
		return;
	}
	polling = true;
	try {
		const [subprocesses, samples] = await Promise.all([readSubprocesses(), readSamples(), policies.load()]);
		await Promise.all([looks.refresh(Object.keys(subprocesses.subprocesses), detail.id), detail.read(subprocesses.subprocesses)]);
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
	setText(byId('total-refused'), count(subprocesses.rejected));
	show(byId('total-refused-box'), subprocesses.rejected > 0);
	document.title = `${subprocesses.live} running · Subprocesses`;
	latest = subprocesses;
	renderLists();
	latency.render(samples, Date.now());
	limits.render(samples);
	failures.render(samples);
}

function renderLists() {
	if (!latest) {
		return;
	}
	const typical = typicalDurations(latest.recent);
	const entries = Object.values(latest.subprocesses).map((process) => {
		const look = looks.of(process.id);
		return { process, look, marks: marksOf(process, look, typical) };
	});
	const attention = entries.filter(({ marks }) => marks.length > 0).length;
	setText(byId('total-attention'), count(attention));
	byId('total-attention-box').classList.toggle('warn', attention > 0);
	live.render(entries, detail.id);
	recent.render(latest, detail.id);
	detail.render(entries.find(({ process }) => process.id === detail.id));
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
	show(message, text !== '');
	clearTimeout(messageTimer);
	messageTimer = setTimeout(() => show(message, false), MESSAGE_TIME);
}

document.addEventListener('visibilitychange', () => (document.hidden ? paused() : poll()));
poll();
