package dev.pocketflow.cloud;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.pocketflow.cloud.eventsource.EventSourceSpec;
import dev.pocketflow.cloud.lambda.FunctionSpec;
import dev.pocketflow.cloud.lambda.RecursiveLoop;

/** The command line of {@code infra/local/cloud}. */
final class CloudOptions {

    static final String USAGE = """
            usage: cloud [options] FUNCTION=FILE...             each an executable: bootstrap, or target/*-runner
                   cloud [options] FUNCTION -- COMMAND ARG...   one that is a command, such as a JVM
            options:
              --env NAME=VALUE       a variable of the functions; NAME alone takes it from this shell;
                                     FUNCTION:NAME is a variable of one function
              --timeout SECONDS      of an invocation; default 60
              --concurrency N        environments per function; default 4
              --retries N            of an asynchronous event, after 1 and 2 minutes, 0 to 2; default 2
              --terminate            stop chains after 16 invocations; default is to let them go on, as infra/aws does
              --queue NAME           a queue in SQS
              --source NAME=FUNCTION a queue, and the function that gets its messages
              --bucket NAME          a bucket in S3
              --table NAME           a table in DynamoDB for a ledger, as in infra/aws; needs node and npm
              --scheduler            EventBridge Scheduler, for functions whose timer it is
              --port N               of the Invoke API; default a free one""";

    private final LocalCloud.Builder cloud = LocalCloud.builder();
    private final Map<String, Consumer<FunctionSpec>> functions = new LinkedHashMap<>();
    private final List<Consumer<FunctionSpec>> settings = new ArrayList<>();
    private final Map<String, List<Consumer<FunctionSpec>>> own = new LinkedHashMap<>();
    private final UnaryOperator<String> shell;

    private CloudOptions(UnaryOperator<String> shell) {
        this.shell = shell;
        settings.add(spec -> spec.timeout(Duration.ofMinutes(1)).recursiveLoop(RecursiveLoop.ALLOW));
    }

    /**
     * Reads the arguments into a cloud that is not started yet.
     *
     * @param shell the value of a variable, or null
     * @throws IllegalArgumentException with what is wrong
     */
    static LocalCloud.Builder parse(List<String> arguments, UnaryOperator<String> shell) {
        CloudOptions options = new CloudOptions(shell);
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            options.take(left);
        }
        if (options.functions.isEmpty()) {
            throw new IllegalArgumentException("there is no function");
        }
        options.own.keySet().stream().filter(name -> !options.functions.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("--env " + name + ":…: there is no function " + name);
        });
        options.functions.forEach((name, command) -> options.cloud.function(name, spec -> {
            command.accept(spec);
            options.settings.forEach(setting -> setting.accept(spec));
            options.own.getOrDefault(name, List.of()).forEach(setting -> setting.accept(spec));
        }));
        return options.cloud;
    }

    private void take(List<String> left) {
        String option = left.remove(0);
        switch (option) {
            case "--terminate" -> settings.add(spec -> spec.recursiveLoop(RecursiveLoop.TERMINATE));
            case "--env" -> env(value(option, left));
            case "--timeout" -> {
                Duration timeout = Duration.ofSeconds(number(option, left));
                settings.add(spec -> spec.timeout(timeout));
            }
            case "--concurrency" -> {
                int concurrency = number(option, left);
                settings.add(spec -> spec.concurrency(concurrency));
            }
            case "--retries" -> {
                int retries = number(option, left);
                settings.add(spec -> spec.maximumRetryAttempts(retries));
            }
            case "--queue" -> cloud.queue(value(option, left));
            case "--source" -> {
                String[] pair = pair(option, value(option, left));
                cloud.eventSource(pair[0], pair[1], EventSourceSpec::reportBatchItemFailures);
            }
            case "--bucket" -> cloud.bucket(value(option, left));
            case "--table" -> cloud.table(value(option, left));
            case "--scheduler" -> cloud.scheduler();
            case "--port" -> {
                int port = number(option, left);
                cloud.lambda(lambda -> lambda.port(port));
            }
            default -> function(option, left);
        }
    }

    private void function(String argument, List<String> left) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("there is no option " + argument);
        }
        if (!left.isEmpty() && left.get(0).equals("--")) {
            String[] command = left.subList(1, left.size()).toArray(new String[0]);
            if (command.length == 0) {
                throw new IllegalArgumentException("there is no command after --");
            }
            left.clear();
            functions.put(argument, spec -> spec.command(command));
            return;
        }
        String[] pair = pair("a function", argument);
        Path file = Path.of(pair[1]);
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is not an executable file");
        }
        functions.put(pair[0], spec -> spec.command(file));
    }

    private void env(String text) {
        int sign = text.indexOf('=');
        String left = sign < 0 ? text : text.substring(0, sign);
        String name = left.substring(left.indexOf(':') + 1);
        String value = sign < 0 ? shell.apply(name) : text.substring(sign + 1);
        if (value == null) {
            throw new IllegalArgumentException("--env " + name + ": this shell has no such variable; export it");
        }
        List<Consumer<FunctionSpec>> of = left.equals(name) ? settings
                : own.computeIfAbsent(left.substring(0, left.indexOf(':')), function -> new ArrayList<>());
        of.add(spec -> spec.env(name, value));
    }

    private static String[] pair(String option, String text) {
        String[] pair = text.split("=", 2);
        if (pair.length < 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
            throw new IllegalArgumentException(option + " must be of the form NAME=…, was " + text);
        }
        return pair;
    }

    private static int number(String option, List<String> left) {
        String text = value(option, left);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be a number, was " + text, e);
        }
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.remove(0);
    }
}
