package dev.pocketflow.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.jspecify.annotations.NullMarked;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** The rules for the packages of this module: their arrows run one way, and each is small enough to be one idea. */
@AnalyzeClasses(packages = "dev.pocketflow.testing", importOptions = ImportOption.DoNotIncludeTests.class)
class TestingPackagesTest {

    private static final long MOST_CLASSES = 16;

    @ArchTest
    static void packagesHaveNoCycle(JavaClasses classes) {
        slices().matching("dev.pocketflow.(**)").should().beFreeOfCycles().check(classes);
    }

    @ArchTest
    static void packageOfAuthors_saysWhatMayBeNull(JavaClasses classes) {
        assertThat(classes.getPackage("dev.pocketflow.testing").isAnnotatedWith(NullMarked.class)).isTrue();
    }

    @ArchTest
    static void packageHasAtMostSixteenTopLevelClasses(JavaClasses classes) {
        Map<String, Long> sizes = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(sizes).isNotEmpty().allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }
}
