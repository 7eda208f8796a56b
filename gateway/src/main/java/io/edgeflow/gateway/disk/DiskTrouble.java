package io.edgeflow.gateway.disk;

import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a disk takes nothing, as far as its words tell. These are states of the world that pass, or
 * that a person mends while the process waits; wrong paths and missing rights are not among them.
 */
public enum DiskTrouble {
  NO_SPACE(
      "no-space",
      "no space is left on the volume",
      "no space left|quota exceeded|not enough space"),
  READ_ONLY("read-only", "the file system is read-only", "read-only file system"),
  IO_ERROR(
      "io-error",
      "the disk reports errors",
      "input/output error|i/o error|structure needs cleaning|stale file handle|no such device"
          + "|not connected");

  private final String word;
  private final String words;
  private final Pattern signs;

  DiskTrouble(String word, String words, String signs) {
    this.word = word;
    this.words = words;
    this.signs = Pattern.compile(signs, Pattern.CASE_INSENSITIVE);
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
   * hands the system's error number on only as the system's text, so the text has to do: the
   * launcher asks for it in English.
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
