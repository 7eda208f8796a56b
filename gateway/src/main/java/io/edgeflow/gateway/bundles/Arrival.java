package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.bundles.BundlePlan.Piece;
import io.edgeflow.gateway.bundles.KnownPieces.Place;
import io.edgeflow.gateway.deploy.FetchProgress;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pieces of a bundle as they arrive: from other bundles on the disk, or over the network. A
 * piece that broke off goes on at its next byte while this lives; what is wrong begins anew. One
 * thread.
 */
final class Arrival implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
  private static final int BUFFER = 64 * 1024;

  private final StoreParts parts;
  private final BundlePlan plan;
  private final Path folder;
  private final PartFolder part;
  private final KnownPieces known;
  private final FetchProgress progress;
  private final BooleanSupplier stop;

  /** Of the piece that is under way. */
  private final MessageDigest hash = Sha256.start();

  private @Nullable Piece current;
  private int have;

  private long received;
  private long copied;

  private Arrival(
      StoreParts parts,
      BundlePlan plan,
      PartFolder part,
      KnownPieces known,
      FetchProgress progress,
      BooleanSupplier stop) {
    this.parts = parts;
    this.plan = plan;
    this.folder = parts.shelf().part(plan.statement().digest());
    this.part = part;
    this.known = known;
    this.progress = progress;
    this.stop = stop;
  }

  /** Looks at all that is there already. */
  static Arrival open(
      StoreParts parts, SignedBundle signed, FetchProgress progress, BooleanSupplier stop)
      throws IOException, StoppedException {
    var known = new KnownPieces();
    for (Path source : parts.shelf().sources()) {
      Optional<Statement> said = parts.shelf().statement(source);
      said.ifPresent(statement -> known.add(source, statement));
    }
    Path folder = parts.shelf().part(signed.statement().digest());
    PartFolder part = PartFolder.open(parts.disk(), folder, signed, stop);
    var plan = new BundlePlan(signed.statement());
    var arrival = new Arrival(parts, plan, part, known, progress, stop);
    arrival.tell();
    return arrival;
  }

  Optional<Piece> missing(SignedFile file, int from) {
    return part.missing(file, from);
  }

  /** Gets a piece, and maybe some behind it. */
  void bring(Piece piece) throws IOException, StoppedException {
    Waiting.check(stop);
    mustFit();
    if (!copied(piece)) {
      receive(piece);
    }
  }

  private void mustFit() throws IOException {
    long floor = parts.settings().freeSpaceFloor();
    long usable = parts.shelf().usableSpace();
    long missing = totalBytes() - part.doneBytes();
    if (usable - missing < floor) {
      throw new NoRoomException(
          "no room: %d bytes more are needed, %d are free and %d must stay so"
              .formatted(missing, usable, floor));
    }
  }

  private boolean copied(Piece piece) throws IOException {
    if (isUnderWay(piece)) {
      return false;
    }
    Optional<Place> place = known.find(piece);
    if (place.isEmpty()) {
      return false;
    }
    begin(piece);
    try (DiskFile in = parts.disk().open(place.get().file())) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.min(BUFFER, piece.length()));
      while (have < piece.length()) {
        buffer.clear().limit(Math.min(buffer.capacity(), piece.length() - have));
        if (in.read(buffer, place.get().offset() + have) <= 0) {
          break;
        }
        take(piece, buffer.flip());
      }
    } catch (NoSuchFileException gone) {
      LOG.debug("another bundle is gone: {}", gone.getMessage());
    }
    boolean right = have == piece.length() && isRight(piece);
    if (right) {
      copied += piece.length();
      keep(piece);
    } else {
      known.forget(piece);
    }
    current = null;
    return right;
  }

  private void receive(Piece first) throws IOException, StoppedException {
    if (!isUnderWay(first)) {
      begin(first);
    }
    SignedFile file = first.file();
    long from = first.offset() + have;
    long end = end(first);
    String digest = plan.statement().digest();
    try (Body body = parts.source().range(digest, file.name(), from, end, file.length(), stop)) {
      Piece piece = first;
      for (long left = end - from; left > 0; ) {
        ByteBuffer bytes = body.next();
        if (bytes == null) {
          throw new LinkFailure("ended " + left + " bytes early");
        }
        int count = (int) Math.min(bytes.remaining(), left);
        left -= count;
        received += count;
        piece = take(piece, bytes.limit(bytes.position() + count), left);
        tell();
        pause(count);
      }
    }
  }

  /**
   * Up to a piece that is there or can be had from the disk, and no more than a request asks for.
   */
  private long end(Piece first) {
    Piece last = first;
    while (last.end() - first.offset() < parts.settings().requestBytes()) {
      Optional<Piece> next = part.missing(first.file(), last.index() + 1);
      if (next.isEmpty()
          || next.get().index() != last.index() + 1
          || known.find(next.get()).isPresent()) {
        break;
      }
      last = next.get();
    }
    return last.end();
  }

  /** Bytes of this piece and of those behind it; gives the piece that comes next. */
  private Piece take(Piece piece, ByteBuffer bytes, long left) throws IOException {
    Piece at = piece;
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), at.length() - have);
      take(at, bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      if (have == at.length()) {
        whole(at);
        if (!bytes.hasRemaining() && left == 0) {
          return at;
        }
        at = plan.piece(at.file(), at.index() + 1);
        begin(at);
      }
    }
    return at;
  }

  private void whole(Piece piece) throws IOException {
    if (!isRight(piece)) {
      current = null;
      throw new LinkFailure(
          "sends other bytes than were signed, piece %d of %s"
              .formatted(piece.index() + 1, piece.file().name()));
    }
    keep(piece);
    current = null;
  }

  private boolean isUnderWay(Piece piece) {
    return piece.equals(current) && have > 0;
  }

  private void begin(Piece piece) {
    current = piece;
    have = 0;
    hash.reset();
  }

  private void take(Piece piece, ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    hash.update(bytes.duplicate());
    part.write(piece, have, bytes);
    have += count;
  }

  private boolean isRight(Piece piece) {
    return Sha256.hex(hash).equals(piece.sha256());
  }

  private void keep(Piece piece) throws IOException {
    part.keep(piece);
    known.add(folder, piece);
    have = 0;
    tell();
  }

  private void tell() {
    progress.at(reachedBytes(), totalBytes());
  }

  private void pause(int count) throws StoppedException {
    long now = System.nanoTime();
    Waiting.sleep(parts.throttle().took(count, parts.behind().getAsBoolean(), now), stop);
  }

  /** Those that are there, those of the piece under way included. */
  long reachedBytes() {
    return part.doneBytes() + (current == null ? 0 : have);
  }

  long totalBytes() {
    return plan.statement().bytes();
  }

  /** Over the network, what had to come twice included. */
  long receivedBytes() {
    return received;
  }

  /** From other bundles. */
  long copiedBytes() {
    return copied;
  }

  void finish() throws IOException {
    part.finish();
  }

  @Override
  public void close() {
    try {
      part.close();
    } catch (IOException failed) {
      LOG.debug("a part did not close", failed);
    }
  }
}
