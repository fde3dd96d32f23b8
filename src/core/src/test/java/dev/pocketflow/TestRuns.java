package dev.pocketflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Runs as tests make them. In src/runtime these tests run a second time: there every run continues from the JSON of its
 * envelope after every step, and the test's store receives what was read.
 */
final class TestRuns {

    private TestRuns() {
    }

    static Run of(Flow flow, Store store) {
        return everyStepByJson(Run.of(flow, store), store);
    }

    static Run resume(Flow flow, Envelope envelope) {
        return everyStepByJson(Run.resume(flow, envelope), envelope.store());
    }

    static Outcome run(Flow flow, Store store) {
        return EnvelopeRoundTrip.AFTER_EVERY_STEP ? of(flow, store).start() : flow.run(store);
    }

    static CompletionStage<Outcome> runAsync(Flow flow, Store store) {
        return EnvelopeRoundTrip.AFTER_EVERY_STEP ? of(flow, store).startAsync() : flow.runAsync(store);
    }

    private static Run everyStepByJson(Run run, Store store) {
        return !EnvelopeRoundTrip.AFTER_EVERY_STEP ? run : run.everyStep(envelope -> {
            Envelope read = EnvelopeRoundTrip.of(envelope);
            replace(store, read.store());
            return read.withStore(store);
        });
    }

    private static void replace(Store store, Store read) {
        Map<String, Object> values = read.asMap();
        Map<String, Object> secrets = new LinkedHashMap<>(read.secrets());
        secrets.replaceAll((name, written) -> values.get(name));
        store.at = null; // no node put this value
        store.asMap().keySet().forEach(store::remove);
        values.forEach(store::put);
        store.putSecrets(secrets);
    }
}
