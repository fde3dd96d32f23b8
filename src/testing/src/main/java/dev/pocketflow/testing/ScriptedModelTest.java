package dev.pocketflow.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit test class, or one test method, a running {@link ScriptedModel} as a parameter of its tests, its life cycle
 * methods or its constructor. A class's model runs for the whole class and is reset before each test; a method's runs for that
 * test alone. A {@code @QuarkusTest} has a model of its own, see {@link ScriptedModel}.
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

    /** The script's name on the class path. Not looked at when {@link #yaml()} is given. */
    String script() default "model-script.yaml";

    /** The script itself; empty to read {@link #script()}. */
    String yaml() default "";
}
