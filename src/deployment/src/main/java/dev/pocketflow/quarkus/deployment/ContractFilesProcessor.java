package dev.pocketflow.quarkus.deployment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import dev.pocketflow.quarkus.internal.contract.ContractFiles;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.nativeimage.ExcludeConfigBuildItem;
import io.quarkus.deployment.pkg.NativeConfig;
import io.quarkus.deployment.pkg.builditem.ArtifactResultBuildItem;
import io.quarkus.deployment.pkg.builditem.JarBuildItem;
import io.quarkus.deployment.pkg.builditem.NativeImageSourceJarBuildItem;
import io.quarkus.deployment.pkg.builditem.OutputTargetBuildItem;

/**
 * Writes the contracts of the flows into files. The flows exist from static init on. So the packaged application is started in
 * a
 * process of its own, which stops when it has written the files: ADR 12.
 */
class ContractFilesProcessor {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.build");
    private static final int MOST_MINUTES = 5;

    @BuildStep(onlyIf = OfJar.class)
    @Produce(ArtifactResultBuildItem.class)
    void ofJar(PocketFlowBuildTimeConfig config, JarBuildItem jar, OutputTargetBuildItem target) {
        write(config, jar.getPath(), target);
    }

    /**
     * Starts the sources of the executable on the JVM: they exist before the executable does. The step pretends to produce what
     * the steps for the executable consume, so that it runs before them: they may move the sources.
     */
    @BuildStep(onlyIf = OfNativeSources.class)
    @Produce(ArtifactResultBuildItem.class)
    @Produce(ExcludeConfigBuildItem.class)
    void ofNativeSources(PocketFlowBuildTimeConfig config, NativeImageSourceJarBuildItem jar, OutputTargetBuildItem target) {
        write(config, jar.getPath(), target);
    }

    private static void write(PocketFlowBuildTimeConfig config, Path jar, OutputTargetBuildItem target) {
        Path directory = target.getOutputDirectory().toAbsolutePath().getParent()
                .resolve(config.storeSchemaDirectory().orElseThrow());
        Path log = target.getOutputDirectory().resolve("pocketflow-schemas.log");
        try {
            run(command(jar, directory), log);
        } catch (IOException e) {
            throw new UncheckedIOException("the schemas of the flows cannot be written to " + directory, e);
        }
        LOG.infof("wrote the schemas of the flows to %s", directory);
    }

    private static List<String> command(Path jar, Path directory) {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return List.of(java, "-D" + ContractFiles.DIRECTORY + "=" + directory, "-jar", jar.toAbsolutePath().toString());
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                throw failure("the application did not build its flows within " + MOST_MINUTES + " minutes", log);
            } else if (process.exitValue() != ContractFiles.WRITTEN) {
                throw failure("the application ended with " + process.exitValue() + " before its flows were built", log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("the build was interrupted", log);
        } finally {
            process.destroyForcibly();
        }
    }

    private static IllegalStateException failure(String problem, Path log) throws IOException {
        return new IllegalStateException("the schemas of the flows cannot be written: " + problem + ". To build without them, "
                + "remove quarkus.pocketflow.store-schema-directory. This is what the application said:\n"
                + Files.readString(log));
    }

    private record Condition(boolean configured, boolean executable) {
        static Condition of(PocketFlowBuildTimeConfig config, NativeConfig executable) {
            return new Condition(config.storeSchemaDirectory().isPresent(), executable.enabled());
        }
    }

    /** True if the files are made of a jar. */
    static final class OfJar implements BooleanSupplier {
        private final Condition condition;

        OfJar(PocketFlowBuildTimeConfig config, NativeConfig executable) {
            this.condition = Condition.of(config, executable);
        }

        @Override
        public boolean getAsBoolean() {
            return condition.configured && !condition.executable;
        }
    }

    /** True if the files are made of the sources of an executable. */
    static final class OfNativeSources implements BooleanSupplier {
        private final Condition condition;

        OfNativeSources(PocketFlowBuildTimeConfig config, NativeConfig executable) {
            this.condition = Condition.of(config, executable);
        }

        @Override
        public boolean getAsBoolean() {
            return condition.configured && condition.executable;
        }
    }
}
