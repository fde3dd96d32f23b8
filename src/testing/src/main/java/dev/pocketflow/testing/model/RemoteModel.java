package dev.pocketflow.testing.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A client of a {@link ModelServer} that runs elsewhere, perhaps in another process or class loader. */
public final class RemoteModel implements ModelHandle {

    static final String PATH = "/script/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;

    public RemoteModel(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    @Override
    public String baseUrl() {
        return baseUrl;
    }

    @Override
    public List<ModelRequest> requests() {
        try {
            return JSON.readValue(call("GET", "requests", ""), new TypeReference<List<ModelRequest>>() {
            });
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("No scripted model answers at " + baseUrl, e);
        }
    }

    @Override
    public void prepend(String yaml) {
        call("POST", "rules", yaml);
    }

    @Override
    public void reset() {
        call("POST", "reset", "");
    }

    /** Does nothing: the process that started the server stops it. */
    @Override
    public void close() {
    }

    private String call(String method, String action, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl).resolve(PATH + action))
                .timeout(Duration.ofSeconds(10)).method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 400) {
                throw new IllegalArgumentException(JSON.readTree(response.body()).asText());
            }
            if (response.statusCode() != 200) {
                throw new IOException("HTTP " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("No scripted model answers at " + baseUrl, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the scripted model at " + baseUrl, e);
        }
    }
}
