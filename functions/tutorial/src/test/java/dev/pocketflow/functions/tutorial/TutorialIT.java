package dev.pocketflow.functions.tutorial;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasKey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The executable reads a folder, and clones a repository. */
@QuarkusIntegrationTest
@WithTestResource(TutorialIT.Folder.class)
class TutorialIT {

    public static class Folder implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Map.of("tutorial.folder", Path.of("../..").toAbsolutePath().normalize().toString(), "tutorial.repositories",
                    "file:///", "quarkus.pocketflow.hand-over", "local");
        }

        @Override
        public void stop() {
            // nothing was started
        }
    }

    private static void isWritten(String source) {
        given().contentType("application/json").body(Map.of("source", source)).post("/").then().statusCode(200)
                .body("store.book", hasKey("index.md"));
    }

    @Test
    void folder_becomesABook() {
        isWritten("functions/agent/src/main/java");
    }

    @Test
    void repository_becomesABook(@TempDir Path folder) throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            for (String name : List.of("a.py", "b.py", "c.py")) {
                Files.writeString(folder.resolve(name), "# the file " + name);
            }
            git.add().addFilepattern(".").call();
            git.commit().setMessage("first").setAuthor("t", "t@example.com").setCommitter("t", "t@example.com").setSign(false)
                    .call();
        }
        isWritten(folder.toUri().toString().replaceFirst("^file:/+", "file:///"));
    }
}
