package dev.pocketflow.cloud.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.lambda.LocalLambda;

class LocalLambdaResourceTest {

    private LocalLambda lambda;
    private String other;

    @Test
    void applicationIsToldWhereItsEventsAre_andTheTestGetsTheLambda() throws Exception {
        LocalLambdaResource resource = new LocalLambdaResource();
        resource.init(Map.of("function", "agent"));
        Map<String, String> config = resource.start();
        List<Object> injected = new ArrayList<>();

        resource.inject((value, isMeant) -> {
            injected.add(value);
            assertThat(Stream.of(getClass().getDeclaredFields()).filter(isMeant).map(Field::getName)).containsExactly("lambda");
        });

        lambda = (LocalLambda) injected.get(0);
        assertThat(config).containsExactly(Map.entry("quarkus-internal.aws-lambda.test-api", lambda.runtimeApi("agent")));
        resource.stop();
        assertThatThrownBy(() -> lambda.invoke("agent", "{}")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void resourceIsRefused_withoutTheNameOfTheFunction() {
        assertThatThrownBy(() -> new LocalLambdaResource().init(Map.of())).isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith("LocalLambdaResource needs the name of the function");
    }
}
