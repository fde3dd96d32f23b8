package dev.pocketflow.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaException;

/** The console of a local cloud: the commands that a person types, one a line, and the lines that report attempts. */
final class CloudConsole {

    static final String HELP = """
            invoke FUNCTION EVENT   and wait for the answer; EVENT is JSON, or @FILE
            send FUNCTION EVENT     without waiting
            queue NAME TEXT         send a message to a queue
            queue NAME              a message that is there, as the AWS CLI prints it; it stays
            dead                    the events given up on
            dead N                  one of them, whole
            again N                 send it once more
            quit""";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private final LocalCloud cloud;
    private final BufferedReader in;
    private final PrintStream out;

    CloudConsole(LocalCloud cloud, BufferedReader in, PrintStream out) {
        this.cloud = cloud;
        this.in = in;
        this.out = out;
    }

    /** Time, function, request, length of the chain, attempt, milliseconds, outcome. */
    static String line(InvocationAttempt hop) {
        String init = hop.init().isZero() ? ""
                : String.format(Locale.ROOT, " (after a start of %.0f ms)",
                        hop.init().toNanos() / 1e6);
        return String.format(Locale.ROOT, "%s %s %s chain %d attempt %d %.1f ms%s %s", TIME.format(hop.at()), hop.function(),
                hop.requestId(), hop.chain(), hop.attempt(), hop.duration().toNanos() / 1e6, init, hop.outcome());
    }

    /** Executes commands until the input ends or a line says {@code quit}. */
    void run() throws IOException {
        for (String line = in.readLine(); line != null && !line.strip().equals("quit"); line = in.readLine()) {
            try {
                obey(line.strip().split("\\s+", 3));
            } catch (LambdaException | IllegalStateException | IllegalArgumentException e) {
                out.println(e.getMessage());
            }
        }
    }

    private void obey(String[] words) throws IOException {
        switch (words[0] + " " + (words.length - 1)) {
            case "invoke 2" -> show(cloud.lambda().invoke(words[1], event(words[2])));
            case "send 2" -> out.println("accepted as " + cloud.lambda().invokeAsync(words[1], event(words[2])).requestId());
            case "queue 2" -> out.println("message " + cloud.sqs().send(words[1], words[2]));
            case "queue 1" -> out.println(cloud.sqs().look(words[1]));
            case "dead 0" -> list(cloud.lambda().deadLetters());
            case "dead 1" -> out.println(letter(words[1]).invocationRecord());
            case "again 1" -> {
                DeadLetter letter = letter(words[1]);
                out.println("accepted as " + cloud.lambda().invokeAsync(letter.function(), letter.payload()).requestId());
            }
            default -> out.println(words[0].isEmpty() ? "" : HELP);
        }
    }

    private void show(InvokeResult result) {
        if (result.failed()) {
            out.print(result.logTail());
        }
        out.println(result.payload());
    }

    private void list(List<DeadLetter> letters) {
        for (int i = 0; i < letters.size(); i++) {
            DeadLetter letter = letters.get(i);
            out.printf("%d %s %s %s after %d attempts: %s, %s%n", i + 1, letter.function(), letter.requestId(),
                    letter.condition(), letter.attempts(), LambdaError.type(letter.lastResult()),
                    LambdaError.message(letter.lastResult()));
        }
        if (letters.isEmpty()) {
            out.println("no event was given up on");
        }
    }

    private DeadLetter letter(String number) {
        List<DeadLetter> letters = cloud.lambda().deadLetters();
        if (!number.matches("[1-9]\\d{0,6}") || Integer.parseInt(number) > letters.size()) {
            throw new IllegalArgumentException("there are " + letters.size() + " events given up on, and no " + number);
        }
        return letters.get(Integer.parseInt(number) - 1);
    }

    private static String event(String text) throws IOException {
        if (!text.startsWith("@")) {
            return text;
        }
        Path file = Path.of(text.substring(1));
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        return Files.readString(file);
    }
}
