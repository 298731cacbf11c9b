// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of processes. Each always carries all of its keys, and all keys have few
 * values: policies are configured, steps and errors are finite.
 *
 * @since 0.1.0
 */
public enum SubprocessMeters implements MeterDocumentation {

	/**
	 * Time from the call until the program runs, or until it is known that it cannot.
	 */
	SPAWN {

		@Override
		public String getName() {
			return "subprocess.spawn";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.TIMER;
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY, Keys.OUTCOME, Keys.MECHANISM };
		}

	},

	/**
	 * Programs that could not be started.
	 */
	SPAWN_FAILURES {

		@Override
		public String getName() {
			return "subprocess.spawn.failures";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.COUNTER;
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY, Keys.STEP, Keys.ERRNO };
		}

	},

	/**
	 * Attributes that programs were refused and were started without.
	 */
	SPAWN_WARNINGS {

		@Override
		public String getName() {
			return "subprocess.spawn.warnings";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.COUNTER;
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY, Keys.STEP, Keys.ERRNO };
		}

	},

	/**
	 * Processes that have not ended.
	 */
	LIVE {

		@Override
		public String getName() {
			return "subprocess.live";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.GAUGE;
		}

		@Override
		public String getBaseUnit() {
			return "processes";
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY };
		}

	},

	/**
	 * Launches that wait for a place.
	 */
	QUEUED {

		@Override
		public String getName() {
			return "subprocess.queued";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.GAUGE;
		}

		@Override
		public String getBaseUnit() {
			return "launches";
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY };
		}

	},

	/**
	 * Processes of a policy that may live at once, where the policy has a limit.
	 */
	LIMIT {

		@Override
		public String getName() {
			return "subprocess.limit";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.GAUGE;
		}

		@Override
		public String getBaseUnit() {
			return "processes";
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY };
		}

	},

	/**
	 * Launches that were refused before anything was tried.
	 */
	REJECTIONS {

		@Override
		public String getName() {
			return "subprocess.rejections";
		}

		@Override
		public Meter.Type getType() {
			return Meter.Type.COUNTER;
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Keys.POLICY, Keys.REASON };
		}

	};

	// null for timers, whose unit is up to the registry
	@Override
	public @Nullable String getBaseUnit() {
		return null;
	}

	/**
	 * The keys of the meters.
	 */
	public enum Keys implements KeyName {

		/**
		 * Name of the policy, {@code none} for ad-hoc commands.
		 */
		POLICY {

			@Override
			public String asString() {
				return "policy";
			}

		},

		/**
		 * {@code SUCCESS} or {@code ERROR}.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/**
		 * Why a launch was refused: {@code queue-full}, {@code max-wait} or
		 * {@code stopped}, or the guard that did not let it pass, such as
		 * {@code guard.allowed-programs}.
		 */
		REASON {

			@Override
			public String asString() {
				return "reason";
			}

		},

		/**
		 * How the process was born: {@code vfork}, {@code fork} or {@code posix-spawn};
		 * {@code none} if it was not.
		 */
		MECHANISM {

			@Override
			public String asString() {
				return "mechanism";
			}

		},

		/**
		 * Step that failed or was refused, such as {@code exec} or {@code nice}.
		 */
		STEP {

			@Override
			public String asString() {
				return "step";
			}

		},

		/**
		 * Name of the error, such as {@code ENOENT}; {@code none} if the process was
		 * killed before exec.
		 */
		ERRNO {

			@Override
			public String asString() {
				return "errno";
			}

		}

	}

}
