package dev.pocketflow.engine.context;

import java.util.List;
import java.util.Map;

import dev.pocketflow.FlowException;
import dev.pocketflow.internal.Actions;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Texts;
import dev.pocketflow.internal.json.ValueDomain;

/** Refuses items, results, params, actions and units that no envelope can carry, when they enter a run. */
public final class CarriedParts {

    private CarriedParts() {
    }

    /** @throws FlowException if an item of a batch cannot be carried */
    public static void items(List<?> items) {
        int index = 0;
        for (Object each : items) {
            carried(each, "item ", index);
            index++;
        }
    }

    /** @throws FlowException if the result of an item cannot be carried */
    public static void result(Object result, int item) {
        carried(result, "the result of item ", item);
    }

    private static void carried(Object value, String what, int index) {
        String problem = ValueDomain.problem(value);
        if (problem != null) {
            throw new FlowException(what + index + " " + problem);
        }
    }

    /** @throws FlowException if params of an iteration cannot be carried */
    public static void params(Map<String, ?> params) {
        for (Map.Entry<String, ?> each : params.entrySet()) {
            String problem = Texts.isCut(each.getKey()) ? ValueDomain.CUT : ValueDomain.problem(each.getValue());
            if (problem != null) {
                throw new FlowException("the param '" + LogText.of(each.getKey()) + "' " + problem);
            }
        }
    }

    /** {@return the action, never empty} @throws FlowException if no envelope can carry it */
    public static String action(String answered) {
        String action = Actions.of(answered);
        if (action != Actions.DEFAULT && Texts.isCut(action)) { // most actions are the constant itself
            throw new FlowException("the action '" + LogText.of(action) + "' " + ValueDomain.CUT);
        }
        return action;
    }

    /** @throws FlowException if no envelope can carry the unit */
    static void unit(String unit) {
        if (Texts.isCut(unit)) {
            throw new FlowException("the unit '" + LogText.of(unit) + "' " + ValueDomain.CUT);
        }
    }
}
