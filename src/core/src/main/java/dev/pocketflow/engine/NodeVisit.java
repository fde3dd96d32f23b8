package dev.pocketflow.engine;

import dev.pocketflow.Node;

/** A visit to a {@link Node}. */
final class NodeVisit extends ExecVisit {

    private final Node<Object, Object> node;

    NodeVisit(Node<Object, Object> node) {
        this.node = node;
    }

    @Override
    String visit(VisitRecorder recorder, Frame frame, boolean waiting) {
        recorder.begin(frame, 0);
        String phase = "prep";
        try {
            Object prepared = node.prep(frame.shared);
            phase = "exec";
            Object result = node.exec(prepared);
            phase = "post";
            return recorder.finished(recorder.posted(node.post(frame.shared, prepared, result)), recorder.attempts());
        } catch (Throwable e) {
            throw recorder.failed(phase, e);
        }
    }
}
