package dev.pocketflow.quarkus.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;

class FunctionPathsTest {

    private record Http(String path, PocketFlowBuildConfig.Served flows) implements PocketFlowBuildConfig.HttpEntry {
        @Override
        public boolean enabled() {
            return true;
        }
    }

    /** The second column is the path as the caller sent it, the third the one of the run's status. */
    @ParameterizedTest
    @CsvSource({
            "/,/,/runs/R",
            "/,/api,/api/runs/R",
            "/,/api/,/api/runs/R",
            "/,/prod/,/prod/runs/R",
            "/,/flows/other,/runs/R",
            "/,/api/flows/other,/api/runs/R",
            "/pocket,/pocket,/pocket/runs/R",
            "pocket/,/pocket/,/pocket/runs/R",
            "/pocket,/api/pocket,/api/pocket/runs/R",
            "/pocket,/prod/pocket/flows/other,/prod/pocket/runs/R",
            "/a/b,/a/b,/a/b/runs/R"
    })
    void status_isBelowTheSamePrefixAsTheRequest(String path, String request, String status) {
        assertThat(FunctionPaths.of(new Http(path, PocketFlowBuildConfig.Served.ALL)).status(request, "R")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({ "/,/runs/R,R", "/,/runs,", "/,/runs/,''", "/a,/a/runs/R,R", "/a,/runs/R," })
    void run_isReadFromThePathOfItsStatus(String path, String request, String run) {
        assertThat(FunctionPaths.of(new Http(path, PocketFlowBuildConfig.Served.MAIN)).run(request)).isEqualTo(run);
    }
}
