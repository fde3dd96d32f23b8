package dev.pocketflow.quarkus.deployment.beans;

import java.util.List;

import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.QuarkusUnitTest;

/** The application with the nodes and flows of all tests of this package. */
final class BeansApplication {

    static final QuarkusUnitTest APP = TestApplication
            .shared(List.of(FinalNodesTest.class, FlowBeansTest.class, NodeBeansTest.class, ReflectionTest.class),
                    BeansApplication.class, SayNode.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "outer")
            .overrideConfigKey("quarkus.arc.remove-unused-beans", "none") // so that no bean is missing for another reason
            .addBuildChainCustomizer(chain -> chain.addBuildStep(new ReflectionTest.Listing())
                    .consumes(ReflectiveClassBuildItem.class).produces(GeneratedResourceBuildItem.class).build());

    private BeansApplication() {
    }
}
