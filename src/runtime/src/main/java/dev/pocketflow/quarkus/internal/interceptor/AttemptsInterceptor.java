package dev.pocketflow.quarkus.internal.interceptor;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import dev.pocketflow.Visit;
import dev.pocketflow.engine.context.CurrentVisit;

/**
 * Counts the calls of {@code exec}. It sees each attempt on every thread: its priority puts it right inside the interceptor of
 * SmallRye Fault Tolerance ({@code PLATFORM_AFTER + 10}).
 */
@Attempts
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER + 11)
public class AttemptsInterceptor {

    @AroundInvoke
    Object count(InvocationContext exec) throws Exception {
        Visit visit = (Visit) exec.getContextData().get(VisitInterceptor.VISIT);
        if (visit == null) {
            return exec.proceed();
        }
        Visit before = CurrentVisit.enter(visit);
        try {
            UniAttempts attempts = (UniAttempts) exec.getContextData().get(UniAttempts.KEY);
            return attempts == null ? visit.attempt(exec::proceed) : attempts.attempt(visit, exec::proceed);
        } finally {
            CurrentVisit.enter(before);
        }
    }
}
