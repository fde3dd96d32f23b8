package dev.pocketflow.quarkus.internal.ledger;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Runs scripts that use one key each, on the caller's thread. Thread-safe. */
final class RedisCalls {

    /**
     * The code at the beginning of an error from the server. Redis before 7 wraps the code of an error inside a script. The
     * rest may quote the command.
     */
    private static final Pattern CODE = Pattern.compile("(?:ERR Error running script.{0,200}: -)?([A-Z]+)(?: .*|$)",
            Pattern.DOTALL);

    private final Redis redis;
    private final Duration timeout;
    /**
     * The free connections. The client refuses a caller that must wait long for a connection; this makes callers wait for their
     * turn.
     */
    private final Semaphore connections;

    /** @param connections the client's number of connections */
    RedisCalls(Redis redis, Duration timeout, int connections) {
        this.redis = redis;
        this.timeout = timeout;
        this.connections = new Semaphore(connections);
    }

    /** A call without an answer. The message is safe to show, the cause may not be. */
    static final class Failed extends Exception {

        private static final long serialVersionUID = 1;

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Runs a script, and runs it again if the connection broke. So the script must be repeatable.
     *
     * @param arguments strings and byte arrays
     */
    Response run(String script, String key, List<?> arguments) throws Failed {
        try {
            if (!connections.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw silence("no connection was free", null);
            }
            try {
                return answer(script, key, arguments);
            } finally {
                connections.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("the thread was interrupted. Resume the run", e);
        }
    }

    private Response answer(String script, String key, List<?> arguments) throws Failed, InterruptedException {
        try {
            return once(script, key, arguments);
        } catch (ExecutionException e) {
            if (code(e.getCause()) != null) {
                throw refusal(code(e.getCause()), e.getCause());
            }
        }
        try {
            return once(script, key, arguments);
        } catch (ExecutionException e) {
            String code = code(e.getCause());
            throw code != null ? refusal(code, e.getCause())
                    : new Failed((e.getCause() instanceof ConnectException ? "nothing listens there"
                            : "the connection broke")
                            + ". Check that it runs, the network, and quarkus.redis.hosts",
                            e.getCause());
        }
    }

    private Response once(String script, String key, List<?> arguments)
            throws ExecutionException, InterruptedException, Failed {
        Request request = Request.cmd(Command.EVAL).arg(script).arg(1).arg(key);
        arguments.forEach(each -> {
            if (each instanceof byte[] bytes) {
                request.arg(bytes);
            } else {
                request.arg(each.toString());
            }
        });
        try {
            return redis.send(request).toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw silence("it did not answer", e);
        }
    }

    private Failed silence(String what, Exception e) {
        return new Failed(what + " within " + timeout + ". Check the network and quarkus.redis.timeout", e);
    }

    private static String code(Throwable failure) {
        Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
        return code.matches() ? code.group(1) : null;
    }

    private static Failed refusal(String code, Throwable e) {
        return new Failed(code + ". " + switch (code) {
            case "NOAUTH", "WRONGPASS" -> "Check quarkus.redis.username and quarkus.redis.password";
            case "NOPERM" -> "Allow its user EVAL, and the keys that begin with quarkus.pocketflow.ledger.prefix";
            case "OOM" -> "It is full: give it more memory, or shorten quarkus.pocketflow.ledger.keep";
            case "READONLY" -> "It is a replica: check quarkus.redis.hosts and quarkus.redis.role";
            default -> "Correct this, then resume the run";
        }, e);
    }
}
