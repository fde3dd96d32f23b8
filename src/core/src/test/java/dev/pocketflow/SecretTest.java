package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.engine.position.Position;

/** A value that was put or read by a secret key stays secret until it is removed. */
class SecretTest {

    record Login(String user, String password) {
    }

    private static final Key<String> TOKEN = Key.of("token", String.class).secret();
    private static final Key<Login> LOGIN = Key.secret("login", Login.class);

    private final Store store = Store.create();

    private static Store travelled(Store store) {
        return EnvelopeRoundTrip.of(new Envelope("run", "flow", 1, 1, Map.of(), Position.START, store, List.of()))
                .store();
    }

    private void isHidden(String name) throws Exception {
        assertThat(store.toJson()).containsEntry(name, null);
        assertThat(new ObjectMapper().writeValueAsString(store)).contains("\"" + name + "\":null").doesNotContain("hidden");
        assertThat(store.toString()).doesNotContain("hidden");
        assertThat(store.secrets()).containsKey(name);
    }

    @Test
    void secretValue_isNullForOthers_andThereForNodes() throws Exception {
        store.put("open", 1).put(TOKEN, "hidden");

        isHidden("token");
        assertThat(store.get(TOKEN)).isEqualTo("hidden");
        assertThat(store.get("token")).isEqualTo("hidden");
        assertThat(store.secrets()).isEqualTo(Map.of("token", "hidden"));
        assertThat(store.toJson()).containsEntry("open", 1);
    }

    @Test
    void putByPlainName_updated_orRead_itStaysSecret() throws Exception {
        store.put(TOKEN, "x").put("token", "hidden");
        isHidden("token");

        store.update("token", old -> old + " too");
        isHidden("token");

        store.put(Key.of("token", String.class), "hidden again");
        isHidden("token");

        store.update(Key.of("token", String.class), old -> "hidden still");
        isHidden("token");
    }

    /** A run's input is such a value: it was not put by a key. */
    @Test
    void rawValue_becomesSecret_whenItIsReadSo() throws Exception {
        store.put("token", "hidden");
        store.get(TOKEN);
        isHidden("token");

        store.put("login", Map.of("user", "u", "password", "hidden"));
        assertThat(store.find(LOGIN)).contains(new Login("u", "hidden"));
        isHidden("login");
    }

    @Test
    void updatedByItsKey_isSecret_fromTheFirst() throws Exception {
        store.update(TOKEN, old -> "hidden");

        isHidden("token");
    }

    @Test
    void removedValue_isForgotten() {
        store.put(TOKEN, "hidden").remove("token");
        store.put("token", "open");

        assertThat(store.toJson()).containsEntry("token", "open");
        assertThat(store.secrets()).isEmpty();
    }

    @Test
    void secretNull_staysSecret() throws Exception {
        store.put(TOKEN, null);
        store.put("token", "hidden");

        isHidden("token");
    }

    @Test
    void secretValues_travelApart_andStaySecret() throws Exception {
        Store back = travelled(store.put("a", 1).put(LOGIN, new Login("u", "hidden")).put(TOKEN, "hidden").put("z", 2));

        assertThat(back.toJson()).containsEntry("login", null).containsEntry("token", null).containsEntry("z", 2);
        assertThat(back.asMap().keySet()).containsExactly("a", "login", "token", "z");
        assertThat(back.get(LOGIN)).isEqualTo(new Login("u", "hidden"));
        assertThat(travelled(back).get(TOKEN)).isEqualTo("hidden");
        assertThat(travelled(back).secrets()).containsOnlyKeys("login", "token");
    }

    @Test
    void secretOfAStep_isThereInTheNextHop() {
        Flow flow = Flow.named("flow").node("login", TestSteps.posting(shared -> {
            shared.put(TOKEN, "hidden");
            return null;
        })).then("use").node("use", TestSteps.posting(shared -> {
            shared.put("length", shared.get(TOKEN).length());
            return null;
        })).build();
        HandedOverRun hops = new HandedOverRun(flow);

        Outcome outcome = hops.start(store);

        assertThat(outcome.orThrow().store().get("length")).isEqualTo(6);
        assertThat(outcome.store().toJson()).containsEntry("token", null);
        assertThat(outcome.toString() + hops.sent).doesNotContain("hidden");
    }

    @Test
    void putSecrets_hidesWhatWasOpen() throws Exception {
        store.put("token", "open").putSecrets(Map.of("token", "hidden"));

        isHidden("token");
    }

    /** Equal keys must agree in secrecy. */
    @Test
    void secretKey_isNotEqualToTheOpenOne() {
        Key<String> open = Key.of("token", String.class);

        assertThat(TOKEN).isNotEqualTo(open).isEqualTo(open.secret()).hasSameHashCodeAs(open.secret())
                .hasToString("token: java.lang.String, secret");
        assertThat(TOKEN.secret()).isSameAs(TOKEN);
    }

    static List<Key<?>> secretKeys() {
        return List.of(Key.of("value", String.class).secret(), Key.listOf("value", String.class).secret(),
                Key.mapOf("value", Integer.class).secret(), Key.of("value", new TypeRef<Map<String, List<Login>>>() {
                }).secret());
    }

    @ParameterizedTest
    @MethodSource("secretKeys")
    <T> void valueOfAnyType_isSecret_byItsKey(Key<T> key) {
        Store put = Store.create().put(key, null);
        Store read = Store.create().put("value", null);
        read.find(key);
        Store updated = Store.create();
        updated.update(key, old -> old);

        assertThat(List.of(put, read, updated)).allSatisfy(each -> assertThat(each.secrets()).containsOnlyKeys("value"));
    }
}
