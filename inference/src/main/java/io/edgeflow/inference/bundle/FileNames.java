package io.edgeflow.inference.bundle;

import java.util.regex.Pattern;

/** Names that stay in their folder on every file system. */
final class FileNames {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");
  private static final int LONGEST = 64;

  private FileNames() {}

  static boolean plain(String name) {
    return name.length() <= LONGEST && PLAIN.matcher(name).matches();
  }
}
