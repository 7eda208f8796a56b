package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.SlotView;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.PayloadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the documents that a cloud signs for this edge: brings models into slots, watches them,
 * and takes them back by itself. A thread of its own does all that and waits for none of it; loads
 * and downloads are on others. Any thread may ask.
 */
public final class Agent implements DeployPanel, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final long STOP_MILLIS = 5_000;
  private static final long AGAIN_MILLIS = 1_000;

  private final AgentIdentity identity;
  private final AgentPorts ports;
  private final Ledger ledger;
  private final DeployEvents events;
  private final SlotLog slotLog;
  private final Documents documents;
  private final Switches switches;
  private final Runnable changed;
  private final List<String> slots;
  private final Map<String, SlotWork> models = new HashMap<>();
  private final Map<String, ProgramWork> programs = new HashMap<>();
  private final ExecutorService fetches = single("deploy-fetch");
  private final ExecutorService keyFetches = single("deploy-keys");
  private final Thread thread = Thread.ofPlatform().name("deploy").daemon().unstarted(this::run);

  /** Under the monitor. */
  private final List<Asked> asked = new ArrayList<>();

  private boolean woken;
  private boolean stopping;
  private Deployment told;
  private Set<String> kept = Set.of();
  private volatile Deployment shown;

  private Agent(
      AgentIdentity identity, AgentPorts ports, Ledger ledger, Inbox inbox, Runnable changed) {
    this.identity = identity;
    this.ports = ports;
    this.ledger = ledger;
    this.changed = changed;
    this.events = new DeployEvents(ports.log());
    this.slotLog = new SlotLog(ledger, events, this::wake);
    this.switches = new Switches(ports.models(), ledger, this::wake);
    this.slots = ports.models().models().stream().map(model -> model.slot()).toList();
    KeySource keys = ports.bundles().keys();
    var desk = new OrderDesk(identity.audience(), identity.edge(), keys, ports.believed());
    this.documents =
        new Documents(
            inbox,
            desk,
            new KeyRefresh(keys, keyFetches, this::wake, ports.nanos()),
            ledger,
            events,
            this::forgive);
    this.shown = report();
    this.told = DeploymentReport.withoutFigures(shown);
    inbox.onOffer(this::wake);
  }

  /**
   * Begins where the process before ended.
   *
   * @param inbox where documents come in
   * @param changed told at once when there is something new to report; must not block
   */
  public static Agent start(
      AgentIdentity identity, AgentPorts ports, Ledger ledger, Inbox inbox, Runnable changed) {
    var agent = new Agent(identity, ports, ledger, inbox, changed);
    agent.thread.start();
    return agent;
  }

  private static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  @Override
  public Optional<Deployment> deployment() {
    return Optional.of(shown);
  }

  /** Documents that came too late to count, since the start. */
  public long ignored() {
    return documents.ignored();
  }

  // What people ask.

  @Override
  public CompletableFuture<ModelOutcome> pin(String slot, Said by) {
    return ask(
        () -> {
          boolean known = slots.contains(slot) || ledger.state().slots().containsKey(slot);
          if (!known) {
            return new ModelOutcome.Unknown();
          }
          String why = by.why().isEmpty() ? "" : ": " + by.why();
          ledger.write(ledger.state().pin(slot, "by " + by.who() + why));
          events.said("pinned", slot, by);
          return new ModelOutcome.Done("it takes no rollout until it is unpinned");
        });
  }

  @Override
  public CompletableFuture<ModelOutcome> unpin(String slot, Said by) {
    return ask(
        () -> {
          if (!ledger.state().pinned().containsKey(slot)) {
            return new ModelOutcome.Refused("the slot is not pinned");
          }
          ledger.write(ledger.state().unpin(slot, ledger.now()));
          events.said("unpinned", slot, by);
          return new ModelOutcome.Done("it takes rollouts again");
        });
  }

  @Override
  public CompletableFuture<ModelOutcome> unblock(String digest, Said by) {
    return ask(
        () -> {
          boolean deadly = Digests.isOne(digest) && ports.models().isDeadly(digest);
          if (!ledger.state().denied().containsKey(digest) && !deadly) {
            return new ModelOutcome.Refused("this digest is not refused here");
          }
          forgive(digest);
          ledger.write(ledger.state().unblock(digest, ledger.now()));
          events.said("unblocked", digest, by);
          return new ModelOutcome.Done("it may be tried again");
        });
  }

  private void forgive(String digest) throws IOException {
    ledger.forgive(digest);
    ports.models().forgive(digest);
    ports.installer().forgive(digest);
  }

  @FunctionalInterface
  private interface Wish {
    ModelOutcome grant() throws IOException;
  }

  private record Asked(Wish wish, CompletableFuture<ModelOutcome> outcome) {
    void grant() {
      try {
        outcome.complete(wish.grant());
      } catch (IOException e) {
        refuse("it cannot be noted: " + e);
      }
    }

    void refuse(String why) {
      outcome.complete(new ModelOutcome.Refused(why));
    }
  }

  private CompletableFuture<ModelOutcome> ask(Wish wish) {
    var one = new Asked(wish, new CompletableFuture<>());
    synchronized (this) {
      if (stopping) {
        one.refuse("the gateway stops");
      } else {
        asked.add(one);
      }
    }
    wake();
    return one.outcome();
  }

  private synchronized List<Asked> takeAsked() {
    List<Asked> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  // The thread.

  private synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private void run() {
    try {
      while (!isStopping()) {
        long waitMillis = ports.tick().toMillis();
        try {
          look();
        } catch (IOException e) {
          log.warn("A step of a rollout cannot be noted, so it is not taken", e);
          waitMillis = AGAIN_MILLIS;
        } catch (RuntimeException e) {
          log.error("The agent failed at a step", e);
          waitMillis = AGAIN_MILLIS;
        }
        tell();
        await(waitMillis);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized void await(long millis) throws InterruptedException {
    if (!woken && !stopping) {
      TimeUnit.MILLISECONDS.timedWait(this, Math.max(1, millis));
    }
    woken = false;
  }

  private void look() throws IOException {
    takeAsked().forEach(Asked::grant);
    documents.step();
    for (String slot : slots) {
      switches.step(slot);
    }
    for (SlotRecord record : ledger.state().slots().values()) {
      step(record);
    }
    tidy();
  }

  private void step(SlotRecord record) throws IOException {
    if (record.target().kind() == PayloadKind.APPLICATION) {
      programs.computeIfAbsent(record.slot(), this::program).step(record);
    } else {
      models.computeIfAbsent(record.slot(), this::model).step(record);
    }
  }

  private SlotWork model(String slot) {
    return new SlotWork(slot, ports, slotLog, fetching());
  }

  private ProgramWork program(String slot) {
    return new ProgramWork(ports, slotLog, fetching());
  }

  private Fetching fetching() {
    return new Fetching(ports, slotLog, fetches, this::wake);
  }

  // Bundles on the disk.

  /** What nobody will need any more goes, once every slot tells what it has. */
  private void tidy() {
    Optional<Set<String>> needed = needed();
    if (needed.isEmpty() || needed.get().equals(kept)) {
      return;
    }
    kept = needed.get();
    Set<String> keep = kept;
    fetches.execute(
        () -> {
          try {
            ports.bundles().keepOnly(keep);
          } catch (RuntimeException e) {
            log.warn("Bundles that are not needed stay on the disk", e);
          }
        });
  }

  private Optional<Set<String>> needed() {
    Set<String> needed = new HashSet<>();
    for (String slot : slots) {
      Optional<SlotView> view = ports.models().view(slot);
      if (view.isEmpty() || !view.get().settled() || view.get().disabled()) {
        return Optional.empty();
      }
      needed.add(view.get().servingDigest());
      needed.add(view.get().candidateDigest());
      needed.add(view.get().before().map(ModelIdentity::digest).orElse(""));
    }
    for (SlotRecord record : ledger.state().slots().values()) {
      needed.add(record.digest());
      needed.add(record.previous());
      needed.add(record.former());
      // The last that did well is never dropped, whatever else is.
      record.proven().stream().limit(Math.max(1, identity.keep())).forEach(needed::add);
    }
    needed.remove("");
    return Optional.of(needed);
  }

  // What is told.

  private Deployment report() {
    return DeploymentReport.of(
        ledger.state(),
        identity.start(),
        ports.bundles().keys().number(),
        documents.refusal(),
        this::live);
  }

  private DeploymentReport.Live live(SlotRecord record) {
    SlotWork model = models.get(record.slot());
    ProgramWork program = programs.get(record.slot());
    if (record.target().kind() == PayloadKind.APPLICATION && program != null) {
      return new DeploymentReport.Live(program.waitsFor(), record.evidence(), program.progress());
    }
    return model == null
        ? new DeploymentReport.Live("", record.evidence(), new Download.Progress(0, 0))
        : new DeploymentReport.Live(model.waitsFor(), model.evidence(record), model.progress());
  }

  private void tell() {
    Deployment now = report();
    shown = now;
    Deployment state = DeploymentReport.withoutFigures(now);
    if (!state.equals(told)) {
      told = state;
      changed.run();
    }
  }

  /** What is on its way is gone on with at the next start. */
  @Override
  public void close() {
    abandon();
    takeAsked().forEach(one -> one.refuse("the gateway stops"));
    models.values().forEach(SlotWork::stop);
    programs.values().forEach(ProgramWork::stop);
    try {
      ledger.close();
    } catch (IOException e) {
      log.warn("That the gateway stops cleanly cannot be noted", e);
    }
  }

  /** Ends its thread, and notes nothing of it. */
  void abandon() {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    join();
    fetches.shutdown();
    keyFetches.shutdown();
  }

  private void join() {
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
