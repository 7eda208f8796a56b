package io.edgeflow.gateway.disk;

import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a disk takes nothing, as far as its words tell. These are states of the world that pass, or
 * that a person mends while the process waits; wrong paths and missing rights are not among them.
 */
public enum DiskTrouble {
  NO_SPACE(
      "no-space",
      "no space is left on the volume",
      "no space left|quota exceeded|not enough space",
      Errno.ENOSPC,
      Errno.EDQUOT),
  READ_ONLY("read-only", "the file system is read-only", "read-only file system", Errno.EROFS),
  IO_ERROR(
      "io-error",
      "the disk reports errors",
      "input/output error|i/o error|structure needs cleaning|stale file handle|no such device"
          + "|not connected",
      Errno.EIO,
      Errno.ENXIO,
      Errno.ENODEV,
      Errno.ENOTCONN,
      Errno.ESTALE,
      Errno.EUCLEAN);

  private final String word;
  private final String words;
  private final Pattern signs;

  DiskTrouble(String word, String words, String signs, int... errorNumbers) {
    this.word = word;
    this.words = words;
    // How the system calls it in the language of this process, and its English.
    Stream<String> translated =
        IntStream.of(errorNumbers)
            .mapToObj(SystemWords::of)
            .flatMap(Optional::stream)
            .map(Pattern::quote);
    this.signs =
        Pattern.compile(
            Stream.concat(Stream.of(signs), translated).collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);
  }

  /** The error numbers of Linux on every machine that this runs on. */
  private static final class Errno {
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int ENODEV = 19;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENOTCONN = 107;
    static final int ESTALE = 116;
    static final int EUCLEAN = 117;
    static final int EDQUOT = 122;
  }

  /** For programs. */
  public String word() {
    return word;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /**
   * The trouble behind a failure or one of its causes; empty if it says nothing of the sort. Java
   * hands the system's error number on only as the system's text, in the language of the process:
   * the system is asked what it calls these, and its English is known besides.
   */
  public static Optional<DiskTrouble> of(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ReadOnlyFileSystemException) {
        return Optional.of(READ_ONLY);
      }
      String message = cause.getMessage();
      Optional<DiskTrouble> trouble = message == null ? Optional.empty() : saying(message);
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return Optional.empty();
  }

  private static Optional<DiskTrouble> saying(String message) {
    for (DiskTrouble trouble : values()) {
      if (trouble.signs.matcher(message).find()) {
        return Optional.of(trouble);
      }
    }
    return Optional.empty();
  }
}
