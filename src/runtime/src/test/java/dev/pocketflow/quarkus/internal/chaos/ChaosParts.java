package dev.pocketflow.quarkus.internal.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import dev.pocketflow.cloud.faults.FaultPlan.Fault;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.LedgerOver;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.timer.WakeUpTimer;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** The services that a function calls, with the faults of a plan before, in and after each call. */
final class ChaosParts {

    private final ChaosWorld world;

    ChaosParts(ChaosWorld world) {
        this.world = world;
    }

    private <T> T call(String name, Supplier<T> call, Supplier<RuntimeException> failure) {
        world.pass("before " + name);
        if (world.plan.strikes(Fault.THROTTLE, name)) {
            throw failure.get();
        }
        T result = call.get();
        if (world.plan.strikes(Fault.LOST_ANSWER, name)) {
            throw failure.get();
        }
        world.pass("after " + name);
        return result;
    }

    /** The ledger of one function. */
    record FaultyLedger(Ledger ledger, ChaosParts parts) implements LedgerOver {

        private <T> T call(String name, Supplier<T> call) {
            return parts.call(name, call, () -> new LedgerFailed("the ledger failed", null));
        }

        @Override
        public Claim claim(Turn turn, Instant until) {
            return call("claim", () -> ledger.claim(turn, until));
        }

        @Override
        public boolean checkpoint(Turn turn, byte[] envelope) {
            return call("checkpoint", () -> ledger.checkpoint(turn, envelope));
        }

        @Override
        public boolean done(Turn turn, byte[] outcome) {
            return call("done", () -> ledger.done(turn, outcome));
        }

        @Override
        public void free(Turn turn) {
            call("free", () -> {
                ledger.free(turn);
                return null;
            });
        }

        @Override
        public void recordState(String run, int hop, byte[] state, Duration atLeast) {
            call("state", () -> {
                ledger.recordState(run, hop, state, atLeast);
                return null;
            });
        }

        @Override
        public boolean cancelled(String run) {
            return false; // nobody cancels here, and it is asked so often that it would be most of the work
        }
    }

    EnvelopeTransport way(String own) {
        return new EnvelopeTransport() {
            @Override
            public int limit() {
                return 1_048_576;
            }

            @Override
            public void send(Message message) {
                call("send", () -> {
                    world.cloud.send(message.address() == null ? own : message.address(), message.body(), Duration.ZERO);
                    return null;
                }, () -> new HandOverFailed("the queue failed", null));
            }
        };
    }

    WakeUpTimer timer(String own, InstantSource clock) {
        return new WakeUpTimer() {
            @Override
            public int limit() {
                return 1_048_576;
            }

            @Override
            public void wake(EnvelopeTransport.Message message, Instant until) {
                call("wake", () -> {
                    Duration left = Duration.between(clock.instant(), until);
                    Duration most = Duration.ofMinutes(15); // the limit of SQS
                    world.cloud.send(own, message.body(),
                            left.isNegative() ? Duration.ZERO : left.compareTo(most) > 0 ? most : left);
                    return null;
                }, () -> new HandOverFailed("the timer failed", null));
            }
        };
    }

    FailedRunStore park() {
        return new FailedRunStore() {
            @Override
            public int limit() {
                return Integer.MAX_VALUE;
            }

            @Override
            public boolean isDurable() {
                return true;
            }

            @Override
            public String park(Message parked) {
                call("park", () -> world.parked.add(parked.envelope()), () -> new HandOverFailed("the park failed", null));
                return "the world";
            }
        };
    }
}
