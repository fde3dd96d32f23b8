package dev.pocketflow.quarkus.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;

/** Types that Jackson reads in a way of its own. */
class OpaqueTypeTest {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({ @JsonSubTypes.Type(value = Card.class, name = "card"),
            @JsonSubTypes.Type(value = Cash.class, name = "cash") })
    interface Payment {
    }

    record Card(String number) implements Payment {
    }

    record Cash() implements Payment {
    }

    record Order(List<Payment> payments) {
    }

    private static final Key<Payment> PAYMENT = Key.of("payment", Payment.class);

    private final FlowContract contract = new FlowContract(
            Flow.named("pay").takes(PAYMENT, Key.of("order", Order.class).optional())
                    .node("go", Node.route(store -> null)).build());

    @SuppressWarnings("unchecked")
    private Store accept(String input) throws Exception {
        return contract.accept(Store.of(Json.MAPPER.readValue(input, Map.class)), false, ValueRules.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                   | #/payment          | is missing, where a value for Payment is expected
            {"payment":null}                                     | #/payment          | is null, where a value for Payment is expected
            {"payment":{"@type":"cheque"}}                       | #/payment          | is an object, and not a value for Payment
            {"payment":"card"}                                   | #/payment          | is a text, and not a value for Payment
            {"payment":{"@type":"cash"},"order":{"payments":[1]}} | #/order/payments/0 | is a number, and not a value for Payment
            """)
    void valueThatJacksonCannotRead_isAFault_atItsPlace(String input, String pointer, String problem) {
        assertThatThrownBy(() -> accept(input)).isInstanceOfSatisfying(BadEvent.class,
                refused -> assertThat(refused.faults()).containsExactly(new BadEvent.Fault(pointer, problem)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"payment":{"@type":"card","number":"1"},"order":{"payments":[{"@type":"cash"}]}}
            """)
    void valueThatJacksonReads_isAccepted(String input) throws Exception {
        assertThat(accept(input).get(PAYMENT)).isEqualTo(new Card("1"));
    }
}
