package dev.pocketflow.quarkus.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * A limit on the requests of one HTTP/1.1 connection whose answers were not read. While Vert.x answers, it keeps reading. It
 * holds each request, and each answer that the caller does not read. Beyond the limit the connection is closed. Used on the
 * channel's own thread.
 */
final class PipelineLimit extends ChannelDuplexHandler {

    static final int MOST = 16;
    private static final String NAME = "pocketflow-pipeline-limit";
    /** The handler of Vert.x, which receives the requests. */
    private static final String VERTX = "handler";

    private int open = 1; // the request that set the limit
    private boolean closed;

    /** Sets the limit when the first request of the connection has arrived. */
    static void set(Channel channel) {
        if (channel.pipeline().get(NAME) == null && channel.pipeline().get(VERTX) != null) {
            channel.pipeline().addBefore(VERTX, NAME, new PipelineLimit());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed || message instanceof HttpRequest && ++open > MOST) {
            closed = true;
            ReferenceCountUtil.release(message);
            context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, endsAnswer(message) ? promise.unvoid().addListener(taken -> open--) : promise);
    }

    /** {@return whether the message is the last of an answer: another one follows 100 (Continue)} */
    private static boolean endsAnswer(Object message) {
        return message instanceof LastHttpContent
                && !(message instanceof HttpResponse answer && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL);
    }
}
