package dev.pocketflow.quarkus.deployment.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;

/** The configured ledger of an application. It is private to the extension, so reading it takes some force. */
@Singleton
public class ConfiguredLedger {

    /** The dependencies of an application with its ledger in Redis. */
    static final List<Dependency> REDIS = List.of(Dependency.of("io.quarkus", "quarkus-redis-client", Version.getVersion()));

    private final PocketFlowConfig config;

    @Inject
    ConfiguredLedger(PocketFlowConfig config) {
        this.config = config;
    }

    /** {@return the ledger; null without one} */
    Object ledger() throws Throwable {
        return call(method("wiring.ServiceFactory", "ledger", PocketFlowConfig.class, InstantSource.class), null, config,
                InstantSource.system());
    }

    /** {@return the ledger that would be made for Redis, whatever is configured} */
    Object redis() throws Throwable {
        return call(method("wiring.RedisServices", "ledger", LedgerConfig.class, InstantSource.class), null, config.ledger(),
                InstantSource.system());
    }

    void cancel(Object ledger, String run) throws Throwable {
        call(method("ledger.Ledger", "cancel", String.class, Duration.class), ledger, run, Duration.ZERO);
    }

    boolean cancelled(Object ledger, String run) throws Throwable {
        return (boolean) call(method("ledger.Ledger", "cancelled", String.class), ledger, run);
    }

    private static Method method(String type, String name, Class<?>... parameters) throws ReflectiveOperationException {
        Method method = PocketFlowConfig.class.getClassLoader().loadClass("dev.pocketflow.quarkus.internal." + type)
                .getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    private static Object call(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
