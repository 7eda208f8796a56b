package io.edgeflow.gateway.site.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.site.mandate.Plan.Order;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Desired.MandateName;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.frame.EventSeverity;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the mandate of a hub and carries out what {@link SiteRollout} decides: each step is on the
 * disk before anybody is told of it, so a process that dies in between tells it again, which is
 * harmless: documents have numbers. A thread of its own does all of it, from what {@link Heard}
 * notes.
 */
public final class SiteDirector implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SiteDirector.class);
  private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final SitePorts ports;
  private final Heard heard;
  private final SiteStore store;
  private final String audience;
  private final String edge;
  private final long patienceNanos;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("site-mandate").factory());

  private volatile Optional<SiteStatus> status = Optional.empty();

  // Of the thread.
  private @Nullable Desired document;
  private Optional<SiteRollout> rollout;
  private Optional<Plan> plan = Optional.empty();
  private long keptNanos;
  private String refused = "";
  private final Map<String, Long> sent = new HashMap<>();

  /**
   * @param patience how long the cloud must be away
   */
  public SiteDirector(
      SitePorts ports,
      Heard heard,
      SiteStore store,
      String audience,
      String edge,
      Duration patience) {
    this.ports = ports;
    this.heard = heard;
    this.store = store;
    this.audience = audience;
    this.edge = edge;
    this.patienceNanos = patience.toNanos();
    this.rollout = store.read();
  }

  /** Begins to look, as often as this. */
  public SiteDirector start(Duration every) {
    var _ = thread.scheduleWithFixedDelay(this::guarded, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    return this;
  }

  /** Empty without a mandate. Any thread. */
  public Optional<SiteStatus> status() {
    return status;
  }

  private void guarded() {
    try {
      look();
    } catch (IOException | RuntimeException fault) {
      log.error("The site's mandate could not be looked after; it is tried again", fault);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  /** On the thread, or where there is none. */
  void look() throws IOException, InterruptedException {
    Moment now = ports.now();
    boolean away = ports.awayNanos() > patienceNanos;
    take(now);
    if (rollout.isEmpty()) {
      return;
    }
    SiteRollout before = rollout.get();
    if (plan.isEmpty()) {
      plan = read(before.mandate());
    }
    if (plan.isPresent()) {
      View view = new View(away, now, heard.reports(), heard.told());
      decide(before, before.step(plan.get(), view), now);
      carryOut(plan.get(), away);
      tell(plan.get(), away);
    }
  }

  private void decide(SiteRollout before, SiteRollout after, Moment now) throws IOException {
    boolean isSame = after.isLike(before);
    if (!isSame || now.nanos() - keptNanos > KEEP_NANOS) {
      store.write(after);
      keptNanos = now.nanos();
    }
    rollout = Optional.of(after);
    if (!isSame && plan.isPresent()) {
      say(plan.get(), before, after);
    }
  }

  /** What it was told is kept before it is carried out, and carried out again after a restart. */
  private void carryOut(Plan known, boolean away) {
    if (!away) {
      sent.clear();
      return;
    }
    for (Map.Entry<String, Order> entry : rollout.orElseThrow().orders(known).entrySet()) {
      Order order = entry.getValue();
      Told last = heard.told(entry.getKey());
      boolean isNews = last == null || last.number() < order.number();
      if (isNews && !Long.valueOf(order.number()).equals(sent.get(entry.getKey()))) {
        ports.tell(entry.getKey(), order.signed().getBytes(UTF_8));
        sent.put(entry.getKey(), order.number());
      }
    }
  }

  /** Another mandate than the one that is held, or none any more. */
  private void take(Moment now) throws IOException, InterruptedException {
    readOffer();
    Desired own = document;
    if (own == null) {
      return;
    }
    Optional<String> digest = own.mandate().map(MandateName::digest);
    if (digest.isEmpty()) {
      if (rollout.isPresent()) {
        decide(rollout.get(), rollout.get().withdrawn(), now);
      }
    } else if (!rollout.map(SiteRollout::mandate).equals(digest) && !refused.equals(digest.get())) {
      fetch(digest.get(), now);
    }
  }

  /** Without keys it waits. */
  private void readOffer() {
    byte[] signed = heard.offer();
    Optional<OrderCheck> check = ports.check();
    if (signed == null || check.isEmpty()) {
      return;
    }
    if (check.get().check(signed, Desired.TYPE, Desired.MAX_SIGNED_BYTES)
            instanceof OrderCheck.Trusted trusted
        && Desired.parse(trusted.payload()) instanceof Parsed.Ok<Desired>(Desired own)
        && own.edge().equals(edge)
        && own.audience().equals(audience)
        && (document == null || own.number() > document.number())) {
      document = own;
    }
    heard.settled(signed);
  }

  /** From when it came is on the disk first: whoever dies here gains no time by it. */
  private void fetch(String digest, Moment now) throws IOException, InterruptedException {
    Optional<OrderCheck> check = ports.check();
    if (check.isEmpty()) {
      return;
    }
    byte[] signed;
    try {
      signed = ports.fetch(digest);
    } catch (IOException later) {
      log.debug("The site's mandate cannot be had now, digest={}", digest, later);
      return;
    }
    if (!Digests.of(signed).equals(digest)) {
      // Somebody on the way answered: that says nothing of the mandate, which is asked for again.
      log.debug("What came is not the site's mandate, digest={}", digest);
      return;
    }
    switch (new PlanReader(check.get(), audience, edge).read(signed)) {
      case PlanReader.Refused(String why) -> refuse(digest, why);
      case PlanReader.Good(Plan fresh) -> {
        SiteRollout begun = SiteRollout.begin(digest, Age.begin(now, fresh.issuedMicros()));
        store.write(begun);
        store.writeMandate(signed);
        rollout = Optional.of(begun);
        plan = Optional.of(fresh);
        sent.clear();
        event(EventSeverity.INFO, "site-mandate", "may go on with rollout %s alone", fresh);
      }
    }
  }

  private void refuse(String digest, String why) {
    refused = digest;
    var detail = new TreeMap<>(Map.of("mandate", digest, "why", why));
    ports.event(
        EventSeverity.WARNING,
        "site-mandate-refused",
        "refuses the site's mandate: " + why,
        detail);
  }

  /** After a restart; or the one that was not on the disk yet, once more. */
  private Optional<Plan> read(String digest) throws IOException, InterruptedException {
    Optional<OrderCheck> check = ports.check();
    if (check.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> signed = store.readMandate(digest);
    if (signed.isEmpty() && ports.awayNanos() == 0) {
      byte[] again = ports.fetch(digest);
      if (Digests.of(again).equals(digest)) {
        store.writeMandate(again);
        signed = Optional.of(again);
      }
    }
    return signed
        .map(new PlanReader(check.get(), audience, edge)::read)
        .flatMap(
            read ->
                read instanceof PlanReader.Good(Plan good) ? Optional.of(good) : Optional.empty());
  }

  private void say(Plan known, SiteRollout before, SiteRollout after) {
    if (after.phase() != before.phase()) {
      String message =
          switch (after.phase()) {
            case HELD -> "holds rollout %s";
            case DONE -> "has finished rollout %s without the cloud";
            case BACK -> "takes rollout %s back without the cloud: " + percentFree(after.why());
            case VOID -> "no longer goes on with rollout %s: " + percentFree(after.why());
          };
      EventSeverity severity =
          after.phase() == Phase.BACK ? EventSeverity.WARNING : EventSeverity.INFO;
      event(severity, "site-rollout-" + after.phase().word(), message, known);
    } else if (after.begun() > before.begun()) {
      event(
          EventSeverity.INFO,
          "site-rollout-wave",
          "begins wave " + after.begun() + " of rollout %s without the cloud",
          known);
    }
  }

  private static String percentFree(String text) {
    return text.replace("%", "%%");
  }

  private void event(EventSeverity severity, String type, String message, Plan of) {
    var detail = new TreeMap<>(Map.of("rollout", of.rollout(), "mandate", of.digest()));
    ports.event(severity, type, message.formatted(of.rollout()), detail);
  }

  private void tell(Plan known, boolean away) {
    SiteRollout now = rollout.orElseThrow();
    long left = now.mayGoOn(known) ? known.lasts().toNanos() - now.age().usedNanos() : 0;
    status =
        Optional.of(
            new SiteStatus(
                known.rollout(),
                now.mandate(),
                now.phase().word(),
                now.why(),
                away,
                now.begun(),
                known.waves().size(),
                TimeUnit.NANOSECONDS.toMillis(left),
                now.open(known),
                List.copyOf(now.failed())));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
        log.warn("the site's mandate did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
