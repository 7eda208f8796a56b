package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.Lane;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How files are named in a backlog's directory: {@code ID-LANE.mapdb}. Others are left alone. */
final class FileNames {
  static final String DAMAGED = "damaged";

  private static final String ENDING = ".mapdb";
  private static final String TEMPORARY = ".tmp";
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([a-z]+)\\.mapdb(\\.tmp)?");

  private FileNames() {}

  /** What a name says about a complete file. */
  record Named(long id, Lane lane) {}

  static Path file(Path directory, long id, Lane lane) {
    return directory.resolve(HexFormat.of().toHexDigits(id) + "-" + lane.word() + ENDING);
  }

  /** What a file is called until it is complete, synced and read back. */
  static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + TEMPORARY);
  }

  /** Whether a file of ours was left incomplete by a process that went away. */
  static boolean isTemporary(Path file) {
    return matcher(file).matches() && file.toString().endsWith(TEMPORARY);
  }

  static Optional<Named> named(Path file) {
    Matcher matcher = matcher(file);
    if (isTemporary(file) || !matcher.matches()) {
      return Optional.empty();
    }
    long id = HexFormat.fromHexDigitsToLong(matcher.group(1));
    return Lane.ofWord(matcher.group(2)).map(lane -> new Named(id, lane));
  }

  /** The id in the name of any file of ours, so that it is not given again. */
  static OptionalLong id(Path file) {
    Matcher matcher = matcher(file);
    return matcher.matches()
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static Matcher matcher(Path file) {
    Path name = file.getFileName();
    return NAME.matcher(name == null ? "" : name.toString());
  }
}
