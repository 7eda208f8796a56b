package io.edgeflow.gateway.site.mandate;

import io.edgeflow.gateway.site.SiteEar;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Reported;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The newest that a hub heard of everybody. It listens before the uplink opens: what is retained
 * there comes once, and long before anybody can decide anything. Thread-safe; nothing waits.
 */
public final class Heard implements SiteEar {
  private static final int MOST_EDGES = 2_000;

  private final Map<String, Deployment> reports = new ConcurrentHashMap<>();
  private final Map<String, Told> told = new ConcurrentHashMap<>();
  private final AtomicReference<byte @Nullable []> offer = new AtomicReference<>();

  /**
   * Something that may be this hub's own document, which says what mandate it holds.
   *
   * @param signed not to be changed any more
   */
  public void offered(byte[] signed) {
    offer.set(signed);
  }

  @Override
  public void reported(String member, byte[] document) {
    if (Reported.parse(document) instanceof Parsed.Ok<Reported>(Reported report)
        && report.edge().equals(member)
        && (reports.containsKey(member) || reports.size() < MOST_EDGES)) {
      report.deployment().ifPresent(deployment -> reports.put(member, deployment));
    }
  }

  @Override
  public void desired(String member, byte[] signed) {
    // Not verified: whoever could forge one could only make the hub hold still.
    if (signed.length <= Desired.MAX_SIGNED_BYTES
        && Envelope.read(signed, "the document") instanceof Document.Good<Envelope>(Envelope one)
        && Desired.parse(one.content()) instanceof Parsed.Ok<Desired>(Desired document)
        && document.edge().equals(member)
        && (told.containsKey(member) || told.size() < MOST_EDGES)) {
      Told now = new Told(document.number(), Digests.of(one.content()));
      told.merge(member, now, (before, after) -> after.number() < before.number() ? before : after);
    }
  }

  /** The newest document that was offered; absent until one is, and once it is settled. */
  byte @Nullable [] offer() {
    return offer.get();
  }

  /** It was read and need not be read again. */
  void settled(byte[] signed) {
    offer.compareAndSet(signed, null);
  }

  /** What each member said of its deployment last. */
  Map<String, Deployment> reports() {
    return Map.copyOf(reports);
  }

  /** What the cloud told a member last; absent if nothing. */
  @Nullable Told told(String member) {
    return told.get(member);
  }

  /** What the cloud told each member last. */
  Map<String, Told> told() {
    return Map.copyOf(told);
  }
}
