package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.config.LedgerConfig;
import io.vertx.redis.client.Response;

/**
 * Redis, with a hash for each hop. Scripts read and change a hash in one step. The ledger is as durable as that Redis: a
 * fail-over may lose hops.
 */
public final class RedisLedger implements Ledger {

    /** The most bytes of one value by Redis's default of {@code proto-max-bulk-len}. */
    static final int LIMIT = 512 * 1024 * 1024;

    /** Arguments: the time, the owner, the end of the claim, the end of the hash, and the time until then. */
    private static final String CLAIM = """
            local h = redis.call('HMGET', KEYS[1], 'expiration', 'owner', 'until', 'outcome')
            if h[1] and tonumber(h[1]) <= tonumber(ARGV[1]) then redis.call('DEL', KEYS[1])
            elseif h[4] then return {'done', h[4]}
            elseif h[2] and h[2] ~= ARGV[2] and tonumber(h[3]) > tonumber(ARGV[1]) then return {'busy', h[3]} end
            redis.call('HSET', KEYS[1], 'owner', ARGV[2], 'until', ARGV[3], 'expiration', ARGV[4])
            redis.call('HDEL', KEYS[1], 'written')
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            return {'held', redis.call('HGET', KEYS[1], 'checkpoint')}""";

    /** Arguments: the time, the owner. */
    private static final String MINE = """
            local h = redis.call('HMGET', KEYS[1], 'expiration', 'owner', 'written')
            if not h[1] or tonumber(h[1]) <= tonumber(ARGV[1]) or h[2] ~= ARGV[2] then return 0 end
            local done = redis.call('HEXISTS', KEYS[1], 'outcome') == 1
            """;

    /** Further arguments: the envelope, its number. A late write does not replace a later one. */
    private static final String CHECKPOINT = MINE + """
            if done then return 0 end
            if not h[3] or tonumber(h[3]) <= tonumber(ARGV[4]) then
                redis.call('HSET', KEYS[1], 'checkpoint', ARGV[3], 'written', ARGV[4])
            end
            return 1""";

    /** Further arguments: the outcome, the end of the hash, and the time until then. */
    private static final String DONE = MINE + """
            if not done then
                redis.call('HSET', KEYS[1], 'outcome', ARGV[3], 'expiration', ARGV[4])
                redis.call('HDEL', KEYS[1], 'checkpoint', 'written', 'until')
                redis.call('PEXPIRE', KEYS[1], ARGV[5])
            end
            return 1""";

    private static final String FREE = MINE + """
            if not done then redis.call('HDEL', KEYS[1], 'owner', 'until') end
            return 1""";

    /** Arguments: its end, and the time until then. */
    private static final String CANCEL = "return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])";

    /** Argument: the time. It is a script, because any other read may be sent to a replica. */
    private static final String CANCELLED = """
            local expiration = redis.call('GET', KEYS[1])
            if expiration and tonumber(expiration) > tonumber(ARGV[1]) then return 1 end
            return 0""";

    /** Arguments: the time, the hop, the state, its end, and the time until then. */
    private static final String RECORD_STATE = """
            local h = redis.call('HMGET', KEYS[1], 'expiration', 'hop')
            if h[1] and tonumber(h[1]) > tonumber(ARGV[1]) and tonumber(h[2]) > tonumber(ARGV[2]) then return 0 end
            redis.call('HSET', KEYS[1], 'hop', ARGV[2], 'state', ARGV[3], 'expiration', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            return 1""";

    /** Argument: the time. */
    private static final String RECORDED_STATE = """
            local h = redis.call('HMGET', KEYS[1], 'expiration', 'state')
            if h[1] and tonumber(h[1]) > tonumber(ARGV[1]) then return h[2] end
            return false""";

    /** Argument: the time. */
    private static final String FOUND = """
            local h = redis.call('HMGET', KEYS[1], 'expiration', 'owner', 'until', 'outcome', 'checkpoint')
            if not h[1] or tonumber(h[1]) <= tonumber(ARGV[1]) then return {'none'}
            elseif h[4] then return {'done', h[4]}
            elseif h[2] and tonumber(h[3]) > tonumber(ARGV[1]) then return {'busy', h[3]} end
            return {'held', h[5]}""";

