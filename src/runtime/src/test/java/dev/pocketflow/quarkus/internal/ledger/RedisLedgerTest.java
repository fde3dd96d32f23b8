package dev.pocketflow.quarkus.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Turn;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import redis.embedded.RedisServer;

/** The contract with a real Redis, over a connection that can lose answers, with the pool sizes of Quarkus's client. */
class RedisLedgerTest extends LedgerContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 6;

    private static Vertx vertx;
    private static RedisServer server;
    private static int port;

    private LossyTcpProxy wire;
    private Redis client;
    private RedisCalls calls;

    @BeforeAll
    static void startRedis() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
        server.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.stop();
    }

    @BeforeEach
    void start() {
        wire = new LossyTcpProxy(port);
        client = client("redis://127.0.0.1:" + wire.port());
        calls = new RedisCalls(client, TIMEOUT, CONNECTIONS);
    }

    @AfterEach
    void stop() {
        command(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("0"));
        command(Request.cmd(Command.FLUSHALL));
        client.close();
        wire.close();
    }

    @Override
    Ledger ledger() {
        return new RedisLedger(calls, LedgerConfigValues.prefix("pocketflow:"), clock);
    }

    @Test
    void keysBeginWithThePrefix_andExpire() {
        claim(first);
        ledger().cancel(run, Duration.ZERO);

        String hop = "pocketflow:" + run + "#3";
        String cancellation = "pocketflow:" + run + "#cancel";
        assertThat(command(Request.cmd(Command.KEYS).arg("*"))).extracting(Response::toString)
                .containsExactlyInAnyOrder(hop, cancellation);
        assertThat(millisecondsLeft(hop)).isBetween(LedgerConfigValues.KEEP.toMillis(),
                LedgerConfigValues.KEEP.plus(MINUTE).toMillis());
        assertThat(millisecondsLeft(cancellation)).isPositive().isLessThanOrEqualTo(LedgerConfigValues.KEEP.toMillis());
        ledger().done(first, bytes("outcome"));
        assertThat(millisecondsLeft(hop)).isPositive().isLessThanOrEqualTo(LedgerConfigValues.KEEP.toMillis());
    }

    @Test
    void eachCallTakesEffectOnce_whenTheFirstAnswerIsLost() {
        Ledger ledger = ledger();
        wire.loseNextAnswer();
        assertThat(ledger.claim(first, clock.in(MINUTE))).isEqualTo(new Claim.Held(null));
        wire.loseNextAnswer();
        assertThat(ledger.checkpoint(first, bytes("step 1"))).isTrue();
        wire.loseNextAnswer();
        ledger.free(first);
        wire.loseNextAnswer();
        assertThat(held(ledger.claim(second, clock.in(MINUTE)))).isEqualTo("step 1");
        wire.loseNextAnswer();
        assertThat(ledger.done(second, bytes("outcome"))).isTrue();
        wire.loseNextAnswer();
        ledger.cancel(run, Duration.ZERO);

        assertThat(done(claim(first))).isEqualTo("outcome");
        assertThat(ledger.cancelled(run)).isTrue();
        assertThat(wire.lost()).isEqualTo(6);
    }

    @Test
    void manyInvocationsWaitForAConnection_andAreNotRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<Claim>> claims = new ArrayList<>();
            for (int i = 0; i < 512; i++) {
                Turn turn = new Turn(run, i, "first");
                claims.add(threads.submit(() -> claim(turn)));
            }
            for (Future<Claim> claim : claims) {
                assertThat(claim.get()).isEqualTo(new Claim.Held(null));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void failureNamesCodeAndCorrection_andNotTheServersText() {
        command(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("1"));

        assertThatThrownBy(() -> claim(first)).isInstanceOf(LedgerFailed.class).hasMessage("run " + run
                + ", hop 3, was not claimed in the ledger, Redis: OOM. It is full: give it more memory, or shorten "
                + "quarkus.pocketflow.ledger.keep");
        assertThatThrownBy(() -> ledger().cancel(run, Duration.ZERO)).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith("the cancellation of run " + run + " was not stored in the ledger, Redis: OOM. ");
    }

    @Test
    void failureNamesTheCode_whenTheKeyHasAnotherType() {
        command(Request.cmd(Command.SET).arg("pocketflow:" + run + "#3").arg("private"));

        assertThatThrownBy(() -> claim(first)).isInstanceOf(LedgerFailed.class)
                .hasMessageMatching(".* in the ledger, Redis: (ERR|WRONGTYPE)\\. Correct this, then resume the run");
    }

    @Test
    void failureNamesTheNetwork_whenNothingListens() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        Redis none = client("redis://127.0.0.1:" + nobody);
        Ledger ledger = new RedisLedger(new RedisCalls(none, TIMEOUT, 1), LedgerConfigValues.prefix("pocketflow:"), clock);

        assertThatThrownBy(() -> ledger.free(first)).isInstanceOf(LedgerFailed.class)
                .hasMessage("run " + run + ", hop 3, was not freed in the ledger, Redis: nothing listens there. Check that it "
                        + "runs, the network, and quarkus.redis.hosts");
        none.close();
    }

    @Test
    void failureNamesTheTimeout_withoutAnAnswer() {
        wire.holdAnswers();
        Ledger ledger = new RedisLedger(new RedisCalls(client, Duration.ofMillis(200), CONNECTIONS),
                LedgerConfigValues.prefix("pocketflow:"), clock);

        assertThatThrownBy(() -> ledger.done(first, bytes("outcome"))).isInstanceOf(LedgerFailed.class)
                .hasMessage("run " + run + ", hop 3, was not recorded as done in the ledger, Redis: it did not answer within "
                        + "PT0.2S. Check the network and quarkus.redis.timeout");
    }

    private static Redis client(String url) {
        return Redis.createClient(vertx,
                new RedisOptions().setConnectionString(url).setMaxPoolSize(CONNECTIONS).setMaxPoolWaiting(24));
    }

    private long millisecondsLeft(String key) {
        return command(Request.cmd(Command.PTTL).arg(key)).toLong();
    }

    private Response command(Request request) {
        Redis direct = client("redis://127.0.0.1:" + port);
        try {
            return direct.send(request).toCompletionStage().toCompletableFuture().join();
        } finally {
            direct.close();
        }
    }
}
