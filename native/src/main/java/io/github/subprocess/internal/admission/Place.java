// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.admission;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The place of one process, from before its birth until it is gone.
 */
public final class Place {

	private final Admission admission;

	private final List<Gate> gates;

	private final AtomicBoolean givenBack = new AtomicBoolean();

	Place(Admission admission, List<Gate> gates) {
		this.admission = admission;
		this.gates = List.copyOf(gates);
	}

	/**
	 * Leave it to the next one. Only the first call counts.
	 */
	public void giveBack() {
		if (!this.gates.isEmpty() && this.givenBack.compareAndSet(false, true)) {
			this.admission.giveBack(this.gates);
		}
	}

}
