package dev.pocketflow.quarkus.internal.http;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.vertx.core.http.HttpClosedException;

/**
 * Drops the log entries about readers that disconnect. The frameworks log a warning or an error with its stack trace for each
 * reader that disconnects while the function sends to it. A logger outlives the application, so the filter is removed when the
 * application stops.
 */
public final class HangUpFilter implements Filter {

    /** Messages of the operating system. */
    private static final List<String> LOST = List.of("Connection reset", "Broken pipe");

    private final Logger log;
    private final Filter before;

    private HangUpFilter(Logger log) {
        this.log = log;
        this.before = log.getFilter();
    }

    public static HangUpFilter set(String logger) {
        HangUpFilter filter = new HangUpFilter(Logger.getLogger(logger));
        filter.log.setFilter(filter);
        return filter;
    }

    public void remove() {
        if (log.getFilter() == this) {
            log.setFilter(before);
        }
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        return !isHangUp(entry) && (before == null || before.isLoggable(entry));
    }

    /** Netty names the closed channel in its message only: its exception says that the answer was abandoned twice. */
    private static boolean isHangUp(LogRecord entry) {
        return isHangUp(entry.getThrown())
                || entry.getMessage() != null && entry.getMessage().contains(ClosedChannelException.class.getSimpleName());
    }

    private static boolean isHangUp(Throwable thrown) {
        return thrown instanceof HttpClosedException || thrown instanceof ClosedChannelException
                || thrown instanceof SocketException || thrown instanceof IOException failure && failure.getMessage() != null
                        && LOST.stream().anyMatch(failure.getMessage()::contains);
    }
}
