package dev.pocketflow.quarkus.internal.interceptor;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import dev.pocketflow.Visit;

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
        Visit.find().ifPresent(visit -> exec.getContextData().put(VISIT, visit));
        return exec.proceed();
    }
}
