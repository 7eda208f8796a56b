package io.edgeflow.inference.bundle;

import io.edgeflow.process.trust.BundleFiles;

/**
 * How much of a bundle is read, in bytes.
 *
 * @param maxModel of one model file
 * @param maxTotal of all files
 */
public record BundleLimits(long maxModel, long maxTotal) {
  public static final BundleLimits STANDARD = new BundleLimits(1L << 30, BundleFiles.MAX_TOTAL);

  static final int MAX_FILES = BundleFiles.MAX_FILES;
  private static final int MAX_TEXT = 1 << 20;
  static final int MAX_GOLDEN = 8 << 20;

  long of(String file) {
    return switch (file) {
      case BundleDocuments.MANIFEST_FILE -> BundleDocuments.MAX_MANIFEST_BYTES;
      case Parameters.FILE -> BundleDocuments.MAX_PARAMETERS_BYTES;
      case Bundle.GOLDEN_FILE -> MAX_GOLDEN;
      default -> FileNames.model(file) ? maxModel : MAX_TEXT;
    };
  }
}
