package dev.pocketflow.quarkus.internal;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import dev.pocketflow.Visit;

/**
 * Counts the calls of {@code exec}. Its priority puts it right inside the interceptor of SmallRye Fault Tolerance
 * ({@code PLATFORM_AFTER + 10}), so it sees each attempt.
 */
@Attempts
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER + 11)
public class AttemptsInterceptor {

    @AroundInvoke
    Object count(InvocationContext exec) throws Exception {
        Optional<Visit> visit = Visit.find();
        return visit.isPresent() ? visit.get().attempt(exec::proceed) : exec.proceed();
    }
}
