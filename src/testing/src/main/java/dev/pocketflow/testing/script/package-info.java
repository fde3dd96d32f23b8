/**
 * The script of a scripted model: its rules, their conditions and replies, and the parser that reads them from YAML. Only
 * {@code dev.pocketflow.testing} and {@code dev.pocketflow.testing.model} call it.
 */
package dev.pocketflow.testing.script;
