package io.edgeflow.lab.bench;

import java.util.Locale;

/**
 * What was measured.
 *
 * @param bundleBytes of its files
 * @param lineBytes that came down for it, with everything around
 * @param seconds from the beginning of the rollout until it was there
 * @param cuts connections that were cut
 * @param alone live windows without it
 * @param beside live windows while it came
 */
record BundleResult(
    BundleRun.Shape shape,
    long bundleBytes,
    long lineBytes,
    double seconds,
    long cuts,
    Latencies alone,
    Latencies beside) {
  private static final double TARGET_SECONDS = 2;

  /** Of what crossed the line and of what there was to bring. */
  double ratio() {
    return (double) lineBytes / bundleBytes;
  }

  boolean reached() {
    return beside.frames() > 0
        && beside.missing() == 0
        && beside.p99Micros() / 1e6 <= TARGET_SECONDS;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        bundle: %d MiB over a line of %,d bytes/s that drops every %.1f s, beside %d series that speak once a second
          arrived after             %10.1f s, the line alone would take %.1f s; %d connections cut
          bytes on the line         %,10d for %,d: ratio %.3f
          live windows, numbered to committed
            without it              %s
            while it came           %s  (target %.0f s: %s)\
        """,
        shape.mebibytes(),
        shape.lineBytes(),
        shape.drop().toMillis() / 1e3,
        shape.series(),
        seconds,
        (double) bundleBytes / shape.lineBytes(),
        cuts,
        lineBytes,
        bundleBytes,
        ratio(),
        words(alone),
        words(beside),
        TARGET_SECONDS,
        reached() ? "reached" : "missed");
  }

  private static String words(Latencies live) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f s, p99 %.2f s, most %.2f s of %d frames%s",
        live.p50Micros() / 1e6,
        live.p99Micros() / 1e6,
        live.mostMicros() / 1e6,
        live.frames(),
        live.missing() == 0 ? "" : ", and %d not seen".formatted(live.missing()));
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"bundle\",\"bundleBytes\":%d,\"lineBytes\":%d,\"ratio\":%.4f,"
            + "\"seconds\":%.3f,\"cuts\":%d,\"aloneP99Seconds\":%.3f,\"besideP50Seconds\":%.3f,"
            + "\"besideP99Seconds\":%.3f,\"besideMostSeconds\":%.3f,\"frames\":%d,"
            + "\"notSeen\":%d,\"reached\":%b}",
        bundleBytes,
        lineBytes,
        ratio(),
        seconds,
        cuts,
        alone.p99Micros() / 1e6,
        beside.p50Micros() / 1e6,
        beside.p99Micros() / 1e6,
        beside.mostMicros() / 1e6,
        beside.frames(),
        beside.missing(),
        reached());
  }
}
