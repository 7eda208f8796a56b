package io.edgeflow.cloud.postgres;

import io.edgeflow.process.files.Folders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs, unpacked from the class path once per version of them. The folder
 * appears by a rename, so one that exists is whole.
 */
final class Binaries {
  private static final int DIGEST_CHARACTERS = 12;

  private Binaries() {}

  /** The folder that holds {@code bin/postgres}, below the one given. Two threads take turns. */
  static synchronized Path unpack(Path parent) throws IOException {
    String resource = resource(System.getProperty("os.arch", ""));
    Path folder = parent.resolve("programs-" + digest(resource));
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path unfinished = parent.resolve(folder.getFileName() + ".tmp");
    Folders.delete(unfinished);
    Files.createDirectories(unfinished);
    try (InputStream in = open(resource)) {
      unpack(in, unfinished);
    }
    // One call for a thousand small files; where there is no such program, the kernel writes soon.
    Command.tryRun("sync", "-f", unfinished.toString());
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    return folder;
  }

  private static String resource(String architecture) throws IOException {
    return switch (architecture) {
      case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
      case "aarch64" -> "/postgres-linux-arm_64.txz";
      default ->
          throw new IOException(
              "no PostgreSQL for " + architecture + " is packed; set database.url to a server");
    };
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = Binaries.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException(resource + " is not on the class path; set database.url to a server");
    }
    return in;
  }

  private static String digest(String resource) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(open(resource), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of()
          .formatHex(in.getMessageDigest().digest())
          .substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void unpack(InputStream packed, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        // Whoever is at home in "." has such names in all of his paths.
        if (!target.startsWith(folder.normalize())) {
          throw new IOException("leads out of the archive: " + entry.getName());
        }
        unpack(tar, entry, target);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0));
    }
  }

  private static Set<PosixFilePermission> permissions(boolean program) {
    EnumSet<PosixFilePermission> all =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if (program) {
      all.add(PosixFilePermission.OWNER_EXECUTE);
      all.add(PosixFilePermission.GROUP_EXECUTE);
      all.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return all;
  }
}
