package dev.pocketflow.internal;

import java.lang.constant.Constable;

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

    /**
     * {@return the name of an enum's constant}
     *
     * @throws IllegalArgumentException if it is not an enum's constant
     */
    public static String name(Constable action) {
        if (action instanceof Enum<?> constant) {
            return constant.name();
        }
        throw new IllegalArgumentException("an action is a text or an enum's constant, was a " + action.getClass().getName());
    }
}
