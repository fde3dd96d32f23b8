package dev.pocketflow.quarkus.internal.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLHandshakeException;

/** Separates failures before a connection was made from failures after it. */
public final class ConnectionErrors {

    private ConnectionErrors() {
    }

    /** {@return the reason why no connection was made, so that nothing was sent; null if a connection may have been made} */
    public static String unreachable(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException || each instanceof UnknownHostException
                    || each instanceof NoRouteToHostException
                    || each instanceof SSLHandshakeException || connectTimedOut(each)) {
                return each.getClass().getSimpleName();
            }
        }
        return null;
    }

    /** The JDK has one exception class for both timeouts. */
    private static boolean connectTimedOut(Throwable each) {
        return each instanceof SocketTimeoutException && "connect timed out".equalsIgnoreCase(each.getMessage());
    }

    /** {@return the innermost exception of input or output; null without one} */
    public static IOException interrupted(Throwable failure) {
        IOException found = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            found = each instanceof IOException io ? io : found;
        }
        return found;
    }
}
