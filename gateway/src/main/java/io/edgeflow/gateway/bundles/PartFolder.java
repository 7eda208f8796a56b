package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.bundles.BundlePlan.Piece;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bundle on its way: its files, in their final form, with holes. Which pieces are there is not
 * noted anywhere: they are read and held against their hashes whenever the folder is opened, so
 * that no note can say more than the disk kept. Each piece is synced when it is whole. One thread.
 */
final class PartFolder implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Disk disk;
  private final Path folder;
  private final BundlePlan plan;
  private final Map<String, BitSet> there = new HashMap<>();
  private long doneBytes;
  private @Nullable DiskFile open;
  private String openName = "";

  private PartFolder(Disk disk, Path folder, BundlePlan plan) {
    this.disk = disk;
    this.folder = folder;
    this.plan = plan;
  }

  /** Makes it, or finds what is there already; reads all of that. */
  static PartFolder open(Disk disk, Path folder, SignedBundle signed, BooleanSupplier stop)
      throws IOException, StoppedException {
    var part = new PartFolder(disk, folder, new BundlePlan(signed.statement()));
    disk.createDirectories(folder);
    Path signatures = folder.resolve(Bundle.SIGNATURES_FILE);
    Optional<byte[]> known = SmallFiles.read(disk, signatures, Shelf.MOST_SIGNATURES);
    if (known.isEmpty() || !Arrays.equals(known.get(), signed.bytes())) {
      SmallFiles.replace(disk, signatures, signed.bytes());
    }
    Set<Path> present = part.present();
    for (SignedFile file : signed.statement().files()) {
      part.look(file, present.contains(folder.resolve(file.name())), stop);
    }
    return part;
  }

  /** What belongs here; anything else is deleted. */
  private Set<Path> present() throws IOException {
    Set<Path> own = new HashSet<>();
    plan.files().forEach(file -> own.add(folder.resolve(file.name())));
    Set<Path> found = new HashSet<>();
    for (Path entry : disk.list(folder)) {
      if (own.contains(entry)) {
        found.add(entry);
      } else if (!entry.equals(folder.resolve(Bundle.SIGNATURES_FILE))) {
        Folders.delete(entry);
      }
    }
    return found;
  }

  private void look(SignedFile file, boolean present, BooleanSupplier stop)
      throws IOException, StoppedException {
    var pieces = new BitSet();
    there.put(file.name(), pieces);
    Path path = folder.resolve(file.name());
    if (!present || disk.size(path) > file.length()) {
      create(path);
      return;
    }
    var _ = path.toFile().setWritable(true, true); // It was protected, and not shelved any more.
    try (DiskFile in = disk.open(path)) {
      long size = in.size();
      for (int i = 0; i < file.chunks().size(); i++) {
        Waiting.check(stop);
        Piece piece = plan.piece(file, i);
        if (piece.end() <= size
            && hash(in, piece.offset(), piece.length()).equals(piece.sha256())) {
          pieces.set(i);
          doneBytes += piece.length();
        }
      }
    }
  }

  private void create(Path path) throws IOException {
    disk.delete(path);
    disk.create(path).close();
    disk.syncDirectory(folder);
  }

  private static String hash(DiskFile in, long offset, int length) throws IOException {
    MessageDigest digest = Sha256.start();
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(BUFFER, length));
    for (int at = 0; at < length; ) {
      buffer.clear().limit(Math.min(buffer.capacity(), length - at));
      int count = in.read(buffer, offset + at);
      if (count <= 0) {
        break;
      }
      digest.update(buffer.flip());
      at += count;
    }
    return Sha256.hex(digest);
  }

  long doneBytes() {
    return doneBytes;
  }

  /** The first piece of a file from this one on that is not there. */
  Optional<Piece> missing(SignedFile file, int from) {
    int index = pieces(file).nextClearBit(from);
    return index < file.chunks().size() ? Optional.of(plan.piece(file, index)) : Optional.empty();
  }

  private BitSet pieces(SignedFile file) {
    return there.computeIfAbsent(file.name(), _ -> new BitSet());
  }

  /** Bytes of a piece whose hash is not known yet. */
  void write(Piece piece, int at, ByteBuffer bytes) throws IOException {
    SmallFiles.write(file(piece), bytes, piece.offset() + at);
  }

  /** All of it is written, and right. It is on the disk when this returns. */
  void keep(Piece piece) throws IOException {
    file(piece).force();
    pieces(piece.file()).set(piece.index());
    doneBytes += piece.length();
  }

  private DiskFile file(Piece piece) throws IOException {
    DiskFile known = open;
    if (known != null && openName.equals(piece.file().name())) {
      return known;
    }
    close();
    DiskFile next = disk.edit(folder.resolve(piece.file().name()));
    open = next;
    openName = piece.file().name();
    return next;
  }

  /** Everything is there: makes it durable and read-only. */
  void finish() throws IOException {
    close();
    for (SignedFile file : plan.files()) {
      Path path = folder.resolve(file.name());
      try (DiskFile whole = disk.edit(path)) {
        whole.force();
      }
      protect(path);
    }
    protect(folder.resolve(Bundle.SIGNATURES_FILE));
    disk.syncDirectory(folder);
  }

  /** Against a slip of the hand; where a file system knows no such thing, nothing is lost. */
  private static void protect(Path path) {
    var _ = path.toFile().setReadOnly();
  }

  @Override
  public void close() throws IOException {
    DiskFile known = open;
    open = null;
    if (known != null) {
      known.close();
    }
  }
}
