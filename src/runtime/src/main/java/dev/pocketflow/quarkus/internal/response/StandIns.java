package dev.pocketflow.quarkus.internal.response;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jboss.logging.Logger;

import dev.pocketflow.Envelope;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.config.PocketFlowConfig;

/**
 * The stand-ins that answer here in place of services, and their mark on runs. The mark is in the run's usage, so it travels
 * sealed with the run. A unit {@code stand-in:<service>} holds the number of the first step since which a stand-in answers; 0
 * means the real service. A run without a mark is from production, where every service is real.
 */
public final class StandIns {

    /** The value of a service that is configured. */
    private static final String REAL = "none";
    private static final String UNIT = "stand-in:";
    /** The mark of a run in dev or test whose function has no such service. */
    private static final String MARKED = UNIT;
    private static final Logger LOG = Logger.getLogger(StandIns.class);

    private final Map<String, String> here;
    private final boolean marks;
    private final boolean resumes;

    /** @param marks whether to mark runs of a function without services too, because a stand-in may answer in a later hop */
    public StandIns(PocketFlowConfig config, boolean marks) {
        this.here = new TreeMap<>(config.standIns());
        this.marks = marks || !here.isEmpty();
        this.resumes = config.resumeOnStandIns();
    }

    /** {@return a run that begins here, marked} */
    public Envelope began(Envelope first) {
        return !marks ? first : here.isEmpty() ? with(first, Map.of(MARKED, 0.0)) : marked(first, true);
    }

    /**
     * {@return a run that resumes here, marked}
     *
     * @throws EnvelopeRefused if the run used a real service so far, and a stand-in would answer here
     */
    public Envelope taken(Envelope came) {
        if (here.isEmpty()) {
            return came;
        }
        return marked(came, came.usage().keySet().stream().anyMatch(StandIns::isMark));
    }

    private Envelope marked(Envelope came, boolean marked) {
        Map<String, Double> mark = new LinkedHashMap<>();
        here.forEach((service, key) -> {
            Double since = marked ? came.usage().get(UNIT + service) : Double.valueOf(0);
            if (REAL.equals(key)) {
                mark.put(UNIT + service, since == null ? 0 : since);
            } else if (since == null || since == 0) {
                if (since != null) {
                    refuse(came.run(), service, key);
                }
                mark.put(UNIT + service, came.steps() + 1.0);
            }
        });
        return came.usage().entrySet().containsAll(mark.entrySet()) ? came : with(came, mark);
    }

    private void refuse(String run, String service, String key) {
        if (!resumes) {
            throw new EnvelopeRefused(Reason.STAND_IN, "run " + run + " began with the real " + service
                    + ", and a stand-in would answer here. Set " + key
                    + ", or quarkus.pocketflow.resume-on-stand-ins=true to "
                    + "continue the run with invented answers");
        }
        LOG.warnf("run=%s began with the real %s and continues with a STAND-IN", run, service);
    }

    private static Envelope with(Envelope run, Map<String, Double> mark) {
        Map<String, Double> usage = new LinkedHashMap<>(run.usage());
        usage.putAll(mark);
        return run.withUsage(usage);
    }

    /** {@return whether a unit of a run's usage is a mark} */
    public static boolean isMark(String unit) {
        return unit.startsWith(UNIT);
    }

    /** {@return the services that a stand-in answered for, in a run with this usage} */
    public static List<String> used(Map<String, Double> usage) {
        return usage.entrySet().stream().filter(each -> isMark(each.getKey()) && each.getValue() > 0)
                .map(each -> each.getKey().substring(UNIT.length())).sorted().toList();
    }

    /**
     * {@return the number of the first step since which a stand-in answers for any service; a number beyond all steps without
     * one}
     */
    public static double since(Map<String, Double> usage) {
        return usage.entrySet().stream().filter(each -> isMark(each.getKey()) && each.getValue() > 0)
                .mapToDouble(Map.Entry::getValue).min().orElse(Double.MAX_VALUE);
    }
}
