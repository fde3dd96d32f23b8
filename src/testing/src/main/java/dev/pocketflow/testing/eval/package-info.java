/**
 * Evaluations: a flow is run over cases, its outputs are scored, and two versions are compared. Begin with
 * {@link dev.pocketflow.testing.eval.Evaluation}. It needs no Quarkus. A flow is called by a
 * {@link dev.pocketflow.testing.eval.Subject}.
 */
@NullMarked
package dev.pocketflow.testing.eval;

import org.jspecify.annotations.NullMarked;
