package dev.pocketflow.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.pocketflow.cloud.url.FunctionUrl;

/** The main class that {@code infra/local/cloud} starts. */
final class CloudMain {

    private CloudMain() {
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LocalCloud.Builder builder;
        try {
            builder = CloudOptions.parse(List.of(args), System::getenv);
        } catch (IllegalArgumentException e) {
            System.err.println("cloud: " + e.getMessage() + "\n" + CloudOptions.USAGE);
            System.exit(2);
            return;
        }
        builder.lambda(lambda -> lambda.onAttempt(hop -> out.println(CloudConsole.line(hop))));
        LocalCloud cloud = builder.start();
        // Also after Ctrl-C: the functions must end with this process.
        Runtime.getRuntime().addShutdownHook(new Thread(cloud::close, "close"));
        for (String function : cloud.lambda().functions()) {
            out.println(function + " is at " + FunctionUrl.open(cloud.lambda(), function, 0).uri());
        }
        out.println("Lambda is at " + cloud.lambda().endpoint() + cloud.addresses() + "\n" + CloudConsole.HELP);
        new CloudConsole(cloud, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out).run();
        System.exit(0);
    }
}
