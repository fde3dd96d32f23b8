package dev.pocketflow.quarkus.spi;

import com.sun.net.httpserver.HttpHandler;

/**
 * A stand-in for an HTTP service that an application needs a key for. In dev and test the extension starts each stand-in that
 * {@link java.util.ServiceLoader} finds in the application, on 127.0.0.1. It starts none in production, none for a service
 * whose key is configured, and none with {@code quarkus.pocketflow.devservices.enabled=false}.
 * <p>
 * An implementation is a public class with a public constructor without parameters. Its name stands in
 * {@code META-INF/services/dev.pocketflow.quarkus.spi.ServiceStandIn}. The extension loads it while it builds the application,
 * so it must not use a bean or the configuration.
 */
public interface ServiceStandIn {

    /** The service's name, such as {@code search}. Outcomes list it in {@code standIns}. */
    String service();

    /**
     * The prefix of the service's settings, such as {@code tavily}. The service is configured when {@code tavily.api-key} is
     * set. Otherwise the extension sets {@code tavily.base-url} to the address of the stand-in and {@code tavily.api-key} to a
     * placeholder.
     */
    String configPrefix();

    /** The name of the file on the class path that the stand-in answers from. Without this file the stand-in does not start. */
    String resource();

    /**
     * Answers the service's requests. Several threads call it at once.
     *
     * @param text the content of {@link #resource()}
     * @throws IllegalArgumentException when the text is wrong; the message names the file and what is wrong
     */
    HttpHandler handler(String text);
}
