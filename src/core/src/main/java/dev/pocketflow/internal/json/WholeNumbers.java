package dev.pocketflow.internal.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;

/**
 * Reads integers of any size. {@link JsonNumbers} reads a whole number with very many trailing zeros as a {@code Double} or a
 * {@code BigDecimal}, in any form it is written in. This class turns such a number back into an integer.
 */
final class WholeNumbers extends NumberDeserializers.BigIntegerDeserializer {

    private static final long serialVersionUID = 1;
    /** The most digits of a number that readers take. */
    private static final int MOST_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    @Override
    public BigInteger deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.hasToken(JsonToken.VALUE_NUMBER_FLOAT) && !json.isNaN()) {
            BigDecimal number = json.getDecimalValue().stripTrailingZeros();
            if (number.scale() <= 0 && number.precision() - (long) number.scale() <= MOST_DIGITS) {
                return number.toBigIntegerExact();
            }
        }
        return super.deserialize(json, context);
    }
}
