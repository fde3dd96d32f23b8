package dev.pocketflow.quarkus.deployment.app;

import java.lang.reflect.Field;
import java.util.List;

import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.bootstrap.app.RunningQuarkusApplication;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResourceManager;
import io.quarkus.value.registry.ValueRegistry;

/**
 * The application of several test classes. It starts before the first of these classes. It stops before another application
 * starts, or after the last test. It cannot assert log records: Quarkus does that after a test class, and this application
 * then continues to run. Use a {@link SingleApplication} for that.
 */
final class SharedApplication extends QuarkusUnitTest {

    private static SharedApplication running;

    private ExtensionContext first;
    private ClassLoader outside;
    private ClassLoader inside;

    SharedApplication(List<Class<?>> tests) {
        addBuildChainCustomizer(chain -> chain.addBuildStep(new Beans(tests)).produces(AdditionalBeanBuildItem.class).build());
    }

    /** Makes every test class a bean. Quarkus does that for the first one only. */
    private record Beans(List<Class<?>> tests) implements BuildStep {
        @Override
        public void execute(BuildContext context) {
            tests.forEach(test -> context.produce(AdditionalBeanBuildItem.unremovableOf(test)));
        }
    }

    /** Stops the shared application that is still running, if there is one. */
    static void stop() throws Exception {
        if (running != null) {
            SharedApplication last = running;
            running = null;
            last.stopNow();
        }
    }

    private void stopNow() throws Exception {
        Thread.currentThread().setContextClassLoader(inside);
        super.afterAll(first);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (running == this) {
            resume(context.getRequiredTestClass());
            return;
        }
        stop();
        outside = Thread.currentThread().getContextClassLoader();
        super.beforeAll(context);
        inside = Thread.currentThread().getContextClassLoader();
        first = context;
        running = this;
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(SharedApplication.class,
                key -> (AutoCloseable) SharedApplication::stop);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Thread.currentThread().setContextClassLoader(outside);
    }

    /** Prepares another test class. {@link QuarkusUnitTest} has no method for this, so it takes its private fields. */
    private void resume(Class<?> testClass) throws ReflectiveOperationException {
        Thread.currentThread().setContextClassLoader(inside);
        RunningQuarkusApplication application = (RunningQuarkusApplication) field("runningQuarkusApplication").get(this);
        Class<?> test = Class.forName(testClass.getName(), true, inside);
        Object instance = application.instance(test);
        inside.loadClass(TestHTTPResourceManager.class.getName()).getMethod("inject", Object.class, ValueRegistry.class)
                .invoke(null, instance, application.valueRegistry());
        field("actualTestClass").set(this, test);
        field("actualTestInstance").set(this, instance);
    }

    private static Field field(String name) throws NoSuchFieldException {
        Field field = QuarkusUnitTest.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
