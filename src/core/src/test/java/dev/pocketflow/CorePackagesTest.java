package dev.pocketflow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.jspecify.annotations.NullMarked;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** The rules for the packages of this module: dependencies point one way, and no package knows a framework. */
@AnalyzeClasses(packages = "dev.pocketflow", importOptions = ImportOption.DoNotIncludeTests.class)
class CorePackagesTest {

    private static final String MODEL = "dev.pocketflow";
    private static final int MOST_PUBLIC_TYPES = 20;
    private static final long MOST_CLASSES = 18;

    /** {@link Run} and its access for the engine are the exception, so that an author meets one package. See ADR 9. */
    @ArchTest
    static void packagesHaveNoCycle_exceptByRun(JavaClasses classes) {
        slices().matching("dev.(**)").should().beFreeOfCycles()
                .ignoreDependency(belongToAnyOf(Run.class, EngineAccess.class), resideInAPackage("dev.pocketflow.engine.."))
                .check(classes);
    }

    @ArchTest
    static void core_dependsOnJavaJacksonAndJSpecifyAlone(JavaClasses classes) {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage(MODEL, "dev.pocketflow.engine..", "dev.pocketflow.internal..", "java..",
                        "com.fasterxml.jackson..", "org.jspecify.annotations")
                .check(classes);
    }

    @ArchTest
    static void packageOfAuthors_saysWhatMayBeNull(JavaClasses classes) {
        assertThat(classes.getPackage(MODEL).isAnnotatedWith(NullMarked.class)).isTrue();
    }

    @ArchTest
    static void authorMeetsAtMostTwentyTypes(JavaClasses classes) {
        assertThat(classes.stream().filter(type -> isFile(type) && type.getPackageName().equals(MODEL)
                && type.getModifiers().contains(JavaModifier.PUBLIC))).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    @ArchTest
    static void otherPackageHasAtMostEighteenClasses(JavaClasses classes) {
        Map<String, Long> sizes = classes.stream().filter(type -> isFile(type) && !type.getPackageName().equals(MODEL))
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(sizes).isNotEmpty()
                .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    private static boolean isFile(JavaClass type) {
        return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
    }
}
