package dev.pocketflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.sqs.QueueSpec;

/** Runs test classes as an author would write them, and checks their results. */
class LocalCloudExtensionTest {

    private static final List<URI> ENDPOINTS = new ArrayList<>();

    @BeforeEach
    void forget() {
        ENDPOINTS.clear();
    }

    @Test
    void cloudOfAClassIsResetBetweenItsTests_andClosedAfterThem() {
        run(OfTheClass.class);

        assertThat(ENDPOINTS).hasSize(2).containsOnly(ENDPOINTS.get(0)).noneMatch(LocalCloudExtensionTest::isServed);
    }

    @Test
    void cloudOfAnInstanceIsForOneTest() {
        run(OfTheTest.class);

        assertThat(ENDPOINTS).hasSize(2).doesNotHaveDuplicates().noneMatch(LocalCloudExtensionTest::isServed);
    }

    @Test
    void partThatIsNotThereIsRefused_withTheWayToHaveIt() {
        try (LocalCloud cloud = LocalCloud.builder().function("f", spec -> spec.handler((event, context) -> event)).start()) {
            assertThatThrownBy(cloud::sqs).isInstanceOf(IllegalStateException.class)
                    .hasMessage("This cloud has no queue: add one with queue(name)");
            assertThatThrownBy(cloud::s3).hasMessage("This cloud has no bucket: add one with bucket(name)");
        }
    }

    @Test
    void cloudIsRefused_outsideOfATest() {
        assertThatThrownBy(LocalCloudExtension.of(LocalCloud.builder())::cloud).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Test
    void settingsOutsideTheirBoundsAreRefused() {
        LocalCloud.Builder builder = LocalCloud.builder();

        assertThatThrownBy(() -> builder.eventSource("q", "f", source -> source.batchSize(11)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("batchSize must be from 1 to 10, was 11");
        assertThatThrownBy(() -> new QueueSpec().deadLetters("q", 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxReceiveCount must be from 1 to 1000, was 0");
        assertThatThrownBy(() -> new QueueSpec().visibilityTimeout(Duration.ofHours(13)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("visibilityTimeout must be from PT0S to PT12H, was PT13H");
    }

    @Test
    void testsAreSkippedWithTheReason_whenTheCloudCannotBeHad() {
        EngineExecutionResults ofTheClass = execute(SkippedOfTheClass.class);
        EngineExecutionResults ofTheTest = execute(SkippedOfTheTest.class);

        ofTheClass.containerEvents().assertThatEvents()
                .haveExactly(1, event(skippedWithReason("there is no npm on the PATH")));
        ofTheClass.testEvents().assertStatistics(events -> events.started(0));
        ofTheTest.testEvents().assertThatEvents()
                .haveExactly(1, event(skippedWithReason("there is no npm on the PATH")));
        ofTheTest.testEvents().assertStatistics(events -> events.started(0).skipped(1));
    }

    private static EngineExecutionResults execute(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass)).execute();
    }

    private static void run(Class<?> testClass) {
        execute(testClass).testEvents().assertStatistics(events -> events.succeeded(2).failed(0));
    }

    private static boolean isServed(URI endpoint) {
        try {
            return HttpCalls.get(endpoint.toString()).statusCode() > 0;
        } catch (Exception e) {
            return false;
        }
    }

    private static LocalCloudExtension extension() {
        return LocalCloudExtension.of(LocalCloud.builder().function("f", spec -> spec.maximumRetryAttempts(0)
                .handler((event, context) -> {
                    throw new IllegalStateException();
                })));
    }

    private static void failOnce(LocalCloud cloud, LocalLambda lambda) throws Exception {
        assertThat(lambda).isSameAs(cloud.lambda());
        assertThat(lambda.deadLetters()).isEmpty();
        lambda.invokeAsync("f", "1").completion().get(2, TimeUnit.MINUTES);
        assertThat(lambda.deadLetters()).hasSize(1);
        ENDPOINTS.add(lambda.endpoint());
    }

    static class OfTheClass {

        @RegisterExtension
        static final LocalCloudExtension CLOUD = extension();

        @Test
        void first(LocalCloud cloud, LocalLambda lambda) throws Exception {
            failOnce(cloud, lambda);
        }

        @Test
        void second(LocalCloud cloud, LocalLambda lambda) throws Exception {
            failOnce(cloud, lambda);
        }
    }

    static class OfTheTest {

        @RegisterExtension
        final LocalCloudExtension cloud = extension();

        @Test
        void first(LocalLambda lambda) throws Exception {
            failOnce(cloud.cloud(), lambda);
        }

        @Test
        void second(LocalLambda lambda) throws Exception {
            failOnce(cloud.cloud(), lambda);
        }
    }

    private static LocalCloudExtension missing() {
        return LocalCloudExtension.of(LocalCloud.builder(), () -> Optional.of("there is no npm on the PATH"));
    }

    static class SkippedOfTheClass {

        @RegisterExtension
        static final LocalCloudExtension CLOUD = missing();

        @Test
        void isNotRun() {
            throw new AssertionError();
        }
    }

    static class SkippedOfTheTest {

        @RegisterExtension
        final LocalCloudExtension cloud = missing();

        @Test
        void isNotRun() {
            throw new AssertionError();
        }
    }
}
