package dev.pocketflow.quarkus.internal.json;

import static dev.pocketflow.quarkus.internal.json.CanonicalNumberTest.canonical;
import static dev.pocketflow.quarkus.internal.json.CanonicalNumberTest.forms;
import static dev.pocketflow.quarkus.internal.json.CanonicalNumberTest.shortest;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class CanonicalNumberPropertiesTest {

    @Property
    void anyDouble_isWrittenInTheFewestDigits_whateverItsForm(@ForAll double value) {
        String expected = value != 0 ? canonical(shortest(value)) : 1 / value < 0 ? "-0.0" : "0";

        assertThat(Double.parseDouble(expected)).isEqualTo(value);
        assertThat(forms(value)).allSatisfy(form -> assertThat(canonical(form)).as(form).isEqualTo(expected));
    }

    @Property
    void everydayDoubles_areWrittenInTheFewestDigits(@ForAll @DoubleRange(min = -1e6, max = 1e6) double value) {
        anyDouble_isWrittenInTheFewestDigits_whateverItsForm(value);
    }

    @Property
    void anyLong_keepsItsDigits(@ForAll long value) {
        assertThat(canonical(Long.toString(value))).isEqualTo(Long.toString(value));
    }

    @Property
    void anyDecimal_keepsItsValue(@ForAll BigDecimal value) {
        BigDecimal written = new BigDecimal(canonical(value.toString()));

        assertThat(written).isEqualByComparingTo(value);
    }
}
