package dev.pocketflow.functions.approval;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Takes the person's words instead of the model's. */
class Change implements Node<Void, Void> {

    @Override
    public String post(Store shared, Void prepared, Void result) {
        shared.put(Approval.LETTER, shared.get(Approval.CHANGED));
        return null;
    }
}
