package io.edgeflow.gateway.journal;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How files are named in a journal's directory. */
final class SegmentFiles {
  static final String LOCK = "lock";
  static final String EDGE = "edge";
  static final String DAMAGED = "damaged";

  private static final String TEMPORARY = ".tmp";

  private static final Pattern SEGMENT = Pattern.compile("seg-([0-9a-f]{16})\\.log");
  private static final Pattern SET_ASIDE = Pattern.compile("seg-([0-9a-f]{16}).*");

  private SegmentFiles() {}

  static Path segment(Path directory, long id) {
    return directory.resolve("seg-" + HexFormat.of().toHexDigits(id) + ".log");
  }

  /** What a file is called until it is complete and synced. */
  static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + TEMPORARY);
  }

  /** Whether a file was left incomplete by a process that went away. */
  static boolean isTemporary(Path file) {
    return file.toString().endsWith(TEMPORARY);
  }

  /** Where the bytes of a damaged stretch are kept for inspection. */
  static Path setAside(Path directory, long id, long fromByte) {
    String name = "seg-" + HexFormat.of().toHexDigits(id) + "-at-" + fromByte + ".bytes";
    return directory.resolve(DAMAGED).resolve(name);
  }

  static OptionalLong segmentId(Path file) {
    return id(SEGMENT, file);
  }

  /** The id that a file in the folder of damaged ones once had, so that it is not used again. */
  static OptionalLong setAsideId(Path file) {
    return id(SET_ASIDE, file);
  }

  private static OptionalLong id(Pattern pattern, Path file) {
    Path name = file.getFileName();
    Matcher matcher = pattern.matcher(name == null ? "" : name.toString());
    return matcher.matches()
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
