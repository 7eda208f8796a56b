package io.edgeflow.gateway.capture;

import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.journal.LogPosition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message or poll on its way into the journal, and the answer to "is it safe?".
 *
 * <pre>
 *             settleSafe, durable
 *   WAITING ───────────────────────► SAFE     decided and, if captured, synced; or rejected; or not ours;
 *                                             or only appended, where the operator chose that
 *      └───────── fail ────────────► FAILED   nothing may be acknowledged for it
 * </pre>
 *
 * <p>Whatever settles it first wins; later calls do nothing. Made by an adapter, settled by the
 * recorder or the journal's syncing thread, read by any thread.
 */
public final class Submission implements Durable {
  private static final int WAITING = 0;
  private static final int SAFE = 1;
  private static final int FAILED = 2;

  private static final byte[] NOTHING = {};
  private static final int OBJECT_BYTES = 128;
  private static final int VALUE_BYTES = 64;

  private static final VarHandle STATE;
  private static final VarHandle LISTENER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Submission.class, "state", int.class);
      LISTENER = lookup.findVarHandle(Submission.class, "listener", Runnable.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String topic;
  private byte[] payload;
  private @Nullable List<PolledValue> polled;
  private final long arrivedNanos;
  private final boolean retained;

  private volatile int state;
  private volatile @Nullable Runnable listener;

  private Submission(
      String topic,
      byte[] payload,
      @Nullable List<PolledValue> polled,
      long arrivedNanos,
      boolean retained) {
    this.topic = topic;
    this.payload = payload;
    this.polled = polled;
    this.arrivedNanos = arrivedNanos;
    this.retained = retained;
  }

  /** As the other one, of a message that is not to be retained. */
  public static Submission mqtt(String topic, byte[] payload, long arrivedNanos) {
    return mqtt(topic, payload, arrivedNanos, false);
  }

  /**
   * @param payload from now on nobody's to change
   * @param arrivedNanos {@code System.nanoTime()} at arrival
   * @param retained whether it was published to be retained
   */
  public static Submission mqtt(String topic, byte[] payload, long arrivedNanos, boolean retained) {
    return new Submission(topic, payload, null, arrivedNanos, retained);
  }

  /**
   * @param arrivedNanos {@code System.nanoTime()} at arrival
   */
  public static Submission polled(List<PolledValue> values, long arrivedNanos) {
    return new Submission("", NOTHING, List.copyOf(values), arrivedNanos, false);
  }

  /** True for values of a poll, false for an MQTT message. */
  public boolean isPolled() {
    return polled != null;
  }

  /** Empty for a poll. */
  public String topic() {
    return topic;
  }

  /** Whether the message was published to be retained; false for a poll. */
  public boolean retained() {
    return retained;
  }

  /** Not a copy: not to be changed. Empty for a poll. */
  public byte[] payload() {
    return payload;
  }

  /** About how many bytes of memory it holds on to until it is decided. */
  public int bytes() {
    int values = polled == null ? 0 : polled.size();
    return OBJECT_BYTES + topic.length() + payload.length + values * VALUE_BYTES;
  }

  /**
   * The owner has decided: what came in is not needed any more, and many submissions may wait for a
   * sync. Owner thread only; nobody else looks at what came in once it was offered.
   */
  public void decided() {
    payload = NOTHING;
    polled = polled == null ? null : List.of();
  }

  /** Empty for an MQTT message. */
  public List<PolledValue> polledValues() {
    return polled == null ? List.of() : polled;
  }

  /** {@code System.nanoTime()} at arrival. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  public boolean settled() {
    return state != WAITING;
  }

  /** True if it may be acknowledged (A1). */
  public boolean safe() {
    return state == SAFE;
  }

  /**
   * Runs the listener when this is settled: at once on the caller's thread, or later on the
   * settling one, where it must not block. Of listeners there is at most one, and it runs once.
   */
  public void whenSettled(Runnable settledListener) {
    if (!LISTENER.compareAndSet(this, null, settledListener)) {
      throw new IllegalStateException("a submission has one listener");
    }
    if (settled()) {
      tell();
    }
  }

  /** Its record is synced. */
  @Override
  public void durable(long number, LogPosition position) {
    settle(SAFE);
  }

  /** It was rejected or is not ours: there is nothing to sync. */
  public void settleSafe() {
    settle(SAFE);
  }

  /** It will not become safe: its sender is not to be told that it is. */
  public void fail() {
    settle(FAILED);
  }

  private void settle(int outcome) {
    if (STATE.compareAndSet(this, WAITING, outcome)) {
      tell();
    }
  }

  /** Settling and listening may cross: whoever takes the listener out runs it. */
  private void tell() {
    if (listener == null) {
      return;
    }
    Runnable waiting = (Runnable) LISTENER.getAndSet(this, null);
    if (waiting != null) {
      waiting.run();
    }
  }
}
