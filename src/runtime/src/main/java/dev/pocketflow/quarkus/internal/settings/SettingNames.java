package dev.pocketflow.quarkus.internal.settings;

import java.util.Locale;

/**
 * Spellings of names in settings. An environment variable has capitals, digits and underscores only. {@code MY_AGENT} may mean
 * {@code my-agent}, {@code my.agent} or {@code myAgent}.
 */
public final class SettingNames {

    private SettingNames() {
    }

    /** {@return the form in which two spellings of one name are equal: lower case, other signs as single underscores} */
    public static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char sign = name.charAt(i);
            if (isPlain(sign)) {
                plain.append((char) (sign >= 'A' && sign <= 'Z' ? sign + ('a' - 'A') : sign));
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != '_') {
                plain.append('_');
            }
        }
        int end = plain.length() - 1;
        return end >= 0 && plain.charAt(end) == '_' ? plain.substring(0, end) : plain.toString();
    }

    private static boolean isPlain(char sign) {
        return sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z' || sign >= '0' && sign <= '9';
    }

    /** {@return the environment variable for a key} */
    public static String variable(String key) {
        return plain(key).toUpperCase(Locale.ROOT);
    }
}
