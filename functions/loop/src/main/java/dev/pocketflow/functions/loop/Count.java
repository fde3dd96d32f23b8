package dev.pocketflow.functions.loop;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Counts one up. The first time, pads the store if the input asks for it. */
class Count implements Node<Void, Void> {

    @Override
    public String post(Store shared, Void prepared, Void result) {
        int count = shared.update(Loop.COUNT, before -> before == null ? 1 : before + 1);
        shared.find(Loop.TOKEN); // its value is secret from the first step on
        if (count == 1) {
            shared.find(Loop.PADDING).ifPresent(length -> shared.put(Loop.TEXT, "x".repeat(length)));
        }
        if (count >= shared.get(Loop.UNTIL)) {
            return "done";
        }
        return count == 1 ? shared.find(Loop.REST).orElse(null) : null;
    }
}
