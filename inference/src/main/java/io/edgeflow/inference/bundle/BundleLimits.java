package io.edgeflow.inference.bundle;

/**
 * How much of a bundle is read, in bytes.
 *
 * @param maxModel of one model file
 * @param maxTotal of all files
 */
public record BundleLimits(long maxModel, long maxTotal) {
  public static final BundleLimits STANDARD = new BundleLimits(1L << 30, 2L << 30);

  static final int MAX_FILES = 100;
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
