package dev.pocketflow.engine.context;

import dev.pocketflow.FlowException;
import dev.pocketflow.internal.ParallelTasks;

/** A part of a run that runs beside others. */
public interface Part extends ParallelTasks.Item {

    @Override
    default boolean isEcho(Throwable failure) {
        return ParallelTasks.Item.super.isEcho(failure) || failure instanceof FlowException.Stopped;
    }
}
