package dev.pocketflow.testing.eval.score;

import java.util.Map;

/**
 * A chat model that judges. Must be thread-safe. A model of LangChain4j is one by a lambda:
 *
 * <pre>{@code
 * JudgeModel judge = (instructions, data) -> JudgeModel.Reply.of(
 *         model.chat(SystemMessage.from(instructions), UserMessage.from(data)).aiMessage().text());
 * }</pre>
 */
@FunctionalInterface
public interface JudgeModel {

    /**
     * Asks the model.
     *
     * @param instructions the task and the criteria, for the system message
     * @param data the input and the output as one JSON object, for the user message
     * @return the model's reply
     * @throws Exception if the model does not answer
     */
    Reply ask(String instructions, String data) throws Exception;

    /**
     * A reply of the model.
     *
     * @param text the text
     * @param usage the units that the call used, such as {@code output-tokens}; empty if unknown
     */
    record Reply(String text, Map<String, Double> usage) {

        /** Makes a reply. */
        public Reply {
            usage = Map.copyOf(usage);
        }

        /** {@return a reply whose usage is unknown} */
        public static Reply of(String text) {
            return new Reply(text, Map.of());
        }
    }

    /**
     * An endpoint that speaks OpenAI's API. A call takes at most two minutes, and is not repeated.
     *
     * @param baseUrl the address before {@code /chat/completions}, such as {@code https://api.openai.com/v1}
     * @param model the name of the model
     * @param key the API key, which no message shows
     * @return the model
     */
    static JudgeModel openAi(String baseUrl, String model, String key) {
        return new OpenAiEndpoint(baseUrl, model, key)::chat;
    }
}
