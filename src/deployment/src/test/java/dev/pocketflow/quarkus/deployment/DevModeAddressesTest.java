package dev.pocketflow.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkus.bootstrap.app.RunningQuarkusApplication;
import io.quarkus.deployment.dev.DevModeListener;

class DevModeAddressesTest {

    private static final String REST = "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder";
    private static final String DEV_UI = "io.quarkus.devui.runtime.DevUIRecorder";

    @Test
    void addressesAreThoseOfTheDefaults_whenNothingIsConfigured() {
        assertThat(DevModeAddresses.lines(application(Set.of(REST, DEV_UI), Map.of()))).containsExactly(
                "To start a run: POST http://localhost:8080/", "The graph of the flow: http://localhost:8080/flow",
                "The Dev UI: http://localhost:8080/q/dev-ui");
    }

    @Test
    void addressesFollowThePortAndTheRootPath() {
        assertThat(DevModeAddresses.lines(application(Set.of(REST, DEV_UI),
                Map.of("quarkus.http.port", "9000", "quarkus.http.root-path", "/api")))).containsExactly(
                        "To start a run: POST http://localhost:9000/api/",
                        "The graph of the flow: http://localhost:9000/api/flow",
                        "The Dev UI: http://localhost:9000/api/q/dev-ui");
    }

    @Test
    void addressesFollowThePathOfTheFunction() {
        assertThat(DevModeAddresses.lines(application(Set.of(REST),
                Map.of("quarkus.http.root-path", "/api", "quarkus.pocketflow.http.path", "ai")))).containsExactly(
                        "To start a run: POST http://localhost:8080/api/ai/",
                        "The graph of the flow: http://localhost:8080/api/ai/flow");
        assertThat(
                DevModeAddresses.lines(application(Set.of(REST, DEV_UI), Map.of("quarkus.pocketflow.http.enabled", "false"))))
                .containsExactly("The Dev UI: http://localhost:8080/q/dev-ui");
    }

    @Test
    void devUiIsElsewhere_whenItsPathIsAbsolute() {
        assertThat(DevModeAddresses.lines(application(Set.of(REST, DEV_UI),
                Map.of("quarkus.http.root-path", "/api", "quarkus.http.non-application-root-path", "/tools"))))
                .contains("The Dev UI: http://localhost:8080/tools/dev-ui");
    }

    @Test
    void devUiIsNotNamed_whenTheApplicationHasNone() {
        assertThat(DevModeAddresses.lines(application(Set.of(REST), Map.of()))).hasSize(2)
                .noneMatch(line -> line.contains("Dev UI"));
    }

    @Test
    void nothingIsNamed_whenTheTargetIsLambda() {
        assertThat(DevModeAddresses.lines(application(Set.of(), Map.of()))).isEmpty();
    }

    @Test
    void quarkusFindsTheListener() {
        assertThat(ServiceLoader.load(DevModeListener.class)).hasAtLeastOneElementOfType(DevModeAddresses.class);
    }

    /** An application with these classes and settings. */
    private static RunningQuarkusApplication application(Set<String> classes, Map<String, String> config) {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            public Class<?> loadClass(String name) throws ClassNotFoundException {
                if (classes.contains(name)) {
                    return Object.class;
                }
                throw new ClassNotFoundException(name);
            }
        };
        return (RunningQuarkusApplication) Proxy.newProxyInstance(DevModeAddressesTest.class.getClassLoader(),
                new Class<?>[] { RunningQuarkusApplication.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getClassLoader" -> loader;
                    case "getConfigValue" -> Optional.ofNullable(config.get(arguments[0]));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
