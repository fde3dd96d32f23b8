package dev.pocketflow.quarkus.internal.contract;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The place of a value in an input. Its text is made only if the value is faulty. */
public final class Place {

    /** The input itself. */
    static final Place INPUT = new Place(null, null);

    private final Place above;
    private final Object step;

    private Place(Place above, Object step) {
        this.above = above;
        this.step = step;
    }

    /** {@return the place of a member of the value here} */
    Place at(String member) {
        return new Place(this, member);
    }

    /** {@return the place of an element of the list here} */
    Place at(int index) {
        return new Place(this, index);
    }

    /** {@return the JSON pointer to it, as the fragment of a URI (RFC 6901, section 6)} */
    String pointer() {
        if (above == null) {
            return "#";
        }
        String escaped = step.toString().replace("~", "~0").replace("/", "~1");
        return above.pointer() + "/"
                + URLEncoder.encode(escaped, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
    }
}
