/**
 * The scorers of an evaluation: equality, contained texts, JSON paths, similarity and a judging model. Authors of evaluations
 * call {@link dev.pocketflow.testing.eval.score.JudgeModel} and {@link dev.pocketflow.testing.eval.score.Embedding}, and
 * implement {@link dev.pocketflow.testing.eval.score.Scorer} for a scorer of their own.
 */
@NullMarked
package dev.pocketflow.testing.eval.score;

import org.jspecify.annotations.NullMarked;
