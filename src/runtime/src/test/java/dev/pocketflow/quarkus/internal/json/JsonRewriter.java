package dev.pocketflow.quarkus.internal.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Writes JSON of the same meaning with other white space, order, escapes, and forms of numbers. */
public final class JsonRewriter {

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private JsonRewriter(long seed) {
        random = new Random(seed);
    }

    public static String write(Object value, long seed) {
        JsonRewriter rewriter = new JsonRewriter(seed);
        rewriter.value(value);
        return rewriter.out.toString();
    }

    private void value(Object value) {
        space();
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof List<?> list) {
            array(list);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Double number) {
            real(number);
        } else if (value instanceof Number number) {
            integer(new BigDecimal(number.toString()));
        } else {
            out.append(value);
        }
        space();
    }

    private void object(Map<?, ?> map) {
        List<Object> names = new ArrayList<>(map.keySet());
        Collections.shuffle(names, random);
        out.append('{');
        space();
        for (Object name : names) {
            out.append(name.equals(names.get(0)) ? "" : ",");
            space();
            string((String) name);
            space();
            out.append(':');
            value(map.get(name));
        }
        out.append('}');
    }

    private void array(List<?> list) {
        out.append('[');
        space();
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ",");
            value(list.get(i));
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || random.nextInt(4) == 0) {
                escape(c);
            } else {
                out.appendCodePoint(c);
            }
        });
        out.append('"');
    }

    private void escape(int character) {
        if (character == '/' && random.nextBoolean()) {
            out.append("\\/");
            return;
        }
        for (char c : Character.toChars(character)) {
            String hex = HexFormat.of().toHexDigits(c);
            out.append("\\u").append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
        }
    }

    /** Writes a double in any form with its fewest digits. */
    private void real(double number) {
        if (number == 0) {
            out.append(1 / number < 0 ? List.of("-0.0", "-0e0", "-0.0e9", "-0.00").get(random.nextInt(4))
                    : List.of("0", "-0", "0.0", "0.0e9").get(random.nextInt(4)));
            return;
        }
        exponent(new BigDecimal(NumberOutput.toString(number, true)));
    }

    private void integer(BigDecimal number) {
        switch (random.nextInt(4)) {
            case 0 -> out.append(number.toPlainString());
            case 1 -> out.append(number.toPlainString()).append(".0");
            case 2 -> out.append(number.toPlainString()).append(random.nextBoolean() ? "e0" : "E+0");
            default -> exponent(number);
        }
    }

    private void exponent(BigDecimal number) {
        int by = random.nextInt(6) - 3;
        String moved = number.movePointRight(by).toPlainString();
        out.append(moved).append(random.nextBoolean() ? "e" : "E").append(-by);
    }

    private void space() {
        while (random.nextInt(5) == 0) {
            out.append(" \n\r\t".charAt(random.nextInt(4)));
        }
    }
}
