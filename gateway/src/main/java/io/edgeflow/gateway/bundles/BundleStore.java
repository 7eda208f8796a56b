package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.deploy.BundleSource;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.gateway.deploy.FetchProgress;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles on this disk, and the way to get more. A folder has one store at a time. Safe from any
 * thread; whoever fetches blocks, and two that want the same bundle wait for each other.
 */
public final class BundleStore implements BundleSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BundleStore.class);

  private final StoreParts parts;
  private final KeyRing keys;

  /** Digests that somebody fetches now. Guarded by itself. */
  private final Set<String> busy = new HashSet<>();

  private BundleStore(StoreParts parts, KeyRing keys) {
    this.parts = parts;
    this.keys = keys;
  }

  /**
   * Finds what is there; waits for no network.
   *
   * @param folder made if it is absent
   * @param root the pinned root
   * @param behind whether telemetry waits: downloads slow down then
   * @param now the time of day while the clock is believed
   */
  public static BundleStore open(
      Disk disk,
      Path folder,
      VerifyingKey root,
      DownloadSettings settings,
      BooleanSupplier behind,
      Supplier<Optional<Instant>> now)
      throws IOException {
    Shelf shelf = Shelf.open(disk, folder);
    var source = new HttpSource(settings);
    KeyRing keys = KeyRing.open(disk, folder, root, source::keys);
    var throttle = new Throttle(settings.maxBytesPerSecond());
    return new BundleStore(
        new StoreParts(disk, shelf, new Trust(keys, now), source, throttle, behind, settings),
        keys);
  }

  @Override
  public KeyRing keys() {
    return keys;
  }

  @Override
  public Optional<Path> folder(String digest) {
    return parts.shelf().folder(digest);
  }

  /**
   * A file of a complete bundle for reading, its signatures too; empty if there is no such bundle
   * or file. To be closed.
   */
  public Optional<FileChannel> open(String digest, String file) throws IOException {
    Optional<Path> path =
        BundleFiles.isPlain(file)
            ? folder(digest).map(folder -> folder.resolve(file))
            : Optional.empty();
    return path.isPresent() && Files.isRegularFile(path.get(), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(FileChannel.open(path.get(), StandardOpenOption.READ))
        : Optional.empty();
  }

  /** Who vouches for a complete bundle, as it came; empty if there is no such bundle. */
  public Optional<byte[]> signatures(String digest) throws IOException {
    Optional<Path> folder = folder(digest);
    return folder.isPresent() ? parts.shelf().signatures(folder.get()) : Optional.empty();
  }

  @Override
  public FetchOutcome fetch(
      String digest, ToLongFunction<String> floor, FetchProgress progress, BooleanSupplier stop) {
    if (!Shelf.isDigest(digest)) {
      return new FetchOutcome.Refused(
          new TrustRefusal(Reason.UNREADABLE, "it is asked for by what is no digest"));
    }
    try {
      enter(digest, stop);
    } catch (StoppedException stopped) {
      return new FetchOutcome.Interrupted();
    }
    try {
      Optional<FetchOutcome> there = there(digest, floor, stop);
      return there.isPresent() ? there.get() : download(digest, floor, progress, stop);
    } catch (StoppedException stopped) {
      return new FetchOutcome.Interrupted();
    } catch (IOException failed) {
      return new FetchOutcome.Unreachable(Download.words(parts, failed));
    } finally {
      leave(digest);
    }
  }

  /**
   * A signed mandate, as whoever is above sends it (R6). Blocks for seconds at most.
   *
   * @throws IOException if nobody gives it now
   */
  public byte[] mandate(String digest) throws IOException {
    try {
      return parts.source().mandate(digest, () -> false);
    } catch (StoppedException interrupted) {
      throw new IOException("nobody waits for it any more", interrupted);
    }
  }

  private FetchOutcome download(
      String digest, ToLongFunction<String> floor, FetchProgress progress, BooleanSupplier stop) {
    try (var download = new Download(parts, digest, floor, progress, stop)) {
      return download.run();
    }
  }

  /** A bundle that is complete, read once more: a disk forgets too. Empty if it must be fetched. */
  private Optional<FetchOutcome> there(
      String digest, ToLongFunction<String> floor, BooleanSupplier stop)
      throws IOException, StoppedException {
    Optional<Path> folder = folder(digest);
    Optional<byte[]> signatures = signatures(digest);
    if (folder.isEmpty() || signatures.isEmpty()) {
      return Optional.empty();
    }
    try {
      SignedBundle signed = parts.trust().checkAnew(signatures.get(), digest, floor, stop);
      Optional<String> damaged = new Readback(parts.disk(), folder.get(), signed).damaged();
      if (damaged.isEmpty()) {
        return Optional.of(
            new FetchOutcome.Fetched(folder.get(), signed.statement(), signed.signer()));
      }
      LOG.warn("a bundle is damaged on the disk: digest={} file={}", digest, damaged.get());
      parts.shelf().putAside(digest);
      return Optional.empty();
    } catch (NotTrustedException untrusted) {
      return Optional.of(new FetchOutcome.Refused(untrusted.refusal()));
    }
  }

  private void enter(String digest, BooleanSupplier stop) throws StoppedException {
    synchronized (busy) {
      while (!busy.add(digest)) {
        Waiting.check(stop);
        try {
          busy.wait(Waiting.SLICE_NANOS / 1_000_000);
        } catch (InterruptedException interrupted) {
          throw Waiting.interrupted();
        }
      }
    }
  }

  private void leave(String digest) {
    synchronized (busy) {
      busy.remove(digest);
      busy.notifyAll();
    }
  }

  /** Deletes all others but those that somebody fetches now. */
  @Override
  public void keepOnly(Set<String> digests) {
    synchronized (busy) {
      var kept = new HashSet<>(digests);
      kept.addAll(busy);
      try {
        parts.shelf().keepOnly(kept);
      } catch (IOException failed) {
        LOG.warn("old bundles could not be deleted: {}", failed.toString());
      }
    }
  }

  @Override
  public void close() {
    parts.source().close();
  }
}
