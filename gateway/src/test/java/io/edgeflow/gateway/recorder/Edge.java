package io.edgeflow.gateway.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.JournalSettings;
import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.payload.PayloadParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A recorder over a real journal whose clocks the test moves. */
final class Edge implements AutoCloseable {
  /** Minutes begin where this divides. */
  static final long START_MICROS = 1_763_672_400_000_000L;

  static final long SECOND = 1_000_000;
  static final WindowRule MINUTES = new WindowRule(60 * SECOND, 2 * SECOND);

  /** Where a series called energy, which is a counter, rolls over. */
  static final double ENERGY_TOP = 65_536;

  /** Of series of a device called silent. */
  static final Duration STALE_AFTER = Duration.ofSeconds(30);

  static final long SEGMENT_BYTES = 64 << 10;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More often than files come and go under anybody who copies them. */
  private static final int COPIES = 100;

  final AtomicLong wallMicros = new AtomicLong(START_MICROS);
  final AtomicLong nanos = new AtomicLong(1);
  final AtomicReference<OsSync> os = new AtomicReference<>(OsSync.YES);
  final Map<FrameId, OutgoingFrame> announced = new ConcurrentHashMap<>();
  final RejectLog rejects = new RejectLog(wallMicros::get);
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  /** For tests that settle bit by bit. */
  long settledUpTo;

  final Recorder recorder;

  private final boolean tight;

  /** Whether it would have taken readings before its owner thread looked at anything. */
  final boolean roomAtOpening;

  private Edge(Path directory, Disk disk, int maxSeries, long nowMicros, long windowMicros)
      throws IOException {
    this(directory, disk, maxSeries, nowMicros, windowMicros, Budget.LARGE, Commits.QUICK);
  }

  /** What of the disk it may take, the reserve included (J9). */
  private record Budget(long maxBytes, long reserveBytes, long segmentBytes) {
    static final Budget LARGE = new Budget(1L << 30, 0, SEGMENT_BYTES);
  }

  /** How often the journal is synced, and whether acknowledgements wait for that. */
  private record Commits(Duration commit, Duration idle, Acknowledge acknowledge) {
    static final Commits QUICK =
        new Commits(Duration.ZERO, Duration.ofMillis(50), Acknowledge.SYNCED);
  }

  private Edge(
      Path directory,
      Disk disk,
      int maxSeries,
      long nowMicros,
      long windowMicros,
      Budget budget,
      Commits commits)
      throws IOException {
    this(
        directory,
        disk,
        maxSeries,
        nowMicros,
        windowMicros,
        budget,
        commits,
        OsSync.YES,
        List.of());
  }

  private Edge(
      Path directory,
      Disk disk,
      int maxSeries,
      long nowMicros,
      long windowMicros,
      Budget budget,
      Commits commits,
      OsSync osSays,
      List<AlarmRule> alarms)
      throws IOException {
    tight = budget.maxBytes() < Budget.LARGE.maxBytes();
    wallMicros.set(nowMicros);
    os.set(osSays);
    recorder =
        Recorder.open(
            new RecorderSettings(
                "pi-7",
                new WindowRule(windowMicros, 2 * SECOND),
                Duration.ofMillis(500),
                1024,
                budget.maxBytes(),
                0,
                Duration.ofDays(2),
                true,
                directory.resolve("backlog"),
                commits.acknowledge(),
                budget.reserveBytes(),
                alarms),
            new JournalSettings(
                directory, "pi-7", commits.commit(), commits.idle(), budget.segmentBytes()),
            disk,
            PayloadParser.standard(),
            new EdgeTime(wallMicros::get, nanos::get, os::get, 300 * SECOND, START_MICROS - SECOND),
            new Policy(maxSeries),
            rejects,
            new Random());
    roomAtOpening = recorder.hasRoom();
    recorder.start(broken::set);
    recorder.outbox().subscribe(new Announced());
    Stream.of(Lane.values()).forEach(this::readAll);
  }

  /** Everything of a lane that waits, in pages that are too small. */
  private void readAll(Lane lane) {
    readFrom(lane, null);
  }

  private void readFrom(Lane lane, @Nullable FrameId after) {
    PageRequest request = new PageRequest(lane, BacklogOrder.OLDEST, after, 3);
    recorder
        .outbox()
        .page(
            request,
            page -> {
              page.frames().forEach(frame -> announced.put(frame.id(), frame));
              if (!page.last()) {
                readFrom(lane, page.frames().getLast().id());
              }
            });
  }

