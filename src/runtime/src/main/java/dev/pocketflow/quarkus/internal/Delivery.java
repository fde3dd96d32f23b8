package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLHandshakeException;

import dev.pocketflow.quarkus.HandOverFailed;

/** What is said of an envelope that was not delivered, or may not have been: the same for every way out. */
final class Delivery {

    private Delivery() {
    }

    /** @throws HandOverFailed if the way out would not take so many bytes */
    static void fits(WayOut.Message message, long bytes, int limit, String receiver) {
        if (bytes > limit) {
            throw refused(message, receiver, "its envelope has " + bytes + " bytes, and at most " + limit
                    + " are taken. Configure a claim check: pocketflow.claim-check.bucket or .directory", null);
        }
    }

    /** The receiver has nothing of it. */
    static HandOverFailed refused(WayOut.Message message, String receiver, String why, Throwable cause) {
        return new HandOverFailed(name(message) + " was not taken by " + receiver + ": " + why, cause);
    }

    /** The receiver may have it, and answered nothing that tells. */
    static HandOverFailed unknown(WayOut.Message message, String receiver, String why, Throwable cause) {
        return new HandOverFailed("nobody knows whether " + name(message) + " was taken by " + receiver + ": " + why
                + ". See whether that hop ran before the run is resumed", cause);
    }

    private static String name(WayOut.Message message) {
        return "run " + message.run() + ", hop " + message.hop() + ",";
    }

    /** {@return what kept a connection from being made, so that nothing can have been sent; null if one may have been} */
    static String unreachable(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException || each instanceof UnknownHostException
                    || each instanceof NoRouteToHostException
                    || each instanceof SSLHandshakeException || connectTimedOut(each)) {
                return each.getClass().getSimpleName();
            }
        }
        return null;
    }

    /** The JDK has one class for both timeouts. */
    private static boolean connectTimedOut(Throwable each) {
        return each instanceof SocketTimeoutException && "connect timed out".equalsIgnoreCase(each.getMessage());
    }

    /** {@return the innermost exception of input or output; null if there is none} */
    static IOException interrupted(Throwable failure) {
        IOException found = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            found = each instanceof IOException io ? io : found;
        }
        return found;
    }
}
