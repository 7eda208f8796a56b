package io.edgeflow.gateway.recorder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How far a fetch is.
 *
 * @param waitsFor what keeps it from going on, in words; empty if nothing does
 * @param seriesMatched how many series the patterns name
 * @param segments, bytes of the journal to look through
 * @param segmentsRead, bytesRead of them so far
 * @param readings that were numbered on the raw lane
 * @param sentBefore readings of the asked time that had been sent before, when they arrived or
 *     later: they were left out, or sent again if that was asked for
 * @param frames that hold them
 * @param delivered of the frames: committed by the cloud's database
 * @param undelivered of the frames: refused, dropped or superseded
 * @param limited whether there were more readings than the limit allows
 * @param heldFromMicros when the oldest message arrived that is still there; 0 if there is none
 * @param missing stretches of the asked time whose readings are not there any more
 * @param error why it failed; empty if it did not
 */
public record FetchStatus(
    String id,
    FetchRequest request,
    State state,
    String waitsFor,
    int seriesMatched,
    int segments,
    int segmentsRead,
    long bytes,
    long bytesRead,
    long readings,
    long sentBefore,
    long frames,
    long delivered,
    long undelivered,
    boolean limited,
    long heldFromMicros,
    List<Missing> missing,
    String error) {

  /**
   * <pre>
   *  READING ---> SENDING ---> DONE
   *     |            |
   *     +------------+-------> CANCELLED, FAILED
   * </pre>
   */
  public enum State {
    /** Looks through the journal and numbers what it finds. */
    READING,
    /** Everything is numbered, and some of it waits for the cloud's verdict. */
    SENDING,
    DONE,
    /** What was numbered by then is sent. */
    CANCELLED,
    FAILED;

    public boolean ended() {
      return this == DONE || this == CANCELLED || this == FAILED;
    }
  }

  /** Why readings are not there. */
  public enum Why {
    /** Space or age: the flight recorder reaches no further. */
    DELETED,
    /** The bytes cannot be read. */
    DAMAGED
  }

  /** Readings that <em>arrived</em> between these two are not there, as far as there were any. */
  public record Missing(long fromMicros, long toMicros, Why why) {
    /** For people. */
    String words() {
      String what = why == Why.DELETED ? "no longer there" : "damaged";
      return what + ": what arrived from " + instant(fromMicros) + " to " + instant(toMicros);
    }

    private static Instant instant(long micros) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
  }

  public FetchStatus {
    missing = List.copyOf(missing);
  }
}
