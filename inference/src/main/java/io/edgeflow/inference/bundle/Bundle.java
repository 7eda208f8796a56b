package io.edgeflow.inference.bundle;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle that was read and found in order. Its documents are in memory, its model is not.
 *
 * @param folder where its files were
 * @param parameters those that it brings, or none
 * @param files by name, signatures apart
 */
public record Bundle(
    Path folder,
    Manifest manifest,
    Parameters parameters,
    BundleDigest digest,
    SortedMap<String, BundleFile> files) {
  public static final String GOLDEN_FILE = "golden.json";
  public static final String SIGNATURES_FILE = "signatures.json";

  public Bundle {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** The model file for a machine. Whoever loads it checks it against {@link #files} once more. */
  public Path modelFile(Machine machine) {
    return folder.resolve(manifest.fileFor(machine));
  }

  @Override
  public String toString() {
    return manifest.name() + " " + manifest.version() + " (" + digest.brief() + ")";
  }
}
