package dev.pocketflow.internal;

import com.fasterxml.jackson.core.SerializableString;

/** An entry whose text was written before, as its JSON is kept. */
public interface KeptText {

    /** {@return the text, with its JSON} */
    SerializableString json();
}
