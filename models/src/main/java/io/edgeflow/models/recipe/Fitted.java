package io.edgeflow.models.recipe;

import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.ScoreFunction;

/**
 * A model that was fitted.
 *
 * @param graph in the ONNX format
 * @param reference the same arithmetic in Java, which the graph is held against
 * @param rows on which it was fitted
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Fitted(
    Manifest manifest, Parameters parameters, byte[] graph, ScoreFunction reference, int rows) {}
