package dev.pocketflow.quarkus.internal.aws;

import java.time.Duration;
import java.util.function.Supplier;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** How the clients of the AWS SDK are made. */
public final class AwsClients {

    /** For each read of an answer: the SDK's 30 seconds outlast the margin of most invocations. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /**
     * One for all clients, as each reads the certificates that the machine trusts, which takes longer than a call. It is the
     * JDK's
     * own: the smallest that the SDK has, and named here, as the SDK's search for one reads the whole class path.
     */
    private static final Lazy<SdkHttpClient> HTTP = new Lazy<>(
            () -> new BufferedPostClient(UrlConnectionHttpClient.builder().socketTimeout(SILENCE).build()));

    private AwsClients() {
    }

    /** In the standard mode: three attempts, unless AWS_RETRY_MODE or AWS_MAX_ATTEMPTS say otherwise. */
    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(B builder) {
        return builder.defaultsMode(DefaultsMode.STANDARD).httpClient(HTTP.get());
    }

    /**
     * A client that is made when it is first asked for, as many invocations end without a hand-over; natively that takes a few
     * milliseconds. Most of a first call over TLS is the handshake, which no client made earlier would spare. Thread-safe.
     */
    public static final class Lazy<C> implements Supplier<C> {
        private final Supplier<C> maker;
        private volatile C client;

        public Lazy(Supplier<C> maker) {
            this.maker = maker;
        }

        @Override
        public C get() {
            C made = client;
            if (made == null) {
                synchronized (this) {
                    made = client;
                    if (made == null) {
                        made = maker.get();
                        client = made;
                    }
                }
            }
            return made;
        }
    }
}
