package dev.pocketflow.quarkus;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.NullMarked;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;

/** The rules for the packages of this module: their arrows run one way, and each is small enough to be one idea. */
@AnalyzeClasses(packages = "dev.pocketflow.quarkus", importOptions = ImportOption.DoNotIncludeTests.class)
class RuntimePackagesTest {

    private static final long MOST_CLASSES = 16;

    @ArchTest
    static void packagesHaveNoCycle(JavaClasses classes) {
        slices().matching("dev.pocketflow.(**)").should().beFreeOfCycles().check(classes);
    }

    @ArchTest
    static void engineHasOneDoor_forApplicationsAndEntryPoints(JavaClasses classes) {
        noClasses().that().doNotHaveFullyQualifiedName(FlowFunction.class.getName()).and()
                .doNotHaveFullyQualifiedName(HopEngine.class.getName()).should()
                .callMethodWhere(target(nameMatching("begin")).and(target(owner(type(HopEngine.class))))).check(classes);
    }

    @ArchTest
    static void packagesOfApplications_sayWhatMayBeNull(JavaClasses classes) {
        assertThat(List.of("dev.pocketflow.quarkus", "dev.pocketflow.quarkus.spi", "dev.pocketflow.quarkus.config"))
                .allMatch(name -> classes.getPackage(name).isAnnotatedWith(NullMarked.class));
    }

    @ArchTest
    static void packageHasAtMostSixteenTopLevelClasses(JavaClasses classes) {
        Map<String, Long> sizes = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(sizes).isNotEmpty().allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }
}
