package dev.pocketflow.testing.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Answers embedding requests. A vector is the normalised sum of one fixed direction per word. The same text always has the same
 * vector, and texts that share words are near each other.
 */
final class Embeddings {

    private static final int DEFAULT_DIMENSIONS = 1536;
    private static final int MAX_DIMENSIONS = 8192;

    private Embeddings() {
    }

    /** @throws OpenAiError.Answered when something is wrong with the request */
    static ObjectNode answer(JsonNode request) {
        List<String> inputs = inputs(request.path("input"));
        if (inputs.isEmpty()) {
            throw OpenAiError.invalid("input", "'input' must be a text, a list of texts, or tokens.").answered();
        }
        JsonNode dimensions = request.path("dimensions");
        int size = dimensions.asInt(DEFAULT_DIMENSIONS);
        if (size < 1 || size > MAX_DIMENSIONS || !(dimensions.isInt() || dimensions.isMissingNode() || dimensions.isNull())) {
            throw OpenAiError.invalid("dimensions", "'dimensions' must be a whole number from 1 to " + MAX_DIMENSIONS + ".")
                    .answered();
        }
        return json(request, inputs, size);
    }

    private static ObjectNode json(JsonNode request, List<String> inputs, int size) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (String input : inputs) {
            ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            float[] vector = vector(input, size);
            if ("base64".equals(request.path("encoding_format").asText())) {
                item.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = item.putArray("embedding");
                for (float number : vector) {
                    numbers.add(number);
                }
            }
        }
        int tokens = inputs.stream().mapToInt(TokenEstimate::count).sum();
        list.put("model", request.path("model").asText());
        list.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return list;
    }

    /** A text, texts, the tokens of a text, or the tokens of texts; anything else is refused. */
    private static List<String> inputs(JsonNode input) {
        if (!input.isArray() || input.path(0).isInt()) {
            String text = input.isArray() ? input.toString() : input.asText();
            return (input.isTextual() || input.isArray()) && !text.isEmpty() ? List.of(text) : List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : input) {
            if (!(element.isTextual() && !element.asText().isEmpty() || element.path(0).isInt())) {
                return List.of();
            }
            texts.add(element.isTextual() ? element.asText() : element.toString());
        }
        return texts;
    }

    static float[] vector(String text, int size) {
        double[] sum = new double[size];
        for (String token : TokenEstimate.split(text.toLowerCase(Locale.ROOT))) {
            long state = hash(token.strip());
            for (int i = 0; i < size; i++) {
                state += 0x9E3779B97F4A7C15L;
                sum[i] += (mix(state) >> 11) * 0x1.0p-52;
            }
        }
        double length = 0;
        for (double value : sum) {
            length += value * value;
        }
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) (sum[i] / Math.sqrt(length));
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The hash FNV-1a, which is the same on every machine and in every version. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The output function of SplitMix64. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
