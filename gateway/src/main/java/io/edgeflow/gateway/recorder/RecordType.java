package io.edgeflow.gateway.recorder;

/** The kinds of record in the journal. The codes are on disk: they are never reused. */
enum RecordType {
  /** The length and grace of windows from here on. */
  WINDOW_RULE(1),
  /** A series got its number, kind and unit. */
  SERIES(2),
  /** One message with its decided readings (A5, J1). */
  MESSAGE(3),
  /** A numbered frame; it covers everything before it. */
  FRAME(4),
  /** Something happened that goes to the cloud on the event lane. */
  EVENT(5),
  /** Verdicts of the cloud. */
  FATES(6),
  /** A block of numbers that may be sent from now on (J7). */
  OFFERED(7),
  /** Frames that the cloud lost and that wait again (L3). */
  REOPENED(8),
  /** Frames that neither side has any more (L3). */
  GONE(9),
  /** An incarnation begins (J4). */
  BEGIN(10),
  /** An incarnation numbers no more frames (J4). */
  SEAL(11),
  /** The last time that something vouched for (T1). */
  VOUCHED(12),
  /** Frames lie in a file of the backlog from now on (J8). */
  SEALED(13),
  /** A frame that waits, once more, because the segment that held it is to go (J10). */
  CARRIED(14),
  /**
   * A numbered frame of single readings that somebody asked for: they were folded long ago, and
   * none of them waits to be reported.
   */
  FETCHED(20),
  /** What came in during the last hour or so. */
  LOAD(25),
  /** When belief in the clock was withdrawn because of a jump, or that it came back (T1). */
  DISTRUSTED(26),
  /** How long the edge ran so far, and files that were first seen complete then (J10). */
  SEEN(27),
  /** Segments and files that are gone: settled frames in them cannot be sent again (J10, L3). */
  FORGOTTEN(28),
  /** A message as {@link #MESSAGE}, and the alarms that its readings changed. */
  MESSAGE_ALARMS(29),
  /** Alarms that time changed, or somebody. */
  ALARMS(30),
  /** Captures of single readings that began or ended. */
  CAPTURES(31);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static RecordType ofCode(int code) {
    for (RecordType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "the journal has a record of type " + code + ": it was written by a newer version");
  }
}
