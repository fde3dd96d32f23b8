package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.util.function.Supplier;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** How the clients of the AWS SDK are made. */
final class AwsClients {

    /** For what is read of an answer at a time: the SDK's 30 seconds outlast most invocations' margins. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private AwsClients() {
    }

    /**
     * The JDK's own HTTP client: the smallest of those that the SDK has, and named here, as the SDK's search for one reads the
     * whole class path. The standard mode's three attempts and connect timeout are what AWS_RETRY_MODE and AWS_MAX_ATTEMPTS
     * change.
     */
    static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(B builder) {
        return builder.defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(SILENCE));
    }

    /** A client that is made when it is first asked for. Thread-safe. */
    static final class Lazy<C> implements Supplier<C> {
        private final Supplier<C> maker;
        private volatile C client;

        Lazy(Supplier<C> maker) {
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
