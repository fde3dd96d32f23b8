package dev.pocketflow.quarkus.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.io.NumberOutput;

public class CanonicalNumberTest {

    public static String canonical(String number) {
        String json = new String(CanonicalJson.of(("{\"\":" + number + "}").getBytes(UTF_8), 1).bytes(), UTF_8);
        return json.substring(4, json.length() - 1);
    }

    /** RFC 8785, appendix B, except minus zero: our reader separates it from zero. */
    @ParameterizedTest
    @CsvSource({ "0000000000000000, 0", "8000000000000000, -0.0", "0000000000000001, 5e-324", "8000000000000001, -5e-324",
            "7fefffffffffffff, 1.7976931348623157e+308", "ffefffffffffffff, -1.7976931348623157e+308",
            "4340000000000000, 9007199254740992", "c340000000000000, -9007199254740992",
            "4430000000000000, 295147905179352830000", "44b52d02c7e14af5, 9.999999999999997e+22", "44b52d02c7e14af6, 1e+23",
            "44b52d02c7e14af7, 1.0000000000000001e+23", "444b1ae4d6e2ef4e, 999999999999999700000",
            "444b1ae4d6e2ef4f, 999999999999999900000", "444b1ae4d6e2ef50, 1e+21", "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
            "3eb0c6f7a0b5ed8d, 0.000001", "41b3de4355555553, 333333333.3333332", "41b3de4355555554, 333333333.33333325",
            "41b3de4355555555, 333333333.3333333", "41b3de4355555556, 333333333.3333334",
            "41b3de4355555557, 333333333.33333343",
            "becbf647612f3696, -0.0000033333333333333333", "43143ff3c1cb0959, 1424953923781206.2" })
    void doubles_areWrittenAsInTheRfc(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(forms(value)).allSatisfy(form -> assertThat(canonical(form)).as(form).isEqualTo(expected));
        assertThat(canonical(expected)).isEqualTo(expected);
    }

    /** Forms with the fewest digits, with the point elsewhere, and as Jackson writes it. */
    static List<String> forms(double value) {
        if (value == 0) {
            return 1 / value < 0 ? List.of("-0.0", "-0e5", "-0.000E-7", "-0.0e400")
                    : List.of("0", "-0", "0.0", "0e5", "0.000E-7", "0e400");
        }
        BigDecimal decimal = new BigDecimal(shortest(value));
        String moved = decimal.unscaledValue() + "e" + -decimal.scale();
        return Math.abs(value) < Double.MIN_NORMAL ? List.of(moved, moved.replace("e", ".0E"))
                : List.of(NumberOutput.toString(value, true), moved, moved.replace("e", ".0E"));
    }

    @ParameterizedTest
    @CsvSource({ "1.0, 1", "1e0, 1", "10e-1, 1", "1E+0, 1", "0.1e1, 1", "0.000001, 0.000001", "0.0000001, 1e-7",
            "1e20, 100000000000000000000",
            "1e21, 1e+21", "123e19, 1.23e+21", "12.50, 12.5", "-0.5e0, -0.5", "-100, -100", "-1E2, -100", "1.5e-10, 1.5e-10" })
    void formsOfOneNumber_areWrittenAlike(String form, String expected) {
        assertThat(canonical(form)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1234567890123456789", "9007199254740993", "-9223372036854775807", "12345678901234567",
            "123456789012345678901", "0.1234567890123456789", "12345678901234.5678", "1.0000000000000000001",
            "0.10000000000000001",
            "99999999999999.99", "171772372125518464", "333333333.33333329" })
    void numbersBeyondADouble_keepTheirDigits(String number) {
        assertThat(canonical(number)).isEqualTo(number);
    }

    @Test
    void numbersOutsideADoublesRange_keepTheirValue() {
        assertThat(canonical("1e400")).isEqualTo("1e+400");
        assertThat(canonical("-10.0E398")).isEqualTo("-1e+399");
        assertThat(canonical("1.50e-400")).isEqualTo("1.5e-400");
        assertThat(canonical("1234567890123456789012345")).isEqualTo("1.234567890123456789012345e+24");
        assertThat(canonical("1.234567890123456789012345e24")).isEqualTo("1.234567890123456789012345e+24");
    }

    /** Doubles so small that Java writes two digits, and ECMAScript one: a reader that keeps digits reads two numbers. */
    @Test
    void smallestDoubles_keepTheDigitsThatTheyAreWrittenIn() {
        for (int i = 1; i <= 5000; i++) {
            BigDecimal written = new BigDecimal(NumberOutput.toString(i * Double.MIN_VALUE, true));
            assertThat(new BigDecimal(canonical(written.toString()))).isEqualByComparingTo(written);
        }
        assertThat(canonical("4.9E-324")).isEqualTo("4.9e-324");
        assertThat(canonical("5e-324")).isEqualTo("5e-324");
    }

    /** Adds digits until it is this double. */
    static String shortest(double value) {
        for (int digits = 1;; digits++) {
            String rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)).toString();
            if (Double.parseDouble(rounded) == value) {
                return rounded;
            }
        }
    }
}
