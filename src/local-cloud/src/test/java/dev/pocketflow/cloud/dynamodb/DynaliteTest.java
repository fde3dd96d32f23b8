package dev.pocketflow.cloud.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.cloud.process.StandInProcessTest;

/** Machines with and without DynamoDB, and its installation. The commands are scripts, so that no network is needed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are shell scripts")
class DynaliteTest {

    private static final Set<String> OPEN = Set.of("Apache-2.0", "BSD-3-Clause", "ISC", "MIT");

    @TempDir
    Path directory;

    private Path commands;
    private Path cache;
    private Dynalite dynalite;

    @BeforeEach
    void begin() throws Exception {
        commands = Files.createDirectory(directory.resolve("commands"));
        cache = directory.resolve("cache");
        dynalite = new Dynalite(directory.resolve("nothing") + File.pathSeparator + commands, cache);
    }

    @Test
    void reasonNamesNodeAndNpm_whenBothAreMissing() {
        assertThat(dynalite.missing()).get().asString()
                .isEqualTo(
                        "The local DynamoDB is dynalite, which needs node 18 or newer and npm, and there is no node on the PATH,"
                                + " and there is no npm on the PATH. Install Node.js and npm (on Debian: nodejs and npm)");
        assertThat(new Dynalite("", cache).missing()).isPresent();
    }

    @Test
    void processEndsAndDeletesItsFiles_whenWhoStartedItIsGone() throws Exception {
        assumeTrue(LocalDynamo.missing().isEmpty(), () -> LocalDynamo.missing().orElse(""));
        StandInProcessTest.assertEndsAndDeletesItsFiles(Dynalite.here()::command, directory);
    }

    @Test
    void reasonNamesWhatIsMissing() throws Exception {
        node("v18.0.0");
        assertThat(dynalite.missing()).get().asString().contains("and there is no npm on the PATH")
                .doesNotContain("no node");
        npm("exit 1");
        assertThat(dynalite.missing()).isEmpty();
    }

    @Test
    void nodeIsRefused_whenItIsTooOldOrSaysNoVersion() throws Exception {
        npm("exit 1");
        for (String version : List.of("v16.20.2", "v9.0.0", "", "not a version")) {
            node(version);
            assertThat(dynalite.missing()).as(version).get().asString()
                    .contains("and " + commands.resolve("node") + " is version " + version);
        }
        for (String version : List.of("v18.0.0", "v20.20.2", "v100.1.0-nightly")) {
            node(version);
            assertThat(dynalite.missing()).as(version).isEmpty();
        }
    }

    @Test
    void startIsRefusedWithTheReason_whenSomethingIsMissing() {
        assertThatThrownBy(() -> dynalite.command(directory)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no node").hasMessageContaining("Install Node.js and npm");
    }

    @Test
    void packagesAreInstalledOnce_andNpmIsNotNeededAgain() throws Exception {
        node("v20.0.0");
        npm("mkdir node_modules; echo \"$@\" >>'" + directory + "/installed'");
        List<String> command = dynalite.command(directory);
        Files.delete(commands.resolve("npm"));

        assertThat(dynalite.missing()).isEmpty();
        assertThat(dynalite.command(directory)).isEqualTo(command);
        assertThat(directory.resolve("installed")).content().startsWith("ci --ignore-scripts").hasLineCount(1);
        assertThat(command).startsWith(commands.resolve("node").toString()).endsWith(directory.toString());
        assertThat(Path.of(command.get(1))).hasBinaryContent(Dynalite.content("dynamodb.js"));
        assertThat(Path.of(command.get(1)).resolveSibling("node_modules")).isDirectory();
    }

    @Test
    void nothingIsLeft_whenNpmFails_andTheErrorIsTold() throws Exception {
        node("v20.0.0");
        npm("mkdir node_modules; echo no such host >&2; exit 7");

        assertThatThrownBy(() -> dynalite.command(directory)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("npm cannot install dynalite").hasMessageContaining("reaches a registry")
                .hasMessageEndingWith(": no such host");
        assertThat(cache).isEmptyDirectory();
        npm("mkdir node_modules");
        assertThat(dynalite.installed()).isDirectory();
    }

    /** The script of npm returns when all have begun. */
    @Test
    void oneInstallationIsUsed_whenManyInstallAtOnce() throws Exception {
        int many = 4;
        node("v20.0.0");
        Files.createDirectory(directory.resolve("begun"));
        npm("mkdir node_modules; cd '" + directory + "/begun'; : >$$; until [ \"$(ls | wc -l)\" -eq " + many
                + " ]; do :; done");
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<Path>> all = new ArrayList<>();
            for (int each = 0; each < many; each++) {
                all.add(threads.submit(dynalite::installed));
            }
            for (Future<Path> one : all) {
                assertThat(one.get()).isEqualTo(dynalite.installed()).isDirectory();
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).containsExactly(dynalite.installed());
        }
    }

    /** A commit names no registry; npm takes what it is configured with, and the digest says whether that is the package. */
    @Test
    void everyPackageIsOpen_andPinnedByItsDigest_andOfNoAddress() throws Exception {
        String lock = new String(Dynalite.content("package-lock.json"), StandardCharsets.UTF_8);
        JsonNode packages = new ObjectMapper().readTree(lock).path("packages");

        assertThat(lock).doesNotContain("resolved", "://");
        assertThat(packages.path("node_modules/dynalite").path("version").asText()).isEqualTo("4.0.0");
        packages.fields().forEachRemaining(entry -> {
            JsonNode each = entry.getValue();
            assertThat(each.path("license").asText()).as(entry.getKey()).isIn(OPEN);
            if (!entry.getKey().isEmpty()) {
                assertThat(each.path("integrity").asText()).as(entry.getKey()).startsWith("sha512-");
            }
        });
    }

    private void node(String version) throws Exception {
        script("node", "echo " + version);
    }

    private void npm(String body) throws Exception {
        script("npm", body);
    }

    private void script(String name, String body) throws Exception {
        Path file = commands.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
