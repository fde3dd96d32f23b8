package dev.pocketflow.quarkus.internal.park;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jboss.logging.Logger;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.transport.DeliveryErrors;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/**
 * One line of the log for each failed run. It ends with the encrypted envelope, because no log may hold a readable store.
 * Nobody can tell whether the log is stored.
 */
public final class LogFailedRunStore implements FailedRunStore {

    /**
     * The most bytes of an envelope. Encryption adds a third, and CloudWatch accepts at most 1 MB in a line (<a
     * href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>).
     */
    static final int LIMIT = 750_000;

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.park");

    private final Seal seal;

    /** @throws IllegalArgumentException if no key encrypts */
    public LogFailedRunStore(Seal seal) {
        if (!seal.encrypts()) {
            throw new IllegalArgumentException(
                    "quarkus.pocketflow.park is log, which may hold encrypted stores only, and there is no key to encrypt "
                            + "with: set quarkus.pocketflow.envelope.secret-key to the id of a symmetric key among "
                            + "quarkus.pocketflow.envelope.keys, or choose another place");
        }
        this.seal = seal;
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public String park(Message parked) {
        DeliveryErrors.fits(
                new EnvelopeTransport.Message(parked.flow(), null, parked.run(), parked.hop(), null, parked.envelope()),
                parked.envelope().length, LIMIT, "the log");
        LOG.errorf("run=%s hop=%d flow=%s node=%s type=%s envelope=%s", parked.run(), parked.hop(),
                LogText.of(parked.flow()), LogText.of(parked.node()), LogText.of(parked.type()),
                new String(hidden(parked), UTF_8));
        return "the log, category dev.pocketflow.park";
    }

    private byte[] hidden(Message parked) {
        try {
            return seal.hidden(parked.envelope());
        } catch (EnvelopeRefused e) {
            throw new HandOverFailed("run " + parked.run() + ", hop " + parked.hop() + ", was not stored in the log: "
                    + e.getMessage(), e);
        }
    }
}
