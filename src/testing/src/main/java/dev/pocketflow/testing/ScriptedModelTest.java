package dev.pocketflow.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Provides a running {@link ScriptedModel} to a JUnit test class or to one test method, as a parameter of tests, life cycle
 * methods or the constructor. The model of a class runs for the whole class and is reset before each test. The model of a
 * method runs for that test only. A {@code @QuarkusTest} has its own model, see {@link ScriptedModel}.
 *
 * <pre>
 * &#64;Test
 * &#64;ScriptedModelTest(yaml = "- error: 500")
 * void parks_whenTheModelFails(ScriptedModel model) { … model.baseUrl() … }
 * </pre>
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@ExtendWith(ScriptedModelExtension.class)
public @interface ScriptedModelTest {

    /** The script's name on the class path. {@link #yaml()} takes precedence. */
    String script() default "model-script.yaml";

    /** The script itself; empty to read {@link #script()}. */
    String yaml() default "";
}
