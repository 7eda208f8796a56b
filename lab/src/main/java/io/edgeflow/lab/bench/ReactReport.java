package io.edgeflow.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The figures of {@link ReactBench}, for people and for programs. */
final class ReactReport {
  private static final double TARGET_MICROS = 1_000;

  private final List<Part> parts = new ArrayList<>();

  /**
   * Quantiles in microseconds.
   *
   * @param count of what was seen
   */
  private record Quantiles(int count, double p50, double p99, double p999) {
    static Quantiles of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Quantiles(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999));
    }

    private static double at(long[] sorted, double part) {
      return sorted.length == 0
          ? Double.NaN
          : sorted[(int) Math.ceil(sorted.length * part) - 1] / 1e3;
    }

    String text() {
      return String.format(Locale.ROOT, "%10.0f %10.0f %10.0f", p50, p99, p999);
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"count\":%d,\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"p999Micros\":%.1f}",
          count,
          p50,
          p99,
          p999);
    }
  }

  private record Part(int qos, List<ReactPassage> inside, ReactLoad.Outside outside) {
    Quantiles of(ToLongFunction<ReactPassage> hop) {
      return Quantiles.of(inside.stream().mapToLong(hop).toArray());
    }

    Quantiles reactions() {
      return Quantiles.of(outside.reactions());
    }

    Quantiles plain() {
      return Quantiles.of(outside.plain());
    }

    int missing() {
      return outside.expected() - inside.size();
    }
  }

  /**
   * @param passages of all readings; those outside of the measured time do not count
   */
  void add(int qos, List<ReactPassage> passages, ReactLoad.Outside outside) {
    List<ReactPassage> measured =
        passages.stream()
            .filter(one -> one.stampMillis() >= outside.fromMillis())
            .filter(one -> one.stampMillis() < outside.toMillis())
            .toList();
    parts.add(new Part(qos, measured, outside));
  }

  String text() {
    var text = new StringBuilder();
    text.append(
        "react: from a publish to an action through a univariate model, 1 000 readings/s of %d series\n"
            .formatted(ReactRhythm.SERIES));
    parts.forEach(part -> text.append(text(part)));
    return text.toString().stripTrailing();
  }

  private static String text(Part part) {
    Quantiles all = part.of(ReactPassage::all);
    var text = new StringBuilder();
    text.append(
        "%nQoS %d, %,d actions, %d missing     p50 us     p99 us   p99.9 us%n"
            .formatted(part.qos(), all.count(), part.missing()));
    row(text, "inside the gateway", all);
    row(text, "  hook to recorder", part.of(ReactPassage::decided));
    row(text, "  through the model", part.of(ReactPassage::scored));
    row(text, "  score to recorder", part.of(ReactPassage::recorded));
    row(text, "  recorder to output", part.of(ReactPassage::acted));
    row(text, "seen from outside", part.reactions());
    row(text, "plain publish to subscriber", part.plain());
    text.append(
        String.format(
            Locale.ROOT,
            "  outside, ratio to the plain one %8.2f   %8.2f%n",
            part.reactions().p50() / part.plain().p50(),
            part.reactions().p99() / part.plain().p99()));
    text.append(
        String.format(
            Locale.ROOT,
            "  target: p99 inside < %.0f us, %s%n",
            TARGET_MICROS,
            all.p99() < TARGET_MICROS ? "reached" : "missed"));
    return text.toString();
  }

  private static void row(StringBuilder text, String what, Quantiles quantiles) {
    text.append("  %-29s %s%n".formatted(what, quantiles.text()));
  }

  String json() {
    List<String> all = new ArrayList<>();
    for (Part part : parts) {
      all.add(
          String.format(
              Locale.ROOT,
              "{\"qos\":%d,\"missing\":%d,\"inside\":%s,\"hookToRecorder\":%s,"
                  + "\"throughModel\":%s,\"scoreToRecorder\":%s,\"recorderToOutput\":%s,"
                  + "\"outside\":%s,\"plain\":%s,\"ratioP50\":%.3f,\"ratioP99\":%.3f,"
                  + "\"targetP99Micros\":%.0f,\"reached\":%b}",
              part.qos(),
              part.missing(),
              part.of(ReactPassage::all).json(),
              part.of(ReactPassage::decided).json(),
              part.of(ReactPassage::scored).json(),
              part.of(ReactPassage::recorded).json(),
              part.of(ReactPassage::acted).json(),
              part.reactions().json(),
              part.plain().json(),
              part.reactions().p50() / part.plain().p50(),
              part.reactions().p99() / part.plain().p99(),
              TARGET_MICROS,
              part.of(ReactPassage::all).p99() < TARGET_MICROS));
    }
    return "{\"benchmark\":\"react\",\"parts\":[" + String.join(",", all) + "]}";
  }
}
