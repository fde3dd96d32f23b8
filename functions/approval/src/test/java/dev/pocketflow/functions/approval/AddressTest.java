package dev.pocketflow.functions.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "bo", "bo@", "@clients.example", "bo@clients.example, eve@clients.example",
            "bo@clients.example\r\nBcc: eve@clients.example", "bo@clients.example\nBcc: eve@clients.example",
            "bo@clients.example\n", "eve@clients.example\u202e", "\u202eeve@clients.example", "bo\u200b@clients.example",
            "bo\u2028@clients.example", "b\u043e@clients.example", "bo@cl\u0456ents.example", "Bo <eve@clients.example>",
            "<b>@clients.example", "\"a b\"@clients.example", "bo@clients..example", ".bo@clients.example",
            "bo.@clients.example",
            "b..o@clients.example", "bo@-clients.example", "bo@clients-.example", "bo @clients.example", "bo@clients.example ",
            "bo@eve@clients.example", "bo@[127.0.0.1]", "bo(x)@clients.example", "bo;eve@clients.example" })
    void textThatIsNotOneAddress_isRefused(String text) {
        assertThatThrownBy(() -> new Address(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is not one e-mail address such as ada@example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = { 65, 260 })
    void longAddress_isRefused(int letters) {
        assertThatThrownBy(() -> new Address("x".repeat(letters) + "@clients.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "bo@clients.example", "bo.b+tea@mail.clients.example", "o'hara_1@x.example", "root@localhost" })
    void oneAddress_isAccepted(String text) {
        assertThat(Address.of(text).text()).isEqualTo(text);
    }
}
