package dev.pocketflow.quarkus.deployment.starts;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The main class of a process that is a Kafka broker. It listens on a free port of 127.0.0.1 and writes the port to its output.
 * It ends when its input ends, and so with the test. It calls Kafka by reflection: nothing is compiled against the broker.
 */
final class KafkaMain {

    private KafkaMain() {
    }

    /** @param args the directory for its files */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // what Kafka prints is not the port
        int port;
        int controller;
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket one = new ServerSocket(0, 1, loopback); ServerSocket two = new ServerSocket(0, 1, loopback)) {
            port = one.getLocalPort();
            controller = two.getLocalPort();
        }
        start(settings(port, controller, args[0]), Path.of(args[0], "server.properties"));
        out.println(port);
        while (System.in.read() >= 0) {
            // only the end matters
        }
        Runtime.getRuntime().halt(0);
    }

    private static Properties settings(int port, int controller, String directory) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        settings.setProperty("log.dirs", directory + "/topics");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    private static void start(Properties settings, Path file) throws ReflectiveOperationException, IOException {
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        String[] format = { "format", "--cluster-id", "MkU3OEVBNTcwNTJENDM2Qk", "--config", file.toString() };
        Class.forName("kafka.tools.StorageTool").getMethod("execute", String[].class, PrintStream.class).invoke(null, format,
                System.err);
        Class<?> config = Class.forName("kafka.server.KafkaConfig");
        Class<?> time = Class.forName("org.apache.kafka.common.utils.Time");
        Object server = Class.forName("kafka.server.KafkaRaftServer").getConstructor(config, time).newInstance(
                config.getMethod("fromProps", Properties.class).invoke(null, settings), time.getField("SYSTEM").get(null));
        server.getClass().getMethod("startup").invoke(server);
    }
}
