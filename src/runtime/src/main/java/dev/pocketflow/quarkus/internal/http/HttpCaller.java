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
 * The connection to the caller of a request. Vert.x closes one only after all that was written to it was taken, which a caller
 * that reads nothing never lets happen: hence the channel below it.
 */
public final class HttpCaller implements StepEventStream.Reader {

    private final RoutingContext http;
    private final Channel channel;

    public HttpCaller(RoutingContext http) {
        this.http = http;
        this.channel = ((ConnectionBase) http.request().connection()).channel();
    }

    /** Closes the connection if it brings too many requests before their answers are taken. */
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

    /** On the channel's own thread. */
    @Override
    public long untaken() {
        ChannelOutboundBuffer sent = channel.unsafe().outboundBuffer();
        if (sent == null || isShared()) {
            return 0;
        }
        long left = sent.totalPendingWriteBytes(); // which has all of a buffer until the last byte of it is taken
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

    /** Below Vert.x, which would first wait until all was taken. */
    private void abort() {
        ChannelHandlerContext nearest = channel.pipeline().firstContext();
        if (nearest != null) {
            nearest.close();
        }
    }

    /**
     * Runs a task once: when all of the answer was taken, or when the connection is closed. Vert.x reports no end of an answer
     * whose connection was closed below it.
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

    /** Runs a task once all of the answer, which has been written, was taken, or can no longer be. */
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

    /** Tells whether other requests have the same connection, as in HTTP/2. A request's version is what its sender likes. */
    private boolean isShared() {
        return channel.pipeline().get(HttpRequestDecoder.class) == null;
    }
}
