package dev.pocketflow.internal;

/** The actions that nodes return. */
public final class Actions {

    /** The action of a node that returns none. */
    public static final String DEFAULT = "default";

    private Actions() {
    }

    /** {@return the action, {@code default} for {@code null} and an empty one} */
    public static String of(String returned) {
        return returned == null || returned.isEmpty() ? DEFAULT : returned;
    }
}
