package dev.pocketflow.quarkus.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;

import jakarta.ws.rs.WebApplicationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.failure.FailureReport;
import software.amazon.awssdk.core.exception.SdkServiceException;

class HttpStatusTest {

    static Stream<Arguments> failures() {
        Exception wrapped = new FlowException("the service said no", new WebApplicationException("S3CRET", 503));
        return Stream.of(Arguments.of(new WebApplicationException("S3CRET", 429), 429),
                Arguments.of(new HttpException(500, "S3CRET"), 500),
                Arguments.of(new RateLimitException(new HttpException(429, "S3CRET")), 429),
                Arguments.of(new IOException(new HttpException(401, "S3CRET")), 401),
                Arguments.of(SdkServiceException.builder().statusCode(503).message("S3CRET").build(), 503),
                Arguments.of(wrapped, 503));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void statusIsInTheMessage_withoutTheServersText(Exception failure, int status) {
        Flow flow = Flow.named("flow").node("asks", new Node<Object, Object>() {
            @Override
            public Object exec(Object prepared) throws Exception {
                throw failure;
            }
        }).build();
        FlowException failed = ((Outcome.Failed) flow.run(Store.create())).failure();

        assertThat(FailureReport.message(failed)).startsWith("flow 'flow', node 'asks': exec failed: ")
                .endsWith(" (HTTP " + status + ")").doesNotContain("S3CRET");
    }

    @Test
    void nothingIsAdded_withoutAStatus() {
        Exception one = new Exception();
        Exception other = new Exception(one);
        one.initCause(other);

        assertThat(HttpStatus.of(one)).isEmpty();
        assertThat(HttpStatus.of(null)).isEmpty();
    }
}
