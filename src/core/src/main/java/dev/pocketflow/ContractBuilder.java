package dev.pocketflow;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Collects what a flow's callers see of it. */
abstract sealed class ContractBuilder<B extends ContractBuilder<B>> permits Flow.Builder {

    final String name;
    Optional<List<Key<?>>> takes = Optional.empty();
    Optional<List<Key<?>>> gives = Optional.empty();
    @Nullable
    String description; // null for none

    ContractBuilder(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a flow's name must not be blank, was " + (name == null ? null : "'" + name + "'"));
        }
        this.name = name;
    }

    @SuppressWarnings("unchecked") // B is the class itself
    private B self() {
        return (B) this;
    }

    /**
     * Declares the keys of the flow's input. A function checks its input before the first step: a key that is missing,
     * or a value that is not of its key's type, is refused with its name. A key with a default, an {@link Key#optional()} key
     * and one of the type {@code Optional} may be missing. Without this call any input is accepted.
     *
     * @param keys the keys; none if the flow takes no input
     * @return this builder
     * @throws FlowException.InvalidFlow if the keys are declared already, or two of them have one name
     */
    public B takes(Key<?>... keys) {
        takes = Optional.of(ContractRules.keys(name, "takes", takes, List.of(keys)));
        return self();
    }

    /**
     * Declares the keys of the flow's answer. A function answers with them only, and not with the whole store. A key that the
     * run did not write is not in the answer; a secret one is {@code null}.
     *
     * @param keys the keys; none if the flow gives nothing but its action
     * @return this builder
     * @throws FlowException.InvalidFlow if the keys are declared already, or two of them have one name
     */
    public B gives(Key<?>... keys) {
        gives = Optional.of(ContractRules.keys(name, "gives", gives, List.of(keys)));
        return self();
    }

    /**
     * Describes the flow for the people and models that call it.
     *
     * @param text what the flow does; not blank
     * @return this builder
     * @throws IllegalArgumentException if the text is blank
     */
    public B describedAs(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("flow '" + name + "': the description must not be blank, was "
                    + (text == null ? null : "'" + text + "'"));
        }
        description = text;
        return self();
    }
}
