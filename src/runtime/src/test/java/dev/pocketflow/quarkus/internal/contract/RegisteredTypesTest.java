package dev.pocketflow.quarkus.internal.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.TypeRef;

/** Contracts in a native executable, which has only the constructors that its build registers. */
class RegisteredTypesTest {

    enum Mood {
        GLAD
    }

    record Note(String text) {
    }

    private static FlowContracts contracts(Key<?> taken) {
        return new FlowContracts(List.of(Flow.named("note").takes(taken).node("go", Node.route(store -> null)).build()));
    }

    @Test
    void typeWithoutConstructor_isRefused_namingFlowKeyAndWayOut() {
        assertThatThrownBy(() -> contracts(Key.of("note", Note.class)).requireConstructors(type -> false))
                .isInstanceOf(FlowException.class)
                .hasMessage("flow 'note', key 'note' of its contract: this executable has no constructor of "
                        + Note.class.getName()
                        + ". The build registers the types of keys that a field or a method declares, such "
                        + "as `static final Key<Note>`. Declare the key so, or annotate the class with @RegisterForReflection");
    }

    @Test
    void typeInsideOfOthers_isFound() {
        Key<Map<String, List<Optional<Note[]>>>> nested = Key.of("nested", new TypeRef<>() {
        });

        assertThatThrownBy(() -> contracts(nested).requireConstructors(type -> false))
                .hasMessageContaining(Note.class.getName());
    }

    @Test
    void typesThatNeedNoConstructor_areAccepted() {
        for (Class<?> type : List.of(String.class, int.class, byte[].class, Mood.class, Object.class, Runnable.class)) {
            assertThatCode(() -> contracts(Key.of("value", type)).requireConstructors(each -> false)).as(type.getName())
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> contracts(Key.of("note", Note.class))
                .requireConstructors(each -> each.getDeclaredConstructors().length > 0)).doesNotThrowAnyException();
    }
}
