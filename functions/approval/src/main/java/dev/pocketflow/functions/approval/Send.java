package dev.pocketflow.functions.approval;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.functions.approval.Approval.Letter;
import dev.pocketflow.functions.approval.Send.Addressed;

/** Sends the letter. Each attempt has the same Message-ID. */
class Send implements Node<Addressed, Void> {
    @Inject
    Post post;

    /** A letter and its receiver. */
    record Addressed(String to, Letter letter) {
    }

    @Override
    public Addressed prep(Store shared) {
        return new Addressed(shared.get(Approval.TO).text(), shared.get(Approval.LETTER));
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(30_000)
    public Void exec(Addressed addressed) {
        Letter letter = addressed.letter();
        post.send(Visit.current().key(), addressed.to(), letter.subject(), letter.text());
        return null;
    }
}
