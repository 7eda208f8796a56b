package io.edgeflow.inference.scoring;

import io.edgeflow.inference.slot.ComparisonReport.CallTimes;

/**
 * How the serving model did since it began to serve.
 *
 * @param rows that it was given
 * @param errors of these, those of calls that failed
 * @param nans of these, those whose score is no number
 * @param alarms of these, those beyond one of its thresholds
 * @param times of its calls
 */
public record ServiceFigures(long rows, long errors, long nans, long alarms, CallTimes times) {}
