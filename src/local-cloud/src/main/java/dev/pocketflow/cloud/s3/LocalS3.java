package dev.pocketflow.cloud.s3;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import dev.pocketflow.cloud.process.StandInProcess;

/**
 * S3 on 127.0.0.1: S3Mock in its own process. An AWS SDK reaches it by an endpoint override, with any credentials. Thread-safe.
 * The caller of {@code start()} closes it, which deletes all objects. It ends with this process at the latest.
 */
public final class LocalS3 implements AutoCloseable {

    private static final int PAGE = 1_000;

    private final StandInProcess process;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LocalS3(StandInProcess process) {
        this.process = process;
    }

    /**
     * Starts it. The start takes some seconds; the first call waits for it.
     *
     * @throws IllegalStateException when S3Mock is not on this machine: the message names the searched places
     */
    public static LocalS3 start() {
        return new LocalS3(StandInProcess.start("s3"));
    }

    /**
     * The address, for {@code endpointOverride} and {@code AWS_ENDPOINT_URL_S3}. Because it is an IP address, an SDK addresses
     * buckets by path.
     *
     * @throws IllegalStateException when it does not start
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + process.port());
    }

    /** Makes a bucket. */
    public void createBucket(String bucket) {
        send("PUT", "/" + bucket);
    }

    /** The keys of all objects in a bucket, sorted. */
    public List<String> keys(String bucket) {
        List<String> keys = new ArrayList<>();
        int before;
        do {
            before = keys.size();
            String after = keys.isEmpty() ? "" : "&start-after=" + encode(keys.get(before - 1));
            keys.addAll(texts(send("GET", "/" + bucket + "?list-type=2&max-keys=" + PAGE + after), "Key"));
        } while (keys.size() == before + PAGE);
        return keys;
    }

    /** Deletes all objects of a bucket, as between two tests. */
    public void empty(String bucket) {
        keys(bucket).forEach(key -> send("DELETE", "/" + bucket + "/" + encode(key)));
    }

    /** Ends it. */
    @Override
    public void close() {
        process.close();
    }

    private String send(String method, String path) {
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(endpoint() + path))
                    .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("S3: " + method + " " + path + ": HTTP " + response.statusCode() + ", "
                        + texts(response.body(), "Code"));
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("S3: " + method + " " + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while S3 was asked", e);
        }
    }

    private static List<String> texts(String document, String element) {
        List<String> texts = new ArrayList<>();
        if (document.isBlank()) {
            return texts;
        }
        try {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(document));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals(element)) {
                    texts.add(xml.getElementText());
                }
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException("S3 answers no XML", e);
        }
        return texts;
    }

    private static String encode(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
