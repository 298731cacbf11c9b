// SPDX-License-Identifier: Apache-2.0

import { byId, setText } from './dom.js';

/** The question before something that cannot be undone. */
export class Confirmation {

	#confirmed = null;

	constructor() {
		byId('stop-cancel').addEventListener('click', () => byId('stop-dialog').close());
		byId('stop-confirm').addEventListener('click', () => {
			const confirmed = this.#confirmed;
			byId('stop-dialog').close();
			confirmed(byId('stop-reason').value.trim() || undefined);
		});
	}

	/** confirmed(reason) is called if the answer is yes. The focus returns by itself: that is what a dialog does. */
	ask({ title, text, yes }, confirmed) {
		this.#confirmed = confirmed;
		setText(byId('stop-title'), title);
		setText(byId('stop-text'), text);
		setText(byId('stop-confirm'), yes);
		byId('stop-reason').value = '';
		byId('stop-dialog').showModal();
	}

}
