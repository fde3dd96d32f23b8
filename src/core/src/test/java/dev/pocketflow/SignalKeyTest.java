package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

/** A signal whose sender and receiver share a key. */
class SignalKeyTest {

    record Approval(String by, int level) {
    }

    private static final Key<Approval> APPROVAL = Key.of("approved", Approval.class);
    private static final Key<List<Approval>> APPROVALS = Key.listOf("approved", Approval.class);

    private final Store store = Store.create();
    private final Approval ada = new Approval("Ada", 2);

    private Run waiting(Await await) {
        WaitingRun waiting = new WaitingRun(Flow.named("flow").node("ask", await).ends("yes").ends("no").build());
        return waiting.later(waiting.start(store));
    }

    @Test
    void payload_hasTheTypeOfItsKey() {
        Outcome done = waiting(Await.signal(APPROVAL)).signal(APPROVAL, "yes", ada).start();

        assertThat(done.orThrow().action()).isEqualTo("yes");
        assertThat(done.store().get("approved")).isEqualTo(ada);
    }

    @Test
    void payloadOfASignalByName_keepsTheSendersType() {
        Outcome done = waiting(Await.signal("approved")).signal(APPROVALS, "yes", List.of(ada)).start();

        assertThat(EnvelopeRoundTrip.of(Envelope.first(TestSteps.flow(TestSteps.acting(null)), done.store())).store()
                .get(APPROVALS))
                .containsExactly(ada);
    }

    @Test
    void payload_mayBeAbsent() {
        assertThat(waiting(Await.signal(APPROVAL)).signal(APPROVAL, "no", null).start().orThrow().store().find(APPROVAL))
                .isEmpty();
    }

    @Test
    void payloadOfASecretKey_isSecret_inEveryFormOfAwait() {
        for (Await await : List.of(Await.signal("approved"), Await.signal(APPROVAL), Await.signal(APPROVAL.secret()))) {
            Outcome done = waiting(await).signal(APPROVAL.secret(), "yes", ada).start();

            assertThat(done.orThrow().store().toJson()).containsEntry("approved", null);
            assertThat(done.store().get(APPROVAL)).isEqualTo(ada);
        }
    }

    @Test
    void payloadOfAnotherType_isRefused_andTheRunStillWaits() {
        Run run = waiting(Await.signal(APPROVAL));

        assertThatThrownBy(() -> run.signal(APPROVALS, "yes", List.of(ada))).isInstanceOf(FlowException.BadPayload.class)
                .hasMessage("run " + run.id() + ": the payload of signal 'approved' cannot be read as "
                        + Approval.class.getName() + ". The signal was not taken: send it again with a payload of that type");
        assertThat(run.start()).isInstanceOf(Outcome.Suspended.class);
    }

    @Test
    void payloadThatIsReadAsTheTypeAwaited_isOfThatType() {
        Outcome done = waiting(Await.signal(Key.of("approved", Long.class))).signal(Key.of("approved", Integer.class), "yes", 5)
                .start();

        assertThat(done.orThrow().store().get("approved")).isEqualTo(5L);
    }

    @Test
    void keyOfAnotherSignal_isRefused() {
        Run run = waiting(Await.signal(APPROVAL));

        assertThatThrownBy(() -> run.signal(Key.of("payment", String.class), "yes", "paid"))
                .isInstanceOf(FlowException.UnexpectedSignal.class).hasMessage("run " + run.id()
                        + " waits for signal 'approved' at node 'ask' of flow 'flow', and got 'payment'");
    }

    @Test
    void actionWithoutEdge_isRefused() {
        Run run = waiting(Await.signal(APPROVAL));

        assertThatThrownBy(() -> run.signal(APPROVAL, "maybe", ada)).isInstanceOf(FlowException.UnexpectedSignal.class)
                .hasMessageContaining("and got 'maybe'");
        assertThat(run.awaits()).isEqualTo("approved");
    }
}
