package io.edgeflow.inference.bundle;

/**
 * One file of a bundle, as it was read.
 *
 * @param length in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record BundleFile(String name, long length, String sha256) {}