    private final RedisCalls redis;
    private final LedgerConfig config;
    private final InstantSource clock;
    private final AtomicLong checkpoints = new AtomicLong();

    RedisLedger(RedisCalls redis, LedgerConfig config, InstantSource clock) {
        this.redis = redis;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public Claim claim(Turn turn, Instant until) {
        Instant now = clock.instant();
        Instant end = turn.kept(until.isAfter(now) ? until : now, config.keep());
        Response answer = run(about(turn), "claimed", CLAIM, turn.id(),
                List.of(now.toEpochMilli(), turn.owner(), until.toEpochMilli(), end.toEpochMilli(), left(now, end)));
        return claim(answer);
    }

    private static Claim claim(Response answer) {
        return switch (answer.get(0).toString()) {
            case "done" -> new Claim.Done(answer.get(1).toBytes());
            case "busy" -> new Claim.Busy(Instant.ofEpochMilli(answer.get(1).toLong()));
            default -> new Claim.Held(answer.get(1) == null ? null : answer.get(1).toBytes());
        };
    }

    @Override
    public boolean checkpoint(Turn turn, byte[] envelope) {
        return run(about(turn), "stored", CHECKPOINT, turn.id(),
                List.of(clock.millis(), turn.owner(), envelope, checkpoints.incrementAndGet())).toInteger() == 1;
    }

    @Override
    public boolean done(Turn turn, byte[] outcome) {
        Instant now = clock.instant();
        Instant end = turn.kept(now, config.keep());
        return run(about(turn), "recorded as done", DONE, turn.id(),
                List.of(now.toEpochMilli(), turn.owner(), outcome, end.toEpochMilli(), left(now, end))).toInteger() == 1;
    }

    @Override
    public void free(Turn turn) {
        run(about(turn), "freed", FREE, turn.id(), List.of(clock.millis(), turn.owner()));
    }

    @Override
    public void cancel(String run, Duration atLeast) {
        Instant now = clock.instant();
        Instant end = now.plus(Ledger.longer(config.keep(), atLeast));
        run("the cancellation of run " + run, "stored", CANCEL, Ledger.cancellation(run),
                List.of(end.toEpochMilli(), left(now, end)));
    }

    @Override
    public boolean cancelled(String run) {
        return run("the cancellation of run " + run, "looked up", CANCELLED, Ledger.cancellation(run),
                List.of(clock.millis())).toInteger() == 1;
    }

    @Override
    public void recordState(String run, int hop, byte[] state, Duration atLeast) {
        Instant now = clock.instant();
        Instant end = now.plus(Ledger.longer(config.keep(), atLeast));
        run("the state of run " + run, "stored", RECORD_STATE, Ledger.state(run),
                List.of(now.toEpochMilli(), hop, state, end.toEpochMilli(), left(now, end)));
    }

    @Override
    public byte[] recordedState(String run) {
        Response state = run("the state of run " + run, "looked up", RECORDED_STATE, Ledger.state(run),
                List.of(clock.millis()));
        return state == null ? null : state.toBytes();
    }

    @Override
    public Optional<Claim> found(String run, int hop) {
        Response answer = run("run " + run + ", hop " + hop + ",", "looked up", FOUND, Ledger.hop(run, hop),
                List.of(clock.millis()));
        return answer.get(0).toString().equals("none") ? Optional.empty() : Optional.of(claim(answer));
    }

    /**
     * {@return the time that remains, at least a millisecond}. For 0 one command of Redis means "at once", and another refuses
     * it.
     */
    private static long left(Instant now, Instant end) {
        return Math.max(1, end.toEpochMilli() - now.toEpochMilli());
    }

    private static String about(Turn turn) {
        return "run " + turn.run() + ", hop " + turn.hop() + ",";
    }

    private Response run(String about, String what, String script, String id, List<?> arguments) {
        try {
            return redis.run(script, config.prefix() + id, arguments);
        } catch (RedisCalls.Failed e) {
            throw new LedgerFailed(about + " was not " + what + " in the ledger, Redis: " + e.getMessage(), e.getCause());
        }
    }
}
