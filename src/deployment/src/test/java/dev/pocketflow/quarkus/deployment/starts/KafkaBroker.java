package dev.pocketflow.quarkus.deployment.starts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.pocketflow.cloud.process.StandInClassPath;
import dev.pocketflow.cloud.process.StandInProcess;

/** A Kafka broker in its own process, which an application finds by the system property {@value #SERVERS}. */
final class KafkaBroker {

    static final String SERVERS = "kafka.bootstrap.servers";
    /** The jars of the broker, as {@code pom.xml} lists them. */
    private static final Path JARS = Path.of("target", "kafka.classpath");

    private static StandInProcess process;

    private KafkaBroker() {
    }

    /** Starts it before an application. It starts again if another process has taken a port that it had found free. */
    static void start() {
        for (int more = 2; true; more--) {
            process = process();
            try {
                System.setProperty(SERVERS, "127.0.0.1:" + process.port());
                return;
            } catch (IllegalStateException notStarted) {
                process.close();
                if (more == 0 || !notStarted.getMessage().contains("BindException")) {
                    throw notStarted;
                }
            }
        }
    }

    private static StandInProcess process() {
        return StandInProcess.start("kafka",
                directory -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp", classPath(),
                        KafkaMain.class.getName(),
                        directory.toString()));
    }

    /** Ends it after the application. */
    static void stop() {
        System.clearProperty(SERVERS);
        process.close();
    }

    private static String classPath() {
        try {
            return StandInClassPath.location(KafkaMain.class) + File.pathSeparator + Files.readString(JARS).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Build src/deployment with Maven, which lists the broker's jars in " + JARS, e);
        }
    }
}
