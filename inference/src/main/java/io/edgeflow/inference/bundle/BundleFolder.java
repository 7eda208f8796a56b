package io.edgeflow.inference.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.TreeSet;

/** The files of a folder that a stranger filled: plain ones, no links, never more than allowed. */
final class BundleFolder {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final BundleLimits limits;

  BundleFolder(Path folder, BundleLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /** What a folder holds, all of it plain files. */
  Set<String> list() throws RefusedException {
    var names = new TreeSet<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(plain(entry));
        if (names.size() > BundleLimits.MAX_FILES) {
          throw refused(new BundleRefusal.Foreign("the folder", "has too many files"));
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      throw refused(new BundleRefusal.NoFolder(reason(unreadable)));
    }
    return names;
  }

  private static String reason(Exception unreadable) {
    return switch (unreadable) {
      case NoSuchFileException _ -> "there is none";
      case NotDirectoryException _ -> "it is a file";
      case AccessDeniedException _ -> "this user may not";
      default -> unreadable.getClass().getSimpleName();
    };
  }

  /** The bytes of a document, no more of them than are allowed. */
  Content document(String name) throws RefusedException {
    long limit = limits.of(name);
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(limit) + 1);
      if (bytes.length > limit) {
        throw refused(new BundleRefusal.TooLarge(name, limit));
      }
      return new Content(bytes, new BundleFile(name, bytes.length, Sha256.hex(bytes)));
    } catch (IOException unreadable) {
      throw unreadable(name, unreadable);
    }
  }

  /** A file that is read through without being kept. */
  BundleFile measure(String name) throws RefusedException {
    return measure(name, limits.of(name));
  }

  BundleFile measure(String name, long limit) throws RefusedException {
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[BUFFER];
    long length = 0;
    try (InputStream in = new DigestInputStream(open(name), digest)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        length += n;
        if (length > limit) {
          throw refused(new BundleRefusal.TooLarge(name, limit));
        }
      }
    } catch (IOException unreadable) {
      throw unreadable(name, unreadable);
    }
    return new BundleFile(name, length, Sha256.hex(digest, new byte[0]));
  }

  /** What the file system says, before anything is read. */
  long size(String name) throws RefusedException {
    try {
      return Files.size(folder.resolve(name));
    } catch (IOException unreadable) {
      throw unreadable(name, unreadable);
    }
  }

  private InputStream open(String name) throws IOException {
    // A plain name cannot leave the folder, and a link that took its place since is not followed.
    return Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  private static String plain(Path entry) throws RefusedException {
    String name = String.valueOf(entry.getFileName());
    if (!FileNames.plain(name)) {
      throw refused(new BundleRefusal.Foreign("an entry", "has no plain name"));
    }
    if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(new BundleRefusal.Foreign(name, "is no plain file"));
    }
    return name;
  }

  private static RefusedException unreadable(String name, IOException why) {
    return refused(
        new BundleRefusal.Unreadable(name, "is unreadable: " + why.getClass().getSimpleName()));
  }

  static RefusedException refused(BundleRefusal refusal) {
    return new RefusedException(refusal);
  }

  /** Bytes and what they are. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Content(byte[] bytes, BundleFile file) {}

  /** Ends a reading within this package; never leaves it. */
  static final class RefusedException extends Exception {
    private final transient BundleRefusal refusal;

    RefusedException(BundleRefusal refusal) {
      super(refusal.toString(), null, false, false);
      this.refusal = refusal;
    }

    BundleRefusal refusal() {
      return refusal;
    }
  }
}
