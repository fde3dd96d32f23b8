package dev.pocketflow.quarkus.deployment.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.util.List;

import io.quarkus.arc.Arc;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** The handler as the platform calls it. The tests are compiled without Lambda's classes, so it is called by reflection. */
public final class LambdaHandler {

    /** The address that the poll loop connects to, and that never answers. */
    private static final ServerSocket SILENCE = open();

    private LambdaHandler() {
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds Lambda to an application. */
    public static QuarkusUnitTest addTo(QuarkusUnitTest application) {
        return application
                .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-amazon-lambda", Version.getVersion())))
                .overrideConfigKey("quarkus.lambda.mock-event-server.enabled", "false")
                .overrideConfigKey("quarkus-internal.aws-lambda.test-api", "localhost:" + SILENCE.getLocalPort());
    }

    /** {@return the response} @throws Exception the error that the platform would be told */
    public static byte[] handle(int remainingMillis, byte[] event) throws Exception {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Class<?> context = loader.loadClass("com.amazonaws.services.lambda.runtime.Context");
        Class<?> handler = loader.loadClass("com.amazonaws.services.lambda.runtime.RequestStreamHandler");
        Object invocation = Proxy.newProxyInstance(loader, new Class<?>[] { context },
                (proxy, method, arguments) -> method.getName().equals("getRemainingTimeInMillis") ? remainingMillis : null);
        Method handle = handler.getMethod("handleRequest", InputStream.class, OutputStream.class, context);
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        try {
            handle.invoke(
                    Arc.container().instance(loader.loadClass("dev.pocketflow.quarkus.internal.lambda.LambdaEntryPoint")).get(),
                    new ByteArrayInputStream(event), response, invocation);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
        return response.toByteArray();
    }
}
