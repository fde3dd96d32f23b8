package dev.pocketflow.quarkus.internal.json;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any JSON objects. */
public final class JsonDocuments {

    private static final int[] CHARACTERS = { 0, 7, '\b', '\t', '\n', '\f', '\r', 0x1f, ' ', '"', '/', '\\', 'a', 'b', 'A', '1',
            0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0x20ac, 0x2028, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0x10000, 0x1f600, 0x10ffff };

    private JsonDocuments() {
    }

    public static Arbitrary<Map<String, Object>> any() {
        return object(Arbitraries.lazyOf(() -> scalar(), () -> scalar(), () -> object(scalar()),
                () -> Arbitraries.lazyOf(() -> object(scalar()).map(map -> (Object) map), () -> scalar()).list().ofMaxSize(4)
                        .map(list -> (Object) list)));
    }

    /** I-JSON (RFC 7493), without minus zero. */
    static Map<String, Object> iJson(Random random) {
        return iJson(random, 3);
    }

    private static Map<String, Object> iJson(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(text(random), any(random, depth));
        }
        return object;
    }

    private static Object any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> text(random);
            case 1 -> random.nextInt(2000) - 1000;
            case 2 -> random.nextLong() >> 11 + random.nextInt(50);
            case 3 -> random.nextInt(1_000_000) / 1000.0;
            case 4 -> random.nextBoolean();
            case 5 -> null;
            case 6 -> normal(Double.longBitsToDouble(random.nextLong()));
            case 7 -> Arrays.asList(any(random, depth - 1), any(random, depth - 1));
            default -> iJson(random, depth - 1);
        };
    }

    /** Excludes the smallest doubles, which Java writes in two digits and ECMAScript in one. */
    private static double normal(double value) {
        return Double.isFinite(value) && Math.abs(value) > Double.MIN_NORMAL ? value : 1.5;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static Arbitrary<Map<String, Object>> object(Arbitrary<?> values) {
        return Arbitraries.maps(text(), values.map(value -> (Object) value)).ofMaxSize(6);
    }

    private static Arbitrary<Object> scalar() {
        return Arbitraries.oneOf(text().map(text -> (Object) text), Arbitraries.doubles().map(number -> number),
                Arbitraries.doubles().between(-1000, 1000).ofScale(3).map(number -> number),
                Arbitraries.longs().map(number -> number), Arbitraries.integers().between(-100, 100).map(number -> number),
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(30).negate(), BigInteger.TEN.pow(30))
                        .map(number -> number),
                Arbitraries.of(true, false)).injectNull(0.05);
    }

    private static Arbitrary<String> text() {
        return Combinators.combine(Arbitraries.integers().between(0, CHARACTERS.length - 1).list().ofMaxSize(8),
                Arbitraries.strings().ascii().ofMaxLength(8)).as((indices, ascii) -> {
                    StringBuilder text = new StringBuilder(ascii);
                    indices.forEach(i -> text.appendCodePoint(CHARACTERS[i]));
                    return text.toString();
                });
    }
}
