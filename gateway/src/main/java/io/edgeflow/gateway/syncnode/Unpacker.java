package io.edgeflow.gateway.syncnode;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks {@code .tar.gz}. Plain files and folders only, none outside of its folder, none over
 * another, and no more than allowed, whatever the archive says. Owners, times and rights are not
 * taken over, but for the right to execute.
 */
final class Unpacker {
  private static final int DEEPEST = 32;
  private static final int LONGEST = 1000;
  private static final int BUFFER = 64 * 1024;
  private static final int EXECUTABLE = 0100;

  private final long maxBytes;
  private final int maxFiles;

  private long bytes;
  private int files;

  Unpacker(long maxBytes, int maxFiles) {
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
  }

  /** Once. What it wrote survives a power cut when it returns. */
  void unpack(Path archive, Path folder) throws IOException {
    Files.createDirectory(folder);
    try (InputStream file = PlainFiles.open(archive);
        var tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        take(tar, entry, folder);
      }
    } catch (IllegalArgumentException | ArithmeticException malformed) { // Of the library.
      throw new IOException("is no archive: " + malformed.getMessage(), malformed);
    }
    if (files == 0) {
      throw new IOException("the archive is empty");
    }
    syncFolders(folder);
  }

  private void take(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    if (++files > maxFiles) {
      throw new IOException("the archive has more than " + maxFiles + " entries");
    }
    Path target = inside(folder, entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (isPlain(entry)) {
      Files.createDirectories(target.resolveSibling("."));
      write(tar, target);
      if ((entry.getMode() & EXECUTABLE) != 0) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } else {
      throw new IOException(Line.of(entry.getName()) + " is neither a file nor a folder");
    }
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    return (kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM) && !entry.isSparse();
  }

  private static Path inside(Path folder, String name) throws IOException {
    String plain = name.startsWith("./") ? name.substring(2) : name;
    List<String> parts = Arrays.asList(plain.split("/+", -1));
    boolean odd =
        plain.startsWith("/")
            || plain.length() > LONGEST
            || plain.chars().anyMatch(Character::isISOControl)
            || plain.indexOf('\\') >= 0
            || parts.size() > DEEPEST
            || parts.stream().anyMatch(part -> part.equals("..") || part.equals("."));
    Path target = odd ? folder : folder.resolve(plain).normalize();
    if (odd || !target.startsWith(folder)) {
      throw new IOException(Line.of(name) + " would lie elsewhere");
    }
    return target;
  }

  private void write(InputStream in, Path target) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > maxBytes) {
          throw new IOException("the archive has more than " + maxBytes + " bytes");
        }
        out.write(buffer, 0, n);
      }
    }
    PlainFiles.sync(target);
  }

  private static void syncFolders(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path one : (Iterable<Path>) all.filter(Files::isDirectory)::iterator) {
        PlainFiles.sync(one);
      }
    }
  }
}
