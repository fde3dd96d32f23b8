package dev.pocketflow.testing.eval;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Posts each input to a function. The output is the answer's {@code store}, and the usage its {@code usage}. An answer whose
 * {@code status} is not {@code completed} is a failure of the case. Immutable and thread-safe.
 */
public final class HttpSubject implements Subject {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI address;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final boolean standIns;

    private HttpSubject(HttpClient client, URI address, Map<String, String> headers, Duration timeout, boolean standIns) {
        this.client = client;
        this.address = address;
        this.headers = headers;
        this.timeout = timeout;
        this.standIns = standIns;
    }

    /**
     * A function at an address. A request takes at most five minutes, and is not repeated.
     *
     * @param address where it takes events, such as {@code http://localhost:8080}
     * @throws IllegalArgumentException if it is not an absolute HTTP address
     */
    public static HttpSubject at(String address) {
        URI uri = URI.create(address);
        if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("the address of a function must begin with http:// or https://, was '" + address
                    + "'");
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1)
                .build();
        return new HttpSubject(client, uri, Map.of(), TIMEOUT, false);
    }

    /**
     * Adds a header to each request, such as {@code Authorization}, or {@code Prefer} with {@code wait=60} for a function whose
     * runs are handed over.
     *
     * @return a copy with the header
     */
    public HttpSubject header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpSubject(client, address, more, timeout, standIns);
    }

    /**
     * Bounds the time of each request. The default is five minutes.
     *
     * @param most more than zero
     * @return a copy with the bound
     * @throws IllegalArgumentException if it is not more than zero
     */
    public HttpSubject timeout(Duration most) {
        if (most.isZero() || most.isNegative()) {
            throw new IllegalArgumentException("the timeout must be more than zero, was " + most);
        }
        return new HttpSubject(client, address, headers, most, standIns);
    }

    /**
     * Accepts answers that a stand-in gave for a model or another service. By default such an answer is a failure of the case,
     * because the scores would be those of the stand-in's script. Without a key, stand-ins answer in dev mode and in tests.
     *
     * @return a copy that accepts them
     */
    public HttpSubject allowStandIns() {
        return new HttpSubject(client, address, headers, timeout, true);
    }

    @Override
    public Output run(Map<String, @Nullable Object> input) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(timeout)
                .header("Content-Type", "application/json").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(input)));
        headers.forEach(request::setHeader);
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException("no answer from " + place() + ": " + e.getClass().getSimpleName(), e);
        }
        return read(response.statusCode(), response.body());
    }

    private Output read(int status, byte[] body) throws IOException {
        JsonNode answer = json(body);
        if (!standIns && !answer.path("standIns").isEmpty()) {
            throw new IOException("stand-ins answered for " + answer.path("standIns")
                    + ". Give the function its keys, or accept them with allowStandIns()");
        } else if (status == 200 && answer.path("status").asText().equals("completed")
                && answer.path("store") instanceof ObjectNode store) {
            Map<String, Double> usage = new LinkedHashMap<>();
            answer.path("usage").properties().forEach(unit -> usage.put(unit.getKey(), unit.getValue().asDouble()));
            return new Output(JSON.convertValue(store, new TypeReference<Map<String, @Nullable Object>>() {
            }), usage);
        } else if (status == 202) {
            throw new IOException("the run did not end in this request (HTTP 202). With a ledger, ask with the header "
                    + "Prefer: wait=<seconds>. A run that waits for a signal cannot be evaluated");
        }
        JsonNode failure = answer.path("failure");
        String detail = failure.path("message").asText(answer.path("detail").asText());
        String node = failure.hasNonNull("node") ? " in the node '" + failure.path("node").asText() + "'" : "";
        throw new IOException(place() + " answered HTTP " + status + node + (detail.isEmpty() ? "" : ": " + detail));
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // reported with the status
        }
    }

    /** The address without what may be a secret: user and query. */
    private String place() {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + address.getPath();
    }
}