  private final class Announced implements Outbox.Listener {
    @Override
    public void frame(OutgoingFrame frame) {
      announced.put(frame.id(), frame);
    }

    @Override
    public void reopened(Lane lane) {
      readAll(lane);
    }

    @Override
    public void gone(Incarnation incarnation, Lane lane, long from, long to) {
      announced
          .keySet()
          .removeIf(
              id ->
                  id.incarnation().equals(incarnation)
                      && id.lane() == lane
                      && id.number() >= from
                      && id.number() <= to);
    }
  }

  static Edge open(Path directory) throws IOException {
    return new Edge(directory, new NioDisk(), 1000, START_MICROS, 60 * SECOND);
  }

  static Edge openAt(Path directory, long nowMicros) throws IOException {
    return new Edge(directory, new NioDisk(), 1000, nowMicros, 60 * SECOND);
  }

  /** A machine that was switched on with such a clock. */
  static Edge waking(Path directory, long wallMicros, OsSync os) throws IOException {
    return new Edge(
        directory,
        new NioDisk(),
        1000,
        wallMicros,
        60 * SECOND,
        Budget.LARGE,
        Commits.QUICK,
        os,
        List.of());
  }

  /** With alarms; goes on at a later time, as a next life. */
  static Edge withAlarms(Path directory, Disk disk, long nowMicros, List<AlarmRule> alarms)
      throws IOException {
    return new Edge(
        directory,
        disk,
        1000,
        nowMicros,
        60 * SECOND,
        Budget.LARGE,
        Commits.QUICK,
        OsSync.YES,
        alarms);
  }

  static Edge withWindows(Path directory, long windowMicros) throws IOException {
    return new Edge(directory, new NioDisk(), 1000, START_MICROS, windowMicros);
  }

  static Edge withFewSeries(Path directory, int maxSeries) throws IOException {
    return new Edge(directory, new NioDisk(), maxSeries, START_MICROS, 60 * SECOND);
  }

  static Edge onDisk(Path directory, Disk disk) throws IOException {
    return new Edge(directory, disk, 1000, START_MICROS, 60 * SECOND);
  }

  /** With a space keeper that has work to do; goes on at a later time, as a next life. */
  static Edge withBudget(Path directory, Disk disk, long maxBytes, long nowMicros)
      throws IOException {
    Budget budget = new Budget(maxBytes, 0, SEGMENT_BYTES);
    return new Edge(directory, disk, 1000, nowMicros, 60 * SECOND, budget, Commits.QUICK);
  }

  /** A budget, and no limit for series but what the budget has room for. */
  static Edge withoutSeriesLimit(Path directory, long maxBytes, long reserveBytes)
      throws IOException {
    Budget budget = new Budget(maxBytes, reserveBytes, SEGMENT_BYTES);
    return new Edge(
        directory, new NioDisk(), 1_000_000, START_MICROS, 60 * SECOND, budget, Commits.QUICK);
  }

  static Edge withBudget(Path directory, long maxBytes) throws IOException {
    return withBudget(directory, new NioDisk(), maxBytes, START_MICROS);
  }

  /** Keeps a reserve beside its directory. */
  static Edge withReserve(
      Path directory, Disk disk, long nowMicros, long reserveBytes, long segmentBytes)
      throws IOException {
    Budget budget = new Budget(1L << 30, reserveBytes, segmentBytes);
    return new Edge(directory, disk, 1000, nowMicros, 60 * SECOND, budget, Commits.QUICK);
  }

  /** Records that nobody waits for stay unsynced for a minute. */
  static Edge withRareCommits(Path directory, Disk disk) throws IOException {
    Commits rare = new Commits(Duration.ZERO, Duration.ofMinutes(1), Acknowledge.SYNCED);
    return new Edge(directory, disk, 1000, START_MICROS, 60 * SECOND, Budget.LARGE, rare);
  }

  /** The promise is off: acknowledgements do not wait for the sync. */
  static Edge acknowledgingEarly(Path directory, Disk disk, Duration commit) throws IOException {
    Commits early = new Commits(commit, Duration.ofMinutes(1), Acknowledge.RECEIVED);
    return new Edge(directory, disk, 1000, START_MICROS, 60 * SECOND, Budget.LARGE, early);
  }

