package dev.pocketflow.quarkus.internal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines logged, with their stack traces, until it is closed. */
final class Lines extends Handler implements AutoCloseable {

    private final Logger log = Logger.getLogger("dev.pocketflow");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Lines() {
        log.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        records.add(line);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        log.removeHandler(this);
    }

    List<String> of(Level level) {
        return records.stream().filter(each -> each.getLevel().intValue() == level.intValue()).map(Lines::text).toList();
    }

    String all() {
        return String.join("\n", records.stream().map(each -> text(each) + trace(each)).toList());
    }

    void clear() {
        records.clear();
    }

    private static String text(LogRecord line) {
        return line instanceof org.jboss.logmanager.ExtLogRecord ext ? ext.getFormattedMessage()
                : String.valueOf(line.getMessage());
    }

    private static String trace(LogRecord line) {
        if (line.getThrown() == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }
}
