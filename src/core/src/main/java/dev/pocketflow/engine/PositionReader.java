package dev.pocketflow.engine;

import java.util.ArrayList;
import java.util.List;

import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.position.Position;

/** Puts a position back onto a flow by names. The nodes may be of other classes than before, and the graph another one. */
final class PositionReader {

    private final RunContext run;
    private final List<String> unresolved = new ArrayList<>();

    private PositionReader(RunContext run) {
        this.run = run;
    }

    /** @throws FlowException.Drifted if a frame stands on what is no longer there */
    static Walker walker(RunContext run, FlowGraph flow, Store outer, List<Position.Frame> position) {
        PositionReader restored = new PositionReader(run);
        Walker walker = restored.walker(flow, outer, true, position, "");
        if (!restored.unresolved.isEmpty()) {
            throw new FlowException.Drifted(flow.name, restored.unresolved);
        }
        return walker;
    }

    Walker walker(FlowGraph flow, Store outer, boolean whole, List<Position.Frame> position, String lane) {
        Frame top = null;
        for (Position.Frame saved : position) {
            FlowGraph next = top == null ? flow : nested(top.at);
            if (next == null || !next.name.equals(saved.flow())) {
                unresolved.add("flow '" + saved.flow() + "'"
                        + (top == null || top.at == null ? ""
                                : " at node '" + top.at.name + "' of flow '" + top.flow.name + "'"));
                break;
            }
            top = new Frame(top, next, top == null ? outer : top.shared, whole || top != null);
            if (!frame(top, saved, lane)) {
                break;
            }
        }
        return new Walker(run, top, lane, position.isEmpty() ? 0 : position.get(0).steps());
    }

    /** {@return the nested flow at a node; null for none} */
    private static FlowGraph nested(Vertex at) {
        return at != null && at.visit instanceof NestedVisit flow ? flow.graph() : null;
    }

    /** {@return whether the flow still has the frame's node} */
    private boolean frame(Frame frame, Position.Frame saved, String lane) {
        frame.action = saved.action();
        frame.step = saved.step();
        if (saved.loop() != null) {
            frame.iterate(saved.loop().iterations(), saved.loop().index());
        }
        if (saved.node() != null) {
            frame.at = frame.flow.nodes.get(saved.node());
            if (frame.at == null || saved.pause() != null && !frame.rest(saved.pause())) {
                return gone("node '" + saved.node() + "' of flow '" + saved.flow() + "'");
            }
        } else if (!saved.parts().isEmpty()) {
            return parts(frame, saved, lane);
        }
        return saved.batch() == null || batch(frame, saved.batch());
    }

    private boolean batch(Frame frame, Position.Batch batch) {
        try {
            frame.at.visit.restore(frame, batch);
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return gone("the items of node '" + frame.at.name + "' of flow '" + frame.flow.name + "'");
        }
    }

    private boolean parts(Frame frame, Position.Frame saved, String around) {
        int before = unresolved.size();
        frame.parts = ParallelParts.restore(this, run, frame, saved, around);
        return unresolved.size() == before;
    }

    /** Reports what the flow no longer has. {@return false} */
    boolean gone(String what) {
        unresolved.add(what);
        return false;
    }
}
