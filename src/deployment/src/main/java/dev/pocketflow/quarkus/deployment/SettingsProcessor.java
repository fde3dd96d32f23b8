package dev.pocketflow.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.ClassInfo;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.ApplicationArchive;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** Collects the names that a setting can refer to, for the warnings at the start. */
class SettingsProcessor {

    private static final String VISIT = "dev/pocketflow/Visit";

    @BuildStep
    SettingNamesBuildItem names(ApplicationArchivesBuildItem archives) {
        List<String> keys = new ArrayList<>();
        for (Class<?> config : List.of(PocketFlowConfig.class, PocketFlowBuildConfig.class, PocketFlowBuildTimeConfig.class)) {
            collect(config.getAnnotation(ConfigMapping.class).prefix(), config, keys);
        }
        Units units = new Units();
        if (QuarkusClassLoader.isClassPresentAtRuntime(ModelsProcessor.CHAT_MODELS)) {
            units.names.addAll(List.of("input-tokens", "output-tokens"));
        }
        for (ApplicationArchive archive : archives.getAllApplicationArchives()) {
            if (archive == archives.getRootArchive() || !NodeProcessor.nodes(archive.getIndex()).isEmpty()) {
                archive.getIndex().getKnownClasses().forEach(units::read);
            }
        }
        return new SettingNamesBuildItem(keys, List.copyOf(units.names), units.computed);
    }

    /** Adds the keys of a group, with {@code *} for a name of the user's. */
    static void collect(String prefix, Class<?> group, List<String> keys) {
        for (Method option : group.getDeclaredMethods()) {
            String name = option.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            String key = option.isAnnotationPresent(WithParentName.class) ? prefix : prefix + "." + name;
            if (option.getReturnType().isInterface() && option.getReturnType().getName().startsWith("dev.pocketflow.")) {
                collect(key, option.getReturnType(), keys);
            } else {
                keys.add(option.getReturnType() == Map.class ? key + ".*" : key);
            }
        }
    }

    /** Collects the units that classes count with {@code Visit.use}: the texts in the methods that call it. */
    private static final class Units {
        final Set<String> names = new TreeSet<>();
        boolean computed;

        void read(ClassInfo type) {
            String file = type.name().toString().replace('.', '/') + ".class";
            try (InputStream bytes = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
                if (bytes != null) {
                    new ClassReader(bytes).accept(new Users(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private final class Users extends ClassVisitor {
            Users() {
                super(Opcodes.ASM9);
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] exceptions) {
                return new Calls();
            }
        }

        private final class Calls extends MethodVisitor {
            private final Set<String> texts = new TreeSet<>();
            private boolean counts;

            Calls() {
                super(Opcodes.ASM9);
            }

            @Override
            public void visitLdcInsn(Object value) {
                if (value instanceof String text) {
                    texts.add(text);
                }
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                counts |= owner.equals(VISIT) && name.equals("use");
            }

            /** Handles a reference to the method: it may be called with any unit. */
            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                for (Object argument : arguments) {
                    computed |= argument instanceof Handle handle && handle.getOwner().equals(VISIT)
                            && handle.getName().equals("use");
                }
            }

            @Override
            public void visitEnd() {
                if (counts) {
                    names.addAll(texts);
                    computed |= texts.isEmpty();
                }
            }
        }
    }
}
