package dev.pocketflow.cloud.process;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The main class of a process that stands in for SQS or S3. It listens on a free port of 127.0.0.1 and writes the port to its
 * output. It ends when its input ends, and so with the process that started it. It calls the servers by reflection, so nothing
 * is compiled against them. {@link dev.pocketflow.cloud.dynamodb.Dynalite} does the same in Node.js.
 */
public final class StandIn {

    private StandIn() {
    }

    /** @param args {@code sqs} or {@code s3}, and the directory for its files, which is deleted in the end */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // what the servers print there is not the port
        out.println(switch (args[0]) {
            case "sqs" -> sqs();
            case "s3" -> s3(args[1] + "/files");
            default -> throw new IllegalArgumentException("there is no " + args[0]);
        });
        while (System.in.read() >= 0) {
            // only the end matters
        }
        delete(Path.of(args[1]));
        Runtime.getRuntime().halt(0);
    }

    /** Deletes a directory with all that is in it. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private static int sqs() throws ReflectiveOperationException {
        Object builder = call(Class.forName("org.elasticmq.rest.sqs.SQSRestServerBuilder"), null, "withDynamicPort");
        builder = builder.getClass().getMethod("withInterface", String.class).invoke(builder, "127.0.0.1");
        builder = builder.getClass().getMethod("withAWSRegion", String.class).invoke(builder, "us-east-1");
        Object server = call(builder.getClass(), builder, "start");
        Object binding = call(server.getClass(), server, "waitUntilStarted");
        return ((InetSocketAddress) call(binding.getClass(), binding, "localAddress")).getPort();
    }

    private static int s3(String root) throws ReflectiveOperationException {
        Class<?> application = Class.forName("com.adobe.testing.s3mock.S3MockApplication");
        Map<String, Object> settings = new HashMap<>(
                Map.of("http.port", 0, "server.port", 0, "server.address", "127.0.0.1", "silent", true,
                        "com.adobe.testing.s3mock.store.root", root, "com.adobe.testing.s3mock.max-payload-size", "100MB"));
        Object started = application.getMethod("start", Map.class, String[].class).invoke(null, settings, new String[0]);
        return (int) call(application, started, "getHttpPort");
    }

    private static Object call(Class<?> type, Object target, String method) throws ReflectiveOperationException {
        Method found = type.getMethod(method);
        return found.invoke(target);
    }
}
