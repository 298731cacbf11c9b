// SPDX-License-Identifier: Apache-2.0

import { DeadlineBar } from './deadlines.js';
import { byId, element, facts, setText, show } from './dom.js';
import { bytes, clock, duration, millisOf, percent } from './format.js';
import { Marks } from './names.js';
import { PlainTable } from './plain-table.js';
import { leftOverLines, maxResidentOf, statusOf } from './recent.js';
import { Tree } from './tree.js';

const DEADLINES = { wall: 'Wall time', idle: 'Without output', cpu: 'CPU time' };

/** What is told of a process, part by part. */
export class DetailParts {

	#marks = new Marks(byId('detail-marks'));

	#tree = new Tree(byId('detail-tree'));

	#descriptors = new PlainTable(byId('detail-descriptors').querySelector('table'), ['number mono', '', 'mono wide']);

	#policy = new PlainTable(byId('detail-policy').querySelector('table'), ['mono key', 'mono wide']);

	#deadlines = Object.entries(DEADLINES).map(([key, name]) => {
		const bar = new DeadlineBar();
		const node = element('div', { class: 'deadline' }, element('span', { class: 'muted' }, name), ...bar.nodes);
		byId('detail-deadlines').append(node);
		return { key, bar, node };
	});

	/** Entry is { look, marks } while it is live. */
	render(process, entry) {
		const look = entry?.look;
		const told = look?.process ?? (process.detail ? process : null);
		show(byId('detail-missing'), Boolean(process.missing));
		this.#renderHead(process);
		this.#marks.render(entry?.marks ?? []);
		this.#showActions(Boolean(entry));
		this.#renderEnd(process);
		this.#renderLook(look);
		this.#renderDeadlines(look);
		this.#renderPolicy(told);
		this.#renderBirth(process);
	}

	/** Who has his focus on an action when there is no more to do is led to the title. */
	#showActions(possible) {
		const actions = byId('detail-actions');
		if (!possible && actions.contains(document.activeElement)) {
			byId('detail-title').focus({ preventScroll: true });
		}
		show(actions, possible);
	}

	#renderHead(process) {
		setText(byId('detail-title'), process.policy ?? process.id);
		const state = process.outcome ?? process.state;
		show(byId('detail-state'), Boolean(state));
		byId('detail-state').dataset.kind = state;
		setText(byId('detail-state'), state ?? '');
		setText(byId('detail-program'), process.missing ? '' : [process.program, ...process.arguments].join(' '));
		setText(byId('detail-ids'), process.missing ? '' : `pid ${process.pid}, id ${process.id}`);
	}

	#renderEnd(process) {
		show(byId('detail-end'), Boolean(process.outcome));
		if (process.outcome) {
			facts(byId('detail-end'), [
				['Ended', statusOf(process)],
				['Because of', process.terminationReason],
				['Duration', duration(millisOf(process.duration))],
				['CPU time', duration(millisOf(process.cpuTime))],
				['Largest memory', maxResidentOf(process)],
				['Captured', process.outputBytes > 0 ? bytes(process.outputBytes) : 'nothing'],
				['Ended with it', process.treeEnded],
				['Left over', leftOverLines(process).join('; ')],
			]);
		}
	}

	#renderLook(look) {
		for (const id of ['detail-figures', 'detail-tree-section', 'detail-descriptors']) {
			show(byId(id), Boolean(look));
		}
		if (!look) {
			return;
		}
		const { figures, tree, descriptors } = look.process.detail;
		const all = [figures, ...(tree ?? [])];
		const total = (valueOf) => all.reduce((sum, one) => sum + (valueOf(one) ?? 0), 0);
		facts(byId('detail-figures'), [
			['Activity', figures.activity],
			['Age', clock(millisOf(look.process.age))],
			['CPU now', percent(look.cpuShare)],
			['CPU time', duration(look.cpuTime)],
			['Memory', bytes(look.residentBytes)],
			['Threads', total(({ threads }) => threads)],
			['Read', bytes(figures.bytesRead === undefined ? undefined : total(({ bytesRead }) => bytesRead))],
			['Written', bytes(figures.bytesWritten === undefined ? undefined : look.written)],
		]);
		setText(byId('tree-count'), all.length > 1 ? `${all.length}, each below its parent` : '');
		this.#tree.render(look);
		this.#descriptors.render((descriptors ?? []).map(({ number, kind, target }) => [String(number), kind, target]));
		setText(byId('descriptors-count'), String(descriptors?.length ?? 0));
	}

	#renderDeadlines(look) {
		const left = look?.process.detail.deadlinesLeft;
		show(byId('detail-deadlines'), Boolean(left));
		for (const { key, bar, node } of left ? this.#deadlines : []) {
			const total = millisOf(look.process.detail.policy[`deadlines.${key}`]);
			show(node, left[key] !== undefined);
			bar.render(millisOf(left[key]), total);
		}
	}

	#renderPolicy(told) {
		const policy = Object.entries(told?.detail.policy ?? {});
		show(byId('detail-policy'), policy.length > 0);
		setText(byId('policy-count'), `${policy.length} keys`);
		this.#policy.render(policy.map(([key, value]) => [key, Array.isArray(value) ? value.join(' ') || '(none)' : String(value)]));
	}

	#renderBirth(process) {
		show(byId('detail-birth'), !process.missing);
		if (process.missing) {
			return;
		}
		facts(byId('detail-birth-facts'), [
			['Started', new Date(process.started).toLocaleString()],
			['Call to exec', duration(millisOf(process.spawnDuration))],
			['Mechanism', process.mechanism],
			['Descriptors closed by', process.closing],
			['Session', process.session],
			['Process group', process.processGroup],
			['Directory', process.workingDirectory],
			['Started without', (process.warnings ?? []).map(({ step, errno }) => `${step} (${errno})`).join(', ')],
		]);
	}

}
