package dev.pocketflow.quarkus.deployment.beans;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class FlowBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = BeansApplication.APP;

    /** The number of times that each flow was built since the application was. */
    static class Built {
        static final AtomicInteger OUTER = new AtomicInteger();
        static final AtomicInteger NAMED = new AtomicInteger();
        static final AtomicInteger IDENTIFIED = new AtomicInteger();
        static final AtomicInteger FIELD = new AtomicInteger();
    }

    static class Flows {
        @Produces
        @Identifier("outer")
        Flow outer(@Named("named") Flow named, @Identifier("identified") Flow identified, @Identifier("field") Flow field) {
            Built.OUTER.incrementAndGet();
            return Flow.named("outer").node("named", named).then("identified").node("identified", identified).then("field")
                    .node("field", field).build();
        }

        @Produces
        @Named("named")
        Flow named(SayNode say) {
            Built.NAMED.incrementAndGet();
            return Flow.named("by name").node("a", say).build();
        }

        @Identifier("identified") // Quarkus treats a qualifier as @Produces
        Flow identified(SayNode say) {
            Built.IDENTIFIED.incrementAndGet();
            return Flow.named("by identifier").node("a", say).build();
        }
    }

    static class Fields {
        @Produces
        @Identifier("field")
        Flow field = Flow.named("of a field").node("a", new SayNode()).build();

        Fields() {
            Built.FIELD.incrementAndGet();
        }
    }

    @Inject
    @Identifier("outer")
    Flow once;

    @Inject
    @Identifier("outer")
    Flow again;

    @Inject
    @Named("named")
    Flow named;

    @Inject
    @Identifier("identified")
    Flow identified;

    @Inject
    @Identifier("field")
    Flow field;

    @Test
    void flow_isBuiltOnce_forManyInjectionPoints() {
        assertThat(once).isSameAs(again);
        assertThat(once.nodes().get("named").step()).isSameAs(named);
        assertThat(once.nodes().get("identified").step()).isSameAs(identified);
        assertThat(once.nodes().get("field").step()).isSameAs(field);
        assertThat(Built.OUTER).hasValue(1);
        assertThat(Built.NAMED).hasValue(1);
        assertThat(Built.IDENTIFIED).hasValue(1);
        assertThat(Built.FIELD).hasValue(1);
    }

    @Test
    void chosenFlow_isServed_amongSeveral() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200)
                .body("path.flow", equalTo(List.of("by name", "by identifier", "of a field")));
        given().get("/flow").then().statusCode(200).body("name", equalTo("outer"));
    }
}
