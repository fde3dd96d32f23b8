package dev.pocketflow.functions.headline;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Says which flow is the function. An application with one flow does not need it; this module has two. */
public class HeadlineProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.pocketflow.flow", "headline");
    }
}
