// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the layering of this module (house.md, §2 and §3c) and for Boot's rules on
 * auto-configurations.
 */
@AnalyzeClasses(packages = "io.github.subprocess.boot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule internalsOfTheLibraryAreNotUsed = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.github.subprocess.internal..", "io.github.subprocess.spi..", "jnr..");

	@ArchTest
	static final ArchRule onlyMetricsKnowsMeters = noClasses().that()
		.resideOutsideOfPackages("io.github.subprocess.boot.metrics", "io.github.subprocess.boot.autoconfigure.metrics")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.micrometer.core..");

	@ArchTest
	static final ArchRule onlyMetricsAndObservationKnowMicrometer = noClasses().that()
		.resideOutsideOfPackages("io.github.subprocess.boot.metrics", "io.github.subprocess.boot.autoconfigure.metrics",
				"io.github.subprocess.boot.observation", "io.github.subprocess.boot.autoconfigure.observation")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.micrometer..");

	@ArchTest
	static final ArchRule nobodyKnowsTracing = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.micrometer.tracing..", "io.opentelemetry..")
		.because("a bridge hears of observations by itself");

	@ArchTest
	static final ArchRule wiringOfObservationsKnowsTheRegistryAlone = noClasses().that()
		.resideInAPackage("io.github.subprocess.boot.autoconfigure.observation")
		.should()
		.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.micrometer..")
			.and(DescribedPredicate.not(HasName.Predicates.name("io.micrometer.observation.ObservationRegistry"))));

	@ArchTest
	static final ArchRule onlyHealthKnowsHealth = noClasses().that()
		.resideOutsideOfPackages("io.github.subprocess.boot.health", "io.github.subprocess.boot.autoconfigure.health")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.health..");

	@ArchTest
	static final ArchRule wiringOfMetricsKnowsTheRegistryAlone = noClasses().that()
		.resideInAPackage("io.github.subprocess.boot.autoconfigure.metrics")
		.should()
		.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.micrometer..")
			.and(DescribedPredicate.not(HasName.Predicates.name("io.micrometer.core.instrument.MeterRegistry"))));

	@ArchTest
	static final ArchRule actuatorIsKnownWhereItIsOptionalNoMore = noClasses().that()
		.resideInAnyPackage("io.github.subprocess.boot", "io.github.subprocess.boot.metrics",
				"io.github.subprocess.boot.autoconfigure.metrics", "io.github.subprocess.boot.observation",
				"io.github.subprocess.boot.autoconfigure.observation", "io.github.subprocess.boot.health",
				"io.github.subprocess.boot.autoconfigure.health")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.actuate..");

	@ArchTest
	static final ArchRule onlyTheirWiringKnowsEndpointAndInfoInAutoconfigure = noClasses().that()
		.resideInAPackage("io.github.subprocess.boot.autoconfigure")
		.and()
		.haveSimpleNameNotStartingWith("SubprocessesEndpoint")
		.and()
		.haveSimpleNameNotStartingWith("SubprocessPoliciesEndpoint")
		.and()
		.haveSimpleNameNotStartingWith("SubprocessInfoContributor")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.actuate..", "io.github.subprocess.boot.actuate..");

	@ArchTest
	static final ArchRule nothingBelowKnowsTheWiring = noClasses().that()
		.resideOutsideOfPackage("io.github.subprocess.boot.autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.github.subprocess.boot.autoconfigure..");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.github.subprocess.boot.(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule autoConfigurationsArePublicFinalListedAndHaveNoPublicMembers = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould(haveNoPublicMembers())
		.andShould(beListed());

	@ArchTest
	static final ArchRule nothingIsScanned = noClasses().should().beAnnotatedWith(ComponentScan.class);

	@ArchTest
	static final ArchRule beanMethodsAreNotPublic = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule beanMethodsHaveNoConditionOnClass = noMethods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	static final ArchRule failureAnalyzersArePackagePrivate = classes().that()
		.implement(FailureAnalyzer.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule nullabilityIsDeclared = classes().that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

	@ArchTest
	static final ArchRule namesSaySomething = noClasses().should()
		.haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

	private static ArchCondition<JavaClass> haveNoPublicMembers() {
		return new ArchCondition<>("have no public members") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				for (JavaMember member : item.getMembers()) {
					if (member.getModifiers().contains(JavaModifier.PUBLIC) && !isImplicitConstructor(member)) {
						events.add(SimpleConditionEvent.violated(member, member.getFullName() + " is public"));
					}
				}
			}

		};
	}

	/**
	 * A public class without constructors gets a public one from the compiler, as Boot's
	 * own auto-configurations do.
	 */
	private static boolean isImplicitConstructor(JavaMember member) {
		return member.getName().equals("<init>");
	}

	private static ArchCondition<JavaClass> beListed() {
		return new ArchCondition<>("be listed in AutoConfiguration.imports") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				if (!ImportCandidates.load(AutoConfiguration.class, null).getCandidates().contains(item.getName())) {
					events.add(SimpleConditionEvent.violated(item, item.getName() + " is not listed"));
				}
			}

		};
	}

}
