package dev.pocketflow.functions.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest time of a step with all its attempts, whatever the model and the web do. */
class StepTimeLimitsTest {

    private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");
    private static final Path INFRA = Path.of("../../infra");

    @ParameterizedTest
    @ValueSource(classes = { Decide.class, Search.class, Answer.class })
    void stepEndsWithinTheInvocation(Class<?> node) throws Exception {
        long attempt = seconds(annotation(node, Timeout.class).value());
        long step = seconds(annotation(node, Retry.class).maxDuration()) + attempt;
        // the last attempt begins at this time at the latest: with less time, the invocation hands over
        long begun = number(PROPERTIES, "quarkus.pocketflow.budget.time=(\\d+)s") - attempt;
        assertThat(begun + step).isLessThan(number(INFRA.resolve("knative/agent.yaml"), "timeoutSeconds: (\\d+)"))
                .isLessThan(number(INFRA.resolve("cloudrun/agent.yaml"), "timeoutSeconds: (\\d+)"))
                .isLessThan(number(INFRA.resolve("aws/template.yaml"), " Timeout: (\\d+)"));
    }

    @ParameterizedTest
    @ValueSource(classes = { Decide.class, Search.class, Answer.class })
    void stepIsNotRepeated_whenItHangs(Class<?> node) {
        assertThat(annotation(node, Retry.class).maxDuration()).isLessThanOrEqualTo(annotation(node, Timeout.class).value());
    }

    @ParameterizedTest
    @ValueSource(classes = { Decide.class, Answer.class })
    void attemptTimesOut_beforeItsRequest(Class<?> node) throws Exception {
        // otherwise the client's timeout would end the request before @Timeout, and @Retry would make another
        assertThat(number(PROPERTIES, "quarkus.langchain4j.openai.timeout=(\\d+)s"))
                .isGreaterThan(seconds(annotation(node, Timeout.class).value()));
    }

    private static <A extends Annotation> A annotation(Class<?> node, Class<A> type) {
        return Stream.of(node.getMethods()).filter(method -> method.getName().equals("exec") && !method.isBridge())
                .findFirst().orElseThrow().getAnnotation(type);
    }

    private static long seconds(long millis) {
        return millis / 1000;
    }

    private static long number(Path file, String pattern) throws Exception {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(found.find()).as("%s in %s", pattern, file).isTrue();
        return Long.parseLong(found.group(1));
    }
}
