/**
 * Who vouches for what: Ed25519 signatures (RFC 8032) in DSSE envelopes, and the chain of documents
 * that says whose signatures count. Values in, values out; nothing here keeps or asks anything.
 */
@NullMarked
package io.edgeflow.process.trust;

import org.jspecify.annotations.NullMarked;
