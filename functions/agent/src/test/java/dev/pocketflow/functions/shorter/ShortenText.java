package dev.pocketflow.functions.shorter;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Has the model say it in fewer words. */
class ShortenText implements Node<String, String> {
    @Inject
    HeadlineWriter writer;

    @Override
    public String prep(Store shared) {
        return shared.get(ShorterHeadline.TEXT);
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(30_000)
    public String exec(String text) {
        return writer.shorten(text);
    }

    @Override
    public String post(Store shared, String text, String shorter) {
        shared.put(ShorterHeadline.TEXT, shorter);
        return null;
    }
}
