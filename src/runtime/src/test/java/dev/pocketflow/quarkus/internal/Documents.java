package dev.pocketflow.quarkus.internal;

import java.math.BigInteger;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any JSON objects. */
final class Documents {

    private static final int[] CHARACTERS = { 0, 7, '\b', '\t', '\n', '\f', '\r', 0x1f, ' ', '"', '/', '\\', 'a', 'b', 'A', '1',
            0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0x20ac, 0x2028, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0x10000, 0x1f600, 0x10ffff };

    private Documents() {
    }

    static Arbitrary<Map<String, Object>> any() {
        return object(Arbitraries.lazyOf(() -> scalar(), () -> scalar(), () -> object(scalar()),
                () -> Arbitraries.lazyOf(() -> object(scalar()).map(map -> (Object) map), () -> scalar()).list().ofMaxSize(4)
                        .map(list -> (Object) list)));
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
