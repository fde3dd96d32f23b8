package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

/** Runs test classes as an author would write them, and checks their results. */
class ScriptedModelExtensionTest {

    @Test
    void modelIsResetBetweenTestsAndClosedAfterThem() {
        Author.urls.clear();

        EngineTestKit.engine("junit-jupiter").selectors(selectClass(Author.class)).execute().testEvents()
                .assertStatistics(events -> events.succeeded(4).failed(0));

        assertThat(Author.urls).hasSize(4).element(0).isEqualTo(Author.urls.get(1)).isEqualTo(Author.urls.get(3));
        assertThat(Author.urls.get(2)).isNotEqualTo(Author.urls.get(0));
        assertThat(Author.urls).allSatisfy(url -> assertThat(isServed(url)).isFalse());
    }

    @Test
    void testFailsWithTheReason_whenTheScriptIsMissing() {
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(WithoutScript.class)).execute().testEvents().failed()
                .assertEventsMatchExactly(EventConditions.finishedWithFailure(
                        TestExecutionResultConditions.message("There is no missing.yaml on the class path")));
    }

    private static boolean isServed(String url) {
        try {
            return OpenAiCalls.get(url + "/models").statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    @ScriptedModelTest
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Author {

        static final List<String> urls = new ArrayList<>();

        @Test
        @Order(1)
        void first(ScriptedModel model) throws Exception {
            greeted(model, "Hello to you.");
        }

        @Test
        @Order(2)
        void second(ScriptedModel model) throws Exception {
            greeted(model, "Hello to you.");
        }

        @Test
        @Order(3)
        @ScriptedModelTest(yaml = "- answer: My own.")
        void third(ScriptedModel model) throws Exception {
            greeted(model, "My own.");
        }

        @Nested
        class Inner {
            @Test
            void fourth(ScriptedModel model) throws Exception {
                greeted(model, "Hello to you.");
            }
        }

        @AfterAll
        static void stillRunning(ScriptedModel model) {
            assertThat(model.baseUrl()).isEqualTo(urls.get(0));
            assertThat(isServed(model.baseUrl())).isTrue();
        }

        private static void greeted(ScriptedModel model, String answer) throws Exception {
            urls.add(model.baseUrl());
            assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("hello")).body())
                    .contains(answer);
            assertThat(model.requests()).hasSize(1);
        }
    }

    @ScriptedModelTest(script = "missing.yaml")
    static class WithoutScript {

        @Test
        void neverRuns(ScriptedModel model) {
            throw new AssertionError(model);
        }
    }
}
