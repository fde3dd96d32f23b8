package dev.pocketflow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Records core's log of a test, which then does not reach the console. */
final class Warnings extends Handler implements BeforeEachCallback, AfterEachCallback {

    private static final Logger LOGGER = Logger.getLogger("dev.pocketflow");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    List<String> messages() {
        return records.stream().map(new SimpleFormatter()::formatMessage).toList();
    }

    List<LogRecord> records() {
        return records;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        LOGGER.addHandler(this);
        LOGGER.setUseParentHandlers(false);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {
        // has no buffer
    }

    @Override
    public void close() {
        // has no resource
    }
}
