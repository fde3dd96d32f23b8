package dev.pocketflow.testing.script;

import java.util.List;

/** The rules of one script, in the order they are tried. */
public record ModelScript(String name, List<Rule> rules) {
}
