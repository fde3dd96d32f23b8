package dev.pocketflow.quarkus.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A claim check whose content a test can look at. */
final class Kept implements ClaimCheck {

    final Map<String, byte[]> content = new ConcurrentSkipListMap<>();

    @Override
    public String write(String run, String name, byte[] body) {
        content.put(run + "/" + name, body);
        return run + "/" + name;
    }

    @Override
    public byte[] read(String reference, long most) {
        return content.get(reference);
    }

    @Override
    public void delete(String run) {
        content.keySet().removeIf(reference -> reference.startsWith(run + "/"));
    }
}
