package dev.pocketflow.quarkus.deployment.ledger;

import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WaitingFlow;
import io.quarkus.test.QuarkusUnitTest;

/** An application whose runs wait. It has a ledger in memory, runs all hops in one process, and lets callers sign in. */
final class LedgerApplication {

    /** A directory of this process: an event with a key is the same run in the next build, and its parked file would stay. */
    static final Path PARKED = Path.of("target/parked", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();

    private static final Class<?>[] CLASSES = Stream
            .concat(Stream.of(WaitingFlow.CLASSES), Stream.of(LedgerApplication.class)).toArray(Class<?>[]::new);

    static final QuarkusUnitTest APP = TestApplication
            .shared(List.of(IdempotencyHeaderTest.class, LedgerTest.class), CLASSES)
            .overrideConfigKey("quarkus.pocketflow.checkpoint", "step")
            .overrideConfigKey("quarkus.pocketflow.ledger.poll", "0s").overrideConfigKey("quarkus.pocketflow.park", "directory")
            .overrideConfigKey("quarkus.pocketflow.park.directory", PARKED.toString());

    private LedgerApplication() {
    }

    /** Trusts the caller's own name: the function sees it as from any other way to sign in. */
    @Provider
    public static class SignIn implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String user = request.getHeaderString("X-User");
            if (user != null) {
                request.setSecurityContext(new SecurityContext() {
                    @Override
                    public Principal getUserPrincipal() {
                        return () -> user;
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return false;
                    }

                    @Override
                    public boolean isSecure() {
                        return false;
                    }

                    @Override
                    public String getAuthenticationScheme() {
                        return null;
                    }
                });
            }
        }
    }
}
