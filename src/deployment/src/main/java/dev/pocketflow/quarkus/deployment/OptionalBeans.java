package dev.pocketflow.quarkus.deployment;

import java.util.List;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;

/** Adds beans of an optional extension to a build that has it: no other build can load their classes. */
final class OptionalBeans {

    private OptionalBeans() {
    }

    static void add(List<String> classes, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        indexed.produce(new AdditionalIndexedClassesBuildItem(classes.toArray(String[]::new)));
        beans.produce(AdditionalBeanBuildItem.builder().addBeanClasses(classes).setUnremovable().build());
    }
}
