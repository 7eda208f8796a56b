package io.edgeflow.inference.bundle;

import io.edgeflow.process.trust.BundleFiles;

/** Names that stay in their folder on every file system. */
final class FileNames {
  private FileNames() {}

  /** A graph, or what TensorRT made of one. */
  static boolean model(String name) {
    return name.endsWith(".onnx") || engine(name);
  }

  static boolean engine(String name) {
    return name.endsWith(".engine");
  }

  static boolean plain(String name) {
    return BundleFiles.isPlain(name);
  }
}
