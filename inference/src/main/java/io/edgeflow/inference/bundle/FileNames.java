package io.edgeflow.inference.bundle;

import java.util.regex.Pattern;

/** Names that stay in their folder on every file system. */
final class FileNames {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");
  private static final int LONGEST = 64;

  private FileNames() {}

  /** A graph, or what TensorRT made of one. */
  static boolean model(String name) {
    return name.endsWith(".onnx") || engine(name);
  }

  static boolean engine(String name) {
    return name.endsWith(".engine");
  }

  static boolean plain(String name) {
    return name.length() <= LONGEST && PLAIN.matcher(name).matches();
  }
}
