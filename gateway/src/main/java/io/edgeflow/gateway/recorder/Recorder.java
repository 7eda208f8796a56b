package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.capture.Dialect;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.Reserve;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.gateway.journal.JournalSettings;
import io.edgeflow.gateway.journal.SyncObserver;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.payload.PayloadParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's memory: takes submissions, journals and folds them, numbers frames, and accounts for
 * all of it. Opening recovers what an earlier process left (J1 to J6); {@link #seal} and {@link
 * #close} end an incarnation cleanly. All methods are safe from any thread.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Recorder.class);

  /** Beside the journal's directory. */
  private static final String RESERVE = "reserve";

  private final EdgeState state;
  private final Journal journal;
  private final Backlog backlog;
  private final Scribe scribe;
  private final Mailbox mailbox;
  private final OwnerThread owner;
  private final SpaceWorker worker;
  private final JournalOutbox outbox;
  private final Timekeeper time;
  private final SpaceKeeper space;
  private final ReserveKeeper reserve;
  private final LoadMeter meter;
  private final Incarnation incarnation;
  private final FlightRecorder flightRecorder;
  private final CaptureWorker captureWorker;
  private final AlarmDesk alarms;
  private final CaptureDesk captures;
  private final SilenceWatch silence;

  private Recorder(Parts parts) {
    this.state = parts.state;
    this.journal = parts.journal;
    this.backlog = parts.backlog;
    this.worker = parts.worker;
    this.scribe = parts.scribe;
    this.mailbox = parts.mailbox;
    this.owner = parts.owner;
    this.outbox = parts.outbox;
    this.time = parts.time;
    this.space = parts.space;
    this.reserve = parts.reserve;
    this.meter = parts.meter;
    this.incarnation = parts.incarnation;
    this.flightRecorder = parts.flightRecorder;
    this.captureWorker = parts.captureWorker;
    this.alarms = parts.alarms;
    this.captures = parts.captures;
    this.silence = parts.silence;
  }

  private record Parts(
      EdgeState state,
      Journal journal,
      Backlog backlog,
      Scribe scribe,
      Mailbox mailbox,
      OwnerThread owner,
      SpaceWorker worker,
      JournalOutbox outbox,
      Timekeeper time,
      SpaceKeeper space,
      ReserveKeeper reserve,
      LoadMeter meter,
      Incarnation incarnation,
      FlightRecorder flightRecorder,
      CaptureWorker captureWorker,
      AlarmDesk alarms,
      CaptureDesk captures,
      SilenceWatch silence) {}

  /**
   * Replays the journal, closes what a crash left open and begins a new incarnation. No thread runs
   * before {@link #start}.
   *
   * @throws IOException if the directory cannot be used; its subclasses say when it belongs to
   *     another process or edge
   */
  public static Recorder open(
      RecorderSettings settings,
      JournalSettings journalSettings,
      Disk disk,
      PayloadParser parser,
      EdgeTime edgeTime,
      SeriesPolicy policy,
      RejectLog rejects,
      RandomGenerator random)
      throws IOException {
    Replayer replayer = new Replayer(settings.rule());
    JournalSettings bounded =
        journalSettings.withSegmentsOfAtMost(settings.maxBytes() / WorkingRoom.SEGMENTS_IN_BUDGET);
    Path reserveFile = journalSettings.directory().resolveSibling(RESERVE);
    Reserve reserve =
        Reserve.at(disk, reserveFile, settings.reserveBytes(), settings.freeSpaceFloor());
    Journal journal = Journal.open(bounded, disk, replayer, reserve::giveUp);
    boolean opened = false;
    try {
      Backlog backlog = Backlog.open(disk, settings.backlog(), settings.edge());
      Recorder recorder =
          open(
              settings, bounded, disk, parser, edgeTime, policy, rejects, random, replayer, journal,
              backlog, reserve);
      opened = true;
      return recorder;
    } finally {
      if (!opened) {
        journal.close();
      }
    }
  }

  private static Recorder open(
      RecorderSettings settings,
      JournalSettings journalSettings,
      Disk disk,
      PayloadParser parser,
      EdgeTime edgeTime,
      SeriesPolicy policy,
      RejectLog rejects,
      RandomGenerator random,
      Replayer replayer,
      Journal journal,
      Backlog backlog,
      Reserve reserve) {
    EdgeState state = replayer.state();
    boolean damaged = !replayer.damages().isEmpty();
    state.damaged = false;
    Mailbox mailbox = new Mailbox();
    LoadMeter meter = new LoadMeter(state, edgeTime.nanos().getAsLong());
    Scribe scribe = new Scribe(state, journal, meter);
    Timekeeper time = new ClockTimekeeper(edgeTime, state.vouchedMicros, state.distrustedMicros);
    FrameReader reader = new FrameReader(journal, backlog);
    JournalOutbox outbox = new JournalOutbox(mailbox, state, scribe, reader, time);
    Framer framer =
        new Framer(
            state,
            settings.edge(),
            (frame, encoded) -> scribe.frame(frame, encoded, outbox.waiterOf(frame.id())),
            (frame, encoded) -> scribe.derived(encoded, outbox.waiterOf(frame.id())));
    Closing closing = new Closing(state, framer, settings.linger().toNanos());
    ReserveKeeper reserveKeeper =
        new ReserveKeeper(
            reserve,
            journal,
            settings.freeSpaceFloor(),
            () -> SpaceSurvey.usable(disk, journalSettings.directory()));
    state.stamps.limit(WorkingRoom.stamps(settings.maxBytes()));
    WorkingRoom working = new WorkingRoom(state, journal, backlog, settings);
    Housekeeping housekeeping = new Housekeeping(state, journal, reserveKeeper, working);
    AlarmCaptures aroundAlarms = new AlarmCaptures(state, scribe, time, mailbox);
    AlarmKeeper alarms = new AlarmKeeper(state, scribe, time, aroundAlarms, settings.alarms());
    CaptureKeeper captures = new CaptureKeeper(state, scribe, time, aroundAlarms);
    CounterKeeper counters = new CounterKeeper(state, policy, scribe);
    Reporter reporter = new Reporter(state, policy, captures);
    SilenceWatch silence = new SilenceWatch(state, policy, scribe, time, reporter);
    Decider decider =
        new Decider(
            state,
            parser,
            time,
            policy,
            rejects,
            scribe::series,
            scribe::event,
            alarms,
            counters,
            silence,
            reporter,
            working);
    Incarnation next = Incarnation.random(random);
    time.look();
    Adoption adoption = new Adoption(state, scribe, journal, backlog);
    Set<Long> unknown = adoption.run(damaged);
    new Recovery(state, scribe, closing).run(replayer, next, settings.rule(), time.presentMicros());
    adoption.report(time.presentMicros());
    Reshape.run(state, scribe, policy);
    captures.open();
    alarms.open();
    silence.open();
    if (damaged) {
      housekeeping.rollSoon();
    }
    AgeWatch ages = new AgeWatch(state, scribe, time, settings.keepDelivered());
    SpaceWorker worker = new SpaceWorker(mailbox);
    SpaceKeeper space =
        new SpaceKeeper(
            new SpaceKeeper.Parts(
                state,
                mailbox,
                journal,
                backlog,
                scribe,
                outbox,
                time,
                worker,
                settings,
                disk,
                journalSettings.directory(),
                housekeeping,
                reserveKeeper,
                working,
                ages),
            new SpaceView(state, journal, settings, ages, unknown),
            reader);
    OwnerThread owner =
        new OwnerThread(
            mailbox,
            state,
            journal,
            scribe,
            decider,
            alarms,
            counters,
            silence,
            captures,
            closing,
            time,
            housekeeping,
            space,
            new EarlyWord(settings.acknowledge(), journal),
            meter,
            settings);
    FetchLane fetchLane =
        new FetchLane(
            mailbox,
            state,
            scribe,
            outbox,
            journal,
            housekeeping,
            space,
            time,
            new RawFramer(state, settings.edge()));
    CaptureWorker captureWorker = new CaptureWorker(journal, fetchLane);
    aroundAlarms.worker(captureWorker);
    return new Recorder(
        new Parts(
            state,
            journal,
            backlog,
            scribe,
            mailbox,
            owner,
            worker,
            outbox,
            time,
            space,
            reserveKeeper,
            meter,
            next,
            new FlightRecorder(fetchLane, journal),
            captureWorker,
            new AlarmDesk(mailbox, alarms, time),
            new CaptureDesk(mailbox, captures, time),
            silence));
  }

  /**
   * Starts the owner thread: from now on submissions are taken.
   *
   * @param onBroken called if the owner thread dies of a broken invariant: nothing is recorded from
   *     then on, so the process must end and recover
   */
  public void start(Consumer<Throwable> onBroken) {
    owner.start(onBroken);
  }

  public Intake intake() {
    return owner.intake();
  }

  public Outbox outbox() {
    return outbox;
  }

  /** Raw readings that are still here, on demand. */
  public FlightRecorder flightRecorder() {
    return flightRecorder;
  }

  /** What is alarming, and what people say to it. */
  public AlarmDesk alarms() {
    return alarms;
  }

  /** Which single readings go to the cloud for a time. */
  public CaptureDesk captures() {
    return captures;
  }

  /** The name of this start (J4). */
  public Incarnation incarnation() {
    return incarnation;
  }

  public JournalHealth journalHealth() {
    return journal.health();
  }

  /** What the journal takes on the disk. */
  public long journalBytes() {
    return journal.bytes();
  }

  /** What the reserve takes of the budget, held or not (J9). */
  public long reserveBytes() {
    return reserve.wantedBytes();
  }

  /** What the sealed files of the backlog take on the disk. */
  public long backlogBytes() {
    return backlog.bytes();
  }

  /** Hears how long each sync took. */
  public void observeSyncs(SyncObserver observer) {
    journal.observe(observer);
  }

  /** What a power cut would take now; bounded in every mode (A2). */
  public long unsyncedBytes() {
    return journal.unsyncedBytes();
  }

  /** Submissions that wait before the owner. */
  public int queued() {
    return owner.intake().size();
  }

  /** Whether the journal is within its budget and the volume above its floor. */
  public boolean hasRoom() {
    return space.room();
  }

  /** Counts good readings that found a limit before they reached the journal (A2). */
  public void refused(RejectReason reason, long readings) {
    mailbox.post(() -> state.counts.refused(reason, readings));
  }

  /**
   * Counts an input that was rejected before it became a submission, a Modbus exception for
   * example.
   */
  public void rejected(RejectReason reason) {
    mailbox.post(() -> state.counts.rejected(reason));
  }

  /**
   * Journals an event of now for the event lane.
   *
   * @param type a word of a fixed vocabulary
   * @param message one sentence for a person
   * @param detail facts for a program
   */
  public void event(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    mailbox.post(
        () ->
            scribe.event(new EventRow(time.presentMicros(), severity, type, "", message, detail)));
  }

  /**
   * Somebody knows that these series are silent, because whoever reads them lost their source: each
   * that has a good value gets one reading that repeats it and says that it is stale. The next true
   * reading ends that. Names of no series do nothing.
   */
  public void silent(Collection<String> series) {
    List<String> names = List.copyOf(series);
    mailbox.post(() -> silence.silent(names));
  }

  /** The whole account at one instant. */
  public CompletableFuture<EdgeFigures> figures() {
    return onOwner(EdgeFigures::of);
  }

  /** What came in lately, earlier starts included; {@link LoadSample#NONE} if nothing is known. */
  public CompletableFuture<LoadSample> load() {
    return mailbox.call(() -> meter.known(time.nanos()));
  }

  /** The newest value of every series that has one. */
  public CompletableFuture<List<LatestReading>> latest() {
    return onOwner(LatestReading::of);
  }

  /** What time it is, as far as this edge knows: never where a clock that jumped points to (T3). */
  public long presentMicros() {
    return time.presentMicrosNow();
  }

  /** The cloud told its time (T1). */
  public void cloudSaid(long cloudMicros) {
    mailbox.post(() -> time.cloudSaid(cloudMicros));
  }

  public CompletableFuture<ClockFigures> clock() {
    return mailbox.call(time::figures);
  }

  /** Hears of every accepted reading on the owner thread; it must only hand over. Null ends it. */
  public void listen(@Nullable ReadingListener listener) {
    mailbox.post(() -> state.listener = listener);
  }

  /** From now on these messages are read by it, and no longer by the mappings. */
  public void understand(Dialect dialect) {
    mailbox.post(() -> owner.understand(dialect));
  }

  /** Whether the last look at the disk came to the end that nothing is to be done. */
  CompletableFuture<Boolean> atRest() {
    return mailbox.call(space::atRest);
  }

  /** Whether the block of this frame must not be offered now (J7). */
  CompletableFuture<Boolean> isBeingMerged(FrameId id) {
    return mailbox.call(() -> outbox.guard().holds(id));
  }

  /** Looks at the state between two rounds of the owner thread. */
  <T> CompletableFuture<T> onOwner(Function<EdgeState, T> look) {
    return mailbox.call(() -> look.apply(state));
  }

  /** Ends the incarnation: everything open is numbered and sealed. Sending may go on. */
  public void seal(Duration patience) throws InterruptedException {
    try {
      owner.seal().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("sealing failed", e.getCause());
    } catch (TimeoutException e) {
      // The next start closes this incarnation from the journal instead: nothing acknowledged is
      // lost.
      log.warn("the disk did not take the seal within {}", patience);
    }
  }

  @Override
  public void close() throws IOException {
    flightRecorder.close();
    captureWorker.close();
    boolean idle = worker.end();
    owner.stop();
    reserve.close();
    journal.close();
    if (idle) {
      // Else it would wait for a disk that stalls; files that are only read need no closing.
      backlog.close();
    }
  }
}
