package dev.pocketflow.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;

/** The project that {@code create} makes. With {@code -Dsnap} the test writes the snapshots that it compares with. */
class CodestartTest {

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = QuarkusCodestartTest.builder().languages(JAVA)
            .withQuarkusBom("io.quarkus.platform", System.getProperty("quarkus.version"))
            .setupStandaloneExtensionTest("dev.pocketflow:quarkus-pocketflow").build();

    @Test
    void flowAndTests_areInThePackageOfTheProject() throws Throwable {
        CODESTART.checkGeneratedSource("org.acme.Headline");
        CODESTART.checkGeneratedTestSource("org.acme.HeadlineTest");
        CODESTART.checkGeneratedTestSource("org.acme.HeadlineIT");
        CODESTART.checkGeneratedTestSource("org.acme.HeadlineLambdaIT");
    }

    @Test
    void filesOfTheProject_areThese() throws Throwable {
        CODESTART.assertThatGeneratedTreeMatchSnapshots(JAVA);
        for (String file : new String[] { "pom.xml", "README.md", "flow.sh", "template.yaml",
                "src/main/resources/application.properties" }) {
            CODESTART.assertThatGeneratedFileMatchSnapshot(JAVA, file);
        }
    }
}
