package dev.pocketflow.quarkus.internal.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.load.LoadLimits;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Admits as many requests as there is memory for. Large bodies are counted before they are read, for every path. The need of a
 * run is counted when its event has arrived. A request without a body, such as a health check, is always admitted.
 */
@Singleton
public class HttpDoor {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.load");
    private static final String SHARE = "dev.pocketflow.share";
    /** The size up to which bodies are counted after they have arrived. */
    private static final long SMALL = 8 * 1024;
    /** The weight of each byte during an upload: the chunks, and their copy when they are joined. */
    private static final int UPLOADED = 3;
    private static final long WARN_NANOS = 60_000_000_000L;

    private final FlowFunction function;
    private List<HangUpFilter> quiet = List.of();
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_NANOS);

    HttpDoor(FlowFunction function) {
        this.function = function;
    }

    /** Runs before all other filters, which may read bodies. */
    void filter(@Observes Filters filters) {
        filters.register(this::enter, Integer.MAX_VALUE);
        quiet = List.of(HangUpFilter.set("org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler"),
                HangUpFilter.set("io.netty.channel.AbstractChannelHandlerContext"));
    }

    void leave(@Observes ShutdownEvent stopped) {
        quiet.forEach(HangUpFilter::remove);
    }

    private void enter(RoutingContext http) {
        HttpCaller caller = new HttpCaller(http);
        caller.limitPipelining();
        long length = length(http.request());
        if (length > SMALL) {
            LoadLimits load = function.load();
            HttpShare share = share(http);
            try {
                if (HttpShare.weightOfBytes(length) > load.requests().most()) {
                    throw Overloaded.ever(HttpShare.weightOfBytes(length), load.requests().most());
                }
                share.atLeast(UPLOADED * length);
            } catch (Overloaded overloaded) {
                refuse(http, overloaded);
                return;
            }
            Runnable inTime = caller.later(load.inFlight().upload(), caller::close);
            http.request().end().onComplete(uploaded -> inTime.run()); // isEnded() is false also after a blocking read
            http.addEndHandler(over -> inTime.run());
        }
        http.next();
    }

    /** {@return the most bytes that the body may have} */
    private static long length(HttpServerRequest request) {
        String announced = request.getHeader("Content-Length");
        if (announced != null) {
            try {
                return Long.parseLong(announced);
            } catch (NumberFormatException e) {
                return 0; // the server refuses it
            }
        }
        return request.getHeader("Transfer-Encoding") == null ? 0
                : ConfigProvider.getConfig().getOptionalValue("quarkus.http.limits.max-body-size", MemorySize.class)
                        .map(MemorySize::asLongValue).orElse(SMALL);
    }

    /** Reads the body and drops it: a caller that is still sending would not see the answer. */
    private void refuse(RoutingContext http, Overloaded overloaded) {
        warn(overloaded);
        http.request().resume();
        http.response().setStatusCode(overloaded.status()).putHeader("Content-Type", "application/problem+json");
        if (overloaded.status() == 503) {
            http.response().putHeader("Retry-After", Integer.toString(Overloaded.RETRY_AFTER_SECONDS));
        }
        http.response().end(Buffer.buffer(overloaded.problem()));
    }

    /** Warns once a minute at most: an overloaded instance has no time for more. */
    public void warn(Overloaded overloaded) {
        long now = System.nanoTime();
        long before = warned.get();
        if (now - before >= WARN_NANOS && warned.compareAndSet(before, now)) {
            LOG.warnf("A request is refused with %d: %s", overloaded.status(), overloaded.getMessage());
        }
    }

    /** {@return the request's share, which it holds until its answer was read} */
    public HttpShare share(RoutingContext http) {
        HttpShare share = http.get(SHARE);
        if (share == null) {
            LoadLimits load = function.load();
            HttpShare made = new HttpShare(load);
            http.put(SHARE, made);
            new HttpCaller(http).whenOver(load.inFlight().unread(), made::release);
            share = made;
        }
        return share;
    }
}
