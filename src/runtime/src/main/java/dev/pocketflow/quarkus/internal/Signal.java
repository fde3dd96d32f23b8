package dev.pocketflow.quarkus.internal;

/**
 * What somebody tells a run that waits for it.
 *
 * @param token what the suspended outcome carried
 * @param name the signal's
 * @param action picks the edge; null for {@code default}
 * @param payload as JSON has it; null where there is none
 */
record Signal(String token, String name, String action, Object payload) {
}
