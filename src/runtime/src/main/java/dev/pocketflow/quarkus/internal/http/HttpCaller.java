package dev.pocketflow.quarkus.internal.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * The connection to the caller of a request. Vert.x closes a connection only after the caller has read all that was written to
 * it. A caller that reads nothing prevents that, so this class closes the channel below Vert.x.
 */
public final class HttpCaller implements StepEventStream.Reader {

    private final RoutingContext http;
    private final Channel channel;

    public HttpCaller(RoutingContext http) {
        this.http = http;
        this.channel = ((ConnectionBase) http.request().connection()).channel();
    }

    /** Closes the connection if it sends too many requests before it reads their answers. */
    void limitPipelining() {
        if (!isShared()) {
            PipelineLimit.set(channel);
        }
    }

    @Override
    public Runnable later(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Must run on the channel's own thread. */
    @Override
    public long untaken() {
        ChannelOutboundBuffer sent = channel.unsafe().outboundBuffer();
        if (sent == null || isShared()) {
            return 0;
        }
        long left = sent.totalPendingWriteBytes(); // it counts a whole buffer until its last byte is read
        return sent.current() instanceof ByteBuf first ? left + first.readableBytes() : left;
    }

    @Override
    public void close() {
        if (isShared()) {
            http.response().reset();
        } else {
            abort();
        }
    }

    /** Closes the channel below Vert.x, which would first wait until all is read. */
    private void abort() {
        ChannelHandlerContext nearest = channel.pipeline().firstContext();
        if (nearest != null) {
            nearest.close();
        }
    }

    /**
     * Runs a task once: when the caller has read the whole answer, or when the connection is closed. Vert.x reports no end of
     * an answer whose connection was closed below it.
     */
    void whenOver(Duration patience, Runnable task) {
        AtomicBoolean over = new AtomicBoolean();
        ChannelFutureListener closed = channel -> {
            if (over.compareAndSet(false, true)) {
                task.run();
            }
        };
        channel.closeFuture().addListener(closed);
        http.addEndHandler(written -> whenTaken(patience, () -> {
            channel.closeFuture().removeListener(closed); // many requests may share a connection
            if (over.compareAndSet(false, true)) {
                task.run();
            }
        }));
    }

    /** Runs a task once the caller has read the whole written answer, or can no longer read it. */
    private void whenTaken(Duration patience, Runnable task) {
        ChannelHandlerContext nearest = channel.pipeline().firstContext();
        if (isShared() || nearest == null) {
            task.run();
            return;
        }
        ChannelFuture taken = nearest.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(over -> task.run());
        if (!taken.isDone()) {
            channel.eventLoop().execute(() -> closeUnread(patience, -1));
        }
    }

    private void closeUnread(Duration patience, long before) {
        long left = untaken();
        if (left == 0) {
            return;
        }
        if (left == before) {
            abort();
        } else {
            later(patience, () -> closeUnread(patience, left));
        }
    }

    /**
     * {@return whether other requests use the same connection, as in HTTP/2}. The HTTP version that a request states cannot be
     * trusted.
     */
    private boolean isShared() {
        return channel.pipeline().get(HttpRequestDecoder.class) == null;
    }
}
