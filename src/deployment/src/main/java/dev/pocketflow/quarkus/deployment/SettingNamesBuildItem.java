package dev.pocketflow.quarkus.deployment;

import java.util.List;

import io.quarkus.builder.item.SimpleBuildItem;

/** The keys and units that settings may name. */
final class SettingNamesBuildItem extends SimpleBuildItem {

    final List<String> keys;
    final List<String> units;
    final boolean moreUnits;

    SettingNamesBuildItem(List<String> keys, List<String> units, boolean moreUnits) {
        this.keys = keys;
        this.units = units;
        this.moreUnits = moreUnits;
    }
}
