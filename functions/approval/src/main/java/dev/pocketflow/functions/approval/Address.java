package dev.pocketflow.functions.approval;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An e-mail address of plain ASCII letters, without display name, list, quotes and comments. So it cannot begin another header,
 * and it shows its real target.
 *
 * @param text the address, an RFC 5321 mailbox without quotes
 */
record Address(@JsonValue String text) {

    private static final int MOST = 254;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern MAILBOX = Pattern
            .compile("(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*+@" + LABEL + "(?:\\." + LABEL + ")*+");

    /** @throws IllegalArgumentException if it is not such an address; the message does not show it */
    Address {
        if (text == null || text.length() > MOST || !MAILBOX.matcher(text).matches()) {
            throw new IllegalArgumentException("it is not one e-mail address such as ada@example.com");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Address of(String text) {
        return new Address(text);
    }
}