  private record Policy(int maxSeries) implements SeriesPolicy {
    @Override
    public Shape shape(String series, boolean text) {
      if (series.endsWith("/energy")) {
        return new Shape(Kind.COUNTER, "", new CounterRule(ENERGY_TOP), Optional.empty());
      }
      Kind kind = text ? Kind.TEXT : series.endsWith("/state") ? Kind.STATE : Kind.GAUGE;
      if (series.startsWith("silent/")) {
        return new Shape(kind, "", CounterRule.NO_ROLL_OVER, Optional.of(STALE_AFTER));
      }
      return new Shape(kind, "");
    }

    /** Devices are named by how they are reported. */
    @Override
    public ReportRule report(String series) {
      return switch (series.substring(0, series.indexOf('/'))) {
        case "all", "silent" -> new ReportRule.All();
        case "change" -> new ReportRule.Change(60 * SECOND);
        case "deadband" -> new ReportRule.Deadband(1, ReportRule.NO_LIMIT);
        default -> ReportRule.NONE;
      };
    }
  }

  Submission publish(String topic, String payload) {
    Submission submission =
        Submission.mqtt("sensors/" + topic, payload.getBytes(UTF_8), nanos.get());
    assertTrue(recorder.intake().offer(submission), "the queue is full");
    return submission;
  }

  Submission publish(String topic, double value, long stampMicros) {
    return publish(topic, "{\"value\":" + value + ",\"ts\":" + stampMicros / 1000 + "}");
  }

  /** Waits until the journal has it. */
  void publishSafely(String topic, double value, long stampMicros) {
    awaitSafe(publish(topic, value, stampMicros));
  }

