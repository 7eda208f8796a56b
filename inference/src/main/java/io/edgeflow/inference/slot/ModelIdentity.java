package io.edgeflow.inference.slot;

/**
 * Which model, to the byte.
 *
 * @param digest of its bundle
 */
public record ModelIdentity(String name, String version, String digest) {
  @Override
  public String toString() {
    return name + " " + version + " (" + digest + ")";
  }
}
