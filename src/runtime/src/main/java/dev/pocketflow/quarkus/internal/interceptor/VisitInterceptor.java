package dev.pocketflow.quarkus.internal.interceptor;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import dev.pocketflow.Visit;
import io.smallrye.mutiny.Uni;

/**
 * Takes the visit along to the attempts: when a stage fails, the next one runs on the thread that completed it, where no
 * context
 * is propagated to. The priority puts it right outside the interceptor of SmallRye Fault Tolerance
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
