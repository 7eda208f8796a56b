package io.edgeflow.gateway.commissioning;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is, at one moment. Ages are milliseconds by a clock that never jumps.
 *
 * @param received readings since the data directory was made, for a rate
 * @param residentBytes memory of the process; -1 where the system does not tell
 * @param models one for each slot
 * @param rollouts which of them are taken, and how far they are
 * @param hub the edges behind this gateway
 * @param captures single readings that go to the cloud beside what the report policies say
 * @param sources other brokers that this gateway is a client of
 */
public record Status(
    String edge,
    String site,
    Map<String, String> labels,
    String version,
    String incarnation,
    long uptimeMillis,
    long residentBytes,
    Link link,
    Backlog backlog,
    Clock clock,
    Journal journal,
    Promise promise,
    Series series,
    long received,
    long queued,
    List<Device> modbus,
    List<Model> models,
    Rollouts rollouts,
    Site hub,
    Captures captures,
    List<Source> sources) {

  /** How far the way to the cloud is open. */
  public enum LinkState {
    CONNECTED,
    CONNECTING,
    DISCONNECTED;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param forMillis how long it has been so
   * @param verdictAgeMillis since the cloud's last acknowledgement; absent: none yet
   * @param lastError why the last attempt ended; empty if none did
   * @param inFlightFrames sent and without a verdict
   * @param creditBytes what the cloud lets be sent without a verdict
   * @param breaker closed, open after failures in a row, or half-open while one attempt goes
   * @param failures attempts, connections and hellos in a row that came to nothing
   */
  public record Link(
      LinkState state,
      String url,
      long forMillis,
      @Nullable Long verdictAgeMillis,
      String lastError,
      long inFlightFrames,
      long creditBytes,
      String breaker,
      int failures) {}

  /**
   * What the cloud has not yet committed.
   *
   * @param bytes by the lane's word
   * @param oldestAgeMillis absent if there is none, or none tells
   */
  public record Backlog(
      long frames, long readings, Map<String, Long> bytes, @Nullable Long oldestAgeMillis) {}

  /**
   * @param why the reason for belief or doubt, for people
   * @param offsetMillis how far ahead of the cloud's clock; absent: it has not said
   */
  public record Clock(
      boolean believed, String why, long timeMillis, @Nullable Double offsetMillis) {}

  /**
   * @param state {@code ok}; {@code stalled}, {@code no-space}, {@code read-only} or {@code
   *     io-error} while nothing can be acknowledged; {@code opening} or {@code closing}
   * @param detail why, for people; empty if all is well
   * @param forMillis how long nothing could be acknowledged; 0 if all is well
   * @param bytes of journal, backlog and reserve: what counts towards {@code maxBytes}
   * @param hasRoom within its budget and above the volume's floor
   */
  public record Journal(
      String state, String detail, long forMillis, long bytes, long maxBytes, boolean hasRoom) {}

  /**
   * Whether what is acknowledged is safe, and what the settings cost.
   *
   * @param state {@code on}, or {@code off} where acknowledgements do not wait for the sync
   * @param why by which setting
   * @param atRisk what a power cut can take, for people
   * @param lossMillis how much time's acknowledged readings that is at most
   * @param outageDays how long the cloud may be away until windows get coarser; absent: for ever
   * @param syncsPerDay of the journal, expected
   * @param flashBytesPerDay written, expected
   * @param load what these figures are made of
   */
  public record Promise(
      String state,
      String why,
      String atRisk,
      long lossMillis,
      @Nullable Double outageDays,
      long syncsPerDay,
      long flashBytesPerDay,
      String load) {}

  /** How many series there are, and how many there may be. */
  public record Series(long known, long most) {}

  /**
   * What a cloud brings here.
   *
   * @param taken whether documents of a cloud are followed
   * @param detail why not, or why the last document was not; empty if all is well
   * @param document number of the one that is followed; 0 for none yet
   * @param keys number of the newest key document
   * @param denied digests that are not tried again before somebody unblocks them
   * @param pinned slots that take no rollout
   * @param kafka how the way over Kafka is; empty where none is configured
   */
  public record Rollouts(
      boolean taken,
      String detail,
      long document,
      int keys,
      List<Rollout> slots,
      List<String> denied,
      List<String> pinned,
      String kafka) {
    public static final Rollouts NONE =
        new Rollouts(
            false,
            "no rollouts are taken: the configuration names no deploy.root",
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            "");

    /** The same, by a way over Kafka that is so. */
    public Rollouts over(String way) {
      return new Rollouts(taken, detail, document, keys, slots, denied, pinned, way);
    }
  }

  /**
   * How far one slot is.
   *
   * @param state as {@code docs/rollouts.md} names them
   * @param proven it serves, and did well for long enough
   * @param detail why it stands there; empty if there is nothing to say
   * @param rows that the model scored since it is watched
   */
  public record Rollout(
      String slot,
      String model,
      String version,
      String digest,
      String rollout,
      String state,
      boolean proven,
      String detail,
      long rows,
      long doneBytes,
      long totalBytes) {}

  /**
   * The edges behind a gateway.
   *
   * @param enabled whether it is a hub
   * @param members those that were here since the process started
   * @param rollout what it may finish while the cloud is away; absent without a mandate
   */
  public record Site(boolean enabled, List<Member> members, @Nullable SiteRollout rollout) {
    public static final Site NONE = new Site(false, List.of(), null);
  }

  /**
   * An edge behind a gateway.
   *
   * @param upstream {@code none}, {@code connecting}, {@code open}, {@code ending} or {@code
   *     waiting}: the connection to the cloud that is kept for it
   * @param relayed frames that were passed on
   * @param dropped frames that found no room or no way, and that it sends again
   * @param lastError why its last connection to the cloud ended; empty if none did
   */
  public record Member(
      String edge, boolean online, String upstream, long relayed, long dropped, String lastError) {}

  /**
   * A mandate that a hub holds.
   *
   * @param phase {@code held}, {@code done}, {@code back} or {@code void}
   * @param why it is in that phase; empty while it is held
   * @param alone whether the hub decides, because the cloud is away
   * @param begun waves that began
   * @param leftMillis until no further wave may begin. An abort at the cloud reaches a site that is
   *     cut off only then
   * @param waitsFor who must prove itself before the next wave
   */
  public record SiteRollout(
      String rollout,
      String mandate,
      String phase,
      String why,
      boolean alone,
      int begun,
      int waves,
      long leftMillis,
      List<String> waitsFor,
      List<String> failed) {}

  /**
   * Single readings on demand.
   *
   * @param demands patterns of series that are captured for a time
   * @param aroundAlarms stretches around alarms that are not all sent yet
   * @param alarmsRefused alarms around which nothing is captured, because there were too many;
   *     since the process started
   */
  public record Captures(List<String> demands, int aroundAlarms, long alarmsRefused) {
    public static final Captures NONE = new Captures(List.of(), 0, 0);
  }

  /**
   * Another broker, out of which readings come.
   *
   * @param state a word: connected, connecting, waiting (for the next attempt) or closed
   * @param forMillis how long it has been so
   * @param mqttVersion that is spoken, or tried next
   * @param resumed whether the broker still had the session when the connection opened
   * @param received messages since the process started, as the other counts
   * @param acknowledged at QoS 1, because they were safe or none of ours
   * @param held received and not acknowledged yet; the broker has them still
   * @param dropped of QoS 0, which found no room
   * @param retained old values that were not taken
   * @param unasked on topics that are not configured, or not for sources
   * @param failed could not be made safe; the broker sends them again
   * @param connections that were opened
   * @param lastError why the last connection ended; empty if none did
   */
  public record Source(
      String name,
      String url,
      String state,
      long forMillis,
      String mqttVersion,
      boolean resumed,
      long received,
      long acknowledged,
      int held,
      long dropped,
      long retained,
      long unasked,
      long failed,
      long connections,
      String lastError) {}

  /**
   * A polled device.
   *
   * @param requests by outcome since the process started
   */
  public record Device(String name, String address, Map<String, Long> requests) {}

  /**
   * A slot and the model that scores in it.
   *
   * @param node the process beside the gateway that scores; empty for the gateway's own slots
   * @param name empty, as version and digest, while none does
   * @param provider what does the arithmetic; empty while that is not known
   * @param providers what was tried, in order, each with the reason for which it was not taken
   * @param state {@code waiting}, {@code loading}, {@code serving}, {@code failing} while its last
   *     call gave no scores, {@code refused}, {@code failed} or {@code disabled}
   * @param detail why, for people; empty if all is well
   * @param source why it is this model, for people; empty while none serves
   * @param candidate the model that is loaded beside it; empty if there is none
   * @param before the model that there is to go back to; empty if there is none
   * @param beforeLoaded whether it is still loaded, so that going back takes no load
   * @param shadow the candidate, while it is compared; else empty
   * @param comparison how the shadow does; absent without one
   * @param scored rows since the process started
   * @param dropped readings that the slot did not see, because it was behind
   * @param errors rows for which the model gave no score
   * @param p50Micros of calls
   * @param p99Micros of calls
   * @param changes the last that were asked for, oldest first
   */
  public record Model(
      String node,
      String slot,
      String name,
      String version,
      String digest,
      String provider,
      List<String> providers,
      String state,
      String detail,
      String source,
      String candidate,
      String before,
      boolean beforeLoaded,
      String shadow,
      @Nullable Comparison comparison,
      long scored,
      long dropped,
      long errors,
      double p50Micros,
      double p99Micros,
      List<ModelChange> changes) {}

  /**
   * How a model does in the shadow of the one that serves.
   *
   * @param rows that both scored
   * @param meanDifference of their scores, absolute
   * @param mostDifference of their scores, absolute
   * @param correlation absent if the scores of one do not vary
   * @param servingAlarmRate rows beyond a threshold of the serving model, of those compared
   * @param candidateAlarmRate the same of the candidate
   * @param bothAlarmRate the same of both
   * @param skipped rows that the candidate did not see
   * @param failed rows for which it gave no score
   */
  public record Comparison(
      long rows,
      double meanDifference,
      double mostDifference,
      @Nullable Double correlation,
      double servingAlarmRate,
      double candidateAlarmRate,
      double bothAlarmRate,
      long skipped,
      long failed,
      double servingP50Micros,
      double servingP99Micros,
      double candidateP50Micros,
      double candidateP99Micros) {}

  /**
   * Something that was asked of a slot.
   *
   * @param t when, epoch milliseconds
   * @param outcome {@code pending}, {@code done} or {@code refused}
   * @param detail what happened, or why not, for people
   */
  public record ModelChange(
      long id, long t, String change, String who, String why, String outcome, String detail) {
    public ModelChange ended(String newOutcome, String newDetail) {
      return new ModelChange(id, t, change, who, why, newOutcome, newDetail);
    }
  }
}
