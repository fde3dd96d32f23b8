package dev.pocketflow.quarkus.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;

/** Numbers of JSON that are easily confused, and the forms in which a service may write them. */
public final class JsonNumberForms {

    private static final long[] EDGES = { 0, 1, 1L << 31, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, 1234567890123456789L,
            100_000_000_000_000_000L, 999_999_999_999_999_999L };

    private JsonNumberForms() {
    }

    public static String any(Random random) {
        String sign = random.nextInt(4) == 0 ? "-" : "";
        return sign + switch (random.nextInt(9)) {
            case 0 -> Integer.toString(random.nextInt(1000));
            case 1 -> Long.toString(random.nextLong() >>> random.nextInt(64) & Long.MAX_VALUE);
            case 2 -> Long.toString(Math.abs(EDGES[random.nextInt(EDGES.length)] - random.nextInt(2)));
            case 3 -> new BigInteger(random.nextInt(200), random).toString();
            case 4 -> Double.toString(Math.abs(real(random)));
            case 5 -> new BigDecimal(Double.toString(Math.abs(real(random)) / 3)).round(new MathContext(14 + random.nextInt(6)))
                    .toString();
            case 6 -> digits(random, 1 + random.nextInt(25)) + "." + digits(random, 1 + random.nextInt(20));
            case 7 -> digits(random, 1 + random.nextInt(20)) + "e"
                    + (random.nextInt(8) == 0 ? random.nextInt(700) - 350 : random.nextInt(60) - 30);
            default -> "1" + "0".repeat(random.nextInt(120)) + (random.nextBoolean() ? "" : ".0");
        };
    }

    private static double real(Random random) {
        double value = random.nextInt(8) == 0 ? Double.longBitsToDouble(random.nextLong()) : 0;
        return Double.isFinite(value) && value != 0 ? value
                : random.nextGaussian() * Double.parseDouble("1e" + (random.nextInt(60) - 30));
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder().append((char) ('1' + random.nextInt(9)));
        while (digits.length() < count) {
            digits.append((char) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10))));
        }
        return digits.toString();
    }

    /** Rewrites a number as a service may: another form of it, its double, or a number beside it. */
    static String rewritten(String number, Random random) {
        BigDecimal value = new BigDecimal(number);
        return switch (random.nextInt(9)) {
            case 0 -> value.toPlainString();
            case 1 -> value.toPlainString() + (value.scale() > 0 ? "0" : ".0");
            case 2 -> moved(value, random.nextInt(40) - 20);
            case 3 -> value.stripTrailingZeros().toString();
            case 4 -> finite(value.doubleValue(), number);
            case 5 -> value.round(new MathContext(17)).toString();
            case 6 -> value.add(new BigDecimal(BigInteger.ONE, value.scale())).toString();
            case 7 -> value.signum() == 0 ? "-0.0" : value.negate().toString();
            default -> number.startsWith("-") ? number : "-" + number;
        };
    }

    static String moved(BigDecimal value, int by) {
        return value.movePointRight(by).toPlainString() + (by % 2 == 0 ? "e" : "E") + -by;
    }

    private static String finite(double nearest, String otherwise) {
        return Double.isInfinite(nearest) ? otherwise : Double.toString(nearest);
    }
}
