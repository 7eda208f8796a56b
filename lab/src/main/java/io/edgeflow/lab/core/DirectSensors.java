package io.edgeflow.lab.core;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.lab.sim.AcknowledgedAccount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sensors before the intake of an edge, as a broker would hand their messages on: at most {@value
 * #WINDOW} wait for their acknowledgement, what is not acknowledged is sent again with its own
 * stamp, also to the next life of the edge. They know what was acknowledged.
 *
 * <p>One thread speaks; acknowledgements come on others.
 */
public final class DirectSensors {
  private static final int WINDOW = 64;
  private static final int LATE_ONE_IN = 20;

  /** Later by this: into windows that were sent long ago. Their stamps fall between the others. */
  private static final long LATE_MILLIS = 1_200_005;

  private final int devices;
  private final long startMillis;
  private final long stepMillis;
  private final long pauseNanos;
  private final Map<Long, Message> open = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong acknowledgedMessages = new AtomicLong();
  private long next;
  private long repetitions;

  /**
   * @param startMillis the first stamp, since the epoch; long ago, for stamps run ahead of the
   *     clock
   * @param stepMillis between two messages of a device, a multiple of 10
   * @param perSecond how many messages they say
   */
  public DirectSensors(int devices, long startMillis, long stepMillis, double perSecond) {
    this.devices = devices;
    this.startMillis = startMillis;
    this.stepMillis = stepMillis;
    this.pauseNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /** A life of the edge, as its sensors see it: a connection. */
  public final class Session {
    private final Intake intake;
    private final Queue<Message> again = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private long dueNanos = System.nanoTime();

    private Session(Intake intake) {
      this.intake = intake;
      open.values().stream().sorted(Comparator.comparingLong(Message::number)).forEach(again::add);
    }

    /** Sends what is due, at most one message; pauses if nothing is. */
    public void step() {
      if (inFlight.get() >= WINDOW || (again.isEmpty() && System.nanoTime() < dueNanos)) {
        LockSupport.parkNanos(100_000);
        return;
      }
      Message old = again.poll();
      if (old == null) {
        dueNanos = Math.max(dueNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1)) + pauseNanos;
        send(say());
      } else if (open.containsKey(old.number())) {
        repetitions++;
        send(old);
      }
    }

    /** As {@link #step}, but nothing new. */
    public void repeat() {
      if (again.isEmpty()) {
        LockSupport.parkNanos(100_000);
      } else {
        step();
      }
    }

    private void send(Message message) {
      Submission submission =
          Submission.mqtt(message.topic(), message.payload(), System.nanoTime());
      inFlight.incrementAndGet();
      submission.whenSettled(
          () -> {
            inFlight.decrementAndGet();
            if (submission.safe()) {
              acknowledge(message);
            } else {
              again.add(message);
            }
          });
      if (!intake.offer(submission)) {
        inFlight.decrementAndGet();
        again.add(message);
        LockSupport.parkNanos(200_000);
      }
    }
  }

  public Session connect(Intake intake) {
    return new Session(intake);
  }

  private Message say() {
    long number = next++;
    long stamp = startMillis + number / devices * stepMillis;
    boolean late = number % LATE_ONE_IN == LATE_ONE_IN - 1;
    Message message =
        new Message(number, "line-" + number % devices, late ? stamp - LATE_MILLIS : stamp);
    open.put(number, message);
    return message;
  }

  private void acknowledge(Message message) {
    if (open.remove(message.number()) != null) {
      acknowledgedMessages.incrementAndGet();
      for (String series : message.series()) {
        acknowledged.computeIfAbsent(series, s -> new AtomicLong()).incrementAndGet();
      }
    }
  }

  public int open() {
    return open.size();
  }

  /** Readings. */
  public long acknowledged() {
    return acknowledgedMessages.get() * Message.POINTS.size();
  }

  public long acknowledgedMessages() {
    return acknowledgedMessages.get();
  }

  /** Messages that were sent again. */
  public long repetitions() {
    return repetitions;
  }

  /** What each series was told. */
  public SortedMap<String, AcknowledgedAccount.Series> account() {
    SortedMap<String, AcknowledgedAccount.Series> account = new TreeMap<>();
    for (int device = 0; device < devices; device++) {
      for (String series : new Message(0, "line-" + device, 0).series()) {
        long told = acknowledged.getOrDefault(series, new AtomicLong()).get();
        long waiting = waiting(series);
        account.put(series, new AcknowledgedAccount.Series(true, told, waiting, told + waiting));
      }
    }
    return account;
  }

  private long waiting(String series) {
    List<Message> all = List.copyOf(open.values());
    return all.stream().filter(message -> message.series().contains(series)).count();
  }
}
