package io.edgeflow.inference.scoring;

import java.util.List;

/**
 * Whose rows they are.
 *
 * @param scores the series of the outputs, in order
 */
record Subject(String name, List<String> scores) {}
