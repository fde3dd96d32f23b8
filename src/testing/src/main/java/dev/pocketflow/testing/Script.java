package dev.pocketflow.testing;

import java.util.List;

/** The rules of one script, in the order they are tried. */
record Script(String name, List<Rule> rules) {
}
