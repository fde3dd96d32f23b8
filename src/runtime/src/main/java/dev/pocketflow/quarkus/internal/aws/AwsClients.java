package dev.pocketflow.quarkus.internal.aws;

import java.time.Duration;
import java.util.function.Supplier;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Makes the clients of the AWS SDK. */
public final class AwsClients {

    /** The timeout of each read of an answer. The SDK's 30 seconds exceed the margin of most invocations. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /**
     * One HTTP client for all SDK clients: each reads the trusted certificates of the machine, which takes longer than a call.
     * It uses the JDK's own connections, the smallest HTTP client of the SDK. The SDK's own search for one would read the whole
     * class path.
     */
    private static final Lazy<SdkHttpClient> HTTP = new Lazy<>(
            () -> new BufferedPostClient(UrlConnectionHttpClient.builder().socketTimeout(SILENCE).build()));

    private AwsClients() {
    }

    /** Configures a client in the standard mode: three attempts, unless AWS_RETRY_MODE or AWS_MAX_ATTEMPTS say otherwise. */
    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(B builder) {
        return builder.defaultsMode(DefaultsMode.STANDARD).httpClient(HTTP.get());
    }

    /**
     * A client that is made at its first use, because many invocations end without a hand-over. Natively that takes a few
     * milliseconds. Most of a first call over TLS is the handshake, which an earlier client would not save. Thread-safe.
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
