package dev.pocketflow.bench.bare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

import jakarta.inject.Inject;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Receives the state as the event and returns the outcome. */
public class OnLambda implements RequestStreamHandler {

    @Inject
    ObjectMapper json;

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        Map<String, Object> state = json.readValue(event, new TypeReference<>() {
        });
        json.writeValue(response, Counted.of(state));
    }
}
