package io.edgeflow.inference.bundle;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be signed and published: a model, or a version of a program.
 *
 * @param folder where its files were
 * @param name of the model or the program
 * @param files by name, signatures apart
 */
public record Publishable(
    Path folder,
    String name,
    String version,
    BundleDigest digest,
    SortedMap<String, BundleFile> files) {
  public Publishable {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  public static Publishable of(Bundle bundle) {
    return new Publishable(
        bundle.folder(),
        bundle.manifest().name(),
        bundle.manifest().version(),
        bundle.digest(),
        bundle.files());
  }

  @Override
  public String toString() {
    return name + " " + version + " (" + digest.brief() + ")";
  }
}
