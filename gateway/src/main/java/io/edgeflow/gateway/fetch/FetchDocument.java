package io.edgeflow.gateway.fetch;

import io.edgeflow.gateway.recorder.FetchStatus;
import io.edgeflow.process.settings.Glob;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FetchStatus} as it is told over HTTP. Times are epoch milliseconds.
 *
 * @param heldFrom when the oldest message arrived that is still there; null if there is none
 */
public record FetchDocument(
    String id,
    String state,
    String waitsFor,
    List<String> series,
    long from,
    long to,
    long limit,
    boolean again,
    int seriesMatched,
    Part segments,
    Part bytes,
    long readings,
    long sentBefore,
    long frames,
    long delivered,
    long undelivered,
    boolean limited,
    @Nullable Long heldFrom,
    List<Missing> missing,
    String error) {

  /** How much of it is looked through. */
  public record Part(long read, long of) {}

  /** Readings that arrived in between are not there. */
  public record Missing(long from, long to, String why) {}

  /** Nothing more will happen. */
  public boolean ended() {
    return state.equals("done") || state.equals("cancelled") || state.equals("failed");
  }

  static FetchDocument of(FetchStatus status) {
    return new FetchDocument(
        status.id(),
        word(status.state()),
        status.waitsFor(),
        status.request().series().stream().map(Glob::pattern).toList(),
        status.request().fromMicros() / 1000,
        status.request().toMicros() / 1000,
        status.request().limit(),
        status.request().again(),
        status.seriesMatched(),
        new Part(status.segmentsRead(), status.segments()),
        new Part(status.bytesRead(), status.bytes()),
        status.readings(),
        status.sentBefore(),
        status.frames(),
        status.delivered(),
        status.undelivered(),
        status.limited(),
        status.heldFromMicros() == 0 ? null : status.heldFromMicros() / 1000,
        status.missing().stream()
            .map(m -> new Missing(m.fromMicros() / 1000, m.toMicros() / 1000, word(m.why())))
            .toList(),
        status.error());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
