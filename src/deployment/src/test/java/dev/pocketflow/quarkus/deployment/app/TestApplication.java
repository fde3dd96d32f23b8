package dev.pocketflow.quarkus.deployment.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.stream.Stream;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;

/** The small applications of the tests: each has the classes that it names, and a separate port. */
public final class TestApplication {

    /** Reads numbers exactly: floats, RestAssured's default, differ from the sealed numbers. */
    public static final RestAssuredConfig EXACT = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));

    /** The classes that every application contains, because its test class refers to them. */
    public static final Class<?>[] CLASSES = { TestApplication.class, SingleApplication.class, SharedApplication.class };

    /**
     * Libraries whose classes all applications share, as in dev mode after a reload. Loading and compiling them again would
     * take a second for each application. Jackson is in the list because other libraries of it have Jackson's types in their
     * signatures.
     */
    private static final String LIBRARIES = """
            com.fasterxml.jackson.core:jackson-annotations
            com.fasterxml.jackson.core:jackson-core
            com.fasterxml.jackson.core:jackson-databind
            com.fasterxml.jackson.datatype:jackson-datatype-jdk8
            com.fasterxml.jackson.datatype:jackson-datatype-jsr310
            com.fasterxml.jackson.module:jackson-module-parameter-names
            io.netty:netty-buffer
            io.netty:netty-codec
            io.netty:netty-codec-dns
            io.netty:netty-codec-haproxy
            io.netty:netty-codec-http
            io.netty:netty-codec-http2
            io.netty:netty-codec-socks
            io.netty:netty-common
            io.netty:netty-handler
            io.netty:netty-handler-proxy
            io.netty:netty-resolver
            io.netty:netty-resolver-dns
            io.netty:netty-transport
            io.netty:netty-transport-native-unix-common
            io.rest-assured:json-path
            io.rest-assured:rest-assured
            io.rest-assured:rest-assured-common
            io.rest-assured:xml-path
            io.vertx:vertx-auth-common
            io.vertx:vertx-bridge-common
            io.vertx:vertx-codegen
            io.vertx:vertx-core
            io.vertx:vertx-uri-template
            io.vertx:vertx-web
            io.vertx:vertx-web-common
            org.apache.groovy:groovy
            org.apache.groovy:groovy-json
            org.apache.groovy:groovy-xml
            org.apache.httpcomponents:httpclient
            org.apache.httpcomponents:httpcore
            org.apache.httpcomponents:httpmime
            org.assertj:assertj-core
            org.ccil.cowan.tagsoup:tagsoup
            org.hamcrest:hamcrest""".replace("\n", ",");

    private TestApplication() {
    }

    public static QuarkusUnitTest of(Class<?>... classes) {
        return with(new SingleApplication(), classes);
    }

    public static QuarkusUnitTest of(Class<?>[] classes, Class<?>... more) {
        return of(Stream.of(classes, more).flatMap(Stream::of).toArray(Class<?>[]::new));
    }

    /**
     * Creates an application that several test classes share. JUnit runs test classes by name, package by package. A shared
     * application therefore starts once if its package has no other test classes.
     *
     * @param tests all test classes of the application
     */
    public static QuarkusUnitTest shared(List<Class<?>> tests, Class<?>... classes) {
        return with(new SharedApplication(tests), Stream.concat(tests.stream(), Stream.of(classes)).toArray(Class<?>[]::new));
    }

    private static QuarkusUnitTest with(QuarkusUnitTest application, Class<?>... classes) {
        return application.withApplicationRoot(jar -> jar.addClasses(classes).addClasses(CLASSES))
                .overrideConfigKey("quarkus.class-loading.parent-first-artifacts", LIBRARIES)
                .overrideConfigKey("quarkus.http.test-port", "0");
    }

    /** Creates an application that must not start. The failure has all messages. */
    public static QuarkusUnitTest refused(List<String> messages, Class<?>... classes) {
        return of(classes).assertException(refusal -> assertThat(messages(refusal)).contains(messages));
    }

    public static QuarkusUnitTest refused(String message, Class<?>... classes) {
        return refused(List.of(message), classes);
    }

    /** The test method of a refused application, which runs only if the application started. */
    public static void started() {
        fail("the application has started");
    }

    private static String messages(Throwable refusal) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
            for (Throwable suppressed : cause.getSuppressed()) {
                messages.append(messages(suppressed));
            }
        }
        return messages.toString();
    }
}
