// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observation of launches.
 *
 * @since 0.1.0
 */
public enum SubprocessObservationDocumentation implements ObservationDocumentation {

	/**
	 * A launch, from before it is checked until its process has ended.
	 */
	EXECUTION {

		@Override
		public String getName() {
			return NAME;
		}

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultSubprocessObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	static final String NAME = "subprocess.execution";

	/**
	 * Keys with few values: tags of timers, and of spans.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * What became of the launch.
		 */
		OUTCOME("outcome",
				"`SUCCESS`, `FAILURE`, `SIGNALLED`, `TIMEOUT`, `IDLE_TIMEOUT`, `CPU_TIMEOUT`, `CANCELLED`; "
						+ "`START_FAILED`, `REJECTED`, or `REFUSED` by a guard or for a wrong argument; `LOST`; "
						+ "`UNKNOWN` until then"),

		/**
		 * Name of the policy.
		 */
		POLICY("policy", "name of the policy, `none` for ad-hoc commands");

		private final String key;

		private final String description;

		LowCardinalityKeyNames(String key, String description) {
			this.key = key;
			this.description = description;
		}

		@Override
		public String asString() {
			return this.key;
		}

		/**
		 * Return what the key tells.
		 * @return a few words of Markdown
		 */
		public String description() {
			return this.description;
		}

	}

	/**
	 * Keys with many values: of spans alone.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The program's file without its directory.
		 */
		PROCESS_EXECUTABLE_NAME("process.executable.name", "file of the program, without its directory"),

		/**
		 * The process id.
		 */
		PROCESS_PID("process.pid", "process id, if there was a process"),

		/**
		 * The exit code.
		 */
		PROCESS_EXIT_CODE("process.exit.code", "exit code, if the program called exit"),

		/**
		 * The signal that ended the process.
		 */
		PROCESS_SIGNAL("process.signal", "name of the signal, if one ended the process"),

		/**
		 * What has failed.
		 */
		ERROR_TYPE("error.type",
				"with the convention of OpenTelemetry: error of the start as `ENOENT`, or the outcome");

		private final String key;

		private final String description;

		HighCardinalityKeyNames(String key, String description) {
			this.key = key;
			this.description = description;
		}

		@Override
		public String asString() {
			return this.key;
		}

		/**
		 * Return what the key tells.
		 * @return a few words of Markdown
		 */
		public String description() {
			return this.description;
		}

	}

}
