package dev.pocketflow.quarkus.internal.response;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.config.AnswerConfig;

/**
 * The parts of a run that an answer shows.
 *
 * @param gives the keys of the store to show; empty for all
 * @param path whether it shows the path
 */
public record AnswerView(Optional<List<Key<?>>> gives, boolean path) {

    /** Shows everything. */
    public static final AnswerView ALL = new AnswerView(Optional.empty(), true);

    /** {@return the values to show, as JSON} */
    Map<String, Object> of(Store store) {
        Map<String, Object> all = store.toJson();
        return gives.map(keys -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            keys.stream().map(Key::name).filter(all::containsKey).forEach(name -> shown.put(name, all.get(name)));
            return shown;
        }).orElse(all);
    }

    /**
     * The wishes of a caller beyond the flow's contract.
     *
     * @param store whether the whole store
     * @param path whether the path; empty for what is configured
     */
    public record Request(boolean store, Optional<Boolean> path) {

        /** Asks for nothing more. */
        public static final Request NONE = new Request(false, Optional.empty());

        /**
         * Reads the parameters of a request.
         *
         * @param store {@code all} for the whole store; null for what the flow gives
         * @param path {@code true} or {@code false}; null for what is configured
         * @throws BadEvent if a parameter has another value
         */
        public static Request of(String store, String path) {
            if (store != null && !store.equals("all")) {
                throw new BadEvent(400,
                        "the query parameter store has a value that is not known. Send store=all, or leave it out");
            } else if (path != null && !path.equals("true") && !path.equals("false")) {
                throw new BadEvent(400, "the query parameter path is neither true nor false. Send path=true, or leave it out");
            }
            return store == null && path == null ? NONE
                    : new Request(store != null, Optional.ofNullable(path).map("true"::equals));
        }

        /**
         * {@return what the answer shows of a flow that gives these keys} A flow that declares none shows everything.
         *
         * @param config for what the caller does not ask for
         */
        public AnswerView view(Optional<List<Key<?>>> gives, AnswerConfig config) {
            boolean all = store || config.store() == AnswerConfig.Content.ALL;
            return gives.isEmpty() ? ALL : new AnswerView(all ? Optional.empty() : gives, path.orElse(config.path()));
        }
    }
}
