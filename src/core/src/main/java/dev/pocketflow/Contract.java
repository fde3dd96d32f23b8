package dev.pocketflow;

import java.util.List;
import java.util.Optional;

/**
 * The keys that a flow takes and gives, which its callers see. A part that is not declared is not checked.
 *
 * @param takes the keys of the input, in the order of their declaration; empty if any input is accepted
 * @param gives the keys of the answer, in the order of their declaration; empty if the answer is the whole store
 */
record Contract(Optional<List<Key<?>>> takes, Optional<List<Key<?>>> gives) {

    static final Contract NONE = new Contract(Optional.empty(), Optional.empty());

    Contract {
        takes = takes.map(List::copyOf);
        gives = gives.map(List::copyOf);
    }
}
