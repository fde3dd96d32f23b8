package dev.pocketflow.testing.model;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.testing.script.ChatRequest;
import dev.pocketflow.testing.script.Reply;
import dev.pocketflow.testing.script.Template;

/**
 * An assistant's message in its two forms: one chat completion, or a stream with one chunk for each token.
 *
 * @param content null unless the model says something
 * @param refusal null unless the model refuses
 * @param calls the tools to call; empty for none
 */
record ChatAnswer(String id, long createdSeconds, JsonNode request, String content, String refusal, List<Reply.Call> calls) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Makes the answer of a rule's reply; null for a reply that is not a message. */
    static ChatAnswer of(Reply reply, Template template, String id, long createdSeconds, JsonNode request) {
        if (reply instanceof Reply.Answer answer) {
            return new ChatAnswer(id, createdSeconds, request, template.fill(answer.text()), null, List.of());
        }
        if (reply instanceof Reply.Json json) {
            return new ChatAnswer(id, createdSeconds, request, template.fill(json.content()).toString(), null, List.of());
        }
        if (reply instanceof Reply.Refusal refusal) {
            return new ChatAnswer(id, createdSeconds, request, null, template.fill(refusal.text()), List.of());
        }
        if (reply instanceof Reply.Tools tools) {
            List<Reply.Call> calls = tools.calls().stream()
                    .map(call -> new Reply.Call(call.name(), template.fill(call.arguments()))).toList();
            return new ChatAnswer(id, createdSeconds, request, null, null, calls);
        }
        return null;
    }

    ObjectNode whole() {
        ObjectNode message = JSON.objectNode().put("role", "assistant").put("content", content).put("refusal", refusal);
        if (!calls.isEmpty()) {
            ArrayNode all = message.putArray("tool_calls");
            for (int i = 0; i < calls.size(); i++) {
                all.add(call(i, calls.get(i).arguments().toString()));
            }
        }
        ObjectNode completion = head("chat.completion");
        completion.putArray("choices").addObject().put("index", 0).<ObjectNode> set("message", message)
                .putNull("logprobs").put("finish_reason", finishReason());
        completion.set("usage", usage());
        return completion;
    }

    /** The chunks in order: the role, the tokens, the finish reason and, when it was asked for, the usage. */
    List<ObjectNode> chunks(boolean withUsage) {
        List<ObjectNode> deltas = new ArrayList<>();
        deltas.add(JSON.objectNode().put("role", "assistant").put("content", content == null ? null : "").putNull("refusal"));
        if (content != null) {
            TokenEstimate.split(content).forEach(token -> deltas.add(JSON.objectNode().put("content", token)));
        }
        if (refusal != null) {
            TokenEstimate.split(refusal).forEach(token -> deltas.add(JSON.objectNode().put("refusal", token)));
        }
        for (int i = 0; i < calls.size(); i++) {
            addCall(deltas, i);
        }
        List<ObjectNode> chunks = new ArrayList<>(deltas.stream().map(delta -> chunk(delta, null, withUsage)).toList());
        chunks.add(chunk(JSON.objectNode(), finishReason(), withUsage));
        if (withUsage) {
            ObjectNode last = head("chat.completion.chunk");
            last.putArray("choices");
            chunks.add(last.set("usage", usage()));
        }
        return chunks;
    }

    private void addCall(List<ObjectNode> deltas, int index) {
        deltas.add(delta(call(index, "").put("index", index)));
        for (String token : TokenEstimate.split(calls.get(index).arguments().toString())) {
            ObjectNode part = JSON.objectNode().put("index", index);
            part.putObject("function").put("arguments", token);
            deltas.add(delta(part));
        }
    }

    private static ObjectNode delta(ObjectNode call) {
        ObjectNode delta = JSON.objectNode();
        delta.putArray("tool_calls").add(call);
        return delta;
    }

    private ObjectNode call(int index, String arguments) {
        ObjectNode call = JSON.objectNode().put("id", id.replace("chatcmpl", "call") + "-" + index).put("type", "function");
        call.putObject("function").put("name", calls.get(index).name()).put("arguments", arguments);
        return call;
    }

    private ObjectNode chunk(ObjectNode delta, String finishReason, boolean withUsage) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices").addObject().put("index", 0).<ObjectNode> set("delta", delta)
                .putNull("logprobs").put("finish_reason", finishReason);
        return withUsage ? chunk.putNull("usage") : chunk;
    }

    private ObjectNode head(String object) {
        return JSON.objectNode().put("id", id).put("object", object).put("created", createdSeconds)
                .put("model", request.path("model").asText()).put("system_fingerprint", "fp_scripted");
    }

    private String finishReason() {
        return calls.isEmpty() ? "stop" : "tool_calls";
    }

    private ObjectNode usage() {
        int prompt = promptTokens();
        int completion = TokenEstimate.count(content == null ? "" : content)
                + TokenEstimate.count(refusal == null ? "" : refusal)
                + calls.stream()
                        .mapToInt(call -> TokenEstimate.count(call.name()) + TokenEstimate.count(call.arguments().toString()))
                        .sum();
        return JSON.objectNode().put("prompt_tokens", prompt).put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }

    /** Counts the texts, the offered tools, and the few tokens that frame each message. */
    private int promptTokens() {
        int texts = ChatRequest.of(request).texts().stream().mapToInt(TokenEstimate::count).sum();
        int tools = request.has("tools") ? TokenEstimate.count(request.path("tools").toString()) : 0;
        return texts + tools + 4 * request.path("messages").size();
    }
}
