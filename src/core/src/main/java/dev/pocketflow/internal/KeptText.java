package dev.pocketflow.internal;

import java.util.AbstractMap;

import com.fasterxml.jackson.core.SerializableString;

/** A name with a text that was written before, whose JSON is kept. */
public final class KeptText extends AbstractMap.SimpleImmutableEntry<String, Object> {

    private static final long serialVersionUID = 1;

    private final transient SerializableString json;

    public KeptText(String name, SerializableString json) {
        super(name, json.getValue());
        this.json = json;
    }

    /** {@return the text, with its JSON} */
    public SerializableString json() {
        return json;
    }
}
