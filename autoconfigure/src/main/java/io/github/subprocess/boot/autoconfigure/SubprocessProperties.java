// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Properties of subprocesses. A key that is not known fails the start of the application,
 * lest a misspelt limit is no limit.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = SubprocessProperties.PREFIX, ignoreUnknownFields = false)
public class SubprocessProperties {

	static final String PREFIX = "subprocess";

	/**
	 * Whether to auto-configure a process launcher.
	 */
	private boolean enabled = true;

	/**
	 * What becomes of the start of the application when policies need paths, users,
	 * rights or kernel features that are not there.
	 */
	private Validate validate = Validate.FAIL;

	/**
	 * Native core to load instead of the one in the jar. Nothing else is tried if it
	 * cannot be loaded.
	 */
	private @Nullable Path nativeLibrary;

	/**
	 * Number of ended processes to remember.
	 */
	private int recentCapacity = 100;

	/**
	 * How much is remembered of what ended processes wrote: the end of each captured
	 * stream.
	 */
	private DataSize recentOutputSize = DataSize.ofKilobytes(4);

	/**
	 * Whether to end processes with their groups when the JVM dies without having ended
	 * them, by means of a small program beside it.
	 */
	private boolean guardian;

	/**
	 * Whether descendants of processes that lose their parents become children of the
	 * JVM, to be ended with their tree and reaped. Holds for the whole JVM.
	 */
	private boolean adoptOrphans;

	/**
	 * Whether to publish starts and ends of processes, failed starts and rejections as
	 * events of the application context.
	 */
	private boolean publishEvents;

	@NestedConfigurationProperty
	private final PolicyProperties.Concurrency concurrency = new PolicyProperties.Concurrency();

	@NestedConfigurationProperty
	private final PolicyProperties defaults = new PolicyProperties();

	/**
	 * Named policies. What a policy leaves undecided is taken from the defaults.
	 */
	private final Map<String, PolicyProperties> policy = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Validate getValidate() {
		return this.validate;
	}

	public void setValidate(Validate validate) {
		this.validate = validate;
	}

	public @Nullable Path getNativeLibrary() {
		return this.nativeLibrary;
	}

	public void setNativeLibrary(@Nullable Path nativeLibrary) {
		this.nativeLibrary = nativeLibrary;
	}

	public int getRecentCapacity() {
		return this.recentCapacity;
	}

	public void setRecentCapacity(int recentCapacity) {
		this.recentCapacity = recentCapacity;
	}

	public DataSize getRecentOutputSize() {
		return this.recentOutputSize;
	}

	public void setRecentOutputSize(DataSize recentOutputSize) {
		this.recentOutputSize = recentOutputSize;
	}

	public boolean isGuardian() {
		return this.guardian;
	}

	public void setGuardian(boolean guardian) {
		this.guardian = guardian;
	}

	public boolean isAdoptOrphans() {
		return this.adoptOrphans;
	}

	public void setAdoptOrphans(boolean adoptOrphans) {
		this.adoptOrphans = adoptOrphans;
	}

	public boolean isPublishEvents() {
		return this.publishEvents;
	}

	public void setPublishEvents(boolean publishEvents) {
		this.publishEvents = publishEvents;
	}

	public PolicyProperties.Concurrency getConcurrency() {
		return this.concurrency;
	}

	public PolicyProperties getDefaults() {
		return this.defaults;
	}

	public Map<String, PolicyProperties> getPolicy() {
		return this.policy;
	}

	/**
	 * What becomes of the start of an application whose policies cannot be met.
	 */
	public enum Validate {

		/**
		 * It fails with a report of all that is missing.
		 */
		FAIL,

		/**
		 * The report is logged, and the application starts. Launches under these policies
		 * fail until what is missing is there. Parts of sandboxes that the kernel lacks
		 * fail the start nevertheless.
		 */
		WARN

	}

}