  /**
   * Waits until the journal has it. Where room may have to be made for it, monotonic time goes on
   * after a while: the keeper of room looks every few seconds of it.
   */
  void awaitSafe(Submission submission) {
    CountDownLatch settled = new CountDownLatch(1);
    submission.whenSettled(settled::countDown);
    try {
      for (int tries = 0; !settled.await(100, TimeUnit.MILLISECONDS); tries++) {
        assertAlive();
        assertTrue(tries < 300, "not settled in 30 s");
        nanos.addAndGet(tight ? 6 * SECOND * 1_000 : 0);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertAlive();
    assertTrue(submission.safe(), "settled, but not safe");
  }

  void pass(long micros) {
    nanos.addAndGet(micros * 1000);
    wallMicros.addAndGet(micros);
  }

  /**
   * Moves clocks where no round has looked at them yet: the owner thread sees all of the move or
   * nothing, and takes no message between the move and its look.
   */
  void betweenRounds(Runnable move) {
    recorder
        .onOwner(
            state -> {
              move.run();
              return state;
            })
        .join();
  }

  /** Waits until the owner thread has looked at the clocks and done all that comes of it. */
  void awaitRound() {
    // The first message may be taken in a round that had looked at the clocks before.
    for (int round = 0; round < 2; round++) {
      awaitSafe(publish("probe/round", "1"));
      figures();
    }
  }

  /** Lets everything that is open become due and be numbered. */
  void closeWindows() {
    betweenRounds(() -> pass(130 * SECOND));
    await(
        "windows are due",
        () -> {
          pass(SECOND / 10);
          return figures().pending() == 0;
        });
    awaitAnnounced();
  }

  void awaitAnnounced() {
    await(
        "every frame is announced",
        () ->
            figures().lanes().values().stream().mapToLong(l -> l.buffered().frames()).sum()
                == announced.size());
  }

  EdgeFigures figures() {
    return recorder.figures().join();
  }

  Map<FrameId, Frame> frames() {
    Map<FrameId, Frame> frames = new ConcurrentHashMap<>();
    announced.forEach((id, outgoing) -> frames.put(id, decode(outgoing)));
    return frames;
  }

  /** What waits now, wherever it lies. */
  Map<FrameId, Frame> pendingFrames() {
    return waiting().frames();
  }

  /** Events that wait in frames, and those that will be in the next one. */
  List<EventRow> pendingEvents() {
    List<EventRow> soon =
        recorder.onOwner(state -> state.events.first(1_000, Integer.MAX_VALUE)).join();
    return Stream.concat(
            soon.stream(), pendingFrames().values().stream().flatMap(f -> f.events().stream()))
        .toList();
  }

  /** The account and the frames that wait, of one instant: between two asks windows may close. */
  record Waiting(EdgeFigures figures, Map<FrameId, Frame> frames) {}

  Waiting waiting() {
    AtomicReference<Optional<Now>> now = new AtomicReference<>(Optional.empty());
    // What is numbered and not synced counts in the account, and nobody can read it yet.
    await(
        "every frame has its place",
        () -> {
          now.set(recorder.onOwner(Edge::now).join());
          return now.get().isPresent();
        });
    Now settled = now.get().orElseThrow();
    Map<FrameId, Frame> frames = new ConcurrentHashMap<>();
    settled.pending().forEach(outgoing -> frames.put(outgoing.id(), decode(outgoing)));
    return new Waiting(settled.figures(), frames);
  }

  private record Now(EdgeFigures figures, List<OutgoingFrame> pending) {}

  private static Optional<Now> now(EdgeState state) {
    return state.frames.allPlaced()
        ? Optional.of(new Now(EdgeFigures.of(state), state.frames.pending()))
        : Optional.empty();
  }

  /** Lets the space keeper come to rest. */
  void awaitQuiet() {
    // Only monotonic time: what the readings say about when they came stays even.
    nanos.addAndGet(6 * SECOND * 1000);
    // Who asks is answered before the round looks at the clocks, and may be again within it.
    for (int round = 0; round < 3; round++) {
      figures();
      LockSupport.parkNanos(1_000_000);
    }
    await(
        "nothing is to be done about space",
        () -> recorder.atRest().join() && recorder.onOwner(s -> s.frames.allPlaced()).join());
  }

  /** Sends a frame, as far as the recorder can tell: only then a verdict on it counts (J4). */
  void send(FrameId id) {
    accepted(Objects.requireNonNull(announced.get(id), () -> id + " does not wait"));
  }

  /** Sends a frame to a cloud that commits it. */
  void deliver(FrameId id) {
    send(id);
    recorder.outbox().settle(Verdicts.committed(id)).join();
  }

  int identity(FrameId id) {
    return accepted(Objects.requireNonNull(announced.get(id))).identity();
  }

  Frame frame(FrameId id) {
    return decode(Objects.requireNonNull(announced.get(id)));
  }

  private Frame decode(OutgoingFrame outgoing) {
    return accepted(outgoing).frame();
  }

  private Decoded.Accepted accepted(OutgoingFrame outgoing) {
    try {
      return switch (FrameCodec.decode(recorder.outbox().read(outgoing))) {
        case Decoded.Accepted accepted -> accepted;
        case Decoded.Refused refused -> fail("refused: " + refused);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies the directory between two rounds of the owner thread, as kill -9 would leave it there.
   *
   * @return the frames that may have been sent by then
   */
  Set<FrameId> copyAsKilled(Path directory, Path to) {
    return recorder
        .onOwner(
            state -> {
              try {
                copy(directory, to);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return state.frames.pending().stream()
                  .map(OutgoingFrame::id)
                  .collect(Collectors.toSet());
            })
        .join();
  }

  /**
   * A copy of the directory as kill -9 would leave it: without the lock, and with nothing flushed
   * for it. Where a file is renamed or deleted while it is made, it is made anew: a later moment is
   * as good.
   */
  static Path copy(Path directory, Path to) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        copyAll(directory, to);
        return to;
      } catch (NoSuchFileException gone) {
        if (tries == COPIES) {
          throw gone;
        }
        delete(to);
      }
    }
  }

  private static void copyAll(Path directory, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : below(directory)) {
      Path target = to.resolve(directory.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : below(directory).reversed()) {
      Files.delete(file);
    }
  }

  /** A directory and all in it, each folder before what it holds. */
  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The segments in a directory, oldest first. */
  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  /** What the files of journal and backlog really take; some may go while they are counted. */
  static long bytesOf(Path directory) throws IOException {
    long[] sum = new long[1];
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  private void assertAlive() {
    Throwable cause = broken.get();
    if (cause != null) {
      throw new AssertionError("the owner thread broke", cause);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + PATIENCE + ": " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    assertAlive();
    try {
      recorder.seal(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    recorder.close();
  }
}
