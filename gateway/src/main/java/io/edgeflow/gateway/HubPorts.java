package io.edgeflow.gateway;

import io.edgeflow.gateway.deploy.Inbox;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.site.Downward;
import io.edgeflow.gateway.site.cache.BundleCache;
import io.edgeflow.gateway.site.mandate.Moment;
import io.edgeflow.gateway.site.mandate.SitePorts;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a hub's mandate needs, out of the parts of the gateway. */
final class HubPorts implements SitePorts {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final String edge;
  private final LongSupplier nanos;
  private final Recorder recorder;
  private final Supplier<Optional<Instant>> believed;
  private final BundleCache bundles;
  private final CloudWatch cloud;
  private final Inbox inbox;
  private final Downward members;
  private final String boot = boot();

  HubPorts(
      String edge,
      LongSupplier nanos,
      Recorder recorder,
      BundleCache bundles,
      CloudWatch cloud,
      Inbox inbox,
      Downward members) {
    this.edge = edge;
    this.nanos = nanos;
    this.recorder = recorder;
    this.believed = () -> BundleParts.believed(recorder);
    this.bundles = bundles;
    this.cloud = cloud;
    this.inbox = inbox;
    this.members = members;
  }

  /** Where the system does not tell, each start of the process counts as one of the machine. */
  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException none) {
      return UUID.randomUUID().toString();
    }
  }

  @Override
  public Moment now() {
    Optional<Instant> time = believed.get();
    return new Moment(
        boot,
        nanos.getAsLong(),
        time.isPresent()
            ? OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, time.get()))
            : OptionalLong.empty());
  }

  @Override
  public long awayNanos() {
    return cloud.awayNanos();
  }

  @Override
  public Optional<OrderCheck> check() {
    return bundles.keys().newest().map(keys -> new OrderCheck(keys, believed.get()));
  }

  @Override
  public byte[] fetch(String digest) throws IOException {
    return bundles.mandate(digest);
  }

  @Override
  public void tell(String member, byte[] signed) {
    if (member.equals(edge)) {
      inbox.offered(signed);
    } else {
      var _ = members.send(Topics.desired(member), signed, true);
    }
  }

  @Override
  public void event(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    recorder.event(severity, type, message, detail);
  }
}
