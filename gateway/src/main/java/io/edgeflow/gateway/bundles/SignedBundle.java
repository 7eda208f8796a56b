package io.edgeflow.gateway.bundles;

import io.edgeflow.process.trust.Statement;

/**
 * What a publisher that counts signed.
 *
 * @param bytes of {@code signatures.json}
 * @param signer the publisher's name
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SignedBundle(byte[] bytes, Statement statement, String signer) {}
