package dev.pocketflow.functions.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.progress.McpProgressNotification;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The agent as a tool of another agent, which uses LangChain4j. */
@QuarkusTest
class AgentToolTest {

    private final Queue<McpProgressNotification> progress = new ConcurrentLinkedQueue<>();
    private McpClient client;

    @BeforeEach
    void connect() {
        client = client("http://localhost:" + RestAssured.port);
    }

    private McpClient client(String agent) {
        return DefaultMcpClient.builder()
                .transport(StreamableHttpMcpTransport.builder().url(agent + "/mcp").build())
                .progressHandler(progress::add)
                .build();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private ToolExecutionResult ask(String arguments) {
        return client.executeTool(ToolExecutionRequest.builder().name("agent").arguments(arguments).build());
    }

    @Test
    void flow_isATool_withItsContract() {
        List<ToolSpecification> tools = client.listTools();
        ToolSpecification tool = tools.get(0);

        assertThat(tools).extracting(ToolSpecification::name).containsExactly("agent");
        assertThat(tool.description()).isEqualTo("Researches a question on the web");
        assertThat(tool.parameters().required()).containsExactly("question");
    }

    @Test
    void call_isAnsweredWithWhatTheFlowGives() {
        ToolExecutionResult result = ask("{\"question\": \"How long may an AWS Lambda function run?\"}");

        assertThat(result.isError()).isFalse();
        assertThat(((Map<?, ?>) result.result()).keySet()).isEqualTo(Set.of("answer", "notes"));
        assertThat(result.resultText()).contains("15 minutes", "docs.aws.amazon.com");
    }

    @Test
    void everyFinishedStep_isAProgress() {
        ask("{\"question\": \"What is Quarkus?\"}");

        assertThat(progress).extracting(McpProgressNotification::message).containsExactly("agent/decide: search",
                "agent/search: default", "agent/decide: answer", "agent/answer: default");
    }

    @Test
    void wrongArguments_areAnError_thatNamesEveryFault() {
        assertThatThrownBy(() -> ask("{\"qustion\": \"What is Quarkus?\"}")).isInstanceOf(ToolExecutionException.class)
                .hasMessageContaining("\n#/question is missing, where a text is expected")
                .hasMessageContaining("\n#/qustion is unknown: the flow takes [question]");
        assertThatThrownBy(() -> ask("{\"question\": \" \"}")).hasMessageContaining("the question is blank");
    }
}
