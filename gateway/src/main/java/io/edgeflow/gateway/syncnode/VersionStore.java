package io.edgeflow.gateway.syncnode;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Versions on the disk, a folder each, and two links beside them: {@code current}, which is in
 * place, and {@code good}, which proved itself last. A folder under its own name is complete.
 */
final class VersionStore {
  /** What came with the machine: put there by a person. */
  static final String FACTORY = "factory";

  private static final String CURRENT = "current";
  private static final String GOOD = "good";
  private static final String VERSIONS = "versions";
  private static final String INCOMING = ".incoming";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}|" + FACTORY);

  private final Path home;
  private final Path versions;

  VersionStore(Path home) throws IOException {
    this.home = home;
    this.versions = home.resolve(VERSIONS);
    Files.createDirectories(versions);
  }

  Path folder(String name) {
    return versions.resolve(name);
  }

  boolean has(String name) {
    return NAME.matcher(name).matches()
        && Files.isDirectory(folder(name), LinkOption.NOFOLLOW_LINKS);
  }

  Optional<String> current() {
    return target(CURRENT);
  }

  Optional<String> good() {
    return target(GOOD);
  }

  private Optional<String> target(String link) {
    try {
      String name = String.valueOf(Files.readSymbolicLink(home.resolve(link)).getFileName());
      return has(name) ? Optional.of(name) : Optional.empty();
    } catch (IOException | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }

  void pointCurrent(String name) throws IOException {
    point(CURRENT, name);
  }

  void pointGood(String name) throws IOException {
    if (!good().equals(Optional.of(name))) {
      point(GOOD, name);
    }
  }

  /** Old or new, never none. */
  private void point(String link, String name) throws IOException {
    if (!has(name)) {
      throw new IOException("there is no version " + name);
    }
    Path part = home.resolve(link + ".tmp");
    Files.deleteIfExists(part);
    Files.createSymbolicLink(part, Path.of(VERSIONS, name));
    Files.move(part, home.resolve(link), StandardCopyOption.ATOMIC_MOVE);
    PlainFiles.sync(home);
  }

  /** An empty folder to make a version in; what an earlier try left is gone. */
  Path begin() throws IOException {
    Path incoming = versions.resolve(INCOMING);
    Folders.delete(incoming);
    return Files.createDirectory(incoming);
  }

  /** That folder is complete: it is that version. */
  void complete(String name) throws IOException {
    Path incoming = versions.resolve(INCOMING);
    PlainFiles.sync(incoming);
    Folders.delete(folder(name));
    Files.move(incoming, folder(name), StandardCopyOption.ATOMIC_MOVE);
    PlainFiles.sync(versions);
  }

  /** What came with the machine stays too. */
  void keepOnly(Set<String> names) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(versions)) {
      for (Path one : all) {
        String name = String.valueOf(one.getFileName());
        if (!names.contains(name) && !name.equals(FACTORY)) {
          Folders.delete(one);
        }
      }
    }
  }
}
