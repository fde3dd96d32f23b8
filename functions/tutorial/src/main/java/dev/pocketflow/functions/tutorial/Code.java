package dev.pocketflow.functions.tutorial;

import java.util.List;

import dev.pocketflow.Store;

/** The place of the code, and its files that count. */
record Code(String source, List<String> files) {
    static Code of(Store shared) {
        return new Code(shared.get(Tutorial.SOURCE), shared.get(Tutorial.FILES));
    }
}
