package dev.pocketflow.functions.tools;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.functions.tools.Tools.Call;
import dev.pocketflow.functions.tools.Tools.Offer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The MCP server. Each step opens a session of its own, because the next one may work in another process. */
@Singleton
@RegisterForReflection(targets = McpSchema.class) // with its nested classes: the messages of the protocol
class McpServer {
    private static final int LONGEST = 20_000;

    @Inject
    ObjectMapper json;

    /** The address is known when the application has its port. */
    @Inject
    @ConfigProperty(name = "tools.url")
    Provider<String> url;

    /** {@return the tools of the server, but not this flow, which would call itself} */
    List<Offer> tools() {
        return connected(client -> client.listTools().tools().stream().filter(tool -> !tool.name().equals("tools"))
                .map(tool -> new Offer(tool.name(), tool.description(), write(tool.inputSchema()))).toList());
    }

    /** {@return the call with its result, or with the error that the tool told} */
    Call call(String tool, String arguments) {
        Map<String, Object> values;
        try {
            values = json.readValue(arguments == null ? "{}" : arguments, new TypeReference<>() {
            });
        } catch (JsonProcessingException e) {
            return new Call(tool, arguments, "the arguments are no JSON object", true);
        }
        CallToolResult result = connected(client -> client.callTool(CallToolRequest.builder(tool).arguments(values).build()));
        String text = result.content().stream().filter(TextContent.class::isInstance).map(TextContent.class::cast)
                .map(TextContent::text).collect(Collectors.joining("\n"));
        return new Call(tool, arguments, text.substring(0, Math.min(text.length(), LONGEST)),
                Boolean.TRUE.equals(result.isError()));
    }

    private <R> R connected(Function<McpSyncClient, R> work) {
        var transport = HttpClientStreamableHttpTransport.builder(url.get()).jsonMapper(new JacksonMcpJsonMapper(json)).build();
        try (McpSyncClient client = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(30))
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(null)).build()) { // the model reads any form
            client.initialize();
            return work.apply(client);
        }
    }

    /** {@return a line of JSON: a text in it cannot end the line} */
    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of this function cannot be written as JSON", e);
        }
    }
}
