package io.edgeflow.cloud.registry;

import io.edgeflow.wire.document.PayloadKind;

/**
 * A version that was published; it never changes.
 *
 * @param model its name; of an application the program's
 * @param version for people
 * @param number rises from version to version of a model
 * @param digest of the bundle, 64 hexadecimal digits
 * @param bytes of all its files together, without the signatures
 */
public record PublishedBundle(
    PayloadKind kind, String model, String version, long number, String digest, long bytes) {}
