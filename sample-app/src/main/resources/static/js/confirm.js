// SPDX-License-Identifier: Apache-2.0

import { byId, setText } from './dom.js';

/** The question before something that cannot be undone. */
export class Confirmation {

	#confirmed = null;

	constructor() {
		byId('stop-dialog').addEventListener('close', keepFocus);
		byId('stop-cancel').addEventListener('click', () => byId('stop-dialog').close());
		byId('stop-confirm').addEventListener('click', () => {
			const confirmed = this.#confirmed;
			byId('stop-dialog').close();
			confirmed(byId('stop-reason').value.trim() || undefined);
		});
	}

	/** confirmed(reason) is called if the answer is yes. The focus returns to what asked, if that is still there. */
	ask({ title, text, yes }, confirmed) {
		this.#confirmed = confirmed;
		setText(byId('stop-title'), title);
		setText(byId('stop-text'), text);
		setText(byId('stop-confirm'), yes);
		byId('stop-reason').value = '';
		byId('stop-dialog').showModal();
	}

}

/** What asked may have gone while the question stood: its process has ended. */
function keepFocus() {
	const focused = document.activeElement;
	if (focused === document.body || !focused.checkVisibility()) {
		byId(byId('detail').hidden ? 'live-heading' : 'detail-title').focus({ preventScroll: true });
	}
}
