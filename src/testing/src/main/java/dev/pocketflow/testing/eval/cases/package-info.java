/**
 * The cases of an evaluation, and the reader of their files. Authors of evaluations call
 * {@link dev.pocketflow.testing.eval.cases.Cases}.
 */
@NullMarked
package dev.pocketflow.testing.eval.cases;

import org.jspecify.annotations.NullMarked;
