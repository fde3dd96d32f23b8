package dev.pocketflow.quarkus.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.internal.cloudevent.CloudEventAttributes;

/**
 * A CloudEvent to a URL, in binary mode (<a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP binding</a>).
 *
 * <p>
 * It uses the JDK's {@link HttpURLConnection}: one POST and its status need no client library. Each function already has this
 * class, because Quarkus's Lambda binding and the AWS SDK's smallest client use it too.
 */
public final class HttpTransport implements EnvelopeTransport {

    /** The most bytes of an envelope: the least limit of common eventing platforms, and the limit of the other transports. */
    static final int LIMIT = 1_048_576;
    static final String TYPE = "dev.pocketflow.envelope";
    static final String MEDIA_TYPE = "application/vnd.pocketflow.envelope+json";

    /** The most bytes read of an answer, so that the connection can be reused. */
    private static final int ANSWER = 65_536;

    private final URI own;
    private final int timeoutMillis;

    /** @param env gives an environment variable, or null */
    public HttpTransport(HandOverConfig.Http config, UnaryOperator<String> env) {
        Duration timeout = config.timeout();
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("quarkus.pocketflow.http.timeout must be at least 1 ms and at most "
                    + Duration.ofMillis(Integer.MAX_VALUE) + ", was " + timeout);
        }
        this.timeoutMillis = (int) timeout.toMillis();
        this.own = config.url().map(url -> checked(url, "quarkus.pocketflow.http.url"))
                .orElseGet(() -> sink(env.apply("K_SINK")));
    }

    private static URI sink(String url) {
        try {
            return url == null || url.isBlank() ? null : checked(new URI(url), "K_SINK");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("K_SINK must be a URL of http or https, was not a URL", e);
        }
    }

    private static URI checked(URI url, String setting) {
        if (!isHttp(url)) {
            throw new IllegalArgumentException(setting + " must be a URL of http or https, was " + shown(url));
        }
        return url;
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public void send(Message message) {
        URI url = url(message);
        String receiver = shown(url);
        DeliveryErrors.fits(message, message.body().length, LIMIT, receiver);
        HttpURLConnection connection = connect(url, message, receiver);
        int status = answer(connection, message, receiver);
        if (status >= 500) {
            throw DeliveryErrors.unknown(message, receiver, "it answered HTTP " + status, null);
        } else if (status < 200 || status > 299) {
            throw DeliveryErrors.refused(message, receiver, "it answered HTTP " + status + ". " + wayOut(status), null);
        }
    }

    private URI url(Message message) {
        if (message.address() == null && own == null) {
            throw DeliveryErrors.refused(message, "any URL",
                    "this function has no URL. Set quarkus.pocketflow.http.url, or K_SINK as Knative does",
                    null);
        }
        URI url = own;
        try {
            url = message.address() == null ? own : URI.create(message.address());
        } catch (IllegalArgumentException e) {
            throw noUrl(message, e);
        }
        if (!isHttp(url)) {
            throw noUrl(message, null);
        }
        return url;
    }

    private static RuntimeException noUrl(Message message, Exception cause) {
        return DeliveryErrors.refused(message, "the flow '" + message.flow() + "'", "its address is not a URL of http or "
                + "https. Correct it in quarkus.pocketflow.remote", cause);
    }

    /** Connects in a step of its own: a failure here has sent nothing. */
    private HttpURLConnection connect(URI url, Message message, String receiver) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(message.body().length); // otherwise the JDK sends a second time by itself
            headers(message, connection);
            connection.connect();
            return connection;
        } catch (IOException e) {
            String why = e instanceof SocketTimeoutException ? "it did not connect within " + timeoutMillis + " ms"
                    : e.getClass().getSimpleName();
            throw DeliveryErrors.refused(message, receiver,
                    why + ", so nothing was sent. Check that it runs and can be reached from here",
                    e);
        }
    }

    private static void headers(Message message, HttpURLConnection connection) {
        connection.setRequestProperty("ce-specversion", "1.0");
        connection.setRequestProperty("ce-id", message.run() + "/" + message.hop());
        connection.setRequestProperty("ce-type", TYPE);
        connection.setRequestProperty("ce-source", CloudEventAttributes
                .encoded("/pocketflow/" + CloudEventAttributes.segment(message.flow())));
        connection.setRequestProperty("ce-subject", CloudEventAttributes.encoded(message.flow()));
        connection.setRequestProperty("Content-Type", MEDIA_TYPE);
        if (message.traceparent() != null) {
            connection.setRequestProperty("traceparent", message.traceparent());
        }
    }

    private int answer(HttpURLConnection connection, Message message, String receiver) {
        try {
            send(connection, message.body());
            int status = connection.getResponseCode();
            drain(connection);
            if (status != -1) {
                return status;
            }
            throw new ProtocolException("no HTTP");
        } catch (SocketTimeoutException e) {
            throw DeliveryErrors.unknown(message, receiver,
                    "it did not answer within " + timeoutMillis + " ms (quarkus.pocketflow.http.timeout)", e);
        } catch (IOException e) {
            throw DeliveryErrors.unknown(message, receiver, e.getClass().getSimpleName() + " after the connection was made", e);
        }
    }

    /** Sends the body. A receiver may answer, for example that it is too large, and close before it has read all. */
    private static void send(HttpURLConnection connection, byte[] body) throws IOException {
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        } catch (IOException e) {
            if (connection.getResponseCode() == -1) {
                throw e;
            }
        }
    }

    private static void drain(HttpURLConnection connection) {
        try (InputStream answer = connection.getErrorStream() != null ? connection.getErrorStream()
                : connection.getInputStream()) {
            answer.readNBytes(ANSWER);
        } catch (IOException e) {
            connection.disconnect(); // the status tells all
        }
    }

    private static String wayOut(int status) {
        return switch (status) {
            case 401, 403 -> "It requires credentials that this transport does not send: let it accept events of this function";
            case 404, 405, 410 -> "Check that the URL accepts events";
            case 413 -> "Configure a claim check: quarkus.pocketflow.claim-check.bucket or .directory";
            case 429 -> "Resume the run when its load is lower";
            default -> status >= 300 && status < 400 ? "Redirects are not followed: set the URL of the target"
                    : "Check its log, then resume the run";
        };
    }

    /** {@return the URL without possible secrets: user name, password and query} */
    private static String shown(URI url) {
        String port = url.getPort() == -1 ? "" : ":" + url.getPort();
        return url.getHost() == null ? "one without a host"
                : url.getScheme() + "://" + url.getHost() + port + (url.getRawPath() == null ? "" : url.getRawPath());
    }
}
