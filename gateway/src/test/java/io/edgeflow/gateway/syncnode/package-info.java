/** Tests of the service that installs versions: real folders, real small programs, a real page. */
@NullMarked
package io.edgeflow.gateway.syncnode;

import org.jspecify.annotations.NullMarked;
