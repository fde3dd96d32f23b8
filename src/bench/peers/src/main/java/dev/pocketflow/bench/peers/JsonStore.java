package dev.pocketflow.bench.peers;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.langchain4j.agentic.scope.AgenticScopeKey;
import dev.langchain4j.agentic.scope.AgenticScopeSerializer;
import dev.langchain4j.agentic.scope.AgenticScopeStore;
import dev.langchain4j.agentic.scope.DefaultAgenticScope;

/**
 * An in-memory store that keeps the newest JSON of each scope. langchain4j's documentation leaves its implementation to the
 * reader.
 */
final class JsonStore implements AgenticScopeStore {

    private final Map<AgenticScopeKey, byte[]> scopes = new ConcurrentHashMap<>();
    private long bytes;

    /** {@return the number of bytes saved so far} */
    long bytes() {
        return bytes;
    }

    @Override
    public boolean save(AgenticScopeKey key, DefaultAgenticScope scope) {
        byte[] json = AgenticScopeSerializer.toJson(scope).getBytes(StandardCharsets.UTF_8);
        bytes += json.length;
        scopes.put(key, json);
        return true;
    }

    @Override
    public Optional<DefaultAgenticScope> load(AgenticScopeKey key) {
        return Optional.ofNullable(scopes.get(key)).map(json -> new String(json, StandardCharsets.UTF_8))
                .map(AgenticScopeSerializer::fromJson);
    }

    @Override
    public boolean delete(AgenticScopeKey key) {
        return scopes.remove(key) != null;
    }

    @Override
    public Set<AgenticScopeKey> getAllKeys() {
        return scopes.keySet();
    }
}
