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
 * A bound on the requests of one HTTP/1.1 connection whose answers were not taken. Vert.x reads on while it answers, and keeps
 * each request, and each answer that the caller does not read. Beyond the bound, the connection is closed. Used on the
 * channel's own thread.
 */
final class PipelineLimit extends ChannelDuplexHandler {

    static final int MOST = 16;
    private static final String NAME = "pocketflow-pipeline-limit";
    /** The handler of Vert.x, which takes the requests. */
    private static final String VERTX = "handler";

    private int open = 1; // the request that has set the bound
    private boolean closed;

    /** Sets the bound when the first request of the connection is here. */
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

    /** {@return whether it is the last of an answer: 100 (Continue) has one to follow} */
    private static boolean endsAnswer(Object message) {
        return message instanceof LastHttpContent
                && !(message instanceof HttpResponse answer && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL);
    }
}
