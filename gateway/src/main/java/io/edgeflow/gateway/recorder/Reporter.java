package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.report.ReportRule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides which readings are reported singly (L11). Live only: a replay finds the answer in the
 * record (J1). Owned by the owner thread.
 */
final class Reporter {
  private final EdgeState state;
  private final SeriesPolicy policy;
  private final CaptureKeeper captures;
  private @Nullable ReportRule[] rules = new @Nullable ReportRule[64];

  Reporter(EdgeState state, SeriesPolicy policy, CaptureKeeper captures) {
    this.state = state;
    this.policy = policy;
    this.captures = captures;
  }

  /** As the other one, where no mapping says anything. */
  boolean isDue(DecidedReading reading) {
    return isDue(reading, null);
  }

  /**
   * @param said what its mapping says, which counts before what is configured for the series
   */
  boolean isDue(DecidedReading reading, @Nullable ReportRule said) {
    return reading.verdict != Verdict.DUPLICATE && isDueBy(reading, rule(reading.series, said));
  }

  /** Of a reading that no message brought: by what is known of its series so far. */
  boolean isDueUnsaid(DecidedReading reading) {
    ReportRule known = reading.series < rules.length ? rules[reading.series] : null;
    return isDueBy(
        reading, known == null ? policy.report(state.series.get(reading.series).name()) : known);
  }

  private boolean isDueBy(DecidedReading reading, ReportRule rule) {
    return captures.covers(reading.series)
        || state.reports.last.isDue(
            rule,
            reading.series,
            reading.eventMicros,
            reading.number,
            reading.text,
            reading.quality);
  }

  private ReportRule rule(int series, @Nullable ReportRule said) {
    if (series >= rules.length) {
      rules = Arrays.copyOf(rules, Math.max(series + 1, rules.length * 2));
    }
    ReportRule rule = rules[series];
    if (rule == null) {
      rule = said == null ? policy.report(state.series.get(series).name()) : said;
      rules[series] = rule;
    }
    return rule;
  }
}
