package dev.pocketflow.testing.eval.score;

/**
 * Turns a text into a vector. Texts with a near meaning have near vectors. Must be thread-safe. A model of LangChain4j is one
 * by a lambda:
 *
 * <pre>{@code
 * Embedding embedding = text -> model.embed(text).content().vector();
 * }</pre>
 */
@FunctionalInterface
public interface Embedding {

    /**
     * {@return the vector of a text; all have the same length}
     *
     * @throws Exception if there is none
     */
    float[] embed(String text) throws Exception;

    /**
     * An endpoint that speaks OpenAI's API. A call takes at most two minutes, and is not repeated.
     *
     * @param baseUrl the address before {@code /embeddings}, such as {@code https://api.openai.com/v1}
     * @param model the name of the model
     * @param key the API key, which no message shows
     * @return the embedding
     */
    static Embedding openAi(String baseUrl, String model, String key) {
        return new OpenAiEndpoint(baseUrl, model, key)::embed;
    }
}
