/**
 * The service beside a gateway that installs versions of its program. It has the rights of the
 * machine's administrator, so it trusts no file of the gateway: it copies what it is handed, checks
 * who vouches for it, and only then touches anything. It needs no network.
 */
@NullMarked
package io.edgeflow.gateway.syncnode;

import org.jspecify.annotations.NullMarked;
