package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of bundles: {@code <digest>/} is complete and never changes, {@code <digest>.part/} is
 * on its way, {@code aside/} holds what was found and is neither. A bundle gets its name only when
 * all of it is synced and was read back. Any thread.
 */
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final String PART = ".part";
  private static final String ASIDE = "aside";

  /** What is being deleted: a folder that is half gone must not look like a bundle. */
  private static final String GONE = "gone";

  private static final Set<String> OWN = Set.of(KeyRing.CHAIN, KeyRing.FLOOR_FILE, ASIDE, GONE);

  static final int MOST_SIGNATURES = 1 << 20;
  private static final int MOST_VALUES = 20_000;

  private final Disk disk;
  private final Path root;
  private final Set<String> complete = ConcurrentHashMap.newKeySet();

  private Shelf(Disk disk, Path root) {
    this.disk = disk;
    this.root = root;
  }

  /** Looks at what is there; what is neither complete nor on its way is put aside. */
  static Shelf open(Disk disk, Path root) throws IOException {
    var shelf = new Shelf(disk, root.toAbsolutePath());
    disk.createDirectories(shelf.root);
    for (Path entry : disk.list(shelf.root)) {
      shelf.found(entry);
    }
    Folders.delete(shelf.root.resolve(GONE));
    return shelf;
  }

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** The gateway starts whatever lies here. */
  private void found(Path entry) {
    try {
      look(entry);
    } catch (IOException stays) {
      LOG.warn("what is no bundle stays where it is: {}", entry, stays);
    }
  }

  private void look(Path entry) throws IOException {
    String name = String.valueOf(entry.getFileName());
    if (isDigest(name) && isWhole(entry, name)) {
      complete.add(name);
    } else if (name.endsWith(SmallFiles.PART)) {
      Folders.delete(entry);
    } else if (!OWN.contains(name) && !isPart(entry, name)) {
      LOG.warn("what is no bundle is put aside: {}", entry);
      move(entry, ASIDE);
    }
  }

  private static boolean isPart(Path entry, String name) {
    return name.endsWith(PART)
        && isDigest(name.substring(0, name.length() - PART.length()))
        && Files.isDirectory(entry);
  }

  /** As far as names and lengths tell. */
  private boolean isWhole(Path folder, String digest) throws IOException {
    Optional<Statement> said = statement(folder);
    if (said.isEmpty() || !said.get().digest().equals(digest)) {
      return false;
    }
    for (SignedFile file : said.get().files()) {
      Path path = folder.resolve(file.name());
      if (!Files.isRegularFile(path) || disk.size(path) != file.length()) {
        return false;
      }
    }
    return true;
  }

  /** The signatures in a folder, whoever signed. */
  Optional<byte[]> signatures(Path folder) throws IOException {
    return SmallFiles.read(disk, folder.resolve(Bundle.SIGNATURES_FILE), MOST_SIGNATURES);
  }

  /** What they say; empty if they say nothing or cannot be read. */
  Optional<Statement> statement(Path folder) {
    try {
      return signatures(folder).flatMap(Shelf::statement);
    } catch (IOException unreadable) {
      LOG.warn("what is signed in {} cannot be read: {}", folder, unreadable.toString());
      return Optional.empty();
    }
  }

  private static Optional<Statement> statement(byte[] signatures) {
    if (Envelope.read(signatures, Bundle.SIGNATURES_FILE)
            instanceof Document.Good<Envelope>(Envelope envelope)
        && Documents.read(Statement.class, envelope.content(), Bundle.SIGNATURES_FILE, MOST_VALUES)
            instanceof Document.Good<Statement>(Statement said)) {
      return Optional.of(said);
    }
    return Optional.empty();
  }

  Optional<Path> folder(String digest) {
    return complete.contains(digest) ? Optional.of(root.resolve(digest)) : Optional.empty();
  }

  /** Where a bundle grows. */
  Path part(String digest) {
    return root.resolve(digest + PART);
  }

  /** Folders whose pieces may be of use: each is held against its hash when it is copied. */
  List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    complete.forEach(digest -> all.add(root.resolve(digest)));
    disk.list(root.resolve(ASIDE)).stream().filter(Files::isDirectory).forEach(all::add);
    return all;
  }

  /** A bundle that is synced and was read back gets its name. */
  Path shelve(String digest) throws IOException {
    Path folder = root.resolve(digest);
    disk.rename(part(digest), folder);
    disk.syncDirectory(root);
    complete.add(digest);
    return folder;
  }

  /** It is not what it should be; its sound pieces are of use still. */
  void putAside(String digest) throws IOException {
    complete.remove(digest);
    move(root.resolve(digest), ASIDE);
  }

  void deletePart(String digest) throws IOException {
    if (Files.exists(part(digest))) {
      delete(part(digest));
    }
  }

  /**
   * Deletes all others, complete or on their way, and what was put aside.
   *
   * @param digests of bundles that stay
   */
  void keepOnly(Set<String> digests) throws IOException {
    for (Path entry : disk.list(root)) {
      String name = String.valueOf(entry.getFileName());
      String digest = isPart(entry, name) ? name.substring(0, name.length() - PART.length()) : name;
      if (isDigest(digest) && !digests.contains(digest)) {
        complete.remove(name);
        delete(entry);
      }
    }
    Folders.delete(root.resolve(ASIDE));
  }

  private void delete(Path entry) throws IOException {
    move(entry, GONE);
    Folders.delete(root.resolve(GONE));
  }

  private void move(Path entry, String to) throws IOException {
    Path folder = root.resolve(to);
    disk.createDirectories(folder);
    Path target = folder.resolve(String.valueOf(entry.getFileName()));
    for (int i = 1; Files.exists(target); i++) {
      target = folder.resolve(entry.getFileName() + "-" + i);
    }
    disk.rename(entry, target);
    disk.syncDirectory(folder);
    disk.syncDirectory(root);
  }

  long usableSpace() throws IOException {
    return disk.usableSpace(root);
  }
}
