package dev.pocketflow.quarkus.internal.interceptor;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import dev.pocketflow.Visit;
import io.smallrye.mutiny.Uni;

/**
 * Passes the visit on to all attempts. When a stage fails, the next attempt runs on the thread that completed the stage. No
 * context is propagated to that thread. The priority puts this interceptor right outside the one of SmallRye Fault Tolerance
 * ({@code PLATFORM_AFTER + 10}).
 */
@Attempts
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER + 9)
public class VisitInterceptor {

    static final String VISIT = Visit.class.getName();

    @AroundInvoke
    Object take(InvocationContext exec) throws Exception {
        Optional<Visit> visit = Visit.find();
        if (visit.isEmpty()) {
            return exec.proceed();
        }
        exec.getContextData().put(VISIT, visit.get());
        if (exec.getMethod().getReturnType() != Uni.class) {
            return exec.proceed();
        }
        UniAttempts attempts = new UniAttempts();
        exec.getContextData().put(UniAttempts.KEY, attempts);
        return attempts.all((Uni<?>) exec.proceed());
    }
}
