// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Each class knows its room.
 */
@AnalyzeClasses(packages = "io.github.subprocess", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTests {

	private static final String ROOT = "io.github.subprocess";

	@ArchTest
	static final ArchRule apiKnowsNoInternals = noClasses().that()
		.resideInAnyPackage(ROOT, ROOT + ".policy", ROOT + ".event", ROOT + ".spi")
		.and()
		.haveNameNotMatching(".*\\.ProcessLauncher")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("..internal..")
		.because("only the factory method of ProcessLauncher leads inside");

	@ArchTest
	static final ArchRule apiKnowsNoSpi = noClasses().that()
		.resideInAnyPackage(ROOT, ROOT + ".policy", ROOT + ".event")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".spi")
		.because("users neither type nor catch what is behind the seam");

	@ArchTest
	static final ArchRule onlyJnrKnowsThatCExists = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".internal.jnr")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jnr..", "com.kenai..");

	@ArchTest
	static final ArchRule roomsDoNotKnowEachOther = noClasses().that()
		.resideInAPackage(ROOT + ".internal.plan")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".internal.live", ROOT + ".internal.jnr", ROOT + ".event");

	@ArchTest
	static final ArchRule liveKnowsNeitherPlanNorJnr = noClasses().that()
		.resideInAPackage(ROOT + ".internal.live")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".internal.plan", ROOT + ".internal.jnr");

	@ArchTest
	static final ArchRule jnrKnowsNeitherPlanNorLive = noClasses().that()
		.resideInAPackage(ROOT + ".internal.jnr")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".internal.plan", ROOT + ".internal.live");

	@ArchTest
	static final ArchRule treeKnowsNoOtherRoom = noClasses().that()
		.resideInAPackage(ROOT + ".internal.tree")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".internal.plan", ROOT + ".internal.live", ROOT + ".internal.jnr", ROOT + ".policy",
				ROOT + ".event");

	@ArchTest
	static final ArchRule noProcessBuilderInside = noClasses().should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.lang.ProcessBuilder");

	@ArchTest
	static final ArchRule deadlinesKnowNoWallClock = noClasses().that()
		.doNotHaveFullyQualifiedName(ROOT + ".internal.Births")
		.should()
		.callMethodWhere(target(owner(name("java.time.Instant"))).and(target(name("now"))))
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.time.Clock")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.Timer")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.Date")
		.because("a wall clock jumps: it tells when a process was started, and nothing else; what waits goes by "
				+ "System.nanoTime()");

	@ArchTest
	static final ArchRule dataHasNoSetters = classes().that()
		.resideInAPackage(ROOT + ".policy")
		.and()
		.arePublic()
		.should()
		.haveOnlyFinalFields();

}
