package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges what an edge reported of a bundle. */
public final class Gates {
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double BYTES_PER_MIB = 1 << 20;

  private final GateSpec spec;
  private final Evidence seen;
  private final List<GateResult> results = new ArrayList<>();

  private Gates(GateSpec spec, Evidence seen) {
    this.spec = spec;
    this.seen = seen;
  }

  /** What each gate says. Programs score nothing: of them only crashes count. */
  public static List<GateResult> judge(GateSpec spec, PayloadKind payload, Evidence seen) {
    var gates = new Gates(spec, seen);
    if (payload == PayloadKind.MODEL) {
      gates.rows();
      gates.latency();
      gates.share("nanRate", "scores that are no number", seen.nans(), spec.nanRate());
      gates.share("errorRate", "no score", seen.errors(), spec.errorRate());
      gates.alarms();
      gates.memory();
    }
    gates.crashes();
    return List.copyOf(gates.results);
  }

  /** What they come to together: one that fails is enough, and all must pass. */
  public static Verdict together(List<GateResult> results) {
    List<Verdict> verdicts = results.stream().map(GateResult::verdict).toList();
    if (verdicts.contains(Verdict.FAIL)) {
      return Verdict.FAIL;
    }
    return verdicts.contains(Verdict.INCONCLUSIVE) ? Verdict.INCONCLUSIVE : Verdict.PASS;
  }

  /** The text of the result that decides. */
  static String worst(List<GateResult> results) {
    Verdict verdict = together(results);
    return results.stream()
        .filter(result -> result.verdict() == verdict)
        .map(GateResult::text)
        .findFirst()
        .orElse("");
  }

  private void rows() {
    add("minRows", enough(), true, tried() + " rows, " + spec.minRows() + " needed");
  }

  private void latency() {
    if (spec.latencyP99().isPresent()) {
      Duration most = spec.latencyP99().get();
      String before =
          seen.beforeRows() == 0 ? "" : ", " + millis(seen.beforeP99Micros()) + " before";
      String text = "p99 of " + millis(seen.p99Micros()) + before + ", allowed " + millis(most);
      add("latencyP99", enough(), seen.p99Micros() <= most.toNanos() / 1e3, text);
    }
  }

  private void share(String gate, String what, long count, double most) {
    double share = share(count, tried());
    add(gate, enough(), share <= most, of(what, share, tried()) + ", allowed " + percent(most));
  }

  private void alarms() {
    GateSpec.AlarmRate bounds = spec.alarmRate();
    boolean compared = seen.beforeRows() >= spec.minRows();
    double now = share(seen.alarms(), seen.rows());
    double before = share(seen.beforeAlarms(), seen.beforeRows());
    double allowed = compared ? Math.max(bounds.most(), bounds.factor() * before) : bounds.most();
    String text =
        of("alarms", now, seen.rows())
            + (compared ? ", " + percent(before) + " before" : "")
            + ", allowed "
            + percent(Math.min(1, allowed));
    add("alarmRate", enough(), now <= allowed, text);
  }

  private void memory() {
    if (spec.memory().isPresent()) {
      long most = spec.memory().get().bytes();
      String text = "grew by " + mebibytes(seen.memoryBytes()) + ", allowed " + mebibytes(most);
      add("memory", true, seen.memoryBytes() <= most, text);
    }
  }

  private void crashes() {
    String text = seen.crashes() + " crashes, allowed " + spec.crashes();
    add("crashes", true, seen.crashes() <= spec.crashes(), text);
  }

  /** Those that failed are rows too, whether or not the edge counts them so. */
  private long tried() {
    return Math.max(seen.rows(), seen.errors());
  }

  private boolean enough() {
    return tried() >= spec.minRows();
  }

  private void add(String gate, boolean judged, boolean holds, String text) {
    Verdict verdict = holds ? Verdict.PASS : Verdict.FAIL;
    results.add(new GateResult(gate, judged ? verdict : Verdict.INCONCLUSIVE, text));
  }

  private static double share(long count, long of) {
    return of <= 0 ? 0 : (double) count / of;
  }

  private static String of(String what, double share, long rows) {
    return what + " on " + percent(share) + " of " + rows + " rows";
  }

  private static String percent(double share) {
    return Numbers.round(share * 100) + " %";
  }

  private static String millis(double micros) {
    return Numbers.round(micros / MICROS_PER_MILLI) + " ms";
  }

  private static String millis(Duration span) {
    return millis(span.toNanos() / 1e3);
  }

  private static String mebibytes(long bytes) {
    return Numbers.round(bytes / BYTES_PER_MIB) + " MiB";
  }
}
