package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.deploy.KeySource;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.TrustRefusal;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of key documents from the pinned root on (R5): kept on the disk, only ever replaced by
 * one that goes on from it. Where it came from does not matter: each document is signed by a root
 * that the one before names. Beside the chain lies what was reached, so that a chain which is lost
 * is not followed by an older one, nor by one that a root signed who was taken out of office.
 */
public final class KeyRing implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_FLOOR = 100;
  private static final Pattern FLOOR =
      Pattern.compile("([0-9a-f]{32}) (\\d{1,4}) ([0-9a-f]{64})\n");

  static final String CHAIN = "keys.json";
  static final String FLOOR_FILE = "keys.floor";

  /** Gives a chain, whoever that is from. */
  @FunctionalInterface
  interface Source {
    byte[] get(BooleanSupplier stop) throws IOException, StoppedException;
  }

  /** A chain that was followed. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Held(byte[] bytes, KeyDocument newest) {}

  /**
   * The newest document that was ever seen.
   *
   * @param sha256 of its payload as it stands in the envelope
   */
  private record Floor(int number, String sha256) {
    static final Floor NONE = new Floor(0, "");

    static Floor of(KeyChain chain) {
      return new Floor(chain.chain().size(), hash(chain, chain.chain().size()));
    }

    /** A root that is out of office can still sign another way on from where it was in. */
    boolean isOf(KeyChain chain) {
      return number == 0 || (chain.chain().size() >= number && hash(chain, number).equals(sha256));
    }

    private static String hash(KeyChain chain, int number) {
      MessageDigest digest = Sha256.start();
      digest.update(chain.chain().get(number - 1).payload().getBytes(UTF_8));
      return Sha256.hex(digest);
    }
  }

  private final Disk disk;
  private final Path folder;
  private final VerifyingKey pinned;
  private final Source source;
  private final Object refreshing = new Object();
  private volatile @Nullable Held held;
  private Floor floor = Floor.NONE;

  private KeyRing(Disk disk, Path folder, VerifyingKey pinned, Source source) {
    this.disk = disk;
    this.folder = folder;
    this.pinned = pinned;
    this.source = source;
  }

  /**
   * As it lies on the disk.
   *
   * @param pinned the root that signed the first document
   */
  static KeyRing open(Disk disk, Path folder, VerifyingKey pinned, Source source) {
    var ring = new KeyRing(disk, folder, pinned, source);
    ring.load();
    return ring;
  }

  private void load() {
    floor = onDisk(FLOOR_FILE, MOST_FLOOR).map(this::floor).orElse(Floor.NONE);
    Optional<byte[]> bytes = onDisk(CHAIN, MOST_BYTES);
    if (bytes.isEmpty()) {
      return;
    }
    switch (read(bytes.get())) {
      case KeyChain.Good(KeyChain chain, KeyDocument newest) -> {
        held = new Held(bytes.get(), newest);
        floor = Floor.of(chain);
      }
      case KeyChain.Refused(TrustRefusal refusal) ->
          LOG.warn("the keys on the disk do not count, they are fetched again: {}", refusal);
    }
  }

  /** What cannot be read is fetched again: the gateway starts without it. */
  private Optional<byte[]> onDisk(String name, int most) {
    try {
      return SmallFiles.read(disk, folder.resolve(name), most);
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be read: {}", name, unreadable.toString());
      return Optional.empty();
    }
  }

  /** Of another root it says nothing: whoever replaces what is pinned begins anew. */
  private Floor floor(byte[] bytes) {
    Matcher line = FLOOR.matcher(new String(bytes, UTF_8));
    return line.matches() && line.group(1).equals(pinned.id())
        ? new Floor(Integer.parseInt(line.group(2)), line.group(3))
        : Floor.NONE;
  }

  private KeyChain.Read read(byte[] bytes) {
    KeyChain.Read read = KeyChain.read(bytes, pinned, floor.number());
    return read instanceof KeyChain.Good(KeyChain chain, KeyDocument _) && !floor.isOf(chain)
        ? new KeyChain.Refused(
            new TrustRefusal(Reason.TAMPERED, "it does not go on from what is known"))
        : read;
  }

  @Override
  public Optional<KeyDocument> newest() {
    return Optional.ofNullable(held).map(Held::newest);
  }

  /** The chain, to be handed on; empty until there is one. */
  public Optional<byte[]> document() {
    return Optional.ofNullable(held).map(one -> one.bytes().clone());
  }

  @Override
  public void refresh(int atLeast) {
    try {
      refresh(atLeast, () -> false);
    } catch (StoppedException interrupted) {
      LOG.debug("nobody waits for keys any more");
    }
  }

  /** As the other, until somebody wants it to end. */
  void refresh(int atLeast, BooleanSupplier stop) throws StoppedException {
    synchronized (refreshing) {
      if (number() >= atLeast) {
        return;
      }
      try {
        offered(source.get(stop));
      } catch (IOException failed) {
        LOG.info("no newer keys were had: {}", failed.getMessage());
      }
    }
  }

  private void offered(byte[] bytes) throws IOException {
    switch (read(bytes)) {
      case KeyChain.Good(KeyChain chain, KeyDocument newest) -> {
        if (newest.number() > number()) {
          keep(chain, new Held(bytes, newest));
        }
      }
      case KeyChain.Refused(TrustRefusal refusal) -> LOG.warn("keys are refused: {}", refusal);
    }
  }

  private void keep(KeyChain chain, Held longer) throws IOException {
    Floor reached = Floor.of(chain);
    SmallFiles.replace(disk, folder.resolve(CHAIN), longer.bytes());
    String line = pinned.id() + " " + reached.number() + " " + reached.sha256() + "\n";
    SmallFiles.replace(disk, folder.resolve(FLOOR_FILE), line.getBytes(UTF_8));
    floor = reached;
    held = longer;
    LOG.info("keys: number={}", reached.number());
  }
}
